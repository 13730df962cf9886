"""The yardsticks of reading: order counts on the whole page, faster means less CPU time than the peer's."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import StorageError
from scanner.page import jpeg_bytes
from ui.cli.bench_digitise_pages import own_pages
from ui.cli.bench_digitise_reading import ReadingOutcome, Run, text_errors
from ui.cli.bench_digitise_steps import Scale, StepCost, weigh_steps
from ui.cli.bench_processes import Part, ran

OURS = Run(
    pages=10,
    wall_s=6.0,
    cpu_s=12.0,
    peak_mb=500.0,
    cer=0.01,
    line_cer=0.01,
    steps={"ocr": 9.0},
    groups={"good": (0.01, 0.005), "bad": (0.02, 0.02)},
    parts={"Tesseract": Part(8.0, 90.0), "mở tệp": Part(0.5, 60.0)},
)
STEPS = [StepCost("làm sạch", 50.0, 60.0, 20.0), StepCost("nén ảnh", 150.0, 150.0, 40.0)]
PEER = replace(OURS, cpu_s=100.0, cer=0.02, line_cer=0.02, groups={"good": (0.01, 0.005), "bad": (0.04, 0.04)})


def test_a_whole_page_is_judged_in_its_order_and_white_space_is_folded() -> None:
    assert text_errors("Kính  gửi\nỦy ban", "Kính gửi: Ủy ban") == (1, 16)
    wrong, letters = text_errors("hai\nmột", "một\nhai")
    assert (wrong > 3, letters) == (True, 7)
    assert text_errors("Nguye\u0302\u0303n", "Nguyễn") == (0, 6)


@pytest.mark.parametrize(("plain_s", "clean_s", "ok"), [(24.0, 50.0, True), (20.0, 50.0, False), (24.0, 40.0, False)])
def test_both_promises_to_the_peer_must_hold(plain_s: float, clean_s: float, ok: bool) -> None:
    peers = {"plain": replace(PEER, cpu_s=plain_s), "deskew+clean": replace(PEER, cpu_s=clean_s)}
    outcome = ReadingOutcome(OURS, peers, STEPS)
    assert outcome.ok is ok
    assert outcome.data()["faster"]["plain"] == pytest.approx(plain_s / 12, abs=0.01)
    assert (outcome.data()["pages_per_minute"], outcome.data()["cpu_s_per_page"]) == (100.0, 1.2)
    assert "ocrmypdf plain" in outcome.text()
    assert outcome.data()["each_step"][1] == {"name": "nén ảnh", "cpu_ms": 150.0, "wall_ms": 150.0, "mb": 40.0}
    assert "Tesseract 0.80 giây CPU/trang và 90 MB" in outcome.text()


@pytest.mark.parametrize(
    ("peer", "ok"),
    [
        (PEER, True),
        (replace(PEER, cer=0.012), False),
        (replace(PEER, line_cer=0.012), False),
        (replace(PEER, groups={**PEER.groups, "good": (0.01, 0.004)}), False),
    ],
)
def test_fewer_letters_are_misread_than_by_the_peer_and_on_no_kind_of_pages_more(peer: Run, ok: bool) -> None:
    assert ReadingOutcome(OURS, {"plain": peer}, STEPS).ok is ok


def test_a_program_is_weighed_with_its_children_and_told_apart_from_them() -> None:
    busy = (
        "import time; kept = b'x' * 40_000_000; end = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
    )
    both = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}, 'scanner.loaded_child'], check=True)"
    )
    spent = ran([sys.executable, "-c", both])
    assert 0.4 <= spent.cpu_s < spent.wall_s + 0.5
    engine = spent.parts["Tesseract"]  # known by its command line
    assert 0.1 < engine.cpu_s <= spent.cpu_s
    assert 40_000_000 / 2**20 <= engine.mb <= spent.peak_mb
    with pytest.raises(StorageError):
        ran([sys.executable, "-c", "raise SystemExit(3)"])


def test_each_step_of_a_page_is_weighed(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(jpeg_bytes(own_pages(1)[0].page.pixels, 90))
    steps = {step.name: step for step in weigh_steps([tmp_path / "1.jpg"])}
    assert len(steps) == 10
    reading = steps["đọc chữ (Tesseract)"]
    assert reading.cpu_ms == max(step.cpu_ms for step in steps.values())  # though another process does it
    assert reading.wall_ms > 0.5 * reading.cpu_ms


def test_what_a_step_holds_is_weighed_though_it_lets_go() -> None:
    scale = Scale()
    scale.weigh("giữ rồi buông", lambda: len(b"x" * 64_000_000))  # too large to be taken from what is free already
    scale.weigh("không giữ gì", lambda: None)
    held, idle = (mb for _cpu, _wall, mb in scale.sums.values())
    assert 50 < held < 90
    assert idle < 20
