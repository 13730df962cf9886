"""The client that a connection's generation needs."""

from __future__ import annotations

from sync.connection import Connection
from sync.errors import ByFolderError
from sync.g2_province import G2Province
from sync.http_province import HttpProvince
from sync.messages.forms import Generation
from sync.province import ProvinceClient


def client_of(connection: Connection) -> ProvinceClient:
    """Raises: ByFolderError for a connection that has no line."""
    match connection.generation:
        case Generation.G2:
            return G2Province(connection)
        case Generation.FILES:
            raise ByFolderError(reason=connection.name)
    return HttpProvince(connection)
