"""`motcua bench kiosk`: random hands on the real kiosk, then its deaths: never out of the window, soon back."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import show, tell

CALM_S = 3.0  # before each death: the spare has loaded
SOON_S = 3.0
HANG_S = 14.0  # 8 s of silence first
SHOWN = 20  # faults listed


def register(bench: typer.Typer) -> None:
    bench.command("kiosk")(kiosk)


def kiosk(
    events: Annotated[int, typer.Option("--events", min=1, help="Số lần chạm và tổ hợp phím ngẫu nhiên.")] = 5000,
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống ngẫu nhiên.")] = 1,
    landscape: Annotated[bool, typer.Option("--landscape", help="Màn hình 1280 × 800 thay vì 1080 × 1920.")] = False,
) -> None:
    """Chạm và bấm phím ngẫu nhiên trên máy lấy số thật (cần Xvfb, openbox), rồi giết nó bốn cách và đo lúc trở lại."""
    from ui.demo.kiosk_session import kiosk_session, restarts_measured
    from ui.demo.monkey import Monkey

    folder = Path(tempfile.mkdtemp(prefix="motcua-kiosk-"))
    width, height = (1280, 800) if landscape else (1080, 1920)
    try:
        with kiosk_session(folder, width, height) as session:
            pid, _seconds = session.wait_for_kiosk()
            began = time.perf_counter()
            monkey = Monkey(session.hands, width, height, random.Random(seed), session.own)
            found = monkey.run(events, pid, lambda n: tell(f"{n} lần, {len(monkey.found.escapes)} lần thoát ra"))
            seconds = round(time.perf_counter() - began, 1)
            crashes = int(not Path(f"/proc/{pid}").exists())
            back = restarts_measured(session, lambda: time.sleep(CALM_S))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    soon = all(s <= (HANG_S if name == "SIGSTOP" else SOON_S) for name, s in back.items())
    ok = not found.escapes and not crashes and soon
    data = {
        "events": events,
        "seed": seed,
        "size": f"{width}x{height}",
        "touches": found.touches,
        "chords": found.chords,
    }
    data |= {"looks": found.looks, "escapes": len(found.escapes), "faults": found.escapes[:SHOWN], "crashes": crashes}
    show(
        data | {"seconds": seconds, "back_s": back, "ok": ok}, _words(found.touches, found.chords, found.escapes, back)
    )
    if not ok:
        raise typer.Exit(1)


def _words(touches: int, chords: int, escapes: list[str], back: dict[str, float]) -> str:
    verdict = "không lần nào thoát ra" if not escapes else f"SAI {len(escapes)} lần: " + "; ".join(escapes[:SHOWN])
    deaths = ", ".join(f"{name} {seconds} s" for name, seconds in back.items())
    return f"{touches} lần chạm, {chords} tổ hợp phím: {verdict}.\nTrở lại màn hình đầu: {deaths}."
