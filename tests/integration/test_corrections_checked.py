"""What a correction writes has to be as right as what an intake writes: it is printed and sent just the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_commands import commands_in, received_now


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--born-on", "hôm qua"),
        ("--born-on", "2990-01-01"),
        ("--phone", "=cmd"),
        ("--id-number", "00119500000?"),
        ("--submitter-phone", "không có"),
        ("--name", "Ánh\x07"),
    ],
)
def test_a_correction_to_something_wrong_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    key = received_now(tmp_path).key
    code, told = commands_in(tmp_path, capsys)("dossier", "correct", key, option, value, "--reason", "Gõ sai")
    assert (code, told["error"]["code"]) == (2, "usage")
    assert "chỗ “" in told["error"]["message"]
