"""The few settings of a scan; everything else is the device's own business."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScanSettings:
    """dpi: 200 is the legal minimum; feeder: False for the glass; size_mm: cut to what the device can do.

    extra: options handed to the device's program as they are.
    """

    dpi: int = 200
    colour: bool = True
    feeder: bool = True
    duplex: bool = False
    size_mm: tuple[float, float] = (210.0, 297.0)
    page_timeout_s: float = 60.0
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeviceInfo:
    """name: for `--device`; label: for people; kind: "sane", "folder"."""

    name: str
    label: str
    kind: str
