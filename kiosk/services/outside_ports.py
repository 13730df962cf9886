"""What the acts towards the outside need: bundles on sticks, lists that wait for approval, messages to citizens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk.domain.bundle import Bundle
from kiosk.domain.citizen_notice import CitizenNotice, NoticeState
from kiosk.domain.proposal import Proposal, ProposalKind, ProposalState


class Bundles(Protocol):
    def next_sequence(self, epoch: int) -> int:
        """From 1, never twice; locked until commit."""

    def save(self, bundle: Bundle) -> None:
        """Insert, or replace by epoch and sequence."""

    def get(self, epoch: int, sequence: int) -> Bundle | None: ...

    def all(self) -> list[Bundle]:
        """Oldest first."""


class Proposals(Protocol):
    def add(self, proposal: Proposal) -> Proposal:
        """Returns it with its id."""

    def save(self, proposal: Proposal) -> None:
        """Replace by id."""

    def get(self, proposal_id: int) -> Proposal:
        """Raises: NotFoundError."""

    def listed(self, states: Sequence[ProposalState] = (), limit: int = 100) -> list[Proposal]:
        """Newest first."""

    def last(self, kind: ProposalKind, source: str, state: ProposalState) -> Proposal | None:
        """The newest of a kind in a state; source "": of any."""


class CitizenNotices(Protocol):
    def add(self, notice: CitizenNotice) -> bool:
        """False, and nothing added, when its key exists."""

    def save(self, notice: CitizenNotice) -> None:
        """Replace by key."""

    def get(self, key: str) -> CitizenNotice:
        """Raises: NotFoundError."""

    def of_dossier(self, dossier_key: str) -> list[CitizenNotice]:
        """Oldest first."""

    def listed(
        self, states: Sequence[NoticeState] = (), *, since: datetime | None = None, limit: int = 200
    ) -> list[CitizenNotice]:
        """Newest first."""
