"""The store that a station has for itself, beside the office's: under a random key of its own."""

from __future__ import annotations

from pathlib import Path

from kiosk.storage.folders import refuse_network_folder
from kiosk.storage.keys import office_key
from kiosk.storage.store import FILES, Store, open_file

LOCAL_FILE, LOCAL_KEY = "kiosk.db", "kiosk.key"


def open_local(root: Path) -> Store:
    """Open it, made first where there is none. Raises: as `kiosk.storage.open_store`."""
    root = root.absolute()
    refuse_network_folder(root)
    path = root / LOCAL_FILE
    return open_file(path, office_key(root / LOCAL_KEY, path.exists()), root / FILES)
