"""Pictures of every screen of the kiosk and of the hall: `python tests/kiosk_sheets.py FOLDER` from the repository.

Writes each screen whole (1080 x 1920 and 1280 x 800; the hall's 1920 x 1080) into FOLDER/screens, and into FOLDER what
docs/images holds. Not a test; looked at by a person.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "unit"), str(HERE.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from samples import NOON  # noqa: E402
from test_ui_kiosk_screens import GLASSES, MODES, PAGES, PRIORITIES, TILES, Glass  # noqa: E402
from ui_fakes import FakeClock  # noqa: E402

from kiosk.domain.station import RevokedStationError  # noqa: E402
from kiosk.domain.ticket import PrintState  # noqa: E402
from ui.display.notices import Notice  # noqa: E402
from ui.display.presenter import Call, Waiting  # noqa: E402
from ui.display.view import USUAL, DisplayWindow  # noqa: E402
from ui.pairing.shut_out import ShutOut  # noqa: E402
from ui.station import application  # noqa: E402
from ui.tasks import problem_of  # noqa: E402
from ui.theme.tokens import HALL  # noqa: E402
from ui.ticketing.look import Scale  # noqa: E402
from ui.ticketing.model import Issued, Stopped  # noqa: E402
from ui.ticketing.view import TicketingWindow  # noqa: E402
from ui.ticketing.words import VI  # noqa: E402

OFFICE = "Trung tâm Phục vụ hành chính công xã Mẫu Sơn Mới"
GAP, GREY = 10, (120, 115, 110)
SHEETS = {"upright": ("21.5 inch upright", 6, 0.26), "lying": ("10.1 inch lying", 6, 0.33)}
COLOURS = 96


def a_window(glass: Glass, mode: str) -> TicketingWindow:
    scale = Scale(glass.px_per_mm)
    window = TicketingWindow(OFFICE, FakeClock(), scale, portrait=glass.portrait, small=glass.small)
    window.resize(*glass.size)
    window.show()
    window.dress(MODES[mode])
    window.show_tiles(TILES)
    window.show_priorities(PRIORITIES)
    return window


def no_paper(window: TicketingWindow) -> None:
    window.show_number(Issued("k", "A128", "Hộ tịch", "", 3, wait_minutes=(10, 20)))
    window.show_paper(PrintState.FAILED, slow=False)


def still_there(window: TicketingWindow) -> None:
    window.show_start()
    window.show_warning(20, can_extend=True)


def coming(window: TicketingWindow) -> None:
    window.hide_warning()
    window.show_start()
    window.show_note("good", VI.coming, VI.coming_fix)


def one_line(window: TicketingWindow) -> None:
    window.hide_note()
    window.show_tiles(TILES[:1])
    window.show_start()


def stopped(window: TicketingWindow) -> None:
    window.show_stopped(Stopped("doubtful", ("Z", "W", "U")))


def dressed(mode: str) -> Callable[[TicketingWindow], None]:
    def show(window: TicketingWindow) -> None:
        window.dress(MODES[mode])
        window.show_tiles(TILES)
        window.show_priorities(PRIORITIES)
        window.show_start()

    return show


MORE: dict[str, Callable[[TicketingWindow], None]] = {
    **{"no-paper": no_paper, "still-there": still_there, "coming": coming, "one-line": one_line},
    **{"stopped": stopped, "english": dressed("en"), "contrast": dressed("contrast")},
}


def picture(window: QWidget) -> Image.Image:
    for _turn in range(4):
        application().processEvents()
    grabbed = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (grabbed.width(), grabbed.height())
    return Image.frombytes("RGB", size, bytes(grabbed.constBits()), "raw", "RGB", grabbed.bytesPerLine())


def screens(glass: str, mode: str = "vi") -> dict[str, Image.Image]:
    window = a_window(GLASSES[glass], mode)
    made = {}
    for name, show in (PAGES | MORE).items():
        show(window)
        if name == "number":
            window.show_paper(PrintState.PRINTED, slow=False)
        made[name.replace(" ", "-")] = picture(window)
    window.close()
    return made


NOW_CALLED = (("B014", 2), ("A027", 1), ("D006", 12))
CALLS = [Call(n, number, f"Quầy {place}", NOON) for n, (number, place) in enumerate(NOW_CALLED)]
CALLED = [
    Call(n, f"{letter}01{n}", f"Quầy {1 + n % 4}", NOON - timedelta(minutes=4 * n + 2))
    for n, letter in enumerate("ABCDEF")
]


def hall() -> dict[str, Image.Image]:
    """The hall's screen: calling, the line lost, before the first call, shut out of the office."""
    window = DisplayWindow(OFFICE, FakeClock(), 1080, USUAL)
    window.resize(1920, 1080)
    window.show()
    window.show_waiting([Waiting(tile.name, tile.series, tile.waiting or 0) for tile in TILES])
    window.show_calls(CALLS, CALLED)
    window.show_notice(Notice("Nếu lấy số bây giờ, dự kiến chờ", "Hộ tịch: 10–20 phút\nChứng thực: 25–40 phút"))
    made = {"calling": picture(window)}
    window.show_stale(NOON - timedelta(seconds=41))
    made["line-lost"] = picture(window)
    window.show_stale(None)
    window.show_calls((), ())
    window.show_notice(None)
    made["empty"] = picture(window)
    ShutOut(window, HALL, "Mời ông/bà nghe cán bộ gọi số.").tell(problem_of(RevokedStationError(name="man-hinh-1")))
    made["shut-out"] = picture(window)
    window.close()
    return made


def sheet(pictures: list[Image.Image], columns: int, factor: float) -> Image.Image:
    width, height = (round(side * factor) for side in pictures[0].size)
    rows = -(-len(pictures) // columns)
    made = Image.new("RGB", (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP), GREY)
    for place, one in enumerate(pictures):
        at = (GAP + place % columns * (width + GAP), GAP + place // columns * (height + GAP))
        made.paste(one.resize((width, height), Image.Resampling.LANCZOS), at)
    return made


def save(image: Image.Image, file: Path) -> None:
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def main(folder: Path) -> None:
    application()
    (folder / "screens").mkdir(parents=True, exist_ok=True)
    for name, (glass, columns, factor) in SHEETS.items():
        made = screens(glass)
        for screen, image in made.items():
            save(image, folder / "screens" / f"{name}-{screen}.png")
        save(sheet(list(made.values()), columns, factor), folder / f"kiosk-{name}.png")
        if name == "upright":
            save(made["start"], folder / "kiosk.png")
    save(screens(SHEETS["upright"][0], "low")["start"], folder / "kiosk-low.png")
    shown = hall()
    for screen, image in shown.items():
        save(image, folder / "screens" / f"hall-{screen}.png")
    save(sheet(list(shown.values()), 2, 0.5), folder / "hall.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
