"""`motcua bench sync`: the exchange with the province measured, part by part."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, cast

import typer

from ui.cli.bench_sync_part import Part, Wanted
from ui.cli.console import UsageError, show, tell

# Name of the part -> module with `measure(wanted: Wanted) -> Measured`; run in this order without --only.
PARTS: dict[str, str] = {
    "line": "ui.cli.bench_sync_line",
    "faults": "ui.cli.bench_sync_faults",
    "folder": "ui.cli.bench_sync_folder",
    "protocol": "ui.cli.bench_sync_protocol",
    "offices": "ui.cli.bench_sync_offices",
}


def register(bench: typer.Typer) -> None:
    bench.command("sync")(sync)


def sync(
    only: Annotated[list[str] | None, typer.Option("--only", help="Chỉ phần này; có thể lặp lại.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống ngẫu nhiên.")] = 1,
    dossiers: Annotated[int, typer.Option("--dossiers", min=0, help="Số hồ sơ; 0: như thường lệ.")] = 0,
    offices: Annotated[int, typer.Option("--offices", min=0, help="Số xã; 0: như thường lệ.")] = 0,
    runs: Annotated[int, typer.Option("--runs", min=0, help="Số lượt mô phỏng; 0: như thường lệ.")] = 0,
    kills: Annotated[int, typer.Option("--kills", min=0, help="Số lần tắt ngang; 0: như thường lệ.")] = 0,
    seconds: Annotated[float, typer.Option("--seconds", min=0, help="Đo bao lâu; 0: như thường lệ.")] = 0,
) -> None:
    """Đo việc trao đổi với tỉnh: đường truyền, sự cố, giao thức, nhiều xã, thư mục."""
    chosen = only or list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        raise UsageError(problem=f"không có phần {', '.join(unknown)}; các phần: {', '.join(PARTS)}")
    wanted = Wanted(seed, dossiers, offices, runs, kills, seconds)
    measured = {}
    for name in chosen:
        tell(f"{name} …")
        measured[name] = cast(Part, import_module(PARTS[name])).measure(wanted)
    ok = all(part.ok for part in measured.values())
    show(
        {"ok": ok, "parts": {name: {"ok": part.ok, **part.figures} for name, part in measured.items()}},
        "\n".join(f"{name}: {part.text}" for name, part in measured.items()),
    )
    if not ok:
        raise typer.Exit(1)
