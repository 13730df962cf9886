"""`motcua print …` and `motcua printers` on a real office in a throw-away directory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from printing_escpos import ReceiptPrinter
from printing_samples import codes, pixels, texts

from ui.app import open_office
from ui.cli import main
from ui.cli.console import frame
from ui.workers import print_worker


class Shell:
    """Runs commands on one office; the answer is the JSON object."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data, self._capsys = data, capsys

    def __call__(self, *words: str, code: int = 0) -> Any:
        self._capsys.readouterr()
        assert main([*words, "--json", "--data", str(self._data)]) == code
        frame.json, frame.data = False, None
        return json.loads(self._capsys.readouterr().out)


@pytest.fixture
def motcua(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "office", capsys)


def test_a_ticket_is_written_as_picture_document_and_printer_bytes(motcua: Shell, tmp_path: Path) -> None:
    number = motcua("ticket", "issue")["number"]
    for suffix in ("png", "pdf", "bin"):
        out = tmp_path / f"so.{suffix}"
        assert motcua("print", "ticket", number, "--out", str(out))["file"] == str(out)
    with Image.open(tmp_path / "so.png") as picture:
        assert number in codes(picture)["QRCode"]
        machine = ReceiptPrinter()
        machine.feed(bytearray((tmp_path / "so.bin").read_bytes()))
        assert (pixels(machine.tickets[0]) == pixels(picture)).all()
    assert (tmp_path / "so.pdf").read_bytes().startswith(b"%PDF")


def test_width_of_the_head_can_be_chosen_but_not_invented(motcua: Shell, tmp_path: Path) -> None:
    number = motcua("ticket", "issue")["number"]
    out = str(tmp_path / "so.png")
    assert motcua("print", "ticket", number, "--width", "384", "-o", out)["dots"][0] == 384
    assert motcua("print", "ticket", number, "--width", "500", "-o", out, code=2)["error"]["code"] == "usage"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("print", "ticket", "A001", "-o", "so.png"), "input.not_found"),
        (("print", "ticket", "A001", "-o", "so.doc"), "print.file_kind"),
        (("print", "form", "biên-lai", "-d", "1", "-o", "x.pdf"), "print.form"),
        (("print", "form", "receipt", "-d", "261123100078", "-o", "x.pdf"), "input.not_found"),
        (("print", "form", "receipt", "-d", "261123100078", "-o", "x.png"), "print.file_kind"),
    ],
)
def test_what_cannot_be_printed_is_bad_input_with_its_reason(motcua: Shell, words: tuple[str, ...], code: str) -> None:
    error = motcua(*words, code=2)["error"]
    assert error["code"] == code
    assert "{" not in error["message"] + error["fix"]


def test_a_file_that_cannot_be_written_is_bad_input(motcua: Shell, tmp_path: Path) -> None:
    number = motcua("ticket", "issue")["number"]
    out = str(tmp_path / "none" / "so.png")
    assert motcua("print", "ticket", number, "-o", out, code=2)["error"]["code"] == "print.unwritable"


def test_printers_are_listed_with_what_is_wrong(motcua: Shell, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "config.toml").write_text(
        '[[printers]]\npapers = ["ticket"]\nkind = "escpos-tcp"\naddress = "127.0.0.1:1"\n', encoding="utf-8"
    )
    ticket, slip = motcua("printers")["printers"]
    assert (ticket["printer"], ticket["state"], ticket["problem"]) == ("127.0.0.1:1", "trouble", "device.offline")
    assert (slip["paper"], slip["state"], slip["problem"]) == ("slip", "ready", None)


