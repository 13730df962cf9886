"""What becomes one document. Light: the command line reads it at every start."""

from __future__ import annotations

from enum import StrEnum


class One(StrEnum):
    """What the titles on the pages say, each file, or each folder."""

    AUTO = "auto"
    FILE = "file"
    FOLDER = "folder"
