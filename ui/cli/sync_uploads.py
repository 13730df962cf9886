"""How files go to the province, as `motcua sync status` tells it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.domain.job import JobState, Wing
from sync.congestion import resists_loss
from sync.uploads import courtesy_of, settings_of

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork
    from kiosk.uploads_config import UploadsConfig

LOOKED_AT = 10_000


def files_data(look: UnitOfWork, config: UploadsConfig, now: datetime) -> dict[str, Any]:
    """waiting: files; limit_kib_s: 0 for none; opens_in_s: seconds until pages may go, 0 when they may. Inside a
    `with`."""
    settings, open_states = settings_of(config), (JobState.WAITING, JobState.LEASED)
    waiting = look.jobs.listed(Wing.SYNC, open_states, limit=LOOKED_AT)
    return {
        "waiting": sum(j.payload.get("stream") == "file" for j in waiting),
        "limit_kib_s": config.limit_kib_s,
        "hours": config.hours,
        "weak_kib_s": config.weak_kib_s,
        "opens_in_s": int(courtesy_of(config).wait_s(now, 0.0)),
        "streams": 1 if resists_loss(settings.congestion) else settings.streams,
    }


def files_words(data: dict[str, Any]) -> str:
    """One line; what is not set is left out."""
    parts = [f"Tệp giấy tờ chờ gửi: {data['waiting']}"]
    if data["limit_kib_s"]:
        parts.append(f"gửi tối đa {data['limit_kib_s']:g} KiB/giây")
    if data["hours"]:
        weak = f" khi đường truyền dưới {data['weak_kib_s']:g} KiB/giây" if data["weak_kib_s"] else ""
        now = "đang trong giờ gửi" if not data["opens_in_s"] else f"còn {_long(data['opens_in_s'])} mới đến giờ"
        parts.append(f"chỉ gửi trong giờ {data['hours']}{weak} ({now}); hồ sơ đến hạn trong một ngày gửi ngay")
    return "; ".join(parts) + "."


def _long(seconds: int) -> str:
    hours, minutes = divmod(-(-seconds // 60), 60)
    return f"{hours} giờ {minutes} phút" if hours else f"{minutes} phút"
