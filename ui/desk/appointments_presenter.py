"""The register of appointments at the desk: a day's list, booking, moving, calling off, and who has come. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ui.desk.front_presenter import TICKET_PAPER
from ui.desk.model import Choice
from ui.tasks import Problem, Run

NO_LINES = "Chưa nhóm dịch vụ nào nhận hẹn."
NO_LINES_FIX = "Ghi số chỗ mỗi khung giờ ở dòng appointments của từng nhóm trong office.toml."


@dataclass(frozen=True)
class BookedLine:
    """An appointment in the list. state: "" while its citizen is awaited; is_open: it may be moved, ended, kept."""

    key: str
    time: str
    line: str
    person: str
    code: str
    state: str
    tone: str
    group: str
    is_open: bool


@dataclass(frozen=True)
class SlotLine:
    """A slot to choose. at: ISO; is_free: it has a place."""

    at: str
    time: str
    places: str
    is_free: bool


@dataclass(frozen=True)
class Made:
    """An appointment made or moved. when: "08:30 thứ Ba 24/11/2026"."""

    key: str
    code: str
    when: str
    day: date


class RegisterOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def today(self) -> date: ...

    def step(self, day: date, by: int) -> date:
        """The next working day, or the one before."""

    def title(self, day: date) -> str:
        """At once."""

    def booked(self, day: date) -> Sequence[BookedLine]: ...

    def lines(self) -> Sequence[Choice]:
        """Those that take appointments."""

    def slots(self, group: str, day: date) -> Sequence[SlotLine]: ...

    def book(self, group: str, at: str, name: str, phone: str) -> Made: ...

    def move(self, key: str, at: str) -> Made: ...

    def cancel(self, key: str) -> None: ...

    def check_in(self, key: str) -> str:
        """The label of the number."""


class RegisterView(Protocol):
    def open(self) -> None: ...

    def show_day(self, title: str, lines: Sequence[BookedLine], chosen: str) -> None:
        """chosen: key of the line to stand on, "" for the one where it stood."""

    def show_slots(self, title: str, lines: Sequence[Choice], slots: Sequence[SlotLine]) -> None:
        """lines: to choose from, the chosen one `usual`; one alone while an appointment is moved."""

    def ask_person(self, title: str) -> None: ...

    def tell(self, tone: str, message: str, fix: str) -> None: ...


class RegisterPresenter:
    """changed: the queue has to be read again; failed: the register could not be opened at all."""

    def __init__(
        self,
        view: RegisterView,
        office: RegisterOffice,
        run: Run,
        changed: Callable[[], None],
        failed: Callable[[Problem], None],
        ticket_paper: str = TICKET_PAPER,
    ) -> None:
        self._view, self._office, self._run = view, office, run
        self._changed, self._not_opened, self._ticket_paper = changed, failed, ticket_paper
        self._day = date.min
        self._lines: tuple[Choice, ...] = ()
        self._group = self._moving = self._slot = ""
        self._choosing = False

    def on_open(self) -> None:
        def opened(day: date) -> None:
            self._day = day
            self._view.open()
            self._show_day()

        self._run(self._office.today, opened, self._not_opened)

    def on_step(self, by: int) -> None:
        """To another day, in the list and while a slot is chosen."""

        def stepped(day: date) -> None:
            self._day = day
            self._again()

        day = self._day
        self._run(lambda: self._office.step(day, by), stepped, self._failed)

    def on_new(self) -> None:
        def known(lines: Sequence[Choice]) -> None:
            if not lines:
                self._view.tell("info", NO_LINES, NO_LINES_FIX)
                return
            self._lines, self._moving, self._choosing = tuple(lines), "", True
            self._group = self._group if self._group in {c.id for c in lines} else lines[0].id
            self._show_slots()

        self._run(self._office.lines, known, self._failed)

    def on_move(self, line: BookedLine) -> None:
        if line.is_open:
            self._lines, self._group = (Choice(line.group, line.line),), line.group
            self._moving, self._choosing = line.key, True
            self._show_slots()

    def on_line(self, place: int) -> None:
        if place < len(self._lines):
            self._group = self._lines[place].id
            self._show_slots()

    def on_slot(self, slot: SlotLine) -> None:
        if not slot.is_free:
            self._view.tell("warn", "Khung giờ này đã đủ người.", "Chọn khung giờ khác còn chỗ.")
        elif self._moving:
            key, at = self._moving, slot.at
            self._run(lambda: self._office.move(key, at), self._moved, self._failed)
        else:
            self._slot = slot.at
            name = next((c.words for c in self._lines if c.id == self._group), "")
            self._view.ask_person(f"{name} · {slot.time} · {self._office.title(self._day)}")

    def on_person(self, name: str, phone: str) -> None:
        """A second key before the answer books nothing more; after a failure the same slot is tried again."""
        group, at = self._group, self._slot
        self._slot = ""

        def failed(problem: Problem) -> None:
            self._slot = at
            self._failed(problem)

        if at:
            self._run(lambda: self._office.book(group, at, name, phone), self._booked, failed)

    def on_cancel(self, line: BookedLine) -> None:
        def ended(_: None) -> None:
            self._show_day("", f"Đã hủy lịch hẹn {line.time} mã {line.code}.")

        if line.is_open:
            self._run(lambda: self._office.cancel(line.key), ended, self._failed)

    def on_come(self, line: BookedLine) -> None:
        def given(label: str) -> None:
            done = f"Đã cấp số {label} theo giờ hẹn {line.time}."
            self._show_day(line.key, done, self._ticket_paper)
            self._changed()

        if line.is_open:
            self._run(lambda: self._office.check_in(line.key), given, self._failed)

    def on_back(self) -> None:
        """From the slots to the list."""
        self._show_day()

    def on_slots(self) -> None:
        """From the citizen's name back to the slots."""
        self._show_slots()

    def _again(self) -> None:
        if self._choosing:
            self._show_slots()
        else:
            self._show_day()

    def _show_day(self, chosen: str = "", done: str = "", fix: str = "") -> None:
        """done: what was done, told over the list that shows it."""
        self._choosing, self._moving = False, ""
        day = self._day

        def read(lines: Sequence[BookedLine]) -> None:
            if day == self._day and not self._choosing:
                self._view.show_day(self._office.title(day), lines, chosen)
                if done:
                    self._view.tell("good", done, fix)

        self._run(lambda: self._office.booked(day), read, self._failed)

    def _show_slots(self) -> None:
        day, group = self._day, self._group

        def read(slots: Sequence[SlotLine]) -> None:
            if (day, group) == (self._day, self._group) and self._choosing:
                words = "Dời lịch hẹn" if self._moving else "Đặt hẹn"
                lines = [Choice(c.id, c.words, c.id == group) for c in self._lines]
                self._view.show_slots(f"{words} · {self._office.title(day)}", lines, slots)

        self._run(lambda: self._office.slots(group, day), read, self._failed)

    def _booked(self, made: Made) -> None:
        self._day = made.day
        done = f"Đã đặt hẹn {made.when}. Mã hẹn: {made.code}"
        self._show_day(made.key, done, "Đọc mã cho người dân; đến nơi gõ mã ở máy lấy số.")

    def _moved(self, made: Made) -> None:
        self._day = made.day
        done = f"Đã dời hẹn sang {made.when}. Mã hẹn: {made.code}"
        self._show_day(made.key, done, "Báo lại giờ mới cho người dân.")

    def _failed(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
