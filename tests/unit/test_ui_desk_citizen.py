"""The citizen's screen: off by default, only this citizen's own things, wiped between citizens."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from samples import BIRTH, MOTHER
from screen_checks import cut_texts, settle
from ui_fakes import Remember

from kiosk.domain.dossier import PaperState
from kiosk.services.reception import PaperMark
from ui.desk.citizen_presenter import SHOWN, CitizenPage, CitizenPresenter, Money, ShownPaper
from ui.desk.citizen_view import INVITATION, CitizenWindow
from ui.desk.model import Promised, Saved
from ui.desk.work import Work

PROMISED = Promised("17:00", "Thứ Năm, 26/11/2026", "3 ngày làm việc.", "8.000 ₫")
SAVED = Saved("Đã tiếp nhận hồ sơ", "261123100010", "", "Hẹn trả trước 17:00 26/11/2026", MOTHER.full_name)


class Screen(Remember):
    def stand(self) -> bool:
        self.calls.append(("stand", ()))
        return True

    @property
    def page(self) -> CitizenPage:
        page = self.last("show_page")
        assert isinstance(page, CitizenPage)
        return page


def a_screen(*, on: bool = True) -> tuple[CitizenPresenter, Screen]:
    screen = Screen()
    presenter = CitizenPresenter(screen, Remember())
    if on:
        presenter.on_toggle()
    return presenter, screen


def an_intake(**changed: object) -> Work:
    marks = {"tp-1": PaperMark(PaperState.ORIGINAL), "tp-2": PaperMark(PaperState.FROM_DATABASE)}
    work = Work("d1", MOTHER, BIRTH, marks=marks, ticket_key="a1")
    return replace(work, **changed)  # type: ignore[arg-type]


def test_nothing_is_shown_until_an_officer_turns_it_on() -> None:
    presenter, screen = a_screen(on=False)
    presenter.on_work(an_intake())
    presenter.on_promise(PROMISED)
    assert screen.calls == []
    presenter.on_toggle()
    assert screen.page.name == MOTHER.full_name
    presenter.on_toggle()
    assert screen.calls[-1][0] == "leave"
    shown = len(screen.all("show_page"))
    presenter.on_work(an_intake(person=None))
    assert len(screen.all("show_page")) == shown


def test_the_citizen_sees_name_procedure_papers_date_and_fee() -> None:
    presenter, screen = a_screen()
    presenter.on_promise(PROMISED)
    presenter.on_work(an_intake())
    page = screen.page
    assert (page.name, page.procedure) == (MOTHER.full_name, BIRTH.name)
    assert (page.due, page.fee) == ("17:00, Thứ Năm, 26/11/2026", "8.000 ₫")
    assert page.papers == (
        ShownPaper("Tờ khai đăng ký khai sinh", "Đã nộp", "good"),
        ShownPaper("Giấy chứng sinh", "Không phải nộp", "info"),
        ShownPaper("Giấy chứng nhận kết hôn của cha mẹ", "Còn thiếu", "bad"),
    )


def test_no_number_no_address_and_nobody_elses_data_ever_stands_there() -> None:
    presenter, screen = a_screen()
    other = replace(MOTHER, key="p-2", full_name="Người Khác")
    presenter.on_work(an_intake(submitter=other))
    presenter.on_saved(SAVED)
    everything = repr(screen.calls)
    for secret in (MOTHER.id_number, MOTHER.address, MOTHER.phone, "Người Khác"):
        assert secret
        assert secret not in everything


def test_another_number_wipes_what_stood_there_before_anything_new_comes() -> None:
    presenter, screen = a_screen()
    presenter.on_work(an_intake())
    presenter.on_money(Money("8.000 ₫", "QR"))
    presenter.on_work(Work("d2", ticket_key="a2"))
    assert screen.page.is_empty
    presenter.on_work(Work("d2", person=replace(MOTHER, full_name="Lò Văn Pá"), ticket_key="a2"))
    assert screen.page == CitizenPage("Lò Văn Pá")


def test_another_dossier_under_the_same_number_begins_empty_too() -> None:
    presenter, screen = a_screen()
    presenter.on_work(an_intake())
    presenter.on_work(Work("d2", ticket_key="a1"))
    assert screen.page.is_empty


def test_what_was_received_stands_until_the_next_citizen() -> None:
    presenter, screen = a_screen()
    presenter.on_work(an_intake())
    presenter.on_saved(SAVED)
    presenter.on_work(Work("d2", ticket_key="a1"))
    assert (screen.page.done, screen.page.due) == (SAVED.key, SAVED.due)
    presenter.on_work(Work("d2", ticket_key="a2"))
    assert screen.page.is_empty


def test_money_stands_beside_the_page_and_goes_when_it_is_paid() -> None:
    presenter, screen = a_screen()
    presenter.on_work(an_intake())
    presenter.on_money(Money("8.000 ₫", "00020101", "UBND xã Mẫu"))
    assert screen.page.money == Money("8.000 ₫", "00020101", "UBND xã Mẫu")
    assert screen.page.name == MOTHER.full_name
    presenter.on_money(None)
    assert screen.page.money is None


def test_a_date_that_nobody_has_settled_is_not_promised() -> None:
    presenter, screen = a_screen()
    presenter.on_promise(replace(PROMISED, known=False))
    presenter.on_work(an_intake())
    assert screen.page.due == ""


@pytest.mark.parametrize("many", [3, 25])
def test_nothing_is_cut_in_large_letters(qtbot: QtBot, many: int) -> None:
    window = CitizenWindow("Trung tâm Phục vụ hành chính công xã Mẫu Sơn Mới", QLabel())
    qtbot.addWidget(window)
    papers = tuple(ShownPaper("Giấy tờ " * 9, "Không phải nộp", "info") for _ in range(min(many, SHOWN)))
    long_name = "Nguyễn Phan Hoàng Thị Kim Nguyệt Ánh Quỳnh Anh"
    name = "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con có yếu tố nước ngoài tại khu vực biên giới"
    money = Money("1.250.000 ₫", "00020101021238", "ỦY BAN NHÂN DÂN XÃ MẪU SƠN MỚI")
    window.show_page(
        CitizenPage(long_name, name, papers, many - len(papers), "17:00, Thứ Năm, 26/11/2026", "1.250.000 ₫", money)
    )
    assert window.stand()
    settle()
    assert cut_texts(window) == []
    assert window.minimumSizeHint().height() <= 720
    window.show_page(CitizenPage())
    settle()
    assert INVITATION in [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
    assert cut_texts(window) == []
    window.leave()
    assert not window.isVisible()
