"""`motcua digitise`, `scan` and `scanners` as a script uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from scanner_samples import DECLARATION, NOTIFICATION, drawn, empty_sheet, picture_file, printed_pdf, scanned, tiff_of

from ui.cli import main
from ui.cli.console import frame


class Shell:
    """Runs a command; the answer is its JSON object."""

    def __init__(self, capsys: pytest.CaptureFixture[str], data: Path) -> None:
        self._capsys, self._data = capsys, data

    def __call__(self, *words: str, code: int = 0) -> Any:
        self._capsys.readouterr()
        found = main([*words, "--json", "--data", str(self._data)])
        frame.json, frame.data = False, None
        out = self._capsys.readouterr().out
        assert found == code, out
        return json.loads(out)


@pytest.fixture
def motcua(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, tmp_path / "office")


def test_files_become_documents_and_a_report(motcua: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "giấy tờ"
    folder.mkdir()
    picture_file(scanned(drawn(), 1.5), folder / "1 tờ khai.png")
    tiff_of([drawn(NOTIFICATION), empty_sheet()], folder / "2 chứng sinh.tiff")
    printed_pdf([DECLARATION, NOTIFICATION], folder / "3 cả hai.pdf")
    out = tmp_path / "ra"
    result = motcua("digitise", str(folder), "--out", str(out))
    assert json.loads((out / "result.json").read_text(encoding="utf-8")) == result
    documents = result["documents"]
    assert [d["file"] for d in documents] == ["01.pdf", "02.pdf", "03.pdf", "04.pdf"]
    assert [d["pages"] for d in documents] == [[1], [2, 3], [4], [5]]
    kinds = [d["type"]["code"] for d in documents]
    assert kinds == ["birth-declaration", "birth-notification", "birth-declaration", "birth-notification"]
    assert documents[0]["fields"]["id_number"] == "001195047382"
    page = result["pages"][0]
    assert page["number"] == 1
    assert page["source"] == "1 tờ khai.png"
    assert page["skew_deg"] == pytest.approx(1.5, abs=0.05)
    assert (page["blank"], page["rotation_deg"], page["dpi"]) == (False, 0, 200)
    assert "Nguyễn Thị Ánh Tuyết" in page["text"]
    assert page["confidence"] > 0.8
    assert page["codes"] == page["warnings"] == []
    assert result["pages"][2]["blank"]
    assert set(result["seconds"]) == {"clean", "ocr", "pdf", "total"}
    assert result["cpu_seconds"] > 0
    assert result["bytes"] == sum((out / d["file"]).stat().st_size for d in documents)
    with pikepdf.open(out / "02.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_with_a_procedure_its_components_are_proposed(motcua: Shell, tmp_path: Path) -> None:
    paper = picture_file(drawn(), tmp_path / "a.jpg")
    out = str(tmp_path / "ra")
    (document,) = motcua("digitise", str(paper), "--out", out, "--procedure", "1.001193")["documents"]
    assert document["type"]["confidence"] > 0.7
    assert (
        motcua("digitise", str(paper), "--out", out, "--procedure", "9.9", code=2)["error"]["code"] == "input.not_found"
    )


@pytest.mark.device
def test_a_feeder_is_scanned_into_a_folder_and_numbering_goes_on(motcua: Shell, tmp_path: Path) -> None:
    words = ("scan", "--device", "test:0", "--dpi", "100", "--out", str(tmp_path / "quét"))
    assert motcua(*words)["pages"][0] == "0001.png"
    assert motcua(*words, "--flatbed")["pages"] == ["0011.png"]
    assert len(list((tmp_path / "quét").iterdir())) == 11


@pytest.mark.device
def test_scanners_are_listed(motcua: Shell) -> None:
    assert [d["name"] for d in motcua("scanners", "--backend", "test")["devices"]] == ["test:0", "test:1"]


@pytest.mark.device
def test_trouble_with_a_device_is_told_in_words(motcua: Shell, tmp_path: Path) -> None:
    error = motcua("scan", "--device", "test:9", "--out", str(tmp_path), code=1)["error"]
    assert error["code"] == "device.offline"
    assert "test:9" in error["message"]
