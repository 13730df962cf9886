"""Bundles, proposals and messages of the fake office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fake_shelf import Shelf

from kiosk.domain.bundle import Bundle
from kiosk.domain.citizen_notice import CitizenNotice, NoticeState
from kiosk.domain.proposal import Proposal, ProposalKind, ProposalState
from kiosk.errors import NotFoundError


class FakeBundles:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next_sequence(self, epoch: int) -> int:
        place = ("bundle", epoch)
        self._shelf.numbers[place] = self._shelf.numbers.get(place, 0) + 1
        return self._shelf.numbers[place]

    def save(self, bundle: Bundle) -> None:
        self._shelf.bundles[bundle.epoch, bundle.sequence] = bundle

    def get(self, epoch: int, sequence: int) -> Bundle | None:
        return self._shelf.bundles.get((epoch, sequence))

    def all(self) -> list[Bundle]:
        return [self._shelf.bundles[place] for place in sorted(self._shelf.bundles)]


class FakeProposals:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, proposal: Proposal) -> Proposal:
        kept = replace(proposal, id=len(self._shelf.proposals) + 1)
        self._shelf.proposals[kept.id] = kept
        return kept

    def save(self, proposal: Proposal) -> None:
        self._shelf.proposals[proposal.id] = proposal

    def get(self, proposal_id: int) -> Proposal:
        if proposal_id not in self._shelf.proposals:
            raise NotFoundError(what="đề xuất", key=str(proposal_id))
        return self._shelf.proposals[proposal_id]

    def listed(self, states: Sequence[ProposalState] = (), limit: int = 100) -> list[Proposal]:
        newest = reversed(self._shelf.proposals.values())
        return [p for p in newest if not states or p.state in states][:limit]

    def last(self, kind: ProposalKind, source: str, state: ProposalState) -> Proposal | None:
        mine = (p for p in self.listed((state,)) if p.kind is kind and source in ("", p.source))
        return next(mine, None)


class FakeCitizenNotices:
    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def add(self, notice: CitizenNotice) -> bool:
        if notice.key in self._shelf.citizen_notices:
            return False
        self._shelf.citizen_notices[notice.key] = notice
        return True

    def save(self, notice: CitizenNotice) -> None:
        self._shelf.citizen_notices[notice.key] = notice

    def get(self, key: str) -> CitizenNotice:
        if key not in self._shelf.citizen_notices:
            raise NotFoundError(what="tin nhắn", key=key)
        return self._shelf.citizen_notices[key]

    def of_dossier(self, dossier_key: str) -> list[CitizenNotice]:
        mine = (n for n in self._shelf.citizen_notices.values() if n.dossier_key == dossier_key)
        return sorted(mine, key=lambda n: (n.made_at, n.key))

    def listed(
        self, states: Sequence[NoticeState] = (), *, since: datetime | None = None, limit: int = 200
    ) -> list[CitizenNotice]:
        found = [n for n in self._shelf.citizen_notices.values() if not states or n.state in states]
        recent = [n for n in found if since is None or n.made_at >= since]
        return sorted(recent, key=lambda n: n.made_at, reverse=True)[:limit]
