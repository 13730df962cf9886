"""One thing has one name: at the desk, on the command line, in the log."""

from __future__ import annotations

from kiosk.domain.ticket import TicketState
from ui.cli import tickets
from ui.desk.actions import BY_ID
from ui.i18n.errors import TEXTS
from ui.words import TICKET_STATES


def test_a_number_set_aside_is_called_the_same_everywhere() -> None:
    name = TICKET_STATES[TicketState.PARKED]
    assert BY_ID["park"].words.lower() == name
    for command in (tickets.park, tickets.resume):
        assert name in (command.__doc__ or "").lower()
    assert name in TEXTS["ticket.counter_busy"].fix
