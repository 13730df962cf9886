"""What counters did by label is taken over: on the fake office and on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from samples import KIOSK, NOON, OFFICE, OFFICER

from kiosk.domain.by_label import LabelEntry, Visit, WrongLabelError, read_label, read_paper, state_after, visits_of
from kiosk.domain.event import Event
from kiosk.domain.ticket import IllegalTicketActError, Ticket, TicketAct, TicketState
from kiosk.services import queueing
from kiosk.services.by_label import How, reconcile
from kiosk.services.label_journal import LastKnown, keep_line, last_line, note, settle, unsettled
from kiosk.services.ports import Units

MINUTE = timedelta(minutes=1)
LATER = NOON + timedelta(hours=2)
CALL, RECALL, SERVE, PARK, MISS, FINISH = (
    TicketAct.CALL, TicketAct.RECALL, TicketAct.SERVE, TicketAct.PARK, TicketAct.MISS, TicketAct.FINISH,
)  # fmt: skip


def issue(units: Units, touch: str = "t") -> Ticket:
    return queueing.issue_ticket(units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON - MINUTE, touch=touch)


def a_visit(key: str, label: str, counter: str, at: datetime, *acts: TicketAct, ticket: str = "") -> Visit:
    """One act a minute."""
    entries = (
        LabelEntry(
            f"{key}/{n}", key, label, act, at + n * MINUTE, f"officer-{counter}", f"ban-{counter}", counter, ticket
        )
        for n, act in enumerate(acts)
    )
    return Visit(tuple(entries))


def hows(units: Units, *visits: Visit, now: datetime = LATER) -> list[How]:
    return [s.how for s in reconcile(units, visits, now=now)]


def log_of(units: Units, key: str) -> list[Event]:
    with units() as look:
        return look.events.of(key)


def kept(units: Units, key: str) -> Ticket:
    with units() as look:
        return look.tickets.get(key)


def test_a_number_served_by_label_is_in_the_log_with_the_counter_s_own_times(units: Units) -> None:
    ticket = issue(units)
    visit = a_visit("v", ticket.label, "2", NOON, CALL, SERVE, FINISH)
    assert hows(units, visit) == [How.DONE]
    after = kept(units, ticket.key)
    assert (after.state, after.counter, after.officer) == (TicketState.FINISHED, "2", "officer-2")
    assert (after.first_called_at, after.serving_at, after.ended_at) == (NOON, NOON + MINUTE, NOON + 2 * MINUTE)
    told = [e for e in log_of(units, ticket.key) if "by_label" in e.data]
    assert [e.kind for e in told] == ["ticket.called", "ticket.serving", "ticket.finished"]
    assert [e.command for e in told] == ["v/0", "v/1", "v/2"]
    assert {(e.actor.officer, e.actor.station, e.actor.counter) for e in told} == {("officer-2", "ban-2", "2")}


def test_taking_over_twice_changes_nothing_and_says_the_same(units: Units) -> None:
    ticket = issue(units)
    first = a_visit("a", ticket.label, "1", NOON, CALL, SERVE, FINISH)
    second = a_visit("b", ticket.label, "2", NOON + MINUTE, CALL, FINISH)
    assert hows(units, first, second) == [How.DONE, How.AGAIN]
    before = log_of(units, ticket.key)
    assert hows(units, second, first) == [How.AGAIN, How.DONE]
    assert log_of(units, ticket.key) == before


@pytest.mark.parametrize("late", ["earlier", "later"])
def test_of_two_counters_the_service_that_began_first_counts_whoever_comes_back_first(units: Units, late: str) -> None:
    ticket = issue(units)
    earlier = a_visit("a", ticket.label, "1", NOON, CALL, SERVE, FINISH)
    later = a_visit("b", ticket.label, "2", NOON + MINUTE, CALL, SERVE, FINISH)
    for visit in (earlier, later) if late == "later" else (later, earlier):
        reconcile(units, [visit], now=LATER)
    after = kept(units, ticket.key)
    assert (after.state, after.counter, after.serving_at) == (TicketState.FINISHED, "1", NOON + MINUTE)
    (again,) = [e for e in log_of(units, ticket.key) if e.kind == "ticket.served_again"]
    assert (again.at, again.actor.counter) == (later.start, "2")
    assert [act[1] for act in again.data["acts"]] == ["call", "serve", "finish"]


def test_who_was_absent_at_one_counter_and_served_at_another_was_served(units: Units) -> None:
    ticket = issue(units)
    absent = a_visit("a", ticket.label, "1", NOON, CALL, MISS)
    served = a_visit("b", ticket.label, "2", NOON + 5 * MINUTE, CALL, SERVE, FINISH)
    assert hows(units, absent) == [How.DONE]
    assert hows(units, served) == [How.DONE]
    assert (kept(units, ticket.key).state, kept(units, ticket.key).counter) == (TicketState.FINISHED, "2")
    assert "ticket.returned" in [e.kind for e in log_of(units, ticket.key)]


def test_a_number_that_stood_at_the_counter_goes_on_there(units: Units) -> None:
    ticket = issue(units)
    queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=NOON)
    assert hows(units, a_visit("a", ticket.label, "1", NOON + MINUTE, SERVE, FINISH, ticket=ticket.key)) == [How.DONE]
    assert kept(units, ticket.key).state is TicketState.FINISHED


def test_what_the_office_ended_meanwhile_stays_as_it_is(units: Units) -> None:
    ticket = issue(units)
    queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=NOON)
    queueing.finish(units(), ticket.key, actor=OFFICER, now=NOON + MINUTE)
    before = kept(units, ticket.key)
    assert hows(units, a_visit("a", ticket.label, "1", NOON + MINUTE, FINISH, ticket=ticket.key)) == [How.KEPT]
    assert hows(units, a_visit("b", ticket.label, "2", NOON, CALL, SERVE, FINISH)) == [How.AGAIN]
    assert kept(units, ticket.key) == before
    assert [e.kind for e in log_of(units, ticket.key)][-2:] == ["ticket.act_kept", "ticket.served_again"]


def test_what_the_office_did_after_a_visit_by_label_is_not_taken_back(units: Units) -> None:
    ticket = issue(units)
    aside = a_visit("a", ticket.label, "1", NOON + 5 * MINUTE, CALL, SERVE, PARK)
    assert hows(units, aside) == [How.DONE]
    queueing.call_ticket(units(), OFFICE, ticket.key, "1", actor=OFFICER, now=NOON + 20 * MINUTE)
    queueing.finish(units(), ticket.key, actor=OFFICER, now=NOON + 25 * MINUTE)
    before = kept(units, ticket.key)
    assert hows(units, a_visit("b", ticket.label, "2", NOON, CALL, SERVE, FINISH)) == [How.AGAIN]
    assert kept(units, ticket.key) == before


def test_a_number_held_by_another_counter_is_not_taken_from_it_until_that_counter_tells(units: Units) -> None:
    ticket = issue(units)
    queueing.call_next(units(), OFFICE, "1", actor=OFFICER, now=NOON)
    elsewhere = a_visit("b", ticket.label, "2", NOON + 10 * MINUTE, CALL, SERVE, FINISH)
    assert hows(units, elsewhere) == [How.AGAIN]
    assert kept(units, ticket.key).counter == "1"
    assert hows(units, a_visit("a", ticket.label, "1", NOON + 2 * MINUTE, MISS, ticket=ticket.key)) == [How.DONE]
    after = kept(units, ticket.key)
    assert (after.state, after.counter, after.ended_at) == (TicketState.FINISHED, "2", NOON + 12 * MINUTE)


def test_a_number_the_kiosk_has_not_brought_waits_and_is_told_when_the_day_is_over(units: Units) -> None:
    visit = a_visit("a", "A777", "1", NOON, CALL, FINISH)
    assert hows(units, visit) == [How.WAITS]
    assert hows(units, visit, now=NOON + timedelta(days=1)) == [How.WAITS], "kiosks are not switched on first"
    tomorrow = NOON + timedelta(days=1, hours=3)
    assert hows(units, visit, now=tomorrow) == [How.UNKNOWN]
    assert hows(units, visit, now=tomorrow) == [How.UNKNOWN]
    (told,) = log_of(units, "A777")
    assert (told.kind, told.at, told.command) == ("ticket.unknown_label", NOON, "a/0")


def test_a_number_that_the_kiosk_brings_late_is_taken_over_then(units: Units) -> None:
    visit = a_visit("a", "A001", "1", NOON, CALL, SERVE, FINISH)
    assert hows(units, visit) == [How.WAITS]
    ticket = issue(units)
    queueing.issue_ticket(units(), OFFICE, "ho-tich", actor=KIOSK, now=NOON, touch="next")
    queueing.call_ticket(units(), OFFICE, _other(units, ticket).key, "1", actor=OFFICER, now=LATER)
    assert hows(units, visit) == [How.DONE], "although the counter holds another number now"
    assert kept(units, ticket.key).state is TicketState.FINISHED


def _other(units: Units, ticket: Ticket) -> Ticket:
    with units() as look:
        return next(t for t in look.tickets.waiting(ticket.serve_day) if t.key != ticket.key)


def test_the_number_at_the_counter_now_stands_there_and_a_call_whose_answer_was_lost_goes_back(units: Units) -> None:
    lost, mine = issue(units, "lost"), issue(units, "mine")
    queueing.call_ticket(units(), OFFICE, lost.key, "1", actor=OFFICER, now=NOON)
    assert hows(units, a_visit("a", mine.label, "1", NOON + MINUTE, CALL, SERVE)) == [How.DONE]
    assert kept(units, lost.key).state is TicketState.WAITING
    assert kept(units, lost.key).effective_at == lost.effective_at
    with units() as look:
        at = look.tickets.active_at("1")
    assert at is not None
    assert (at.key, at.state) == (mine.key, TicketState.SERVING)


def test_a_visit_whose_first_half_was_taken_over_goes_on(units: Units) -> None:
    ticket = issue(units)
    whole = a_visit("a", ticket.label, "1", NOON, CALL, SERVE, PARK)
    half = replace(whole, entries=whole.entries[:2])
    assert hows(units, half) == [How.DONE]
    assert hows(units, whole) == [How.DONE]
    assert kept(units, ticket.key).state is TicketState.PARKED


# --- the desk's own disk ---------------------------------------------------------------------------------------------


def test_the_journal_gives_back_what_was_not_taken_over_and_only_that(units: Units) -> None:
    first = a_visit("a", "A001", "1", NOON, CALL, SERVE, FINISH)
    second = a_visit("b", "A002", "1", NOON, CALL, ticket="key-2")
    other = a_visit("c", "A003", "2", NOON, CALL)
    for entry in (*first.entries, *other.entries, *second.entries, *second.entries):
        note(units(), entry)
    assert visits_of(unsettled(units(), "1")) == [first, second]
    settle(units(), "1", first.entries, "done", LATER)
    assert unsettled(units(), "1") == list(second.entries)
    settle(units(), "1", second.entries, "done", LATER)
    assert unsettled(units(), "1") == []
    assert unsettled(units(), "2") == list(other.entries), "another counter's are its own"


def test_the_last_known_line_comes_back_as_it_was(units: Units) -> None:
    assert last_line(units(), "1") is None
    ticket = Ticket("k", "A001", "A", 1, 2, NOON.date(), "ho-tich", "cao-tuoi", NOON, NOON - MINUTE, "touch")
    known = LastKnown(NOON, replace(ticket, state=TicketState.SERVING, counter="1", calls=2), (ticket,), (), 3)
    keep_line(units(), "1", known)
    assert last_line(units(), "1") == known


# --- what is typed and scanned ---------------------------------------------------------------------------------------


def test_a_number_is_read_as_people_type_it() -> None:
    assert [read_label(text) for text in ("a12", "A012", " a 012 ", "AK5")] == ["A012", "A012", "A012", "AK005"]
    assert [read_label(text) for text in ("a-12", "A.012", "AK007", "ak 7")] == ["A012", "A012", "AK007", "AK007"]
    telex = {
        "á12": "AS012",
        "À012": "AF012",
        "ả 1": "AR001",
        "Ã9": "AX009",
        "â7": "AA007",
        "đ15": "DD015",
        "ó3": "OS003",
    }
    assert {typed: read_label(typed) for typed in telex} == telex
    assert read_label("12", ["A012", "B013"]) == "A012"
    for wrong, known in (("12", ["A012", "B012"]), ("", []), ("A0", []), ("xin chào", [])):
        with pytest.raises(WrongLabelError):
            read_label(wrong, known)


def test_the_code_on_a_ticket_is_told_from_anything_else() -> None:
    key = "0123456789abcdef" * 2
    paper = read_paper(f"A012 23/11/2026 {key}")
    assert paper is not None
    assert (paper.label, paper.day, paper.ticket) == ("A012", NOON.date(), key)
    spoiled = read_paper("A012 23/11/2026 01234567Â9")
    assert spoiled is not None
    assert spoiled.ticket == ""
    struck = read_paper(f"Á012 23/11/2026 {key}")
    assert struck is not None
    assert (struck.label, struck.ticket) == ("AS012", key)
    assert read_paper("001195000007|Nguyễn Thị Ánh|02031995") is None
    assert read_paper("A012 31/02/2026") is None


def test_the_table_of_transitions_holds_by_label_too(units: Units) -> None:
    ticket = issue(units)
    assert hows(units, a_visit("a", ticket.label, "1", NOON, CALL, SERVE, MISS)) == [How.AGAIN]
    assert kept(units, ticket.key).state is TicketState.WAITING
    with pytest.raises(IllegalTicketActError):
        state_after(TicketState.SERVING, [MISS], "A001")
