"""What a failure says to a person: one row per code, Vietnamese first. Placeholders are filled from `details`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kiosk.errors import KioskError
from ui.i18n.failures import (
    appointments,
    dossiers,
    equipment,
    exchange,
    money,
    office,
    outside,
    pairing,
    program,
    rules,
    store,
)
from ui.i18n.failures.text import Text


@dataclass(frozen=True)
class Explained:
    code: str
    message: str
    fix: str


_AREAS = (program, store, equipment, office, dossiers, appointments, exchange, outside, pairing, rules, money)
TEXTS: dict[str, Text] = {code: text for area in _AREAS for code, text in area.TEXTS.items()}


# What cannot be found, for the English text.
WHATS = {
    "bước liên thông": "linked step",
    "biên lai": "receipt of money",
    "bộ tờ ngăn": "set of separator sheets",
    "dòng sổ thu": "ledger line",
    "giấy chưa in": "paper that is not out",
    "giấy tờ số": "paper number",
    "họ tên người nộp hộ": "the submitter's name",
    "hồ sơ": "dossier",
    "kênh": "channel",
    "kết nối": "connection",
    "lúc cơ quan có thẩm quyền nhận": "the receipt by the competent agency",
    "lúc hết chờ": "the end of the wait",
    "lịch hẹn": "appointment",
    "mục bị từ chối": "refused entry",
    "mã trên thẻ": "code on the card",
    "giấy tờ chứng minh diện miễn, giảm": "proof of the relief",
    "giấy tiếp nhận và hẹn trả": "receipt",
    "phiếu yêu cầu bổ sung": "supplement slip",
    "phiếu": "slip",
    "phiếu từ chối": "refusal slip",
    "số hoặc ngày của giấy ủy quyền": "number or day of the authority",
    "số thứ tự": "ticket",
    "tệp": "file",
    "thiết bị": "device",
    "thời hạn chưa rõ của thủ tục": "unclear term of the procedure",
    "thủ tục": "procedure",
    "việc": "job",
    "thành phần hồ sơ": "paper of the dossier",
    "trang": "page",
    "trang đã đọc": "read page",
    "trường hợp": "case",
    "ảnh": "picture",
    "yêu cầu nộp tiền": "demand for money",
    "đề xuất": "proposal",
    "tin nhắn": "message",
    "lần kiểm quỹ": "count of a drawer",
    "phiếu chung": "slip of a group",
    "mục khác nhau với tỉnh": "difference with the province",
    "hồ sơ trực tuyến": "online dossier",
}


def text_of(code: str) -> Text:
    """The row of a code, or of what it is a kind of."""
    return TEXTS.get(code) or TEXTS[next((c for c in _parents(code) if c in TEXTS), "kiosk")]


def explain(error: Exception, lang: str = "vi") -> Explained:
    """The words for a failure. What is not a KioskError is a bug and says so; its own text stays in the log."""
    code = error.code if isinstance(error, KioskError) else "internal"
    text = text_of(code)
    details = defaultdict(lambda: "?", getattr(error, "details", {}))
    if lang == "en" and "what" in details:
        details["what"] = WHATS.get(str(details["what"]), "entry")
    pair = (text.message_en, text.fix_en) if lang == "en" else (text.message, text.fix)
    return Explained(code, *(words.format_map(details) for words in pair))


def _parents(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
