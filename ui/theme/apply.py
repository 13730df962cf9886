"""Dress the application: fonts, style sheet and colours, Fusion underneath so that every desktop looks the same."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.i18n.vi_qtbase import install_vietnamese
from ui.theme.fonts import load_fonts, role
from ui.theme.look import Look, set_look
from ui.theme.sheet import stylesheet
from ui.theme.tokens import Palette

_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "edge",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "surface",
}


def dress(app: QApplication, chosen: Look | None = None) -> None:
    """Fonts, Vietnamese for Qt's own words, and the style sheet; again whenever another look is chosen."""
    chosen = chosen or Look()
    set_look(chosen)
    load_fonts()
    sheet = stylesheet(chosen.palette, chosen.type_factor)
    if app.styleSheet() != sheet:  # Qt dresses every widget of every window again, even in the same
        app.setStyle("Fusion")
        app.setFont(role("body"))
        app.setPalette(qt_palette(chosen.palette))
        app.setStyleSheet(sheet)
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    install_vietnamese(app)


def qt_palette(colours: Palette) -> QPalette:
    """The tokens for what the style sheet does not reach: Qt's own dialogs and menus."""
    made = QPalette()
    for role_of, token in _ROLES.items():
        made.setColor(role_of, QColor(str(getattr(colours, token))))
    for role_of in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role_of, QColor(colours.edge))
    return made
