"""Who comes to the desk uncalled: back after a miss, with an appointment, with more dossiers. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar
from uuid import uuid4

from kiosk.domain.ticket import Place
from ui.desk.model import AtCounter, Choice
from ui.tasks import Problem, Run

T = TypeVar("T")

BACK_PLACES = (
    Choice(Place.END.value, "Cuối hàng"),
    Choice(Place.BY_ARRIVAL.value, "Theo giờ đến"),
    Choice(Place.NEXT.value, "Gọi kế tiếp"),
)
TICKET_PAPER = "Phiếu in ở máy in số thứ tự."
COUNTS = tuple(Choice(str(n), f"{n} hồ sơ") for n in range(1, 31))


@dataclass(frozen=True)
class Bookings:
    """Lines to choose from, and the times for which who comes now is on time."""

    lines: tuple[Choice, ...]
    times: tuple[Choice, ...]


class FrontOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def missed(self) -> Sequence[Choice]:
        """Numbers noted as absent today that may come back, the last called first."""

    def bring_back(self, key: str, place: str) -> str:
        """The label."""

    def bookings(self) -> Bookings: ...

    def check_in(self, line: str, booked_at: str, touch: str) -> str:
        """Give a number that counts from the time booked; the label. The same touch gives the same number."""

    def set_dossiers(self, key: str, count: int) -> None: ...


class FrontView(Protocol):
    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None: ...


class FrontPresenter:
    """current: the number at this counter; changed: the queue has to be read again; ticket_paper: where the paper of a
    number comes out, in words."""

    def __init__(
        self,
        view: FrontView,
        office: FrontOffice,
        run: Run,
        current: Callable[[], AtCounter | None],
        changed: Callable[[], None],
        new_touch: Callable[[], str] = lambda: f"desk/{uuid4().hex}",
        ticket_paper: str = TICKET_PAPER,
    ) -> None:
        self._view, self._office, self._run = view, office, run
        self._current, self._changed, self._new_touch = current, changed, new_touch
        self._touch, self._ticket_paper = "", ticket_paper

    def on_return(self) -> None:
        """Choose who was absent and is here after all."""

        def ask(missed: Sequence[Choice]) -> None:
            if missed:
                self._view.ask("return", "Số vắng trở lại hàng", missed, "Chỗ trong hàng", BACK_PLACES)
            else:
                self._view.say("info", "Hôm nay không có số vắng nào được trở lại.", "Mời người dân lấy số mới.")

        self._run(self._office.missed, ask, self._view.show_problem)

    def on_appointment(self) -> None:
        def ask(found: Bookings) -> None:
            self._touch = self._new_touch()
            self._view.ask("appointment", "Cấp số cho người hẹn ngoài sổ", found.lines, "Giờ hẹn", found.times)

        self._run(self._office.bookings, ask, self._view.show_problem)

    def on_dossiers(self) -> None:
        at = self._current()
        if at is None:
            self._view.say("info", "Quầy chưa gọi số nào.", "Bấm F2 để gọi số tiếp theo.")
        else:
            counts = tuple(replace(c, usual=c.id == str(at.dossiers)) for c in COUNTS)
            self._view.ask("dossiers", f"Số {at.label} mang theo", counts)

    def on_chosen(self, act: str, choice: str, setting: str) -> None:
        if act == "return":
            self._do(
                lambda: self._office.bring_back(choice, setting),
                lambda label: self._view.say("good", f"Số {label} đã trở lại hàng chờ.", "Mời người dân ngồi chờ gọi."),
            )
        elif act == "appointment":
            touch = self._touch
            self._do(
                lambda: self._office.check_in(choice, setting, touch),
                lambda label: self._view.say("good", f"Đã cấp số {label} theo giờ hẹn.", self._ticket_paper),
            )
        elif act == "dossiers" and (at := self._current()) is not None:
            self._do(lambda: self._office.set_dossiers(at.key, int(choice)), lambda _: None)

    def _do(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def ended(result: T) -> None:
            done(result)
            self._changed()

        self._run(work, ended, self._view.show_problem)
