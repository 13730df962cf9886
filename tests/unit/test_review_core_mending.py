from __future__ import annotations

import pytest
from fakes import FakeOffice
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier, NoApplicantError
from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import InputError, RejectedSyncError
from kiosk.services import handover
from kiosk.services.corrections import Correction, correct_dossier
from kiosk.services.jobs import Effect, drain
from kiosk.services.reception import receive_dossier, request_supplement


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def correct(office: FakeOffice, key: str, owner: dict[str, str]) -> Dossier:
    change = Correction(owner)
    return correct_dossier(office.units(), a_desk(), key, change, "Ghi sai", actor=OFFICER, now=NOON).dossier


def send(office: FakeOffice, sent: list[str]) -> None:
    """A province that takes no dossier without the address that it wants."""

    def handle(job: Job) -> Effect | None:
        with office.units() as uow:
            dossier = uow.dossiers.get(str(job.payload["dossier"]))
        if dossier.owner.address != "Thôn 2":
            raise RejectedSyncError(reason="Địa chỉ")
        sent.append(str(job.payload["stream"]))
        return None

    drain(office.units, Wing.SYNC, "s", handle, lambda: NOON)


def test_what_the_province_refused_goes_on_once_an_officer_has_mended_it(office: FakeOffice) -> None:
    key = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key
    sent: list[str] = []
    send(office, sent)
    assert sent == []
    mended = correct(office, key, {"address": "Thôn 2"})
    assert (mended.owner.address, mended.owner.full_name) == ("Thôn 2", "Nguyễn Thị Ánh")
    send(office, sent)
    assert sent[:2] == ["dossier", "progress"]
    assert all(j.state is JobState.DONE for j in office.shelf.jobs if j.wing is Wing.SYNC)
    [record] = office.shelf.corrections.values()
    assert (record.changes, record.reason) == ({"owner.address": ["Thôn 1, Xã Mẫu", "Thôn 2"]}, "Ghi sai")


def test_an_owner_keeps_a_name_and_only_known_fields_change(office: FakeOffice) -> None:
    key = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key
    with pytest.raises(NoApplicantError):
        correct(office, key, {"full_name": " "})
    with pytest.raises(InputError):
        correct(office, key, {"key": "x"})


@pytest.mark.parametrize("end", ["withdraw", "stop", "correct"])
def test_the_province_is_not_told_of_what_was_never_received(office: FakeOffice, end: str) -> None:
    """It would be refused for want of a time of reception, which cannot be mended."""
    asked = request_supplement(office.units(), a_desk(), an_intake("tp-1"), "Thiếu", actor=OFFICER, now=NOON)
    key = asked.dossier.key
    if end == "withdraw":
        handover.withdraw(office.units(), key, "Không nộp nữa", actor=OFFICER, now=NOON)
    elif end == "stop":
        handover.stop(office.units(), a_desk(), key, "Không nộp nữa", actor=OFFICER, now=NOON)
    else:
        correct(office, key, {"phone": "0912"})
    assert not [j for j in office.shelf.jobs if j.wing is Wing.SYNC]
