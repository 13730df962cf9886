"""What must not be overlooked, on the fake and both engines; and what the desk says of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.catalogue.starter import load_starter
from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import ResultRecord
from kiosk.domain.event import Actor
from kiosk.services import handover, linked
from kiosk.services.alarms import Alarm, AlarmKind, alarms, counts
from kiosk.services.ports import Units
from kiosk.services.reception import receive_dossier
from kiosk.services.term_clock import demand_payment

DESK = a_desk()
MAI = Actor("mai", "ban-2", "2")


@pytest.fixture
def office(units: Units) -> Units:
    with units() as uow:
        uow.procedures.add(BIRTH)
        uow.commit()
    return units


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=OFFICE_ZONE)


def received(units: Units, draft: str = "d-1", actor: Actor = OFFICER) -> str:
    """On Monday 23 at 10:00, due on Thursday 26 at 17:00."""
    return receive_dossier(units(), DESK, an_intake(draft=draft), actor=actor, now=NOON).dossier.key


def found(units: Units, now: datetime, officer: str = "") -> list[Alarm]:
    with units() as look:
        return alarms(look, DESK, now, officer)


def kinds(units: Units, now: datetime) -> list[AlarmKind]:
    return [a.kind for a in found(units, now)]


def test_the_alarm_sounds_one_working_day_before_the_end_and_not_earlier(office: Units) -> None:
    received(office)
    assert kinds(office, at(24, 17)) == []
    assert kinds(office, at(25, 7)) == [AlarmKind.ENDS]
    assert kinds(office, at(26, 17)) == [AlarmKind.ENDS]
    assert kinds(office, at(26, 18)) == [AlarmKind.LATE]
    assert [a.words for a in found(office, at(30))] == ["quá hạn 2 ngày làm việc"]


def test_a_weekend_before_the_end_is_no_working_day(office: Units) -> None:
    """Received on Wednesday for three working days: due on Monday 30; the day before is Friday 27."""
    receive_dossier(office(), DESK, an_intake(), actor=OFFICER, now=at(25))
    assert (kinds(office, at(26)), kinds(office, at(27, 8))) == ([], [AlarmKind.ENDS])


def test_who_waits_for_a_payment_and_who_has_a_result_is_not_late(office: Units) -> None:
    demand_payment(office(), DESK, received(office), "TB 1", actor=OFFICER, now=at(24))
    other = received(office, "d-2")
    handover.record_result(office(), other, ResultRecord("1", at(24)), actor=OFFICER, now=at(24))
    assert kinds(office, at(30)) == [AlarmKind.UNTOLD]
    handover.notify(office(), other, "điện thoại", actor=OFFICER, now=at(24, 10))
    assert kinds(office, at(30)) == []


def test_an_opinion_is_late_on_the_day_after_its_day(office: Units) -> None:
    """Điều 19.5 NĐ 61/2018: a late opinion is told."""
    key = received(office)
    handover.consult(office(), key, "Công an xã", "Nơi cư trú?", date(2026, 11, 24), actor=OFFICER, now=at(23, 11))
    assert kinds(office, at(24, 17)) == []
    (late, _ends) = sorted(found(office, at(25)), key=lambda a: a.kind is not AlarmKind.OPINION)
    assert (late.kind, late.what) == (AlarmKind.OPINION, "Công an xã")
    assert late.words == "hạn trả lời 24/11/2026, quá hạn 1 ngày làm việc"
    handover.note_answer(office(), key, "Đúng", actor=OFFICER, now=at(25, 10))
    assert AlarmKind.OPINION not in kinds(office, at(25, 11))


def test_a_late_step_is_told_though_the_whole_is_in_time(units: Units) -> None:
    procedure = next(p for p in load_starter() if p.code == "2.000986")
    with units() as uow:
        uow.procedures.add(procedure)
        uow.commit()
    intake = an_intake(*(c.code for c in procedure.components), procedure_code=procedure.code)
    key = receive_dossier(units(), DESK, intake, actor=OFFICER, now=NOON).dossier.key
    linked.start_step(units(), DESK, key, "khai-sinh", actor=OFFICER, now=NOON)
    (late,) = found(units, at(24))
    assert (late.kind, late.what) == (AlarmKind.STEP, "Đăng ký khai sinh, UBND cấp xã")


def test_they_come_by_officer_and_the_most_pressing_first(office: Units) -> None:
    for n in range(2):
        received(office, f"d-{n}")
    hers = received(office, "d-9", MAI)
    receive_dossier(office(), DESK, an_intake(draft="new"), actor=OFFICER, now=at(25))
    everything = found(office, at(27))
    assert [a.kind for a in everything] == [AlarmKind.LATE] * 3 + [AlarmKind.ENDS]
    assert [a.key for a in found(office, at(27), "mai")] == [hers]
    assert counts(everything) == {AlarmKind.LATE: 3, AlarmKind.ENDS: 1}


def test_a_register_of_many_is_read_to_its_end(office: Units) -> None:
    keys = [received(office, f"d-{n}") for n in range(5)]
    with office() as look:
        assert [a.key for a in alarms(look, DESK, at(27), batch=2)] == keys


def test_an_alarm_changes_nothing(office: Units) -> None:
    received(office)
    with office() as look:
        before = look.events.last_seq()
    found(office, at(27))
    with office() as look:
        assert look.events.last_seq() == before
