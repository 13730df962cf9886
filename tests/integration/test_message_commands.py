"""Messages to citizens by command, into the folder that the operator's portal takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_commands import commands_in, done_by, received_now


def test_a_result_becomes_a_message_in_the_folder_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notices.toml").write_text('[send]\non = true\nquiet_from = "00:00"\nquiet_until = "00:00"\n')
    run = commands_in(tmp_path, capsys)
    motcua = done_by(run)
    assert motcua("notices", "send")["queued"] == 0, "the first look begins at the end of the log"
    key = received_now(tmp_path).key
    motcua("dossier", "start", key)
    motcua("dossier", "result", key, "--number", "12/XN")
    done = motcua("notices", "send")
    assert (done["queued"], done["handed"], done["waiting"]) == (1, 1, 0)
    assert motcua("notices", "send")["handed"] == 0
    [told] = motcua("notices", "list", "--dossier", key)["notices"]
    assert (told["occasion"], told["state"], told["to"]) == ("result", "handed", "091****111")
    assert (tmp_path / "tin-nhan" / told["reference"]).is_file()
    motcua("notices", "sent", told["key"])
    motcua("notices", "consent", key, "--no")
    assert motcua("notices", "texts")["texts"]["result/plain"]["alphabet"] == "GSM-7"


def test_switched_off_nothing_is_sent_and_it_says_how_to_switch_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, failure = commands_in(tmp_path, capsys)("notices", "send")
    assert code == 2
    assert "notices.toml" in failure["error"]["message"]
