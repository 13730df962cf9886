"""Everybody can find the way by ear and by key: names everywhere, Tab follows the eye, the focus can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from samples import BIRTH, MOTHER, NOON
from screen_checks import settle, unnamed

from ui.desk.citizen_view import CitizenWindow
from ui.desk.model import Queue, Recent
from ui.desk.view import DeskWindow
from ui.desk.work import Work
from ui.manager.view import ManagerWindow
from ui.pairing.join_page import JoinPage
from ui.rating.view import RatingWindow
from ui.station import DESK
from ui.theme.apply import dress
from ui.theme.look import Look
from ui.theme.tokens import THEMES
from ui.widgets.tab_order import in_eye_order

OFFICE = "Trung tâm Phục vụ hành chính công xã Mẫu"
RECENT = Recent("261123100010", "", "Đặng Thị Ánh", "Đăng ký kết hôn", "đã nhận", "", "đã gửi")


def a_desk() -> DeskWindow:
    window = DeskWindow(OFFICE, "Quầy 1 · Hoàng Thị Lan", lambda: NOON)
    window.show_queue(Queue(None, (), (("a7", "A007"),)))
    window.show_person(MOTHER)
    window.show_procedure(BIRTH)
    window.show_papers(Work("d", MOTHER, BIRTH).rows())
    window.show_recent([RECENT])
    return window


WINDOWS: dict[str, Callable[[], QWidget]] = {
    "quầy": a_desk,
    "màn hình cho người dân": lambda: CitizenWindow(OFFICE, QLabel()),
    "đánh giá": lambda: RatingWindow(OFFICE, "Quầy 1"),
    "lãnh đạo": lambda: ManagerWindow(OFFICE, lambda: NOON),
    "ghép máy": lambda: JoinPage(QSize(1366, 768)),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_every_part_of_every_window_that_takes_the_focus_can_be_named(qtbot: QtBot, name: str) -> None:
    window = WINDOWS[name]()
    qtbot.addWidget(window)
    assert unnamed(window) == []
    assert window.windowTitle() or window.accessibleName() or window.parent() is None


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[DeskWindow]:
    dress(qapp)
    window = a_desk()
    qtbot.addWidget(window)
    window.resize(DESK)
    window.show()
    window.activateWindow()
    settle()
    yield window
    dress(qapp)


def walked(window: DeskWindow) -> list[QWidget]:
    """Where Tab stops, from the first part round to it again."""
    found: list[QWidget] = []
    in_eye_order(window, window.rail, window.side)[0].setFocus()
    while (part := window.focusWidget()) is not None and part not in found:
        found.append(part)
        QTest.keyClick(part, Qt.Key.Key_Tab)
    return found


def test_tab_follows_the_eye_column_by_column_and_line_by_line(desk: DeskWindow) -> None:
    parts = walked(desk)
    names = [part.accessibleName() for part in parts]
    assert names[:9] == [
        "Gọi số tiếp theo",
        "Tạm nghỉ quầy",
        "Gọi lại số A007 đang tạm hoãn",
        "Thẻ căn cước",
        "Họ và tên",
        "Điện thoại",
        "Ngày sinh",
        "Giới tính",
        "Nơi cư trú",
    ]
    order = [names.index(n) for n in ("Thủ tục", "Danh sách giấy tờ", "Quét giấy tờ", "Tiếp nhận", "Hồ sơ gần đây")]
    assert order == sorted(order)
    QTest.keyClick(parts[0], Qt.Key.Key_Backtab)
    assert desk.focusWidget() is parts[-1]


@pytest.mark.parametrize("theme", THEMES)
def test_what_has_the_focus_looks_different(desk: DeskWindow, theme: str) -> None:
    desk.show_look(Look(theme))
    desk.resize(DESK)
    for part in walked(desk):
        desk.setFocus()
        settle(2)
        before = part.grab().toImage()
        part.setFocus(Qt.FocusReason.TabFocusReason)
        settle(2)
        if isinstance(part, QListWidget):
            assert part.count(), part.accessibleName()
        assert part.grab().toImage() != before, part.accessibleName()
