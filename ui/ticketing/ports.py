"""What the kiosk's presenters need: the office behind them, the window before them. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk.domain.opening import Opening
from kiosk.domain.ticket import PrintState
from kiosk.services.lookup import Progress
from ui.ticketing.look import Mode
from ui.ticketing.model import Checklist, Issued, PriorityTile, ProcedureLine, Stopped, Tile


class TicketingOffice(Protocol):
    """Called off the UI thread. Raises: KioskError."""

    def tiles(self) -> Sequence[Tile]: ...

    def priorities(self) -> Sequence[PriorityTile]: ...

    def opening(self) -> Opening: ...

    def issue(self, group: str, priority: str, touch: str) -> Issued:
        """The same touch always answers with the same number."""

    def check_in(self, code: str) -> Issued:
        """The number of an appointment of today; the same code always answers with the same number."""

    def paper(self, key: str) -> PrintState: ...

    def ask_help(self) -> None: ...

    def is_help_coming(self, since: datetime) -> bool:
        """Whether an officer answered the call of this kiosk since then."""

    def look_up(self, text: str) -> Progress: ...

    def line_of_code(self, text: str) -> str:
        """Code of the line to which a card or a receipt under the reader leads. Raises: UnreadableCodeError,
        UnknownReceiptError, TouchFirstError."""

    def procedures(self, group: str) -> Sequence[ProcedureLine]: ...

    def checklist(self, procedure: str) -> Checklist: ...

    def has_staff_code(self) -> bool:
        """From the settings in memory; at once."""

    def is_staff_code(self, code: str) -> bool: ...

    def keep_px_per_mm(self, px_per_mm: float) -> None: ...

    def stopped(self) -> Stopped | None:
        """None while numbers are given."""

    def use_spare(self, letter: str) -> None:
        """Give numbers under a spare letter. Raises: SpareLetterError."""


class Speaker(Protocol):
    """The kiosk's loudspeaker. Returns at once."""

    def is_speaking(self) -> bool: ...

    def say(self, screen: str, language: str) -> bool:
        """screen: a key of `ui.audio.screens`. False when nothing can be heard here."""

    def stop(self) -> None: ...


class Silence:
    """A kiosk without a loudspeaker."""

    def is_speaking(self) -> bool:
        return False

    def say(self, screen: str, language: str) -> bool:  # noqa: ARG002 - the promise of `Speaker`
        return False

    def stop(self) -> None:
        return None


class TicketingView(Protocol):
    def topic(self) -> str:
        """What stands on the glass now: a key of `ui.audio.screens`."""

    def dress(self, mode: Mode) -> None:
        """Build everything again in another language, colour or reach; the start page stands afterwards, empty."""

    def show_tiles(self, tiles: Sequence[Tile]) -> None: ...

    def show_priorities(self, priorities: Sequence[PriorityTile]) -> None: ...

    def show_start(self) -> None: ...

    def show_closed(self, opening: Opening) -> None: ...

    def mark_priority(self, code: str) -> None: ...

    def show_number(self, issued: Issued) -> None: ...

    def show_paper(self, state: PrintState, *, slow: bool) -> None: ...

    def show_note(self, tone: str, message: str, fix: str) -> None: ...

    def hide_note(self) -> None: ...

    def set_busy(self, busy: bool) -> None: ...

    def show_warning(self, seconds: int, *, can_extend: bool) -> None: ...

    def hide_warning(self) -> None: ...

    def show_lookup(self, digits: str) -> None: ...

    def show_progress(self, progress: Progress) -> None: ...

    def show_fields(self) -> None:
        """The tiles, to choose whose papers to see."""

    def show_procedures(self, lines: Sequence[ProcedureLine]) -> None: ...

    def show_checklist(self, checklist: Checklist, group: Tile) -> None: ...

    def show_card_help(self) -> None:
        """Where the code of a citizen's card is."""

    def show_staff_code(self, digits: int) -> None:
        """How many digits were typed, never which."""

    def show_calibration(self, card_px: int) -> None:
        """A frame of this width, to hold a card into."""

    def show_stopped(self, stopped: Stopped) -> None:
        """For staff: why no numbers are given, and what to do."""

    def px_per_mm(self) -> float: ...

    def rescale(self, px_per_mm: float) -> None:
        """Build everything again for a glass measured anew."""

    def wipe(self) -> None:
        """Take whatever concerns one person out of every page, seen or not."""
