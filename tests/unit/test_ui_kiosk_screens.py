"""Every page of the kiosk on every glass: nothing is cut off, every target is 20 mm, main capitals are tall enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from samples import NOON
from ui_fakes import A_PROGRESS, FakeClock

from kiosk.domain.opening import Opening
from kiosk.domain.ticket import PrintState
from ui.audio.screens import SCREENS
from ui.theme.tokens import LIGHT, Palette
from ui.ticketing.look import CONTRAST, Mode, Scale
from ui.ticketing.model import Checklist, Issued, PaperToBring, PriorityTile, ProcedureLine, Tile
from ui.ticketing.tiles import GroupTile, in_parts
from ui.ticketing.view import TicketingWindow
from ui.widgets.basics import Elided

TILES = [
    Tile("a", "Hộ tịch", "family", "A", 5, "Civil status", wait=(10, 25)),
    Tile("b", "Chứng thực", "stamp", "B", 14, "Certification", wait=(45, 75)),
    Tile("c", "Đất đai - xây dựng", "house", "C", 0, "Land and building", wait=(0, 5)),
    Tile("d", "Cư trú - căn cước", "card", "D", 101, "Residence and identity card", wait=(120, 180)),
    Tile("e", "Chính sách xã hội", "heart", "E", 1, "Social policy"),
    Tile("f", "Kinh doanh - khác", "shop", "F", 3, "Business and others", full=True),
]
PRIORITIES = [
    PriorityTile("cao-tuoi", "Người từ 60 tuổi", "elder", "Aged 60 or more", "60 tuổi trở lên", "Aged 60+"),
    PriorityTile("khuyet-tat", "Người khuyết tật", "wheelchair", "Person with a disability", "Khuyết tật", "Disabled"),
    PriorityTile("mang-thai", "Phụ nữ mang thai", "pregnant", "Pregnant", "Mang thai", "Pregnant"),
    PriorityTile("con-nho", "Người bế con nhỏ (dưới 36 tháng)", "baby", "With a small child", "Con nhỏ", "Small child"),
    PriorityTile("co-cong", "Người có công với cách mạng", "medal", "Person of merit", "Có công", "Merit"),
]
PAPERS = Checklist(
    "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
    tuple(PaperToBring(f"Giấy tờ {n}, " + "bản dài của danh mục " * 8, 1, n % 2) for n in range(8)),
    special=True,
)
LINES = [ProcedureLine(str(n), f"Đăng ký khai sinh có yếu tố nước ngoài, trường hợp {n}") for n in range(11)]
LONG = replace(A_PROGRESS, procedure=PAPERS.procedure, step=3, printed_at=A_PROGRESS.due_at)

PAGES: dict[str, Callable[[TicketingWindow], None]] = {
    "start": lambda w: w.show_start(),
    "number": lambda w: w.show_number(
        Issued("k", "A128", "Đất đai - xây dựng", PRIORITIES[3].name, 14, wait_minutes=(45, 75))
    ),
    "closed": lambda w: w.show_closed(Opening(False, NOON + timedelta(hours=21))),
    "keypad": lambda w: w.show_lookup("261123100078"),
    "progress": lambda w: w.show_progress(LONG),
    "fields": lambda w: w.show_fields(),
    "procedures": lambda w: w.show_procedures(LINES),
    "papers": lambda w: w.show_checklist(PAPERS, TILES[2]),
    "card": lambda w: w.show_card_help(),
    "staff code": lambda w: w.show_staff_code(4),
    "measure": lambda w: w.show_calibration(round(w.px_per_mm() * 85.6)),
}


@dataclass(frozen=True)
class Glass:
    portrait: bool
    px_per_mm: float
    size: tuple[int, int]
    small: bool = False
    tall: bool = False
    slim: bool = False


GLASSES = {
    "21.5 inch upright": Glass(True, 4.03, (1080, 1920)),
    "32 inch upright": Glass(True, 2.71, (1080, 1920)),
    "15.6 inch upright": Glass(True, 5.55, (1080, 1920), slim=True),
    "15 inch lying": Glass(False, 4.0, (1280, 800)),
    "10.1 inch lying": Glass(False, 5.88, (1280, 800), small=True),
    "17 inch lying": Glass(False, 3.79, (1280, 1024), tall=True),
    "21.5 inch lying": Glass(False, 4.03, (1920, 1080), tall=True),
}
MAIN = ("21.5 inch upright", "10.1 inch lying")
MODES = {"vi": Mode(), "en": Mode("en"), "low": Mode(low=True), "contrast": Mode(contrast=True)}


def a_window(qtbot: QtBot, glass: Glass, mode: Mode = MODES["vi"]) -> TicketingWindow:
    name = "Trung tâm Phục vụ hành chính công xã Mẫu"
    window = TicketingWindow(
        name,
        FakeClock(),
        Scale(glass.px_per_mm),
        portrait=glass.portrait,
        locked=True,
        small=glass.small,
        tall=glass.tall,
        slim=glass.slim,
    )
    qtbot.addWidget(window, before_close_func=lambda w: w.release())
    window.resize(*glass.size)
    window.show()
    window.dress(mode)
    window.show_tiles(TILES)
    window.show_priorities(PRIORITIES)
    return window


def live() -> None:
    for _turn in range(3):
        QApplication.processEvents()


def seen(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [part for part in window.findChildren(kind) if part.isVisible()]


def cut_off(window: TicketingWindow) -> list[str]:
    found = []
    for part in seen(window, QLabel):
        assert isinstance(part, QLabel)
        if isinstance(part, Elided) or not part.text():
            continue
        tall = part.wordWrap() and part.heightForWidth(part.width()) > part.height() + 1
        words = part.text().split(" ") if part.wordWrap() else [part.text()]
        wide = max(part.fontMetrics().horizontalAdvance(word) for word in words) > part.width() + 1
        inside = window.rect().contains(part.mapTo(window, QPoint(part.width() - 1, part.height() - 1)))
        if tall or wide or not inside:
            found.append(part.text())
    return found


@pytest.mark.parametrize(("glass", "mode"), [(g, m) for g in GLASSES for m in MODES if m in ("vi", "low") or g in MAIN])
def test_every_page_fits_its_glass_with_targets_of_twenty_millimetres(glass: str, mode: str, qtbot: QtBot) -> None:
    here = GLASSES[glass]
    window = a_window(qtbot, here, MODES[mode])
    for name, show in PAGES.items():
        show(window)
        window.show_paper(PrintState.FAILED, slow=False)
        live()
        assert (window.width(), window.height()) == here.size, name
        assert cut_off(window) == [], name
        for button in seen(window, QPushButton):
            least = min(button.width(), button.height()) / here.px_per_mm
            assert least >= 20, (name, button.accessibleName(), least)
            assert button.accessibleName(), name
        assert window.help_button.isVisible(), name
        assert window.listen_button.isVisible(), name
        assert window.topic() in SCREENS, name
        assert seen(window, QAbstractScrollArea) == [], name


PROFILES = ("21.5 inch upright", "32 inch upright", "10.1 inch lying")


def cap_mm(part: QLabel, glass: Glass) -> float:
    return QFontMetricsF(part.font()).capHeight() / glass.px_per_mm


@pytest.mark.parametrize("glass", PROFILES)
def test_capitals_of_what_matters_are_tall_enough_for_eyes_at_six_hundred_millimetres(glass: str, qtbot: QtBot) -> None:
    here, read = GLASSES[glass], set[str]()
    window = a_window(qtbot, here)
    for name, show in PAGES.items():
        show(window)
        window.show_paper(PrintState.FAILED, slow=False)
        live()
        number, closed, progress = window.number, window.closed, window.progress
        names = [tile._name for tile in window.start.tiles.values()]
        told = (
            number.number,
            number.group,
            number.ahead,
            number.paper,
            closed.opens,
            progress.due,
            window.keypad.digits,
        )
        parts = [part for part in (*names, window.head.title, window._note.message, *told) if part.isVisible()]
        assert parts, name
        for part in parts:
            assert cap_mm(part, here) >= 7.3 - 0.15, (name, part.text())
        read |= {part.text() for part in parts}
    assert {"A128", "Hộ tịch"} <= read


LOW = [(g, "low") for g in ("21.5 inch upright", "15.6 inch upright")]


@pytest.mark.parametrize(("glass", "mode"), [*((g, "vi") for g in PROFILES), *LOW])
def test_no_text_of_a_control_or_beside_it_is_smaller_than_four_point_eight(
    glass: str, mode: str, qtbot: QtBot
) -> None:
    here = GLASSES[glass]
    window = a_window(qtbot, here, MODES[mode])
    for name, show in PAGES.items():
        show(window)
        window.show_paper(PrintState.FAILED, slow=False)
        live()
        for part in seen(window, QLabel):
            assert isinstance(part, QLabel)
            if not part.text() or part.property("decor"):  # the office's name and the date
                continue
            assert cap_mm(part, here) >= 4.8 - 0.12, (name, part.text())


@pytest.mark.parametrize("glass", PROFILES)
def test_neighbours_are_at_least_three_millimetres_apart(glass: str, qtbot: QtBot) -> None:
    here = GLASSES[glass]
    window = a_window(qtbot, here)
    for name, show in PAGES.items():
        show(window)
        live()
        keys = [QRect(b.mapTo(window, QPoint(0, 0)), b.size()) for b in seen(window, QPushButton)]
        reach = round(2.8 * here.px_per_mm)
        for place, key in enumerate(keys):
            for other in keys[place + 1 :]:
                assert not key.adjusted(-reach, -reach, reach, reach).intersects(other), (name, key, other)


@pytest.mark.parametrize("glass", PROFILES)
@pytest.mark.parametrize("mode", ["vi", "en"])
def test_an_office_with_one_line_has_one_big_key(glass: str, mode: str, qtbot: QtBot) -> None:
    here = GLASSES[glass]
    window = a_window(qtbot, here, MODES[mode])
    window.show_tiles(TILES[:1])
    window.show_start()
    live()
    (only,) = window.start.tiles.values()
    assert only.width() > 0.9 * window.width()
    assert only.height() > 0.3 * window.height()
    assert cut_off(window) == []
    with qtbot.waitSignal(window.group_touched) as touched:
        QTest.mouseClick(only, Qt.MouseButton.LeftButton)
    assert touched.args == ["a"]


def luminance(colour: str) -> float:
    """Relative, of #rrggbb (WCAG 2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("palette", "least"), [(LIGHT, 7.0), (CONTRAST, 15.0)])
