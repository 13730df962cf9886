"""Tokens to one Qt style sheet: colours, edges and states only. Sizes of type are set by `ui.theme.fonts`."""

from __future__ import annotations

import re
from string import Template

from ui.theme.tokens import RADIUS, Palette

_SHEET = Template("""
QWidget { color: $ink; }
QWidget#window, QWidget[kind="window"], QMainWindow, QDialog { background: $ground; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: $ink_2; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="info"] { color: $info; }
QLabel[tone="on"] { color: $on_accent; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[kind="card"][current="true"] { border: 2px solid $accent; }
QFrame[kind="sunken"] { background: $sunken; border: none; border-radius: ${radius}px; }
QFrame[kind="accent"] { background: $accent; border: none; border-radius: ${radius}px; }
QFrame[kind="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[kind="foot"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[kind="rule"] { background: $line; border: none; }

QFrame[kind="notice"] { border-radius: ${radius}px; border: 1px solid transparent; }
QFrame[kind="notice"][tone="good"] { background: $good_soft; border-color: $good; }
QFrame[kind="notice"][tone="warn"] { background: $warn_soft; border-color: $warn; }
QFrame[kind="notice"][tone="bad"] { background: $bad_soft; border-color: $bad; }
QFrame[kind="notice"][tone="info"] { background: $info_soft; border-color: $info; }

QLabel[kind="chip"] { border-radius: 6px; padding: 2px 8px; background: $sunken; color: $ink_2; }
QLabel[kind="chip"][tone="good"] { background: $good_soft; color: $good; }
QLabel[kind="chip"][tone="warn"] { background: $warn_soft; color: $warn; }
QLabel[kind="chip"][tone="bad"] { background: $bad_soft; color: $bad; }
QLabel[kind="chip"][tone="info"] { background: $info_soft; color: $info; }
QLabel[kind="chip"][tone="accent"] { background: $accent_soft; color: $accent_deep; }
QLabel[kind="keycap"] {
  border: 1px solid $line; border-bottom: 2px solid $edge; border-radius: 5px; padding: 0 5px;
  background: $ground; color: $ink_2; }
QLabel[kind="keycap"][tone="on"] { background: transparent; border: 1px solid $on_accent; color: $on_accent; }

QPushButton { background: $surface; color: $ink; border: 1px solid $edge; border-radius: ${radius}px;
  padding: 6px 14px; }
QPushButton:hover { background: $ground; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $edge; background: $ground; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[kind="primary"]:hover { background: $accent_deep; }
QPushButton[kind="primary"]:pressed { background: $accent_deep; }
QPushButton[kind="primary"]:focus { border: 3px solid $ink; padding: 4px 12px; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $edge; border-color: $line; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover { background: $sunken; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 0 6px; }
QPushButton[kind="link"]:hover { background: $accent_soft; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 5px; }
QPushButton[kind="tile"] { background: $surface; border: 1px solid $line; border-radius: 20px; padding: 0; }
QPushButton[kind="tile"]:pressed, QPushButton[kind="tile"][current="true"] {
  background: $accent_soft; border: 3px solid $accent; }
QPushButton[kind="tile"]:focus { border: 3px solid $accent; }
QPushButton[kind="tile"][tone="good"] { background: $good_soft; border: 2px solid $good; }
QPushButton[kind="tile"][tone="info"] { background: $info_soft; border: 2px solid $info; }
QPushButton[kind="tile"][tone="warn"] { background: $warn_soft; border: 2px solid $warn; }
QPushButton[kind="tile"][tone="bad"] { background: $bad_soft; border: 2px solid $bad; }
QPushButton[kind="tile"][tone]:pressed, QPushButton[kind="tile"][tone]:focus { border: 5px solid $ink; }
QPushButton[kind="tile"]:disabled { background: $ground; }

QLineEdit, QPlainTextEdit, QComboBox { background: $surface; color: $ink; border: 1px solid $edge; border-radius: 8px;
  padding: 5px 10px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: 4px 9px; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $edge; }
QLineEdit:disabled { background: $ground; color: $edge; border-color: $line; }
QLineEdit[tone="bad"], QComboBox[tone="bad"] { border: 2px solid $bad; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; selection-background-color: $accent_soft;
  selection-color: $ink; }

QListView { background: $surface; border: 1px solid $line; border-radius: ${radius}px; outline: 0; }
QListView:focus { border: 2px solid $accent; }
QListView::item { padding: 7px 8px; border-radius: 8px; color: $ink; }
QListView::item:selected { background: $accent_soft; color: $ink; }
QListView[kind="plain"] { border: 2px solid transparent; background: transparent; }
QListView[kind="plain"]:focus { border: 2px solid $accent; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $edge; border-radius: 3px; min-height: 28px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 3px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 22px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $edge; }
QToolTip { background: $ink; color: $surface; border: none; padding: 6px 8px; }
""")


def stylesheet(palette: Palette, zoom: float = 1.0) -> str:
    """The whole sheet for one palette; its edges and paddings grow with the letters."""
    sheet = _SHEET.substitute(vars(palette), radius=RADIUS)
    return sheet if zoom == 1.0 else re.sub(r"(\d+)px", lambda found: f"{int(int(found[1]) * zoom)}px", sheet)
