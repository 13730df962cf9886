"""Opens an office from its data directory: settings, facts, store, calendar. The one place that builds the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kiosk.clock import office_now
from kiosk.config import Config, read_config
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.due import Counting
from kiosk.domain.event import Actor
from kiosk.domain.office import Office
from kiosk.domain.training import training_facts
from kiosk.errors import StorageError
from kiosk.services.ports import ChangeFeed, UnitOfWork, Vault
from kiosk.services.reception import Desk, eight_hours
from kiosk.storage import Store, late_store, open_local, open_public, open_store
from kiosk.storage.engine import is_server
from kiosk.storage.folders import disk_error
from kiosk.storage.store import KEY_FILE
from kiosk.storage.whole_files import drop_staged, finish_replacing, put_in_place, stage_files

if TYPE_CHECKING:
    from kiosk.catalogue.calendar_files import CalendarFiles
    from kiosk.domain.fees import Tariff
    from kiosk.domain.held import PeopleRules
    from kiosk.domain.membership import Membership
    from kiosk.domain.notice_rules import NoticeRules
    from kiosk.domain.station import StationKind
    from kiosk.services.waiting import WaitingTimes

STARTER_MARK = "starter-catalogue"  # cursor that says the shipped catalogue is in


@dataclass(frozen=True)
class Paths:
    """Where an office keeps what on its disk."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def office(self) -> Path:
        return self.root / "office.toml"

    @property
    def papers(self) -> Path:
        return self.root / "papers"

    @property
    def results(self) -> Path:
        """PDFs of results, named after their dossiers' codes, wait here until an officer records them."""
        return self.root / "results"

    @property
    def languages(self) -> Path:
        """Packs of further languages for the kiosk."""
        return self.root / "languages"

    @property
    def messages(self) -> Path:
        """Messages to citizens, as files for whoever sends them."""
        return self.root / "tin-nhan"

    @property
    def notices(self) -> Path:
        """Texts and pictures for the hall's screen."""
        return self.root / "notices"


def data_root(data: Path | None) -> Path:
    """The directory given, else $MOTCUA_DATA, else the user's data directory."""
    if data is not None:
        return data
    if chosen := os.environ.get("MOTCUA_DATA"):
        return Path(chosen)
    import platformdirs

    return platformdirs.user_data_path("motcua", appauthor=False)


@dataclass(frozen=True)
class OpenedFar:
    """The office's store as a kiosk with a store of its own has it: over the network, while it answers."""

    store: Store
    facts: Office
    hours: WorkingCalendar

    def units(self) -> UnitOfWork:
        return self.store.units()

    def reads(self) -> UnitOfWork:
        return self.store.reads()

    def now(self) -> datetime:
        """The office's clock: its server's."""
        from kiosk.storage.server_clock import server_now

        return server_now(self.store.engine)

    @cached_property
    def waits(self) -> WaitingTimes:
        from kiosk.services.waiting import WaitingTimes, closed_spans

        return WaitingTimes(self.facts, self.units, self.reads, closed_spans(self.hours))

    def close(self) -> None:
        self.store.close()


