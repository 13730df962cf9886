"""The desk says what must not wait, once a day and when more comes; the list opens by key, a choice opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.clock import OFFICE_ZONE
from kiosk.services.alarms import Alarm, AlarmKind
from ui.desk.actions import BY_ID
from ui.desk.alarm_presenter import FIX, AlarmPresenter
from ui.desk.model import Choice
from ui.tasks import Problem, run_now

MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=OFFICE_ZONE)
LATE = Alarm(AlarmKind.LATE, "261123100016", "Đăng ký khai sinh", "Nguyễn Thị Ánh", "lan", MORNING, "đã quá hạn")
ENDS = replace(LATE, kind=AlarmKind.ENDS, key="261123100024", words="hạn hôm nay")
HERS = replace(LATE, key="261123100032", officer="mai")


@dataclass
class FakeOffice:
    found: list[Alarm] = field(default_factory=list)
    looks: int = 0

    def alarms(self) -> Sequence[Alarm]:
        self.looks += 1
        return self.found

    def name_of(self, officer: str) -> str:
        return {"mai": "Lê Thị Mai"}.get(officer, officer)


@dataclass
class FakeView:
    said: list[tuple[str, str, str]] = field(default_factory=list)
    asked: list[Choice] = field(default_factory=list)
    title: str = ""
    problems: list[Problem] = field(default_factory=list)

    def say(self, tone: str, message: str, fix: str) -> None:
        self.said.append((tone, message, fix))

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None:
        assert (act, bool(title), setting, settings) == ("alarms", True, "", ())
        self.asked, self.title = list(choices), title

    def show_problem(self, problem: Problem) -> None:
        self.problems.append(problem)


class Desk:
    def __init__(self, *found: Alarm) -> None:
        self.office, self.view, self.opened = FakeOffice(list(found)), FakeView(), []  # type: ignore[var-annotated]
        self.now = MORNING
        self.presenter = AlarmPresenter(self.view, self.office, run_now, lambda: self.now, "lan", self.opened.append)

    def beat(self, after: timedelta = timedelta()) -> None:
        self.now += after
        self.presenter.on_news(1)


def test_the_officer_s_own_are_said_with_what_to_do_and_the_key() -> None:
    desk = Desk(LATE, ENDS, HERS)
    desk.beat()
    ((tone, message, fix),) = desk.view.said
    assert (tone, message) == ("bad", "Hồ sơ của bạn: 1 quá hạn; 1 sắp hết hạn.")
    assert "xin lỗi và hẹn lại" in fix
    assert "motcua" not in fix
    assert fix.endswith(FIX)
    assert BY_ID["alarms"].cap in FIX


def test_the_same_is_not_said_twice_a_day_but_what_is_new_is() -> None:
    desk = Desk(ENDS)
    desk.beat()
    desk.beat(timedelta(minutes=10))
    assert len(desk.view.said) == 1
    desk.office.found.append(replace(ENDS, key="261123100040"))
    desk.beat(timedelta(minutes=10))
    assert desk.view.said[-1][:2] == ("warn", "Hồ sơ của bạn: 2 sắp hết hạn.")
    desk.beat(timedelta(days=1))
    assert len(desk.view.said) == 3


def test_heartbeats_look_every_five_minutes_only() -> None:
    desk = Desk()
    for _ in range(60):
        desk.beat(timedelta(seconds=10))
    assert desk.office.looks == 2


def test_others_dossiers_are_in_the_list_and_not_said() -> None:
    desk = Desk(HERS)
    desk.beat()
    assert desk.view.said == []
    desk.presenter.on_list()
    (choice,) = desk.view.asked
    assert choice.words.endswith("· Lê Thị Mai")


def test_the_list_has_the_own_ones_first_and_a_choice_opens_the_dossier() -> None:
    desk = Desk(HERS, LATE)
    desk.presenter.on_list()
    first, _second = desk.view.asked
    assert first.words == "Đã quá hạn (26/11) · Nguyễn Thị Ánh · Đăng ký khai sinh"
    desk.presenter.on_chosen("unprinted", first.id, "")
    assert desk.opened == []
    desk.presenter.on_chosen("alarms", first.id, "")
    assert desk.opened == [LATE.key]


def test_an_empty_list_says_so() -> None:
    desk = Desk()
    desk.presenter.on_list()
    assert [tone for tone, *_ in desk.view.said] == ["info"]


def test_a_long_list_says_that_it_is_cut() -> None:
    desk = Desk(*(replace(LATE, key=f"2611231{n:05d}") for n in range(30)))
    desk.presenter.on_list()
    assert len(desk.view.asked) == 20
    assert desk.view.title.endswith("(20 việc gấp nhất trong 30)")
