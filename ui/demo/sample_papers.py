"""Papers for the sample office: printed as PDF, then brought back as a feeder would scan them, skewed and noisy."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing.fonts import register, serif_name
from ui.demo.people import Citizen

SCAN_DPI = 200
LINE_MM, LEFT_MM, TOP_MM = 8.2, 28.0, 252.0

BODY = (
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm",
    "trước pháp luật về cam đoan của mình. Kính đề nghị Ủy ban nhân dân xã xem xét,",
    "giải quyết theo quy định của pháp luật về hộ tịch. Các giấy tờ kèm theo gồm có",
    "bản chính để đối chiếu và bản sao để lưu hồ sơ. Người yêu cầu đã được hướng dẫn",
    "đầy đủ về trình tự, thời hạn giải quyết, mức lệ phí và hình thức nhận kết quả.",
)


@dataclass(frozen=True)
class SamplePaper:
    """One sheet. text: what was printed, line by line, NFC."""

    title: str
    text: str
    pdf: bytes

    def scanned(self, seed: int) -> bytes:
        """The sheet as a feeder gives it: JPEG, colour, 200 dpi, a little turned, grey and grainy."""
        pixels = _rendered(self.pdf)
        return _jpeg(_worn(pixels, np.random.default_rng(seed)))


def sample_paper(title: str, citizen: Citizen) -> SamplePaper:
    """A sheet with the component's name as its title and the citizen's particulars."""
    number, _, name, born, sex, address, _ = citizen.card.split("|")
    lines = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        *_wrapped(title.upper()),
        "Kính gửi: Ủy ban nhân dân xã Mẫu Sơn",
        f"Họ, chữ đệm, tên: {name}",
        f"Ngày, tháng, năm sinh: {born[:2]}/{born[2:4]}/{born[4:]}    Giới tính: {sex}",
        f"Số định danh cá nhân: {number}",
        f"Nơi cư trú: {address}",
        f"Số điện thoại: {citizen.phone}",
        *BODY,
        "Mẫu Sơn, ngày 23 tháng 11 năm 2026",
        "Người yêu cầu",
    ]
    return SamplePaper(title, "\n".join(" ".join(line.split()) for line in lines), _pdf(title, lines))


def _wrapped(title: str, width: int = 44) -> list[str]:
    lines, line = [], ""
    for word in title.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def _pdf(title: str, lines: list[str]) -> bytes:
    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setTitle(title)
    for n, line in enumerate(lines):
        caps = line.isupper()
        canvas.setFont(serif_name("Bold" if caps else "Regular"), 13)
        y = (TOP_MM - n * LINE_MM) * mm
        if caps or n == 1:
            canvas.drawCentredString(A4[0] / 2, y, line)
        else:
            canvas.drawString(LEFT_MM * mm, y, line)
    canvas.setStrokeColorRGB(0.75, 0.1, 0.1)
    canvas.setLineWidth(2)
    canvas.circle(A4[0] - 60 * mm, 60 * mm, 17 * mm)  # a stamp: colour must survive the way through the program
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rendered(pdf: bytes) -> NDArray[np.uint8]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=SCAN_DPI / 72)
        pixels = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
        page.close()
    finally:
        document.close()
    return pixels


def _worn(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Turned by up to 1.5 degrees, off-white, shaded to one side, grainy, slightly soft."""
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-1.5, 1.5)), 1)
    turned = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(252, 252, 252))
    soft = cv2.GaussianBlur(turned, (0, 0), 0.6).astype(np.float32)
    shade = np.linspace(1.0, float(rng.uniform(0.86, 0.96)), width, dtype=np.float32)[None, :, None]
    grain = rng.standard_normal((height, width, 1), dtype=np.float32) * 5.0
    worn: NDArray[np.uint8] = np.clip(soft * shade * 0.98 + grain, 0, 255).astype(np.uint8)
    return worn


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    picture.save(out, "JPEG", quality=88, dpi=(SCAN_DPI, SCAN_DPI))
    return out.getvalue()
