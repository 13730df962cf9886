"""What can be wrong with a data pack or a catalogue file; nothing has been changed when one of these is raised."""

from __future__ import annotations

from kiosk.errors import InputError


class PackError(InputError):
    """A data pack (office, calendar, starter catalogue) is wrong. details: file, key, problem."""

    code = "pack.invalid"


class CalendarRangeError(InputError):
    """No calendar is known for that year. details: year, first, last."""

    code = "calendar.range"


class CatalogueFileError(InputError):
    """The file is not a national procedure catalogue. details: file, problem."""

    code = "catalogue.file"


class CatalogueTruncatedError(InputError):
    """The JSON breaks off or is damaged. details: file, line."""

    code = "catalogue.truncated"


class CatalogueShapeError(InputError):
    """JSON, but not the answer of LayThuTuc. details: file, problem."""

    code = "catalogue.shape"


class CatalogueTooLargeError(InputError):
    """Larger than any catalogue; not read. details: file, megabytes."""

    code = "catalogue.too_large"


def unreadable(error: OSError) -> str:
    """Why a file cannot be read, in Vietnamese."""
    if isinstance(error, FileNotFoundError):
        return "không có tệp này"
    if isinstance(error, PermissionError):
        return "không có quyền đọc tệp"
    return "đây là thư mục" if isinstance(error, IsADirectoryError) else "ổ đĩa không đọc được tệp"
