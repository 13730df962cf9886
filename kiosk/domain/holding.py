"""Which counter holds which number, followed from the event log: the check that nobody was ever called twice."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.domain.event import Event
from kiosk.domain.ticket import ACTIVE_STATES


def double_calls(events: Iterable[Event]) -> int:
    """Calls of a number that a counter held already, and calls to a counter that held a number already."""
    held: dict[str, str] = {}  # ticket key -> counter
    doubles = 0
    for event in events:
        state = event.data.get("state")
        if state is None:
            continue
        counter = str(event.data["counter"])
        # What was done by label is told afterwards, by when the counter may hold another number already.
        if event.kind == "ticket.called" and "by_label" not in event.data:
            doubles += event.subject in held or counter in held.values()
        if state in ACTIVE_STATES:
            held[event.subject] = counter
        else:
            held.pop(event.subject, None)
    return doubles
