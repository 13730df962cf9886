"""The intake of a JSON file in an office: its procedure as of today, what the office holds already, its scans kept."""

from __future__ import annotations

from pathlib import Path

from kiosk.clock import business_day, office_now
from kiosk.domain.procedure import Procedure
from kiosk.errors import NotFoundError
from kiosk.services.intake_papers import held_papers
from kiosk.services.reception import Intake
from ui.app import OpenedOffice
from ui.cli.intake_file import IntakeFile, read_intake, to_intake
from ui.papers import keep_scans


def file_intake(office: OpenedOffice, file: Path) -> Intake:
    """Raises: InvalidDossierFileError, NotFoundError, StandingError."""
    entry = read_intake(file)
    procedure = _procedure(office, entry)
    rules, day = office.people_rules, business_day(office_now())
    with office.reads() as look:
        held = held_papers(look, rules, entry.owner.person(), procedure.papers(entry.case), day)
    intake = to_intake(entry, procedure, rules, held)
    keep_scans(office, intake.draft_key, file.parent, entry.scans)
    return intake


def _procedure(office: OpenedOffice, entry: IntakeFile) -> Procedure:
    with office.reads() as look:
        procedure = look.procedures.current(entry.procedure, business_day(office_now()))
    if procedure is None:
        raise NotFoundError(what="thủ tục", key=entry.procedure)
    return procedure
