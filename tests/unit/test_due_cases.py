"""The table of return dates (tests/due_cases.csv): counted by hand, and again by a slow enumerator of its own.

tag: how sure the rule behind a case is, as in docs/legal.md; "?" stands for a year without an official notice or for a
setting that nobody decided yet.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from due_packs import PACKS, calendars, write_pack
from due_slow import SlowCase

from kiosk.catalogue.calendar_pack import OfficeCalendars
from kiosk.clock import OFFICE_ZONE
from kiosk.domain.due import Counting, Due, StopKind, due, transfer_by
from kiosk.domain.term_words import parse_term
from ui.cli import main
from ui.cli.due import read_pause, received_at

TABLE = Path(__file__).parent.parent / "due_cases.csv"
Case = dict[str, str]


def _cases() -> list[Case]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = _cases()
NAMES = [f"{n}-{case['group']}" for n, case in enumerate(CASES, 2)]  # the line of the file


@cache
def office(pack: str) -> OfficeCalendars:
    return calendars(pack)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def answered(case: Case) -> Due:
    return due(
        office(case["pack"]).of_field(case["field"]),
        received_at(case["received"]),
        parse_term(case["term"]),
        Counting(case["counting"]),
        competent_at=received_at(case["competent"]) if case["competent"] else None,
        stops=[read_pause(text) for text in case["pauses"].split()],
        extension=parse_term(case["extension"]) if case["extension"] else None,
    )


def slow(case: Case) -> SlowCase:
    pauses = [read_pause(text) for text in case["pauses"].split()]
    return SlowCase(
        received_at(case["received"]),
        case["term"],
        case["pack"],
        case["field"],
        case["counting"],
        at(case["competent"]) if case["competent"] else None,
        [(p.since, p.until) for p in pauses if p.until is not None],
        case["extension"],
    )


def test_the_table_is_large_and_every_case_has_its_source() -> None:
    groups = Counter(case["group"] for case in CASES)
    assert len(CASES) >= 120
    assert len({tuple(case.values())[:10] for case in CASES}) == len(CASES), "a case stands twice"
    assert {"same-day", "hours", "working-days", "calendar-days", "exact-hours", "pauses", "extension"} <= set(groups)
    assert {"non-boundary", "online", "transfer", "packs"} <= set(groups)
    assert all(case["source"] and case["tag"] in {"V", "V2", "R", "?"} for case in CASES)
    assert all(case["tag"] == "?" for case in CASES if "2027-02" in case["due"])
    assert {case["pack"] for case in CASES} - {""} == set(PACKS)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_slow_enumerator_agrees_with_the_count_by_hand(case: Case) -> None:
    found = slow(case).transfer() if case["for"] == "transfer" else slow(case).due()
    assert found == at(case["due"])


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_return_date_is_the_one_of_the_table(case: Case) -> None:
    if case["for"] == "transfer":
        calendar = office(case["pack"]).of_field(case["field"])
        assert transfer_by(calendar, received_at(case["received"]), []) == at(case["due"])
        return
    answer = answered(case)
    assert answer.due_at == at(case["due"])
    assert len({s.day for s in answer.skipped}) == len(answer.skipped)
    if case["for"] == "accept":
        assert str(office(case["pack"]).pack.online_accept) == case["term"]


def command(case: Case, folder: Path) -> list[str]:
    words = ["due", "--json", "--received", case["received"], "--for", case["for"]]
    words += ["--term", case["term"]] if case["for"] == "result" else []
    words += ["--field", case["field"]] if case["field"] else []
    words += ["--exact-hours"] if case["counting"] == Counting.EXACT_HOURS else []
    words += ["--competent", case["competent"]] if case["competent"] else []
    words += [word for text in case["pauses"].split() for word in ("--pause", text)]
    words += ["--extend", case["extension"]] if case["extension"] else []
    return words + (["--calendar", str(write_pack(folder, case["pack"]))] if case["pack"] else [])


@pytest.mark.parametrize("group", sorted({case["group"] for case in CASES}))
def test_the_command_answers_as_the_table(group: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three of each group: the way from words to the answer is the same for all."""
    mine = [case for case in CASES if case["group"] == group]
    for case in (mine[0], mine[len(mine) // 2], mine[-1]):
        assert main(command(case, tmp_path)) == 0
        data = json.loads(capsys.readouterr().out)
        assert datetime.fromisoformat(data["due_at"]) == at(case["due"])
        assert all(set(skipped) == {"day", "reason"} for skipped in data["skipped"])


def test_a_pause_says_what_is_waited_for() -> None:
    case = next(case for case in CASES if "payment:" in case["pauses"])
    assert StopKind.PAYMENT in {stop.kind for stop in answered(case).stops}
