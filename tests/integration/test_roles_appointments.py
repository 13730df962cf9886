"""Appointments and the hall's roles: a kiosk checks a code of today and sees no name; a display sees nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from roles_samples import PUBLIC, SECRET, RoledOffice, pair
from samples import OFFICER

from kiosk.clock import office_now
from kiosk.domain.appointment import Appointment, AppointmentEndedError
from kiosk.domain.membership import Membership
from kiosk.domain.station import StationKind
from kiosk.services.appointments import UnknownAppointmentError, cancel, check_in, day_of_appointments
from ui.app import keep_membership, open_kiosk
from ui.ticketing.mark import StoreMark
from ui.ticketing.own_store import OwnStoreKiosk

KIOSK, DISPLAY, RATING = PUBLIC
PHONE = "0987654321"


def booked(roled: RoledOffice, code: str, at: datetime) -> Appointment:
    """However late in the evening this runs: the register itself is not asked for a slot."""
    made = Appointment(f"hen-{code}", code, at.date(), at, "ho-tich", at, SECRET, PHONE)
    with roled.store.units() as uow:
        uow.appointments.add(replace(made))
        uow.commit()
    return made


def until(done: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_kiosk_sees_todays_codes_and_no_name_and_the_others_see_nothing(roled: RoledOffice) -> None:
    now = office_now()
    today, tomorrow = booked(roled, "111118", now), booked(roled, "222226", now + timedelta(days=1))
    off = booked(roled, "333334", now)
    cancel(roled.store.units(), off.key, actor=OFFICER, now=now)
    found = roled.asked(KIOSK, "SELECT * FROM appointments")
    assert [row[1] for row in found] == [today.code]
    assert SECRET not in repr(found)
    assert PHONE not in repr(found)
    assert tomorrow.code not in repr(found)
    for kind in (DISPLAY, RATING):
        assert "appointments" in roled.refused(kind, "SELECT * FROM appointments")
    for statement in ("UPDATE appointments SET state = 'missed'", "DELETE FROM appointments"):
        roled.refused(KIOSK, statement)
    with roled.store.reads() as look:
        log = repr([(e.subject, e.data) for e in look.events.all()])
    assert SECRET not in log
    assert PHONE not in log


def test_the_code_at_a_kiosk_with_its_own_store_gives_its_own_number(roled: RoledOffice, tmp_path: Path) -> None:
    root, url = tmp_path / "kiosk", pair(roled.store, roled.url, "kiosk-8", KIOSK)
    with roled.store.reads() as look:
        station = next(s for s in look.stations.all() if s.name == "kiosk-8")
    root.mkdir()
    settings = f'database = "{roled.cluster.url("xa_mau")}"\n[station]\nkind = "kiosk"\nname = "kiosk-8"\n'
    (root / "config.toml").write_text(settings + "keeps_hours = false\n", encoding="utf-8")
    keep_membership(root, Membership("kiosk-8", StationKind.KIOSK, station.series, "L0", url, machine="may-kiosk-8"))
    now = office_now()
    mine, desks = booked(roled, "444442", now), booked(roled, "555557", now)
    opened = open_kiosk(root)
    given = check_in(roled.store.units, opened.facts, desks.key, actor=OFFICER, now=now).label
    kiosk = OwnStoreKiosk(opened, machine="may-kiosk-8", mark=StoreMark(tmp_path / "mark"))
    kiosk.door.tell_s = 20.0
    kiosk.start()
    try:
        until(lambda: kiosk.link.is_up)
        issued = kiosk.door.check_in(mine.code)
        assert kiosk.door.check_in(mine.code).label == issued.label
        with pytest.raises(UnknownAppointmentError):
            kiosk.door.check_in("666664")
        with pytest.raises(AppointmentEndedError):
            kiosk.door.check_in(desks.code)
        until(lambda: bool(numbers(roled, mine)))
    finally:
        kiosk.close()
        opened.close()
    assert numbers(roled, mine) == issued.label
    assert numbers(roled, desks) == given
    with pytest.raises(AppointmentEndedError):
        check_in(roled.store.units, opened.facts, mine.key, actor=OFFICER, now=now)
    assert roled.store.first_broken() is None


def numbers(roled: RoledOffice, one: Appointment) -> str:
    with roled.store.reads() as look:
        return next(b.number for b in day_of_appointments(look, one.day) if b.appointment.key == one.key)
