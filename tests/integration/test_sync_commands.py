"""`motcua sync …` on a real office and the stand-in's own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from samples import BIRTH, OFFICER, a_desk, an_intake
from sync_stand_in import ROOT, StandIn

from kiosk.clock import office_now
from kiosk.services.reception import receive_dossier
from kiosk.storage import open_store


def motcua(data: Path, *words: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "kiosk", *words, "--data", str(data), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    answer: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, answer


def an_office_with_a_dossier(folder: Path) -> None:
    store = open_store(folder / "office.db", folder)
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    receive_dossier(store.units(), a_desk(), an_intake(), actor=OFFICER, now=office_now())
    store.close()


def test_a_dossier_waits_is_sent_and_is_counted(tmp_path: Path) -> None:
    office = tmp_path / "office"
    an_office_with_a_dossier(office)
    code, failure = motcua(office, "sync", "once")
    assert (code, failure["error"]["code"]) == (2, "sync.no_province")
    with StandIn(tmp_path / "province") as province:
        (office / "config.toml").write_text(f'[[provinces]]\nurl = "{province.url}"\ntimeout_s = 5\n')
        code, before = motcua(office, "sync", "status")
        assert (code, before["waiting"], before["sent"], before["line"]) == (0, 2, 0, "up")
        code, round_ = motcua(office, "sync", "once")
        assert (code, round_["done"], round_["waiting"], round_["sent"]) == (0, 2, 0, 2)
        assert province.report()["dossiers"] == 1
    code, after = motcua(office, "sync", "status")
    assert (code, after["line"], after["problems"]) == (0, "down", [])


def test_a_commune_without_a_line_exports_to_a_folder(tmp_path: Path) -> None:
    office = tmp_path / "office"
    an_office_with_a_dossier(office)
    (tmp_path / "usb").mkdir()
    code, failure = motcua(office, "sync", "export", str(tmp_path / "usb"))
    assert (code, failure["error"]["code"]) == (2, "stick.no_key")
    code, done = motcua(office, "sync", "export", str(tmp_path / "usb"), "--plain")
    assert (code, done["dossiers"], done["progress"]) == (0, 1, 1)
    (tmp_path / "file").write_text("")
    code, failure = motcua(office, "sync", "export", str(tmp_path / "file"), "--plain")
    assert (code, failure["error"]["code"]) == (2, "stick.gone")


def test_a_bad_connection_is_named(tmp_path: Path) -> None:
    office = tmp_path / "office"
    an_office_with_a_dossier(office)
    (office / "config.toml").write_text('[[provinces]]\nurl = "tinh.example"\n')
    code, failure = motcua(office, "sync", "once")
    assert (code, failure["error"]["code"]) == (2, "sync.bad_connection")
    assert "tinh.example" in failure["error"]["message"]


def test_a_second_stand_in_on_the_same_port_says_so(tmp_path: Path) -> None:
    with StandIn(tmp_path / "province") as province:
        code, failure = motcua(tmp_path / "other", "province", "serve", "--port", str(province.port))
    assert (code, failure["error"]["code"]) == (2, "province.port_taken")
