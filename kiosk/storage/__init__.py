"""The office's store: SQLAlchemy behind the ports of `kiosk.services`. Start at `open_store`.

The names are looked up when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.storage.late import late_store
    from kiosk.storage.local import open_desk, open_local
    from kiosk.storage.roles import drop_login, grant_roles, make_login, station_url
    from kiosk.storage.store import Store, open_file, open_public, open_server, open_store

__all__ = [
    "Store",
    "drop_login",
    "grant_roles",
    "late_store",
    "make_login",
    "open_desk",
    "open_file",
    "open_local",
    "open_public",
    "open_server",
    "open_store",
    "station_url",
]
ELSEWHERE = {
    "late_store": "late",
    **dict.fromkeys(("open_desk", "open_local"), "local"),
    **dict.fromkeys(("drop_login", "grant_roles", "make_login", "station_url"), "roles"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"kiosk.storage.{ELSEWHERE.get(name, 'store')}"), name)
