"""The range reaches the paper and the command line in the same words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from printing_samples import TICKET
from samples import KIOSK, NOON, OFFICE

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.ticket import Ticket
from kiosk.services import queueing
from kiosk.services.printing import TicketToPrint, paper_of
from printing.tickets import render_ticket, wait_lines
from ui.app import open_office
from ui.cli import main


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ((0, 5), ["Dự kiến chờ dưới 5 phút"]),
        ((10, 20), ["Dự kiến chờ 10–20 phút"]),
        ((65, 90), ["Dự kiến chờ trên 60 phút", "Mời ông/bà quay lại sau 10:50"]),
    ],
)
def test_the_ticket_says_the_wait_in_words(told: tuple[int, int], lines: list[str]) -> None:
    assert wait_lines(told, NOON) == lines


def test_a_long_wait_still_fits_the_paper() -> None:
    assert render_ticket(replace(TICKET, wait_minutes=(65, 90))).height > render_ticket(TICKET).height


def test_the_paper_carries_what_was_told_of_its_number() -> None:
    office = FakeOffice()
    ticket = queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="t")
    asked: list[str] = []

    def wait(of: Ticket) -> tuple[int, int]:
        asked.append(of.key)
        return 10, 20

    paper = paper_of(office.units, OFFICE, office.shelf.jobs[0], NOON, wait)
    assert isinstance(paper, TicketToPrint)
    assert paper.wait_minutes == (10, 20)
    assert asked == [ticket.key]


def test_a_new_office_tells_no_minutes_and_one_with_cases_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def issue() -> object:
        assert main(["ticket", "issue", "--json", "--data", str(tmp_path)]) == 0
        return json.loads(capsys.readouterr().out)["wait_minutes"]

    assert issue() is None
    now = office_now()
    with open_office(tmp_path) as office:
        line = office.facts.groups[0].code
        for n in range(21):
            units, officer = office.units(), Actor("lan", "ban-1", "1")
            queueing.issue_ticket(units, office.facts, line, actor=officer, now=now, touch=f"p{n}")
            called = queueing.call_next(units, office.facts, "1", actor=officer, now=now)
            queueing.finish(units, called.key, actor=officer, now=now + timedelta(minutes=3))
    assert issue() is not None


def test_the_simulation_answers_in_words_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["simulate", "queue", "--days", "1", "--scenario", "xe-khach", "--seed", "3"]
    assert main(words) == 0
    assert "xe-khach" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scenarios"]["xe-khach"]["tickets"] > 25
    assert main([*words[:-2], "--scenario", "nope", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "simulate.scenario"
