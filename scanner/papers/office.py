"""What papers are told by: what the program was taught, and every lesson of an office's log."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.services.ports import Units
from kiosk.services.understanding import LessonLog, Taught
from scanner.papers.anchors import Anchor
from scanner.papers.model import Lesson, PaperModel, shipped


@dataclass
class Known:
    """anchors: learned labels by kind."""

    model: PaperModel = field(default_factory=lambda: PaperModel(shipped()))
    anchors: dict[str, list[Anchor]] = field(default_factory=dict)


@dataclass
class OfficeModel(Known):
    """One for each worker; `refresh` before each use."""

    units: Units = field(kw_only=True)
    _log: LessonLog = field(default_factory=LessonLog)

    def refresh(self) -> OfficeModel:
        """Learn what was confirmed anywhere in the office since the last time, and forget what was taken back."""
        with self.units() as look:
            came, went = self._log.read(look)
        for taught in went:
            self.model.remove(_lesson(taught))
        for taught in came:
            self.model.add(_lesson(taught))
        if came or went:
            self._collect_anchors()
        return self

    def _collect_anchors(self) -> None:
        """The newest first: an office's form may have changed."""
        found: dict[str, dict[Anchor, None]] = {}
        for taught in sorted(self._log.lessons.values(), key=lambda t: t.at.isoformat() if t.at else "", reverse=True):
            for data in taught.anchors:
                found.setdefault(taught.code, {})[Anchor.of(data)] = None
        self.anchors = {code: list(anchors) for code, anchors in found.items()}


def _lesson(taught: Taught) -> Lesson:
    return Lesson(taught.page, taught.code, taught.buckets)
