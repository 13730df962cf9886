"""`motcua digitise`, `scan` and `scanners` as a script uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from escl_scanner import EsclScanner, serving
from scanner_samples import DECLARATION, NOTIFICATION, drawn, empty_sheet, picture_file, printed_pdf, scanned, tiff_of

from scanner.pictures import picture_page
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
    words = ("scan", "--device", "test:0", "--dpi", "200", "--out", str(tmp_path / "quét"))
    assert motcua(*words)["pages"][0] == "0001.png"
    assert motcua(*words, "--flatbed")["pages"] == ["0011.png"]
    assert len(list((tmp_path / "quét").iterdir())) == 11


@pytest.mark.device
def test_scanners_are_listed(motcua: Shell) -> None:
    found = motcua("scanners", "--backend", "test")["devices"]
    assert [(d["name"], d["can"]) for d in found] == [("test:0", ["glass", "feeder"]), ("test:1", ["glass", "feeder"])]


@pytest.mark.device
def test_trouble_with_a_device_is_told_in_words(motcua: Shell, tmp_path: Path) -> None:
    error = motcua("scan", "--device", "test:9", "--out", str(tmp_path), code=1)["error"]
    assert error["code"] == "device.offline"
    assert "test:9" in error["message"]


def own_settings(folder: Path, text: str) -> None:
    (folder / "office").mkdir()
    (folder / "office" / "config.toml").write_text(text, encoding="utf-8")


def test_a_network_scanner_is_used_by_the_name_of_its_profile(motcua: Shell, tmp_path: Path) -> None:
    scanner, out = EsclScanner([drawn(dpi=60), drawn(dpi=60)]), tmp_path / "quét"
    with serving(scanner) as address:
        profile = f'name = "tầng 1"\ndevice = "escl:{address}"\ndpi = 300\nsize = "A5"\ncolour = false\nduplex = true\n'
        own_settings(tmp_path, f"[[scanners]]\n{profile}")
        found = motcua("scan", "--device", "tầng 1", "--simplex", "--out", str(out))
    assert found["pages"] == ["0001.png", "0002.png"]
    (job,) = scanner.jobs.values()
    for part in ("XResolution>300<", "Height>2480<", "Grayscale8", "Duplex>false<"):
        assert part in job.request


def test_scanning_by_command_goes_on_after_a_jam(motcua: Shell, tmp_path: Path) -> None:
    sheet, out = drawn(dpi=60), tmp_path / "quét"
    scanner = EsclScanner([sheet, "jam", sheet])
    with serving(scanner) as address:
        words = ("scan", "--device", f"escl:{address}", "--out", str(out))
        assert motcua(*words, code=1)["error"]["code"] == "device.jam"
        scanner.load([sheet, sheet])
        assert motcua(*words)["pages"] == ["0002.png", "0003.png"]


def test_a_hot_folder_and_files_are_scanned_by_command_too(motcua: Shell, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    for name in ("a.jpg", "b.jpg"):
        picture_file(drawn(dpi=60), tmp_path / "share" / name)
    out = str(tmp_path / "quét")
    assert motcua("scan", "--device", f"file:{tmp_path / 'share'}", "--out", out)["pages"] == ["0001.png", "0002.png"]
    assert len(motcua("scan", "--device", f"folder:{tmp_path / 'share'}", "--out", out)["pages"]) == 2
    assert motcua("scan", "--device", f"folder:{tmp_path / 'share'}", "--out", out)["pages"] == []


def test_photos_are_kept_as_photos(motcua: Shell, tmp_path: Path) -> None:
    picture_file(drawn(dpi=60), tmp_path / "a.jpg")
    motcua("scan", "--device", f"photo:{tmp_path / 'a.jpg'}", "--out", str(tmp_path / "quét"))
    path = tmp_path / "quét" / "0001.png"
    assert picture_page(path.read_bytes(), path.name).photo


@pytest.mark.parametrize(
    ("option", "code", "word"),
    [
        (("--dpi", "150"), "scan.dpi", "200 dpi"),
        (("--dpi", "1200"), "scan.setting", "200–600"),
        (("--size", "A9"), "scan.setting", "A3, A4"),
    ],
)
def test_a_setting_that_is_not_allowed_says_why(
    motcua: Shell, tmp_path: Path, option: tuple[str, str], code: str, word: str
) -> None:
    error = motcua("scan", "--device", "test:0", *option, "--out", str(tmp_path), code=2)["error"]
    assert error["code"] == code
    assert word in error["message"] + error["fix"]


def test_a_resolution_below_the_law_in_the_settings_says_why(motcua: Shell, tmp_path: Path) -> None:
    own_settings(tmp_path, "[scanner]\ndpi = 150\n")
    error = motcua("scanners", "--backend", "test", code=2)["error"]
    assert "30/2020" in error["message"] + error["fix"]


@pytest.mark.device
def test_profiles_are_listed_with_what_they_set(motcua: Shell, tmp_path: Path) -> None:
    own_settings(
        tmp_path,
        '[scanner]\ndevice = "folder:/quet"\n[[scanners]]\nname = "kính"\ndevice = "test:0"\nsource = "glass"\n',
    )
    tray, glass, *found = motcua("scanners", "--backend", "test")["devices"]
    assert (tray["name"], tray["kind"]) == ("folder:/quet", "profile")
    assert glass["settings"]["source"] == "glass"
    assert {d["kind"] for d in found} == {"sane"}
