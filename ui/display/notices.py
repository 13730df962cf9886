"""What the hall reads between calls: short texts and pictures of a folder, in turn. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from kiosk.text import nfc

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
MOST_BYTES = 20_000_000
MOST_LETTERS = 400  # more cannot be read from a chair before the next one comes
MOST_NOTICES = 60
STILL = timedelta(seconds=10)  # after a call nothing moves beside it


@dataclass(frozen=True)
class Notice:
    """Either a text (its first line is the heading) or a picture."""

    title: str = ""
    body: str = ""
    picture: Path | None = None


class Notices(Protocol):
    def all(self) -> Sequence[Notice]:
        """What there is now, in order; reads the disk, off the UI thread. What cannot be read is left out."""


def text_notice(text: str) -> Notice:
    title, _line, body = nfc(text).strip()[:MOST_LETTERS].partition("\n")
    return Notice(title.strip(), body.strip())


@dataclass(frozen=True)
class NoticeFolder:
    """texts: of the settings, shown first; then the files of the folder by name."""

    folder: Path
    texts: tuple[str, ...] = ()

    def all(self) -> Sequence[Notice]:
        made = [text_notice(text) for text in self.texts if text.strip()]
        try:
            files = sorted(self.folder.iterdir())
        except OSError:
            return made
        made += [notice for file in files if (notice := _of_file(file)) is not None]
        return made[:MOST_NOTICES]


def _of_file(file: Path) -> Notice | None:
    kind = file.suffix.lower()
    try:
        if file.name.startswith(".") or not file.is_file() or file.stat().st_size > MOST_BYTES:
            return None
        if kind in PICTURES:
            return Notice(file.stem, picture=file)
        if kind == ".txt" and (text := file.read_text(encoding="utf-8-sig", errors="replace").strip()):
            return text_notice(text)
    except OSError:
        return None
    return None


@dataclass
class NoticeTurns:
    """Whose turn it is. each: how long one stands; load: asks for a fresh list, answered by `take`; live: a notice made
    at the moment of its turn, which comes after the list's last; None when there is nothing to say."""

    each: timedelta
    load: Callable[[], None]
    show: Callable[[Notice | None], None]
    live: Callable[[datetime], Notice | None] = lambda _: None
    _list: Sequence[Notice] = ()
    _at: int = -1
    _since: datetime | None = None
    _still_since: datetime | None = None
    _is_live: bool = False  # the last one shown was made for its turn

    def take(self, notices: Sequence[Notice]) -> None:
        if not notices and self._list:
            self.show(None)
        self._list, self._at = notices, min(self._at, len(notices) - 1)

    def hold(self, now: datetime) -> None:
        """A call is being made: eyes belong to it."""
        self._still_since = now

    def on_tick(self, now: datetime) -> None:
        if self._still_since is not None and abs(now - self._still_since) < STILL:
            return
        if self._since is not None and abs(now - self._since) < self.each:
            return
        self._since = now
        self._at += 1
        if self._at == len(self._list) and (made := self.live(now)) is not None:
            self._is_live = True
            self.show(made)
            return
        if self._at >= len(self._list):
            self.load()  # the folder may have changed; the list that comes is shown from its beginning
            self._at = 0 if self._list else -1
        if self._list:
            self.show(self._list[self._at])
        elif self._is_live and self.live(now) is None:
            self.show(None)
        self._is_live = self._is_live and not self._list
