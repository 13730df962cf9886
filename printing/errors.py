"""What can go wrong with paper, named after who must act."""

from __future__ import annotations

from kiosk.errors import DeviceError, InputError


class PrinterPausedError(DeviceError):
    """The queue is stopped or takes no jobs; somebody must resume it. details: device, reason."""

    code = "print.paused"


class PrintRefusedError(DeviceError):
    """The printer took the job and gave it up. details: device, reason."""

    code = "print.refused"


class PrintUnconfirmedError(DeviceError):
    """The printer did not say in time that the paper came out; the job was taken back. details: device, seconds."""

    code = "print.unconfirmed"


class WrongPaperKindError(InputError):
    """This device cannot print this kind of paper. details: device, paper."""

    code = "print.wrong_kind"


class UnknownFormSetError(InputError):
    """No layout is known for this set of forms. details: form_set, known."""

    code = "print.form_set"


class UnknownFormError(InputError):
    """No such form. details: name, known."""

    code = "print.form"


class UnknownTargetError(InputError):
    """The configuration names a kind of printer that does not exist. details: target, known."""

    code = "print.target"


class UnwritableFileError(InputError):
    """The folder of the file is missing or may not be written. details: file."""

    code = "print.unwritable"


class UnknownFileKindError(InputError):
    """The file's suffix says no format that we write. details: file, known."""

    code = "print.file_kind"
