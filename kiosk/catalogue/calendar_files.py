"""The calendar packs in an office's data directory, read again when one of them changes while the program runs."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.catalogue.calendar_pack import OfficeCalendars, load_calendars
from kiosk.catalogue.errors import PackError
from kiosk.domain.calendar import WorkingCalendar
from kiosk.text import fold

# The office's own pack, and any number of others (the province's, a notice): calendar-tet-2027.json
PACK_NAME = re.compile(r"calendar(-[A-Za-z0-9_-]{1,60})?\.(toml|json)")

Stamp = tuple[tuple[str, int, int], ...]


def pack_files(root: Path) -> list[Path]:
    """By name. A folder that is not there has none."""
    return sorted(path for path in root.glob("calendar*") if PACK_NAME.fullmatch(path.name) and path.is_file())


@dataclass
class CalendarFiles:
    """fault: why the packs as they lie there now are not in use; the last good ones go on.

    Raises, when first asked: PackError.
    """

    root: Path
    saturday_fields: tuple[str, ...] = ()
    fault: PackError | None = field(default=None, init=False)
    _read: OfficeCalendars | None = field(default=None, init=False)
    _stamp: Stamp | None = field(default=None, init=False)

    @property
    def now(self) -> OfficeCalendars:
        """The calendars as the files say."""
        paths = pack_files(self.root)
        stamp = _stamp(paths)
        if self._read is None:
            self._read, self._stamp = load_calendars(paths, self.saturday_fields), stamp
        elif stamp != self._stamp:
            self._stamp, self.fault = stamp, None
            try:
                self._read = load_calendars(paths, self.saturday_fields)
            except PackError as error:
                self.fault = error
        return self._read

    def of_field(self, field_name: str) -> WorkingCalendar:
        """The calendar of a field of procedures."""
        return self.now.of_field(field_name)

    @property
    def fingerprint(self) -> str:
        """Of what decides a date: packs, and the fields that are open on Saturday."""
        parts = [self.now.pack.fingerprint, *sorted(map(fold, self.saturday_fields))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _stamp(paths: list[Path]) -> Stamp:
    found = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:  # taken away between the listing and this look
            continue
        found.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(found)
