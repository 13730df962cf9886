"""A dossier written as a JSON file: read, checked, and turned into an intake of the desk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kiosk.clock import business_day, office_now
from kiosk.domain.dossier import PaperState
from kiosk.domain.held import PeopleRules
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Component, Procedure
from kiosk.domain.proxy import Proxy, Standing
from kiosk.errors import InputError
from kiosk.services.extra_papers import PREFIX, ExtraPaper
from kiosk.services.intake_papers import components_of
from kiosk.services.reception import Intake, PaperMark
from kiosk.text import tidy


class InvalidDossierFileError(InputError):
    """The file is missing, not JSON, or a key has a wrong value. details: file, problem."""

    code = "dossier.invalid"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# Cc: control, Cs: half of a pair, and the letters that turn the direction of writing: none stands in a person's data.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BORN_ON = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
MOST_DONG = 10_000_000_000
MOST_PAPERS = 999


def _plain(text: str) -> str:
    if any(c in _TURNS or unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise ValueError("có ký tự điều khiển; xóa rồi ghi lại")
    return text


def _born_on(text: str) -> str:
    """Person.born_on: a real day, month or year that is not to come."""
    found = _BORN_ON.fullmatch(text)
    try:
        real = date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        real = None
    if text and (real is None or not date(1890, 1, 1) <= real <= business_day(office_now())):
        raise ValueError(f"“{text}” không phải ngày sinh có thật; ghi dạng 1990-05-15, 1990-05 hoặc 1990")
    return text


def _matching(pattern: str, wish: str) -> Callable[[str], str]:
    """A check of a text that may also be empty."""

    def check(text: str) -> str:
        if text and not re.fullmatch(pattern, text):
            raise ValueError(wish)
        return text

    return check


_Tidy = BeforeValidator(lambda value: tidy(value) if isinstance(value, str) else value)
Code = Annotated[str, Field(max_length=100), AfterValidator(_plain)]
Text = Annotated[str, _Tidy, Field(max_length=500), AfterValidator(_plain)]
LongText = Annotated[str, _Tidy, Field(max_length=2000), AfterValidator(_plain)]
Name = Annotated[str, _Tidy, Field(max_length=200), AfterValidator(_plain)]
IdNumber = Annotated[
    Name, AfterValidator(_matching(r"[0-9A-Za-z./-]{1,20}", "số giấy tờ chỉ gồm chữ không dấu và số, nhiều nhất 20"))
]
Phone = Annotated[Name, AfterValidator(_matching(r"\+?[0-9 .()-]{3,20}", "số điện thoại chỉ gồm chữ số"))]
Email = Annotated[Name, AfterValidator(_matching(r"[^@\s]+@[^@\s]+", "địa chỉ thư điện tử cần có @"))]


class PersonEntry(_Section):
    full_name: Name
    id_number: IdNumber = ""
    old_id_number: IdNumber = ""
    born_on: Annotated[Name, AfterValidator(_born_on)] = ""
    sex: Literal["", "Nam", "Nữ"] = ""
    address: Text = ""
    phone: Phone = ""
    email: Email = ""

    def person(self) -> Person:
        own = self.model_dump(include=set(PersonEntry.model_fields))
        return Person(key=self.id_number or uuid4().hex, **own)


def person_problem(values: Mapping[str, str]) -> str:
    """What is wrong with some values of a person, by field, under the rules of the file; "" when nothing is."""
    try:
        PersonEntry.model_validate({"full_name": "", **values})
    except ValidationError as wrong:
        return _problem(wrong)
    return ""


class SubmitterEntry(PersonEntry):
    """standing: with what right; paper_number, paper_date: of the authority; collects: may take the result too."""

    standing: Standing | None = None
    paper_number: Name = ""
    paper_date: date | None = None
    collects: bool = True

    def proxy(self) -> Proxy | None:
        if self.standing is None:
            return None
        return Proxy(self.standing, self.paper_number, self.paper_date, self.collects)


class PaperEntry(_Section):
    state: PaperState = PaperState.ORIGINAL
    count: int = Field(default=1, ge=0, le=MOST_PAPERS)
    note: Text = ""
    asked: Text = ""


class ExtraPaperEntry(_Section):
    name: Name
    legal_basis: Text = ""


class IntakeFile(_Section):
    """papers: component code -> state, or an object with count, note and why it is asked for although the office has it
    (asked); "all": every required one, as held where the office has it, else as originals.

    scans: component code -> image or PDF files, relative to the JSON file. draft: the same draft is the same dossier.
    """

    procedure: Code
    owner: PersonEntry
    submitter: SubmitterEntry | None = None
    papers: Literal["all"] | dict[str, PaperState | PaperEntry] = {}
    scans: dict[str, tuple[Text, ...]] = {}
    case: Text = ""
    channel: Channel = Channel.COUNTER
    summary: LongText = ""
    fee: int | None = Field(default=None, ge=0, le=MOST_DONG)
    return_by_post: bool = False
    state_secret: bool = False
    draft: Code = ""
    competent_agency: Text = ""
    submitted_at: AwareDatetime | None = None
    extra_papers: tuple[ExtraPaperEntry, ...] = ()


def read_intake(file: Path) -> IntakeFile:
    """Raises: InvalidDossierFileError naming the key and what is wrong with it."""
    try:
        # Notepad on Windows puts a byte order mark before UTF-8.
        return IntakeFile.model_validate_json(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (OSError, ValueError) as wrong:
        raise InvalidDossierFileError(file=file.name, problem=_problem(wrong)) from None


def _problem(wrong: OSError | ValueError) -> str:
    if not isinstance(wrong, ValidationError):
        missing = isinstance(wrong, FileNotFoundError)
        return "không có tệp này, xem lại tên và thư mục" if missing else "không mở được tệp"
    first = max(
        wrong.errors(), key=lambda error: len(_steps(error["loc"]))
    )  # of several shapes, the one that came near
    if first["type"] == "json_invalid":
        return "không phải JSON hợp lệ (UTF-8)"
    return f"chỗ “{'.'.join(_steps(first['loc'])) or 'tệp'}” {_fault(first)}"


def _steps(place: tuple[int | str, ...]) -> list[str]:
    """The keys as they stand in the file, without the checker's names for the shapes that it tried."""
    return [
        str(part) for part in place if not re.search(r"[\[(]|^(PaperEntry|PersonEntry|SubmitterEntry|dict)$", str(part))
    ]