def test_every_text_colour_stands_out_from_every_ground_it_lies_on(palette: Palette, least: float) -> None:
    inks, grounds = (palette.ink, palette.ink_2, palette.accent, palette.warn), (palette.ground, palette.surface)
    pairs = [(ink, ground) for ink in inks for ground in grounds] + [(palette.ink_2, palette.sunken)]
    pairs += [(palette.on_accent, palette.accent)]
    pairs += [
        (palette.ink, soft) for soft in (palette.good_soft, palette.warn_soft, palette.bad_soft, palette.info_soft)
    ]
    for text, ground in pairs:
        light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least, (text, ground)


@pytest.mark.parametrize("glass", [*(g for g in GLASSES if GLASSES[g].portrait or GLASSES[g].tall)])
def test_low_mode_keeps_every_control_in_the_lower_half(glass: str, qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES[glass], Mode(low=True))
    warned: dict[str, Callable[[TicketingWindow], None]] = {"warning": lambda w: w.show_warning(20, can_extend=True)}
    for name, show in (PAGES | warned).items():
        show(window)
        live()
        for button in seen(window, QPushButton):
            top = button.mapTo(window, QPoint(0, 0)).y()
            assert top >= window.height() / 2 - 1, (name, button.accessibleName())


@pytest.mark.parametrize("count", [4, 6, 9])
def test_the_lower_half_of_a_slim_glass_holds_every_line_in_capitals_and_keys_of_full_size(
    count: int, qtbot: QtBot
) -> None:
    glass = GLASSES["15.6 inch upright"]
    window = a_window(qtbot, glass, Mode(low=True))
    window.show_tiles([replace(TILES[n % 6], code=f"{n}") for n in range(count)])
    window.show_start()
    live()
    assert (window.width(), window.height()) == glass.size
    assert cut_off(window) == []
    for tile in window.start.tiles.values():
        assert tile.width() >= 60 * glass.px_per_mm
        assert tile.height() >= 30 * glass.px_per_mm - 1
        assert isinstance(tile, GroupTile)
        if count <= 6:  # nine lines leave room for smaller names only
            assert cap_mm(tile._name, glass) >= 7.3 - 0.15, tile._name.text()


