"""A kept page as the strip shows it."""

from __future__ import annotations

from collections.abc import Collection

from kiosk.domain.scan import ScannedPage
from kiosk.services.digitisation import is_read, open_findings
from ui.desk.model import STOPPED, WAITING, PageThumb


def thumb_of(page: ScannedPage, png: bytes, stopped: Collection[str] = ()) -> PageThumb:
    """png: its small picture, b"" where none could be made; stopped: ids of pages that cannot be read."""
    sheet = page.meta.get("separator")
    return PageThumb(
        page.id,
        page.number,
        0,
        png,
        page.discarded,
        page.blank,
        _warning(page),
        open_findings(page),
        (str(sheet[0]), int(sheet[1]), int(sheet[2])) if sheet else None,
        tuple(str(code["text"]) for code in page.meta.get("codes", ())),
        "" if is_read(page) else STOPPED if page.id in stopped else WAITING,
        " ".join(str(step["did"]) for step in page.meta.get("steps", ())),
    )


def _warning(page: ScannedPage) -> str:
    """What the quality gate and the reading say of a page, each once."""
    told = [f.words for f in open_findings(page)]
    return " ".join(dict.fromkeys([*told, *(str(w) for w in page.meta.get("warnings", ()))]))
