"""The tables, one typed model each; `Base.metadata` knows them all once this package is imported."""

from kiosk.storage.models.appointments import AppointmentRow
from kiosk.storage.models.base import Base, table_of
from kiosk.storage.models.corrections import CorrectionRow
from kiosk.storage.models.dossiers import (
    DossierCodeRow,
    DossierPersonRow,
    DossierRow,
    DraftRow,
    PersonRow,
    ProcedureRow,
    SlipRow,
)
from kiosk.storage.models.exchange import ConflictRow, OnlineRow, SentStepRow, ToldFileRow, UploadPlaceRow
from kiosk.storage.models.money import CashCountRow, MoneyAskRow, MoneyMoveRow, MoneyReceiptRow
from kiosk.storage.models.outside import BundleRow, CitizenNoticeRow, ProposalRow
from kiosk.storage.models.papers import BlobRow, DocumentRow, FileRow, PageRow
from kiosk.storage.models.queue import CounterRow, PauseRow, QueueDayRow, TicketRow
from kiosk.storage.models.stations import SeriesGrantRow, StationRow
from kiosk.storage.models.work import ChainHeadRow, CursorRow, EventRow, FactRow, JobRow, ReplyRow

__all__ = [
    "AppointmentRow",
    "Base",
    "BlobRow",
    "BundleRow",
    "CashCountRow",
    "ChainHeadRow",
    "CitizenNoticeRow",
    "ConflictRow",
    "CorrectionRow",
    "CounterRow",
    "CursorRow",
    "DocumentRow",
    "DossierCodeRow",
    "DossierPersonRow",
    "DossierRow",
    "DraftRow",
    "EventRow",
    "FactRow",
    "FileRow",
    "JobRow",
    "MoneyAskRow",
    "MoneyMoveRow",
    "MoneyReceiptRow",
    "OnlineRow",
    "PageRow",
    "PauseRow",
    "PersonRow",
    "ProcedureRow",
    "ProposalRow",
    "QueueDayRow",
    "ReplyRow",
    "SentStepRow",
    "SeriesGrantRow",
    "SlipRow",
    "StationRow",
    "TicketRow",
    "ToldFileRow",
    "UploadPlaceRow",
    "table_of",
]
