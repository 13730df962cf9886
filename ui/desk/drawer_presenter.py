"""The count of a drawer at the end of the day: what lies in it against what the ledger says. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.money import NOTES
from ui.desk.drawer_model import DrawerOffice, DrawerSheet
from ui.tasks import Problem, Run
from ui.words import dong

MOST_NOTES = 100_000
UNEXPLAINED = ("Đếm lệch với sổ mà chưa ghi lý do.", "Đếm lại, hoặc ghi lý do rồi bấm Enter.")
BAD_NUMBER = ("Có ô không phải là số tờ.", "Ghi số tờ từ 0 đến 100.000; không có thì để trống.")


@dataclass(frozen=True)
class Filled:
    """The form as typed. notes: value -> text; opening, reason: texts."""

    notes: Mapping[int, str]
    opening: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Reckoned:
    """What the typed numbers come to, đồng. wrong: notes whose text is no number; is_opening_wrong: likewise."""

    expected: int
    counted: int
    wrong: tuple[int, ...] = ()
    is_opening_wrong: bool = False

    @property
    def difference(self) -> int:
        return self.counted - self.expected


class DrawerView(Protocol):
    def show_drawer(self, sheet: DrawerSheet) -> None:
        """Open the panel, or show another drawer in it; the fields are empty but for the opening."""

    def show_sums(self, reckoned: Reckoned, words: str, tone: str) -> None: ...

    def show_errors(self, wrong: Reckoned, message: str, fix: str, *, reason: bool) -> None:
        """reason: it is the reason that is missing."""

    def leave(self) -> None: ...


def number_of(text: str, most: int) -> int | None:
    """ "1.200" -> 1200; "" -> 0; None for anything that is no such number."""
    digits = text.replace(".", "").replace(" ", "")
    if not digits:
        return 0
    return int(digits) if digits.isascii() and digits.isdigit() and int(digits) <= most else None


def reckon(sheet: DrawerSheet, filled: Filled) -> Reckoned:
    numbers = {value: number_of(filled.notes.get(value, ""), MOST_NOTES) for value in NOTES}
    opening = number_of(filled.opening, 10**12)
    return Reckoned(
        sheet.cash + (opening or 0),
        sum(value * (many or 0) for value, many in numbers.items()),
        tuple(value for value, many in numbers.items() if many is None),
        opening is None,
    )


def sums_words(reckoned: Reckoned) -> tuple[str, str]:
    """Words and tone of the difference."""
    if not reckoned.difference:
        return "Khớp sổ", "good"
    more = "Thừa" if reckoned.difference > 0 else "Thiếu"
    return f"{more} {dong(abs(reckoned.difference))}", "warn"


class DrawerPresenter:
    """say: tells on the desk itself, while the panel is closed."""

    def __init__(self, view: DrawerView, office: DrawerOffice, run: Run, say: Callable[[str, str, str], None]) -> None:
        self._view, self._office, self._run, self._say = view, office, run, say
        self._sheet: DrawerSheet | None = None
        self._is_busy = False

    def open(self) -> None:
        self._look(whole=False)

    def on_other(self) -> None:
        """The officer's own drawer, or that of the whole office."""
        if self._sheet is not None and not self._is_busy:
            self._look(whole=not self._sheet.whole)

    def on_close(self) -> None:
        self._sheet = None
        self._view.leave()

    def on_typed(self, filled: Filled) -> None:
        """Sums after every key."""
        if self._sheet is not None:
            reckoned = reckon(self._sheet, filled)
            self._view.show_sums(reckoned, *sums_words(reckoned))

    def on_given(self, filled: Filled) -> None:
        """Enter on the last field: keep it. A difference needs its reason."""
        sheet = self._sheet
        if sheet is None or self._is_busy:
            return
        reckoned = reckon(sheet, filled)
        if reckoned.wrong or reckoned.is_opening_wrong:
            self._view.show_errors(reckoned, *BAD_NUMBER, reason=False)
        elif reckoned.difference and not filled.reason.strip():
            self._view.show_errors(reckoned, *UNEXPLAINED, reason=True)
        else:
            self._keep(sheet, filled)

    def _keep(self, sheet: DrawerSheet, filled: Filled) -> None:
        notes = {value: many for value in NOTES if (many := number_of(filled.notes.get(value, ""), MOST_NOTES))}
        opening, reason, whole = number_of(filled.opening, 10**12) or 0, filled.reason.strip(), sheet.whole
        self._is_busy = True
        self._run(lambda: self._office.count(notes, opening, reason, whole=whole), self._done, self._failed)

    def _look(self, *, whole: bool) -> None:
        self._run(lambda: self._office.sheet(whole=whole), self._show, self._failed)

    def _show(self, sheet: DrawerSheet) -> None:
        self._sheet = sheet
        self._view.show_drawer(sheet)
        self.on_typed(Filled({}, str(sheet.opening or "")))

    def _done(self, words: str) -> None:
        self._is_busy = False
        self.on_close()
        self._say("good", words, "")

    def _failed(self, problem: Problem) -> None:
        self._is_busy = False
        if self._sheet is None:
            self._say("bad", problem.message, problem.fix)
        else:
            self._view.show_errors(Reckoned(0, 0), problem.message, problem.fix, reason=False)
