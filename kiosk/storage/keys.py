"""The office key: 256 random bits in a file that only the program's user may read; every other key comes from it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from kiosk.storage.errors import BadKeyFileError, MissingKeyError
from kiosk.storage.folders import disk_error, sync_folder, write_synced

KEY_BYTES = 32


def office_key(file: Path, database_exists: bool) -> bytes:
    """Read the key; make it once, atomically, while there is no database that another key would have locked.

    Raises: MissingKeyError, BadKeyFileError, StorageError.
    """
    if not file.exists():
        if database_exists:
            raise MissingKeyError(file=str(file))
        _make(file)
    try:
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (ValueError, UnicodeDecodeError):
        raise BadKeyFileError(file=str(file)) from None
    if len(key) != KEY_BYTES:
        raise BadKeyFileError(file=str(file))
    return key


def _make(file: Path) -> None:
    """Whole or not at all: a link fails when another process was first, and then its key is the office's."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_synced(draft, secrets.token_hex(KEY_BYTES).encode("ascii") + b"\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        sync_folder(file.parent)
    except OSError as error:
        raise disk_error(error) from error
    finally:
        draft.unlink(missing_ok=True)


def derived(key: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose ("database", "vault", "check"); none tells anything about another."""
    return hmac.new(key, f"motcua {purpose} v1".encode(), hashlib.sha256).digest()
