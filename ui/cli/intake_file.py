"""A dossier written as a JSON file: read, checked, and turned into an intake of the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Procedure
from kiosk.errors import InputError
from kiosk.services.reception import Intake, PaperMark
from kiosk.text import tidy


class InvalidDossierFileError(InputError):
    """The file is missing, not JSON, or a key has a wrong value. details: file, problem."""

    code = "dossier.invalid"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Text = Annotated[str, BeforeValidator(lambda value: tidy(value) if isinstance(value, str) else value)]


class PersonEntry(_Section):
    full_name: Text
    id_number: Text = ""
    old_id_number: Text = ""
    born_on: Text = ""
    sex: Text = ""
    address: Text = ""
    phone: Text = ""
    email: Text = ""

    def person(self) -> Person:
        return Person(key=self.id_number or uuid4().hex, **self.model_dump())


class PaperEntry(_Section):
    state: PaperState = PaperState.ORIGINAL
    count: int = 1
    note: Text = ""


class IntakeFile(_Section):
    """papers: component code -> state, or an object with count and note; "all": every required one, as originals.

    scans: component code -> image or PDF files, relative to the JSON file. draft: the same draft is the same dossier.
    """

    procedure: str
    owner: PersonEntry
    submitter: PersonEntry | None = None
    papers: Literal["all"] | dict[str, PaperState | PaperEntry] = {}
    scans: dict[str, tuple[str, ...]] = {}
    case: Text = ""
    channel: Channel = Channel.COUNTER
    summary: Text = ""
    fee: int | None = None
    return_by_post: bool = False
    state_secret: bool = False
    draft: str = ""


def read_intake(file: Path) -> IntakeFile:
    """Raises: InvalidDossierFileError naming the key."""
    try:
        return IntakeFile.model_validate_json(file.read_bytes())
    except OSError:
        raise InvalidDossierFileError(file=file.name, problem="không mở được tệp") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "tệp"
        problem = "không phải JSON hợp lệ" if first["type"] == "json_invalid" else f"chỗ “{key}” sai hoặc thiếu"
        raise InvalidDossierFileError(file=file.name, problem=problem) from None


def to_intake(entry: IntakeFile, procedure: Procedure) -> Intake:
    """Raises: InvalidDossierFileError for a component that the procedure does not have."""
    codes = {c.code for c in procedure.components}
    unknown = sorted({*([] if entry.papers == "all" else entry.papers), *entry.scans} - codes)
    if unknown:
        known = ", ".join(sorted(codes))
        raise InvalidDossierFileError(
            file="hồ sơ", problem=f"thủ tục không có thành phần {', '.join(unknown)} (có: {known})"
        )
    return Intake(
        draft_key=entry.draft or uuid4().hex,
        procedure_code=procedure.code,
        owner=entry.owner.person(),
        papers=_marks(entry, procedure),
        submitter=entry.submitter.person() if entry.submitter else None,
        case=entry.case,
        channel=entry.channel,
        summary=entry.summary,
        fee=entry.fee,
        return_by_post=entry.return_by_post,
        state_secret=entry.state_secret,
    )


def _marks(entry: IntakeFile, procedure: Procedure) -> dict[str, PaperMark]:
    if entry.papers == "all":
        required = [c for c in procedure.papers(entry.case) if c.required]
        return {c.code: PaperMark(PaperState.ORIGINAL if c.originals else PaperState.COPY) for c in required}
    return {
        code: PaperMark(mark.state, mark.count, mark.note) if isinstance(mark, PaperEntry) else PaperMark(mark)
        for code, mark in entry.papers.items()
    }
