"""Importing procedures: a version only for new content, the former one ended, one event; on every store."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from catalogue_samples import answer, record, way
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER

from kiosk.catalogue.lay_thu_tuc import read_catalogue
from kiosk.catalogue.starter import load_starter
from kiosk.domain.procedure import Channel, Procedure, TermUnit
from kiosk.domain.term_words import parse_term
from kiosk.errors import DiskFullError, NotFoundError
from kiosk.services.catalogue import ChangeKind, ImportReport, compare_catalogue, import_catalogue, settle_term
from kiosk.services.ports import Units

LATER = NOON + timedelta(days=3)
NATIONAL = list(read_catalogue(answer(record(), record("1.999002", "thủ tục hai")), "x").procedures)
UNCLEAR = list(read_catalogue(answer(record(CACHTHUCTHUCHIEN=[way(value="1", unit="")])), "x").procedures)


def bring_in(units: Units, procedures: list[Procedure], now: datetime = NOON) -> ImportReport:
    return import_catalogue(units(), procedures, actor=OFFICER, now=now)


def current(units: Units, code: str, now: datetime = NOON) -> Procedure:
    with units() as uow:
        found = uow.procedures.current(code, now.date())
    assert found is not None
    return found


def test_the_starter_catalogue_comes_in_whole_and_only_once(units: Units) -> None:
    starter = load_starter()
    assert len(bring_in(units, starter).added) == len(starter)
    again = bring_in(units, starter, LATER)
    assert (again.added, again.changed, len(again.unchanged)) == ((), (), len(starter))
    with units() as uow:
        assert uow.procedures.all_current(NOON.date()) == starter
        assert [e.kind for e in uow.events.all()] == ["catalogue.imported"] * 2


def test_new_content_makes_a_version_and_ends_the_former(units: Units) -> None:
    bring_in(units, NATIONAL)
    changed = replace(NATIONAL[0], decision="2/QĐ-MAU")
    report = bring_in(units, [changed, NATIONAL[1]], LATER)
    assert (report.changed, report.unchanged) == (("1.999001",), ("1.999002",))
    with units() as uow:
        first, second = uow.procedures.versions("1.999001")
    assert (first.decision, first.valid_to) == ("1/QĐ-MAU", LATER.date())
    assert (second.version, second.valid_from, second.valid_to) == (2, LATER.date(), None)
    assert current(units, "1.999001", LATER).decision == "2/QĐ-MAU"
    assert current(units, "1.999001", NOON).decision == "1/QĐ-MAU", "a dossier of that day keeps its version"


def test_twice_on_one_day_leaves_only_the_last_in_force(units: Units) -> None:
    bring_in(units, NATIONAL)
    bring_in(units, [replace(NATIONAL[0], decision="2/QĐ-MAU")])
    assert current(units, "1.999001").version == 2


def test_a_version_that_begins_later_waits_for_its_day(units: Units) -> None:
    bring_in(units, NATIONAL)
    day = LATER.date()
    bring_in(units, [replace(NATIONAL[0], decision="2/QĐ-MAU", valid_from=day)])
    assert current(units, "1.999001", NOON).version == 1
    assert current(units, "1.999001", LATER).version == 2


def test_what_the_list_no_longer_has_is_told_and_kept(units: Units) -> None:
    bring_in(units, [*NATIONAL, BIRTH])
    report = bring_in(units, NATIONAL[:1], LATER)
    assert report.absent == ("1.999002",), "procedures of another source are not the list's business"
    assert current(units, "1.999002", LATER).valid_to is None


def test_the_office_s_own_mnemonic_outlives_an_import(units: Units) -> None:
    bring_in(units, [replace(NATIONAL[0], mnemonic="mm", needs_receipt=False)])
    assert bring_in(units, NATIONAL[:1], LATER).unchanged == ("1.999001",)
    assert current(units, "1.999001", LATER).mnemonic == "mm"


def test_a_comparison_tells_the_same_and_changes_nothing(units: Units) -> None:
    bring_in(units, NATIONAL)
    changed = replace(NATIONAL[0], name="Tên khác", mnemonic="tk")
    changes = compare_catalogue(units(), [changed, replace(BIRTH, source="LayThuTuc")], LATER)
    assert [(c.kind, c.procedure.code, c.fields) for c in changes] == [
        (ChangeKind.CHANGED, "1.999001", ("name", "mnemonic")),
        (ChangeKind.ADDED, BIRTH.code, ()),
        (ChangeKind.ABSENT, "1.999002", ()),
    ]
    assert current(units, "1.999001", LATER).name == "Thủ tục mẫu"


def test_a_settled_term_stays_settled_while_the_source_says_the_same(units: Units) -> None:
    bring_in(units, UNCLEAR)
    settled = settle_term(units(), "1.999001", parse_term("1 ngày làm việc"), actor=OFFICER, now=NOON)
    assert settled.options[0].term.unit is TermUnit.WORKING_DAYS
    assert settled.unclear == ()
    assert bring_in(units, UNCLEAR, LATER).unchanged == ("1.999001",)
    other = list(read_catalogue(answer(record(CACHTHUCTHUCHIEN=[way(value="2", unit="")])), "x").procedures)
    assert bring_in(units, other, LATER).changed == ("1.999001",)
    assert not current(units, "1.999001", LATER).options[0].term.is_known, "other words must be settled anew"


def test_only_what_is_unclear_can_be_settled(units: Units) -> None:
    bring_in(units, NATIONAL)
    for code in ("1.999001", "9.999999"):
        with pytest.raises(NotFoundError):
            settle_term(units(), code, parse_term("8 giờ"), actor=OFFICER, now=NOON)
    bring_in(units, UNCLEAR, LATER)
    with pytest.raises(NotFoundError):
        settle_term(units(), "1.999001", parse_term("8 giờ"), actor=OFFICER, now=LATER, channels=[Channel.POST])


def test_a_full_disk_leaves_the_catalogue_as_it_was() -> None:
    office = FakeOffice()
    bring_in(office.units, NATIONAL)
    office.fail_commit = DiskFullError()
    with pytest.raises(DiskFullError):
        bring_in(office.units, [replace(NATIONAL[0], decision="2/QĐ-MAU")], LATER)
    office.fail_commit = None
    assert current(office.units, "1.999001", LATER).version == 1
