"""Database errors told as `kiosk.errors`: who must act. What is not listed here is a bug and stays what it is."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from kiosk.errors import DiskFullError, InputError, KioskError, StaleError, WrongKeyError
from kiosk.storage.engine import READS
from kiosk.storage.errors import (
    BusyStoreError,
    ConflictError,
    DiskTroubleError,
    LoginRefusedError,
    NoDatabaseYetError,
    NoLoginError,
    NoRightError,
    NotLetInError,
    ReadOnlyFolderError,
    StoreOfflineError,
)
from kiosk.storage.folders import is_full

BUSY_TIMEOUT_S = 10

# SQLite's primary result codes (sqlite.org/rescode.html).
BUSY, LOCKED, NO_MEMORY, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANT_OPEN, NOT_A_DATABASE = 5, 6, 7, 8, 10, 11, 13, 14, 26

# Two people did the same thing in the same instant: (SQLite's words, PostgreSQL's constraint).
RACES = {
    "tickets.touch": "uq_tickets_touch",
    "tickets.counter": "uq_tickets_active_counter",
    "dossiers.draft_key": "uq_dossiers_draft_key",
    "pages.id": "pk_pages",
    "series_grants.letter": "uq_series_grants_letter",
}


REFUSED_LOGIN = re.compile(r'password authentication failed|role "[^"]*" (does not exist|is not permitted to log in)')
NO_DATABASE = re.compile(r'database "([^"]*)" does not exist')


class BadTextError(InputError):
    """The text holds characters that the database cannot keep."""

    code = "input.text"


def translate(engine: Engine, folder: Path | None = None) -> None:
    """From now on every foreseen failure of this engine, commit and connect included, is a KioskError.

    folder: where the database lies, for an embedded one.
    """

    @event.listens_for(engine, "handle_error")
    def _explain(context: ExceptionContext) -> None:
        if context.is_pre_ping:
            return  # the pool replaces a connection that the server closed meanwhile; whether that works is told then
        error = context.original_exception
        told = from_postgres(error) if hasattr(error, "sqlstate") else from_sqlite(error, folder)
        if told is None or (isinstance(told, ReadOnlyFolderError) and _only_reads(context)):
            return
        if isinstance(told, DiskTroubleError):
            context.is_disconnect = True  # a connection that met a bad sector is not trusted again
        raise told from error


def _only_reads(context: ExceptionContext) -> bool:
    """A screen that tries to write is a bug; its folder is in order."""
    return context.connection is not None and bool(context.connection.get_execution_options().get(READS))


def from_sqlite(error: BaseException, folder: Path | None = None) -> KioskError | None:
    """By result code; unique violations by the columns that the message names.

    SQLite tells of a full disk only while it writes rows; where it has no room for its shared memory it says "disk I/O
    error", so the disk of `folder` is asked.
    """
    code, words = getattr(error, "sqlite_errorcode", 0) & 0xFF, str(error)
    if words.startswith("UNIQUE constraint failed"):
        stale = any(column in words for column in RACES)
        return StaleError(words) if stale else ConflictError(words, what=words.rpartition(": ")[2])
    if code in (BUSY, LOCKED):
        return BusyStoreError(words, seconds=BUSY_TIMEOUT_S)
    if code == FULL or "disk is full" in words:
        return DiskFullError(words)
    if code == READ_ONLY or (code == CANT_OPEN and folder is not None and not os.access(folder, os.W_OK)):
        return ReadOnlyFolderError(words, folder=str(folder or ""))
    if code in (IO_ERROR, CANT_OPEN) and folder is not None and is_full(folder):
        return DiskFullError(words)
    if code in (IO_ERROR, CORRUPT, CANT_OPEN, NO_MEMORY):
        return DiskTroubleError(words)
    return WrongKeyError(words) if code == NOT_A_DATABASE else None


def from_postgres(error: BaseException) -> KioskError | None:
    """By SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html)."""
    state, words = getattr(error, "sqlstate", None), str(error)
    if state is None:
        return _unreached(words) if type(error).__name__ == "OperationalError" else _bad_text(error)
    if state == "23505":
        name = getattr(getattr(error, "diag", None), "constraint_name", "") or ""
        return StaleError(words) if name in RACES.values() else ConflictError(words, what=name)
    if state in ("40P01", "40001"):
        return StaleError(words)
    if state == "55P03":
        return BusyStoreError(words, seconds=BUSY_TIMEOUT_S)
    if state in ("53100", "58030"):
        return DiskFullError(words) if state == "53100" else DiskTroubleError(words)
    if state in ("22021", "22P05"):
        return BadTextError(words)
    if state == "42501":
        return NoRightError(words)
    return StoreOfflineError(words) if state[:2] in ("08", "57", "28") else None


def _unreached(words: str) -> StoreOfflineError:
    """libpq gives no SQLSTATE for a connection that was not made, only the server's words."""
    if REFUSED_LOGIN.search(words):
        return LoginRefusedError(words)
    if missing := NO_DATABASE.search(words):
        return NoDatabaseYetError(words, database=missing[1])
    if "no pg_hba.conf entry" in words:
        return NotLetInError(words)
    return NoLoginError(words) if "no password supplied" in words else StoreOfflineError(words)


def _bad_text(error: BaseException) -> KioskError | None:
    return BadTextError(str(error)) if type(error).__name__ == "DataError" else None
