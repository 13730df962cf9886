"""The child process that talks to WIA on Windows: a driver that hangs or dies takes only this process with it.

Run as `python -m scanner.devices.wia_helper list` or `… scan ID SETTINGS`. On stdout one JSON line a message; a side is
{"width", "height", "dpi"} followed by its BGR bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np

from kiosk.errors import DeviceError, DeviceIOError, InputError
from scanner.devices.settings import ScanSettings
from scanner.devices.wia_com import ComError, listed, sides, width_and_dpi
from scanner.limits import MAX_BYTES, check_pixels
from scanner.page import Pixels
from scanner.pictures import bgr_of

LARGEST_BMP = 3 * MAX_BYTES


def main(argv: list[str], out: BinaryIO, open_manager: Callable[[], Any]) -> int:
    """One question; failures go out as messages, not as tracebacks. open_manager: gives WIA's DeviceManager."""
    try:
        manager = open_manager()
        if argv[0] == "list":
            _say(out, devices=[asdict(found) for found in listed(manager)])
        else:
            _scan(out, manager, argv[1], ScanSettings(**json.loads(argv[2])))
        _say(out, end=True)
    except DeviceError as e:
        _say(out, error=e.code, words=str(e))
    except ComError as e:
        _say(out, error=DeviceIOError.code, words=str(e))
    return 0


def _scan(out: BinaryIO, manager: Any, device_id: str, settings: ScanSettings) -> None:
    for bmp in sides(manager, device_id, settings, device_id):
        pixels, dpi = _decoded(bmp, settings.dpi, device_id)
        height, width = pixels.shape[:2]
        _say(out, width=width, height=height, dpi=dpi)
        out.write(pixels.tobytes())
        out.flush()


def _decoded(bmp: bytes, dpi: int, device_id: str) -> tuple[Pixels, int]:
    from PIL import Image

    try:
        if len(bmp) > LARGEST_BMP:
            raise ValueError("too large")
        width, height, true_dpi = width_and_dpi(bmp, dpi)
        check_pixels(width, height, device_id)
        with Image.open(BytesIO(bmp), formats=("BMP",)) as picture:
            return np.ascontiguousarray(bgr_of(picture)), true_dpi
    except (OSError, ValueError, SyntaxError, InputError) as e:
        raise DeviceIOError(type(e).__name__, device=device_id) from e


def _say(out: BinaryIO, **message: Any) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def windows_manager() -> Any:
    """WIA's DeviceManager, in an apartment of this thread's own. Windows only."""
    import pythoncom
    import win32com.client

    pythoncom.CoInitialize()
    return win32com.client.Dispatch("WIA.DeviceManager")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout.buffer, windows_manager))
