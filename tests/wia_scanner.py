"""A fake of Windows' WIA automation, run as the helper process: python wia_scanner.py SCRIPT, then the helper's words.

SCRIPT is JSON: {"steps": [...], "can": 7, "status": 1, "missing": [...], "refuses": n}. A step is a number (a sheet
with that many black rows), "0x8021…" (that HRESULT, as the automation layer wraps it), "die", "hang" or "nonsense".
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from scanner.devices import wia_helper
from scanner.devices.wia_com import CAN_DO, DPI_X, FEEDER_STATUS, HEIGHT, PAPER_EMPTY, SOURCE, WIDTH

DEVICE_ID = "{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0001"


class FakeComError(Exception):
    """Shaped as pywintypes.com_error: the device's code is inside."""

    def __init__(self, result: int, *, is_wrapped: bool) -> None:
        super().__init__(hex(result))
        signed = result - 2**32
        self.hresult = 0x80020009 - 2**32 if is_wrapped else signed
        self.excepinfo = (0, "WIA", "", None, 0, signed) if is_wrapped else None


@dataclass
class Property:
    Value: Any
    SubTypeMax: int = 0
    refused: int = 0

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "Value" and self.__dict__.get("refused"):
            raise FakeComError(self.refused, is_wrapped=False)
        object.__setattr__(self, name, value)


@dataclass
class Properties:
    held: dict[str, Property]

    def Exists(self, name: str) -> bool:
        return name in self.held

    def __call__(self, name: str) -> Property:
        return self.held[name]


@dataclass
class FileData:
    BinaryData: bytes


@dataclass
class ImageFile:
    FileData: FileData


@dataclass
class Item:
    steps: list[Any]
    Properties: Properties

    def Transfer(self, format_id: str) -> ImageFile:
        if not self.steps:
            raise FakeComError(PAPER_EMPTY, is_wrapped=True)
        step = self.steps.pop(0)
        if step == "die":
            os._exit(3)
        if step == "hang":
            time.sleep(60)
        if step == "nonsense":
            return ImageFile(FileData(b"BM not a picture"))
        if isinstance(step, str):
            raise FakeComError(int(step, 16), is_wrapped=True)
        return ImageFile(FileData(self.picture(int(step))))

    def picture(self, black_rows: int) -> bytes:
        held = self.Properties.held
        width, height, dpi = (int(held[str(n)].Value) for n in (WIDTH, HEIGHT, DPI_X))
        pixels = np.full((height, width, 3), 255, np.uint8)
        pixels[10 : 10 + black_rows] = 0
        out = BytesIO()
        Image.fromarray(pixels).save(out, "BMP", dpi=(dpi, dpi))
        return out.getvalue()


@dataclass
class Device:
    script: dict[str, Any]
    Properties: Properties

    def Items(self, number: int) -> Item:
        assert number == 1
        held = {str(n): Property(0) for n in (6146, 6147, 6148, 6149, 6150)}
        held[str(WIDTH)], held[str(HEIGHT)] = Property(0, 1700), Property(0, 2800)
        held["6147"].refused = int(self.script.get("refuses", 0))
        return Item(self.script["steps"], Properties(held))


@dataclass
class Info:
    script: dict[str, Any]
    Type: int = 1
    DeviceID: str = DEVICE_ID

    def Properties(self, name: str) -> Property:
        return Property("Máy quét giả" if name == "Name" else "")

    def Connect(self) -> Device:
        held = {
            str(CAN_DO): Property(self.script.get("can", 7)),
            str(FEEDER_STATUS): Property(self.script.get("status", 1)),
            str(SOURCE): Property(0),
        }
        for number in self.script.get("missing", ()):
            held.pop(str(number), None)
        return Device(self.script, Properties(held))


@dataclass
class Collection:
    held: list[Any]

    @property
    def Count(self) -> int:
        return len(self.held)

    def Item(self, number: int) -> Any:
        return self.held[number - 1]


@dataclass
class Manager:
    script: dict[str, Any]
    DeviceInfos: Collection = field(init=False)

    def __post_init__(self) -> None:
        self.DeviceInfos = Collection([Info(self.script), Info(self.script, Type=2, DeviceID="camera")])


if __name__ == "__main__":
    script = json.loads(sys.argv[1])
    sys.exit(wia_helper.main(sys.argv[2:], sys.stdout.buffer, lambda: Manager(script)))
