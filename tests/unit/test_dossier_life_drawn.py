"""The table of a dossier's life in docs/life.md is the program's own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kiosk.domain.life import TABLE
from kiosk.domain.tracks import HAND_OVER, MONEY
from ui.cli import main
from ui.cli.dossier_life import drawn

DOCS = Path(__file__).parents[2] / "docs"


def test_the_document_shows_the_table_as_it_is() -> None:
    assert (DOCS / "life.md").read_text("utf-8").rstrip().endswith(drawn())


def test_every_row_names_a_rule_that_legal_md_has() -> None:
    keys = set(re.findall(r"^## (\S+)$", (DOCS / "legal.md").read_text("utf-8"), re.MULTILINE))
    assert {row.source for row in TABLE} | {row.source for row in MONEY} | {row.source for row in HAND_OVER} <= keys


def test_the_command_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "dossier", "life"]) == 0
    moves = json.loads(capsys.readouterr().out)["moves"]
    receive = next(m for m in moves if m["act"] == "receive")
    assert (receive["from"], receive["to"], receive["paper"]) == (["draft", "waiting_supplement"], "received", "01")
