"""What a kiosk copies from the office: the catalogue for thirty days, and which numbers went on to the next morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICE, OFFICER
from station_samples import OwnStore, SampleKiosk, paired

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.office import Leftover
from kiosk.services.carried_numbers import carried_labels, keep_apart
from kiosk.services.catalogue_copy import copy_catalogue
from kiosk.services.closing import close_day
from kiosk.services.ports import Units
from kiosk.services.queueing import call_next, finish

DAY = NOON.date()
NEXT = NOON + timedelta(days=1)
CARRIES = replace(OFFICE, day_end=Leftover.CARRY)


def names(units: Units, day: date = DAY) -> list[str]:
    with units() as look:
        return [f"{p.code} v{p.version}" for p in look.procedures.all_current(day)]


def add(units: Units, *versions: object) -> None:
    with units() as uow:
        for version in versions:
            uow.procedures.add(version)  # type: ignore[arg-type]
        uow.commit()


def test_the_catalogue_comes_along_with_what_is_in_force_within_thirty_days(units: Units) -> None:
    soon, later = DAY + timedelta(days=20), DAY + timedelta(days=60)
    add(
        units,
        replace(BIRTH, valid_to=soon),
        replace(BIRTH, version=2, valid_from=soon),
        replace(BIRTH, code="9.9", valid_from=later),
    )
    own = FakeOffice().units
    assert copy_catalogue(units(), own, own, DAY) == 2
    assert copy_catalogue(units(), own, own, DAY) == 0
    assert names(own) == [f"{BIRTH.code} v1"]
    assert names(own, soon) == [f"{BIRTH.code} v2"]


def test_what_the_office_ends_or_takes_out_ends_in_the_copy(units: Units) -> None:
    add(units, BIRTH, replace(BIRTH, code="2.2"))
    own = FakeOffice().units
    copy_catalogue(units(), own, own, DAY)
    with units() as uow:
        uow.procedures.close(BIRTH.code, 1, DAY + timedelta(days=3))
        uow.procedures.close("2.2", 1, DAY)
        uow.commit()
    assert copy_catalogue(units(), own, own, DAY) == 2
    assert names(own) == [f"{BIRTH.code} v1"]
    assert names(own, DAY + timedelta(days=3)) == []


def a_day_that_was_carried(units: Units) -> SampleKiosk:
    """Three numbers; the first was served, the others go on to the next morning."""
    kiosk = paired(units)
    for _ in range(3):
        kiosk.issue()
    kiosk.reporter.push(OwnStore(units))
    first = call_next(units(), CARRIES, "1", actor=OFFICER, now=NOON)
    finish(units(), first.key, actor=OFFICER, now=NOON)
    close_day(units(), CARRIES, WorkingCalendar(), actor=OFFICER, now=NOON + timedelta(hours=10))
    kiosk.hands.pass_s(24 * 3600)
    return kiosk


@pytest.mark.parametrize("heard", [True, False])
def test_a_number_that_went_on_is_given_to_nobody_else(units: Units, heard: bool) -> None:
    kiosk = a_day_that_was_carried(units)
    with units() as office:
        carried = carried_labels(office, CARRIES, kiosk.series.letter, NEXT.date())
    assert carried == {"A002", "A003"}
    own = kiosk.store.units
    assert keep_apart(own, own, CARRIES, NEXT.date(), carried if heard else None) == (2 if heard else 3)
    assert keep_apart(own, own, CARRIES, NEXT.date(), carried) == 0
    assert [kiosk.issue().label for _ in range(2)] == (["A001", "A004"] if heard else ["A004", "A005"])
    kiosk.reporter.push(OwnStore(units, kiosk.hands))
    with units() as look:
        assert look.events.after(0, kinds=("ticket.same_label",)) == []


def test_where_numbers_end_with_the_day_the_next_begins_with_one(units: Units) -> None:
    kiosk = a_day_that_was_carried(units)
    own = kiosk.store.units
    assert keep_apart(own, own, OFFICE, NEXT.date(), None) == 0
    assert kiosk.issue().label == "A001"
