"""The panel of a dossier: what opens it, which letters act, what a form asks, and the hand-over, without a window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from ui_fakes import Later, Remember

from kiosk.domain.dossier import NoResultCopyError, dossier_key
from kiosk.domain.receiver import Proof
from kiosk.errors import KioskError, NotFoundError, StorageError
from ui.desk.actions import DOSSIER_KEYS
from ui.desk.dossier_model import Ask, Fact, Form, Found, HandOver, Listed, Offer, Scan, Sheet, Taker
from ui.desk.dossier_office import PANEL_ACTS
from ui.desk.dossier_presenter import DossierPresenter
from ui.desk.sheet import DOSSIER_COLUMNS, lines_of
from ui.tasks import Run, run_now

KEY, WAITING = (dossier_key("261123", 1, serial) for serial in (7, 8))
CARD = "001195000007|012345678|Nguyễn Thị Ánh|02031995|Nữ|Thôn 1, Xã Mẫu|01012022"
NUMBER, OTHER_CARD = "001195000007", CARD.replace("001195000007", "001090000099")
OFFERS = (
    Offer("start", "C", "Chuyển giải quyết"),
    Offer("stop", "S", "Dừng giải quyết"),
    Offer("answer", "Y", "Ghi ý kiến trả lời", "Hồ sơ đã tiếp nhận."),
    Offer("return", "R", "Trả kết quả"),
)
STOP = Form("stop", "Dừng giải quyết", (Ask("reason", "Lý do"), Ask("basis", "Căn cứ", needed=False)))
RETURN = Form("return", "Trả kết quả", (Ask("to", "Người nhận"), Ask("note", "Lý do")))
READY = HandOver("12/KS")
OWNER, STRANGER = Taker("Nguyễn Thị Ánh", Proof.OWNER_CARD), Taker("Lê Văn Lạ", None)


def a_sheet(hand_over: HandOver | None = None, state: str = "Đã tiếp nhận") -> Sheet:
    return Sheet(KEY, "Khai sinh", "Ánh", Fact("", state), "", "", None, (), (), (), OFFERS, hand_over)


@dataclass
class FakeDossiers:
    shown: Sheet = field(default_factory=a_sheet)
    scans: dict[str, Scan] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=lambda: {"stop": STOP, "return": RETURN})
    done: list[tuple[Any, ...]] = field(default_factory=list)
    lists: list[tuple[str, bool]] = field(default_factory=list)
    waiting: int = 1
    failing: KioskError | None = None
    read: int = 0
    unread: bool = False

    def sheet(self, key: str) -> Sheet:
        self.read += 1
        if self.unread:
            raise StorageError()
        if key != KEY:
            raise NotFoundError(what="hồ sơ", key=key)
        return self.shown

    def form(self, act: str, key: str) -> Form:
        return self.forms.get(act, Form(act, act, ()))

    def do(self, act: str, key: str, given: Mapping[str, str]) -> str:
        if self.failing is not None:
            raise self.failing
        self.done.append((act, key, dict(given)))
        return "Đã làm."

    def give(self, key: str, taker: Taker, given: Mapping[str, str]) -> str:
        self.done.append(("give", key, taker.name, dict(given)))
        self.shown = a_sheet(None, "Đã trả kết quả")
        return "Đã trả."

    def scan(self, payload: str, key: str) -> Scan:
        if self.failing is not None:
            raise self.failing
        return self.scans.get(payload, Scan(Found.NOTHING))

    def listed(self, text: str, *, untold: bool) -> Sequence[Listed]:
        self.lists.append((text, untold))
        return [Listed(KEY, "Ánh", "Khai sinh", "23/11", "chưa báo", "warn")] * self.waiting


@dataclass
class Panel:
    office: FakeDossiers
    run: Run = run_now

    def __post_init__(self) -> None:
        self.view, self.desk = Remember(), Remember()
        self.presenter = DossierPresenter(
            self.view, self.office, self.run, go_on=self.desk.go_on, card=self.desk.card, say=self.desk.say
        )

    def told(self) -> str:
        """The last words in the panel, with what to do."""
        _tone, message, fix = self.view.last("tell")
        return f"{message} {fix}".strip()


@pytest.fixture
def panel() -> Panel:
    scans = {
        KEY: Scan(Found.OPEN, KEY),
        WAITING: Scan(Found.SUPPLEMENT, WAITING),
        CARD: Scan(Found.CARD, "", OWNER),
        OTHER_CARD: Scan(Found.CARD, "", STRANGER),
        NUMBER: Scan(Found.CARD),
    }
    return Panel(FakeDossiers(scans=scans))


def test_what_was_done_is_told_even_when_it_cannot_be_read_again(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.office.unread = True
    panel.presenter.on_act("start")
    assert panel.office.done == [("start", KEY, {})]
    assert panel.told().startswith("Đã làm.")
    panel.office.unread = False
    panel.presenter.on_act("start")
    assert len(panel.office.done) == 2  # nothing is stuck


def test_an_act_is_followed_by_one_reading_of_the_dossier(panel: Panel) -> None:
    panel.presenter.open(KEY)
    before = panel.office.read
    panel.presenter.on_act("start")
    assert panel.office.read == before + 1


# --- opening -----------------------------------------------------------------------------------------------------


def test_a_receipt_under_the_scanner_opens_its_dossier(panel: Panel) -> None:
    panel.presenter.on_scanned(KEY)
    assert panel.view.last("show_sheet") == panel.office.shown


def test_a_receipt_that_waits_for_its_supplement_goes_to_the_intake(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_scanned(WAITING)
    assert panel.desk.last("go_on") == WAITING
    assert panel.view.all("leave") == [()]


def test_a_card_belongs_to_the_intake_while_the_panel_is_closed(panel: Panel) -> None:
    panel.presenter.on_scanned(CARD)
    assert panel.desk.last("card") == CARD


def test_without_the_database_a_receipt_goes_the_intake_s_own_way(panel: Panel) -> None:
    panel.office.failing = StorageError()
    panel.presenter.on_scanned(KEY)
    assert panel.desk.last("card") == KEY


def test_an_unknown_dossier_is_told_on_the_desk(panel: Panel) -> None:
    panel.presenter.open("123")
    assert panel.desk.last("say")[0] == "bad"
    assert not panel.presenter.is_open


def test_the_list_finds_and_turns_to_who_was_not_told(panel: Panel) -> None:
    panel.presenter.on_list()
    panel.presenter.on_untold()
    panel.presenter.on_list("anh")
    assert panel.office.lists == [("", False), ("", True), ("anh", True)]
    panel.presenter.on_close()
    assert not panel.presenter.is_open


def test_an_answer_to_older_letters_is_not_shown(panel: Panel) -> None:
    later = Later()
    slow = Panel(panel.office, later)
    slow.presenter.on_list("a")
    slow.presenter.on_list("an")
    later.answer()
    assert [args[1] for args in slow.view.all("show_list")] == ["an"]


# --- acts --------------------------------------------------------------------------------------------------------


def test_an_act_without_questions_is_done_at_once_and_the_panel_shows_what_became_of_it(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_act("start")
    assert panel.office.done == [("start", KEY, {})]
    assert len(panel.view.all("show_sheet")) == 2
    assert panel.told() == "Đã làm."


def test_an_act_that_is_not_allowed_says_why(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_act("answer")
    assert panel.told() == "Ghi ý kiến trả lời: chưa làm được. Hồ sơ đã tiếp nhận."
    assert panel.office.done == []


def test_what_a_form_lacks_is_told_all_at_once(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_act("return")
    panel.presenter.on_form({"to": " ", "note": ""})
    errors, words, _fix = panel.view.last("show_errors")
    assert list(errors) == ["to", "note"]
    assert words == "Chưa ghi người nhận; Chưa ghi lý do."
    assert panel.office.done == []


def test_a_field_that_is_not_needed_may_stay_empty(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_act("stop")
    panel.presenter.on_form({"reason": "Theo quyết định 5", "basis": ""})
    assert panel.office.done == [("stop", KEY, {"reason": "Theo quyết định 5", "basis": ""})]


def test_a_refused_act_leaves_the_form_with_what_was_typed(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_act("stop")
    panel.office.failing = NoResultCopyError()
    panel.presenter.on_form({"reason": "x"})
    errors, words, fix = panel.view.last("show_errors")
    assert (errors, words) == ({}, "Kết quả chưa có bản điện tử.")
    assert fix
    panel.office.failing = None
    panel.presenter.on_form({"reason": "y"})
    assert panel.office.done == [("stop", KEY, {"reason": "y"})]


def test_escape_leaves_the_form_then_the_panel(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_act("stop")
    panel.presenter.on_close()
    assert panel.view.all("leave") == []
    panel.presenter.on_close()
    assert panel.view.all("leave") == [()]
    assert not panel.presenter.is_open


def test_two_presses_do_it_once(panel: Panel) -> None:
    later = Later()
    slow = Panel(panel.office, later)
    slow.presenter.open(KEY)
    later.answer()
    slow.presenter.on_act("start")
    later.answer()
    slow.presenter.on_act("start")
    later.answer()
    later.answer()
    assert panel.office.done == [("start", KEY, {})]


def test_news_is_shown_but_never_over_a_form(panel: Panel) -> None:
    panel.presenter.open(KEY)
    panel.presenter.on_news()
    assert len(panel.view.all("show_sheet")) == 1  # nothing has changed
    panel.office.shown = a_sheet(state="Đang giải quyết")
    panel.presenter.on_act("stop")
    panel.presenter.on_news()
    assert len(panel.view.all("show_sheet")) == 1
    panel.presenter.on_close()
    panel.presenter.on_news()
    assert panel.view.last("show_sheet").state.words == "Đang giải quyết"


# --- hand-over ---------------------------------------------------------------------------------------------------


def ready(panel: Panel, hand_over: HandOver = READY) -> DossierPresenter:
    panel.office.shown = a_sheet(hand_over)
    panel.presenter.open(KEY)
    return panel.presenter


def test_receipt_card_and_enter_hand_the_result_over(panel: Panel) -> None:
    presenter = ready(panel)
    assert "Quét thẻ" in panel.view.last("show_taker")[0]
    presenter.on_scanned(CARD)
    assert panel.view.last("show_taker") == ("Người nhận: Nguyễn Thị Ánh, chủ hồ sơ. Bấm Enter để trao.", "good")
    presenter.on_confirm()
    assert panel.office.done == [("give", KEY, "Nguyễn Thị Ánh", {})]
    presenter.on_confirm()
    assert len(panel.office.done) == 1


def test_the_card_of_a_stranger_gives_nothing_but_asks_for_name_and_reason(panel: Panel) -> None:
    presenter = ready(panel)
    presenter.on_scanned(OTHER_CARD)
    words, tone = panel.view.last("show_taker")
    assert (tone, "không phải chủ hồ sơ" in words) == ("bad", True)
    presenter.on_confirm()
    assert panel.view.last("show_form") == RETURN
    assert panel.office.done == []


def test_enter_without_a_card_asks_for_name_and_reason(panel: Panel) -> None:
    ready(panel).on_confirm()
    assert panel.view.last("show_form") == RETURN


def test_originals_in_custody_stop_the_first_enter(panel: Panel) -> None:
    presenter = ready(panel, replace(READY, originals=("Giấy chứng sinh",)))
    presenter.on_scanned(CARD)
    presenter.on_confirm()
    assert "Còn giữ bản chính: Giấy chứng sinh." in panel.told()
    assert panel.office.done == []
    presenter.on_confirm()
    assert panel.office.done == [("give", KEY, "Nguyễn Thị Ánh", {})]


def test_who_stands_here_still_does_after_the_originals_went_back(panel: Panel) -> None:
    presenter = ready(panel, replace(READY, originals=("Giấy chứng sinh",)))
    presenter.on_scanned(CARD)
    panel.office.shown = a_sheet(READY)
    presenter.on_act("start")
    presenter.on_confirm()
    assert panel.office.done[-1] == ("give", KEY, "Nguyễn Thị Ánh", {})


def test_a_result_without_a_copy_asks_why_even_when_the_card_is_right(panel: Panel) -> None:
    presenter = ready(panel, replace(READY, asks=(Ask("without_copy", "Lý do chưa có bản điện tử"),)))
    presenter.on_scanned(CARD)
    presenter.on_confirm()
    assert [ask.name for ask in panel.view.last("show_form").asks] == ["without_copy"]
    presenter.on_form({"without_copy": "Chỉ có bản giấy"})
    assert panel.office.done == [("give", KEY, "Nguyễn Thị Ánh", {"without_copy": "Chỉ có bản giấy"})]


def test_a_card_with_nothing_to_give_finds_that_person_s_results(panel: Panel) -> None:
    panel.office.waiting = 2
    panel.presenter.open(KEY)
    panel.presenter.on_scanned(CARD)
    assert panel.office.lists == [(CARD, False)]
    assert len(panel.view.all("show_sheet")) == 1


def test_a_card_alone_opens_its_only_result_with_its_holder_ready_to_take_it(panel: Panel) -> None:
    panel.office.shown = a_sheet(READY)
    panel.presenter.on_list()
    panel.presenter.on_scanned(CARD)
    assert "Bấm Enter để trao" in panel.view.last("show_taker")[0]
    panel.presenter.on_confirm()
    assert panel.office.done == [("give", KEY, "Nguyễn Thị Ánh", {})]


def test_a_typed_number_finds_dossiers_but_proves_nobody(panel: Panel) -> None:
    presenter = ready(panel)
    presenter.on_scanned(NUMBER)
    assert panel.office.lists == [(NUMBER, False)]
    presenter.on_pick(KEY)
    presenter.on_confirm()
    assert panel.view.last("show_form") == RETURN


# --- registry ----------------------------------------------------------------------------------------------------


def test_every_act_has_one_letter_and_every_letter_an_act() -> None:
    letters = [key for key, _act, _words in DOSSIER_KEYS]
    acts = [act for _key, act, _words in DOSSIER_KEYS]
    assert len(set(letters)) == len(letters)
    assert sorted(acts) == sorted(act.id for act in PANEL_ACTS)
    assert all(len(letter) == 1 and letter.isascii() and letter.isupper() for letter in letters)


def test_the_guide_and_the_sheet_have_every_letter() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "dossier.md").read_text("utf-8")
    told = [line for sections in DOSSIER_COLUMNS for section in sections for line in lines_of(section)]
    assert told == [(letter, words) for letter, _act, words in DOSSIER_KEYS]
    assert [f"| {letter} | {words} |" for letter, words in told if f"| {letter} | {words} |" not in guide] == []
