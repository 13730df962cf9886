"""Own line icons on a 24 x 24 grid, drawn as SVG strokes in any colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SHAPES: dict[str, str] = {
    "family": (
        '<circle cx="8" cy="6.5" r="2.7"/>'
        '<circle cx="16.5" cy="8" r="2.1"/>'
        '<path d="M3 20v-3.5A4.5 4.5 0 0 1 7.5 12h1A4.5 4.5 0 0 1 13 16.5V20"/>'
        '<path d="M13.8 13.2c.8-.5 1.7-.7 2.7-.7 2.6 0 4.5 1.7 4.5 4.2V20"/>'
    ),
    "stamp": (
        '<path d="M9.5 13.5c0-3-1.8-4-1.8-6.4a4.3 4.3 0 0 1 8.6 0c0 2.4-1.8 3.4-1.8 6.4"/>'
        '<path d="M5 17.5v-1.2a2.8 2.8 0 0 1 2.8-2.8h8.4a2.8 2.8 0 0 1 2.8 2.8v1.2z"/>'
        '<path d="M5 21h14"/>'
    ),
    "land": ('<path d="M3 6.5 9 4l6 2.5L21 4v13.5L15 20l-6-2.5L3 20z"/><path d="M9 4v13.5M15 6.5V20"/>'),
    "heart": ('<path d="M12 20s-7.5-4.4-7.5-10.1A4.2 4.2 0 0 1 12 7.2a4.2 4.2 0 0 1 7.5 2.7C19.5 15.6 12 20 12 20z"/>'),
    "house": ('<path d="M4 11.5 12 4.5l8 7"/><path d="M6 10v9.5h12V10"/><path d="M10 19.5v-5.5h4v5.5"/>'),
    "shop": (
        '<path d="M4.5 10v9.5h15V10"/>'
        '<path d="M3.5 9.5 5 4.5h14l1.5 5a2.8 2.8 0 0 1-5.6 0 2.9 2.9 0 0 1-5.8 0 2.8 2.8 0 0 1-5.6 0z"/>'
        '<path d="M9.5 19.5v-5h5v5"/>'
    ),
    "inbox": ('<path d="M4 13.5 6.5 5h11L20 13.5V19H4z"/><path d="M4 13.5h4.5l1.2 2.5h4.6l1.2-2.5H20"/>'),
    "folder": (
        '<path d="M3.5 6.5A1.5 1.5 0 0 1 5 5h4.5l2 2.5H19A1.5 1.5 0 0 1 20.5 9v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5'
        ' 1.5 0 0 1 3.5 18z"/>'
    ),
    "school": (
        '<path d="M2.5 9.5 12 5l9.5 4.5L12 14z"/>'
        '<path d="M6.5 11.8V16c1.5 1.5 3.5 2.2 5.5 2.2s4-.7 5.5-2.2v-4.2"/>'
        '<path d="M21.5 9.5V15"/>'
    ),
    "elder": (
        '<circle cx="10.5" cy="4.8" r="2.1"/>'
        '<path d="M8 21l1.8-5.5L9 11.5c-.2-1.7.6-3 2-3.2 1.3-.2 2.1.7 2.6 1.9l1 2.3 2.4.8"/>'
        '<path d="M12 15.5l1.3 5.5"/>'
        '<path d="M17.5 13.3V21"/>'
    ),
    "pregnant": (
        '<circle cx="11" cy="4.8" r="2.2"/>'
        '<path d="M9 9.2h2.8c1.2 0 1.7.8 1.9 2l.2 1c1.4.5 2.1 1.5 2.1 2.6 0 1.6-1.3 2.5-3 2.5V21M9'
        ' 9.2v6.3L8.5 21"/>'
    ),
    "wheelchair": (
        '<circle cx="10" cy="4.5" r="1.9"/>'
        '<path d="M10 8v6h5l2.5 5H19"/>'
        '<path d="M10 10.5h4.5"/>'
        '<path d="M7.6 11.6a5 5 0 1 0 6.5 6.4"/>'
    ),
    "medal": (
        '<circle cx="12" cy="14.5" r="5.5"/>'
        '<path d="M8.8 10 5.5 3.5h4.5l2 4.3 2-4.3h4.5L15.2 10"/>'
        '<path d="m12 12.2.8 1.6 1.7.2-1.2 1.2.3 1.7-1.6-.8-1.6.8.3-1.7-1.2-1.2 1.7-.2z"/>'
    ),
    "baby": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M9 11h.01M15 11h.01"/>'
        '<path d="M9 14.8c.9.8 1.9 1.2 3 1.2s2.1-.4 3-1.2"/>'
        '<path d="M12 3.5c-1 .8-1.2 2 0 2.9"/>'
    ),
    "bell": ('<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z"/><path d="M10 21h4"/>'),
    "hand": (
        '<path d="M8 12V6a1.5 1.5 0 0 1 3 0v5M11 10.5V4.5a1.5 1.5 0 0 1 3 0V11M14 11V6a1.5 1.5 0 0 1 3'
        ' 0v8.5c0 4-2 6.5-5.5 6.5-2.8 0-4-1.3-5.3-3.6L4.2 13.8c-.8-1.5 1-2.6 2-1.5L8 14.3"/>'
    ),
    "printer": (
        '<path d="M7 9V4h10v5"/><rect x="3.5" y="9" width="17" height="7.5" rx="1.5"/><path d="M7 14h10v6H7z"/>'
    ),
    "card": (
        '<rect x="3" y="5" width="18" height="14" rx="2"/>'
        '<circle cx="8.5" cy="11" r="2"/>'
        '<path d="M5.5 15.8c.6-1.2 1.7-1.8 3-1.8s2.4.6 3 1.8M14 10h4.5M14 13.5h4.5"/>'
    ),
    "search": ('<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>'),
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "warn": ('<path d="M12 4 2.5 20h19z"/><path d="M12 10v4.5M12 17.5h.01"/>'),
    "info": ('<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.8h.01"/>'),
    "clock": ('<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>'),
    "scan": (
        '<path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5'
        ' 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M3.5 12h17"/>'
    ),
    "cloud": '<path d="M7 18.5a4 4 0 0 1-.6-8A5.8 5.8 0 0 1 17.6 9a4.8 4.8 0 0 1-.6 9.5z"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "speaker": (
        '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/><path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>'
    ),
    "mute": '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/><path d="M16 9.5l5 5M21 9.5l-5 5"/>',
    "down": '<path d="M6 9.5l6 6 6-6"/>',
    "people": ('<circle cx="12" cy="8" r="3.2"/><path d="M5.5 20v-1.5a5 5 0 0 1 5-5h3a5 5 0 0 1 5 5V20"/>'),
    "paper": ('<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6M9 16h6"/>'),
    "face-very-good": (
        '<circle cx="12" cy="12" r="9.5"/><path d="M7 9.8c.5-1 1.9-1 2.4 0M14.6 9.8c.5-1 1.9-1 2.4 0"/>'
        '<path d="M6.8 13.6h10.4c-.4 2.9-2.5 4.8-5.2 4.8s-4.8-1.9-5.2-4.8z"/>'
    ),
    "face-good": (
        '<circle cx="12" cy="12" r="9.5"/><path d="M8.6 9.2v.9M15.4 9.2v.9"/>'
        '<path d="M7.6 14.2c1.1 1.7 2.6 2.5 4.4 2.5s3.3-.8 4.4-2.5"/>'
    ),
    "face-neutral": '<circle cx="12" cy="12" r="9.5"/><path d="M8.6 9.2v.9M15.4 9.2v.9M8 15.2h8"/>',
    "face-bad": (
        '<circle cx="12" cy="12" r="9.5"/><path d="M8.6 9.9v.9M15.4 9.9v.9M6.9 8.6l2.5-1.1M17.1 8.6l-2.5-1.1"/>'
        '<path d="M7.8 17c1-1.7 2.5-2.5 4.2-2.5s3.2.8 4.2 2.5"/>'
    ),
    "talk": ('<path d="M4 5.5h16v10.5H11L6.5 20v-4H4z"/><path d="M8 9.5h8M8 12.5h5"/>'),
    "smile": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M9 9.7v.6M15 9.7v.6"/>'
        '<path d="M8.3 14c.9 1.3 2.1 2 3.7 2s2.8-.7 3.7-2"/>'
    ),
    "trips": ('<path d="M4 9.5h13l-3.5-3.5M20 14.5H7l3.5 3.5"/>'),
    "seat": ('<path d="M7 4v9h9.5"/><path d="M7 13v7M16.5 13v7"/><path d="M7 16.5h9.5"/>'),
}

NAMES = frozenset(_SHAPES)


@lru_cache(maxsize=256)
def icon(name: str, px: int, colour: str, stroke: float = 1.7) -> QPixmap:
    """A square pixmap of an icon; unknown names draw the folder."""
    shape = _SHAPES.get(name, _SHAPES["folder"])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
        f'stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
    )
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap
