"""The hall's stations do their real work through their roles, and the office's log stays one chain."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from fakes import FakeOffice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roles_samples import PARTS, SECRET, RoledOffice, pair, receive, the_citizen
from samples import OFFICE, OFFICER
from station_samples import OwnStore, SampleKiosk

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.config import Config
from kiosk.domain.event import Actor, Event, chain_hash
from kiosk.domain.life import DossierState
from kiosk.domain.membership import Membership
from kiosk.domain.person import masked_name
from kiosk.domain.progress import ENDED, STEP_OF, progress_of
from kiosk.domain.rating import Reason, Score
from kiosk.domain.scan import StoredFile
from kiosk.domain.station import Series, StationKind, lease_mark
from kiosk.domain.ticket import PrintState, Ticket, TicketState
from kiosk.errors import StorageError
from kiosk.services import queueing
from kiosk.services.admission import VOIDED
from kiosk.services.help import answer_help, ask_help, is_help_coming
from kiosk.services.lookup import UnknownReceiptError, look_up
from kiosk.services.membership import join
from kiosk.services.moving import undo
from kiosk.services.ports import UnitOfWork
from kiosk.services.queueing import issue_ticket
from kiosk.services.rating import explain, rate, rateable, votes_of
from kiosk.services.stations import renew
from kiosk.services.waiting import WaitingTimes
from kiosk.storage import Store, open_server
from ui.app import OpenedOffice, Paths, keep_membership, open_kiosk
from ui.display.office import LiveDisplay
from ui.display.presenter import Call
from ui.ticketing.mark import StoreMark
from ui.ticketing.own_store import OwnStoreKiosk

KIOSK, DISPLAY, RATING = StationKind.KIOSK, StationKind.DISPLAY, StationKind.RATING
SECOND = timedelta(seconds=1)
AN_ACTOR = Actor("", "gì-cũng-được")


@dataclass
class Far:
    """The office's store as a kiosk reaches it: through its role."""

    store: Store

    def units(self) -> UnitOfWork:
        return self.store.units()

    def reads(self) -> UnitOfWork:
        return self.store.reads()

    def now(self) -> datetime:
        return office_now()


@pytest.fixture
def kiosk_role(roled: RoledOffice) -> Iterator[Store]:
    store = roled.open(KIOSK)
    yield store
    store.close()


@pytest.fixture
def kiosk(roled: RoledOffice) -> SampleKiosk:
    """The paired kiosk with a fresh store of its own in memory."""
    with roled.store.reads() as look:
        station = next(s for s in look.stations.all() if s.kind is KIOSK and s.name == "kiosk-1")
    with roled.store.units() as uow:
        known = uow.stations.take("kiosk-1")
        known.lease, known.is_doubtful = lease_mark("L0"), False
        uow.stations.save(known)
        uow.commit()
    own = OwnStore(FakeOffice().units)
    membership = Membership("kiosk-1", KIOSK, Series(station.letter, station.epoch), "L0", machine="may-1")
    join(own.units(), membership, now=office_now())
    made = SampleKiosk(own)
    made.hands.now = office_now()
    return made


def next_free(roled: RoledOffice, kiosk: SampleKiosk) -> None:
    """A fresh store counts from one; the office has seen this epoch's first numbers in earlier tests."""
    day, series = office_now().date(), OFFICE.groups[0].series + kiosk.series.letter
    with roled.store.reads() as look:
        last = max((t.n for t in look.tickets.of_day(day) if t.epoch == kiosk.series.epoch), default=0)
    with kiosk.store.units() as own:
        for _ in range(last):
            own.tickets.next_number(day, series, kiosk.series.epoch)
        own.commit()


def admitted(roled: RoledOffice, kiosk: SampleKiosk, role: Store) -> Ticket:
    """A number of the kiosk's own, told to the office through the role."""
    next_free(roled, kiosk)
    ticket = kiosk.issue()
    kiosk.reporter.push(Far(role))
    with roled.store.reads() as look:
        return look.tickets.get(ticket.key)


def served(roled: RoledOffice, ticket: Ticket) -> Ticket:
    """By the officer at counter 1, whatever else stood there before."""
    units, now = roled.store.units, office_now()
    queueing.call_ticket(units(), OFFICE, ticket.key, "1", actor=OFFICER, now=now)
    queueing.serve(units(), ticket.key, actor=OFFICER, now=now)
    return queueing.finish(units(), ticket.key, actor=OFFICER, now=now)


