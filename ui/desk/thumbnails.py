"""Small pictures of pages for the scan strip, made once off the UI thread."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

SIZE = (116, 160)  # px; drawn at half of it, so it stays sharp on a screen of twice the density
KEPT = 400


class Thumbnails:
    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def has(self, page_id: str) -> bool:
        return page_id in self._made

    def png(self, page_id: str) -> bytes:
        """b"" for a page whose picture could not be made."""
        return self._made.get(page_id, b"")

    def make(self, page_id: str, content: bytes) -> None:
        if len(self._made) >= KEPT:
            self._made.pop(next(iter(self._made)))
        self._made[page_id] = thumbnail(content)


def thumbnail(content: bytes, size: tuple[int, int] = SIZE) -> bytes:
    """PNG no larger than `size`; b"" for bytes that are no image."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.draft("RGB", size)
            small = image.convert("RGB")
            small.thumbnail(size)
            small.save(out, "PNG")
    except (UnidentifiedImageError, OSError, ValueError):
        return b""
    return out.getvalue()
