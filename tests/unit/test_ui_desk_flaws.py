"""Pages that the quality gate stopped at, as the desk tells of them; and pages counted against the papers."""

from __future__ import annotations

from dataclasses import replace

from samples import BIRTH
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.dossier import PaperState
from kiosk.domain.scan import Finding
from kiosk.services.reception import PaperMark
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import PageThumb
from ui.desk.page_doubts import doubtful_pages, short_papers
from ui.desk.page_strip import spoken
from ui.desk.work import Work

BLUR = Finding("blur", "Ảnh bị nhòe: quét lại.", (0.1, 0.2, 0.3, 0.4))
EDGE = Finding("double", "Có mép một tờ khác: xem lại.", again=False)


def a_desk(*found: tuple[Finding, ...], stack: int = 0) -> tuple[IntakePresenter, Remember, FakeIntakes]:
    """A desk whose pages 1, 2, ... belong to the first paper and have these findings."""
    kept = [(PageThumb(f"p{n}", n, 0, findings=f), "tp-1") for n, f in enumerate(found, 1)]
    view, office = Remember(), FakeIntakes(kept=kept, stack=stack)
    presenter = IntakePresenter(view, office, LANES, FakeClock())
    presenter.open()
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    presenter.pages.load()
    return presenter, view, office


def test_a_fault_is_told_once_as_soon_as_its_page_is_there() -> None:
    presenter, view, office = a_desk((), (BLUR,))
    told = view.all("say")
    assert told[-1][:2] == ("warn", "Trang 2: Ảnh bị nhòe: quét lại.")
    presenter.pages.on_news()
    assert view.all("say") == told
    office.kept.append((PageThumb("p3", 3, 0, findings=(EDGE,)), ""))
    presenter.pages.on_news()
    assert view.last("say")[1] == "Trang 3: Có mép một tờ khác: xem lại."


def test_one_key_goes_from_fault_to_fault_and_round() -> None:
    presenter, view, _office = a_desk((BLUR,), (), (EDGE, BLUR), ())
    seen = []
    for _ in range(3):
        presenter.pages.flaws.on_key("next")
        seen.append(presenter.work.current_page)
    assert seen == [2, 0, 2]
    assert view.last("say")[1] == "Trang 3: Có mép một tờ khác: xem lại. Ảnh bị nhòe: quét lại."


def test_without_faults_the_key_says_so() -> None:
    presenter, view, _office = a_desk((), ())
    presenter.pages.flaws.on_key("next")
    assert view.last("say")[1] == "Không có trang nào cần quét lại."
    assert presenter.work.current_page == 0


def test_a_page_is_scanned_again_in_its_place_and_the_former_is_left_out() -> None:
    presenter, view, _office = a_desk((), (BLUR,), (), stack=1)
    presenter.pages.flaws.on_key("next")
    presenter.pages.flaws.on_key("again")
    assert [(t.id, t.discarded, code) for t, code in presenter.work.pages] == [
        ("p1", False, "tp-1"),
        ("p2-again", False, "tp-1"),
        ("p3", False, "tp-1"),
        ("p2", True, "tp-1"),
    ]
    assert presenter.work.flawed() == []
    assert ("scan", False) in view.all("set_busy")


def test_an_empty_feeder_replaces_nothing() -> None:
    presenter, view, _office = a_desk((BLUR,))
    presenter.pages.flaws.on_key("again")
    assert "không có giấy" in view.last("say")[1]
    assert [t.id for t, _code in presenter.work.pages] == ["p1"]


def test_a_page_taken_as_it_is_is_no_fault_any_more() -> None:
    presenter, view, office = a_desk((BLUR,), (BLUR,))
    presenter.pages.flaws.on_key("accept")
    assert presenter.work.flawed() == [1]
    assert office.kept[0][0].findings == ()
    assert view.last("show_pages")[0][0].findings == ()


def test_nothing_is_accepted_on_a_good_page() -> None:
    presenter, view, _office = a_desk((), (BLUR,))
    before = view.all("show_pages")
    presenter.pages.flaws.on_key("accept")
    assert view.all("show_pages") == before


def test_faults_are_asked_about_once_before_the_dossier_is_received() -> None:
    presenter, view, office = a_desk((BLUR,))
    presenter.on_all_present()
    presenter.on_receive()
    assert office.received == []
    assert view.last("say")[1] == "Trang 1 có lỗi ảnh chưa xử lý."
    presenter.on_receive()
    assert len(office.received) == 1


def work_with(*pages: tuple[PageThumb, str], **states: PaperState) -> Work:
    work = Work("draft", procedure=BIRTH, pages=list(pages))
    work.marks = {code.replace("_", "-"): PaperMark(state) for code, state in states.items()}
    return work


def test_papers_noted_as_brought_need_as_many_pages_as_were_declared() -> None:
    page = PageThumb("p1", 1, 0)
    first, second = BIRTH.components[:2]
    brought = {"tp_1": PaperState.ORIGINAL, "tp_2": PaperState.ORIGINAL}
    assert short_papers(work_with(**brought)) == [], "an office that scans nothing is not asked"
    work = work_with((page, first.code), **brought)
    assert short_papers(work) == [second]
    assert "Ít trang hơn" in (doubtful_pages(work) or ("",))[0]
    for counted_out in (replace(page, id="p2", discarded=True), replace(page, id="p2", blank=True)):
        assert short_papers(work_with((page, first.code), (counted_out, second.code), **brought)) == [second]
    assert short_papers(work_with((page, first.code), (page, second.code), **brought)) == []
    assert short_papers(work_with((page, first.code), tp_2=PaperState.FROM_DATABASE)) == []


def test_a_discarded_page_has_no_fault_to_settle_and_a_fault_is_spoken() -> None:
    flawed = PageThumb("p1", 1, 1, findings=(BLUR,))
    assert spoken(flawed).endswith("Ảnh bị nhòe: quét lại.")
    assert work_with((replace(flawed, discarded=True), "tp-1")).flawed() == []
