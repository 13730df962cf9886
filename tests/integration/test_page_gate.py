"""From the feeder to the desk's strip: what the quality gate saw is there before anything was read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scanner_samples import drawn, picture_file, scanned

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from scanner.page import Page
from ui.app import OpenedOffice, open_office
from ui.cli.bench_digitise_faults import blurred
from ui.desk.office import LiveIntake

OFFICER = Actor("lan", "quầy 1")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


def a_desk(office: OpenedOffice, *stack: Page) -> LiveIntake:
    return LiveIntake(office, "1", OFFICER, lambda: stack, office_now)


def test_a_blurred_page_is_flagged_scanned_again_in_its_place_and_a_doubtful_one_accepted(
    office: OpenedOffice, tmp_path: Path
) -> None:
    good = scanned(drawn())
    desk = a_desk(office, blurred(good), good)
    assert desk.scan("draft-1") == 2
    first, second = (thumb for thumb, _code in desk.pages("draft-1"))
    assert [f.code for f in first.findings] == ["blur"]
    assert "nhòe" in first.warning
    assert second.findings == ()

    desk.assign("draft-1", 1, "tp-1")
    assert a_desk(office, good).scan_again("draft-1", first.id) == 1
    pages = desk.pages("draft-1")
    assert [(t.number, t.discarded, bool(t.findings), code) for t, code in pages] == [
        (1, False, False, "tp-1"),
        (2, False, False, ""),
        (3, True, False, "tp-1"),
    ]

    picture = picture_file(blurred(good), tmp_path / "a.png")
    desk.import_files("draft-1", [picture])
    late = desk.pages("draft-1")[-1][0]
    assert [f.code for f in late.findings] == ["blur"]
    desk.accept(late.id)
    assert desk.pages("draft-1")[-1][0].findings == ()
    with office.reads() as look:
        told = [e for e in look.events.of("draft-1") if e.kind == "page.accepted"]
    assert [e.actor.officer for e in told] == ["lan"]
