"""`motcua bench faults`: kill -9 at random moments, then every promise looked at."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import frame, show, tell


def register(bench: typer.Typer) -> None:
    bench.command("faults")(faults)


def faults(
    kills: Annotated[int, typer.Option("--kills", min=1, help="Số lần tắt ngang.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống ngẫu nhiên.")] = 1,
) -> None:
    """Tắt ngang quầy, việc nền và tỉnh vào lúc bất kỳ, rồi đối chiếu."""
    from ui.demo.faults import run_faults

    root = frame.data or Path(tempfile.mkdtemp(prefix="motcua-faults-"))
    report = run_faults(root, kills, seed, tell)
    verdict = "Không mất, không trùng." if report.ok else "Có chỗ sai: " + "; ".join(report.problems)
    killed = ", ".join(f"{name} {n}" for name, n in report.kills.items())
    show(asdict(report), f"{verdict}\nTắt ngang: {killed}; {report.dossiers} hồ sơ, {report.pages} trang.")
    if not report.ok:
        raise typer.Exit(1)
