"""`motcua demo`: a whole office on sample data in a throw-away directory."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import frame, show, tell


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    headless: Annotated[bool, typer.Option("--headless", help="Chạy không cần màn hình và in từng bước.")] = False,
    visitors: Annotated[int, typer.Option("--visitors", min=1, max=500, help="Số người dân mẫu.")] = 3,
    as_desk: Annotated[bool, typer.Option("--as-desk", hidden=True)] = False,
) -> None:
    """Mở một văn phòng mẫu; không có màn hình thì chạy trọn một hồ sơ từ lấy số đến tỉnh rồi in kết quả."""
    root = frame.data or Path(tempfile.mkdtemp(prefix="motcua-"))
    if as_desk:
        _act_as_desk(root, visitors)
        return
    _end_with_children()
    if headless or not _has_screen():
        _run_headless(root, visitors)
        return
    from ui.demo.windows import open_windows

    tell(f"Văn phòng mẫu ở {root}. Đóng cửa sổ quầy để kết thúc.")
    open_windows(root)


def _end_with_children() -> None:
    """A closed terminal or a stop from outside ends the office's own processes too."""
    names = ("SIGTERM", "SIGHUP")
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        signal.signal(number, signal.default_int_handler)


def _run_headless(root: Path, visitors: int) -> None:
    from ui.demo.day import run_day

    report = run_day(root, tell, visitors)
    papers = "\n".join(f"  {p}" for p in report.papers)
    verdict = "Mọi hồ sơ đến tỉnh đúng một lần." if report.ok else "Có chỗ chưa đúng: " + "; ".join(report.problems)
    rate = f"Tỷ lệ sai ký tự khi nhận dạng: {report.character_error_rate:.2%}"
    show(asdict(report), f"{verdict}\n{rate}\nGiấy tờ đã in:\n{papers}")
    if not report.ok:
        raise typer.Exit(1)


def _act_as_desk(root: Path, visitors: int) -> None:
    """Only the desk's part, for the kill tests."""
    from ui.app import open_office
    from ui.demo.faults import act_as_desk
    from ui.demo.office import desk_of

    with open_office(root) as office:
        act_as_desk(office, desk_of(office, visitors))


def _has_screen() -> bool:
    return sys.platform == "win32" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
