"""What the panels of the exchange decide, on fakes, and the words they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from samples import NOON

from kiosk.domain.conflict import Conflict, ConflictKind
from kiosk.domain.job import Job, JobState, Wing
from kiosk.services.exchange_ports import Reply
from kiosk.services.exchange_view import Overview
from ui.desk.exchange_presenter import ExchangePresenter, Standing
from ui.desk.list_model import Line
from ui.desk.online_presenter import InboxLook, OnlinePresenter
from ui.exchange_words import conflict_words, line_words, load_words, raw_words, span, why_of
from ui.tasks import run_now

LINE = Line("job:7/261123100078", "N*** A**", "chờ", "Vì sao", ("send", "open", "mend"))


@dataclass
class View:
    """A `ListView` that remembers."""

    is_open: bool = False
    lines: Sequence[Line] = ()
    head: tuple[str, str, str] = ("", "", "")
    told: list[tuple[str, str]] = field(default_factory=list)

    def open(self) -> None:
        self.is_open = True

    def close_panel(self) -> None:
        self.is_open = False

    def show_head(self, tone: str, words: str, more: str) -> None:
        self.head = (tone, words, more)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.told.append((tone, message))


@dataclass
class Exchange:
    """An `ExchangeOffice` with one line; fails: what every act meets."""

    done: list[str] = field(default_factory=list)
    fails: Exception | None = None

    def standing(self) -> Standing:
        return Standing("good", "Đường truyền thông", "1 mục chờ", (LINE,))

    def send(self, line: Line) -> str:
        return self._note(f"send {line.id}")

    def send_again(self, line: Line, reason: str) -> str:
        return self._note(f"again {line.id} {reason}")

    def note_seen(self, line: Line) -> str:
        return self._note(f"seen {line.id}")

    def key_of(self, line: Line) -> str:
        return line.id.rpartition("/")[2]

    def _note(self, what: str) -> str:
        if self.fails is not None:
            raise self.fails
        self.done.append(what)
        return what


def presented(office: Exchange) -> tuple[ExchangePresenter, View, list[tuple[str, str]]]:
    view, opened = View(), list[tuple[str, str]]()
    presenter = ExchangePresenter(view, office, run_now, lambda key, act: opened.append((key, act)), "correct")
    return presenter, view, opened


def test_the_panel_opens_with_how_things_stand() -> None:
    presenter, view, _opened = presented(Exchange())
    presenter.on_open()
    assert view.is_open
    assert (view.head, view.lines) == (("good", "Đường truyền thông", "1 mục chờ"), (LINE,))


def test_only_what_a_line_offers_is_done() -> None:
    office = Exchange()
    presenter, view, _opened = presented(office)
    presenter.on_act("seen", LINE)
    presenter.on_act("again", LINE, "vì sao")
    assert (office.done, view.told) == ([], [])
    presenter.on_act("send", LINE)
    assert office.done == ["send job:7/261123100078"]
    presenter.on_act("again", replace(LINE, acts=("again",)), "Tỉnh chưa thấy")
    assert office.done[-1] == "again job:7/261123100078 Tỉnh chưa thấy"


def test_a_key_jumps_to_the_dossier_or_to_its_correction() -> None:
    presenter, view, opened = presented(Exchange())
    presenter.on_open()
    presenter.on_act("open", LINE)
    assert not view.is_open
    presenter.on_act("mend", LINE)
    assert opened == [("261123100078", ""), ("261123100078", "correct")]


def test_what_fails_is_said_and_the_list_read_again() -> None:
    from kiosk.errors import StaleError

    presenter, view, _opened = presented(Exchange(fails=StaleError()))
    presenter.on_act("send", LINE)
    assert view.told[0][0] == "bad"
    assert view.lines == (LINE,)


@dataclass
class Inbox:
    """An `OnlineOffice` with one dossier."""

    done: list[str] = field(default_factory=list)
    seen: InboxLook = field(default_factory=lambda: InboxLook(2, 1))

    def count(self) -> InboxLook:
        return self.seen

    def lines(self) -> Sequence[Line]:
        return (Line("H26-1", "N***", "", "", ("look",)),)

    def look(self, line: Line) -> None:
        self._note(f"look {line.id}")

    def papers(self, line: Line) -> str:
        return self._note(f"papers {line.id}")

    def accept(self, line: Line) -> str:
        return self._note(f"accept {line.id}")

    def supplement(self, line: Line, reason: str) -> str:
        return self._note(f"supplement {line.id} {reason}")

    def refuse(self, line: Line, reason: str) -> str:
        return self._note(f"refuse {line.id} {reason}")

    def _note(self, what: str) -> str:
        self.done.append(what)
        return what


def test_the_inbox_counts_on_its_chip_and_says_what_is_urgent() -> None:
    states: list[tuple[str, str]] = []
    inbox = Inbox()
    presenter = OnlinePresenter(View(), inbox, run_now, lambda tone, words: states.append((tone, words)))
    presenter.on_tick()
    assert states == [("bad", "2 hồ sơ trực tuyến, 1 sắp quá 8 giờ · Ctrl+Shift+O")]
    inbox.seen = InboxLook()
    presenter.on_tick()
    assert states[-1] == ("", "")


def test_nobody_accepts_what_nobody_has_opened() -> None:
    view, inbox = View(), Inbox()
    presenter = OnlinePresenter(view, inbox, run_now, lambda tone, words: None)
    presenter.on_open()
    (line,) = view.lines
    presenter.on_act("accept", line)
    assert inbox.done == []
    presenter.on_act("look", line)
    presenter.on_act("accept", replace(line, acts=("accept", "refuse")))
    presenter.on_act("refuse", replace(line, acts=("accept", "refuse")), "Không thuộc thẩm quyền")
    assert inbox.done == ["look H26-1", "papers H26-1", "accept H26-1", "refuse H26-1 Không thuộc thẩm quyền"]


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40, "40 giây"), (720, "12 phút"), (3 * 3600 + 300, "3 giờ 5 phút"), (7200, "2 giờ"), (200_000, "2 ngày")],
)
def test_a_span_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_a_refusal_is_said_with_the_province_s_own_words_and_a_parked_one_with_its_cause() -> None:
    job = Job(Wing.SYNC, "k", {"stream": "dossier"}, state=JobState.REJECTED, error="sync.refused: Sai mã lĩnh vực")
    assert "Sai mã lĩnh vực" in why_of(job)[0]
    parked = why_of(replace(job, error="sync.parked: sync.reply_lost"))[0]
    assert "sync.reply_lost" not in parked
    assert why_of(replace(job, state=JobState.WAITING, error=""))[0] == "Đang chờ đến lượt."


def test_the_line_and_the_load_are_said_with_since_when_and_until_when() -> None:
    seen = Overview("down", NOON - timedelta(minutes=12), 3, 1, 900, None, (), ())
    assert line_words(seen, NOON) == ("warn", "Mất đường truyền 12 phút")
    words = load_words(seen.waiting, seen.rejected, seen.oldest_s, seen.empty_in_s)
    assert words == "3 mục chờ, lâu nhất 15 phút · 1 mục bị từ chối · chưa tính được lúc hết"
    assert load_words(3, 0, 60, 90) == "3 mục chờ, lâu nhất 1 phút · dự kiến hết sau 1 phút"
    assert load_words(0, 0, 0, 0) == "Không có gì chờ gửi"


def test_a_contradiction_names_both_sides_and_what_to_do() -> None:
    for kind in ConflictKind:
        message, fix = conflict_words(Conflict("D", "tinh", kind, "của tỉnh", "processing", NOON, NOON))
        assert "của tỉnh" in message
        assert "đang giải quyết" in message.lower()
        assert "A" in fix


def test_a_long_answer_is_cut_for_the_screen_only() -> None:
    reply = Reply(1, "D", NOON, "insert", "done", "x" * 2000)
    assert len(raw_words(reply)) < 500
