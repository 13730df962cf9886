"""The few settings of a scan; everything else is the device's own business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.errors import LowResolutionError, ScanSettingError

# Scans for the archive are at least this fine: docs/legal.md#digitisation.
LEAST_DPI, MOST_DPI = 200, 600
SIZES_MM: Mapping[str, tuple[float, float]] = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "legal": (215.9, 355.6),
}


@dataclass(frozen=True)
class ScanSettings:
    """dpi: 200 is the legal minimum; feeder: False for the glass; size_mm: cut to what the device can do.

    or_glass: what lies on the glass, when the feeder is empty. photo: the pictures show a paper on a table rather than
    a scanned sheet. extra: options handed to the device's program as they are.
    """

    dpi: int = LEAST_DPI
    colour: bool = True
    feeder: bool = True
    or_glass: bool = False
    duplex: bool = False
    size_mm: tuple[float, float] = SIZES_MM["A4"]
    page_timeout_s: float = 60.0
    extra: tuple[str, ...] = ()
    photo: bool = False


@dataclass(frozen=True)
class DeviceInfo:
    """name: for `--device`; label: for people; kind: "sane", "escl", "wia", "folder", "profile".

    can: what the device said it can do, in these words: "glass", "feeder", "duplex"; () when it was not asked.
    """

    name: str
    label: str
    kind: str
    can: tuple[str, ...] = ()


def checked(settings: ScanSettings) -> ScanSettings:
    """The same settings, fit for the archive. Raises: LowResolutionError, ScanSettingError."""
    if settings.dpi < LEAST_DPI:
        raise LowResolutionError(dpi=settings.dpi, least=LEAST_DPI)
    if settings.dpi > MOST_DPI:
        raise ScanSettingError(setting="dpi", value=settings.dpi, allowed=f"{LEAST_DPI}–{MOST_DPI}")
    return settings


def size_called(name: str) -> tuple[float, float]:
    """Width and height of a paper's name, mm. Raises: ScanSettingError."""
    for known, size in SIZES_MM.items():
        if known.lower() == name.lower():
            return size
    raise ScanSettingError(setting="khổ giấy", value=name, allowed=", ".join(SIZES_MM))
