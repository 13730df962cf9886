"""One act, one transaction, over one short database session; only plain data leaves it."""

from __future__ import annotations

from typing import Self

from sqlalchemy.orm import Session, sessionmaker

from kiosk.storage.appointments import SqlAppointments
from kiosk.storage.corrections import SqlCorrections
from kiosk.storage.dossiers import SqlDossiers
from kiosk.storage.drafts import SqlDrafts
from kiosk.storage.events import SqlEvents
from kiosk.storage.exchange import SqlExchange
from kiosk.storage.jobs import SqlJobs
from kiosk.storage.money import SqlMoney
from kiosk.storage.online import SqlOnline
from kiosk.storage.outside import SqlBundles, SqlCitizenNotices, SqlProposals
from kiosk.storage.papers import SqlPapers
from kiosk.storage.pauses import SqlPauses
from kiosk.storage.people import SqlPeople
from kiosk.storage.procedures import SqlProcedures
from kiosk.storage.queue_days import SqlQueueDays
from kiosk.storage.rows import lock_office
from kiosk.storage.slips import SqlSlips
from kiosk.storage.stations import SqlStations
from kiosk.storage.tickets import SqlTickets


class SqlUnitOfWork:
    """A fresh session per `with`; leaving without commit() undoes everything.

    The database is not touched before the first repository call, which then takes the write lock (SQLite).
    After a StaleError leave the unit and read again in a new one.
    """

    tickets: SqlTickets
    pauses: SqlPauses
    procedures: SqlProcedures
    people: SqlPeople
    dossiers: SqlDossiers
    drafts: SqlDrafts
    papers: SqlPapers
    slips: SqlSlips
    jobs: SqlJobs
    events: SqlEvents
    exchange: SqlExchange
    queue_days: SqlQueueDays
    stations: SqlStations
    appointments: SqlAppointments
    money: SqlMoney
    corrections: SqlCorrections
    online: SqlOnline
    bundles: SqlBundles
    proposals: SqlProposals
    citizen_notices: SqlCitizenNotices

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def __enter__(self) -> Self:
        session = self._session = self._sessions()
        self.tickets, self.procedures, self.people = SqlTickets(session), SqlProcedures(session), SqlPeople(session)
        self.dossiers, self.drafts, self.papers = SqlDossiers(session), SqlDrafts(session), SqlPapers(session)
        self.pauses = SqlPauses(session)
        self.slips, self.jobs, self.events = SqlSlips(session), SqlJobs(session), SqlEvents(session)
        self.exchange, self.queue_days = SqlExchange(session), SqlQueueDays(session)
        self.stations, self.appointments = SqlStations(session), SqlAppointments(session)
        self.money, self.bundles = SqlMoney(session), SqlBundles(session)
        self.proposals, self.citizen_notices = SqlProposals(session), SqlCitizenNotices(session)
        self.online, self.corrections = SqlOnline(session), SqlCorrections(session)
        return self

    def __exit__(self, *exc: object) -> None:
        self._session.close()  # rolls back whatever was not committed

    def lock(self) -> None:
        lock_office(self._session)

    def commit(self) -> None:
        try:
            self._session.commit()
        except BaseException:
            self._session.invalidate()  # a failed COMMIT leaves SQLite's transaction open: close it with its connection
            raise
        self._session.info.clear()  # the next statement begins a new transaction, with locks of its own
