"""Pictures of every screen of the kiosk: `python tests/kiosk_sheets.py FOLDER` from the repository.

Writes each screen whole (1080 x 1920 and 1280 x 800) into FOLDER/screens, and into FOLDER the sheets that docs/images
holds. Not a test; looked at by a person.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "unit"), str(HERE.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from test_ui_kiosk_screens import GLASSES, MODES, PAGES, PRIORITIES, TILES, Glass  # noqa: E402
from ui_fakes import FakeClock  # noqa: E402

from kiosk.domain.ticket import PrintState  # noqa: E402
from ui.station import application  # noqa: E402
from ui.ticketing.look import Scale  # noqa: E402
from ui.ticketing.model import Issued  # noqa: E402
from ui.ticketing.view import TicketingWindow  # noqa: E402
from ui.ticketing.words import VI  # noqa: E402

OFFICE = "Trung tâm Phục vụ hành chính công xã Mẫu Sơn Mới"
GAP, GREY = 10, (120, 115, 110)
SHEETS = {"upright": ("21.5 inch upright", 5, 0.26), "lying": ("10.1 inch lying", 4, 0.36)}
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


MORE: dict[str, Callable[[TicketingWindow], None]] = {
    **{"no-paper": no_paper, "still-there": still_there, "coming": coming, "one-line": one_line}
}


def picture(window: TicketingWindow) -> Image.Image:
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
