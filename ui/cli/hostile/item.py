"""One hostile file: its name, its bytes or what is to be done to the folder, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    """What the desk did with a file: said no with a sentence; read it and told that it was broken; or read it, because
    what is odd about it does no harm."""

    REFUSED = "refused"
    MENDED = "mended"
    READ = "read"


R, M, OK = Outcome.REFUSED, Outcome.MENDED, Outcome.READ
ANY = frozenset(Outcome)
BAD = frozenset({R, M})
GOOD = frozenset({OK})

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Item:
    """name: of the file, unique in the corpus; make: bytes, or what puts the file at a path; allowed: outcomes that are
    right; group: for the report."""

    group: str
    name: str
    make: bytes | Make
    allowed: frozenset[Outcome] = frozenset({R})

    def write(self, folder: Path) -> Path:
        """Raises: OSError where the system cannot hold such a file, such as a device without being root."""
        path = folder / self.name
        if isinstance(self.make, bytes):
            path.write_bytes(self.make)
        else:
            self.make(path)
        return path
