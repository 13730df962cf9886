"""No English is left in what Qt itself shows: buttons, menus of a right click, the file dialog, scroll bars."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.i18n.vi_qtbase import COMPILED
from ui.theme.apply import dress


def words_of_buttons(qtbot: QtBot) -> set[str]:
    box = QMessageBox()
    qtbot.addWidget(box)
    for kind in QMessageBox.StandardButton:
        if kind.value and kind.value <= QMessageBox.StandardButton.RestoreDefaults.value:
            box.addButton(kind)
    box.setDetailedText("chi tiết")
    asked = QInputDialog()
    qtbot.addWidget(asked)
    asked.show()
    return {button.text() for part in (box, asked) for button in part.findChildren(QPushButton)}


def words_of_menus(qtbot: QtBot) -> set[str]:
    found: set[str] = set()
    for field in (QLineEdit("chữ"), QPlainTextEdit("chữ"), QTextBrowser()):
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        found |= {action.text().split("\t")[0] for action in menu.actions()}
        menu.deleteLater()
    return found


def words_of_the_file_dialog(qtbot: QtBot, folder: Path) -> set[str]:
    dialog = QFileDialog(None, "", str(folder), "*.pdf")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    found = {dialog.labelText(name) for name in QFileDialog.DialogLabel}
    for part in dialog.findChildren(QWidget):
        found |= {part.toolTip(), part.accessibleName()}
        if isinstance(part, QLabel | QPushButton | QToolButton) and not isinstance(part.parent(), QComboBox):
            found.add(part.text())
        if isinstance(part, QTreeView) and part.model() is not None:
            heads = range(part.model().columnCount())
            found |= {str(part.model().headerData(n, Qt.Orientation.Horizontal)) for n in heads}
    return found | {action.text() for action in dialog.findChildren(QAction)}


def collected(qtbot: QtBot, folder: Path) -> set[str]:
    found = words_of_buttons(qtbot) | words_of_menus(qtbot) | words_of_the_file_dialog(qtbot, folder)
    return {words for words in found if any(c.isalpha() for c in words)}


def test_every_word_of_qt_is_another_one_with_our_vietnamese(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    ours = qapp.findChild(QTranslator, COMPILED.stem)
    assert ours is not None
    qapp.removeTranslator(ours)
    english = collected(qtbot, tmp_path)
    qapp.installTranslator(ours)
    vietnamese = collected(qtbot, tmp_path)
    assert len(english) > 40
    assert english & vietnamese == set()


def test_the_compiled_words_are_those_of_the_source() -> None:
    source = COMPILED.with_suffix(".ts").read_text(encoding="utf-8")
    ours = QTranslator()
    assert ours.load(str(COMPILED))
    for english, vietnamese in (("Name", "Tên"), ("Date Modified", "Ngày sửa")):
        assert f"<source>{english}</source>" in source
        assert ours.translate("QFileSystemModel", english) == vietnamese
