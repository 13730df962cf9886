"""The store that a station has for itself, beside the office's: under a random key of its own."""

from __future__ import annotations

from pathlib import Path

from kiosk.storage.folders import refuse_network_folder
from kiosk.storage.keys import office_key
from kiosk.storage.store import FILES, Store, open_file

LOCAL_FILE, LOCAL_KEY = "kiosk.db", "kiosk.key"
DESK_FILE, DESK_KEY = "desk.db", "desk.key"


def open_desk(root: Path) -> Store:
    """What a desk keeps for the time when the office's database is away; made first where there is none."""
    return open_local(root, DESK_FILE, DESK_KEY)


def open_local(root: Path, file: str = LOCAL_FILE, key: str = LOCAL_KEY) -> Store:
    """Open it, made first where there is none. Raises: as `kiosk.storage.open_store`."""
    root = root.absolute()
    refuse_network_folder(root)
    path = root / file
    return open_file(path, office_key(root / key, path.exists()), root / FILES)
