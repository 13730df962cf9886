"""The second screen, turned to the citizen: what the officer enters of this one citizen, and nothing else. No Qt.

Never on it: identity numbers, addresses, earlier dossiers, other people. It is empty between citizens and while another
dossier of the office is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kiosk.domain.dossier import PaperState
from ui.desk.model import PaperRow, Promised, Saved
from ui.desk.work import Work

SHOWN = 7  # papers on one screen, in large letters; the rest is counted
BROUGHT, NOT_ASKED, MISSING, MEND = "Đã nộp", "Không phải nộp", "Còn thiếu", "Cần sửa"
NOT_BROUGHT = frozenset({PaperState.FROM_DATABASE, PaperState.HELD, PaperState.NOT_NEEDED})


@dataclass(frozen=True)
class ShownPaper:
    name: str
    state: str
    tone: str


@dataclass(frozen=True)
class Money:
    """What is to be paid. qr: payload of a VietQR code, "" when there is none; to: who gets it; dossier: key of what it
    is paid for."""

    amount: str
    qr: str = ""
    to: str = ""
    dossier: str = ""


@dataclass(frozen=True)
class CitizenPage:
    """name: as it will stand on the receipt. done: the dossier was received under this key."""

    name: str = ""
    procedure: str = ""
    papers: tuple[ShownPaper, ...] = ()
    more: int = 0
    due: str = ""
    fee: str = ""
    money: Money | None = None
    done: str = ""

    @property
    def is_empty(self) -> bool:
        return self == CitizenPage()


class CitizenView(Protocol):
    def show_page(self, page: CitizenPage) -> None: ...

    def stand(self) -> bool:
        """On a second screen, else as a window; False when it could not be shown."""

    def leave(self) -> None: ...


class DeskView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...


class CitizenPresenter:
    """Off until an officer turns it on; only then is anything written on it."""

    def __init__(self, screen: CitizenView, desk: DeskView) -> None:
        self._screen, self._desk = screen, desk
        self._on = False
        self._page = self._seen = CitizenPage()
        self._key = self._ticket = ""
        self._promised: Promised | None = None
        self._money: Money | None = None

    def on_toggle(self) -> None:
        if self._on:
            self._on = False
            self._screen.leave()
            self._desk.say("info", "Đã tắt màn hình cho người dân.", "")
            return
        self._on = self._screen.stand()
        self._screen.show_page(self._seen)
        if self._on:
            self._desk.say("info", "Màn hình cho người dân đang bật.", "Ctrl+Shift+M để tắt.")

    def on_promise(self, promised: Promised | None) -> None:
        """The date and the fee of what is on the desk's screen."""
        self._promised = promised

    def on_money(self, money: Money | None) -> None:
        """Something is to be paid now, by a code on this screen; None when it is done or called off."""
        self._money = money
        self._show(self._page)

    def on_saved(self, saved: Saved) -> None:
        """The dossier was received: its key and date stand until the next citizen."""
        self._money = None
        self._show(CitizenPage(saved.applicant, due=saved.due, done=saved.key))

    def on_work(self, work: Work) -> None:
        """The intake as it is now. Another number at the counter, or another dossier, wipes what stood there."""
        ticket = work.ticket_key or ""
        if ticket != self._ticket or (work.key != self._key and not self._page.done):
            self._money = None
            self._show(CitizenPage())
        self._key, self._ticket = work.key, ticket
        if work.person is None and work.procedure is None:
            if not self._page.done:
                self._show(CitizenPage())
            return
        self._show(self._of(work))

    def close(self) -> None:
        self._screen.leave()

    def _of(self, work: Work) -> CitizenPage:
        rows = work.rows()
        promised = self._promised if work.procedure is not None and not work.lacks_case else None
        return CitizenPage(
            work.person.full_name if work.person else "",
            work.procedure.name if work.procedure else "",
            _papers(rows),
            max(0, len(_asked(rows)) - SHOWN),
            f"{promised.when}, {promised.day}" if promised and promised.known else "",
            promised.fee if promised else "",
        )

    def _show(self, page: CitizenPage) -> None:
        """page: without money."""
        self._page = page
        if (seen := self._with_money()) != self._seen:
            self._seen = seen
            if self._on:
                self._screen.show_page(seen)

    def _with_money(self) -> CitizenPage:
        """Money of another dossier stands alone: whoever is named beside a code would pay it."""
        if self._money is None:
            return self._page
        mine = self._page.done == self._money.dossier
        return replace(self._page if mine else CitizenPage(), money=self._money)


def _asked(rows: Sequence[PaperRow]) -> list[PaperRow]:
    """Papers that concern the citizen: asked for, or brought."""
    return [row for row in rows if row.required or row.state is not PaperState.MISSING]


def _papers(rows: Sequence[PaperRow]) -> tuple[ShownPaper, ...]:
    return tuple(ShownPaper(row.name, *_state(row)) for row in _asked(rows)[:SHOWN])


def _state(row: PaperRow) -> tuple[str, str]:
    if row.note:
        return MEND, "warn"
    if row.state is PaperState.MISSING:
        return MISSING, "bad"
    return (NOT_ASKED, "info") if row.state in NOT_BROUGHT else (BROUGHT, "good")
