"""Vietnamese for Qt's own words (buttons, edit menus, file dialogs): Qt ships no Vietnamese base translation.

The words are in vi_qtbase.ts, compiled. Never a QTranslator subclass in Python: PySide 6.12 loses a reference to None
with each look-up that it answers, and ends the process after some thousands of them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

COMPILED = Path(__file__).with_suffix(".qm")


def install_vietnamese(app: QCoreApplication) -> None:
    """Install once for an application; it owns the translator."""
    if app.findChild(QTranslator, COMPILED.stem) is None:
        words = QTranslator(app)
        words.setObjectName(COMPILED.stem)
        words.load(str(COMPILED))
        app.installTranslator(words)
