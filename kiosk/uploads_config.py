"""Settings of how the office's files go up: what they may take of a line that others share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

HOUR = r"([01]\d|2[0-3]):[0-5]\d"


class UploadsConfig(BaseModel):
    """`[uploads]` (docs/exchange.md#files).

    limit_kib_s: KiB a second over all connections, 0: no limit. hours: "18:00-06:00", when pages may go; "": always.
    weak_kib_s: the hours count only while the line carries less than this, 0: on every line. congestion: "auto" takes
    BBR where the system lets the program choose it, "system" leaves it alone. streams: files at once where there is no
    BBR.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit_kib_s: float = Field(default=0, ge=0, le=1_000_000)
    hours: str = Field(default="", pattern=rf"^({HOUR}-{HOUR})?$")
    weak_kib_s: float = Field(default=0, ge=0, le=1_000_000)
    congestion: Literal["auto", "bbr", "system"] = "auto"
    streams: int = Field(default=4, ge=1, le=4)
