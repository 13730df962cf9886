"""`motcua bench …`: the figures that the program promises, measured."""

from __future__ import annotations

from importlib import import_module

import typer

PARTS = (
    "bench_queue",
    "bench_faults",
    "bench_calls",
    "bench_hall",
    "bench_kiosk",
    "bench_links",
    "bench_stations",
    "bench_desk",
    "bench_digitise",
    "bench_sync",
)


def register(app: typer.Typer) -> None:
    bench = typer.Typer(help="Đo tốc độ và độ bền.", rich_markup_mode=None)
    for part in PARTS:
        import_module(f"ui.cli.{part}").register(bench)
    app.add_typer(bench, name="bench")