def test_a_kiosk_tells_its_numbers_papers_and_calls_for_help(
    roled: RoledOffice, kiosk: SampleKiosk, kiosk_role: Store
) -> None:
    next_free(roled, kiosk)
    good, spoilt = kiosk.issue(priority="cao-tuoi"), kiosk.issue()
    with kiosk.store.units() as own:
        queueing.mark_printed(own, good.key, PrintState.PRINTED, Actor("", "kiosk-1"), kiosk.hands.now)
        own.commit()
    queueing.void(kiosk.store.units(), spoilt.key, actor=Actor("", "kiosk-1"), now=kiosk.hands.now)
    ask_help(kiosk.store.units(), actor=Actor("", "kiosk-1"), now=kiosk.hands.now)
    assert kiosk.reporter.push(Far(kiosk_role)) == 5
    kiosk.reporter.beat(Far(kiosk_role))
    with roled.store.reads() as look:
        assert look.tickets.get(good.key).print_state is PrintState.PRINTED
        assert look.tickets.get(good.key).priority == "cao-tuoi"
        assert look.tickets.get(spoilt.key).state is TicketState.VOIDED
        assert [e.kind for e in look.events.of(spoilt.key)] == ["ticket.issued", VOIDED]
        assert {e.actor.station for e in look.events.of(good.key)} == {"kiosk-1"}
        assert look.stations.all()
    assert not kiosk.knows_of_gap()
    assert roled.store.first_broken() is None


def test_a_kiosk_sees_that_an_officer_is_coming(roled: RoledOffice, kiosk: SampleKiosk, kiosk_role: Store) -> None:
    asked = office_now()
    assert not is_help_coming(kiosk_role.reads(), "kiosk-1", asked)
    answer_help(roled.store.units(), "kiosk-1", actor=Actor("lan", "quay-1", "1"), now=office_now())
    assert is_help_coming(kiosk_role.reads(), "kiosk-1", asked)


def test_a_kiosk_asks_for_help_and_tells_a_wait_in_the_office_itself(
    roled: RoledOffice, kiosk: SampleKiosk, kiosk_role: Store
) -> None:
    ask_help(kiosk_role.units(), actor=AN_ACTOR, now=office_now())
    with roled.store.reads() as look:
        last = look.events.after(look.events.last_seq() - 1)[0]
    assert (last.kind, last.subject, last.actor) == ("help.asked", "kiosk-1", Actor("", "kiosk-1"))
    ticket = admitted(roled, kiosk, kiosk_role)
    waits = WaitingTimes(OFFICE, kiosk_role.units, kiosk_role.reads)
    data = {"label": ticket.label, "group": ticket.group, "priority": "", "told": [5, 10]}
    figures = {"minutes": 7.25, "low": 5.0, "high": 10.4, "plain": 8}
    with kiosk_role.units() as uow:
        uow.events.append(Event("ticket.estimated", ticket.key, office_now(), AN_ACTOR, data | figures, "estimated:x"))
        uow.commit()
    assert waits.tell(ticket, actor=AN_ACTOR, now=office_now()) == (5, 10)
    assert roled.store.first_broken() is None


def test_one_place_in_line_that_is_another_kiosks_comes_in_under_an_epoch_of_its_own(
    roled: RoledOffice, kiosk: SampleKiosk, kiosk_role: Store
) -> None:
    pair(roled.store, roled.url, "kiosk-8", KIOSK)
    with roled.store.reads() as look:
        other = next(s for s in look.stations.all() if s.name == "kiosk-8")
    own = OwnStore(kiosk.store.units)
    forged = Membership("kiosk-1", KIOSK, Series(other.letter, other.epoch), "L0", machine="may-1")
    join(own.units(), forged, now=office_now())
    ticket = kiosk.issue()
    kiosk.reporter.push(Far(kiosk_role))
    with roled.store.reads() as look:
        assert look.tickets.get(ticket.key).epoch > other.epoch


def test_the_display_hears_and_shows_a_call(
    roled: RoledOffice, kiosk: SampleKiosk, kiosk_role: Store, tmp_path: Path
) -> None:
    ticket = admitted(roled, kiosk, kiosk_role)
    store = roled.open(DISPLAY)
    try:
        office = OpenedOffice(Paths(tmp_path), Config(), OFFICE, store)
        display = LiveDisplay(office)
        seq = display.board().seq
        heard: list[int] = []
        waiter = threading.Thread(target=lambda: heard.append(store.feed.wait(seq, 30)))
        waiter.start()
        queueing.call_ticket(roled.store.units(), OFFICE, ticket.key, "1", actor=OFFICER, now=office_now())
        waiter.join()
        assert heard == [seq + 1]
        calls = [item for item in display.after(seq).items if isinstance(item, Call)]
        assert [(c.label, c.counter) for c in calls] == [(ticket.label, "Quầy 1")]
        assert [c.label for c in display.board().current] == [ticket.label]
        assert [w.series for w in display.waiting()] == [g.series for g in OFFICE.groups]
        assert display.waits() == []  # too few cases to tell; but everything that it is made from was read
        with store.reads() as look:
            assert office.waits.look(look, office_now()).hall.counters
        assert office.waits.for_comers(office_now()) == {}, "read through the hall's windows; too few cases to tell"
        undo(roled.store.units(), ticket.key, actor=OFFICER, now=office_now())
        assert display.board().current == []
        told = repr((display.board(), display.after(0), [e.data for e in events_of(store)]))
        assert "'lan'" not in told
        assert not any(part in told for part in PARTS)
    finally:
        store.close()


