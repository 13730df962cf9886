"""Papers as files: what an office without a printer has, and where the demo looks."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from kiosk.errors import DiskFullError, NotConnectedError
from printing.devices.base import Health
from printing.errors import UnwritableFileError
from printing.paper import Paper, TicketSheet


@dataclass(frozen=True)
class FolderPrinter:
    """Tickets as PNG, slips as PDF. The same paper printed twice is one file: it has one name."""

    folder: Path

    @property
    def name(self) -> str:
        return f"thư mục {self.folder.name}"

    def check(self) -> Health:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as missing:
            raise NotConnectedError(device=self.name) from missing
        if not os.access(self.folder, os.W_OK):
            raise NotConnectedError(device=self.name)
        return Health.READY

    def print(self, paper: Paper) -> str:
        """Returns the file. A half-written file never bears the paper's name."""
        self.check()
        suffix, content = ("png", png(paper)) if isinstance(paper, TicketSheet) else ("pdf", paper.pdf)
        file = self.folder / f"{paper.name}.{suffix}"
        try:
            write_whole(file, content)
        except UnwritableFileError as gone:
            raise NotConnectedError(device=self.name) from gone
        return str(file)


def png(sheet: TicketSheet) -> bytes:
    """1-bit PNG at 203 dpi."""
    out = BytesIO()
    sheet.image.save(out, "PNG", dpi=(203, 203), optimize=True)
    return out.getvalue()


def write_whole(file: Path, content: bytes) -> None:
    """All or nothing, and durable. Raises: DiskFullError, UnwritableFileError."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as problem:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError from problem
        raise UnwritableFileError(file=str(file)) from problem
