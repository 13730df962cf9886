"""`motcua print separators` and `motcua digitise --separators`, as an archive uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from scanner_samples import DECLARATION, NOTIFICATION, drawn, empty_sheet, tiff_of

from scanner.page import Page
from ui.cli import main
from ui.cli.console import frame

Run = Callable[..., tuple[int, dict[str, Any]]]
DPI = 100


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def command(*words: str) -> tuple[int, dict[str, Any]]:
        frame.json, frame.data = False, None
        code = main([*words, "--json", "--data", str(tmp_path / "office")])
        return code, json.loads(capsys.readouterr().out)

    return command


def sheets_of(pdf: Path) -> list[Page]:
    made = pypdfium2.PdfDocument(pdf)
    return [Page(np.ascontiguousarray(s.render(scale=DPI / 72).to_numpy()[:, :, :3]), DPI) for s in made]


def test_a_set_has_as_many_pages_as_sheets(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "to-ngan.pdf"
    code, told = run("print", "separators", "--count", "3", "--out", str(out))
    assert (code, told["sheets"], told["papers"]) == (0, 3, [])
    assert len(sheets_of(out)) == 3
    code, told = run("print", "separators", "--procedure", "1.001193", "--size", "A5", "--out", str(out))
    assert code == 0
    assert told["sheets"] == len(told["papers"]) == len(sheets_of(out))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--count", "2", "--procedure", "1.001193"),
        ("--count", "2", "--size", "A3"),
        ("--count", "1000"),
        ("--procedure", "không có"),
    ],
)
def test_wrong_use_prints_nothing(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    out = tmp_path / "to-ngan.pdf"
    code, told = run("print", "separators", *words, "--out", str(out))
    assert code in (1, 2)
    assert told["error"]["message"]
    assert not out.exists()


def test_an_archive_is_divided_at_its_sheets_and_a_missing_one_is_told(run: Run, tmp_path: Path) -> None:
    out, stack = tmp_path / "to-ngan.pdf", tmp_path / "stack.tif"
    run("print", "separators", "--count", "4", "--out", str(out))
    first, second, _third, fourth = sheets_of(out)
    declared, told_birth, back = drawn(DECLARATION, DPI), drawn(NOTIFICATION, DPI), empty_sheet(dpi=DPI)
    tiff_of([first, back, declared, second, back, told_birth, back, fourth, back, declared], stack)
    code, told = run("digitise", str(stack), "--separators", "--out", str(tmp_path / "out"))
    assert code == 0
    assert told["separators"] == {"sheets": 3, "left_out": [1, 2, 4, 5, 8, 9]}
    assert [d["pages"] for d in told["documents"]] == [[3], [6, 7], [10]]
    assert [len(d["warnings"]) for d in told["documents"]] == [0, 1, 0]
