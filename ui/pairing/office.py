"""The desk's side on a real office: shows a code, lets the machine in, lists the machines, shuts one out."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from kiosk.catalogue.calendar_files import pack_files
from kiosk.clock import Clock, business_day, office_now
from kiosk.domain.event import Actor
from kiosk.domain.office import Counter
from kiosk.domain.pairing import LENGTH, VALID, Offer, free_name, new_code
from kiosk.domain.station import AT_COUNTER, Station, StationKind
from kiosk.pairing.bundle import Bundle, Program
from kiosk.pairing.errors import NeedsServerError, NoCounterError
from kiosk.pairing.invitation import is_loopback
from kiosk.services.queueing import UnknownCounterError
from kiosk.services.stations import NAME, StationNameError, enrol, revoke
from ui.app import OpenedOffice, end_login, new_login, prepare_logins, tables_version

if TYPE_CHECKING:
    from kiosk.pairing.host import PairingHost

OFFICE_KEY = "office.key"


def this_program() -> Program:
    from importlib.metadata import PackageNotFoundError, version

    try:
        installed = version("motcua")
    except PackageNotFoundError:
        installed = "?"
    return Program(installed, tables_version())


@dataclass(frozen=True)
class LiveStations:
    """Off the UI thread. Raises: KioskError."""

    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    def all(self) -> list[Station]:
        with self.office.reads() as look:
            return look.stations.all()

    def counters(self) -> Sequence[Counter]:
        return self.office.facts.counters

    def revoke(self, name: str) -> None:
        """Raises: UnknownStationError; NoRolePowerError as in `invite`."""
        if self.office.config.database:
            prepare_logins(self.office)
        revoke(self.office.units(), name, actor=self.actor, now=self.clock())
        if self.office.config.database:
            end_login(self.office.config.database, name)

    def invite(self, kind: StationKind, name: str = "", counter: str = "") -> PairingHost:
        """A code for one machine; answered from now on. name: "" for the next free one of the kind; counter: where a
        desk or a rating screen stands; in an office with one counter, there.

        Raises: NeedsServerError, StationNameError, NoCounterError, UnknownCounterError, PortError; NoRolePowerError at
        a desk that was itself paired: its login may not make others.
        """
        from kiosk.pairing.host import PairingHost  # loads the ciphers, which a start must not wait for

        if not self.office.config.database:
            raise NeedsServerError
        wanted = name or free_name(kind, {station.name for station in self.all()})
        if not NAME.fullmatch(wanted):
            raise StationNameError(name=wanted)
        counter = self._counter(kind, counter)
        prepare_logins(self.office)
        place = self.office.config.pairing
        offer = Offer(wanted, kind, self.clock() + VALID, counter=counter)
        admit = self._admits(wanted, kind, counter)
        code = new_code(secrets.token_bytes(LENGTH))
        host = PairingHost(offer, code, admit, this_program(), self.clock, place.address, place.port, place.port)
        host.start()
        return host

    def _counter(self, kind: StationKind, wanted: str) -> str:
        """A rating screen may vote on one counter only; a desk that nobody gave one would call people to the first."""
        known = [one.code for one in self.counters()]
        if wanted and wanted not in known:
            raise UnknownCounterError(counter=wanted, known=", ".join(known))
        if wanted or kind not in AT_COUNTER or not known:
            return wanted
        if len(known) > 1:
            raise NoCounterError(known=", ".join(known))
        return known[0]

    def _admits(self, name: str, kind: StationKind, counter: str) -> Callable[[str, str], Bundle]:
        def admit(machine: str, here: str) -> Bundle:
            lease, facts, now = secrets.token_hex(16), self.office.facts, self.clock()
            # First the login, which may be refused: a letter is given to a kiosk that can use it.
            url = new_login(self.office.config.database, name, kind)
            units, actor = self.office.units(), self.actor
            station = enrol(units, facts, name, kind, machine, lease, counter, actor=actor, now=now)
            return self._bundle(station, lease, reachable_database(url, here))

        return admit

    def _bundle(self, station: Station, lease: str, database: str) -> Bundle:
        paths = self.office.paths
        with self.office.reads() as look:
            catalogue = look.procedures.all_current(business_day(self.clock()))
        return Bundle(
            office=self.office.facts.name,
            name=station.name,
            kind=station.kind,
            letter=station.letter,
            epoch=station.epoch,
            lease=lease,
            database=database,
            office_toml=_text(paths.office),
            calendars={pack.name: _text(pack) for pack in pack_files(paths.root)},
            catalogue=len(catalogue),
            office_key=_text(paths.root / OFFICE_KEY).strip() if station.kind is StationKind.DESK else "",
            counter=station.counter,
        )


def _text(file: Path) -> str:
    return file.read_text("utf-8-sig") if file.exists() else ""


def reachable_database(url: str, here: str) -> str:
    """The database's address as another machine reaches it. here: the address under which that machine reached this
    desk; a database on this PC itself is found there."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if is_loopback(here) or (parts.hostname and not is_loopback(parts.hostname)):
        return url
    if not parts.hostname and query.get("host", "").strip() and not query["host"].startswith("/"):
        return url
    query.pop("host", None)
    login = parts.netloc.rpartition("@")[0]
    port = f":{parts.port}" if parts.port else ""
    place = f"{login}@{here}{port}" if login else f"{here}{port}"
    return parts._replace(netloc=place, query=urlencode(query)).geturl()
