"""`motcua kiosk`: the kiosk's window under its keeper, or alone."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import frame

KIOSK_SHARE = 0.85  # of the screen, for windows side by side
BEAT_MS = 500

Hidden = Annotated[bool, typer.Option(hidden=True)]


def register(app: typer.Typer) -> None:
    app.command("kiosk")(kiosk)


def kiosk(
    windowed: Annotated[bool, typer.Option("--windowed", help="Mở trong cửa sổ thường, không toàn màn hình.")] = False,
    portrait: Annotated[bool | None, typer.Option("--portrait/--landscape", help="Chiều của màn hình.")] = None,
    screenshot: Annotated[Path | None, typer.Option("--screenshot", help="Chụp vào tệp PNG này rồi thoát.")] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Không có trình canh: cửa sổ hỏng thì không tự mở lại.")
    ] = False,
    kept: Hidden = False,
    curtain: Hidden = False,
) -> None:
    """Mở máy lấy số; cửa sổ hỏng hay treo thì tự mở lại."""
    if curtain:
        from ui.curtain import hang_curtain

        raise typer.Exit(hang_curtain())
    if not (kept or windowed or screenshot):
        from ui.cli.first_run import ask_on_first_run

        ask_on_first_run()
    if alone or kept or windowed or screenshot is not None:
        open_window(windowed=windowed, portrait=portrait, screenshot=screenshot, kept=kept)
    else:
        raise typer.Exit(_supervised(portrait))


def _supervised(portrait: bool | None) -> int:
    import os

    from ui.screen import NoScreenError, has_screen
    from ui.supervisor import Child, Supervisor, keep, own_command

    if not has_screen(os.environ):
        raise NoScreenError
    data = [] if frame.data is None else ["--data", str(frame.data)]
    turned = [] if portrait is None else ["--portrait" if portrait else "--landscape"]
    shape = ["--json"] if frame.json else []
    window = own_command("kiosk", "--kept", *turned, *data, *shape, "--lang", frame.lang)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return keep(Supervisor(lambda: Child(window), lambda: Child(own_command("kiosk", "--curtain"))), stop)


def open_window(*, windowed: bool, portrait: bool | None, screenshot: Path | None, kept: bool = False) -> None:
    """kept: by a keeper; load, wait for the turn, give signs of life."""
    from ui.app import open_kiosk
    from ui.cli.windows import run_station
    from ui.station import application
    from ui.ticketing.station import ticketing_station

    if kept:
        from ui.supervisor import beats_never_block, wait_for_go

        wait_for_go()
        beats_never_block()
    application()
    run_station(
        lambda office: ticketing_station(
            office,
            portrait=portrait if portrait is not None or not windowed else True,
            locked=not windowed and screenshot is None,
            share=KIOSK_SHARE if windowed and screenshot is None else 0.0,
        ),
        windowed,
        screenshot,
        beat_ms=BEAT_MS if kept else 0,
        open_it=open_kiosk,
    )
