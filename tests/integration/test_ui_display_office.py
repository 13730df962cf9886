"""What the hall's screen reads of a real office: every act that moves a number, and never a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.clock import office_now
from kiosk.domain.by_label import LabelEntry, Visit
from kiosk.domain.event import Actor
from kiosk.domain.ticket import TicketAct
from kiosk.services.by_label import reconcile
from kiosk.services.moving import transfer, undo
from kiosk.services.queueing import call_next, finish, issue_ticket, park, recall, serve
from ui.app import OpenedOffice, open_office
from ui.display.office import LiveDisplay
from ui.display.presenter import Arrived, Back, Call, Ended

ACTOR = Actor("lan", "ban-1", "1")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


def at_counter(office: OpenedOffice) -> tuple[LiveDisplay, str, str, int]:
    """A display, the key and the label of a number that was called to counter 1, and the log's length before."""
    now, line = office_now(), office.facts.groups[0].code
    issued = issue_ticket(office.units(), office.facts, line, actor=ACTOR, now=now, touch="a")
    display = LiveDisplay(office)
    before = display.board().seq
    call_next(office.units(), office.facts, "1", actor=ACTOR, now=now)
    return display, issued.key, issued.label, before


def test_a_call_its_recall_and_the_arrival_are_told_in_order(office: OpenedOffice) -> None:
    display, key, label, before = at_counter(office)
    recall(office.units(), key, actor=ACTOR, now=office_now())
    serve(office.units(), key, actor=ACTOR, now=office_now())
    finish(office.units(), key, actor=ACTOR, now=office_now())
    news = display.after(before)
    assert [type(item) for item in news.items] == [Call, Call, Arrived, Ended]
    assert {item.label for item in news.items} == {label}
    call = news.items[0]
    assert isinstance(call, Call)
    assert call.counter == "Quầy 1"


def test_a_counter_that_is_taken_out_while_it_is_shown_does_not_empty_the_board(office: OpenedOffice) -> None:
    display, key, label, before = at_counter(office)
    office.facts = replace(office.facts, counters=())
    assert [(call.label, call.counter) for call in display.board().current] == [(label, "Quầy 1")]
    assert [item.label for item in display.after(before).items] == [label]
    finish(office.units(), key, actor=ACTOR, now=office_now())
    assert display.board().current == []


def test_a_number_that_was_sent_elsewhere_or_set_aside_leaves_the_board(office: OpenedOffice) -> None:
    display, key, _label, before = at_counter(office)
    transfer(office.units(), office.facts, key, group=office.facts.groups[1].code, actor=ACTOR, now=office_now())
    assert isinstance(display.after(before).items[-1], Ended)
    assert display.board().current == []


def test_an_act_taken_back_is_told_by_what_it_leaves(office: OpenedOffice) -> None:
    display, key, label, before = at_counter(office)
    park(office.units(), key, actor=ACTOR, now=office_now())
    undo(office.units(), key, actor=ACTOR, now=office_now())
    back = display.after(before).items[-1]
    assert isinstance(back, Back)
    assert (back.label, back.counter) == (label, "Quầy 1")
    undo(office.units(), key, actor=ACTOR, now=office_now())  # the call itself was a mistake
    assert isinstance(display.after(before).items[-1], Ended)


def test_calls_made_by_label_are_shown_while_they_stand_and_never_called_again(office: OpenedOffice) -> None:
    display, key, label, before = at_counter(office)
    finish(office.units(), key, actor=ACTOR, now=office_now())
    over = issue_ticket(
        office.units(), office.facts, office.facts.groups[0].code, actor=ACTOR, now=office_now(), touch="b"
    )
    here = issue_ticket(
        office.units(), office.facts, office.facts.groups[0].code, actor=ACTOR, now=office_now(), touch="c"
    )
    before = display.board().seq
    visits = [
        by_label("v", over.label, TicketAct.CALL, TicketAct.SERVE, TicketAct.FINISH),
        by_label("w", here.label, TicketAct.CALL, TicketAct.SERVE),
    ]
    reconcile(office.units, visits, now=office_now())
    items = display.after(before).items
    assert [(type(item), item.label) for item in items] == [
        (Arrived, over.label), (Ended, over.label), (Back, here.label), (Arrived, here.label),
    ]  # fmt: skip
    assert label not in {item.label for item in items}


def by_label(key: str, label: str, *acts: TicketAct) -> Visit:
    now = office_now()
    return Visit(tuple(LabelEntry(f"{key}/{n}", key, label, a, now, "lan", "ban-1", "1") for n, a in enumerate(acts)))


def test_the_screen_reads_nothing_but_number_counter_and_time(office: OpenedOffice) -> None:
    display, _key, label, before = at_counter(office)
    told = repr((display.board(), display.after(before), display.waiting()))
    assert label in told
    assert "lan" not in told.lower().replace("màn", "")
