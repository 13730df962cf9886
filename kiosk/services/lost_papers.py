"""Numbers that wait without a paper, for the staff: their citizens have nothing in hand but what they remember."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.ticket import PrintState, TicketState
from kiosk.services.ports import UnitOfWork
from kiosk.services.queue_day import queue_day

LOST = (PrintState.FAILED, PrintState.UNCERTAIN)
KINDS = tuple(f"ticket.paper_{state.value}" for state in LOST)


def lost_papers_after(uow: UnitOfWork, seq: int, now: datetime) -> tuple[int, tuple[str, ...]]:
    """The last seq that was looked at, and the labels of today's numbers that wait and whose paper is not certainly
    out. A paper that came after all is not told. Reads only; inside a `with`."""
    events = uow.events.after(seq, kinds=KINDS)
    if not events:
        return seq, ()
    today = queue_day(uow, now)
    tickets = [uow.tickets.get(key) for key in dict.fromkeys(e.subject for e in events)]
    mine = (t for t in tickets if t.print_state in LOST and t.state is TicketState.WAITING and t.serve_day == today)
    return events[-1].seq, tuple(t.label for t in mine)
