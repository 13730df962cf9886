"""What is still odd about the pages of an intake, asked once before the citizen leaves. No Qt."""

from __future__ import annotations

from kiosk.domain.dossier import PaperState
from kiosk.domain.procedure import Component
from ui.desk.words import named
from ui.desk.work import Work

AGAIN = "bấm Ctrl+Enter lần nữa để vẫn tiếp nhận."


def doubtful_pages(work: Work) -> tuple[str, str] | None:
    """What is wrong and what to do, the gravest first; None when pages and papers agree."""
    if flawed := work.flawed():
        numbers = ", ".join(str(work.pages[i][0].number) for i in flawed)
        return f"Trang {numbers} có lỗi ảnh chưa xử lý.", f"Bấm L để xem, Q quét lại, V vẫn dùng; {AGAIN}"
    if loose := len(work.loose()):
        return f"Còn {loose} trang quét chưa gắn vào giấy tờ.", f"Bấm số để gắn, Del để bỏ trang; {AGAIN}"
    if lost := work.lost_sheets():
        numbers = ", ".join(map(str, lost))
        return f"Thiếu tờ ngăn số {numbers}: trang của hai giấy có thể lẫn nhau.", f"Xem lại các trang; {AGAIN}"
    if short := short_papers(work):
        names = named([c.name for c in short])
        return f"Ít trang hơn số bản đã khai: {names}.", f"Đếm lại giấy, bấm F8 quét thêm; {AGAIN}"
    return None


def short_papers(work: Work) -> list[Component]:
    """Papers noted as brought with fewer pages than the originals or copies that they are to come in.

    Nothing while no page was scanned at all: an office may take papers in without scanning them.
    """
    counts: dict[str, int] = {}
    for thumb, code in work.pages:
        counts[code] = counts.get(code, 0) + (not thumb.discarded and not thumb.blank)
    if not any(counts.get(c.code) for c in work.components):
        return []
    return [c for c in work.components if counts.get(c.code, 0) < _declared(c, work.mark(c.code).state)]


def _declared(component: Component, state: PaperState) -> int:
    """How many sheets an officer's mark means at least."""
    if state is PaperState.ORIGINAL:
        return max(1, component.originals)
    if state in (PaperState.COPY, PaperState.CERTIFIED):
        return max(1, component.copies)
    return 0
