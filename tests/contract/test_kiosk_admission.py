"""What a kiosk did by itself comes into the office once, in order, whatever answer was lost; on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from samples import NOON, OFFICE, OFFICER
from station_samples import Hands, OwnStore, SampleKiosk, copy_of, paired

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.event import Actor
from kiosk.domain.station import DoubtfulStationError, RevokedStationError, lease_mark
from kiosk.domain.ticket import PrintState, TicketState
from kiosk.services.admission import Admitted
from kiosk.services.help import ask_help
from kiosk.services.ports import Units
from kiosk.services.pushing import acknowledged, full_here, gap, hall_seen, waits_to_be_told
from kiosk.services.queueing import call_next, issue_ticket, mark_printed, void
from kiosk.services.stations import revoke

DAY = NOON.date()


def labels(units: Units) -> list[str]:
    with units() as look:
        return [t.label for t in look.tickets.waiting(DAY)]


def kinds(units: Units) -> list[str]:
    with units() as look:
        return [e.kind for e in look.events.after(0) if not e.kind.startswith("station.")]


def forget_acknowledgement(kiosk: SampleKiosk) -> None:
    """The office committed, its answer was lost: the cursor still stands where it stood."""
    with kiosk.store.units() as uow:
        uow.exchange.set_cursor("pushed", "")
        uow.commit()


def test_twenty_numbers_come_in_once_and_in_order(units: Units) -> None:
    kiosk = paired(units)
    given = [kiosk.issue().label for _ in range(20)]
    far = OwnStore(units)
    assert kiosk.reporter.push(far) == 20
    assert labels(units) == given
    assert kiosk.reporter.push(far) == 0
    for _ in range(2):
        forget_acknowledgement(kiosk)
        kiosk.reporter.push(far)
    assert labels(units) == given
    assert kinds(units) == ["ticket.issued"] * 20


def test_the_office_calls_what_the_kiosk_gave(units: Units) -> None:
    kiosk = paired(units)
    ticket = kiosk.issue()
    kiosk.reporter.push(OwnStore(units))
    called = call_next(units(), OFFICE, OFFICE.counters[0].code, actor=OFFICER, now=NOON)
    assert (called.key, called.label) == (ticket.key, ticket.label)


def test_paper_and_void_follow_their_number(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    first, second = kiosk.issue(), kiosk.issue()
    with kiosk.store.units() as uow:
        mark_printed(uow, first.key, PrintState.FAILED, Actor("", kiosk.name), NOON)
        mark_printed(uow, first.key, PrintState.PRINTED, Actor("", kiosk.name), NOON)
        uow.commit()
    void(kiosk.store.units(), second.key, actor=OFFICER, now=NOON)
    for _ in range(2):
        kiosk.reporter.push(far)
        forget_acknowledgement(kiosk)
    with units() as look:
        assert look.tickets.get(first.key).print_state is PrintState.PRINTED
        assert look.tickets.get(second.key).state is TicketState.VOIDED
    told = ["ticket.issued"] * 2 + ["ticket.paper_failed", "ticket.paper_printed", "ticket.voided"]
    assert kinds(units) == told


def test_a_void_does_not_take_a_number_from_the_counter_that_called_it(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    ticket = kiosk.issue()
    kiosk.reporter.push(far)
    call_next(units(), OFFICE, OFFICE.counters[0].code, actor=OFFICER, now=NOON)
    void(kiosk.store.units(), ticket.key, actor=OFFICER, now=NOON)
    kiosk.reporter.push(far)
    with units() as look:
        assert look.tickets.get(ticket.key).state is TicketState.CALLED


def test_a_number_keeps_its_place_by_the_offices_clock(units: Units) -> None:
    slow, right = paired(units, "kiosk-1"), paired(units, "kiosk-2")
    slow.starts_at(NOON - timedelta(minutes=3))
    far = OwnStore(units)
    early = right.issue().label
    for each in (slow, right):
        each.hands.pass_s(30)
    far.clock.pass_s(30)
    late = slow.issue().label
    slow.reporter.beat(far)
    slow.reporter.push(far)
    right.reporter.push(far)
    assert labels(units) == [early, late]
    with units() as look:
        assert {t.label: t.issued_at for t in look.tickets.of_day(DAY)}[late] == NOON + timedelta(seconds=30)


def test_a_class_keeps_its_head_start_when_the_clock_is_put_right(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    kiosk.starts_at(NOON + timedelta(minutes=7))
    elder = kiosk.issue(OFFICE.priorities[0].code)
    kiosk.reporter.beat(far)
    kiosk.reporter.push(far)
    with units() as look:
        kept = look.tickets.get(elder.key)
    assert kept.issued_at == NOON
    assert kept.issued_at - kept.effective_at == elder.issued_at - elder.effective_at


def test_a_clock_a_day_ahead_never_takes_the_office_along(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    kiosk.starts_at(NOON + timedelta(days=1))
    given = kiosk.issue().label
    kiosk.reporter.push(far)
    assert labels(units) == [given]
    with units() as look:
        assert look.tickets.last_day() == DAY


def test_a_clock_without_a_battery_is_corrected_whether_the_office_was_heard_or_not(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    kiosk.starts_at(datetime(2000, 1, 1, 7, tzinfo=OFFICE_ZONE))
    first = kiosk.issue()
    kiosk.begin()  # the program starts again, and does not know how wrong the former one was
    second = kiosk.issue()
    for kept in (first, second):
        kiosk.reporter.beat(far)
        kiosk.reporter.push(far)
        with units() as look:
            found = look.tickets.get(kept.key)
        assert (found.business_day, found.serve_day, found.issued_at) == (DAY, DAY, NOON)


def test_a_machine_whose_clock_a_time_server_put_right_takes_the_right_time(units: Units) -> None:
    kiosk = paired(units)
    kiosk.starts_at(datetime(2000, 1, 1, 7, tzinfo=OFFICE_ZONE))
    assert kiosk.issue().issued_at.year == 2000
    kiosk.hands.now = NOON
    assert kiosk.issue().issued_at == NOON


def test_a_clock_set_while_the_office_was_away_does_not_turn_the_line_round(units: Units) -> None:
    kiosk = paired(units)
    given = [kiosk.issue().label]
    kiosk.hands.now -= timedelta(hours=2)
    given.append(kiosk.issue().label)
    kiosk.reporter.push(OwnStore(units))
    assert labels(units) == given


def test_a_label_that_is_there_comes_in_all_the_same_and_is_told(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    copy = copy_of(kiosk)
    first, second = kiosk.issue(), copy.issue()
    assert first.label == second.label
    kiosk.reporter.push(far)
    copy.reporter.push(far)
    third = copy_of(kiosk, empty=True)
    third.issue()
    third.reporter.push(far)
    assert labels(units) == [first.label] * 3
    with units() as look:
        told = [e.data for e in look.events.after(0, kinds=("ticket.same_label",))]
    assert [t["label"] for t in told] == [first.label] * 2
    assert told[0]["other"] == first.key


def test_a_copy_of_the_disk_is_refused_and_says_so_for_good(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    copy = copy_of(kiosk)
    kiosk.reporter.beat(far)
    kiosk.reporter.beat(far)
    copy.issue()
    with pytest.raises(DoubtfulStationError):
        copy.reporter.beat(far)
    with pytest.raises(DoubtfulStationError):
        copy.reporter.push(far)
    with pytest.raises(AssertionError):
        copy.issue()  # it stops
    assert labels(units) == []


def test_who_was_shut_out_is_not_heard(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    kiosk.issue()
    revoke(units(), kiosk.name, actor=OFFICER, now=NOON)
    with pytest.raises(RevokedStationError):
        kiosk.reporter.push(far)
    with pytest.raises(RevokedStationError):
        kiosk.reporter.beat(far)
    assert labels(units) == []


def test_numbers_of_the_former_pairing_come_in_after_the_new_one(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    before = kiosk.issue()
    revoke(units(), kiosk.name, actor=OFFICER, now=NOON)
    again = paired(units, own=kiosk.store.units)
    after = again.issue()
    again.reporter.push(far)
    assert after.series != before.series
    assert labels(units) == [before.label, after.label]


def test_a_lost_answer_to_a_heartbeat_does_not_keep_numbers_back(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units)
    with kiosk.store.units() as uow:
        kept = uow.exchange.cursor("membership")
    kiosk.reporter.beat(far)
    with kiosk.store.units() as uow:  # the answer never arrived
        going = kept.replace('"following": ""', '"following": "lost"')
        uow.exchange.set_cursor("membership", going)
        uow.commit()
    with units() as office:
        station = office.stations.take(kiosk.name)
        office.stations.save(replace(station, lease=lease_mark("lost")))
        office.commit()
    kiosk.issue()
    assert kiosk.reporter.push(far) == 1


def test_help_asked_long_ago_rings_no_more(units: Units) -> None:
    kiosk, far = paired(units), OwnStore(units, Hands(NOON + timedelta(minutes=30)))
    ask_help(kiosk.store.units(), actor=Actor("", kiosk.name), now=NOON)
    ask_help(kiosk.store.units(), actor=Actor("", kiosk.name), now=NOON + timedelta(minutes=29))
    kiosk.reporter.push(far)
    assert kinds(units) == ["help.unheard", "help.asked"]


def test_a_cursor_moved_by_a_new_pairing_stays_where_it_was_put(units: Units) -> None:
    kiosk = paired(units)
    kiosk.issue()
    with kiosk.store.units() as look:
        told = gap(look)
    assert told is not None
    with kiosk.store.units() as uow:
        uow.exchange.set_cursor("pushed", "")
        uow.commit()
    acknowledged(kiosk.store.units(), told, Admitted(1, NOON))
    assert kiosk.knows_of_gap()


def test_a_quota_counts_the_kiosks_own_and_what_the_others_were_heard_to_give(units: Units) -> None:
    few = replace(OFFICE, groups=(replace(OFFICE.groups[0], daily_quota=3), *OFFICE.groups[1:]))
    mine, other, far = paired(units, "kiosk-1"), paired(units, "kiosk-2"), OwnStore(units)
    other.issue()
    other.reporter.push(far)
    mine.issue()
    mine.reporter.push(far)
    with units() as office:
        seen = hall_seen(office, few, (mine.series.epoch,), NOON)
    with mine.store.units() as look:
        assert full_here(look, few, seen, NOON) == set()
    mine.issue()  # the office is away: its own count goes on
    with mine.store.units() as look:
        assert full_here(look, few, seen, NOON) == {OFFICE.groups[0].code}
        assert waits_to_be_told(look) == 1
        assert full_here(look, few, seen, NOON + timedelta(days=1)) == set()


def test_a_desk_never_gives_a_number_that_a_kiosk_without_a_letter_may_give(units: Units) -> None:
    before = issue_ticket(units(), OFFICE, OFFICE.groups[0].code, actor=OFFICER, now=NOON, touch="desk-0")
    kiosk, far = paired(units), OwnStore(units)
    other = paired(units, "kiosk-2")
    given = [kiosk.issue().label, other.issue().label]
    kiosk.reporter.push(far)
    other.reporter.push(far)
    desk = issue_ticket(units(), OFFICE, OFFICE.groups[0].code, actor=OFFICER, now=NOON, touch="desk-1")
    assert len({before.label, desk.label, *given}) == 4
    with units() as look:
        assert look.events.after(0, kinds=("ticket.same_label",)) == []
