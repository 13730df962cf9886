"""Money on the citizen's screen: the code of one dossier never stands under the name of another citizen."""

from __future__ import annotations

from dataclasses import replace

from test_ui_desk_citizen import SAVED, a_screen, an_intake

from kiosk.domain.person import Person
from ui.desk.citizen_presenter import CitizenPage, Money

OTHERS = Money("15.000 ₫", "00020102", "UBND xã Mẫu", "261123100028")
HERS = replace(OTHERS, amount="8.000 ₫", dossier=SAVED.key)


def test_money_of_another_dossier_stands_alone() -> None:
    presenter, screen = a_screen()
    presenter.on_work(an_intake())
    named = screen.page
    presenter.on_money(OTHERS)
    assert screen.page == CitizenPage(money=OTHERS)
    presenter.on_work(an_intake(person=Person("p9", "Trần Văn Khác")))  # typed on while the code stands
    assert screen.page == CitizenPage(money=OTHERS)
    presenter.on_money(None)
    assert (screen.page.name, screen.page.money) == ("Trần Văn Khác", None)
    assert named.name != screen.page.name


def test_money_of_what_was_just_received_stands_beside_its_name() -> None:
    presenter, screen = a_screen()
    presenter.on_work(an_intake())
    presenter.on_saved(SAVED)
    presenter.on_money(OTHERS)
    assert screen.page.name == ""
    presenter.on_money(HERS)
    assert (screen.page.name, screen.page.money) == (SAVED.applicant, HERS)
