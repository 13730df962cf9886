"""Statutory slips: what each one says. The layout is `printing.forms`; the legal forms are in docs/legal.md#forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SlipKind(StrEnum):
    """Numbers of the current set, TT 03/2025/TT-VPCP."""

    RECEIPT = "01"
    SUPPLEMENT = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL = "06"


def slip_name(kind: SlipKind, number: int, year: int) -> str:
    """What an officer calls one slip: "Mẫu 04 số 3/2026"."""
    return f"Mẫu {kind.value} số {number}/{year}"


@dataclass(frozen=True)
class PaperLine:
    """A row of the table of papers; kind: "Bản chính", "Bản sao", "Khai thác từ CSDL"…"""

    name: str
    kind: str
    count: int = 1
    note: str = ""


@dataclass(frozen=True)
class Passing:
    """A row of the control slip: the dossier goes from hand to hand. giver, receiver: offices, agencies or the citizen;
    gave, took: names of officers, "" to be written by hand; outcome: "Trước hạn", "Đúng hạn", "Quá hạn" or ""."""

    at: datetime
    giver: str
    receiver: str
    gave: str = ""
    took: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class StepLine:
    """A row of the table of steps (liên thông). due_at: when its result is promised, the steps before it in time."""

    name: str
    agency: str
    term: str
    due_at: datetime


@dataclass(frozen=True)
class OfficeHead:
    """Who issues the slip: left head of the form."""

    parent: str
    name: str
    place: str
    address: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True)
class Slip:
    """One issued slip, complete: a re-print needs nothing else. number: per kind and year; instants aware.

    standing: with what right the submitter acts; collectors: who may take the result. amendment: 1.. of a receipt that
    was corrected after reception, replaces: name of the slip that it takes the place of.
    copies_printed > 0 makes the next print a marked re-print ("In lần n"). previous_due_at: the promise that an apology
    replaces by due_at; passings: of a control slip, as they were when it was issued. steps: of a linked procedure, with
    unit_due_at for this unit's own part; competent_agency: solves what was taken in here, and received it at
    competent_at, None while that is not known. on_the_spot: solved at once: a line of the register, printed if asked.
    """

    id: str
    kind: SlipKind
    form_set: str
    number: int
    year: int
    issued_at: datetime
    office: OfficeHead
    dossier_key: str
    dossier_code: str | None
    procedure_code: str
    procedure_name: str
    applicant: str
    address: str
    phone: str
    email: str
    officer: str
    papers: tuple[PaperLine, ...]
    sets: int = 1
    received_at: datetime | None = None
    due_at: datetime | None = None
    term: str = ""
    fee: int | None = None
    fee_note: str = ""
    return_at: str = ""
    reason: str = ""
    legal_basis: str = ""
    submitter: str = ""
    standing: str = ""
    collectors: tuple[str, ...] = ()
    amendment: int = 0
    replaces: str = ""
    lookup: str = ""
    due_reason: str = ""
    previous_due_at: datetime | None = None
    passings: tuple[Passing, ...] = ()
    steps: tuple[StepLine, ...] = ()
    unit_due_at: datetime | None = None
    competent_agency: str = ""
    competent_at: datetime | None = None
    on_the_spot: bool = False
