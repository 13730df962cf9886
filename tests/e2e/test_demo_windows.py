"""The sample office on a screen: its feeder is never empty for long, and nothing of it outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest

from ui.demo.office import TRAY, desk_of, make_office
from ui.demo.processes import ProvinceWatch
from ui.demo.windows import Tray

PATIENCE_S = 60.0


def test_the_sample_feeder_holds_the_papers_of_one_citizen_at_a_time(tmp_path: Path) -> None:
    sample = make_office(tmp_path)
    with sample.open() as office:
        desk = desk_of(office, 2)
        desk.take_numbers()
        tray = Tray(office, desk)
        folder = Path(office.config.scanner.device.removeprefix("folder:"))
        assert folder == (tmp_path / TRAY).resolve()
        tray.refill()
        tray.refill()
        first = sorted(p.name for p in folder.glob("*.jpg"))
        assert first
        assert all(name.startswith("0-") for name in first)
        ticket = desk.call()
        assert ticket is not None
        desk.serve(ticket)
        tray.refill()
        assert any(p.name.startswith("1-") for p in folder.glob("*.jpg"))


def test_the_sample_province_takes_every_field_of_the_shipped_catalogue(tmp_path: Path) -> None:
    sample = make_office(tmp_path)
    with sample.open() as office, office.reads() as look:
        fields = {p.field_name for p in look.procedures.all_current(date(2026, 11, 23))}
        assert fields <= set(office.config.provinces[0].field_codes)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_stopping_the_sample_office_from_outside_ends_all_of_it(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":none"}
    command = [sys.executable, "-m", "kiosk", "demo", "--data", str(tmp_path)]
    with (tmp_path / "out.txt").open("wb") as out:
        demo = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            _wait(lambda: "provinces" in _config(tmp_path))
            province = ProvinceWatch(_config(tmp_path)["provinces"][0]["url"])
            _wait(province.is_up)
        finally:
            demo.send_signal(signal.SIGTERM)
        demo.wait(PATIENCE_S)
    assert not province.is_up()


def _config(root: Path) -> dict[str, list[dict[str, str]]]:
    file = root / "config.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError):
        return {}


def _wait(is_so: object) -> None:
    assert callable(is_so)
    last = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.2)
