"""What is solved at once, what another agency solves, and the closed register, on the fake and both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import Dossier, IncompleteDossierError
from kiosk.domain.job import Wing
from kiosk.domain.life import DossierState, NotYourActError, Role
from kiosk.domain.slip import SlipKind
from kiosk.services.on_the_spot import NotOnTheSpotError, register_line, solve_on_the_spot
from kiosk.services.ports import Units
from kiosk.services.printing import paper_of
from kiosk.services.reception import receive_dossier
from kiosk.services.register import register_of
from kiosk.services.register_lock import RegisterClosedError, YearNotOverError, close_year, closing_of
from kiosk.services.slips import brought_up_to_date
from kiosk.services.term_clock import received_elsewhere

DESK = a_desk()
AT_ONCE = replace(BIRTH, code="2.000815", name="Chứng thực bản sao từ bản chính", needs_receipt=False)
TO_DO: dict[str, Any] = {"actor": OFFICER, "now": NOON}
DAY = NOON.date()


@pytest.fixture
def office(units: Units) -> Units:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.procedures.add(AT_ONCE)
        uow.commit()
    return units


def at_once(draft: str = "d-1", **changes: object) -> Any:
    return an_intake(draft=draft, procedure_code=AT_ONCE.code, **changes)


def kept(units: Units, key: str) -> Dossier:
    with units() as look:
        return look.dossiers.get(key)


def test_one_act_takes_in_solves_and_hands_over(office: Units) -> None:
    """NĐ 61/2018 Điều 17.4: no receipt, but recorded."""
    outcome = solve_on_the_spot(office(), DESK, at_once(), "215/2026", "Nguyễn Văn Bình", **TO_DO)
    dossier = kept(office, outcome.dossier.key)
    assert outcome.slip is None
    assert (dossier.state, dossier.returned_to, dossier.returned_at) == (DossierState.RETURNED, "Nguyễn Văn Bình", NOON)
    assert dossier.result is not None
    assert dossier.result.number == "215/2026"
    with office() as look:
        kinds = [e.kind for e in look.events.of(dossier.key)]
        line = register_line(look, dossier)
        assert look.jobs.by_key(Wing.PRINT, f"slip:{line.id}:1") is None, "nothing is printed unless asked for"
        assert len(look.jobs.of_lanes(Wing.SYNC, [dossier.key])) > 0
    assert kinds == ["dossier.received", "dossier.result", "dossier.returned"]


def test_it_has_its_line_and_number_in_the_register(office: Units) -> None:
    receive_dossier(office(), DESK, an_intake(draft="d-0"), **TO_DO)
    solve_on_the_spot(office(), DESK, at_once(), **TO_DO)
    receive_dossier(office(), DESK, an_intake(draft="d-2"), **TO_DO)
    with office() as look:
        entries = register_of(look, DAY, DAY)
    assert [(e.receipt.number, e.note) for e in entries] == [(1, ""), (2, "Giải quyết ngay"), (3, "")]
    assert (entries[1].receiver, entries[1].returned_at) == ("Nguyễn Thị Ánh", NOON)
    dossier = kept(office, entries[1].receipt.dossier_key)
    assert dossier.result is not None
    assert dossier.result.number == "2/2026", "where the officer gives no number it is the register's"


def test_pressed_twice_it_is_one(office: Units) -> None:
    first = solve_on_the_spot(office(), DESK, at_once(), **TO_DO)
    again = solve_on_the_spot(office(), DESK, at_once(), actor=OFFICER, now=NOON + timedelta(minutes=1))
    assert again.dossier.key == first.dossier.key
    with office() as look:
        assert len(register_of(look, DAY, DAY)) == 1


def test_what_needs_a_receipt_is_not_solved_on_the_spot_and_nothing_is_written(office: Units) -> None:
    with pytest.raises(NotOnTheSpotError):
        solve_on_the_spot(office(), DESK, an_intake(), **TO_DO)
    with pytest.raises(IncompleteDossierError):
        solve_on_the_spot(office(), DESK, at_once(papers={}), **TO_DO)
    solver = replace(OFFICER, roles=frozenset({Role.SOLVING}))
    with pytest.raises(NotYourActError):
        solve_on_the_spot(office(), DESK, at_once(), actor=solver, now=NOON)
    with office() as look:
        assert look.dossiers.recent() == []
        assert register_of(look, DAY, DAY) == []


def test_taken_in_as_usual_it_has_its_line_too(office: Units) -> None:
    assert receive_dossier(office(), DESK, at_once(), **TO_DO).slip is None
    with office() as look:
        assert [e.receipt.on_the_spot for e in register_of(look, DAY, DAY)] == [True]


def elsewhere(office: Units, now: datetime = NOON) -> Dossier:
    intake = an_intake(competent_agency="UBND xã Hòa An")
    return receive_dossier(office(), DESK, intake, actor=OFFICER, now=now).dossier


def test_a_term_that_runs_elsewhere_is_promised_from_when_the_agency_should_have_it(office: Units) -> None:
    """Three working days from the end of the day on which it is passed on; after 15:00 that is the next morning."""
    assert elsewhere(office).due_at == datetime(2026, 11, 26, 17, tzinfo=OFFICE_ZONE)


def test_after_three_it_is_passed_on_the_next_morning(office: Units) -> None:
    dossier = elsewhere(office, NOON.replace(hour=15, minute=1))
    assert dossier.clock.expected_at == datetime(2026, 11, 24, 7, 30, tzinfo=OFFICE_ZONE)
    assert dossier.due_at == datetime(2026, 11, 27, 17, tzinfo=OFFICE_ZONE)


def test_the_clock_starts_at_the_competent_agency_and_the_receipt_says_both_days(office: Units) -> None:
    """NĐ 309/2026 Điều 8.3."""
    key = elsewhere(office).key
    with office() as look:
        (receipt,) = look.slips.of_dossier(key)
    assert (receipt.competent_agency, receipt.competent_at) == ("UBND xã Hòa An", None)
    there = datetime(2026, 11, 25, 9, tzinfo=OFFICE_ZONE)
    dossier, _ = received_elsewhere(office(), DESK, key, there, actor=OFFICER, now=there)
    assert dossier.due_at == datetime(2026, 11, 30, 17, tzinfo=OFFICE_ZONE)
    with office() as look:
        now_told = brought_up_to_date(look, DESK, receipt)
        job = look.jobs.by_key(Wing.PRINT, f"slip:{receipt.id}:2")
    assert (now_told.received_at, now_told.competent_at, now_told.due_at) == (NOON, there, dossier.due_at)
    assert job is not None, "the citizen gets a receipt with both days"
    paper = paper_of(office, DESK.office, job, there)
    assert getattr(paper, "slip", None) == now_told
    with office() as look:
        assert look.slips.of_dossier(key) == [receipt], "what was issued stays as it was"
        assert [e.agency for e in register_of(look, DAY, DAY)] == ["UBND xã Hòa An"]


NEW_YEARS_EVE = datetime(2026, 12, 31, 16, tzinfo=OFFICE_ZONE)


def test_a_closed_register_has_its_count_and_last_number_and_takes_nothing_more(office: Units) -> None:
    """TT 01/2018/TT-VPCP Điều 10."""
    receive_dossier(office(), DESK, an_intake(draft="d-1"), **TO_DO)
    solve_on_the_spot(office(), DESK, at_once("d-2"), **TO_DO)
    with pytest.raises(YearNotOverError):
        close_year(office(), 2026, **TO_DO)
    for role in (Role.RECEPTION, Role.SOLVING):
        with pytest.raises(NotYourActError):
            close_year(office(), 2026, actor=replace(OFFICER, roles=frozenset({role})), now=NEW_YEARS_EVE)
    closing = close_year(office(), 2026, actor=replace(OFFICER, roles=frozenset({Role.HEAD})), now=NEW_YEARS_EVE)
    assert (closing.count, closing.last) == (2, 2)
    with office() as look:
        assert closing_of(look, 2026) == closing
        assert closing_of(look, 2025) is None
    with pytest.raises(RegisterClosedError) as caught:
        receive_dossier(office(), DESK, an_intake(draft="d-3"), actor=OFFICER, now=NEW_YEARS_EVE)
    assert (caught.value.details["count"], caught.value.details["last"]) == (2, 2)
    with pytest.raises(RegisterClosedError):
        close_year(office(), 2026, actor=OFFICER, now=NEW_YEARS_EVE)
    with office() as look:
        assert len(register_of(look, date(2026, 1, 1), date(2026, 12, 31))) == 2
    later = receive_dossier(
        office(), DESK, an_intake(draft="d-3"), actor=OFFICER, now=NEW_YEARS_EVE + timedelta(days=1)
    )
    assert later.slip is not None
    assert (later.slip.kind, later.slip.year, later.slip.number) == (SlipKind.RECEIPT, 2027, 1)
