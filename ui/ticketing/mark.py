"""A mark beside a kiosk's store: how long its log was under each epoch. A store that is shorter was set back. No Qt."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import structlog

KEPT = 20  # epochs: more pairings than a kiosk sees in its life


@dataclass
class StoreMark:
    """path: outside of the data directory, so that whoever puts a copy of that back does not put the mark back too."""

    path: Path
    _lengths: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        try:
            lines = self.path.read_text(encoding="ascii").splitlines()
            self._lengths = {int(epoch): int(seq) for epoch, seq in map(str.split, lines)}
        except (OSError, ValueError):
            self._lengths = {}

    def save(self, epoch: int, seq: int) -> None:
        """Not synced: after a power cut the mark may be behind, which says nothing; it is never ahead."""
        self._lengths.pop(epoch, None)
        self._lengths[epoch] = seq
        for old in list(self._lengths)[:-KEPT]:
            del self._lengths[old]
        fresh = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text("".join(f"{e} {s}\n" for e, s in self._lengths.items()), encoding="ascii")
            fresh.replace(self.path)
        except OSError as wrong:  # no number may fail for this
            structlog.get_logger().warning("kiosk.mark_not_kept", error=type(wrong).__name__)

    def is_longer(self, epoch: int, seq: int) -> bool:
        """Whether numbers were given here that a store with this epoch and a log of `seq` lines does not know."""
        return self._lengths.get(epoch, 0) > seq


def mark_of(root: Path) -> StoreMark:
    """The mark of a data directory."""
    import platformdirs

    name = hashlib.sha256(str(root.absolute()).encode()).hexdigest()[:16]
    return StoreMark(platformdirs.user_state_path("motcua", appauthor=False) / f"kiosk-{name}.mark")
