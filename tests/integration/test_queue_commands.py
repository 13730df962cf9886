"""`motcua ticket …`: the newer acts by command, and a database of the version before them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from office_commands import commands_in, done_by
from sqlalchemy import text


def test_numbers_are_sent_on_taken_back_and_closed_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = commands_in(tmp_path, capsys)
    done = done_by(run, "ticket")
    assert done("issue", "--dossiers", "2")["number"] == "A001"
    done("call")
    assert done("undo")["state"] == "waiting"
    done("call")
    sent = done("transfer", "a001", "--group", "chung-thuc", "--place", "next")
    assert (sent["number"], sent["group"], sent["place"], sent["dossiers"]) == ("A001", "chung-thuc", "next", 2)
    assert done("pause", "--reason", "Họp")["reason"] == "Họp"
    assert run("ticket", "call")[1]["error"]["code"] == "counter.paused"
    done("open")
    done("call")
    assert done("miss", "A001")["outcome"] == "no_show"
    assert done("return", "A001")["state"] == "waiting"
    assert done("dossiers", "A001", "3")["dossiers"] == 3
    assert run("ticket", "transfer", "A001")[1]["error"]["code"] == "ticket.no_target"
    assert run("ticket", "pause", "--until", "25:99")[0] == 2
    done("close-morning")
    assert done("close-day", "--early")["expired"] == ["A001"]
    assert done("list")["tickets"][0]["outcome"] == "expired_day"


INSERT = text(
    'INSERT INTO tickets (key, label, series, n, epoch, business_day, "group", priority, issued_at, effective_at,'
    " touch, state, priority_reason, calls, print_state, version) VALUES (:key, :key, 'A', :n, 1, '2026-11-23', 'g',"
    " '', '2026-11-23 01:00:00', '2026-11-23 00:40:00', :key, :state, '', 0, 'printed', 0)"
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_tickets_of_an_earlier_version_keep_their_place_in_line(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from alembic import command
    from alembic.config import Config

    import kiosk.storage.migrations as migrations
    from kiosk.storage.postgres import postgres_engine
    from kiosk.storage.sqlite import sqlite_engine

    if kind == "sqlite":
        engine = sqlite_engine(tmp_path / "old.db", b"k" * 32)
    else:
        engine = postgres_engine(request.getfixturevalue("cluster").new_database())
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        command.upgrade(config, "0002")
        for n, state in enumerate(("waiting", "finished", "no_show"), 1):
            connection.execute(INSERT, {"key": f"A00{n}", "n": n, "state": state})
        command.upgrade(config, "head")
        rows = connection.execute(
            text(
                "SELECT serve_day = business_day, line_at = issued_at, rank, dossiers, outcome FROM tickets ORDER BY n"
            )
        )
        assert [tuple(row) for row in rows] == [(True, True, 1, 1, end) for end in ("", "served", "no_show")]
    engine.dispose()


def test_the_bench_of_calls_finds_no_number_at_two_counters() -> None:
    words = ["bench", "calls", "--officers", "3", "--commands", "60", "--engine", "sqlite", "--json"]
    ran = subprocess.run([sys.executable, "-m", "kiosk", *words], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)["engines"]["sqlite"]
    assert (figures["commands"], figures["double_calls"], figures["two_at_a_counter"]) == (60, 0, 0)
    assert figures["doubles_refused"] > 0, "the officers tried"
