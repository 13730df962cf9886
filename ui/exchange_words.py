"""The exchange in the officers' words: what an entry is, why it waits, what an answer was, what differs. No Qt."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.conflict import CONFLICT_WORDS, Conflict, ConflictKind
from kiosk.domain.job import Job, JobState
from kiosk.domain.life import DossierState
from kiosk.services.exchange_ports import Reply
from kiosk.services.exchange_view import Overview
from ui.i18n.errors import text_of
from ui.words import DOSSIER_STATES

STREAM_WORDS = {
    "dossier": "thông tin hồ sơ",
    "progress": "bước xử lý",
    "file": "tệp giấy tờ",
    "result": "kết quả tỉnh gửi về",
    "online_file": "giấy tờ của hồ sơ trực tuyến",
}
OPERATION_WORDS = {
    "insert": "gửi hồ sơ mới",
    "update": "gửi lại thông tin hồ sơ",
    "progress": "gửi bước xử lý",
    "allot": "xin mã hồ sơ",
    "again": "cán bộ yêu cầu gửi lại",
    "news": "tin từ tỉnh",
}
OUTCOME_WORDS = {
    "done": "tỉnh đã nhận",
    "exists": "tỉnh báo đã có",
    "absent": "tỉnh báo chưa có",
    "transient": "tỉnh đang bận",
    "signed_out": "tỉnh không nhận đăng nhập",
    "rejected": "tỉnh từ chối",
    "unknown": "chưa rõ tỉnh đã nhận chưa",
    "sending": "đang gửi",
    "not_sent": "chưa gửi được, mất đường truyền",
    "asked": "đã ghi lý do",
    "unread": "chưa hiểu, đã lưu nguyên văn",
}
SHOWN_BODY = 400


def span(seconds: float) -> str:
    """ "40 giây", "12 phút", "3 giờ 5 phút", "2 ngày"."""
    seconds = int(max(seconds, 0))
    if seconds < 60:
        return f"{seconds} giây"
    minutes, hours = seconds // 60, seconds // 3600
    if hours < 1:
        return f"{minutes} phút"
    if hours < 48:
        return f"{hours} giờ {minutes % 60} phút" if minutes % 60 else f"{hours} giờ"
    return f"{hours // 24} ngày"


def moment(at: datetime) -> str:
    return f"{at.astimezone(OFFICE_ZONE):%H:%M:%S %d/%m}"


def stream_of(job: Job) -> str:
    return STREAM_WORDS.get(str(job.payload.get("stream", "")), "mục khác")


def why_of(job: Job) -> tuple[str, str]:
    """Why it waits or was refused, and what to do."""
    if not job.error:
        if job.state is JobState.LEASED:
            return "Đang gửi.", ""
        return "Đang chờ đến lượt.", "Không cần làm gì: tự gửi khi có đường truyền."
    code, _, reason = job.error.partition(": ")
    text = text_of(code)
    said = text_of(reason).message if code == "sync.parked" else reason
    words = defaultdict(lambda: "…", reason=said)
    return text.message.format_map(words), text.fix.format_map(words)


def line_words(seen: Overview, now: datetime) -> tuple[str, str]:
    """Tone and words of the line, with since when."""
    since = f" {span((now - seen.line_since).total_seconds())}" if seen.line_since else ""
    if seen.line == "up":
        return "good", f"Đường truyền thông{since}"
    if seen.line == "down":
        return "warn", f"Mất đường truyền{since}"
    return "", "Chưa có kết nối với tỉnh"


def load_words(waiting: int, rejected: int, oldest_s: int, empty_in: int | None) -> str:
    """What waits, since when, and when it will be empty."""
    parts = [f"{waiting} mục chờ, lâu nhất {span(oldest_s)}" if waiting else "Không có gì chờ gửi"]
    if rejected:
        parts.append(f"{rejected} mục bị từ chối")
    if waiting:
        parts.append(f"dự kiến hết sau {span(empty_in)}" if empty_in is not None else "chưa tính được lúc hết")
    return " · ".join(parts)


def conflict_words(conflict: Conflict) -> tuple[str, str]:
    """What differs, and what to do."""
    ours = conflict.ours
    if ours in set(DossierState):
        ours = DOSSIER_STATES[DossierState(ours)]
    title = CONFLICT_WORDS[conflict.kind]
    message = f"{title[:1].upper()}{title[1:]}. Tỉnh: {conflict.theirs}. Cơ quan: {ours}."
    return message, TO_DO[conflict.kind]


TO_DO = {
    ConflictKind.STATUS: "Xem hồ sơ: làm nốt bước còn thiếu ở đây, hoặc báo tỉnh sửa; rồi bấm A để ghi là đã xem.",
    ConflictKind.OWNER: "So với giấy tờ của công dân: sửa tên trong hồ sơ (phím S), hoặc báo tỉnh sửa; rồi bấm A.",
    ConflictKind.RESULT: "Kết quả đã ghi được giữ nguyên, tệp của tỉnh lưu riêng. Hỏi tỉnh bản nào đúng; rồi bấm A.",
    ConflictKind.RESULT_STATE: "Tệp của tỉnh được lưu riêng. Đưa hồ sơ đến bước có kết quả rồi ghi kết quả; rồi bấm A.",
    ConflictKind.CODE: "Báo tỉnh: một mã không thể là của hai hồ sơ; rồi bấm A.",
}


def reply_words(reply: Reply) -> str:
    """One line of a dossier's exchange."""
    what = OPERATION_WORDS.get(reply.operation, reply.operation)
    return f"{what}: {OUTCOME_WORDS.get(reply.outcome, reply.outcome)}"


def raw_words(reply: Reply) -> str:
    """The answer as it came, short enough for a screen; "" where there was none."""
    body = " ".join(reply.body.split())
    return body if len(body) <= SHOWN_BODY else body[:SHOWN_BODY] + "…"
