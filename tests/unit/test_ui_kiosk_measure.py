"""Staff measure the glass with a card: the corner, the code, the frame, the settings file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeClock, FakeTicketing

from kiosk.config import ConfigError, keep_px_per_mm, read_config
from ui.tasks import run_now
from ui.ticketing.look import Scale
from ui.ticketing.lookup import SEARCH
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.staff import CARD_MM
from ui.ticketing.view import HELD_MS, TicketingWindow
from ui.ticketing.wiring import connect


def a_kiosk(qtbot: QtBot, office: FakeTicketing) -> tuple[TicketingWindow, TicketingPresenter]:
    clock = FakeClock()
    window = TicketingWindow("Trung tâm", clock, Scale(4.0), portrait=False)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    presenter = TicketingPresenter(window, office, run_now, clock)
    connect(window, presenter, lambda slot: slot)
    presenter.open()
    return window, presenter


def type_code(presenter: TicketingPresenter, code: str) -> None:
    for key in (*code, SEARCH):
        presenter.staff_key(key)


def test_a_card_in_the_frame_gives_the_true_scale_at_once_and_for_good(qtbot: QtBot) -> None:
    office = FakeTicketing()
    window, presenter = a_kiosk(qtbot, office)
    presenter.on_corner_held()
    type_code(presenter, "2580")
    for _step in range(5):
        window.measure.step.emit(10)
    window.measure.step.emit(-1)
    wide = window.measure.card.width()
    assert wide == round(4.0 * CARD_MM) + 49
    window.measure.save.emit()
    assert office.measured == pytest.approx(wide / CARD_MM)
    assert window.px_per_mm() == pytest.approx(wide / CARD_MM)
    assert list(window.start.tiles) == ["ho-tich", "chung-thuc"]


def test_without_the_code_nothing_is_measured_and_guessing_is_limited(qtbot: QtBot) -> None:
    office = FakeTicketing()
    window, presenter = a_kiosk(qtbot, office)
    presenter.on_corner_held()
    for guess in range(7):
        type_code(presenter, f"{guess:04d}")
    type_code(presenter, "2580")  # right, but too late within the minute
    window.measure.step.emit(10)
    window.measure.save.emit()
    assert office.measured == 0.0


def test_a_kiosk_without_a_code_has_no_staff_screen(qtbot: QtBot) -> None:
    window, presenter = a_kiosk(qtbot, FakeTicketing(staff_code=""))
    presenter.on_corner_held()
    assert not window.staff_pad.isVisible()


def test_only_a_long_hold_of_the_corner_opens_the_staff_screen(qtbot: QtBot) -> None:
    window, _presenter = a_kiosk(qtbot, FakeTicketing())
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not window._held.isActive()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window._held.isActive()
    assert window._held.interval() == HELD_MS
    window._held.timeout.emit()
    assert window.staff_pad.isVisible()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


@pytest.mark.parametrize(
    "before",
    [
        "",
        'database = ""\n',
        '# máy sảnh\n[station]\nkind = "kiosk"\npx_per_mm = 3.9 # cũ\nname = "kiosk-2"\n\n[officers]\nlan = "Lan"\n',
        '[station]\nkind = "kiosk"',
    ],
)
def test_the_measure_is_kept_in_the_settings_and_all_else_stays(before: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    if before:
        file.write_text(before, encoding="utf-8")
    keep_px_per_mm(file, 4.5678)
    assert read_config(file).station.px_per_mm == 4.568
    after, was = tomllib.loads(file.read_text(encoding="utf-8")), tomllib.loads(before)
    after["station"].pop("px_per_mm")
    was.setdefault("station", {}).pop("px_per_mm", None)
    assert after == was
    assert before.startswith("#") == file.read_text(encoding="utf-8").startswith("#")
    assert list(tmp_path.iterdir()) == [file]


def test_settings_that_are_wrong_already_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[station\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        keep_px_per_mm(file, 4.0)
    assert file.read_text(encoding="utf-8") == "[station\n"


def test_a_staff_code_is_digits(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[station]\nstaff_code = "abc"\n', encoding="utf-8")
    with pytest.raises(ConfigError):
        read_config(file)
