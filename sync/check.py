"""Looking at dossiers before they are sent: what is missing, and what the index would count. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.job import JobState, Wing
from kiosk.services import exchange
from kiosk.services.exchange import Snapshot
from kiosk.services.ports import Units
from sync.connection import Connection
from sync.messages.build import canonical_dossier
from sync.messages.preflight import index_warnings, missing_fields
from sync.routes import Routes

NOT_SENT = (JobState.WAITING, JobState.LEASED, JobState.REJECTED)


@dataclass(frozen=True)
class Checked:
    """connection: name of the one that takes it; problems: what keeps it from being sent; warnings: what does not, but
    the service-quality index counts it; files_waiting: documents that the province does not have yet."""

    key: str
    connection: str
    generation: str
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    files_waiting: int = 0

    @property
    def can_go(self) -> bool:
        return not self.problems


def check_dossier(units: Units, routes: Routes, unit: str, key: str) -> Checked | None:
    """By any of its codes; None for a state secret, which goes nowhere. Raises: NotFoundError, NoProvinceError."""
    snapshot = exchange.snapshot(units, key)
    if snapshot.dossier.state_secret:
        return None
    connection = routes.connection(snapshot.dossier.procedure_code)
    canonical = canonical_dossier(snapshot, connection.agency_code, unit)
    profile, form = connection.profile, connection.form
    message = form.insertion(canonical, profile)
    return Checked(
        snapshot.dossier.key,
        connection.name,
        connection.generation.value,
        tuple(missing_fields(message, profile, form.table)),
        (*index_warnings(message, profile, form.table), *_late(units, connection, snapshot)),
        sum(not d.remote for d in snapshot.documents),
    )


def _late(units: Units, connection: Connection, snapshot: Snapshot) -> list[str]:
    """Documents that came after the dossier was created, where no call can add them."""
    if not (connection.form.allots and snapshot.dossier.external_codes):
        return []
    with units() as uow:
        told = {file.file_id for file in uow.exchange.told_files(connection.name, snapshot.dossier.key)}
    late = sum(document.id not in told for document in snapshot.documents)
    return [f"{late} tệp có sau khi tỉnh đã tạo hồ sơ; hệ thống này không có lệnh gửi thêm tệp"] if late else []


def unsent_dossiers(units: Units) -> list[str]:
    """Keys of every dossier with something that the province has not confirmed, oldest first."""
    with units() as uow:
        jobs = uow.jobs.listed(Wing.SYNC, NOT_SENT, limit=100_000)
    return list(dict.fromkeys(str(j.payload["dossier"]) for j in jobs if "dossier" in j.payload))
