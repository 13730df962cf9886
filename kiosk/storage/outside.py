"""Bundles on sticks, lists that wait for approval, messages to citizens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kiosk.domain.bundle import Bundle
from kiosk.domain.citizen_notice import CitizenNotice, NoticeState
from kiosk.domain.proposal import Proposal, ProposalKind, ProposalState
from kiosk.storage import rows
from kiosk.storage.models import BundleRow, CitizenNoticeRow, ProposalRow, table_of

B, P, N = table_of(BundleRow), table_of(ProposalRow), table_of(CitizenNoticeRow)


class SqlBundles:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_sequence(self, epoch: int) -> int:
        return rows.next_in(self._session, f"bundle/{epoch}")

    def save(self, bundle: Bundle) -> None:
        place = ["epoch", "sequence"]
        statement = rows.insert(self._session, B).values(epoch=bundle.epoch, sequence=bundle.sequence, body=bundle)
        self._session.execute(statement.on_conflict_do_update(index_elements=place, set_={"body": bundle}))

    def get(self, epoch: int, sequence: int) -> Bundle | None:
        wanted = select(B.c.body).where(B.c.epoch == epoch, B.c.sequence == sequence)
        found: Bundle | None = self._session.execute(wanted).scalar()
        return found

    def all(self) -> list[Bundle]:
        return list(self._session.execute(select(B.c.body).order_by(B.c.epoch, B.c.sequence)).scalars())


class SqlProposals:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposal: Proposal) -> Proposal:
        values = rows.values_of(proposal)
        del values["id"]
        kept = self._session.execute(insert(P).values(**values).returning(P.c.id)).scalar_one()
        return self.get(kept)

    def save(self, proposal: Proposal) -> None:
        values = rows.values_of(proposal)
        self._session.execute(update(P).where(P.c.id == values.pop("id")).values(**values))

    def get(self, proposal_id: int) -> Proposal:
        row = self._session.execute(select(P).where(P.c.id == proposal_id)).mappings().first()
        return rows.found(Proposal, row, "đề xuất", str(proposal_id))

    def listed(self, states: Sequence[ProposalState] = (), limit: int = 100) -> list[Proposal]:
        statement = select(P).order_by(P.c.id.desc()).limit(limit)
        if states:
            statement = statement.where(P.c.state.in_(states))
        return [rows.revived(Proposal, row) for row in self._session.execute(statement).mappings()]

    def last(self, kind: ProposalKind, source: str, state: ProposalState) -> Proposal | None:
        statement = select(P).where(P.c.kind == kind, P.c.state == state).order_by(P.c.id.desc()).limit(1)
        if source:
            statement = statement.where(P.c.source == source)
        row = self._session.execute(statement).mappings().first()
        return None if row is None else rows.revived(Proposal, row)


class SqlCitizenNotices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, notice: CitizenNotice) -> bool:
        statement = rows.insert(self._session, N).values(**rows.values_of(notice))
        added = statement.on_conflict_do_nothing(index_elements=["key"]).returning(N.c.key)
        return self._session.execute(added).first() is not None

    def save(self, notice: CitizenNotice) -> None:
        self._session.execute(update(N).where(N.c.key == notice.key).values(**rows.values_of(notice)))

    def get(self, key: str) -> CitizenNotice:
        row = self._session.execute(select(N).where(N.c.key == key)).mappings().first()
        return rows.found(CitizenNotice, row, "tin nhắn", key)

    def of_dossier(self, dossier_key: str) -> list[CitizenNotice]:
        statement = select(N).where(N.c.dossier_key == dossier_key).order_by(N.c.made_at, N.c.key)
        return [rows.revived(CitizenNotice, row) for row in self._session.execute(statement).mappings()]

    def listed(
        self, states: Sequence[NoticeState] = (), *, since: datetime | None = None, limit: int = 200
    ) -> list[CitizenNotice]:
        statement = select(N).order_by(N.c.made_at.desc(), N.c.key).limit(limit)
        if states:
            statement = statement.where(N.c.state.in_(states))
        if since is not None:
            statement = statement.where(N.c.made_at >= since)
        return [rows.revived(CitizenNotice, row) for row in self._session.execute(statement).mappings()]
