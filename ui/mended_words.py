"""What was mended after reception, in words: the fields that the log names, and what stood before while it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.domain.dossier import Dossier
from kiosk.services.corrections import Mended

FIELD_WORDS = {
    "full_name": "họ và tên",
    "id_number": "số định danh",
    "old_id_number": "số định danh cũ",
    "born_on": "ngày sinh",
    "sex": "giới tính",
    "address": "nơi cư trú",
    "phone": "điện thoại",
    "email": "thư điện tử",
}
WHO_WORDS = {"owner": "chủ hồ sơ", "submitter": "người nộp hộ"}
MASKED = ("id_number", "old_id_number")
SHOWN_DIGITS = 4
ERASED = "nội dung cũ đã xóa theo quy định lưu giữ"
BROKEN = "không khớp dấu trong nhật ký"


def masked_number(number: str) -> str:
    """ "001195000007" -> "••••••••0007": enough to compare with a card, too little to copy."""
    return "•" * max(0, len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]


def mended_words(mended: Mended, dossier: Dossier) -> str:
    """One correction in one line; identity numbers by their last digits."""
    papers = {paper.component.code: paper.component.name for paper in dossier.papers}
    if mended.changes is None:
        return f"{', '.join(_field(name, papers) for name in mended.fields)} ({ERASED})"
    changes = "; ".join(_change(name, mended.changes[name], papers) for name in mended.fields)
    why = f". Lý do: {mended.reason}" if mended.reason else ""
    return f"{changes}{why}" + ("" if mended.is_whole else f" ({BROKEN})")


def mended_row(mended: Mended) -> dict[str, Any]:
    """As JSON values; the same numbers are masked."""
    changes = None if mended.changes is None else {name: _pair(name, mended.changes[name]) for name in mended.fields}
    return {
        "at": mended.at.isoformat(),
        "officer": mended.officer,
        "fields": list(mended.fields),
        "reason": mended.reason,
        "changes": changes,
        "whole": mended.is_whole,
    }


def _field(name: str, papers: Mapping[str, str]) -> str:
    who, _, field = name.partition(".")
    if who == "papers":
        code = field.removesuffix(".count")
        return f"số bản {papers.get(code, code)}"
    return f"{FIELD_WORDS[field]} {WHO_WORDS[who]}" if field in FIELD_WORDS else "tư cách người nộp hộ"


def _change(name: str, values: list[object], papers: Mapping[str, str]) -> str:
    before, now = _pair(name, values)
    return f"{_field(name, papers)}: {before or 'để trống'} → {now or 'để trống'}"


def _pair(name: str, values: list[object]) -> list[str]:
    texts = ["" if value is None else str(value) for value in values]
    return [masked_number(text) for text in texts] if name.rpartition(".")[2] in MASKED else texts
