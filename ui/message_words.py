"""What was told a citizen by message, and why not, in an officer's words. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.domain.citizen_notice import NoticeState, Occasion, Skip

OCCASIONS = {
    Occasion.RESULT: "có kết quả",
    Occasion.LATE: "xin lỗi, hẹn lại",
    Occasion.SUPPLEMENT: "cần bổ sung",
    Occasion.ACCEPTED: "đã tiếp nhận hồ sơ trực tuyến",
    Occasion.REFUSED: "không tiếp nhận hồ sơ trực tuyến",
}
STATES = {NoticeState.WAITING: "chờ gửi", NoticeState.HANDED: "đã giao gửi", NoticeState.SKIPPED: "không gửi"}
REASONS = {
    Skip.NO_PHONE: "không có số điện thoại",
    Skip.NOT_MOBILE: "không phải số di động",
    Skip.REFUSED: "người dân không nhận tin nhắn",
    Skip.SECRET: "hồ sơ mật",
    Skip.STALE: "hồ sơ đã sang bước khác",
}


def message_words(data: Mapping[str, Any]) -> str:
    """Of an event of `kiosk.services.messages`."""
    if "given" in data:
        return "đồng ý" if data["given"] else "không đồng ý"
    occasion = OCCASIONS.get(Occasion(data["occasion"]), "")
    if reason := data.get("reason"):
        return f"{occasion} ({REASONS.get(Skip(reason), reason)})"
    return f"{occasion}, đến {data.get('to', '')}"
