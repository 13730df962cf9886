"""`motcua card …`: what a citizen card says, from its code or from a picture of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.errors import InputError, NotFoundError
from kiosk.identity import CardKind, CardReading, read_payload
from ui.cli.console import frame, show, show_failure
from ui.i18n.errors import explain

card_app = typer.Typer(help="Thẻ căn cước: đọc mã QR hoặc ba dòng ở mặt sau.", rich_markup_mode=None)

PICTURES = (".png", ".jpg", ".jpeg")
_MAX_STDIN = 1 << 20
CARD_WIDTH_INCH, PASSPORT_WIDTH_INCH = 3.6, 5.2  # with a little of the table around
_LABELS = {
    "id_number": "Số định danh",
    "old_id_number": "Số CMND cũ",
    "full_name": "Họ tên",
    "born_on": "Ngày sinh",
    "sex": "Giới tính",
    "address": "Nơi cư trú",
    "issued_on": "Ngày cấp",
    "expires_on": "Ngày hết hạn",
    "document_number": "Số giấy tờ",
    "nationality": "Quốc tịch",
}
_KINDS = {
    CardKind.CCCD_QR: "Mã QR thẻ CCCD",
    CardKind.CAN_CUOC_QR: "Mã QR thẻ Căn cước",
    CardKind.MRZ: "Vùng đọc máy của thẻ hoặc hộ chiếu",
    CardKind.BHYT_QR: "Mã QR thẻ bảo hiểm y tế",
    CardKind.VIETQR: "Mã chuyển tiền VietQR",
    CardKind.URL: "Đường dẫn trang web",
    CardKind.UNKNOWN: "Không rõ loại",
}


class CardImageError(InputError):
    """No code and no machine-readable lines in the picture. details: file, problem."""

    code = "card.image"


class UnusableCardError(InputError):
    """The payload does not name a person with certainty. details: problem."""

    code = "card.unusable"


def register(app: typer.Typer) -> None:
    app.add_typer(card_app, name="card")


@card_app.callback()
def card() -> None:
    """Thẻ căn cước."""


@card_app.command("read")
def read(
    source: Annotated[
        str, typer.Argument(help="Dữ liệu máy quét đọc được, đường dẫn ảnh PNG/JPEG, hoặc - để đọc từ đầu vào chuẩn.")
    ],
) -> None:
    """Đọc thẻ: hiểu được gì, chưa hiểu gì. Mã thoát 2 khi chưa đủ để dùng."""
    reading = _read(source)
    text = _text(reading)
    if reading.is_usable:
        show(reading.as_json(), text)
        return
    problem = reading.problems[0] if reading.problems else "thiếu mục bắt buộc"
    failure = explain(UnusableCardError(problem=problem.rstrip(".")), frame.lang)
    error = {"code": failure.code, "message": failure.message, "fix": failure.fix}
    show(reading.as_json() | {"error": error}, text)
    if not frame.json:
        show_failure(failure)
    raise typer.Exit(UnusableCardError.exit_code)


def _read(source: str) -> CardReading:
    if source == "-":
        return read_payload(sys.stdin.buffer.read(_MAX_STDIN))
    path = Path(source)
    if _is_file(path):
        return read_picture(path)
    if source.lower().endswith(PICTURES):
        raise NotFoundError(what="ảnh", key=source)
    return read_payload(source)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False  # a payload is no path: too long, or with a NUL


def read_picture(path: Path) -> CardReading:
    """The best of the codes in a picture, else its machine-readable lines.

    Raises: CardImageError, and the scanner's own for a file that is no picture.
    """
    import numpy as np

    from scanner.codes import read_codes
    from scanner.limits import content_of
    from scanner.page import as_pixels
    from scanner.pictures import picture_page

    page = picture_page(content_of(path), path.name)
    grey = page.grey()
    readings = [read_payload(code.text) for code in read_codes(grey, page.dpi)]
    if readings:
        return min(readings, key=lambda r: (not r.is_usable, len(r.problems)))
    from scanner.loaded import line_engine
    from scanner.mrz import read_zone

    engine = line_engine()
    # Of a picture taken from near nobody knows the scale: it is as wide as a page, or as a card, or as a passport.
    for dpi in (page.dpi, *(round(page.width / width) for width in (CARD_WIDTH_INCH, PASSPORT_WIDTH_INCH))):
        for turned in (grey, as_pixels(grey[::-1, ::-1])):
            zone = read_zone(np.ascontiguousarray(turned), dpi, engine)
            if zone is not None and (seen := read_payload(zone.text)).kind is CardKind.MRZ:
                return seen
    raise CardImageError(file=path.name, problem="không thấy mã QR, cũng không thấy ba dòng ở mặt sau")


def _text(reading: CardReading) -> str:
    lines = [_KINDS[reading.kind]]
    values = reading.as_json()["fields"]
    lines += [f"  {label}: {values[name]}" for name, label in _LABELS.items() if values[name]]
    lines += [f"  ! {problem}" for problem in reading.problems]
    return "\n".join(lines)
