"""Commands on an office with a data directory, and a dossier for them to act on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import MOTHER, OFFICER, marks

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.services.reception import Intake, receive_dossier
from ui.app import open_office
from ui.cli import main

Run = Callable[..., tuple[int, dict[str, Any]]]
MARRIAGE_STATUS = "1.004873"  # three working days


def commands_in(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json: its exit code and what it told."""

    def command(*words: str) -> tuple[int, dict[str, Any]]:
        code = main(["--data", str(root), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return command


def done_by(run: Run, area: str = "") -> Callable[..., dict[str, Any]]:
    """Runs commands (of one area) that have to succeed: what each told."""

    def done(*words: str) -> dict[str, Any]:
        code, answer = run(*([area] if area else []), *words)
        assert code == 0, answer
        return answer

    return done


def received_now(root: Path, draft: str = "d-1") -> Dossier:
    """Received now, so that commands act on a dossier whose date is ahead."""
    with open_office(root) as office:
        with office.reads() as look:
            procedure = look.procedures.current(MARRIAGE_STATUS, office_now().date())
        assert procedure is not None
        papers = marks(*(c.code for c in procedure.components))
        intake = Intake(draft, MARRIAGE_STATUS, MOTHER, papers, case=procedure.options[0].case)
        return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=office_now()).dossier