@pytest.mark.parametrize("glass", ["21.5 inch upright", "15.6 inch upright"])
def test_the_key_to_low_mode_is_itself_within_low_reach(glass: str, qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES[glass])
    live()
    key = next(b for b in seen(window, QPushButton) if b.accessibleName() == "Màn hình thấp")
    assert key.mapTo(window, QPoint(0, 0)).y() >= window.height() / 2


def test_after_the_reset_no_word_of_a_dossier_is_left_in_the_window(qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES["15 inch lying"])
    window.show_lookup("261123100078")
    window.show_progress(A_PROGRESS)
    window.wipe()
    left = " ".join(part.text() + part.accessibleName() for part in window.findChildren(QLabel))
    for word in (A_PROGRESS.owner, A_PROGRESS.code, "2611 2310 0078", A_PROGRESS.procedure):
        assert word not in left


def test_a_scanner_types_into_the_window_whatever_was_touched_before(qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES["15 inch lying"])
    window.activateWindow()
    read: list[str] = []
    touched: list[str] = []
    window.scanned.connect(read.append)
    window.group_touched.connect(touched.append)
    window.show_start()
    live()
    QTest.mouseClick(window.start.tiles["a"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(window.focusWidget() or window, "261123100078")
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return)
    assert (read, touched) == (["261123100078"], ["a"])


def test_on_a_small_glass_the_other_things_lie_behind_one_key(qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES["10.1 inch lying"])
    window.show_start()
    live()
    more = next(b for b in seen(window, QPushButton) if b.accessibleName() == "Mục khác")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    live()
    names = {b.accessibleName() for b in seen(window, QPushButton)}
    assert {"Tra cứu · Có hẹn", "Giấy tờ cần mang", "English", "Tương phản cao"} <= names
    assert cut_off(window) == []


def test_a_small_glass_says_what_its_last_row_is_for_while_it_stands(qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES["10.1 inch lying"])
    window.show_start()
    live()
    assert window.head.below.isVisible()
    more = next(b for b in seen(window, QPushButton) if b.accessibleName() == "Mục khác")
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    live()
    assert not window.head.below.isVisible()
    window.show_start()
    window.show_lookup("")
    live()
    assert not window.head.below.isVisible()


def test_where_papers_are_chosen_nobody_is_told_of_queues_or_full_lines(qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES["21.5 inch upright"])
    window.show_fields()
    live()
    words = " ".join(part.text() for part in seen(window, QLabel) if isinstance(part, QLabel))
    assert "đang chờ" not in words
    assert "hết số" not in words
    window.show_start()
    live()
    words = " ".join(part.text() for part in seen(window, QLabel) if isinstance(part, QLabel))
    assert "5 người đang chờ" in words
    assert "Hôm nay hết số" in words


def test_the_day_of_the_week_speaks_the_chosen_language(qtbot: QtBot) -> None:
    window = a_window(qtbot, GLASSES["21.5 inch upright"], MODES["en"])
    window.show_start()
    live()
    words = [part.text() for part in seen(window, QLabel) if isinstance(part, QLabel)]
    assert "Monday, 23/11/2026" in words


def test_a_name_of_two_halves_is_broken_between_them() -> None:
    assert in_parts("Cư trú - căn cước").split(" ") == ["Cư\xa0trú\xa0-", "căn\xa0cước"]
    assert in_parts("Hộ tịch") == "Hộ tịch"
    assert in_parts("Quy hoạch đô thị và nông thôn - khác") == "Quy hoạch đô thị và nông thôn - khác"
