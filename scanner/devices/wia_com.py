"""The Windows side of WIA, as its automation layer shows it: properties by number, one picture per transfer.

Written from Microsoft's documentation of WIA 2.0 (wiadef.h, wiaerror.h); run only on a fake so far (docs/unproven.md).
The objects are COM's, so they are `Any` here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Any

from kiosk.errors import (
    CancelledError,
    CoverOpenError,
    DeviceBusyError,
    DeviceError,
    DeviceIOError,
    DoubleFeedError,
    NotConnectedError,
    PaperJamError,
)
from scanner.devices.settings import DeviceInfo, ScanSettings
from scanner.errors import FeederEmptyError, FeederTroubleError, ScanRefusedError

WIA = "wia:"
SCANNER_TYPE = 1
BMP_FORMAT = "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"
# Properties (wiadef.h)
CAN_DO, FEEDER_STATUS, SOURCE, PAGES = 3086, 3087, 3088, 3096
INTENT, DPI_X, DPI_Y, LEFT, TOP, WIDTH, HEIGHT = 6146, 6147, 6148, 6149, 6150, 6151, 6152
FEED, FLAT, DUPLEX = 1, 2, 4
FEED_READY, COVER_UP, PATH_COVER_UP, JAMMED = 0x01, 0x08, 0x10, 0x20
COLOUR_INTENT, GREY_INTENT = 1, 2
PAPER_EMPTY = 0x80210003
EXCEPTION = 0x80020009
BY_RESULT: Mapping[int, type[DeviceError]] = {
    0x80210002: PaperJamError,
    PAPER_EMPTY: FeederEmptyError,
    0x80210004: FeederTroubleError,
    0x80210005: NotConnectedError,
    0x80210006: DeviceBusyError,
    0x80210007: DeviceBusyError,  # warming up
    0x80210008: FeederTroubleError,  # somebody must attend to it
    0x80210009: NotConnectedError,  # its item is gone
    0x8021000A: DeviceIOError,
    0x8021000C: ScanRefusedError,
    0x8021000D: DeviceBusyError,  # locked by another program
    0x80210015: NotConnectedError,
    0x80210016: CoverOpenError,
    0x80210020: DoubleFeedError,
    0x80004004: CancelledError,
}


class ComError(Exception):
    """What a COM call failed with. result: the HRESULT, unsigned."""

    def __init__(self, result: int) -> None:
        super().__init__(f"{result:#010x}")
        self.result = result


def asked(call: Callable[[], Any]) -> Any:
    """The call's answer. Raises: ComError, whatever class the COM library itself raises."""
    try:
        return call()
    except Exception as e:  # pywintypes.com_error exists on Windows only; no other kind has an HRESULT
        if (result := getattr(e, "hresult", None)) is None:
            raise
        raise ComError(_inner(result, getattr(e, "excepinfo", None))) from e


def listed(manager: Any) -> list[DeviceInfo]:
    """Scanners that WIA knows. Raises: ComError."""
    infos = _items(asked(lambda: manager.DeviceInfos))
    return [_described(info) for info in infos if asked(partial(getattr, info, "Type")) == SCANNER_TYPE]


def sides(manager: Any, device_id: str, settings: ScanSettings, label: str) -> Iterator[bytes]:
    """Each side as a BMP, until the feeder is empty. Raises: DeviceError."""
    given = 0
    try:
        device = _connected(manager, device_id)
        uses_feeder = _prepare(device, settings)
        item = asked(lambda: device.Items(1))
        _set_up(item, settings)
        while True:
            try:
                picture = asked(lambda: item.Transfer(BMP_FORMAT))
            except ComError as e:
                if e.result == PAPER_EMPTY and given:
                    return
                raise
            yield asked(partial(_content, picture))
            given += 1
            if not uses_feeder:
                return
    except ComError as e:
        raise BY_RESULT.get(e.result, DeviceIOError)(f"WIA {e}", device=label) from e


