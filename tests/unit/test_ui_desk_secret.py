"""A state secret at the desk: marked before a page is there, kept with the draft, told to the services."""

from __future__ import annotations

import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICER
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.dossier import StateSecretError
from kiosk.services import digitisation, reception
from ui.desk.drafts import draft_of, state_of
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import DraftState
from ui.desk.secret_presenter import MARKED, SCANNED, SecretPresenter
from ui.desk.work import Work


class Desk:
    def __init__(self, stack: int = 1) -> None:
        self.view, self.office = Remember(), FakeIntakes(stack=stack)
        self.intake = IntakePresenter(self.view, self.office, LANES, FakeClock())
        self.intake.open()
        self.presenter = SecretPresenter(self.view, self.intake)


def test_the_mark_goes_into_the_draft_at_once_and_into_the_intake() -> None:
    desk = Desk()
    desk.presenter.on_key()
    assert desk.view.last("say")[1] == MARKED
    assert desk.office.drafts[-1].state_secret
    desk.intake.on_card("card")
    desk.intake.on_procedure(BIRTH.code)
    assert desk.intake.work.intake().state_secret


def test_chosen_again_it_is_taken_off() -> None:
    desk = Desk()
    desk.intake.on_card("card")
    desk.presenter.on_key()
    desk.presenter.on_key()
    assert not desk.intake.work.state_secret
    assert not desk.office.drafts[-1].state_secret


def test_what_was_scanned_is_not_marked_afterwards() -> None:
    desk = Desk()
    desk.intake.on_card("card")
    desk.intake.on_procedure(BIRTH.code)
    desk.intake.pages.on_scan()
    desk.presenter.on_key()
    assert desk.view.last("say")[1] == SCANNED
    assert not desk.intake.work.state_secret


def test_a_power_cut_does_not_forget_the_mark() -> None:
    state = DraftState("d-1", state_secret=True)
    assert not state.is_empty
    kept = state_of(draft_of(state, "lan", "1", NOON))
    assert Work.of_draft(kept, [BIRTH]).state_secret


def test_no_scanner_no_file_and_no_folder_gets_a_page_into_a_marked_draft() -> None:
    """All three come through `keep_page`, which reads the mark of the draft."""
    office, vault = FakeOffice(), FakeVault()
    reception.save_draft(office.units(), draft_of(DraftState("d-1", state_secret=True), "lan", "1", NOON))
    for source in ("scanner", "file", "folder"):
        with pytest.raises(StateSecretError):
            digitisation.keep_page(
                office.units, vault, "d-1", b"x", "image/png", source=source, actor=OFFICER, now=NOON
            )
    assert (vault.files, office.shelf.pages) == ({}, {})
