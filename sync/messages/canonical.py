"""One dossier as every province understands it; each generation's serialiser reads this and nothing else.

Instants are aware; text is NFC; amounts are whole đồng. Field meanings: docs/decisions/0004-exchange.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """TrangThaiHoSo, the one list that every known system shares."""

    REGISTERED = "1"
    ACCEPTED = "2"
    NOT_ACCEPTED = "3"
    IN_PROGRESS = "4"
    SUPPLEMENT_ASKED = "5"
    PAYMENT_ASKED = "6"
    WITHDRAWN = "7"
    STOPPED = "8"
    DONE = "9"
    RETURNED = "10"


STATUS_NAMES: dict[Status, str] = {
    Status.REGISTERED: "Mới đăng ký",
    Status.ACCEPTED: "Được tiếp nhận",
    Status.NOT_ACCEPTED: "Không được tiếp nhận",
    Status.IN_PROGRESS: "Đang xử lý",
    Status.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.DONE: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}


class OwnerKind(StrEnum):
    """LoaiDoiTuong."""

    CITIZEN = "1"
    COMPANY = "2"
    STATE_BODY = "3"
    ORGANISATION = "4"


class CopyKind(StrEnum):
    """LoaiBan of G2: what was brought."""

    ORIGINAL = "0"
    COPY = "1"
    ELECTRONIC = "2"


class Collected(StrEnum):
    """HinhThucThu: when a fee is taken."""

    AT_RECEPTION = "1"
    AT_SUPPLEMENT = "2"
    AT_RETURN = "4"


@dataclass(frozen=True)
class Owner:
    """Chủ hồ sơ. id_number: as on the card, "" when unknown: never invented."""

    name: str
    id_number: str = ""
    kind: OwnerKind = OwnerKind.CITIZEN
    phone: str = ""
    email: str = ""
    address: str = ""
    born_on: str = ""
    sex: str = ""


@dataclass(frozen=True)
class FileRef:
    """One file of a component. id: ours; sha256: hex of the content; url: where the province keeps it (its id, in G2),
    "" not yet. is_gone: the province was told of it, and it was taken away since."""

    id: str
    name: str
    sha256: str
    size: int
    url: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class SentComponent:
    """One paper of the dossier and its files. code "": the authority gave it none. is_reused: of an earlier dossier,
    not brought again; replaced_by: result code that stands for it."""

    code: str
    name: str
    count: int
    files: tuple[FileRef, ...] = ()
    replaced_by: str = ""
    is_reused: bool = False
    copy: CopyKind = CopyKind.COPY

    @property
    def is_gone(self) -> bool:
        """Nothing of it stands."""
        return bool(self.files) and all(file.is_gone for file in self.files)


@dataclass(frozen=True)
class OtherPaper:
    """A paper that came without a file."""

    name: str
    count: int


@dataclass(frozen=True)
class Supplement:
    """One time that papers were asked for. id: of the event; came_at: None while they have not come."""

    id: str
    asked_by: str
    content: str
    asked_at: datetime
    taken_by: str = ""
    came_at: datetime | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    papers: tuple[SentComponent, ...] = ()


@dataclass(frozen=True)
class FeeLine:
    name: str
    amount: int
    code: str = ""
    collected: Collected = Collected.AT_RECEPTION
    is_paid: bool = False


@dataclass(frozen=True)
class SentResult:
    """The result (kết quả). type_code: the authority's "KQ.…", "" when not known."""

    number: str
    name: str
    at: datetime
    type_code: str = ""
    file: FileRef | None = None


@dataclass(frozen=True)
class ProgressEntry:
    """One step of a dossier, sent once. seq: of the event that it tells of."""

    code: str
    seq: int
    at: datetime
    status: Status
    officer: str
    content: str
    unit: str = ""
    title: str = ""


@dataclass(frozen=True)
class CanonicalDossier:
    """code: the one to send under (official when known, else provisional); other_codes: every other known one.

    agency: that receives it, by its identifier; submitter: who brought it, None when the owner did, standing: in what
    standing. is_vneid: the owner signed in with a VNeID account. is_paid_online: some of the fee came by a gateway.
    databases: names of the national databases that papers came from; other_papers: brought, without a file.
    """

    key: str
    code: str
    other_codes: tuple[str, ...]
    procedure_code: str
    procedure_name: str
    field_code: str
    field_name: str
    channel: str
    owner: Owner
    summary: str
    status: Status
    handling_unit: str
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    refused_at: datetime | None = None
    returned_at: datetime | None = None
    returned_to: str = ""
    by_post: bool = False
    note: str = ""
    agency: str = ""
    submitter: Owner | None = None
    standing: str = ""
    is_vneid: bool = False
    is_paid_online: bool = False
    databases: tuple[str, ...] = ()
    other_papers: tuple[OtherPaper, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    components: tuple[SentComponent, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    result: SentResult | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code by which the province may know it, the one to send first."""
        return (self.code, *self.other_codes)

    @property
    def files(self) -> tuple[FileRef, ...]:
        """Those that stand."""
        return tuple(f for c in self.components for f in c.files if not f.is_gone)
