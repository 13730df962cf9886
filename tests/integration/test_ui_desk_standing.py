"""The standing of who submitted, mended in the panel of a dossier: by its form, against the same rules as reception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from samples import MOTHER, NOON, OFFICER, marks
from ui_fakes import FakeClock

from kiosk.domain.dossier import Dossier, MissingWordsError
from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy, Standing, StandingError
from kiosk.errors import StaleError
from kiosk.services.corrections import NothingChangedError, corrections_of
from kiosk.services.reception import Intake, receive_dossier
from ui.app import OpenedOffice, open_office
from ui.desk.dossier_office import LiveDossiers

BIRTH = "1.001193"
BROTHER = Person("001099000012", "Nguyễn Văn Em", "001099000012")
AUTHORISED = Proxy(Standing.AUTHORISED, "12", date(2026, 11, 20))
WHY = {"reason": "Cán bộ ghi sai khi tiếp nhận", "counts": ""}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def panel(office: OpenedOffice) -> LiveDossiers:
    return LiveDossiers(office, office.at_counter("1", "lan"), FakeClock(NOON))


@pytest.fixture
def dossier(office: OpenedOffice) -> Dossier:
    with office.reads() as look:
        procedure = look.procedures.current(BIRTH, NOON.date())
    assert procedure is not None
    papers = marks(*(c.code for c in procedure.papers()), "giay-uy-quyen")
    intake = Intake("d-1", BIRTH, MOTHER, papers, submitter=BROTHER, proxy=AUTHORISED, case=procedure.options[0].case)
    return receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=NOON).dossier


def filled(panel: LiveDossiers, dossier: Dossier, **changed: str) -> dict[str, str]:
    """What the form gives when the officer changed so much of it."""
    form = panel.form("correct", dossier.key)
    return {ask.name: ask.value for ask in form.asks} | WHY | changed


def test_the_form_shows_with_what_right_they_came(panel: LiveDossiers, dossier: Dossier) -> None:
    given = filled(panel, dossier)
    assert (given["standing"], given["paper"], given["collects"]) == ("Người được ủy quyền", "12 ngày 20/11/2026", "Có")


def test_who_came_by_themselves_has_no_standing_to_mend(office: OpenedOffice, panel: LiveDossiers) -> None:
    with office.reads() as look:
        procedure = look.procedures.current(BIRTH, NOON.date())
    assert procedure is not None
    intake = Intake("d-2", BIRTH, MOTHER, marks(*(c.code for c in procedure.papers())), case=procedure.options[0].case)
    alone = receive_dossier(office.units(), office.desk, intake, actor=OFFICER, now=NOON).dossier
    assert "standing" not in filled(panel, alone)


def test_another_standing_is_kept_with_what_stood_before(
    office: OpenedOffice, panel: LiveDossiers, dossier: Dossier
) -> None:
    panel.do("correct", dossier.key, filled(panel, dossier, standing="Cha, mẹ, người giám hộ", paper=""))
    with office.reads() as look:
        mended, [record] = look.dossiers.get(dossier.key), corrections_of(look, dossier.key)
    assert mended.proxy == Proxy(Standing.PARENT)
    assert record.changes == {"proxy": ["Người được ủy quyền, giấy số 12 ngày 20/11/2026", "Cha, mẹ, người giám hộ"]}


def test_who_may_no_longer_take_the_result_is_a_change_too(
    office: OpenedOffice, panel: LiveDossiers, dossier: Dossier
) -> None:
    panel.do("correct", dossier.key, filled(panel, dossier, collects="Không, chỉ chủ hồ sơ"))
    with office.reads() as look:
        mended = look.dossiers.get(dossier.key)
    assert mended.proxy == replace(AUTHORISED, collects=False)


def test_a_written_authority_without_number_and_day_is_refused(panel: LiveDossiers, dossier: Dossier) -> None:
    with pytest.raises(MissingWordsError):
        panel.do("correct", dossier.key, filled(panel, dossier, paper=""))


def test_a_standing_that_nobody_knows_is_refused(panel: LiveDossiers, dossier: Dossier) -> None:
    with pytest.raises(StandingError):
        panel.do("correct", dossier.key, filled(panel, dossier, standing="bạn hàng xóm"))


def test_a_form_that_was_only_looked_at_changes_nothing(panel: LiveDossiers, dossier: Dossier) -> None:
    with pytest.raises(NothingChangedError):
        panel.do("correct", dossier.key, filled(panel, dossier))


def test_two_desks_that_mend_the_same_standing_do_not_overwrite_each_other(
    office: OpenedOffice, panel: LiveDossiers, dossier: Dossier
) -> None:
    other = LiveDossiers(office, office.at_counter("1", "lan"), FakeClock(NOON))
    mine, theirs = filled(panel, dossier, paper="13 ngày 21/11/2026"), filled(other, dossier, paper="14")
    panel.do("correct", dossier.key, mine)
    with pytest.raises(StaleError):
        other.do("correct", dossier.key, theirs)
