"""The notice that a result is there (giấy báo kết quả), A5: who, which dossier, what to bring, and the code to find it.

The layout is ours: no statutory form was found (docs/legal.md#no-result).
"""

from __future__ import annotations

from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from kiosk.domain.dossier import Dossier
from kiosk.domain.notice import result_notice
from kiosk.domain.office import Office
from kiosk.domain.slip import OfficeHead
from printing.forms import blocks
from printing.forms.codes import QrCode, barcode
from printing.forms.sheet import Sheet, render
from printing.forms.style import BODY_W, MIDDLE, TITLE, bold, field, italic, para, plain

FOOTER = "Lập bằng chương trình Một Cửa. Giấy báo không thay giấy tiếp nhận hồ sơ."
QR = 26 * mm


def render_notice(dossier: Dossier, office: Office, head: OfficeHead, at: datetime) -> bytes:
    """One page. at: when it was asked for; the same dossier and instant give the same bytes."""
    code = dossier.code or dossier.key
    sheet = Sheet("Giấy báo kết quả", code, FOOTER)
    return render(sheet, lambda _leaf: _story(dossier, office, head, code, at), ("",))


def _story(dossier: Dossier, office: Office, head: OfficeHead, code: str, at: datetime) -> list[Flowable]:
    to = dossier.submitter or dossier.owner
    return [
        blocks.head_of(head, f"Mã hồ sơ: {code}", at, ""),
        Spacer(1, 4 * mm),
        para(bold("GIẤY BÁO KẾT QUẢ"), TITLE),
        Spacer(1, 3 * mm),
        field("Kính gửi", to.full_name, strong=True),
        *([field("Địa chỉ", to.address)] if to.address else []),
        field("Nội dung", dossier.procedure_name),
        Spacer(1, 2 * mm),
        para(plain(result_notice(dossier, office))),
        Spacer(1, 5 * mm),
        _codes(dossier, office, code),
        Spacer(1, 4 * mm),
        para(italic("Đưa mã này cho cán bộ quét khi đến nhận."), MIDDLE),
    ]


def _codes(dossier: Dossier, office: Office, code: str) -> Flowable:
    """The key as bars, which every reader knows, beside the address or the code as a QR code."""
    link = office.lookup_url.format(code=code) if office.lookup_url else code
    bars = barcode(dossier.key, BODY_W - QR - 10 * mm, 12 * mm)
    return Table(
        [[bars or "", QrCode(link, QR)]],
        [BODY_W - QR - 4 * mm, QR + 4 * mm],
        style=[*blocks.TIGHT, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (1, 0), (1, 0), "RIGHT")],
    )
