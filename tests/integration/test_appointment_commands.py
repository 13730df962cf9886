"""`motcua appointment …`: a citizen booked, moved, come and called off by command."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from office_commands import commands_in, done_by

from kiosk.clock import business_day, office_now
from ui.cli import main


def test_an_appointment_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = commands_in(tmp_path, capsys)
    done = done_by(run, "appointment")
    days = [(business_day(office_now()) + timedelta(days=n)).isoformat() for n in range(1, 25)]
    day, at = next((d, s[0]["at"]) for d in days if (s := done("slots", "-g", "ho-tich", "--day", d)["slots"]))
    made = done("book", "-g", "ho-tich", "--at", at, "--name", "Nguyễn Thị Ánh", "--phone", "0912 000 111")
    assert (made["at"], made["name"], made["phone"]) == (at, "Nguyễn Thị Ánh", "0912000111")
    [listed] = done("list", "--day", day)["appointments"]
    assert (listed["code"], listed["number"]) == (made["code"], None)
    later = done("slots", "-g", "ho-tich", "--day", day)["slots"][1]["at"]
    assert done("move", made["code"], "--day", day, "--at", later)["at"] == later
    refused = run("appointment", "move", made["code"], "--day", day, "--at", f"{day}T00:10")[1]
    assert refused["error"]["code"] == "appointment.no_slot"
    assert run("appointment", "come", made["code"])[1]["error"]["code"] == "appointment.unknown"
    assert done("cancel", made["code"], "--day", day)["state"] == "cancelled"
    assert run("appointment", "cancel", made["code"], "--day", day)[1]["error"]["code"] == "appointment.ended"
    assert run("appointment", "slots", "-g", "ho-tich", "--day", "mai")[0] == 2
    for far in ("0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"):  # other days in the office's own zone
        assert run("appointment", "book", "-g", "ho-tich", "--at", far)[1]["error"]["code"] == "appointment.time"
    assert main(["appointment", "list", "--day", day, "--data", str(tmp_path)]) == 0
    assert "đã hủy" in capsys.readouterr().out
    assert done("list")["appointments"] == []
