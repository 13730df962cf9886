"""Files that another system was told of: what is taken away later has to be told as gone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ToldFile:
    """file_id: of the document; component, name: as they stood on the wire; url: where the other system keeps it."""

    file_id: str
    component: str
    name: str
    url: str
    sha256: str
    size: int
