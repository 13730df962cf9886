"""Sets of statutory forms, by the days on which they are in force. Law is data: a new circular is one more row here.

Sources: docs/legal.md#forms (TT 01/2018/TT-VPCP of 23/11/2018 Art 9, Annex; TT 03/2025/TT-VPCP of 15/9/2025, Annex I).
The power to issue these forms moved to the Ministry of Justice on 05/08/2026 (NĐ 309/2026); no set of its own is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.domain.slip import SlipKind
from printing.errors import UnknownFormError, UnknownFormSetError


@dataclass(frozen=True)
class FormText:
    """What the circular fixes of one form. title: its lines; mark: what follows the number ("Số: 12/HDHS")."""

    title: tuple[str, ...]
    mark: str
    label: str


@dataclass(frozen=True)
class FormSet:
    """One circular's forms. valid_to: exclusive, None while in force; footer: the instrument, as printed;
    register: label of the book, which is no slip of one dossier."""

    id: str
    footer: str
    valid_from: date
    valid_to: date | None
    forms: Mapping[SlipKind, FormText]
    register: str

    def form(self, kind: SlipKind) -> FormText:
        """Raises: UnknownFormError for a form that came with a later set."""
        if kind not in self.forms:
            raise UnknownFormError(name=kind.value, known=", ".join(self.forms))
        return self.forms[kind]

    def legal_footer(self, kind: SlipKind) -> str:
        return f"{self.form(kind).label} – {self.footer}"

    @property
    def register_footer(self) -> str:
        return f"{self.register} – {self.footer}"


_RECEIPT = FormText(("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"), "TNHS", "Mẫu số 01")
_SUPPLEMENT = FormText(("PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ"), "HDHS", "Mẫu số 02")
_REFUSAL = FormText(("PHIẾU TỪ CHỐI TIẾP NHẬN", "GIẢI QUYẾT HỒ SƠ"), "TCHS", "Mẫu số 03")
_THREE = {SlipKind.RECEIPT: _RECEIPT, SlipKind.SUPPLEMENT: _SUPPLEMENT, SlipKind.REFUSAL: _REFUSAL}
# The marks of 04, 05 and 06, and the title of 04 of 2018, are not verified (docs/legal.md#forms).
_APOLOGY_2018 = FormText(("PHIẾU XIN LỖI", "VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"), "PXL", "Mẫu số 04")
_APOLOGY_2025 = FormText(("VĂN BẢN XIN LỖI", "VÀ ĐỀ NGHỊ GIA HẠN"), "PXL", "Mẫu số 04")
_CONTROL_TITLE = ("PHIẾU KIỂM SOÁT", "QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ")
_CONTROL_2018 = FormText(_CONTROL_TITLE, "PKS", "Mẫu số 05")
_CONTROL_2025 = FormText(_CONTROL_TITLE, "PKS", "Mẫu số 06")
_STOP = FormText(("THÔNG BÁO", "DỪNG GIẢI QUYẾT HỒ SƠ"), "TB", "Mẫu số 05")

FORM_SETS: tuple[FormSet, ...] = (
    FormSet(
        "TT01-2018",
        "ban hành kèm theo Thông tư số 01/2018/TT-VPCP ngày 23/11/2018",
        date(2018, 11, 23),
        date(2025, 9, 15),
        {**_THREE, SlipKind.APOLOGY: _APOLOGY_2018, SlipKind.CONTROL: _CONTROL_2018},
        "Mẫu số 06",
    ),
    FormSet(
        "TT03-2025",
        "Phụ lục I ban hành kèm theo Thông tư số 03/2025/TT-VPCP ngày 15/9/2025",
        date(2025, 9, 15),
        None,
        {**_THREE, SlipKind.APOLOGY: _APOLOGY_2025, SlipKind.STOP: _STOP, SlipKind.CONTROL: _CONTROL_2025},
        "Mẫu số 07",
    ),
)


def form_set(set_id: str) -> FormSet:
    """Raises: UnknownFormSetError."""
    for one in FORM_SETS:
        if one.id == set_id:
            return one
    raise UnknownFormSetError(form_set=set_id, known=", ".join(s.id for s in FORM_SETS))


def in_force(day: date) -> str:
    """The set in force on a day; before the first circular, the first one."""
    current = [s for s in FORM_SETS if s.valid_from <= day and (s.valid_to is None or day < s.valid_to)]
    return (current or [FORM_SETS[0]])[-1].id
