"""The hall's screen to the eye: figures for the back row, a number area that never moves, notices beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samples import NOON

from ui.audio.announcer import SoundState
from ui.display.notices import Notice, NoticeFolder
from ui.display.presenter import Call, Waiting
from ui.display.rows import NOBODY_CALLED, split_place
from ui.display.sizes import HEIGHT, WIDTH, cap_mm, screen_height_mm, sizes_for
from ui.display.view import DisplayWindow
from ui.widgets.basics import Elided

MakeWindow = Callable[..., DisplayWindow]
CALLS = [Call(n, f"D00{n}", f"Quầy {40 - n}", NOON) for n in range(4)]


@pytest.fixture
def window_for(qtbot: QtBot, qapp: QApplication) -> MakeWindow:
    def make(diagonal_in: float = 55, back_row_m: float = 6, height: int = HEIGHT) -> DisplayWindow:
        sizes = sizes_for(diagonal_in, back_row_m)
        window = DisplayWindow("Trung tâm Phục vụ hành chính công xã Mẫu", lambda: NOON, height, sizes)
        qtbot.addWidget(window)
        window.resize(WIDTH * height // HEIGHT, height)
        window.show()
        window.show_calls(CALLS, CALLS)
        window.show_waiting([Waiting("Hộ tịch", "A", 5), Waiting("Đất đai - xây dựng", "C", 1)])
        qapp.processEvents()
        return window

    return make


@pytest.mark.parametrize(("distance_m", "mm"), [(4, 49), (6, 73), (8, 98), (10, 122)])
def test_a_capital_fills_seven_tenths_of_a_degree(distance_m: float, mm: int) -> None:
    assert round(cap_mm(distance_m)) == mm


@pytest.mark.parametrize("diagonal_in", [32, 43, 55, 65, 75])
@pytest.mark.parametrize("back_row_m", [3, 4, 6, 8, 10])
def test_number_and_counter_are_as_tall_as_the_back_row_needs(
    window_for: MakeWindow, diagonal_in: float, back_row_m: float
) -> None:
    sizes = sizes_for(diagonal_in, back_row_m)
    window = window_for(diagonal_in, back_row_m)
    needed = cap_mm(back_row_m) / screen_height_mm(diagonal_in) * HEIGHT
    assert sizes.reached == (needed <= 212)
    for line in window._rows:
        for figures in (line.number, line.counter):
            metrics = QFontMetricsF(figures.font())
            assert metrics.capHeight() >= min(needed, 212) - 1
            assert metrics.horizontalAdvance(figures.text()) <= figures.width()
            assert metrics.capHeight() < line.height()
    recents = [part for parts in window._recents for part in parts if part.isVisible()]
    assert all(part.width() >= part.sizeHint().width() for part in recents)
    assert (window.width(), window.height()) == (WIDTH, HEIGHT)


def test_too_small_a_screen_says_so() -> None:
    assert not sizes_for(32, 10).reached
    assert sizes_for(55, 10).reached


def areas(window: DisplayWindow) -> list[tuple[int, int, int, int]]:
    places = [(line, line.mapTo(window, line.rect().topLeft())) for line in window._rows]
    return [(at.x(), at.y(), line.width(), line.height()) for line, at in places]


def test_the_number_area_never_moves(window_for: MakeWindow, qapp: QApplication, tmp_path: Path) -> None:
    window = window_for()
    before = areas(window)
    picture = tmp_path / "poster.png"
    image = QImage(3000, 500, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(picture))
    changes: list[Callable[[], None]] = [
        lambda: window.show_notice(Notice("Làm căn cước", "Mang theo giấy khai sinh. " * 12)),
        lambda: window.show_notice(Notice("poster", picture=picture)),
        lambda: window.show_notice(Notice("hỏng", picture=tmp_path / "missing.png")),
        lambda: window.show_stale(NOON - timedelta(seconds=41)),
        lambda: window.show_sound(SoundState.FAILED),
        lambda: window.show_speaking("D000"),
        lambda: window.call(CALLS[0]),
        lambda: window.show_calls([Call(1, "W888", "Bộ phận Tư pháp - Hộ tịch - Chứng thực", NOON)], []),
        lambda: window.show_notice(None),
        lambda: window.show_waiting([Waiting("Một lĩnh vực có tên rất dài để thử màn hình", "A", 99)] * 6),
        lambda: window.show_calls([], []),
    ]
    for change in changes:
        change()
        qapp.processEvents()
        assert areas(window) == before
        assert (window.width(), window.height()) == (WIDTH, HEIGHT)


def test_the_banner_is_red_and_tells_the_time_of_the_last_news(window_for: MakeWindow, qapp: QApplication) -> None:
    window = window_for()
    window.show_stale(NOON)
    qapp.processEvents()
    assert f"{NOON:%H:%M:%S}" in window._stale_words.text()
    at = window._head.geometry()
    pixel = window.grab().toImage().pixelColor(at.left() + 12, at.center().y())
    assert pixel.red() > 120
    assert pixel.green() < 60
    window.show_stale(None)
    assert window._head.currentIndex() == 0


def test_numbers_that_are_only_the_last_known_ones_turn_grey(window_for: MakeWindow, qapp: QApplication) -> None:
    window = window_for()

    def brightest() -> int:
        qapp.processEvents()
        picture, row = window.grab().toImage(), window._rows[1]
        at = row.mapTo(window, row.rect().center())
        return max(picture.pixelColor(x, at.y()).lightness() for x in range(row.width()))

    clear = brightest()
    window.show_stale(NOON)
    grey = brightest()
    assert 80 < grey < clear * 0.6, "readable, and nobody takes them for news"
    window.show_stale(None)
    assert brightest() == clear


def test_the_number_that_is_spoken_carries_a_loudspeaker_and_silence_a_mark(window_for: MakeWindow) -> None:
    window = window_for()
    window.show_speaking("D001")
    assert [line._speaker.pixmap().isNull() for line in window._rows] == [True, False, True, True]
    window.show_speaking("")
    assert all(line._speaker.pixmap().isNull() for line in window._rows)
    assert not window._mute.isVisible()
    window.show_sound(SoundState.SILENT)
    assert window._mute.isVisible()
    assert window._mute_words.text() == "Chưa có loa"
    window.show_sound(SoundState.ON)
    assert not window._mute.isVisible()


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Quầy 1", ("Quầy", "1")), ("Bàn số 12", ("Bàn", "12")), ("Quầy Tư pháp", ("", "Quầy Tư pháp")), ("3", ("", "3"))],
)
def test_a_counters_figure_stands_apart_from_its_word(name: str, parts: tuple[str, str]) -> None:
    assert split_place(name) == parts


def test_notices_are_the_settings_texts_and_then_the_files_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "2-gio.txt").write_text("\ufeffGiờ làm việc\nSáng 7 giờ 30\n", encoding="utf-8")
    (tmp_path / "1-anh.JPG").write_bytes(b"not a picture")
    (tmp_path / "rong.txt").write_text("  \n", encoding="utf-8")
    (tmp_path / ".an.txt").write_text("ẩn", encoding="utf-8")
    (tmp_path / "khac.pdf").write_bytes(b"%PDF")
    (tmp_path / "thu-muc.png").mkdir()
    found = NoticeFolder(tmp_path, ("Xin giữ trật tự", " ")).all()
    assert found == [
        Notice("Xin giữ trật tự"),
        Notice("1-anh", picture=tmp_path / "1-anh.JPG"),
        Notice("Giờ làm việc", "Sáng 7 giờ 30"),
    ]


def test_no_folder_is_no_notice(tmp_path: Path) -> None:
    assert list(NoticeFolder(tmp_path / "missing").all()) == []


def test_a_picture_that_is_none_or_a_bomb_leaves_the_frame_as_it_was(window_for: MakeWindow, tmp_path: Path) -> None:
    window = window_for()
    window.show_notice(Notice("Còn đây"))
    fake = tmp_path / "x.png"
    fake.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00")
    window.show_notice(Notice("x", picture=fake))
    assert window._notice.currentWidget() is window._notice._words
    assert window._notice._title.text() == "Còn đây"


def test_an_empty_board_asks_to_wait_and_the_first_call_takes_its_place(window_for: MakeWindow) -> None:
    window = window_for()
    lead = window._rows[0]
    assert not lead.calm.isVisible()
    window.show_calls((), ())
    assert lead.calm.isVisible()
    assert lead.accessibleName() == lead.calm.text() == NOBODY_CALLED
    assert not any(line.calm.isVisible() for line in window._rows[1:])
    window.show_calls(CALLS[:1], ())
    assert lead.number.isVisible()
    assert not lead.calm.isVisible()


@pytest.mark.parametrize("counts", [(5, 4, 1, 1, 1, 3), (5, 14, 10, 101, 21, 13)])
def test_the_lines_that_wait_keep_their_whole_names(
    window_for: MakeWindow, qapp: QApplication, counts: tuple[int, ...]
) -> None:
    names = (
        "Hộ tịch",
        "Chứng thực",
        "Đất đai - xây dựng",
        "Cư trú - căn cước",
        "Chính sách xã hội",
        "Kinh doanh - khác",
    )
    window = window_for()
    window.show_waiting([Waiting(name, "A", count) for name, count in zip(names, counts, strict=True)])
    qapp.processEvents()
    shown = [part for part in window.findChildren(Elided) if part.text() in names and part.isVisible()]
    assert [part.text() for part in shown] == list(names)
    assert all(part.fontMetrics().horizontalAdvance(part.text()) <= part.width() for part in shown)
