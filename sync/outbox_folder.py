"""Messages as files, for an operator's portal or a telephone with a card: one JSON each, and a CSV of each day.

A message is named by its key, so handing it over twice leaves one. The CSV is made anew from the files of its day.
"""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.clock import OFFICE_ZONE
from kiosk.errors import DeviceIOError, DiskFullError
from kiosk.services.messages import Message

HEADS = ("so_dien_thoai", "noi_dung", "so_tin", "ma_ho_so", "thoi_diem")
CSV = "tin-nhan.csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class OutboxFolder:
    """`kiosk.services.messages.Carrier`. For this office alone: telephone numbers lie there as they are."""

    folder: Path
    name: str = "thu-muc"

    def hand(self, message: Message) -> str:
        """Raises: DiskFullError, DeviceIOError."""
        day = self.folder / f"{message.made_at.astimezone(OFFICE_ZONE):%Y-%m-%d}"
        file = day / f"{message.key.replace(':', '-')}.json"
        try:
            day.mkdir(mode=0o700, parents=True, exist_ok=True)
            body = {**asdict(message), "made_at": message.made_at.isoformat(timespec="seconds")}
            _write(file, json.dumps(body, ensure_ascii=False, indent=1).encode())
            _write(day / CSV, _table(day))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFullError(str(error)) from error
            raise DeviceIOError(device=str(self.folder)) from error
        return f"{day.name}/{file.name}"


def _table(day: Path) -> bytes:
    """UTF-8 with a mark, as spreadsheets and portals want it; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for file in sorted(day.glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        row = (told["phone"], told["text"], str(told["parts"]), told["code"], told["made_at"])
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk when it returns."""
    part = file.with_suffix(file.suffix + ".part")
    with part.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(file)