def events_of(store: Store) -> list[Event]:
    with store.reads() as look:
        return look.events.after(0)


def test_a_rating_screen_stores_a_vote_that_names_the_counters_officer_without_seeing_one(
    roled: RoledOffice, kiosk: SampleKiosk, kiosk_role: Store
) -> None:
    ticket = served(roled, admitted(roled, kiosk, kiosk_role))
    store, screen = roled.open(RATING), Actor("", "rating-1", "1")
    try:
        with store.reads() as look:
            asked = rateable(look, "1", office_now())
        assert asked is not None
        assert (asked.key, asked.officer, asked.priority_reason) == (ticket.key, None, "")
        assert rate(store.units(), ticket.key, "good", actor=screen, now=office_now()) is Score.GOOD
        assert rate(store.units(), ticket.key, "bad", actor=screen, now=office_now()) is Score.GOOD
        explain(store.units(), ticket.key, ("time",), actor=screen, now=office_now())
    finally:
        store.close()
    with roled.store.reads() as look:
        (vote,) = votes_of(e for e in look.events.of(ticket.key) if e.kind.startswith("rating."))
    assert (vote.score, vote.counter, vote.officer, vote.reasons) == (Score.GOOD, "1", "lan", (Reason.TIME,))
    assert roled.store.first_broken() is None


@pytest.mark.parametrize("kind", [KIOSK, DISPLAY, RATING])
def test_every_station_beats_and_only_for_itself(roled: RoledOffice, kind: StationKind) -> None:
    name, store = f"{kind.value}-1", roled.open(kind)
    try:
        with roled.store.units() as uow:
            station = uow.stations.take(name)
            station.lease, station.is_doubtful = lease_mark("L0"), False
            uow.stations.save(station)
            uow.commit()
        clock = office_now() + timedelta(hours=1)
        renew(store.units(), name, "L0", "L1", now=office_now(), station_clock=clock, version="9")
        with store.reads() as look:
            assert [s.name for s in look.stations.all()] == [name]
        with roled.store.reads() as look:
            assert next(s for s in look.stations.all() if s.name == name).version == "9"
    finally:
        store.close()
    assert roled.store.first_broken() is None


def test_a_receipt_is_looked_up_masked_as_the_office_itself_masks_it(roled: RoledOffice, kiosk_role: Store) -> None:
    dossier = receive(roled.store, "draft-look-up")
    found = look_up(kiosk_role.reads(), dossier.key)
    assert found == progress_of(dossier)
    assert found.owner == masked_name(SECRET)
    with pytest.raises(UnknownReceiptError):
        look_up(kiosk_role.reads(), "H26.107-261121-9999")
    with roled.store.units() as uow:
        dossier.code = "H26.107-261121-0001"
        dossier.original_due_at = (dossier.due_at or office_now()) - timedelta(days=1)  # the paper's date, since moved
        uow.dossiers.save(dossier)
        uow.commit()
    moved = look_up(kiosk_role.reads(), "h26.107-261121-0001")
    assert moved == progress_of(dossier)
    assert moved.printed_at == dossier.original_due_at


@pytest.mark.parametrize("state", DossierState)
def test_the_database_tells_the_step_that_python_tells(
    roled: RoledOffice, kiosk_role: Store, state: DossierState
) -> None:
    assert set(STEP_OF) | ENDED | {DossierState.DRAFT} == set(DossierState)
    dossier = receive(roled.store, f"draft-{state.value}")
    with roled.store.units() as uow:
        dossier.state = state
        uow.dossiers.save(dossier)
        uow.commit()
    with kiosk_role.reads() as look:
        assert look.dossiers.progress(dossier.key) == progress_of(dossier)


NAMES = [
    "Nguyễn Văn Mẫu",
    "",
    " ",
    "A",
    "Đ",
    "  H'Hen   Niê ",
    "Ksor\tH'Bơ\u00a0Khăp",
    "Lò\u2003Thị\u3000Ế",
    "Nguye\u0302\u0303n",
    "𠀋 漢",
    "x\x1cy\x1fz\x85w\x0bq",
    "a\u200bb",
    "*",
    "O’Connor-Trần",
]


