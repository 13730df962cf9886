"""Profiles of scanners in `config.toml` to the settings of a scan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.config import Config, ScannerConfig

if TYPE_CHECKING:
    from scanner.devices import ScanSettings

FOLDER = "folder:"


def settings_of(profile: ScannerConfig) -> ScanSettings:
    from scanner.devices.settings import ScanSettings, size_called

    return ScanSettings(
        dpi=profile.dpi,
        colour=profile.colour,
        feeder=profile.source != "glass",
        or_glass=profile.source == "auto",
        duplex=profile.duplex,
        size_mm=size_called(profile.size),
        photo=profile.mode == "photo",
    )


def profiles(config: Config) -> Sequence[ScannerConfig]:
    """The desk's own first; one without a device is not a profile but the absence of one."""
    return [p for p in (config.scanner, *config.scanners) if p.device]


def profile_called(config: Config, name: str) -> ScannerConfig | None:
    """The profile of this name, or of the device of this name."""
    return next((p for p in profiles(config) if name and name in (p.name, p.device)), None)


def desk_profile(config: Config) -> ScannerConfig:
    """What F8 scans with: `[scanner]`, or where it names no device the first of `[[scanners]]`."""
    return next(iter(profiles(config)), config.scanner)


def watched(config: Config) -> Sequence[ScannerConfig]:
    """Hot folders whose files are taken as they come."""
    return [p for p in profiles(config) if p.device.startswith(FOLDER) and p.watch]


def desk_name(station: str) -> str:
    """This desk's name as a folder: it marks files in a hot folder as taken."""
    return re.sub(r"[^\w-]+", "_", station).strip("_") or "quay"
