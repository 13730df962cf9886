"""`motcua desk`, `display`, `rating`: open a station's window on the office of the configuration."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.app import OpenedOffice, open_waiting
from ui.cli.console import frame
from ui.cli.kiosk import kiosk

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.station import Station

Windowed = Annotated[bool, typer.Option("--windowed", help="Mở trong cửa sổ thường, không toàn màn hình.")]
Screenshot = Annotated[Path | None, typer.Option("--screenshot", help="Chụp cửa sổ vào tệp PNG này rồi thoát.")]

SETTLE_MS = 1500
HALL_SHARE = 0.55  # of the screen, for windows side by side
LISTEN_MS = 300


def register(app: typer.Typer) -> None:
    app.command("desk")(desk)
    app.command("display")(display)
    app.command("rating")(rating)


def open_configured_station() -> None:
    """`motcua` alone: the station of the settings."""
    from kiosk.config import read_config
    from ui.app import Paths, data_root

    kind = read_config(Paths(data_root(frame.data)).config).station.kind
    stations: dict[str, Callable[[], None]] = {
        **{"kiosk": kiosk, "desk": desk, "display": display, "rating": rating},
        "manager": lambda: import_module("ui.cli.manager").manager(),
    }
    stations[kind]()


def desk(
    counter: Annotated[str, typer.Option("--counter", help="Mã quầy; mặc định theo cấu hình.")] = "",
    officer: Annotated[str, typer.Option("--officer", help="Tên cán bộ; mặc định theo cấu hình.")] = "",
    windowed: Windowed = False,
    screenshot: Screenshot = None,
    training: Annotated[
        bool, typer.Option("--training", help="Tập huấn: kho riêng, khung đỏ, không gửi gì lên tỉnh.")
    ] = False,
) -> None:
    """Mở quầy tiếp nhận."""
    from ui.desk.station import desk_station
    from ui.station import application
    from ui.training import open_training

    application()
    open_it = open_training if training else open_waiting
    run_station(
        lambda office: desk_station(office, counter=counter, officer=officer), windowed, screenshot, open_it=open_it
    )


def display(
    name: Annotated[str, typer.Option("--name", help="Tên màn hình, khi phòng chờ có nhiều màn hình.")] = "1",
    windowed: Windowed = False,
    screenshot: Screenshot = None,
) -> None:
    """Mở màn hình gọi số."""
    from ui.display.station import display_height, display_station
    from ui.pairing.heart import with_heart
    from ui.station import application
    from ui.theme.tokens import HALL

    if not windowed and screenshot is None:
        from ui.cli.first_run import ask_on_first_run

        ask_on_first_run()
    application()
    shown = screenshot is None
    height = display_height(whole_screen=shown and not windowed, share=HALL_SHARE if shown else 0.0)
    run_station(
        lambda office: with_heart(
            display_station(office, name=name, height=height), office, "Mời ông/bà nghe cán bộ gọi số.", HALL
        ),
        windowed,
        screenshot,
    )


def rating(
    counter: Annotated[str, typer.Option("--counter", help="Mã quầy; mặc định theo cấu hình.")] = "",
    portrait: Annotated[bool | None, typer.Option("--portrait/--landscape", help="Chiều của màn hình.")] = None,
    windowed: Windowed = False,
    screenshot: Screenshot = None,
) -> None:
    """Mở màn hình đánh giá ở một quầy."""
    from ui.pairing.heart import with_heart
    from ui.rating.station import is_upright, rating_station
    from ui.station import application
    from ui.theme.tokens import LIGHT

    whole = not windowed and screenshot is None
    if whole:
        from ui.cli.first_run import ask_on_first_run

        ask_on_first_run()
    application()
    upright = whole and is_upright() if portrait is None else portrait
    run_station(
        lambda office: with_heart(
            rating_station(office, counter=counter, portrait=upright, whole_screen=whole),
            office,
            "Ông/bà không cần chạm vào đây.",
            LIGHT,
        ),
        windowed,
        screenshot,
    )


def run_station(
    build: Callable[[OpenedOffice], Station],
    windowed: bool,
    screenshot: Path | None,
    beat_ms: int = 0,
    open_it: Callable[[Path | None], OpenedOffice] = open_waiting,
) -> None:
    """Show the station until its window is closed or the process is told to stop. beat_ms: how often a keeper wants a
    sign of life, 0 without one."""
    from PySide6.QtCore import QTimer

    from ui.station import application

    app = application()
    with open_it(frame.data) as office:
        station = build(office)
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        awake = QTimer()  # Python sees a signal only when it runs; and a quit before exec() would be forgotten
        # exit, not quit: quit asks the windows first, and a locked kiosk says no.
        awake.timeout.connect(lambda: app.exit() if stop.is_set() else None)
        awake.start(LISTEN_MS)
        try:
            station.show(windowed=windowed or screenshot is not None)
            heart = _heart(app, beat_ms) if beat_ms else None
            if screenshot is not None:
                QTimer.singleShot(SETTLE_MS, lambda: (station.window.grab().save(str(screenshot)), app.quit()))
            app.exec()
            del heart
        finally:
            station.close()


def _heart(app: QApplication, beat_ms: int) -> QTimer:
    """Beats on the window's own thread, from the first picture on, as long as its keeper hears."""
    from PySide6.QtCore import QTimer

    from ui.supervisor import send_beat

    heart = QTimer()
    heart.timeout.connect(lambda: None if send_beat() else app.exit())
    heart.start(beat_ms)
    QTimer.singleShot(0, send_beat)
    return heart
