"""Two desks mend one dossier at the same time: neither takes back, unseen, what the other one mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from money_samples import OFFICE
from samples import MOTHER, NOON, OFFICER, marks
from ui_fakes import FakeClock

from kiosk.clock import office_now
from kiosk.errors import StaleError
from kiosk.services.corrections import UnknownFieldError
from kiosk.services.reception import Intake, receive_dossier
from ui.app import OpenedOffice, open_office
from ui.desk.dossier_office import LiveDossiers

WHY = "Cán bộ ghi sai khi tiếp nhận"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    (tmp_path / "office.toml").write_text(OFFICE, encoding="utf-8")
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def key(office: OpenedOffice) -> str:
    with office.reads() as look:
        procedure = look.procedures.current("2.000815", office_now().date())
    assert procedure is not None
    papers = marks(*(c.code for c in procedure.papers()))
    intake = Intake("d-1", procedure.code, MOTHER, papers)
    return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=office_now()).dossier.key


def a_desk(office: OpenedOffice, name: str = "lan") -> LiveDossiers:
    return LiveDossiers(office, replace(OFFICER, officer=name), FakeClock(NOON))


def as_shown(desk: LiveDossiers, key: str) -> dict[str, str]:
    return {ask.name: ask.value for ask in desk.form("correct", key).asks}


def test_a_form_that_was_open_takes_nothing_back(office: OpenedOffice, key: str) -> None:
    lan, hoa = a_desk(office), a_desk(office, "hoa")
    of_lan, of_hoa = as_shown(lan, key), as_shown(hoa, key)
    lan.do("correct", key, of_lan | {"owner.phone": "0912000222", "reason": WHY})
    hoa.do("correct", key, of_hoa | {"owner.address": "Thôn 2", "reason": WHY})
    with office.reads() as look:
        owner = look.dossiers.get(key).owner
    assert (owner.phone, owner.address) == ("0912000222", "Thôn 2")


def test_the_same_field_mended_twice_is_told_to_the_second_desk(office: OpenedOffice, key: str) -> None:
    lan, hoa = a_desk(office), a_desk(office, "hoa")
    of_lan, of_hoa = as_shown(lan, key), as_shown(hoa, key)
    lan.do("correct", key, of_lan | {"owner.phone": "0912000222", "reason": WHY})
    with pytest.raises(StaleError):
        hoa.do("correct", key, of_hoa | {"owner.phone": "0912000333", "reason": WHY})
    as_shown(hoa, key)
    hoa.do("correct", key, as_shown(hoa, key) | {"owner.phone": "0912000333", "reason": WHY})
    with office.reads() as look:
        assert look.dossiers.get(key).owner.phone == "0912000333"


@pytest.mark.parametrize("text", ["1=1000", "101=2", "1:2", "1=-2", "1=2 và 2"])
def test_a_count_that_is_half_read_changes_nothing(office: OpenedOffice, key: str, text: str) -> None:
    lan = a_desk(office)
    with pytest.raises(UnknownFieldError):
        lan.do("correct", key, as_shown(lan, key) | {"counts": text, "reason": WHY})


def test_counts_are_written_with_commas_or_semicolons(office: OpenedOffice, key: str) -> None:
    lan = a_desk(office)
    lan.do("correct", key, as_shown(lan, key) | {"counts": " 1 = 3; ", "reason": WHY})
    with office.reads() as look:
        assert look.dossiers.get(key).papers[0].count == 3
