"""The hall's screen and voice together: each call shown once, spoken at most once, in order, whatever the link does."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from samples import NOON
from ui_fakes import FakeClock, FakeDisplay, FakeSeen, Remember

from kiosk.errors import TransientSyncError
from ui.audio.announcer import Announcer
from ui.audio.output import FakeOutput
from ui.audio.voice import Announced, Voice, shipped_voice
from ui.display.notices import Notice
from ui.display.presenter import Arrived, Back, Bearing, Board, Call, DisplayPresenter, Ended, News
from ui.tasks import Problem, run_now

VOICE: Voice = shipped_voice()
SPOKEN: dict[tuple[str, str], Announced] = {}


def announce(label: str, counter: str) -> Announced:
    return SPOKEN.setdefault((label, counter), VOICE.announce(label, counter))


@dataclass
class Hall:
    """One screen with its voice, a feed that can be cut, and the marks that survive a restart."""

    clock: FakeClock = field(default_factory=FakeClock)
    office: FakeDisplay = field(default_factory=FakeDisplay)
    seen: FakeSeen = field(default_factory=lambda: FakeSeen(0))
    spoken: FakeSeen = field(default_factory=lambda: FakeSeen(0))
    view: Remember = field(default_factory=Remember)
    said: list[str] = field(default_factory=list)
    bearing: Bearing = field(default_factory=Bearing)
    linked: bool = True

    def __post_init__(self) -> None:
        self.output = FakeOutput(self.seconds)
        self.switch_on()

    def seconds(self) -> float:
        return (self.clock() - NOON).total_seconds()

    def switch_on(self) -> None:
        self.voice = Announcer(self._say, self.output.open, self.spoken, self.view, self.seconds)
        self.presenter = DisplayPresenter(
            self.view, self.office, self.seen, run_now, self.clock, voice=self.voice, bearing=self.bearing
        )
        self.presenter.open()

    def kill(self) -> None:
        self.output.close()
        self.switch_on()

    def _say(self, label: str, counter: str) -> Announced:
        self.said.append(label)
        return announce(label, counter)

    @property
    def last(self) -> int:
        return max((item.seq for item in self.office.items), default=0)

    def call(self, label: str, counter: str = "Quầy 1") -> None:
        self.office.items.append(Call(self.last + 1, label, counter, self.clock()))

    def tell(self, item: type[Ended] | type[Arrived], label: str) -> None:
        self.office.items.append(item(self.last + 1, label))

    def cut(self, cut: bool = True) -> None:
        self.linked = not cut
        self.office.failing = TransientSyncError() if cut else None

    def pass_s(self, seconds: float, step: float = 0.5) -> None:
        for _step in range(max(1, round(seconds / step))):
            self.clock.pass_s(step)
            if self.linked:
                self.presenter.on_news(self.last)
            self.presenter.on_tick()
            self.voice.on_tick()

    @property
    def called(self) -> list[Call]:
        return [args[0] for args in self.view.all("call")]

    @property
    def listed(self) -> set[str]:
        return {c.label for current, recent in self.view.all("show_calls") for c in (*current, *recent)}


def a_day_of_calls(hall: Hall, chance: random.Random, calls: int, kills: int) -> None:
    """`calls` calls at six counters, with the link cut for 0.1 to 60 s at random and the screen killed now and then."""
    at_counter: dict[str, str] = {}
    number = 0
    restore_at = cut_at = hall.seconds() + chance.uniform(5, 60)
    kill_after = {chance.randrange(calls) for _ in range(kills)}
    for turn in range(calls):
        counter = f"Quầy {chance.randint(1, 6)}"
        if counter in at_counter and chance.random() < 0.15:
            hall.call(at_counter[counter], counter)
        else:
            if counter in at_counter:
                hall.tell(Ended, at_counter[counter])
            number += 1
            at_counter[counter] = f"A{number:03d}"
            hall.call(at_counter[counter], counter)
        if chance.random() < 0.5:
            hall.tell(Arrived, at_counter[counter])
        if turn in kill_after:
            hall.kill()
        wait = chance.choice([0.0, 0.0, 0.5, 4.0, 9.0, 25.0])
        until = hall.seconds() + wait
        while hall.seconds() < until:
            if hall.linked and hall.seconds() >= cut_at:
                hall.cut()
                restore_at = hall.seconds() + chance.uniform(0.1, 60)
            elif not hall.linked and hall.seconds() >= restore_at:
                hall.cut(False)
                cut_at = hall.seconds() + chance.uniform(1, 90)
            hall.pass_s(0.5)
    hall.cut(False)
    hall.pass_s(200)


@pytest.mark.parametrize("seed", range(6))
def test_five_hundred_calls_with_the_link_cut_at_random(seed: int) -> None:
    hall = Hall()
    a_day_of_calls(hall, random.Random(seed), calls=500, kills=20 if seed % 2 else 0)
    made = [item for item in hall.office.items if isinstance(item, Call)]
    seqs = [call.seq for call in hall.called]
    assert len(seqs) == len(set(seqs)), "nobody is called twice on the screen"
    assert seqs == sorted(seqs)
    assert {call.label for call in made} <= hall.listed, "every number was on the screen"
    later = iter(call.label for call in made)
    assert all(label in later for label in hall.said), "spoken in the order of the calls, none of them twice"
    assert hall.output.is_one_after_another()
    assert len(hall.said) > 100


def test_with_the_link_up_every_call_is_shown_and_spoken() -> None:
    hall = Hall()
    for n in range(1, 61):
        hall.call(f"A{n:03d}", f"Quầy {n % 6 + 1}")
        hall.pass_s(12)
    assert [call.label for call in hall.called] == hall.said == [f"A{n:03d}" for n in range(1, 61)]


def test_calls_of_an_outage_older_than_a_minute_are_shown_and_not_spoken() -> None:
    hall = Hall()
    hall.pass_s(2)
    hall.cut()
    for n in range(1, 9):
        hall.call(f"A{n:03d}", f"Quầy {n}")
        hall.pass_s(15)
    hall.cut(False)
    hall.pass_s(60)
    assert {f"A{n:03d}" for n in range(1, 9)} <= hall.listed
    assert hall.said == ["A006", "A007", "A008"]  # of the last minute
    assert [call.label for call in hall.called] == hall.said


def test_two_machines_whose_clocks_differ_still_speak_while_the_link_stands() -> None:
    hall = Hall()
    hall.pass_s(2)
    for n, skew in enumerate((-900, 900), 1):
        at = hall.clock() + timedelta(seconds=skew)
        hall.office.items.append(Call(hall.last + 1, f"A00{n}", f"Quầy {n}", at))
        hall.pass_s(20)
    assert hall.said == ["A001", "A002"]


def test_who_was_finished_during_an_outage_is_listed_and_not_spoken() -> None:
    hall = Hall()
    hall.pass_s(2)
    hall.cut()
    hall.call("A001")
    hall.tell(Ended, "A001")
    hall.call("A002", "Quầy 2")
    hall.tell(Arrived, "A002")
    hall.pass_s(8)
    hall.cut(False)
    hall.pass_s(20)
    assert hall.said == []
    assert {"A001", "A002"} <= hall.listed


def test_a_recall_is_spoken_again() -> None:
    hall = Hall()
    for _time in range(3):
        hall.call("A001")
        hall.pass_s(15)
    assert hall.said == ["A001"] * 3


def test_an_act_taken_back_puts_the_number_on_the_board_without_calling_anybody() -> None:
    hall = Hall()
    hall.call("A001")
    hall.pass_s(15)
    hall.tell(Ended, "A001")
    hall.pass_s(1)
    assert hall.view.last("show_calls")[0] == ()
    hall.office.items.append(Back(hall.last + 1, "A001", "Quầy 1", hall.clock()))
    hall.pass_s(15)
    assert [call.label for call in hall.view.last("show_calls")[0]] == ["A001"]
    assert hall.said == ["A001"]
    assert len(hall.called) == 1


def test_what_was_shown_and_not_yet_spoken_is_spoken_after_a_restart() -> None:
    hall = Hall()
    for n in range(1, 4):
        hall.call(f"A00{n}", f"Quầy {n}")
    hall.pass_s(6)
    assert len(hall.called) == 3
    assert hall.said == ["A001"]
    hall.kill()
    hall.pass_s(40)
    assert hall.said == ["A001", "A002", "A003"]
    assert len(hall.called) == 3


def test_what_was_not_yet_shown_in_a_burst_is_shown_after_a_restart() -> None:
    hall = Hall()
    for n in range(1, 9):
        hall.call(f"A00{n}", f"Quầy {n}")
    hall.pass_s(1)
    hall.kill()
    hall.pass_s(30)
    assert [call.label for call in hall.called] == [f"A00{n}" for n in range(1, 9)]


def test_a_restored_database_with_smaller_numbers_does_not_silence_the_hall() -> None:
    hall = Hall(seen=FakeSeen(900), spoken=FakeSeen(900))
    for n in (1, 2):
        hall.call(f"A00{n}", f"Quầy {n}")
        hall.pass_s(20)
    assert hall.said == [call.label for call in hall.called] == ["A001", "A002"]


@pytest.mark.parametrize("visible_s", [6.0, 12.0])
@pytest.mark.parametrize("calls", [1, 2, 4, 5, 8, 13, 40])
def test_calls_at_once_each_stand_long_enough(calls: int, visible_s: float) -> None:
    hall = Hall(bearing=Bearing(places=4, visible=timedelta(seconds=visible_s)))
    seen: dict[str, float] = {}
    for n in range(1, calls + 1):
        hall.call(f"A{n:03d}", f"Quầy {n}")
    end = hall.seconds() + calls * visible_s + 5
    while hall.seconds() < end:
        hall.pass_s(0.5)
        current, _recent = hall.view.last("show_calls")
        for call in current:
            seen[call.label] = seen.get(call.label, 0) + 0.5
    assert len(seen) == calls
    assert min(seen.values()) >= visible_s


def test_a_hint_that_arrives_while_an_answer_is_under_way_loses_no_call() -> None:
    clock, office, view = FakeClock(), FakeDisplay(), Remember()
    answers: list[Callable[[], None]] = []
    held = False

    def run(work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Problem], None]) -> None:
        result = work()  # the question is asked at once, its answer arrives later
        if held and isinstance(result, News):
            answers.append(lambda: done(result))
        else:
            done(result)

    presenter = DisplayPresenter(view, office, FakeSeen(0), run, clock)
    presenter.open()
    held = True
    office.items = [Call(1, "A001", "Quầy 1", clock())]
    presenter.on_news(1)
    office.items.append(Call(2, "A002", "Quầy 2", clock()))
    presenter.on_news(2)
    while answers:
        answers.pop(0)()
    clock.pass_s(3)
    presenter.on_tick()
    assert [args[0].label for args in view.all("call")] == ["A001", "A002"]


def test_a_thousand_cuts_leave_one_question_under_way() -> None:
    hall = Hall()
    for _cut in range(1000):
        hall.cut()
        hall.pass_s(0.5)
        hall.cut(False)
        hall.pass_s(0.5)
    asked = len(hall.view.all("show_waiting"))
    hall.call("A001")
    hall.pass_s(0.5)
    assert len(hall.view.all("show_waiting")) == asked + 1


def test_three_days_without_switching_off_and_a_clock_set_back() -> None:
    hall = Hall()
    for day in range(3):
        hall.call(f"A00{day + 1}")
        hall.pass_s(20)
        hall.clock.pass_s(86400 - 20)
        hall.pass_s(1)
    assert hall.view.last("show_calls") == ((), ())
    assert hall.said == ["A001", "A002", "A003"]
    hall.clock.pass_s(-600)
    hall.call("A004")
    hall.pass_s(3)
    assert hall.called[-1].label == "A004"


@dataclass
class FakeNotices:
    list: tuple[Notice, ...] = (Notice("Một"), Notice("Hai"))
    reads: int = 0

    def all(self) -> tuple[Notice, ...]:
        self.reads += 1
        return self.list


def test_notices_take_turns_between_calls_and_stand_still_beside_one() -> None:
    clock, office, view, notices = FakeClock(), FakeDisplay(), Remember(), FakeNotices()
    bearing = Bearing(notice_each=timedelta(seconds=10))
    presenter = DisplayPresenter(view, office, FakeSeen(0), run_now, clock, notices=notices, bearing=bearing)
    presenter.open()

    def pass_s(seconds: int) -> list[str]:
        before = len(view.all("show_notice"))
        for _second in range(seconds):
            clock.pass_s(1)
            presenter.on_tick()
        return [args[0].title if args[0] else "" for args in view.all("show_notice")[before:]]

    assert pass_s(35) == ["Một", "Hai", "Một", "Hai"]
    office.items = [Call(1, "A001", "Quầy 1", clock())]
    presenter.on_news(1)
    assert pass_s(9) == []
    assert len(pass_s(30)) >= 2
    notices.list = ()
    assert pass_s(30)[-1] == ""
    assert view.last("show_notice") is None


def test_the_board_at_start_fills_no_more_rows_than_there_are() -> None:
    hall = Hall(bearing=Bearing(places=2))
    calls = [Call(0, f"A00{n}", f"Quầy {n}", hall.clock()) for n in range(5)]
    hall.office.start = Board(0, calls, [])
    hall.kill()
    current, _recent = hall.view.last("show_calls")
    assert len(current) == 2