def width_and_dpi(bmp: bytes, fallback: int) -> tuple[int, int, int]:
    """Width, height and resolution from a BMP's head, before anything is decoded. Raises: ValueError."""
    if len(bmp) < 54 or bmp[:2] != b"BM":
        raise ValueError("not a BMP")
    head = BytesIO(bmp)
    head.seek(18)
    width, height = (abs(int.from_bytes(head.read(4), "little", signed=True)) for _ in range(2))
    head.seek(38)
    per_metre = int.from_bytes(head.read(4), "little", signed=True)
    dpi = round(per_metre * 0.0254)
    return width, height, dpi if 50 <= dpi <= 1200 else fallback


def _described(info: Any) -> DeviceInfo:
    name = asked(lambda: info.Properties("Name").Value)
    try:
        able = _value(asked(info.Connect), CAN_DO, FLAT)
    except ComError:  # one in use by somebody else is listed all the same
        able = 0
    can = tuple(word for bit, word in ((FLAT, "glass"), (FEED, "feeder"), (DUPLEX, "duplex")) if able & bit)
    return DeviceInfo(f"{WIA}{asked(lambda: info.DeviceID)}", str(name), "wia", can)


def _content(picture: Any) -> bytes:
    return bytes(picture.FileData.BinaryData)


def _connected(manager: Any, device_id: str) -> Any:
    for info in _items(asked(lambda: manager.DeviceInfos)):
        if asked(partial(getattr, info, "DeviceID")) == device_id:
            return asked(info.Connect)
    raise ComError(0x80210015)


def _prepare(device: Any, settings: ScanSettings) -> bool:
    """Choose glass or feeder, and look whether it is ready; returns whether the feeder is used. Raises: ComError."""
    able = _value(device, CAN_DO, FLAT)
    uses_feeder = bool(able & FEED) and (settings.feeder or not able & FLAT)
    state = _value(device, FEEDER_STATUS, FEED_READY)
    if state & JAMMED:
        raise ComError(0x80210002)
    if state & PATH_COVER_UP:
        raise ComError(0x80210016)
    if uses_feeder and not state & FEED_READY:
        raise ComError(PAPER_EMPTY)
    chosen = FLAT if not uses_feeder else FEED
    if uses_feeder and settings.duplex and able & DUPLEX:
        chosen |= DUPLEX
    if able:
        _set(device, SOURCE, chosen)
    if uses_feeder:
        _set(device, PAGES, 1)  # one side a transfer, so that each is safe before the next
    return uses_feeder


def _set_up(item: Any, settings: ScanSettings) -> None:
    _set(item, INTENT, COLOUR_INTENT if settings.colour else GREY_INTENT)
    _set(item, DPI_X, settings.dpi)
    _set(item, DPI_Y, settings.dpi)
    _set(item, LEFT, 0)
    _set(item, TOP, 0)
    for number, side_mm in zip((WIDTH, HEIGHT), settings.size_mm, strict=True):
        limit = _limit(item, number)
        wanted = round(side_mm / 25.4 * settings.dpi)
        _set(item, number, min(wanted, limit) if limit else wanted)


def _set(thing: Any, number: int, value: int) -> None:
    """A property that this device does not have is left alone; one that it refuses is its answer. Raises: ComError."""
    if asked(lambda: thing.Properties.Exists(str(number))):
        asked(lambda: setattr(thing.Properties(str(number)), "Value", value))


def _value(thing: Any, number: int, fallback: int) -> int:
    if not asked(lambda: thing.Properties.Exists(str(number))):
        return fallback
    return int(asked(lambda: thing.Properties(str(number)).Value))


def _limit(thing: Any, number: int) -> int:
    """The largest value of a range, 0 where there is none."""
    if not asked(lambda: thing.Properties.Exists(str(number))):
        return 0
    found = asked(lambda: thing.Properties(str(number)))
    try:
        return int(asked(lambda: found.SubTypeMax))
    except (ComError, AttributeError):
        return 0


def _items(collection: Any) -> Iterator[Any]:
    """COM collections count from 1."""
    for number in range(1, int(asked(lambda: collection.Count)) + 1):
        yield asked(partial(collection.Item, number))


def _inner(result: int, told: Any) -> int:
    """The device's own code: automation wraps it into "exception occurred"."""
    unsigned = int(result) & 0xFFFFFFFF
    if unsigned == EXCEPTION and isinstance(told, tuple) and len(told) > 5 and told[5]:
        return int(told[5]) & 0xFFFFFFFF
    return unsigned