def test_names_are_masked_alike_in_sql_and_python(roled: RoledOffice) -> None:
    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=40))
    def alike(name: str) -> None:
        (found,) = connection.execute("SELECT motcua_hall.masked_name(%s)", (name,)).fetchone() or ("",)
        assert found == masked_name(name)

    with psycopg.connect(roled.url, autocommit=True) as connection:
        for name in NAMES:
            (found,) = connection.execute("SELECT motcua_hall.masked_name(%s)", (name,)).fetchone() or ("",)
            assert found == masked_name(name), repr(name)
        alike()


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | TEXT | st.integers(-9999, 9999).map(lambda n: n / 100),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def test_the_log_is_hashed_alike_in_sql_and_python(roled: RoledOffice) -> None:
    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(TEXT, JSON, max_size=4), TEXT, st.none() | TEXT, st.datetimes())
    def alike(data: dict[str, object], subject: str, command: str | None, moment: datetime) -> None:
        at = moment.replace(year=2026, tzinfo=OFFICE_ZONE) if (moment.month, moment.day) != (2, 29) else office_now()
        event = Event("ticket.issued", subject, at, Actor("", "kiosk-1", command), data, command)
        (found,) = connection.execute(
            "SELECT motcua_hall.chain_hash(%s, %s, %s, %s, motcua_hall.canonical(%s::json), %s, %s, %s)",
            ("0" * 64, at, command, command, json.dumps(data, ensure_ascii=False), event.kind, "kiosk-1", subject),
        ).fetchone() or ("",)
        assert found == chain_hash("0" * 64, event)

    with psycopg.connect(roled.url, autocommit=True) as connection:
        alike()


def test_a_public_station_has_no_papers_and_does_not_judge_the_log(kiosk_role: Store) -> None:
    acts: list[Callable[[], object]] = [
        lambda: kiosk_role.vault.put(b"x", "image/png"),
        lambda: kiosk_role.vault.get(StoredFile("a", "b", 1, "image/png", b"")),
        kiosk_role.first_broken,
    ]
    for act in acts:
        with pytest.raises(StorageError) as caught:
            act()
        assert caught.value.code == "storage.no_right"


def test_a_desk_works_under_a_login_of_its_own(roled: RoledOffice) -> None:
    store = open_server(roled.stations[StationKind.DESK], roled.key)
    try:
        ticket = issue_ticket(
            store.units(), OFFICE, "ho-tich", actor=OFFICER, now=office_now(), touch="ban", under=Series("Q", 1)
        )
        dossier = receive(store, "draft-ban", replace(the_citizen(), key="p-2"))
        file = store.vault.put(b"giay", "image/png")
        assert store.vault.get(file) == b"giay"
        with store.reads() as look:
            assert look.tickets.get(ticket.key).label.startswith("AQ")
            assert look.dossiers.get(dossier.key).owner.full_name == SECRET
    finally:
        store.close()
    assert roled.store.first_broken() is None


def test_the_kiosks_program_runs_on_its_own_store_and_its_role(roled: RoledOffice, tmp_path: Path) -> None:
    root, url = tmp_path / "kiosk", pair(roled.store, roled.url, "kiosk-6", KIOSK)
    with roled.store.reads() as look:
        station = next(s for s in look.stations.all() if s.name == "kiosk-6")
    root.mkdir()
    settings = f'database = "{roled.cluster.url("xa_mau")}"\n[station]\nkind = "kiosk"\nname = "kiosk-6"\n'
    (root / "config.toml").write_text(settings + "keeps_hours = false\n", encoding="utf-8")
    keep_membership(root, Membership("kiosk-6", KIOSK, station.series, "L0", url, machine="may-kiosk-6"))
    receipt = receive(roled.store, "draft-kiosk-6")
    opened = open_kiosk(root)
    kiosk = OwnStoreKiosk(opened, machine="may-kiosk-6", mark=StoreMark(tmp_path / "mark"))
    kiosk.door.tell_s = 20.0
    kiosk.start()
    try:
        until(lambda: kiosk.link.is_up)
        issued = kiosk.door.issue(opened.facts.groups[0].code, "", "cham-1")
        assert issued.ahead is not None
        assert kiosk.door.look_up(receipt.key) == progress_of(receipt)
        kiosk.door.ask_help()
    finally:
        kiosk.close()
        opened.close()
    with roled.store.reads() as look:
        assert look.tickets.get(issued.key).epoch == station.epoch
        heard = next(s for s in look.stations.all() if s.name == "kiosk-6")
    assert heard.seen_at is not None
    assert not (root / "office.key").exists()
    assert roled.store.first_broken() is None


def until(done: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)
