"""`motcua manager`: opens the window with the hall's figures on the office of the configuration."""

from __future__ import annotations

import typer

from ui.cli.windows import Screenshot, Windowed, run_station


def register(app: typer.Typer) -> None:
    app.command("manager")(manager)


def manager(windowed: Windowed = False, screenshot: Screenshot = None) -> None:
    """Mở số liệu hàng chờ cho lãnh đạo bộ phận."""
    from ui.manager.station import manager_station
    from ui.station import application

    application()
    run_station(manager_station, windowed, screenshot)
