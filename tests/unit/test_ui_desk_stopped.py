"""The panel of stopped pages by keyboard, the second scanner beside the first, and files dropped on the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from ui.desk.intake_presenter import IntakePresenter
from ui.desk.stopped_panel import StoppedPanel
from ui.desk.stopped_presenter import AGAIN, AS_IT_IS, LEAVE_OUT, REASONS, StoppedPresenter, StoppedRow
from ui.desk.view import DeskWindow
from ui.station import application
from ui.tasks import Lanes, run_now

PAGE = StoppedRow("job:1", "Trang 3", "Hồ sơ 261123100078", "Không đọc được.", (AGAIN, AS_IT_IS, LEAVE_OUT))
FILE = StoppedRow("file:/bad/a.pdf", "a.pdf", "Thư mục quét", "Tệp hỏng.", (AGAIN, LEAVE_OUT))


@dataclass
class FakeStopped:
    kept: list[StoppedRow] = field(default_factory=lambda: [PAGE, FILE])
    done: list[tuple[str, ...]] = field(default_factory=list)

    def count(self) -> int:
        return len(self.kept)

    def rows(self) -> Sequence[StoppedRow]:
        return list(self.kept)

    def again(self, row: StoppedRow) -> None:
        self._settle("again", row)

    def as_it_is(self, row: StoppedRow) -> None:
        self._settle("as-it-is", row)

    def leave_out(self, row: StoppedRow, reason: str) -> None:
        self._settle("leave-out", row, reason)

    def _settle(self, act: str, row: StoppedRow, *reason: str) -> None:
        self.done.append((act, row.id, *reason))
        self.kept.remove(row)


def a_panel(qtbot: QtBot) -> tuple[StoppedPanel, FakeStopped, list[tuple[str, str]]]:
    application()
    window = DeskWindow("Xã Mẫu", "Quầy 1", FakeClock())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    office, states = FakeStopped(), []
    presenter = StoppedPresenter(window.stopped, office, run_now, lambda *state: states.append(state))
    window.stopped.asked.connect(lambda: presenter.on_open())
    window.stopped.acted.connect(lambda *act: presenter.on_act(*act))
    presenter.on_tick()
    window.perform("stopped")  # what the shortcut does
    return window.stopped, office, states


def test_the_keyboard_alone_settles_what_stopped(qtbot: QtBot) -> None:
    panel, office, states = a_panel(qtbot)
    assert states == [("bad", "2 trang, tệp bị dừng · Ctrl+S")] * 2
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    QTest.keyClicks(panel.reason, "2")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    QTest.keyClick(panel, Qt.Key.Key_A)  # a file has no picture to keep
    QTest.keyClick(panel, Qt.Key.Key_T)
    assert office.done == [("leave-out", "job:1", REASONS[1]), ("again", "file:/bad/a.pdf")]
    assert states[-1] == ("", "")
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_reason_can_be_typed_and_taken_back(qtbot: QtBot) -> None:
    panel, office, _states = a_panel(qtbot)
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert office.done == []
    QTest.keyClick(panel.reason, Qt.Key.Key_Escape)
    QTest.keyClick(panel, Qt.Key.Key_Down)
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    panel.reason.setText("Gửi nhầm")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert office.done == [("leave-out", "file:/bad/a.pdf", "Gửi nhầm")]


class Held:
    """A lane whose work ends when the test says."""

    def __init__(self) -> None:
        self.ends: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Any], None]) -> None:
        self.ends.append(lambda: run_now(work, done, failed))


def test_the_second_scanner_runs_beside_the_first() -> None:
    first, second, view = Held(), Held(), Remember()
    office = FakeIntakes(stack=2)
    presenter = IntakePresenter(view, office, Lanes(LANES.act, LANES.look, first, second), FakeClock())
    presenter.pages.on_scan()
    presenter.pages.on_scan_other()
    assert (len(first.ends), len(second.ends)) == (1, 1)
    presenter.pages.on_scan_other()
    assert view.last("say")[1] == "Máy đang quét."
    second.ends[0]()
    running = presenter.pages.scanning
    first.ends[0]()
    assert (running, presenter.pages.scanning) == (True, False)
    assert len(presenter.work.pages) == 4


def test_files_dropped_on_the_desk_are_taken(qtbot: QtBot, tmp_path: Path) -> None:
    application()
    window = DeskWindow("Xã Mẫu", "Quầy 1", FakeClock())
    qtbot.addWidget(window)
    given: list[list[Path]] = []
    window.files_given.connect(given.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.pdf")), QUrl("https://example.org/x.pdf")])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, Qt.MouseButton.LeftButton, none))
    assert given == [[tmp_path / "a b.pdf"]]
