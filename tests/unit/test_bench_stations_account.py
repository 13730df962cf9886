"""The account of `motcua bench stations` finds what was doubled, lost, strange, or turned round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from fakes import FakeOffice, FakeUnitOfWork
from samples import NOON
from station_samples import OwnStore, paired

from kiosk.storage import Store
from ui.cli.bench_stations_report import Figures, examined


@dataclass
class Kept:
    office: FakeOffice

    def reads(self) -> FakeUnitOfWork:
        return self.office.units()

    def first_broken(self) -> int | None:
        return None


def account(office: FakeOffice, *kiosks: FakeOffice) -> Figures:
    stores = [cast(Store, Kept(each)) for each in kiosks]
    return examined(stores, cast(Store, Kept(office)), 1, 1, [0.01, 0.02])


def a_day() -> tuple[FakeOffice, FakeOffice]:
    office, own = FakeOffice(), FakeOffice()
    kiosk = paired(office.units, own=own.units)
    for _ in range(3):
        kiosk.issue()
    kiosk.reporter.push(OwnStore(office.units))
    return office, own


def test_a_good_day_adds_up() -> None:
    figures = account(*a_day())
    assert figures.ok
    assert (figures.tickets, figures.issue_max_ms) == (3, 20.0)


def test_what_is_wrong_is_found() -> None:
    office, own = a_day()
    keys = list(own.shelf.tickets)
    assert account(office, own, own).duplicate_labels == 3
    assert account(office).strange == 3
    assert account(FakeOffice(), own).lost == 3
    office.shelf.events.append(replace(office.shelf.events[-1], seq=9))
    assert account(office, own).admitted_twice == 1
    late = office.shelf.tickets[keys[0]]
    office.shelf.tickets[keys[0]] = replace(late, effective_at=NOON + timedelta(hours=1))
    assert account(office, own).out_of_order == 1
