"""What kiosks gave against what the office has: the account of `motcua bench stations`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kiosk.domain.ticket import Ticket
from kiosk.storage import Store


@dataclass(frozen=True)
class Figures:
    """lost: given by a kiosk, unknown to the office; strange: the other way round; out_of_order: neighbours of one
    kiosk that would be called the wrong way round. Milliseconds from the touch to the number on the screen."""

    tickets: int
    kiosk_kills: int
    server_kills: int
    duplicate_labels: int
    lost: int
    strange: int
    admitted_twice: int
    out_of_order: int
    same_label: int
    chain_broken_at: int | None
    issue_p50_ms: float
    issue_p99_ms: float
    issue_max_ms: float

    @property
    def ok(self) -> bool:
        wrong = self.duplicate_labels + self.lost + self.strange + self.admitted_twice
        return not (wrong + self.out_of_order + self.same_label) and self.chain_broken_at is None


def examined(
    stores: Sequence[Store], office: Store, kiosk_kills: int, server_kills: int, times: Sequence[float]
) -> Figures:
    """stores: of the kiosks, which nobody has open any more."""
    given = [ticket for store in stores for ticket in _issued(store)]
    with office.reads() as look:
        events = list(look.events.all())
        known = {e.subject: look.tickets.get(e.subject) for e in events if e.kind == "ticket.issued"}
    admitted = Counter(e.subject for e in events if e.kind == "ticket.issued")
    labels = Counter((t.business_day, t.label) for t in given)
    keys = {t.key for t in given}
    ordered = sorted(times)
    return Figures(
        tickets=len(given),
        kiosk_kills=kiosk_kills,
        server_kills=server_kills,
        duplicate_labels=sum(labels.values()) - len(labels),
        lost=len(keys - known.keys()),
        strange=len(known.keys() - keys),
        admitted_twice=sum(admitted.values()) - len(admitted),
        out_of_order=_out_of_order(list(known.values())),
        same_label=sum(e.kind == "ticket.same_label" for e in events),
        chain_broken_at=office.first_broken(),
        issue_p50_ms=_at(ordered, 0.5),
        issue_p99_ms=_at(ordered, 0.99),
        issue_max_ms=_at(ordered, 1.0),
    )


def _issued(store: Store) -> list[Ticket]:
    with store.reads() as look:
        return [look.tickets.get(e.subject) for e in look.events.all() if e.kind == "ticket.issued"]


def _out_of_order(tickets: Sequence[Ticket]) -> int:
    series: dict[tuple[object, str, int], list[Ticket]] = {}
    for ticket in sorted(tickets, key=lambda t: t.n):
        series.setdefault((ticket.business_day, ticket.series, ticket.epoch), []).append(ticket)
    return sum(a.effective_at > b.effective_at for line in series.values() for a, b in pairwise(line))


def _at(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000, 1) if ordered else 0.0
