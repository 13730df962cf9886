"""Failures of the store beyond those of `kiosk.errors`; nothing was changed when one is raised."""

from __future__ import annotations

from kiosk.errors import InputError, StorageError


class BusyStoreError(StorageError):
    """Another program has held the database longer than anyone may wait. details: seconds."""

    code = "storage.busy"
    exit_code = 1


class StoreOfflineError(StorageError):
    """The office's database server cannot be reached or closed the connection.

    Codes of its kinds begin with this one: whoever goes on without the server does so in each case.
    """

    code = "storage.offline"
    exit_code = 1


class NoDatabaseYetError(StoreOfflineError):
    """The server answers, and has no database of this name. details: database."""

    code = "storage.offline.no_database"


class NotLetInError(StoreOfflineError):
    """The server answers, and its `pg_hba.conf` does not let this machine in."""

    code = "storage.offline.not_let_in"


class NoLoginError(StoreOfflineError):
    """The address in the settings has no login: a kiosk's, whose own one serves its numbers alone."""

    code = "storage.offline.no_login"


class LoginRefusedError(StoreOfflineError):
    """The office's database answers, and does not know this station's login, or not any more."""

    code = "storage.login_refused"


class DiskTroubleError(StorageError):
    """The disk reported an error while reading or writing; the act was undone."""

    code = "storage.io"


class ReadOnlyFolderError(StorageError):
    """The data folder is locked against writing, is a file, or cannot be made. details: folder."""

    code = "storage.read_only"


class ForeignDatabaseError(StorageError):
    """The file or database is not one of this program's. details: file."""

    code = "storage.foreign"


class NetworkFolderError(StorageError):
    """The folder lies on another machine, where file locks cannot be trusted. details: folder, kind."""

    code = "storage.network_folder"


class MissingKeyError(StorageError):
    """There is a database but its key file is gone. details: file."""

    code = "storage.key_missing"


class BadKeyFileError(StorageError):
    """The key file does not hold 64 hexadecimal digits. details: file."""

    code = "storage.key_file"


class ConflictError(StorageError):
    """A row that must be unique exists already, such as one official code on two dossiers. details: what."""

    code = "storage.conflict"


class NoRightError(StorageError):
    """The database does not let this login do that: a public station, or a desk where only the owner may act."""

    code = "storage.no_right"
    exit_code = 1


class OlderDatabaseError(StorageError):
    """The tables are older than this program, and this login cannot bring them up to date. details: found, known."""

    code = "storage.older"
    exit_code = 1


class BadAddressError(InputError):
    """The address of the database server cannot be read. It holds a password, so it is not repeated."""

    code = "storage.address"
