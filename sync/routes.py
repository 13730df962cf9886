"""Which procedure goes where: data, not code. A connection that names procedures takes them, another takes the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.province_config import ProvinceConfig
from sync.connection import Connection
from sync.errors import ByFolderError, NoProvinceError
from sync.settings import connection_of


@dataclass(frozen=True)
class Routes:
    """connections: in the order of the settings; those without a line are carried by folder."""

    connections: tuple[Connection, ...]

    @property
    def lines(self) -> tuple[Connection, ...]:
        """Those that go over a network."""
        return tuple(c for c in self.connections if c.is_line)

    def line(self, procedure_code: str) -> Connection:
        """The line that takes this procedure. Raises: NoProvinceError; ByFolderError where a folder is carried."""
        connection = self.connection(procedure_code)
        if not connection.is_line:
            raise ByFolderError(connection=connection.name)
        return connection

    def takes(self, connection: Connection, procedure_code: str) -> bool:
        """Whether this procedure goes over this connection."""
        try:
            return self.connection(procedure_code) is connection
        except NoProvinceError:
            return False

    def connection(self, procedure_code: str) -> Connection:
        """The connection with the longest beginning of the code; else the first that names none.

        Raises: NoProvinceError when no connection takes this procedure.
        """
        best = max(self.connections, key=lambda c: _fit(c.procedures, procedure_code), default=None)
        if best is None or _fit(best.procedures, procedure_code) < 0:
            raise NoProvinceError
        return best


def routes_of(provinces: Sequence[ProvinceConfig], agency_code: str) -> Routes:
    """The routes of the configuration; a table without an address is not a connection, unless a folder is carried.

    Raises: BadConnectionError, MissingSecretError, NoKeyringError.
    """
    return Routes(tuple(connection_of(p, agency_code) for p in provinces if p.url or p.generation == "files"))


def _fit(beginnings: Sequence[str], code: str) -> int:
    """Length of the best beginning, 0 for "takes all", -1 for "not mine"."""
    if not beginnings:
        return 0
    return max((len(b) for b in beginnings if code == b or code.startswith(b)), default=-1)
