"""A real office with something on its way to the province and something from it, for screens and commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from office_commands import MARRIAGE_STATUS, received_now
from samples import MOTHER
from scanner_samples import printed_pdf

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.incoming import SentFile
from kiosk.domain.job import Wing
from kiosk.services import arrivals, online_inbox
from ui.app import OpenedOffice

PROVINCE = Actor("", "tinh")
PORTAL_CODE = "H26.107-261121-9001"


def refused(office: OpenedOffice, root: Path, reason: str = "Sai mã lĩnh vực", draft: str = "d-1") -> str:
    """A dossier whose picture the province has refused: its key."""
    key = received_now(root, draft).key
    with office.units() as uow:
        job = uow.jobs.lease(Wing.SYNC, "w", office_now(), timedelta(minutes=1))
        assert job is not None
        uow.jobs.reject(job, office_now(), f"sync.refused: {reason}")
        uow.commit()
    return key


def contradicted(office: OpenedOffice, root: Path, draft: str = "d-2") -> str:
    """A dossier that the province says was handed over while it is in work here: its key."""
    key = received_now(root, draft).key
    said = arrivals.Change(key, "Đã trả kết quả", office_now(), agrees=frozenset({"dossier.returned"}))
    arrivals.apply_changes(office.units, "tinh", [said], "1", actor=PROVINCE, now=office_now())
    return key


def sent_online(office: OpenedOffice, root: Path, code: str = PORTAL_CODE, hours_ago: float = 2) -> None:
    """A complete one with a PDF for each required paper."""
    with office.reads() as look:
        procedure = look.procedures.current(MARRIAGE_STATUS, office_now().date())
    assert procedure is not None
    pdf = printed_pdf([["Tờ khai cấp giấy xác nhận tình trạng hôn nhân"]], root / "to-khai.pdf").read_bytes()
    files = []
    for n, component in enumerate(procedure.components):
        stored = office.vault.put(pdf + b"\n%" + str(n).encode() + b"\n%%EOF", "application/pdf")
        files.append((SentFile(f"f{n}", "Tờ khai.pdf", component.code, size=stored.size, sha256=stored.sha256), stored))
    at = office_now() - timedelta(hours=hours_ago)
    owner = replace(MOTHER, source="portal")
    case = procedure.options[0].case
    told = online_inbox.Told(code, procedure.code, procedure.name, owner, at, case, "Xin xác nhận", False, tuple(files))
    with office.units() as uow:
        uow.lock()
        assert online_inbox.arrived(uow, told, "tinh", office_now())
        uow.commit()
