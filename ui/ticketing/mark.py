"""A mark beside a kiosk's store: how long its log was. A store that is shorter than its mark was set back. No Qt."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import structlog


@dataclass(frozen=True)
class StoreMark:
    """path: outside of the data directory, so that whoever puts a copy of that back does not put the mark back too."""

    path: Path

    def save(self, epoch: int, seq: int) -> None:
        """Not synced: after a power cut the mark may be behind, which says nothing; it is never ahead."""
        fresh = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(f"{epoch} {seq}", encoding="ascii")
            fresh.replace(self.path)
        except OSError as wrong:  # no number may fail for this
            structlog.get_logger().warning("kiosk.mark_not_kept", error=type(wrong).__name__)

    def lost_epoch(self, seq: int) -> int | None:
        """The epoch of which this store has lost numbers, None when it has not. seq: how long its log is now."""
        try:
            epoch, marked = map(int, self.path.read_text(encoding="ascii").split())
        except (OSError, ValueError):
            return None
        return epoch if marked > seq else None


def mark_of(root: Path) -> StoreMark:
    """The mark of a data directory."""
    import platformdirs

    name = hashlib.sha256(str(root.absolute()).encode()).hexdigest()[:16]
    return StoreMark(platformdirs.user_state_path("motcua", appauthor=False) / f"kiosk-{name}.mark")
