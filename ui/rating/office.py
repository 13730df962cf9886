"""The rating screen's door to the office: the number just served, a vote, a reason; never a person."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.clock import Clock, office_now
from kiosk.domain.event import Actor
from kiosk.domain.rating import Reason, Score
from kiosk.services.rating import explain, rate, rateable
from ui.app import OpenedOffice
from ui.rating.presenter import Asked


@dataclass
class LiveRating:
    office: OpenedOffice
    counter: str
    clock: Clock = office_now

    @property
    def _actor(self) -> Actor:
        """Under the name that it was paired by; on a desk's PC under one of its own."""
        own = self.office.config.station
        return Actor("", own.name if own.kind == "rating" else f"rating-{self.counter}", self.counter)

    def to_ask(self) -> Asked | None:
        with self.office.reads() as look:
            ticket = rateable(look, self.counter, self.clock())
        return None if ticket is None else Asked(ticket.key, ticket.label, ticket.ended_at or ticket.issued_at)

    def rate(self, key: str, score: Score) -> Score:
        return rate(self.office.units(), key, score.value, actor=self._actor, now=self.clock())

    def explain(self, key: str, reason: Reason) -> None:
        explain(self.office.units(), key, (reason.value,), actor=self._actor, now=self.clock())
