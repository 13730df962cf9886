"""Which procedure goes where: data, not code. A connection that names procedures takes them, another takes the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from kiosk.errors import KioskError
from kiosk.province_config import ProvinceConfig
from sync.connection import Connection
from sync.errors import BadConnectionError, BrokenConnectionError, ByFolderError, NoProvinceError
from sync.settings import connection_of
from sync.tls import verification

log = structlog.get_logger()


@dataclass(frozen=True)
class Broken:
    """A connection whose settings cannot be used. Its procedures wait for it: nobody else gets them meanwhile."""

    name: str
    procedures: tuple[str, ...]
    problem: KioskError


@dataclass(frozen=True)
class Routes:
    """connections: in the order of the settings; those without a line are carried by folder."""

    connections: tuple[Connection, ...]
    broken: tuple[Broken, ...] = ()

    @property
    def lines(self) -> tuple[Connection, ...]:
        """Those that go over a network."""
        return tuple(c for c in self.connections if c.is_line)

    def line(self, procedure_code: str) -> Connection:
        """The line that takes this procedure. Raises: as `connection`; ByFolderError where a folder is carried."""
        connection = self.connection(procedure_code)
        if not connection.is_line:
            raise ByFolderError(reason=connection.name)
        return connection

    def takes(self, connection: Connection, procedure_code: str) -> bool:
        """Whether this procedure goes over this connection."""
        try:
            return self.connection(procedure_code) is connection
        except (NoProvinceError, BrokenConnectionError):
            return False

    def is_carried(self, procedure_code: str) -> bool:
        """Whether this procedure's dossiers wait for a stick."""
        try:
            return not self.connection(procedure_code).is_line
        except (NoProvinceError, BrokenConnectionError):
            return False

    def connection(self, procedure_code: str) -> Connection:
        """The connection with the longest beginning of the code; else the first that names none.

        Raises: NoProvinceError when no connection takes this procedure; BrokenConnectionError.
        """
        every: tuple[Connection | Broken, ...] = (*self.connections, *self.broken)
        best = max(every, key=lambda c: _fit(c.procedures, procedure_code), default=None)
        if best is None or _fit(best.procedures, procedure_code) < 0:
            raise NoProvinceError
        if isinstance(best, Broken):
            raise BrokenConnectionError(connection=best.name, reason=best.name)
        return best


def routes_of(provinces: Sequence[ProvinceConfig], agency_code: str) -> Routes:
    """The routes of the configuration; a table without an address is not a connection, unless a folder is carried.

    A connection that cannot be used stops nothing else; `motcua sync test` says what is wrong with it.
    """
    connections: list[Connection] = []
    broken: list[Broken] = []
    for config in provinces:
        if not config.url and config.generation != "files":
            continue
        try:
            if config.name in [c.name for c in connections]:
                # Cursors, marks and secrets are kept under the name.
                raise BadConnectionError(field="name", value=config.name)
            connection = connection_of(config, agency_code)
            verification(connection)
        except KioskError as problem:
            log.warning("connection not usable", connection=config.name, code=problem.code)
            broken.append(Broken(config.name, config.procedures, problem))
        else:
            connections.append(connection)
    return Routes(tuple(connections), tuple(broken))


def _fit(beginnings: Sequence[str], code: str) -> int:
    """Length of the best beginning, 0 for "takes all", -1 for "not mine"."""
    if not beginnings:
        return 0
    return max((len(b) for b in beginnings if code == b or code.startswith(b)), default=-1)
