"""Names of devices, as people and the configuration write them, to adapters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.errors import NotConnectedError, NotFoundError
from scanner.devices.files import FileCaptureDevice, readable_files
from scanner.devices.hot_folder import HotFolderDevice
from scanner.devices.inbox import Inbox
from scanner.devices.sane import SaneCaptureDevice, list_sane
from scanner.devices.settings import DeviceInfo, ScanSettings
from scanner.page import DEFAULT_DPI, CaptureDevice

FOLDER, FILE = "folder:", "file:"


def list_devices(backends: Sequence[str] = (), folders: Sequence[Path] = ()) -> list[DeviceInfo]:
    """Every device that can be used now. backends: SANE drivers to ask, () for the system's list.

    Raises: NoScanProgramError, DeviceTimeoutError.
    """
    hot = [DeviceInfo(f"{FOLDER}{f}", f"Thư mục {f.name}", "folder") for f in folders]
    return hot + list_sane(backends)


def open_device(
    name: str = "", *, dpi: int = DEFAULT_DPI, duplex: bool = False, settings: ScanSettings | None = None
) -> CaptureDevice:
    """ "folder:/path" a hot folder, "file:/path" a file, "" the first scanner found, else a SANE device ("test:0").

    settings: all of them at once, instead of dpi and duplex. Raises: NotFoundError, NotConnectedError (none found).
    """
    if name.startswith(FOLDER):
        return HotFolderDevice(Inbox(Path(name.removeprefix(FOLDER))))
    if name.startswith(FILE):
        return FileCaptureDevice(readable_files([Path(name.removeprefix(FILE))]))
    chosen = settings or ScanSettings(dpi=dpi, duplex=duplex)
    if not name:
        found = list_sane()
        if not found:
            raise NotConnectedError(device="máy quét")
        name = found[0].name
    backend, colon, _ = name.partition(":")
    if not colon or not backend:
        raise NotFoundError(what="thiết bị", key=name)
    # The driver is the first part of a SANE name: load just that one.
    return SaneCaptureDevice(name, chosen, (backend,))
