"""The words for stations and their states. No Qt."""

from __future__ import annotations

from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.station import CLOCK_SLACK, Station, StationKind
from kiosk.pairing.bundle import Bundle

KINDS = {
    StationKind.KIOSK: "Máy lấy số",
    StationKind.DISPLAY: "Màn hình gọi số",
    StationKind.RATING: "Màn hình đánh giá",
    StationKind.DESK: "Quầy tiếp nhận",
}


def clock_is_off(station: Station) -> bool:
    return abs(station.clock_off_s) > CLOCK_SLACK.total_seconds()


def state_of(station: Station, now: datetime) -> tuple[str, str]:
    """Tone and words; the worst first."""
    if station.revoked_at is not None:
        return "", "Đã ngắt"
    if station.is_doubtful:
        return "bad", "Nghi là bản sao, cần ghép lại"
    if station.seen_at is None:
        return "warn", "Chưa báo về lần nào"
    if station.is_silent(now):
        return "bad", f"Im lặng từ {_clock(station.seen_at, now)}"
    if clock_is_off(station):
        minutes = round(abs(station.clock_off_s) / 60)
        return "warn", f"Đồng hồ {'nhanh' if station.clock_off_s > 0 else 'chậm'} {minutes} phút"
    return "good", "Đang chạy"


def _clock(at: datetime, now: datetime) -> str:
    at, now = at.astimezone(OFFICE_ZONE), now.astimezone(OFFICE_ZONE)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%H:%M %d/%m}"


def explained(bundle: Bundle) -> list[str]:
    """What a machine became, in lines."""
    lines = [f"Đã ghép máy này vào {bundle.office}.", f"{KINDS[bundle.kind]}, tên {bundle.name}."]
    if bundle.kind is StationKind.KIOSK:
        letter = f"chữ {bundle.letter} sau chữ của nhóm" if bundle.letter else "không có chữ riêng (A001)"
        lines.append(f"Dãy số: {letter}.")
    if bundle.office_key:
        lines.append("Máy này đã nhận khóa của cơ quan; giữ máy cẩn thận như giữ két.")
    lines.append(f"Danh mục: {bundle.catalogue} thủ tục. Đã nối được với cơ sở dữ liệu của cơ quan.")
    return lines
