from __future__ import annotations

from datetime import timedelta

from samples import NOON

from kiosk.domain.counter import Pause
from kiosk.services.ports import Units


def test_a_pause_is_kept_replaced_and_ended(units: Units) -> None:
    first = Pause("1", "lan", "Họp", NOON, NOON + timedelta(minutes=30))
    other = Pause("2", "minh", "Làm việc nội bộ", NOON + timedelta(minutes=1))
    with units() as uow:
        uow.pauses.begin(other)
        uow.pauses.begin(first)
        uow.commit()
    with units() as uow:
        assert uow.pauses.all() == [first, other]
        uow.pauses.begin(Pause("1", "lan", "Đi kho", NOON))
        uow.pauses.end("2")
        uow.commit()
    with units() as uow:
        assert (now_paused := uow.pauses.of("1"))
        assert (now_paused.reason, now_paused.until) == ("Đi kho", None)
        assert uow.pauses.of("2") is None
