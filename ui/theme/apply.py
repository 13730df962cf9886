"""Dress the application once: fonts, style sheet, Fusion underneath so that every desktop looks the same."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ui.i18n.vi_qtbase import install_vietnamese
from ui.theme.fonts import load_fonts, role
from ui.theme.sheet import stylesheet
from ui.theme.tokens import LIGHT, Palette


def dress(app: QApplication, palette: Palette = LIGHT) -> None:
    """Fonts, Vietnamese for Qt's own words, and the style sheet."""
    load_fonts()
    app.setStyle("Fusion")
    app.setFont(role("body"))
    app.setStyleSheet(stylesheet(palette))
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    install_vietnamese(app)
