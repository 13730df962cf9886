"""One voice in the hall: in order, one after another, at most once, and watched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from ui_fakes import FakeSeen, Remember

from ui.audio.announcer import Announcer, SoundState
from ui.audio.output import FakeOutput
from ui.audio.voice import Announced, Voice, shipped_voice

VOICE: Voice = shipped_voice()


@dataclass(frozen=True)
class ACall:
    seq: int
    label: str
    counter: str = "Quầy 1"


@dataclass
class Hall:
    """An announcer with a fake loudspeaker and a clock that is moved by hand."""

    now: float = 0.0
    spoken: FakeSeen = field(default_factory=FakeSeen)
    signs: Remember = field(default_factory=Remember)
    said: list[tuple[str, str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.output = FakeOutput(self.clock)
        self.announcer = self.again()

    def clock(self) -> float:
        return self.now

    def again(self) -> Announcer:
        """A fresh process on the same marks."""
        self.announcer = Announcer(self._say, self.output.open, self.spoken, self.signs, self.clock)
        return self.announcer

    def _say(self, label: str, counter: str) -> Announced:
        made = VOICE.announce(label, counter)
        self.said.append((label, counter, made.sound.seconds))
        return made

    def pass_s(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        end = self.now + seconds
        while self.now < end and not until():
            self.now += 0.1
            self.announcer.on_tick()

    @property
    def labels(self) -> list[str]:
        return [label for label, _counter, _seconds in self.said]

    @property
    def state(self) -> str:
        told = self.signs.all("show_sound")
        return str(told[-1][0]) if told else SoundState.ON.value


def test_a_call_starts_at_once_chime_first_and_is_said_twice() -> None:
    hall = Hall()
    hall.announcer.offer(ACall(1, "A012", "Quầy 3"))
    assert hall.announcer.is_speaking
    assert hall.signs.last("show_speaking") == "A012"
    hall.pass_s(20)
    assert len(hall.output.track) == 1
    assert hall.output.track[0].began == 0.0
    assert hall.signs.last("show_speaking") == ""
    assert hall.output.total_s == pytest.approx(VOICE.announce("A012", "Quầy 3").sound.seconds)


def test_four_calls_within_fifty_milliseconds_are_all_said_one_after_another() -> None:
    hall = Hall()
    for n in range(1, 5):
        hall.announcer.offer(ACall(n, f"A{n:03d}", f"Quầy {n}"))
        hall.now += 0.0125
    hall.pass_s(120)
    assert hall.labels == ["A001", "A002", "A003", "A004"]
    assert hall.output.is_one_after_another()


def test_thirty_calls_in_ten_seconds_sound_as_long_as_their_sum() -> None:
    hall = Hall()
    for n in range(1, 31):
        hall.announcer.offer(ACall(n, f"B{n * 37:03d}", f"Quầy {n}"))
        hall.pass_s(1 / 3)
    hall.pass_s(400)
    assert len(hall.said) == 30
    assert hall.output.is_one_after_another()
    assert hall.output.total_s == pytest.approx(sum(seconds for _l, _c, seconds in hall.said))


def test_a_recall_sounds_again_and_a_double_recall_while_waiting_only_once() -> None:
    hall = Hall()
    hall.announcer.offer(ACall(1, "A001"))
    hall.pass_s(20)
    hall.announcer.offer(ACall(2, "A001"))
    hall.pass_s(20)
    assert hall.labels == ["A001", "A001"]
    hall.announcer.offer(ACall(3, "B001", "Quầy 2"))
    for seq in (4, 5, 6):
        hall.announcer.offer(ACall(seq, "A001"))
    hall.pass_s(60)
    assert hall.labels == ["A001", "A001", "B001", "A001"]


def test_an_event_that_is_told_twice_is_said_once() -> None:
    hall = Hall()
    for _time in range(3):
        hall.announcer.offer(ACall(7, "A007"))
    hall.pass_s(40)
    assert hall.labels == ["A007"]


def test_a_number_that_moved_to_another_counter_is_sent_to_the_new_one() -> None:
    hall = Hall()
    hall.announcer.offer(ACall(1, "B001"))
    hall.announcer.offer(ACall(2, "A001", "Quầy 1"))
    hall.announcer.offer(ACall(3, "A001", "Quầy 2"))
    hall.pass_s(60)
    assert [(label, counter) for label, counter, _s in hall.said] == [("B001", "Quầy 1"), ("A001", "Quầy 2")]


def test_nobody_is_called_who_already_stands_at_the_counter() -> None:
    hall = Hall()
    hall.announcer.offer(ACall(1, "A001"))
    hall.announcer.offer(ACall(2, "A002", "Quầy 2"))
    hall.announcer.forget("A002")
    hall.pass_s(40)
    assert hall.labels == ["A001"]


def test_after_a_restart_only_what_was_not_said_is_said() -> None:
    hall = Hall()
    hall.announcer.start(0)
    for n in range(1, 4):
        hall.announcer.offer(ACall(n, f"A00{n}", f"Quầy {n}"))
    hall.pass_s(3)  # in the middle of A001
    hall.announcer.close()
    again = hall.again()
    assert again.upto() == 1
    for n in range(1, 4):
        again.offer(ACall(n, f"A00{n}", f"Quầy {n}"))
    hall.pass_s(60)
    assert hall.labels == ["A001", "A002", "A003"]


def test_killed_twenty_times_nothing_is_said_twice() -> None:
    hall = Hall()
    hall.announcer.start(0)
    for kill in range(20):
        upto = hall.announcer.upto() or 0
        for n in range(upto + 1, kill + 2):
            hall.announcer.offer(ACall(n, f"A{n:03d}", f"Quầy {n}"))
        hall.pass_s(0.7 * (kill % 5))
        hall.output.close()
        hall.again()
    assert len(hall.labels) == len(set(hall.labels))
    assert hall.labels == sorted(hall.labels)


def test_a_machine_without_a_loudspeaker_is_silent_with_a_mark_and_speaks_once_it_has_one() -> None:
    hall = Hall()
    hall.output.missing = True
    hall.announcer.open()
    assert hall.state == SoundState.SILENT.value
    hall.announcer.offer(ACall(1, "A001"))
    hall.pass_s(5)
    assert hall.output.track == []
    hall.output.missing = False
    hall.pass_s(31)
    assert hall.state == SoundState.ON.value
    hall.announcer.offer(ACall(2, "A002"))
    hall.pass_s(20)
    assert len(hall.output.track) == 1


def test_a_stuck_device_is_opened_again_and_the_call_is_said_from_its_beginning() -> None:
    hall = Hall()
    hall.output.stuck_at_s = {1: 1.5}
    hall.announcer.offer(ACall(1, "A001"))
    hall.pass_s(30)
    assert hall.output.opened == 2
    assert hall.output.turns == 2
    assert hall.state == SoundState.ON.value
    assert len(hall.said) == 1


def test_a_device_that_sticks_after_the_first_time_does_not_make_it_three() -> None:
    hall = Hall()
    once = VOICE.announce("A001", "Quầy 1").once_s
    hall.output.stuck_at_s = {1: once + 0.5}
    hall.announcer.offer(ACall(1, "A001"))
    hall.pass_s(30)
    assert hall.output.turns == 1
    assert not hall.announcer.is_speaking


def test_after_two_failures_an_alarm_stands_until_a_call_sounds_again() -> None:
    hall = Hall()
    hall.output.refuses = 2
    hall.announcer.offer(ACall(1, "A001"))
    assert hall.output.turns == 1
    hall.pass_s(1.5)  # and tried once more
    assert hall.output.turns == 2
    assert hall.state == SoundState.FAILED.value
    assert not hall.announcer.is_speaking
    hall.announcer.offer(ACall(2, "A002"))
    hall.pass_s(20)
    assert hall.state == SoundState.ON.value
    assert len(hall.output.track) == 1


def test_a_device_pulled_out_and_put_back_during_ten_thousand_calls() -> None:
    hall = Hall()
    lost = 0
    for n in range(1, 10_001):
        hall.output.missing = n % 97 in (5, 6, 7)
        lost += hall.output.missing
        hall.announcer.offer(ACall(n, f"A{n % 9999 + 1:03d}"))
        for _tick in range(3):
            hall.now += 8
            hall.announcer.on_tick()
    assert len(hall.output.track) == 10_000 - lost
    assert hall.output.is_one_after_another()
    assert hall.state == SoundState.ON.value


def test_a_label_that_cannot_be_read_is_passed_over_in_silence() -> None:
    hall = Hall()
    hall.announcer.offer(ACall(1, "???"))
    hall.announcer.offer(ACall(2, "A002"))
    hall.pass_s(20)
    assert len(hall.output.track) == 1


def test_calls_that_waited_ten_minutes_for_their_turn_are_not_said() -> None:
    hall = Hall()
    hall.announcer.offer(ACall(1, "A001"))
    hall.announcer.offer(ACall(2, "A002", "Quầy 2"))
    hall.now += 700  # the whole machine slept
    hall.announcer.on_tick()
    hall.pass_s(30)
    assert hall.labels == ["A001"]


def test_a_sound_server_that_is_started_anew_within_a_second_costs_no_call() -> None:
    hall = Hall()
    hall.output.refuses = 1
    hall.announcer.offer(ACall(1, "A001"))
    hall.pass_s(20)
    assert hall.state == SoundState.ON.value
    assert len(hall.output.track) == 1
