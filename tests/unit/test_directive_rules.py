"""The rules that the provinces' directives ask for, each driven through the services and named after its source.

NA Nghệ An 28/12/2023 · TN Tây Ninh 2070/UBND-HCC, 13/9/2019 · BG Bắc Giang 6/2022 · NT Ninh Thuận 4560/UBND-PVHCC,
20/10/2022. docs/rules.md lists them; test_rules_page.py keeps that list true.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake, marks

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.dossier import (
    IncompleteDossierError,
    NoResultCopyError,
    NoResultError,
    NothingMissingError,
    PaperState,
    ReasonRequiredError,
    ResultRecord,
    StateSecretError,
    SupplementOnceError,
)
from kiosk.domain.due import transfer_by
from kiosk.domain.held import HeldPaperError
from kiosk.domain.job import Wing
from kiosk.domain.life import CLOSED_STATES, DossierState, IllegalDossierActError, NotYourActError, Role
from kiosk.domain.procedure import Channel, Option, Term, TermUnit
from kiosk.domain.scan import Document
from kiosk.domain.slip import SlipKind
from kiosk.domain.term_clock import ExtendOnceError
from kiosk.domain.term_words import parse_term
from kiosk.domain.tracks import HandOverState
from kiosk.services import digitisation, exchange, handover, originals
from kiosk.services.alarms import AlarmKind, alarms
from kiosk.services.extra_papers import ExtraPaper, ExtraPaperError, KnownPaperError
from kiosk.services.online import accept_by
from kiosk.services.reception import PaperMark, receive_dossier, refuse_dossier, request_supplement
from kiosk.services.term_clock import extend, received_elsewhere

DESK = a_desk()
DO: dict[str, Any] = {"actor": OFFICER, "now": NOON}
CULTURE = {date(2026, 11, 24): "Ngày Văn hóa Việt Nam"}
SECRET = "bí mật"


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def received(office: FakeOffice, **changes: Any) -> str:
    """On Monday 23/11 at 10:00; three working days, to Thursday 26 at 17:00."""
    return receive_dossier(office.units(), DESK, an_intake(**changes), **DO).dossier.key


def scan(office: FakeOffice, vault: FakeVault, owner: str, component: str = "") -> None:
    kept = {"source": "test", "actor": OFFICER, "now": NOON, "component": component}
    digitisation.keep_page(office.units, vault, owner, SECRET.encode(), "image/png", **kept)  # type: ignore[arg-type]


# --- Bắc Giang -------------------------------------------------------------------------------------------------------


def test_bg_1_no_closing_without_a_result(office: FakeOffice) -> None:
    key = received(office)
    with pytest.raises(NoResultError):
        handover.hand_over(office.units(), key, "Người nộp", without_copy="Bản giấy", **DO)
    with pytest.raises(NoResultError):
        handover.record_result(office.units(), key, ResultRecord(" ", NOON), **DO)
    handover.record_result(office.units(), key, ResultRecord("12/2026", NOON), **DO)
    with pytest.raises(NoResultCopyError):
        handover.hand_over(office.units(), key, "Người nộp", **DO)
    assert office.shelf.dossiers[key].state not in CLOSED_STATES
    handover.hand_over(office.units(), key, "Người nộp", without_copy="Bản giấy", actor=OFFICER, now=at(25))
    dossier = office.shelf.dossiers[key]
    assert dossier.result is not None
    assert (dossier.result.at, dossier.returned_at) == (NOON, at(25)), "the day of the result and the day of its return"


def test_bg_1_a_late_dossier_gets_no_new_date_without_explanation_and_apology(office: FakeOffice) -> None:
    key, by = received(office), parse_term("2 ngày làm việc")
    with pytest.raises(ReasonRequiredError):
        extend(office.units(), DESK, key, by, "  ", actor=OFFICER, now=at(25))
    extend(office.units(), DESK, key, by, "Chờ xác minh", actor=OFFICER, now=at(25))
    letters = [s for s in office.shelf.slips.values() if s.kind is SlipKind.APOLOGY]
    assert [(s.reason, s.previous_due_at, s.due_at) for s in letters] == [("Chờ xác minh", at(26, 17), at(30, 17))]
    assert office.shelf.dossiers[key].clock.extension_paper == "Mẫu 04 số 1/2026"


def test_bg_1_no_supplement_and_no_refusal_without_a_reason(office: FakeOffice) -> None:
    lacking = an_intake("tp-1")
    for act in (request_supplement, refuse_dossier):
        with pytest.raises(ReasonRequiredError):
            act(office.units(), DESK, lacking, " ", **DO)
    assert office.shelf.dossiers == {}
    slip = refuse_dossier(office.units(), DESK, lacking, "Không thuộc thẩm quyền của xã", "Điều 13", **DO).slip
    assert slip is not None
    assert (slip.kind, slip.reason, slip.legal_basis) == (
        SlipKind.REFUSAL,
        "Không thuộc thẩm quyền của xã",
        "Điều 13",
    )


def test_bg_1_only_the_desk_receives(office: FakeOffice) -> None:
    for role in (Role.SOLVING, Role.RETURNING, Role.CASHIER):
        with pytest.raises(NotYourActError):
            receive_dossier(
                office.units(), DESK, an_intake(), actor=replace(OFFICER, roles=frozenset({role})), now=NOON
            )


def test_bg_1_the_citizen_is_told_when_the_result_is_there(office: FakeOffice) -> None:
    key = received(office)
    handover.record_result(office.units(), key, ResultRecord("12/2026", at(24)), actor=OFFICER, now=at(24))
    assert office.shelf.dossiers[key].handed is HandOverState.READY
    with office.units() as look:
        assert [(a.kind, a.key) for a in alarms(look, DESK, at(24))] == [(AlarmKind.UNTOLD, key)]
    handover.notify(office.units(), key, "điện thoại 0912000111", actor=OFFICER, now=at(24, 10))
    dossier = office.shelf.dossiers[key]
    assert (dossier.handed, dossier.notified_at) == (HandOverState.NOTIFIED, at(24, 10))
    with office.units() as look:
        assert alarms(look, DESK, at(24, 11)) == []


# --- NĐ 61/2018, the frame that the directives repeat ----------------------------------------------------------------


def test_nd61_11_a_supplement_is_asked_for_once_all_at_once_with_reason_and_legal_basis(office: FakeOffice) -> None:
    outcome = request_supplement(office.units(), DESK, an_intake("tp-1"), "Thiếu giấy tờ", **DO)
    assert outcome.slip is not None
    assert [p.name for p in outcome.slip.papers] == ["Giấy chứng sinh", "Giấy chứng nhận kết hôn của cha mẹ"]
    assert outcome.slip.reason == "Thiếu giấy tờ"
    assert BIRTH.code in outcome.slip.legal_basis, "the published procedure, where the officer names nothing better"
    receive_dossier(office.units(), DESK, an_intake(), **DO)
    with pytest.raises(SupplementOnceError):
        request_supplement(office.units(), DESK, an_intake("tp-1"), "Lần nữa", **DO)
    with pytest.raises(NothingMissingError):
        request_supplement(office.units(), DESK, an_intake(draft="d-2"), "Không thiếu gì", **DO)


def test_nd61_19_a_wanting_dossier_goes_back_within_three_working_days_or_the_log_says_so(office: FakeOffice) -> None:
    for draft, day, in_time in (("d-1", 26, True), ("d-2", 30, False)):
        receive_dossier(office.units(), DESK, an_intake(draft=draft), **DO)
        less = an_intake("tp-1", draft=draft)
        request_supplement(office.units(), DESK, less, "Thiếu giấy tờ", actor=OFFICER, now=at(day))
        asked = [e for e in office.shelf.events if e.kind == "dossier.supplement_asked"][-1]
        assert asked.data["returned_in_time"] is in_time


def test_nd61_17_an_incomplete_dossier_is_not_received_and_everything_missing_is_named(office: FakeOffice) -> None:
    with pytest.raises(IncompleteDossierError) as caught:
        receive_dossier(office.units(), DESK, an_intake("tp-3"), **DO)
    assert [c.code for c in caught.value.missing] == ["tp-1", "tp-2"]
    assert office.shelf.dossiers == {}


def test_nd61_18_received_after_three_it_is_passed_on_the_next_morning_and_due_a_day_later(office: FakeOffice) -> None:
    calendar = WorkingCalendar(days_off=CULTURE)
    assert transfer_by(calendar, at(23, 15, 0), []) == at(23, 17)
    assert transfer_by(calendar, at(23, 15, 1), []) == at(25, 7, 30)
    same_day = replace(BIRTH, options=(Option(Channel.COUNTER, Term(None, TermUnit.SAME_DAY, "trong ngày")),))
    office.shelf.procedures[BIRTH.code, 1] = same_day
    desk = replace(DESK, calendar=lambda _: calendar)
    in_time = receive_dossier(office.units(), desk, an_intake(draft="a"), actor=OFFICER, now=at(23, 15, 0)).dossier
    too_late = receive_dossier(office.units(), desk, an_intake(draft="b"), actor=OFFICER, now=at(23, 15, 1)).dossier
    assert (in_time.due_at, too_late.due_at) == (at(23, 17), at(25, 17))


def test_nd61_19_one_new_date_only(office: FakeOffice) -> None:
    key, by = received(office), parse_term("1 ngày làm việc")
    extend(office.units(), DESK, key, by, "Chờ xác minh", actor=OFFICER, now=at(25))
    with pytest.raises(ExtendOnceError):
        extend(office.units(), DESK, key, by, "Lần nữa", actor=OFFICER, now=at(26))
    assert sum(s.kind is SlipKind.APOLOGY for s in office.shelf.slips.values()) == 1


def test_nd61_19_the_alarm_sounds_one_working_day_before_the_term_ends(office: FakeOffice) -> None:
    received(office)

    def sounds(now: datetime) -> list[AlarmKind]:
        with office.units() as look:
            return [a.kind for a in alarms(look, DESK, now)]

    assert (sounds(at(24, 17)), sounds(at(25, 7)), sounds(at(27))) == ([], [AlarmKind.ENDS], [AlarmKind.LATE])


def test_nd61_19_a_late_opinion_of_another_agency_is_told(office: FakeOffice) -> None:
    key = received(office)
    handover.consult(office.units(), key, "Công an xã", "Nơi cư trú?", date(2026, 11, 24), **DO)
    with office.units() as look:
        found = alarms(look, DESK, at(25))
    assert (AlarmKind.OPINION, "Công an xã") in [(a.kind, a.what) for a in found]


def test_nd61_20_originals_taken_for_comparison_are_given_back_and_logged(office: FakeOffice) -> None:
    key = received(office)
    originals.hold(office.units(), key, ["tp-2"], **DO)
    originals.give_back(office.units(), key, ["tp-2"], actor=OFFICER, now=at(24))
    kinds = [(e.kind, e.at) for e in office.shelf.events if e.subject == key]
    assert kinds[-2:] == [("original.held", NOON), ("original.given_back", at(24))]


def test_nd309_8_the_clock_of_another_agency_starts_where_that_agency_receives_it(office: FakeOffice) -> None:
    key = received(office, competent_agency="UBND xã Hòa An")
    dossier, _ = received_elsewhere(office.units(), DESK, key, at(25), actor=OFFICER, now=at(25))
    assert dossier.due_at == at(30, 17)


# --- Tây Ninh, Nghệ An: papers ---------------------------------------------------------------------------------------


def test_tn_1_10_no_paper_outside_the_catalogue_without_a_legal_basis(office: FakeOffice) -> None:
    wanted = (ExtraPaper("Giấy xác nhận của trưởng thôn", ""),)
    with pytest.raises(ExtraPaperError):
        receive_dossier(office.units(), DESK, an_intake(extra_papers=wanted), **DO)
    again = (ExtraPaper("GIẤY CHỨNG SINH", "Điều 1"),)
    with pytest.raises(KnownPaperError):
        receive_dossier(office.units(), DESK, an_intake(extra_papers=again), **DO)
    assert office.shelf.dossiers == {}
    based = (ExtraPaper("Giấy xác nhận của trưởng thôn", "Điều 16 NĐ 123/2015"),)
    slip = request_supplement(office.units(), DESK, an_intake(extra_papers=based), "Cần xác nhận", **DO).slip
    assert slip is not None
    assert [p.name for p in slip.papers] == ["Giấy xác nhận của trưởng thôn (căn cứ: Điều 16 NĐ 123/2015)"]


def test_na_1c_no_paper_is_asked_for_that_a_database_gives(office: FakeOffice) -> None:
    given = replace(BIRTH.components[2], database="CSDL quốc gia về dân cư")
    office.shelf.procedures[BIRTH.code, 1] = replace(BIRTH, components=(*BIRTH.components[:2], given))
    dossier = receive_dossier(office.units(), DESK, an_intake("tp-1", "tp-2"), **DO).dossier
    assert dossier.papers[2].state is PaperState.FROM_DATABASE, "complete without it"
    brought = an_intake("tp-1", "tp-2", "tp-3", draft="d-2")
    with pytest.raises(HeldPaperError):
        receive_dossier(office.units(), DESK, brought, **DO)
    asked = {**brought.papers, "tp-3": PaperMark(PaperState.ORIGINAL, asked="CSDL đang lỗi")}
    receive_dossier(office.units(), DESK, replace(brought, papers=asked), **DO)
    told = [e.data for e in office.shelf.events if e.kind == "dossier.received"]
    assert [t["database"] for t in told] == [["tp-3"], []], "the counter of papers that nobody had to bring"


# --- Ninh Thuận ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        (at(23, 7, 30), at(25, 8, 0)),  # a working day has seven and a half hours; 24/11 is a holiday
        (at(23, 16, 0), at(25, 16, 30)),
        (at(28, 10, 0), at(30, 17, 0).replace(month=12, day=1, hour=8, minute=0)),  # a Saturday
    ],
)
def test_nt_1d_an_online_dossier_is_accepted_within_eight_working_hours(
    office: FakeOffice, sent: datetime, until: datetime
) -> None:
    desk = replace(DESK, calendar=lambda _: WorkingCalendar(days_off=CULTURE))
    assert accept_by(desk, "Hộ tịch", sent) == until
    for draft, now, in_time in (("a", until, True), ("b", until + timedelta(minutes=1), False)):
        online = an_intake(draft=draft, channel=Channel.ONLINE, submitted_at=sent)
        key = receive_dossier(office.units(), desk, online, actor=OFFICER, now=now).dossier.key
        (told,) = (e.data for e in office.shelf.events if e.subject == key and e.kind == "dossier.received")
        assert (told["accept_by"], told["accepted_in_time"]) == (until.isoformat(), in_time)


def test_nt_2b_every_dossier_is_recorded_and_goes_to_the_province(office: FakeOffice) -> None:
    key = received(office)
    streams = [j.payload["stream"] for j in office.shelf.jobs if j.wing is Wing.SYNC and j.lane == key]
    assert streams == ["dossier", "progress"]


# --- State secrets ---------------------------------------------------------------------------------------------------


def test_nd118_18_a_state_secret_dossier_is_never_scanned_and_never_sent(office: FakeOffice) -> None:
    vault = FakeVault()
    key = received(office, state_secret=True)
    for owner in (key, "draft-1"):
        with pytest.raises(StateSecretError):
            scan(office, vault, owner)
    assert vault.files == {}, "not a byte of it is on a disk"
    assert [j for j in office.shelf.jobs if j.wing is Wing.SYNC] == []
    handover.record_result(office.units(), key, ResultRecord("12/2026", NOON), **DO)
    handover.hand_over(office.units(), key, "Người nộp", **DO)
    assert [j for j in office.shelf.jobs if j.wing is Wing.SYNC] == []


def test_nd118_18_also_while_it_waits_for_its_supplement(office: FakeOffice) -> None:
    vault, lacking = FakeVault(), an_intake("tp-1", state_secret=True)
    key = request_supplement(office.units(), DESK, lacking, "Thiếu giấy tờ", **DO).dossier.key
    for owner in (key, "draft-1"):
        with pytest.raises(StateSecretError):
            scan(office, vault, owner)
    assert vault.files == {}


def test_nd118_18_what_was_scanned_before_is_not_received_as_a_secret(office: FakeOffice) -> None:
    scan(office, FakeVault(), "draft-1", "tp-1")
    with pytest.raises(StateSecretError):
        received(office, state_secret=True)


def test_nd118_18_a_secret_paper_stays_paper_while_the_others_are_scanned_and_sent(office: FakeOffice) -> None:
    hidden = replace(BIRTH.components[1], secret=True)
    office.shelf.procedures[BIRTH.code, 1] = replace(BIRTH, components=(BIRTH.components[0], hidden))
    vault, key = FakeVault(), received(office)
    with pytest.raises(StateSecretError):
        scan(office, vault, key, "tp-2")
    scan(office, vault, key)
    with pytest.raises(StateSecretError):
        digitisation.assign_pages(office.units(), key, [1], "tp-2", **DO)
    digitisation.assign_pages(office.units(), key, [1], "tp-1", **DO)
    with office.units() as uow:  # a document from before the catalogue called it secret
        file = vault.put(SECRET.encode(), "application/pdf")
        uow.papers.add_file(file, key)
        for component in ("tp-1", "tp-2"):
            uow.papers.add_document(Document(f"doc-{component}", key, component, file.id, (), "", NOON))
        uow.commit()
    assert [d.component for d in exchange.snapshot(office.units, key).documents] == ["tp-1"]
    assert exchange.document_file(office.units, vault, key, "doc-tp-2") is None


# --- The end of every way --------------------------------------------------------------------------------------------


def test_bg_1_what_is_closed_stays_closed(office: FakeOffice) -> None:
    key = received(office)
    handover.stop(office.units(), DESK, key, "Theo đơn", **DO)
    with pytest.raises(IllegalDossierActError):
        receive_dossier(office.units(), DESK, an_intake(papers=marks("tp-1", "tp-2", "tp-3"), owner=MOTHER), **DO)
    with pytest.raises(IllegalDossierActError):
        handover.record_result(office.units(), key, ResultRecord("1", NOON), **DO)
    assert office.shelf.dossiers[key].state is DossierState.STOPPED
