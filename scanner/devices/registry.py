"""Names of devices, as people and the configuration write them, to adapters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from kiosk.errors import NotConnectedError, NotFoundError
from scanner.devices.either import FeederElseGlass
from scanner.devices.escl import ESCL, EsclCaptureDevice, base_of
from scanner.devices.files import FileCaptureDevice, readable_files
from scanner.devices.hot_folder import HotFolderDevice
from scanner.devices.inbox import Inbox
from scanner.devices.mdns import find_escl
from scanner.devices.sane import SaneCaptureDevice, list_sane
from scanner.devices.settings import DeviceInfo, ScanSettings
from scanner.devices.wia import WiaCaptureDevice, list_wia
from scanner.devices.wia_com import WIA
from scanner.errors import NoScanProgramError
from scanner.page import DEFAULT_DPI, CaptureDevice

FOLDER, FILE, PHOTO = "folder:", "file:", "photo:"


def list_devices(backends: Sequence[str] = (), folders: Sequence[Path] = ()) -> list[DeviceInfo]:
    """Every device that can be used now. backends: only these SANE drivers are asked, () for all kinds of devices.

    Raises: DeviceTimeoutError; NoScanProgramError when there is nothing else either.
    """
    found = [DeviceInfo(f"{FOLDER}{f}", f"Thư mục {f.name}", "folder") for f in folders]
    with ThreadPoolExecutor(1) as pool:  # both only wait for answers
        network = pool.submit(find_escl) if not backends else None
        if not backends and sys.platform == "win32":
            found += list_wia()
        sane, no_program = _sane(backends)
        found += network.result() if network is not None else []
    if no_program is not None and not found:
        raise no_program
    spoken = {info.label for info in found if info.kind == "escl"}
    # The same machine through sane-airscan: ours tells double feeds and open covers apart, and resumes.
    return found + [info for info in sane if not _is_airscan_of(info.name, spoken)]


def open_device(
    name: str = "",
    *,
    dpi: int = DEFAULT_DPI,
    duplex: bool = False,
    settings: ScanSettings | None = None,
    desk: str = "",
) -> CaptureDevice:
    """The adapter of a name:

    "escl:ADDRESS" a network scanner, "wia:ID" a scanner of Windows, "folder:/path" a hot folder, "file:/path" a file or
    folder of files, "photo:/path" the same from a camera; "" the first scanner found; else a SANE name ("test:0").
    settings: all of them at once, instead of dpi and duplex. desk: this taker's name in a hot folder.

    Raises: NotFoundError, NotConnectedError (none found).
    """
    chosen = settings or ScanSettings(dpi=dpi, duplex=duplex)
    name = name or first_device()
    kind, colon, rest = name.partition(":")
    if not colon or not kind or not rest:
        raise NotFoundError(what="thiết bị", key=name)
    if name.startswith(FOLDER):
        return HotFolderDevice(Inbox(Path(rest).expanduser(), desk or "motcua"), photo=chosen.photo)
    if name.startswith((FILE, PHOTO)):
        files = readable_files([Path(rest).expanduser()])
        return FileCaptureDevice(files, photo=chosen.photo or name.startswith(PHOTO))
    if chosen.feeder and chosen.or_glass:
        glass = replace(chosen, feeder=False)
        feeder = replace(chosen, or_glass=False)
        return FeederElseGlass(open_device(name, settings=feeder), open_device(name, settings=glass))
    if name.startswith(ESCL):
        return EsclCaptureDevice(base_of(name), chosen)
    if name.startswith(WIA):
        return WiaCaptureDevice(rest, chosen)
    # The driver is the first part of a SANE name: load just that one.
    return SaneCaptureDevice(name, chosen, (kind,))


def first_device() -> str:
    """Name of the first scanner found. Raises: NotConnectedError, NoScanProgramError."""
    found = list_devices()
    if not found:
        raise NotConnectedError(device="máy quét")
    return found[0].name


def _sane(backends: Sequence[str]) -> tuple[list[DeviceInfo], NoScanProgramError | None]:
    try:
        return list_sane(backends), None
    except NoScanProgramError as e:
        return [], e


def _is_airscan_of(name: str, labels: set[str]) -> bool:
    """Whether this is an eSCL scanner in the words of sane-airscan, `airscan:e0:Label`."""
    driver, _, rest = name.partition(":")
    return driver == "airscan" and rest.startswith("e") and rest.partition(":")[2] in labels
