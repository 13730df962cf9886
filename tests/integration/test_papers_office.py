"""From the feeder to a confirmed paper and what was learned of it, on a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from scanner_samples import DECLARATION, PreparedEngine, drawn

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from scanner.reader import PageReader
from scanner.worker import DigitiseWorker
from ui.app import OpenedOffice, has_office, open_office
from ui.cli import main
from ui.cli.console import frame
from ui.cli.digitise import known_papers
from ui.desk.office import LiveIntake
from ui.desk.reading_model import Accepted, ReadPaper
from ui.desk.reading_office import LiveReading, UnclearDayError

OFFICER = Actor("lan", "quầy 1")
DPI = 80


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path / "office") as opened:
        yield opened


def work(office: OpenedOffice) -> None:
    reader = PageReader(PreparedEngine(DECLARATION))
    DigitiseWorker(office.units, office.vault, OFFICER, office_now, "w", reader).drain()


def scanned_paper(office: OpenedOffice) -> tuple[LiveReading, ReadPaper]:
    LiveIntake(office, "1", OFFICER, lambda: [drawn(DECLARATION, DPI)], office_now).scan("draft-1")
    work(office)
    reading = LiveReading(office, OFFICER)
    with office.reads() as look:
        procedure = look.procedures.current("1.001193", office_now().date())
    assert procedure is not None
    (paper,) = reading.papers("draft-1", procedure.papers(""))
    return reading, paper


def test_a_scanned_declaration_is_offered_with_its_component_and_taken_as_corrected(office: OpenedOffice) -> None:
    reading, paper = scanned_paper(office)
    assert (paper.kind, paper.numbers, paper.confirmed) == ("birth-declaration", (1,), False)
    assert paper.component
    assert next(f for f in paper.fields if f.name == "issued_on").value == "23/11/2026"
    reading.confirm(
        "draft-1", Accepted(paper.pages, "declaration", paper.component, {"issued_on": "22/11/2026", "phone": " "})
    )
    (again,) = reading.papers("draft-1", ())
    assert (again.kind, again.confirmed, again.component) == ("declaration", True, paper.component)
    fields = {f.name: f for f in again.fields}
    assert (fields["issued_on"].value, fields["issued_on"].confidence) == ("22/11/2026", 1.0)
    assert fields["full_name"].value == "Nguyễn Thị Ánh Tuyết"
    reading.take_back(paper.pages[0])
    assert not reading.papers("draft-1", ())[0].confirmed


def test_a_day_that_is_in_no_calendar_is_not_taken(office: OpenedOffice) -> None:
    reading, paper = scanned_paper(office)
    with pytest.raises(UnclearDayError):
        reading.confirm("draft-1", Accepted(paper.pages, paper.kind, "", {"issued_on": "31/02/2026"}))
    assert not reading.papers("draft-1", ())[0].confirmed


def test_the_picture_comes_with_the_places_of_doubtful_words(office: OpenedOffice) -> None:
    reading, paper = scanned_paper(office)
    picture = reading.picture(paper.pages[0])
    assert picture.jpeg[:2] == b"\xff\xd8"
    assert all(0 <= share <= 1.5 for box in picture.doubtful for share in box)


def test_what_was_learned_can_be_listed_and_forgotten(
    office: OpenedOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, paper = scanned_paper(office)
    reading.confirm("draft-1", Accepted(paper.pages, "birth-declaration", "", {}))
    work(office)

    def motcua(*words: str, code: int = 0) -> dict[str, object]:
        capsys.readouterr()
        assert main([*words, "--json", "--data", str(tmp_path / "office")]) == code
        frame.json, frame.data = False, None
        return dict(json.loads(capsys.readouterr().out))

    assert motcua("paper", "learned")["kinds"] == {"birth-declaration": 1}
    assert motcua("paper", "forget", code=2)["error"]
    assert motcua("paper", "forget", "--officer", "ai-do")["forgotten"] == []
    assert motcua("paper", "forget", "--officer", "lan", "--since", "2020-01-01")["forgotten"]
    assert motcua("paper", "learned")["kinds"] == {}


def test_an_archive_run_in_an_office_knows_what_its_officers_confirmed(office: OpenedOffice, tmp_path: Path) -> None:
    assert not has_office(tmp_path / "elsewhere")
    frame.data = tmp_path / "office"
    try:
        assert (before := known_papers()) is not None
        reading, paper = scanned_paper(office)
        reading.confirm("draft-1", Accepted(paper.pages, "minutes", "", {}))
        work(office)
        assert (after := known_papers()) is not None
    finally:
        frame.data = None
    assert (dict(before.model.lessons), dict(after.model.lessons)) == ({}, {"minutes": 1})