def test_every_slip_of_a_dossier_can_be_had_as_a_file(motcua: Shell, tmp_path: Path) -> None:
    intake = {"procedure": "1.001193", "papers": "all", "owner": {"full_name": "Nguyễn Thị Ánh", "born_on": "1995"}}
    (tmp_path / "hs.json").write_text(json.dumps(intake), encoding="utf-8")
    dossier = motcua("dossier", "receive", str(tmp_path / "hs.json"))
    out = tmp_path / "giay.pdf"
    asked = ("print", "form", "01", "--dossier", dossier["key"], "--out", str(out))
    assert motcua(*asked, "--copies", "1")["form"] == "01"
    (text,) = texts(out.read_bytes())
    assert dossier["key"] in text
    assert "Nguyễn Thị Ánh" in text
    assert motcua(*asked[:2], "refusal", *asked[3:], code=2)["error"]["code"] == "input.not_found"


def test_a_kiosk_looks_at_its_own_printer_without_the_office(motcua: Shell, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "config.toml").write_text(
        f'database = "postgresql://localhost/motcua?host={tmp_path}"\n[station]\nkind = "kiosk"\n'
        '[[printers]]\npapers = ["ticket"]\nkind = "escpos-tcp"\naddress = "127.0.0.1:1"\n',
        encoding="utf-8",
    )
    ticket, _slip = motcua("printers")["printers"]
    assert (ticket["paper"], ticket["problem"]) == ("ticket", "device.offline")


def settle(tmp_path: Path, config: str) -> None:
    (tmp_path / "office").mkdir(exist_ok=True)
    (tmp_path / "office" / "config.toml").write_text(config, encoding="utf-8")


def test_a_slip_that_another_machine_should_print_is_listed_and_printed_here_once(
    motcua: Shell, tmp_path: Path
) -> None:
    intake = {"procedure": "1.001193", "papers": "all", "owner": {"full_name": "Nguyễn Thị Ánh", "born_on": "1995"}}
    (tmp_path / "hs.json").write_text(json.dumps(intake), encoding="utf-8")
    elsewhere = '[[printers]]\npapers = ["slip"]\nkind = "station"\naddress = "quay-9"\n'
    settle(tmp_path, f'[station]\nname = "quay-2"\n{elsewhere}')
    dossier = motcua("dossier", "receive", str(tmp_path / "hs.json"))
    assert dossier["slips"] == []
    assert motcua("printers")["printers"][1]["printer"] == "quay-9"
    (waiting,) = motcua("print", "waiting")["papers"]
    assert (waiting["dossier"], waiting["station"], waiting["state"]) == (dossier["key"], "quay-9", "waiting")
    settle(tmp_path, '[station]\nname = "quay-1"\n')
    assert motcua("print", "here", dossier["key"])["station"] == "quay-1"
    with open_office(tmp_path / "office") as office:
        assert [print_worker(office).drain(), print_worker(office).drain()] == [1, 0]
        (paper,) = office.paths.papers.iterdir()
    (first, *_) = texts(paper.read_bytes())
    assert "Nguyễn Thị Ánh" in first
    assert motcua("print", "waiting")["papers"] == []
    assert motcua("print", "here", dossier["key"])["papers"] == 0


def test_a_slip_is_printed_again_at_this_machine_and_marked(motcua: Shell, tmp_path: Path) -> None:
    intake = {"procedure": "1.001193", "papers": "all", "owner": {"full_name": "Nguyễn Thị Ánh", "born_on": "1995"}}
    (tmp_path / "hs.json").write_text(json.dumps(intake), encoding="utf-8")
    settle(tmp_path, '[station]\nname = "quay-1"\n')
    key = motcua("dossier", "receive", str(tmp_path / "hs.json"))["key"]
    assert motcua("print", "again", "01", "--dossier", key)["station"] == "quay-1"
    assert motcua("print", "again", "refusal", "--dossier", key, code=2)["error"]["code"] == "input.not_found"
    with open_office(tmp_path / "office") as office:
        print_worker(office).drain()
        marked = ["BẢN IN LẠI LẦN 1" in texts(p.read_bytes())[0] for p in sorted(office.paths.papers.iterdir())]
    assert sorted(marked) == [False, True]
