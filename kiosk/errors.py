"""Foreseen failures, named after who must act. Screens and logs key on `code`; the words are in `ui.i18n.errors`."""

from __future__ import annotations

from typing import ClassVar


class KioskError(Exception):
    """A foreseen failure. `details` fills the placeholders of the screen text; it never reaches a log."""

    code: ClassVar[str] = "kiosk"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message or self.code)
        self.details = details


class RuleError(KioskError):
    """The officer or the applicant must change something."""

    code = "rule"


class InputError(KioskError):
    """What was given cannot be used as it is; nothing was changed."""

    code = "input"
    exit_code = 2


class NotFoundError(InputError):
    """No such ticket, dossier, procedure or device. details: what, key."""

    code = "input.not_found"


class StorageError(KioskError):
    """The disk or the database needs attention; nothing was changed."""

    code = "storage"
    exit_code = 2


class DiskFullError(StorageError):
    """No room left; the act was undone."""

    code = "storage.full"


class NewerDatabaseError(StorageError):
    """The database was made by a newer version of the program. details: found, known."""

    code = "storage.newer"


class WrongKeyError(StorageError):
    """The database does not open with this office's key."""

    code = "storage.key"


class UnsafeEngineError(StorageError):
    """The linked SQLite may lose committed rows. details: version."""

    code = "storage.engine"


class DamagedFileError(StorageError):
    """A file of the vault is missing or no longer matches its hash. details: file."""

    code = "storage.damaged"


class StaleError(KioskError):
    """Somebody else changed the same ticket or dossier a moment ago; read it again."""

    code = "stale"


class DeviceError(KioskError):
    """Someone must attend to the equipment. details: device."""

    code = "device"


class OutOfPaperError(DeviceError):
    code = "device.paper"


class PaperJamError(DeviceError):
    code = "device.jam"


class CoverOpenError(DeviceError):
    code = "device.cover"


class DoubleFeedError(DeviceError):
    code = "device.double_feed"


class DeviceBusyError(DeviceError):
    code = "device.busy"


class CancelledError(DeviceError):
    code = "device.cancelled"


class NotConnectedError(DeviceError):
    code = "device.offline"


class DeviceIOError(DeviceError):
    code = "device.io"


class TransientSyncError(KioskError):
    """The province cannot be reached or did not answer clearly; the job waits and is tried again.

    look_again_s: of what no waiting mends by itself, so that hundreds of jobs are not tried each minute; None for the
    usual pauses."""

    code = "sync.transient"
    look_again_s: ClassVar[float | None] = None


class RejectedSyncError(KioskError):
    """The province refused the entry; an officer must correct it. details: reason."""

    code = "sync.rejected"
