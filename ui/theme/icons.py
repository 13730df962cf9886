"""Own line icons on a 24 x 24 grid, drawn as SVG strokes in any colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SHAPES: dict[str, str] = {
    "family": '<circle cx="8" cy="6.5" r="2.7"/><circle cx="16.5" cy="8" r="2.1"/><path d="M3 20v-3.5A4.5 4.5 0 0 1 7.5 12h1'
    'A4.5 4.5 0 0 1 13 16.5V20"/><path d="M13.8 13.2c.8-.5 1.7-.7 2.7-.7 2.6 0 4.5 1.7 4.5 4.2V20"/>',
    "stamp": '<path d="M9.5 13.5c0-3-1.8-4-1.8-6.4a4.3 4.3 0 0 1 8.6 0c0 2.4-1.8 3.4-1.8 6.4"/><path d="M5 17.5v-1.2'
    'a2.8 2.8 0 0 1 2.8-2.8h8.4a2.8 2.8 0 0 1 2.8 2.8v1.2z"/><path d="M5 21h14"/>',
    "land": '<path d="M3 6.5 9 4l6 2.5L21 4v13.5L15 20l-6-2.5L3 20z"/><path d="M9 4v13.5M15 6.5V20"/>',
    "heart": '<path d="M12 20s-7.5-4.4-7.5-10.1A4.2 4.2 0 0 1 12 7.2a4.2 4.2 0 0 1 7.5 2.7C19.5 15.600 12 20 12 20z"/>',
    "house": '<path d="M4 11.500 12 4.500l8 7"/><path d="M6 10v9.500h12V10"/><path d="M10 19.500v-5.500h4v5.500"/>',
    "shop": '<path d="M4.500 10v9.500h15V10"/><path d="M3.500 9.500 5 4.500h14l1.500 5a2.800 2.800 0 0 1-5.600 0 2.900 2.900 0 0 1-5.800 0'
    ' 2.800 2.800 0 0 1-5.600 0z"/><path d="M9.500 19.500v-5h5v5"/>',
    "inbox": '<path d="M4 13.500 6.500 5h11L20 13.500V19H4z"/><path d="M4 13.500h4.500l1.200 2.500h4.600l1.200-2.500H20"/>',
    "folder": '<path d="M3.500 6.500A1.500 1.500 0 0 1 5 5h4.500l2 2.500H19A1.500 1.500 0 0 1 20.500 9v9a1.500 1.500 0 0 1-1.500 1.500H5A1.500'
    ' 1.500 0 0 1 3.500 18z"/>',
    "school": '<path d="M2.500 9.500 12 5l9.500 4.500L12 14z"/><path d="M6.500 11.800V16c1.500 1.500 3.500 2.200 5.500 2.200s4-.7 5.500-2.200v-4.200"/>'
    '<path d="M21.500 9.500V15"/>',
    "elder": '<circle cx="10.500" cy="4.800" r="2.100"/><path d="M8 21l1.800-5.500L9 11.500c-.2-1.700.6-3 2-3.200 1.300-.2 2.100.7 2.600 1.900l1 2.300'
    ' 2.400.8"/><path d="M12 15.500l1.300 5.500"/><path d="M17.500 13.300V21"/>',
    "pregnant": '<circle cx="11" cy="4.800" r="2.200"/><path d="M9 9.200h2.800c1.200 0 1.700.8 1.900 2l.2 1c1.400.5 2.100 1.500 2.100 2.600 0 1.600-1.300'
    ' 2.500-3 2.500V21M9 9.200v6.300L8.500 21"/>',
    "wheelchair": '<circle cx="10" cy="4.500" r="1.900"/><path d="M10 8v6h5l2.500 5H19"/><path d="M10 10.500h4.500"/><path d="M7.600 11.600a5'
    ' 5 0 1 0 6.500 6.400"/>',
    "medal": '<circle cx="12" cy="14.500" r="5.500"/><path d="M8.800 10 5.500 3.500h4.500l2 4.300 2-4.300h4.500L15.200 10"/>'
    '<path d="m12 12.200.8 1.600 1.700.2-1.200 1.200.3 1.700-1.600-.8-1.600.8.3-1.700-1.200-1.200 1.700-.2z"/>',
    "baby": '<circle cx="12" cy="12" r="8.500"/><path d="M9 11h.01M15 11h.01"/><path d="M9 14.800c.9.8 1.900 1.200 3 1.200s2.100-.4 3-1.200"/>'
    '<path d="M12 3.500c-1 .8-1.200 2 0 2.900"/>',
    "bell": '<path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 2h-15z"/><path d="M10 21h4"/>',
    "hand": '<path d="M8 12V6a1.500 1.500 0 0 1 3 0v5M11 10.500V4.500a1.500 1.500 0 0 1 3 0V11M14 11V6a1.500 1.500 0 0 1 3 0v8.500c0 4-2 6.500-5.500'
    ' 6.500-2.800 0-4-1.300-5.300-3.600L4.200 13.800c-.8-1.500 1-2.600 2-1.500L8 14.300"/>',
    "printer": '<path d="M7 9V4h10v5"/><rect x="3.500" y="9" width="17" height="7.500" rx="1.500"/><path d="M7 14h10v6H7z"/>',
    "card": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.500" cy="11" r="2"/><path d="M5.500 15.800c.6-1.200 1.700-1.800'
    ' 3-1.800s2.400.6 3 1.800M14 10h4.500M14 13.500h4.500"/>',
    "search": '<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5 5"/>',
    "check": '<path d="m5 12.500 4.500 4.500L19 7.500"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "warn": '<path d="M12 4 2.500 20h19z"/><path d="M12 10v4.500M12 17.500h.01"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.800h.01"/>',
    "clock": '<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>',
    "scan": '<path d="M4 8V5.500A1.500 1.500 0 0 1 5.500 4H8M16 4h2.500A1.500 1.500 0 0 1 20 5.500V8M20 16v2.500a1.500 1.500 0 0 1-1.500 1.500H16M8'
    ' 20H5.500A1.500 1.500 0 0 1 4 18.500V16M3.500 12h17"/>',
    "cloud": '<path d="M7 18.500a4 4 0 0 1-.6-8A5.800 5.800 0 0 1 17.600 9a4.800 4.800 0 0 1-.6 9.500z"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "people": '<circle cx="12" cy="8" r="3.200"/><path d="M5.500 20v-1.500a5 5 0 0 1 5-5h3a5 5 0 0 1 5 5V20"/>',
    "paper": '<path d="M6 3.500h8l4.500 4.500v12.500H6z"/><path d="M14 3.500V8h4.500M9 12.500h6M9 16h6"/>',
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