@dataclass
class OpenedOffice:
    """A running program's hold on one office; close it, or use it in a `with`."""

    paths: Paths
    config: Config
    facts: Office
    store: Store
    # Of a kiosk with a store of its own: opens the office's, which may be away.
    open_far: Callable[[], OpenedFar] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()
        if "own" in self.__dict__:
            self.own.close()

    @cached_property
    def own(self) -> Store:
        """What a desk keeps on this machine for the time when the office's database is away (`desk.db`)."""
        from kiosk.storage import open_desk

        return open_desk(self.paths.root)

    def units(self) -> UnitOfWork:
        """A unit of work that writes."""
        return self.store.units()

    def reads(self) -> UnitOfWork:
        """A unit of work that only reads and never waits for a writer."""
        return self.store.reads()

    def now(self) -> datetime:
        """The clock that all stations of the office agree on: its database server's."""
        from kiosk.storage.server_clock import server_now

        return server_now(self.store.engine)

    def trusted(self, own: datetime) -> datetime:
        """This machine's clock, for a number that is given now. Raises: WrongClockError, StoreOfflineError."""
        from kiosk.storage.server_clock import refuse_wrong_clock

        refuse_wrong_clock(self.store.engine, own)
        return own

    @property
    def vault(self) -> Vault:
        return self.store.vault

    @property
    def separator_key(self) -> bytes:
        """What this office signs its separator sheets with. Raises: MissingKeyError, BadKeyFileError, StorageError."""
        from kiosk.storage.keys import derived, office_key

        return derived(office_key(self.paths.root / KEY_FILE, database_exists=True), "separators")

    @property
    def bundle_key(self) -> bytes:
        """What this office's keys for sticks are made of. Raises: as `separator_key`."""
        from kiosk.storage.keys import derived, office_key

        return derived(office_key(self.paths.root / KEY_FILE, database_exists=True), "bundles")

    @property
    def feed(self) -> ChangeFeed:
        return self.store.feed

    @property
    def actor(self) -> Actor:
        """The officer and station of the settings, away from any counter."""
        station = self.config.station
        return Actor(station.officer, station.name, roles=self.facts.roles_of(station.officer))

    def at_counter(self, counter: str, officer: str = "") -> Actor:
        station = self.config.station
        login = officer or station.officer
        return Actor(login, station.name, counter, self.facts.roles_of(login))

    @cached_property
    def calendars(self) -> CalendarFiles:
        from kiosk.catalogue.calendar_files import CalendarFiles

        return CalendarFiles(self.paths.root, self.facts.saturday_fields)

    def calendar(self, field: str) -> WorkingCalendar:
        """The working calendar of a field of procedures."""
        return self.calendars.of_field(field)

    @cached_property
    def waits(self) -> WaitingTimes:
        """How long numbers wait here; learns from this office's own past, once a day."""
        from kiosk.services.waiting import WaitingTimes, closed_spans

        return WaitingTimes(self.facts, self.units, self.reads, closed_spans(self.calendar("")))

    @cached_property
    def desk(self) -> Desk:
        counting, paper_at = Counting(self.config.counting), self.config.prints_at("slip")
        names = self.config.officers
        return Desk(
            self.facts,
            self.calendar,
            _form_set(),
            counting,
            names,
            paper_at,
            lambda: self.calendars.fingerprint,
            online_accept=lambda: self.calendars.now.pack.online_accept or eight_hours(),
            people=self.people_rules,
            tariff=self.tariff,
        )

    @cached_property
    def tariff(self) -> Tariff:
        """Levels of fees, of the program and of this office's packs. Raises: PackError."""
        from kiosk.catalogue.tariff import load_tariff

        return load_tariff(self.paths.root)

    @cached_property
    def notices(self) -> NoticeRules:
        """When and how citizens are messaged. Raises: PackError."""
        from kiosk.catalogue.notice_pack import NOTICES_FILE, load_notices

        path = self.paths.root / NOTICES_FILE
        return load_notices(path if path.exists() else None)

    @cached_property
    def people_rules(self) -> PeopleRules:
        """Who may submit for whom, and which papers may be used again. Raises: PackError."""
        from kiosk.catalogue.people_pack import PEOPLE_FILE, load_people

        path = self.paths.root / PEOPLE_FILE
        return load_people(path if path.exists() else None)


def _form_set() -> Callable[[date], str]:
    from printing.forms.sets import in_force

    return in_force


def open_office(data: Path | None = None, *, may_wait: bool = False) -> OpenedOffice:
    """Open the office of a data directory, making it on first use with the shipped catalogue.

    may_wait: a station that was set up before also opens while the office's database server is away; whatever asks for
    data then gets StoreOfflineError until it is back.
    Raises: ConfigError, StorageError and its kinds, InputError for a bad office pack.
    """
    from kiosk.catalogue.office_pack import load_office

    paths = Paths(data_root(data))
    finish_replacing(paths.root)
    config = read_config(paths.config)
    facts = load_office(paths.office if paths.office.exists() else None)
    facts = training_facts(facts) if config.training else facts
    _make_folders(paths)
    try:
        office = OpenedOffice(paths, config, facts, _store(config, paths))
    except StorageError as error:
        if not may_wait or not error.code.startswith("storage.offline") or not _was_set_up(config, paths):
            raise
        return OpenedOffice(paths, config, facts, late_store(config.database, lambda: _store(config, paths)))
    try:
        if not office.store.is_public:
            _seed(office)
    except BaseException:
        office.close()
        raise
    return office


def open_waiting(data: Path | None = None) -> OpenedOffice:
    """For a window that must stand, whatever the office's database server does. Raises: as `open_office`."""
    return open_office(data, may_wait=True)