def _fault(error: Mapping[str, Any]) -> str:
    kind, limits = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return f"chưa đúng: {limits['error']}"
    if kind in ("string_too_long", "too_long"):
        return f"dài quá {limits['max_length']} ký tự"
    if kind in ("greater_than_equal", "less_than_equal"):
        most = f"{MOST_DONG:,}".replace(",", ".") if "fee" in error["loc"] else MOST_PAPERS
        return f"phải từ 0 đến {most}"
    if kind in ("literal_error", "enum"):
        return f"chỉ nhận {str(limits['expected']).replace(' or ', ' hoặc ')}"
    return {"missing": "còn thiếu", "extra_forbidden": "là khóa lạ"}.get(kind, "sai kiểu dữ liệu")


def _check_sent_online(entry: IntakeFile) -> None:
    if entry.submitted_at is not None and entry.channel is not Channel.ONLINE:
        raise InvalidDossierFileError(file="JSON", problem="submitted_at chỉ dùng với hồ sơ trực tuyến (channel “2”)")


BROUGHT = PaperMark(PaperState.ORIGINAL)


def to_intake(entry: IntakeFile, procedure: Procedure, rules: PeopleRules, held: Collection[str] = ()) -> Intake:
    """held: components that the office has a paper for. Raises: InvalidDossierFileError for a component or a case that
    the procedure does not have; StandingError."""
    _check_sent_online(entry)
    cases = procedure.cases(entry.channel)
    if entry.case and entry.case not in cases:
        known = f"có: {', '.join(cases)}" if cases else "thủ tục này không chia trường hợp"
        raise InvalidDossierFileError(file="JSON", problem=f"không có trường hợp “{entry.case}” ({known})")
    if entry.submitter is not None and not entry.submitter.full_name:
        raise InvalidDossierFileError(file="JSON", problem="chưa có họ tên người nộp (submitter.full_name)")
    proxy = entry.submitter.proxy() if entry.submitter else None
    wanted = components_of(rules, procedure, entry.case, proxy, business_day(office_now()))
    extra = [f"{PREFIX}{n}" for n in range(1, len(entry.extra_papers) + 1)]
    codes = {c.code for c in (*procedure.components, *wanted)} | set(extra)
    unknown = sorted({*([] if entry.papers == "all" else entry.papers), *entry.scans} - codes)
    if unknown:
        known = ", ".join(sorted(codes))
        raise InvalidDossierFileError(
            file="JSON", problem=f"thủ tục không có thành phần {', '.join(unknown)} (có: {known})"
        )
    return Intake(
        draft_key=entry.draft or uuid4().hex,
        procedure_code=procedure.code,
        owner=entry.owner.person(),
        papers=_marks(entry, wanted, held) | (dict.fromkeys(extra, BROUGHT) if entry.papers == "all" else {}),
        submitter=entry.submitter.person() if entry.submitter else None,
        proxy=proxy,
        case=entry.case,
        channel=entry.channel,
        summary=entry.summary,
        fee=entry.fee,
        return_by_post=entry.return_by_post,
        state_secret=entry.state_secret,
        competent_agency=entry.competent_agency,
        submitted_at=entry.submitted_at,
        extra_papers=tuple(ExtraPaper(p.name, p.legal_basis) for p in entry.extra_papers),
    )


def _marks(entry: IntakeFile, wanted: Sequence[Component], held: Collection[str]) -> dict[str, PaperMark]:
    if entry.papers == "all":
        return {c.code: PaperMark(_as_asked(c, held)) for c in wanted if c.required}
    return {
        code: PaperMark(mark.state, mark.count, mark.note, mark.asked)
        if isinstance(mark, PaperEntry)
        else PaperMark(mark)
        for code, mark in entry.papers.items()
    }


def _as_asked(component: Component, held: Collection[str]) -> PaperState:
    if component.database:
        return PaperState.FROM_DATABASE
    if component.code in held:
        return PaperState.HELD
    return PaperState.ORIGINAL if component.originals else PaperState.COPY
