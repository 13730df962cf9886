"""Components of the national catalogue: real papers, papers to show, and the rows that only explain."""

from __future__ import annotations

import re

from kiosk.catalogue.lay_reading import Record
from kiosk.domain.procedure import Component, ComponentKind
from kiosk.text import fold

PAPERS = "Thành phần hồ sơ"
_MOST_COPIES = 20  # a larger count is the tail of a year or a form number that the source glued on
_MAX_CASE = 200
_GENERAL = {
    "": ComponentKind.SUBMIT,
    "thanh phan ho so": ComponentKind.SUBMIT,
    "giay to phai nop": ComponentKind.SUBMIT,
    "giay to phai xuat trinh": ComponentKind.PRESENT,
    "luu y": ComponentKind.EXPLANATION,
}
_EXPLAINS = re.compile(r"\W*(?:luu y|vi du|ghi chu)\b")
_CONDITIONAL = re.compile(r"\W*(?:truong hop|doi voi|neu|van ban uy quyen)\b|.*(?:\(neu\b|trong truong hop)")
_GLUED_COUNT = re.compile(r"\d+ ban (?:chinh|sao)")
_FILE_TAIL = re.compile(r"(?<=[.;:)\]])\s*((?:\d+\.)?[^;:,/]{1,80}?\.(?:docx?|pdf|xlsx?|rtf))$", re.IGNORECASE)


def components_of(procedure: Record) -> tuple[Component, ...]:
    """Every row of THANHPHANHOSO in the source's order; a row with 0/0 copies or a remark is an explanation."""
    found: list[Component] = []
    seen: set[tuple[str, str]] = set()
    for group in procedure.items("THANHPHANHOSO"):
        case, kind, sure = _group(group)
        for row in group.items("GIAYTO"):
            component = _component(row, len(found) + 1, case, kind, sure)
            if component is None:
                continue
            if (component.case, component.name) in seen:
                row.doubts.add(PAPERS, component.name, "Dòng trùng, chỉ giữ một")
                continue
            seen.add((component.case, component.name))
            found.append(component)
    if not any(c.kind is not ComponentKind.EXPLANATION for c in found):
        procedure.doubts.add(PAPERS, "", "Nguồn không nêu giấy tờ nào phải nộp hay xuất trình")
    return tuple(found)


def _group(group: Record) -> tuple[str, ComponentKind, bool]:
    """(case, kind, whether the heading is understood); a heading that is cut off is a doubt, never a case."""
    heading = group.text("TRUONGHOP").rstrip(" :;.")
    kind = _GENERAL.get(fold(heading))
    if kind is not None:
        return "", kind, True
    cut = heading[:1].islower() or _GLUED_COUNT.search(fold(heading)) or len(heading) > _MAX_CASE
    if cut:
        group.doubts.add("Tên trường hợp", heading, "Bị cắt hoặc dính chữ; giấy tờ của nhóm này để là không bắt buộc")
        return "", ComponentKind.SUBMIT, False
    shown = "xuat trinh" in fold(heading)
    return heading, ComponentKind.PRESENT if shown else ComponentKind.SUBMIT, True


def _component(row: Record, position: int, case: str, kind: ComponentKind, sure: bool) -> Component | None:
    name, file_name = _name(row.text("TENGIAYTO"))
    if not name:
        row.doubts.add(PAPERS, file_name, "Dòng không có tên giấy tờ, đã bỏ qua")
        return None
    originals, copies = _count(row, "SOBANCHINH", "bản chính", name), _count(row, "SOBANSAO", "bản sao", name)
    words = fold(name)
    said_none = row.text("SOBANCHINH") == "0" and row.text("SOBANSAO") == "0"
    if said_none or _EXPLAINS.match(words):
        kind = ComponentKind.EXPLANATION
    required = sure and not case and kind is not ComponentKind.EXPLANATION and not _CONDITIONAL.match(words)
    return Component(
        code=row.text("MAGIAYTO") or f"tp-{position}",
        name=name,
        originals=originals,
        copies=copies,
        required=required,
        kind=kind,
        case=case,
        form=row.text("TENMAUDON") or file_name,
        replaced_by=row.text("MA_KQ_THAYTHE"),
    )


def _name(text: str) -> tuple[str, str]:
    """(name, file name of the form that the source glued to its end)."""
    tail = _FILE_TAIL.search(text)
    if tail is None:
        return text.strip(" ;"), ""
    return text[: tail.start()].strip(" ;"), tail[1].strip(" .;")


def _count(row: Record, key: str, what: str, name: str) -> int:
    raw = row.text(key)
    if raw.isascii() and raw.isdigit() and len(raw) < 6 and int(raw) <= _MOST_COPIES:
        return int(raw)
    row.doubts.add(f"Số {what}", f"{raw or '(trống)'} | {name}", "Không rõ số lượng; cán bộ xem lại")
    return 0
