"""The later forms by command: letter of apology, control slip, stop notice and register, as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_commands import Run, commands_in, received_now
from printing_samples import texts


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return commands_in(tmp_path, capsys)


@pytest.fixture
def key(tmp_path: Path) -> str:
    return received_now(tmp_path).key


def test_each_act_makes_its_form(tmp_path: Path, run: Run, key: str) -> None:
    started = run("dossier", "start", key)[1]
    assert any(Path(path).name.startswith("mau06-") for path in started["slips"])
    run("dossier", "extend", key, "--by", "2 ngày làm việc", "--reason", "Chờ ý kiến")
    run("dossier", "stop", key, "--reason", "Theo đề nghị của người nộp")
    for form, words in (("apology", "Chờ ý kiến"), ("control", "Bộ phận giải quyết"), ("stop", "Theo đề nghị")):
        out = tmp_path / f"{form}.pdf"
        code, told = run("print", "form", form, "--dossier", key, "--out", str(out))
        assert (code, told["number"]) == (0, 1)
        assert words in " ".join(texts(out.read_bytes()))


def test_the_register_of_today_goes_to_a_file(tmp_path: Path, run: Run, key: str) -> None:
    out = tmp_path / "so.pdf"
    code, told = run("print", "register", "--out", str(out))
    assert (code, told["dossiers"]) == (0, 1)
    assert key in texts(out.read_bytes())[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "2026-12-31", "--to", "2027-01-01"), "register.two_books"),
        (("--from", "2026-12-31", "--to", "2026-12-01"), "usage"),
        (("--from", "hôm qua"), "usage"),
    ],
)
def test_a_wrong_range_of_the_register_is_told(tmp_path: Path, run: Run, words: tuple[str, ...], code: str) -> None:
    out = tmp_path / "so.pdf"
    exit_code, told = run("print", "register", "--out", str(out), *words)
    assert (exit_code, told["error"]["code"]) == (2, code)
    assert not out.exists()