def open_kiosk(data: Path | None = None) -> OpenedOffice:
    """Open what a kiosk's window works on: in an office with several stations a store of the kiosk's own, so that it
    starts and gives numbers while the office's database is away; else the office. Raises: as `open_office`."""
    from kiosk.catalogue.office_pack import load_office
    from kiosk.services.membership import membership_of

    paths = Paths(data_root(data))
    finish_replacing(paths.root)
    config = read_config(paths.config)
    if config.station.kind != "kiosk" or not config.database:
        return open_office(data)
    facts = load_office(paths.office if paths.office.exists() else None)
    _make_folders(paths)
    office = OpenedOffice(paths, config, facts, open_local(paths.root))

    def open_far() -> OpenedFar:
        with office.reads() as look:
            known = membership_of(look)
        url = (known.office_url if known else "") or config.database
        return OpenedFar(_store(config.model_copy(update={"database": url}), paths), facts, office.calendar(""))

    office.open_far = open_far
    return office


def keep_membership(root: Path, membership: Membership) -> None:
    """Keep what a station was given when it was paired, in its own store (`kiosk.db`, under `kiosk.key`).

    Also while the station runs: it looks again at its next heartbeat. Raises: StorageError and its kinds.
    """
    from kiosk.machine import this_machine
    from kiosk.services.membership import join

    _make_folders(Paths(root))
    store = open_local(root)
    try:
        join(store.units(), replace(membership, machine=membership.machine or this_machine()), now=office_now())
    finally:
        store.close()


def is_paired(root: Path) -> bool:
    """Whether this machine has a store of its own with a membership in it."""
    from kiosk.storage.local import LOCAL_FILE

    return (root / LOCAL_FILE).exists()


def open_own(root: Path) -> Store:
    """This machine's own store, made by its pairing. Raises: as `kiosk.storage.open_store`."""
    return open_local(root)


def prepare_logins(office: OpenedOffice) -> None:
    """Make ready for logins of stations, before a code is shown. Raises: NoRolePowerError, StorageError."""
    from kiosk.storage import grant_roles

    grant_roles(office.store.engine)


def new_login(url: str, station: str, kind: StationKind) -> str:
    """The office's database for one station alone; a login that it had before ends. Raises: NoRolePowerError."""
    from kiosk.storage import make_login, station_url

    return station_url(url, station, make_login(url, station, kind))


def end_login(url: str, station: str) -> None:
    """Shut a station out of the database, with its connections. Raises: NoRolePowerError, StorageError."""
    from kiosk.storage import drop_login

    drop_login(url, station)


def become_station(root: Path, files: Mapping[str, bytes | None], membership: Membership) -> None:
    """Keep what a pairing gave: settings and packs, all or none, and the membership. files: name in `root` -> content,
    None to take it away. Raises: StorageError and its kinds."""
    stage_files(root, files)
    try:
        keep_membership(root, membership)
        put_in_place(root)
    except BaseException:
        drop_staged(root)
        raise


def reach_database(url: str) -> None:
    """Raises: StoreOfflineError."""
    from kiosk.storage.reach import reach

    reach(url)


def tables_version() -> str:
    """Which tables this program works with; stations of one office share them."""
    from kiosk.storage.schema import HEAD

    return HEAD


def _store(config: Config, paths: Paths) -> Store:
    """A station in the hall has a login of its own and no office key, so it gets the hall's windows only."""
    if config.station.kind != "desk" and is_server(config.database) and not (paths.root / KEY_FILE).exists():
        return open_public(config.database)
    return open_store(config.database or paths.root / "office.db", paths.root)


def has_office(data: Path | None = None) -> bool:
    """Whether an office was made, or joined, in this data directory; nothing is opened."""
    return (data_root(data) / KEY_FILE).exists()


def _was_set_up(config: Config, paths: Paths) -> bool:
    """A machine that has never reached the office has nothing to go on with."""
    return config.station.kind != "desk" or (paths.root / KEY_FILE).exists()


def _make_folders(paths: Paths) -> None:
    """For this user alone: printed slips lie there as they are. A folder that is there keeps the rights it was given.

    Raises: DiskFullError, StorageError.
    """
    try:
        for folder in (paths.root, paths.papers, paths.results):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error) from error


def _seed(office: OpenedOffice) -> None:
    """Bring the shipped catalogue in once; several processes may start at the same moment."""
    with office.reads() as look:
        if look.exchange.cursor(STARTER_MARK):
            return
    from filelock import FileLock

    from kiosk.catalogue.starter import load_starter
    from kiosk.services.catalogue import import_catalogue

    with FileLock(office.paths.root / ".setup.lock"):
        with office.reads() as look:
            if look.exchange.cursor(STARTER_MARK):
                return
        import_catalogue(office.units(), load_starter(), actor=office.actor, now=office_now())
        with office.units() as uow:
            uow.exchange.set_cursor(STARTER_MARK, "1")
            uow.commit()
