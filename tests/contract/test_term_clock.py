"""The return date after reception, on the fake and both engines: waiting, extension, another agency, a new calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake, marks

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.dossier import Dossier, ReasonRequiredError, ResultRecord
from kiosk.domain.due import ClockOrderError, Counting, StopKind
from kiosk.domain.event import Event
from kiosk.domain.job import Wing
from kiosk.domain.life import DossierState, IllegalDossierActError, NotYourActError, Role
from kiosk.domain.office import SupplementClock
from kiosk.domain.slip import SlipKind
from kiosk.domain.term_clock import (
    ClockRunsError,
    ClockStandsError,
    CompetentKnownError,
    EvidenceRequiredError,
    ExtendOnceError,
    TermClock,
)
from kiosk.domain.term_words import parse_term
from kiosk.services import handover
from kiosk.services.calendar_mark import behind, in_force, is_known
from kiosk.services.ports import Units
from kiosk.services.reception import Desk, receive_dossier, request_supplement
from kiosk.services.recount import CalendarRound, moved_after, preview, recount
from kiosk.services.term_clock import demand_payment, extend, note_payment, received_elsewhere

DESK = a_desk()
CULTURE = date(2026, 11, 24)  # the day after NOON
WITH_HOLIDAY = Desk(OFFICE, lambda field: WorkingCalendar(days_off={CULTURE: "Ngày Văn hóa Việt Nam"}), DESK.form_set)


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=OFFICE_ZONE)


def received(units: Units, desk: Desk = DESK, draft: str = "draft-1") -> Dossier:
    """On Monday 23 at 10:00, for three working days: due on Thursday 26."""
    with units() as uow:
        if uow.procedures.current(BIRTH.code, NOON.date()) is None:
            uow.procedures.add(BIRTH)
            uow.commit()
    return receive_dossier(units(), desk, an_intake(draft=draft), actor=OFFICER, now=NOON).dossier


def kept(units: Units, key: str) -> Dossier:
    with units() as look:
        return look.dossiers.get(key)


def events(units: Units, kind: str) -> list[Event]:
    with units() as look:
        return [e for e in look.events.all() if e.kind == kind]


def test_waiting_for_a_payment_is_left_out_and_both_dates_are_in_the_log(units: Units) -> None:
    key = received(units).key
    _, none_yet = demand_payment(units(), DESK, key, "TB 15", actor=OFFICER, now=at(24, 9), elsewhere=True)
    assert none_yet is None
    assert kept(units, key).clock.stands
    dossier, counted = note_payment(units(), DESK, key, actor=OFFICER, now=at(26, 9))
    assert counted is not None
    assert counted.due_at == dossier.due_at == datetime(2026, 11, 30, 17, tzinfo=OFFICE_ZONE)
    assert kept(units, key).clock.stops[0].evidence == "TB 15"
    assert kept(units, key).original_due_at == at(26)
    told = events(units, "dossier.payment_done")[0].data
    assert (told["from"], told["to"]) == (at(26).isoformat(), at(30).isoformat())
    assert "trừ ngày chờ thực hiện nghĩa vụ tài chính 24/11 – 25/11" in told["why"]


def test_a_clock_stops_and_goes_on_in_turn(units: Units) -> None:
    key = received(units).key
    with pytest.raises(IllegalDossierActError):
        note_payment(units(), DESK, key, actor=OFFICER, now=at(24, 9))
    with pytest.raises(EvidenceRequiredError):
        demand_payment(units(), DESK, key, " ", actor=OFFICER, now=at(24, 9), elsewhere=True)
    demand_payment(units(), DESK, key, "TB 15", actor=OFFICER, now=at(24, 9), elsewhere=True)
    with pytest.raises(IllegalDossierActError):
        demand_payment(units(), DESK, key, "TB 16", actor=OFFICER, now=at(24, 10), elsewhere=True)
    with pytest.raises(ClockOrderError):
        note_payment(units(), DESK, key, actor=OFFICER, now=at(24, 8))


def test_an_office_may_let_the_clock_run_while_somebody_pays(units: Units) -> None:
    never = Desk(replace(OFFICE, payment_stops_clock=False), DESK.calendar, DESK.form_set)
    key = received(units, never).key
    asked, _ = demand_payment(units(), never, key, "TB 15", actor=OFFICER, now=at(24, 9), elsewhere=True)
    assert (asked.state, asked.clock.stands) == (DossierState.WAITING_PAYMENT, False)
    paid, _ = note_payment(units(), never, key, actor=OFFICER, now=at(26, 9))
    assert (paid.state, paid.due_at) == (DossierState.PROCESSING, at(26))


def test_one_extension_with_its_letter(units: Units) -> None:
    key, by = received(units).key, parse_term("2 ngày làm việc")
    with pytest.raises(ReasonRequiredError):
        extend(units(), DESK, key, by, "", actor=OFFICER, now=at(25, 9))
    dossier, counted = extend(units(), DESK, key, by, "Chờ ý kiến", actor=OFFICER, now=at(25, 9))
    assert (dossier.due_at, dossier.original_due_at) == (at(30), at(26))
    assert counted is not None
    assert counted.before_extension == at(26)
    assert kept(units, key).clock.extension_reason == "Chờ ý kiến"
    assert "Chờ ý kiến" not in str(events(units, "dossier.extended")[0].data), "free words are no part of the log"
    with pytest.raises(ExtendOnceError):
        extend(units(), DESK, key, by, "Lần nữa", actor=OFFICER, now=at(25, 10))


def test_the_letter_of_apology_goes_with_the_new_date(units: Units) -> None:
    key, by = received(units).key, parse_term("2 ngày làm việc")
    extend(units(), replace(DESK, paper_at="Bàn 2"), key, by, "Chờ ý kiến", actor=OFFICER, now=at(25, 9))
    with units() as look:
        receipt, letter = look.slips.of_dossier(key)
        job = look.jobs.by_key(Wing.PRINT, f"slip:{letter.id}:1")
    assert (receipt.kind, letter.kind, letter.number) == (SlipKind.RECEIPT, SlipKind.APOLOGY, 1)
    assert (letter.previous_due_at, letter.due_at, letter.reason) == (at(26), at(30), "Chờ ý kiến")
    assert kept(units, key).clock.extension_paper == "Mẫu 04 số 1/2026"
    assert job is not None
    assert (job.station, job.payload["copies"]) == ("Bàn 2", 1)


def test_no_letter_promises_what_cannot_be_counted_and_no_number_is_lost(units: Units) -> None:
    key, other, by = received(units).key, received(units, draft="draft-2").key, parse_term("2 ngày làm việc")
    demand_payment(units(), DESK, key, "TB 15", actor=OFFICER, now=at(24, 9), elsewhere=True)
    with pytest.raises(ClockStandsError):
        extend(units(), DESK, key, by, "Chờ ý kiến", actor=OFFICER, now=at(25, 9))
    assert kept(units, key).clock.extension is None
    extend(units(), DESK, other, by, "Chờ ý kiến", actor=OFFICER, now=at(25, 9))
    with pytest.raises(ExtendOnceError):
        extend(units(), DESK, other, by, "Lần nữa", actor=OFFICER, now=at(25, 10))
    note_payment(units(), DESK, key, actor=OFFICER, now=at(26, 9))
    extend(units(), DESK, key, by, "Chờ ý kiến", actor=OFFICER, now=at(26, 10))
    assert kept(units, key).clock.extension_paper == "Mẫu 04 số 2/2026"


def test_a_cashier_gives_no_other_date(units: Units) -> None:
    key, by = received(units).key, parse_term("2 ngày làm việc")
    cashier = replace(OFFICER, roles=frozenset({Role.CASHIER}))
    with pytest.raises(NotYourActError):
        extend(units(), DESK, key, by, "Chờ ý kiến", actor=cashier, now=at(25, 9))


def test_a_start_before_the_reception_is_refused_while_the_clock_stands_so_that_it_can_go_on(units: Units) -> None:
    key = received(units).key
    demand_payment(units(), DESK, key, "TB 15", actor=OFFICER, now=at(24, 9), elsewhere=True)
    with pytest.raises(ClockOrderError):
        received_elsewhere(units(), DESK, key, NOON - timedelta(minutes=1), actor=OFFICER, now=at(24, 10))
    dossier, _ = note_payment(units(), DESK, key, actor=OFFICER, now=at(26, 9))
    assert (dossier.state, dossier.due_at) == (DossierState.PROCESSING, at(30))


def test_the_clock_starts_where_the_competent_agency_is(units: Units) -> None:
    key = received(units).key
    with pytest.raises(ClockOrderError):
        received_elsewhere(units(), DESK, key, at(25, 9), actor=OFFICER, now=at(24, 9))
    with pytest.raises(ClockOrderError):
        received_elsewhere(units(), DESK, key, NOON - timedelta(minutes=1), actor=OFFICER, now=at(24, 9))
    dossier, _ = received_elsewhere(units(), DESK, key, at(24, 8), actor=OFFICER, now=at(24, 9))
    assert dossier.due_at == at(27)
    with pytest.raises(CompetentKnownError):
        received_elsewhere(units(), DESK, key, at(24, 9), actor=OFFICER, now=at(24, 9))


def test_a_dossier_that_is_not_being_solved_has_no_clock_to_change(units: Units) -> None:
    key = received(units).key
    handover.record_result(units(), key, ResultRecord("12/TLKT", at(24, 9)), actor=OFFICER, now=at(24, 9))
    with pytest.raises(IllegalDossierActError):
        demand_payment(units(), DESK, key, "TB 15", actor=OFFICER, now=at(24, 10), elsewhere=True)
    assert kept(units, key).clock.stops == ()


@pytest.mark.parametrize(
    ("mode", "due_day", "received_day"), [(SupplementClock.RESTART, 30, 25), (SupplementClock.STAND, 27, 23)]
)
def test_a_supplement_starts_the_term_anew_or_lets_it_stand(
    units: Units, mode: SupplementClock, due_day: int, received_day: int
) -> None:
    """NĐ 61/2018 Điều 19.4: from zero; the other way is a setting."""
    desk = Desk(replace(OFFICE, supplement_clock=mode), DESK.calendar, DESK.form_set)
    key = received(units, desk).key
    lacking = an_intake(papers=marks("tp-1", "tp-2"))
    request_supplement(units(), desk, lacking, "Thiếu giấy kết hôn", actor=OFFICER, now=at(24, 9))
    assert kept(units, key).clock.stands is (mode is SupplementClock.STAND)
    again = receive_dossier(units(), desk, an_intake(), actor=OFFICER, now=at(25, 9)).dossier
    assert again.key == key
    assert again.due_at == again.original_due_at == at(due_day)
    assert again.received_at is not None
    assert again.received_at.day == received_day
    assert not again.clock.stands


def test_the_way_of_counting_stays_with_the_dossier(units: Units) -> None:
    exact = Desk(OFFICE, DESK.calendar, DESK.form_set, Counting.EXACT_HOURS)
    key = received(units, exact).key
    assert kept(units, key).due_at == NOON + timedelta(days=3)
    extend(units(), DESK, key, parse_term("1 ngày làm việc"), "Chờ ý kiến", actor=OFFICER, now=at(25, 9))
    assert kept(units, key).due_at == NOON + timedelta(days=4)


def test_a_new_calendar_moves_every_open_date_and_leaves_the_printed_one(units: Units) -> None:
    keys = [received(units, draft=f"draft-{n}").key for n in range(5)]
    handover.record_result(units(), keys[0], ResultRecord("12", at(23, 11)), actor=OFFICER, now=at(23, 11))
    demand_payment(units(), DESK, keys[1], "TB 15", actor=OFFICER, now=at(23, 11), elsewhere=True)
    seen = preview(units, WITH_HOLIDAY)
    assert [(m.key, m.after) for m in seen.moved] == [(key, at(27)) for key in keys[2:]]
    assert kept(units, keys[2]).due_at == at(26), "a preview writes nothing"
    done = recount(units, WITH_HOLIDAY, "pack-2", actor=OFFICER, now=at(23, 12), batch=2)
    assert done == seen
    assert {m.printed for m in done.moved} == {at(26)}
    assert "trừ lễ 24/11 (Ngày Văn hóa Việt Nam)" in done.moved[0].why
    for key in keys[2:]:
        assert (kept(units, key).due_at, kept(units, key).original_due_at) == (at(27), at(26))
    assert kept(units, keys[0]).due_at == kept(units, keys[1]).due_at == at(26)
    moved = events(units, "dossier.due_moved")
    assert [e.subject for e in moved] == keys[2:]
    assert {e.data["calendar"] for e in moved} == {"pack-2"}
    with units() as look:
        slips = [look.slips.of_dossier(key)[0].due_at for key in keys]
        jobs = [look.jobs.of_lanes(Wing.SYNC, [key])[-1].payload["stream"] for key in keys[2:]]
        assert moved_after(look, 0)[1] == done.moved
        told = look.dossiers.progress(keys[2])
    assert told is not None
    assert (told.due_at, told.printed_at) == (at(27), at(26)), "a public screen tells both dates"
    assert set(slips) == {at(26)}, "what was printed never changes"
    assert set(jobs) == {"dossier"}, "the province hears of the new date"
    assert recount(units, WITH_HOLIDAY, "pack-2", actor=OFFICER, now=at(23, 13)).moved == ()
    resumed, _ = note_payment(units(), WITH_HOLIDAY, keys[1], actor=OFFICER, now=at(25, 9))
    assert resumed.due_at == at(27), "who waited is counted when the waiting ends, by the new calendar"


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_a_batch_is_one_by_one(units: Units, batch: int) -> None:
    for n in range(4):
        received(units, draft=f"draft-{n}")
    done = recount(units, WITH_HOLIDAY, "pack-2", actor=OFFICER, now=at(23, 12), batch=batch)
    assert (done.counted, len(done.moved)) == (4, 4)
    assert len({m.after for m in done.moved}) == 1


def test_stations_look_and_one_of_them_counts(units: Units) -> None:
    received(units)
    first, second = (CalendarRound(units, units, WITH_HOLIDAY, lambda: "pack-2", pc) for pc in ("ban-1", "ban-2"))
    done = first.look(at(23, 12))
    assert done is not None
    assert len(done.moved) == 1
    assert second.look(at(23, 12)) is None
    assert first.look(at(23, 13)) is None


def test_a_machine_with_an_older_pack_never_moves_the_dates_back(units: Units) -> None:
    received(units)
    recount(units, DESK, "pack-1", actor=OFFICER, now=at(23, 11))
    recount(units, WITH_HOLIDAY, "pack-2", actor=OFFICER, now=at(23, 12))
    assert CalendarRound(units, units, DESK, lambda: "pack-1", "ban-2").look(at(23, 13)) is None
    with units() as look:
        assert (in_force(look), is_known(look, "pack-1"), is_known(look, "pack-3")) == ("pack-2", True, False)
    again = recount(units, DESK, "pack-1", actor=OFFICER, now=at(23, 14))  # on purpose, by command
    assert len(again.moved) == 1
    with units() as look:
        assert in_force(look) == "pack-1"


def test_a_date_made_at_a_machine_with_an_older_pack_is_counted_again_by_the_office(units: Units) -> None:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    recount(units, DESK, "pack-1", actor=OFFICER, now=at(23, 8))
    recount(units, WITH_HOLIDAY, "pack-2", actor=OFFICER, now=at(23, 9))
    older, newer = replace(DESK, pack=lambda: "pack-1"), replace(WITH_HOLIDAY, pack=lambda: "pack-2")
    keys = [received(units, older, f"draft-{n}").key for n in range(2)]
    right = received(units, newer, "draft-9").key
    with units() as look:
        assert behind(look) == tuple(keys)
    assert CalendarRound(units, units, older, lambda: "pack-1", "ban-2").look(at(23, 11)) is None
    watch = CalendarRound(units, units, newer, lambda: "pack-2", "ban-1")
    done = watch.look(at(23, 11))
    assert done is not None
    assert [(m.key, m.before, m.after) for m in done.moved] == [(key, at(26), at(27)) for key in keys]
    assert {kept(units, key).due_at for key in [*keys, right]} == {at(27)}
    assert [e.subject for e in events(units, "dossier.due_moved")] == keys
    assert watch.look(at(23, 12)) is None
    extend(units(), older, keys[0], parse_term("1 ngày làm việc"), "Chờ ý kiến", actor=OFFICER, now=at(24, 9))
    assert kept(units, keys[0]).due_at == at(27), "four days, the holiday one of them"
    assert watch.look(at(24, 10)) is not None
    assert kept(units, keys[0]).due_at == at(30)


def test_the_first_calendar_of_an_office_is_no_news(units: Units) -> None:
    received(units)
    recount(units, DESK, "pack-1", actor=OFFICER, now=at(23, 11))
    assert events(units, "calendar.applied") == []


def test_a_date_that_cannot_be_counted_stays_and_is_told(units: Units) -> None:
    key = received(units).key
    closed = Desk(OFFICE, lambda field: WorkingCalendar(hours={}), DESK.form_set)
    done = recount(units, closed, "closed", actor=OFFICER, now=at(23, 12))
    assert (done.moved, done.not_counted) == ((), (key,))
    assert kept(units, key).due_at == at(26)
    assert kept(units, key).state is DossierState.RECEIVED


def test_a_clock_stands_still_once_and_goes_on_after_it_stood() -> None:
    clock = TermClock().stopped(StopKind.PAYMENT, at(24, 9), "TB 15")
    with pytest.raises(ClockStandsError):
        clock.stopped(StopKind.SUPPLEMENT, at(24, 10), "02")
    with pytest.raises(ClockOrderError):
        clock.resumed(at(24, 8))
    again = clock.resumed(at(25, 9))
    assert (again.stands, again.stops[0].until) == (False, at(25, 9))
    with pytest.raises(ClockRunsError):
        again.resumed(at(26, 9))
