"""Papers as read and proposed, as plain data for the panel that asks the officer. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.domain.procedure import Component
from ui.desk.model import Choice

Box = tuple[float, float, float, float]  # x, y, width, height as shares (0..1) of the page

SURE = 0.8  # a value above it need not be looked at one by one
DOUBTED = 0.5

FIELD_NAMES: Mapping[str, str] = {
    "issuer": "Cơ quan ban hành",
    "document_number": "Số, ký hiệu",
    "place": "Nơi ban hành",
    "issued_on": "Ngày ban hành",
    "subject": "Trích yếu",
    "signer": "Người ký",
    "signer_title": "Chức vụ người ký",
    "addressee": "Nơi gửi đến",
    "full_name": "Họ và tên",
    "born_on": "Ngày sinh",
    "sex": "Giới tính",
    "id_number": "Số định danh",
    "address": "Nơi cư trú",
    "phone": "Số điện thoại",
    "birth_place": "Nơi sinh",
    "mother_name": "Họ tên mẹ",
    "father_name": "Họ tên cha",
    "child_name": "Họ tên con",
    "wife_name": "Họ tên vợ",
    "husband_name": "Họ tên chồng",
    "agent_name": "Người được ủy quyền",
    "deceased_name": "Họ tên người chết",
    "died_on": "Ngày chết",
    "holder": "Chủ sử dụng đất",
    "serial": "Số phát hành",
    "parcel": "Thửa đất số",
    "map_sheet": "Tờ bản đồ số",
}
DAYS = ("issued_on", "born_on", "died_on")


@dataclass(frozen=True)
class ReadField:
    """value: as an officer writes it, days as 05/03/1995; page, box: where it was read, "" and None for nowhere."""

    name: str
    value: str
    confidence: float = 1.0
    page: str = ""
    box: Box | None = None

    @property
    def words(self) -> str:
        return FIELD_NAMES.get(self.name, self.name)


@dataclass(frozen=True)
class ReadPaper:
    """One paper of the stack. pages: ids; numbers: of its pages on the strip; kinds: likely ones first, then all;
    kind: the proposed one, "" where it is not clear; component: code, "" for none; copy_of: number of the paper that
    this one repeats, 0 for none; confirmed: an officer has; kept: how its first page stands in its document
    (`kiosk.domain.keeping.KeptAs`), "" before there is one."""

    pages: tuple[str, ...]
    numbers: tuple[int, ...]
    kinds: tuple[Choice, ...]
    kind: str
    confidence: float
    component: str
    fields: tuple[ReadField, ...] = ()
    copy_of: int = 0
    confirmed: bool = False
    kept: str = ""


@dataclass(frozen=True)
class PagePicture:
    """jpeg: the cleaned page; doubtful: places of words that may be misread; area: of the page that is worth showing, a
    card on an empty sheet for example. All boxes are shares of the whole page."""

    jpeg: bytes
    doubtful: tuple[Box, ...] = ()
    area: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Accepted:
    """What the officer says of a paper. fields: values as typed, empty ones left out."""

    pages: tuple[str, ...]
    kind: str
    component: str
    fields: Mapping[str, str] = field(default_factory=dict)


class ReadingOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def papers(self, draft_key: str, components: Sequence[Component]) -> Sequence[ReadPaper]:
        """The stack's papers in feeding order; pages not read yet, blank or left out are missing."""

    def picture(self, page_id: str) -> PagePicture: ...

    def confirm(self, draft_key: str, accepted: Accepted) -> None:
        """Raises: UnclearDayError."""

    def take_back(self, page_id: str) -> None: ...


def day_shown(value: str) -> str:
    """ "1995-03-05" -> "05/03/1995"; anything else as it is."""
    parts = value.split("-")
    return f"{parts[2]}/{parts[1]}/{parts[0]}" if len(parts) == 3 and len(parts[0]) == 4 else value
