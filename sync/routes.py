"""Which procedure goes where: data, not code. A connection that names procedures takes them, another takes the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.config import ProvinceConfig
from sync.connection import Connection, connection_of
from sync.errors import NoProvinceError


@dataclass(frozen=True)
class Routes:
    connections: tuple[Connection, ...]

    def connection(self, procedure_code: str) -> Connection:
        """The connection with the longest beginning of the code; else the first that names none.

        Raises: NoProvinceError when no connection takes this procedure.
        """
        best = max(self.connections, key=lambda c: _fit(c.procedures, procedure_code), default=None)
        if best is None or _fit(best.procedures, procedure_code) < 0:
            raise NoProvinceError
        return best


def routes_of(provinces: Sequence[ProvinceConfig], agency_code: str) -> Routes:
    """The routes of the configuration; a table without an address is not a connection. Raises: BadConnectionError."""
    return Routes(tuple(connection_of(p, agency_code) for p in provinces if p.url))


def _fit(beginnings: Sequence[str], code: str) -> int:
    """Length of the best beginning, 0 for "takes all", -1 for "not mine"."""
    if not beginnings:
        return 0
    return max((len(b) for b in beginnings if code == b or code.startswith(b)), default=-1)
