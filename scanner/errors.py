"""What a file or a recognition engine can get wrong; words for people are in `ui.i18n.errors`."""

from __future__ import annotations

from kiosk.errors import DeviceError, DeviceIOError, InputError, NotConnectedError, OutOfPaperError, PaperJamError


class EmptyFileError(InputError):
    """Nothing in the file. details: file."""

    code = "scan.empty"


class UnknownFormatError(InputError):
    """Not a picture or PDF, whatever its name says. details: file."""

    code = "scan.format"


class DamagedInputError(InputError):
    """Cut off or broken inside. details: file."""

    code = "scan.damaged"


class TooManyPixelsError(InputError):
    """A picture larger than any paper. details: file, width, height, limit (megapixels)."""

    code = "scan.pixels"


class TooSmallError(InputError):
    """A picture of so few dots that it is no paper. details: file, width, height."""

    code = "scan.small"


class TooManyPagesError(InputError):
    """details: file, pages, limit."""

    code = "scan.pages"


class FileTooLargeError(InputError):
    """details: file, megabytes, limit."""

    code = "scan.size"


class LockedPdfError(InputError):
    """The PDF asks for a password. details: file."""

    code = "scan.locked"


class HeavyFileError(InputError):
    """Opening it needs more memory or time than any paper does. details: file."""

    code = "scan.heavy"


class NothingToReadError(InputError):
    """A folder without a single picture or PDF. details: file."""

    code = "scan.nothing"


class NotAFileError(InputError):
    """A pipe, a device, a folder, or in a folder that strangers write to a link: nothing to read pages from.
    details: file."""

    code = "scan.not_a_file"


class SeveralFilesError(InputError):
    """Of the files that were given together, some cannot be used; the others were. details: count, kept (pages),
    files."""

    code = "scan.several"


class UnreadableFileError(InputError):
    """The system refuses to open the file. details: file."""

    code = "scan.unreadable"


class UnwritableFolderError(InputError):
    """The folder for the results is a file, is locked, or cannot be made. details: folder."""

    code = "scan.folder"


class FeederEmptyError(OutOfPaperError):
    """No sheet in the scanner's feeder."""

    code = "device.feeder"


class FeederTroubleError(PaperJamError):
    """A sheet cannot be drawn in as it lies: not taken, too short or long, too many sheets in the feeder."""

    code = "device.jam.feeder"


class FolderAwayError(NotConnectedError):
    """A hot folder, or the machine that it is on, cannot be reached. details: device (the folder)."""

    code = "device.offline.folder"


class LowResolutionError(InputError):
    """Below what an archived paper must have. details: dpi, least."""

    code = "scan.dpi"


class ScanSettingError(InputError):
    """A setting that does not exist, or that this device cannot do. details: setting, value, allowed."""

    code = "scan.setting"


class ScanRefusedError(DeviceIOError):
    """The machine answers, but does not begin a scan with these settings. details: device."""

    code = "device.io.refused"


class DeviceTimeoutError(DeviceIOError):
    """No page came within the time allowed. details: device, seconds."""

    code = "device.timeout"


class NoScanProgramError(DeviceError):
    """The system has no `scanimage`. details: device, package."""

    code = "device.no_program"


class OcrError(DeviceError):
    """Recognition did not work; the page itself is safe. details: device."""

    code = "ocr"


class MissingEngineError(OcrError):
    """Tesseract is not installed. details: package."""

    code = "ocr.engine"


class MissingLanguageError(OcrError):
    """The engine lacks its language data. details: lang, package."""

    code = "ocr.language"


class OcrTimeoutError(OcrError):
    """details: seconds."""

    code = "ocr.timeout"
