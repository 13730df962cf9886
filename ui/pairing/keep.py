"""The new machine's side on its disk: what the office gave becomes settings, packs and membership, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.calendar_files import PACK_NAME, pack_files
from kiosk.domain.membership import Membership
from kiosk.domain.station import Series, StationKind
from kiosk.errors import KioskError, StorageError
from kiosk.machine import this_machine
from kiosk.pairing.bundle import Bundle
from kiosk.pairing.errors import ConfiguredError, NoDatabaseError, OtherKeyError
from kiosk.pairing.invitation import Invitation
from kiosk.pairing.joining import Machine, join
from kiosk.station_config import with_values
from ui.app import Paths, become_station, reach_database
from ui.pairing.office import OFFICE_KEY, this_program

BEFORE = ".before"  # suffix of the copy of what was there


@dataclass(frozen=True)
class NewStation:
    """root: the data directory; again: what is configured there may be replaced; reaches: tries the database."""

    root: Path
    again: bool = False
    reaches: Callable[[str], None] = reach_database

    def join(self, invitation: Invitation) -> Bundle:
        """Raises: ConfiguredError, OtherKeyError, NoDatabaseError, StorageError, and as `pairing.joining.join`."""
        self.refuse_configured()
        return join(invitation, Machine(this_machine(), this_program()), self.keep)

    def refuse_configured(self) -> None:
        """Raises: ConfiguredError."""
        if Paths(self.root).config.exists() and not self.again:
            raise ConfiguredError(file=str(Paths(self.root).config))

    def keep(self, bundle: Bundle) -> None:
        """Raises: ConfiguredError, OtherKeyError, NoDatabaseError, StorageError; then everything is as it was."""
        self.refuse_configured()
        self._refuse_other_key(bundle)
        try:
            self.reaches(bundle.database)
        except KioskError:
            raise NoDatabaseError(address=place_of(bundle.database)) from None
        become_station(self.root, self._files(bundle), _membership(bundle))

    def _refuse_other_key(self, bundle: Bundle) -> None:
        """A key that is overwritten takes all papers of its office with it."""
        held = self.root / OFFICE_KEY
        try:
            differs = bool(bundle.office_key) and held.exists() and held.read_text("ascii").strip() != bundle.office_key
        except (OSError, UnicodeDecodeError):
            differs = True
        if differs:
            raise OtherKeyError(folder=str(self.root))

    def _files(self, bundle: Bundle) -> dict[str, bytes | None]:
        paths = Paths(self.root)
        files: dict[str, bytes | None] = {
            paths.office.name: bundle.office_toml.encode() or None,
            **dict.fromkeys(pack.name for pack in pack_files(self.root)),  # another office's holidays
            **{name: text.encode() for name, text in bundle.calendars.items() if PACK_NAME.fullmatch(name)},
        }
        if bundle.office_key:
            files[OFFICE_KEY] = bundle.office_key.encode() + b"\n"
        before = _read(paths.config)
        if before is not None:
            files[paths.config.name + BEFORE] = before
        files[paths.config.name] = _config(before, bundle).encode()
        return files


def _config(before: bytes | None, bundle: Bundle) -> str:
    """A kiosk's login lies encrypted in its own store; other stations keep it in the file, for their user alone."""
    text = (before or b"").decode("utf-8-sig", "replace")
    database = without_login(bundle.database) if bundle.kind is StationKind.KIOSK else bundle.database
    station: dict[str, str | None] = {"kind": bundle.kind.value, "name": bundle.name}
    if bundle.counter:
        station["counter"] = bundle.counter
    return with_values(text, {"": {"database": database}, "station": station})


def _membership(bundle: Bundle) -> Membership:
    url = bundle.database if bundle.kind is StationKind.KIOSK else ""
    return Membership(bundle.name, bundle.kind, Series(bundle.letter, bundle.epoch), bundle.lease, url, this_machine())


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(str(error)) from error


def without_login(url: str) -> str:
    return re.sub(r"//[^/]*@", "//", url, count=1)


def place_of(url: str) -> str:
    """Host and database of a URL, without its login."""
    return url.rpartition("@")[2].partition("?")[0]
