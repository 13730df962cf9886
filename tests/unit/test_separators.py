"""Separator sheets: signed by their office, for one dossier, once; and what a stack with them in it means."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from operator import eq

import numpy as np
import pypdfium2
import pytest
from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.job import Wing
from kiosk.domain.scan import Finding, ScannedPage
from kiosk.domain.separator import (
    LENGTH,
    MIXED,
    PrintedSet,
    Separator,
    Sorting,
    TooManySheetsError,
    Verdict,
    looks_like_separator,
    read_separator,
    separator_code,
)
from kiosk.services import digitisation
from kiosk.services.reception import receive_dossier
from kiosk.services.separators import doubt_pages, judge_for, print_separators
from printing.forms.separator import render_separators
from scanner.codes import Code
from scanner.page import Page
from scanner.separators import is_empty, separator_codes
from scanner.stack import NOT_ASKED, stack_of

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
PAPERS = [("tp-1", "Tờ khai"), ("tp-2", "Giấy chứng sinh"), ("tp-3", "Giấy ủy quyền")]


@pytest.fixture
def office() -> FakeOffice:
    office = FakeOffice()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    return office


def a_set(office: FakeOffice, owner: str = "draft-1", papers: list[tuple[str, str]] = PAPERS) -> PrintedSet:
    return print_separators(office.units, owner, papers, actor=OFFICER, now=NOON)


def code(made: PrintedSet, number: int, key: bytes = KEY) -> str:
    return separator_code(made.sheets()[number - 1], key)


def judged(office: FakeOffice, text: str, owner: str = "draft-1", later: timedelta = timedelta()) -> Verdict:
    verdict = judge_for(office.units, KEY, owner, NOON + later)(text)
    assert verdict is not None
    return verdict


# --- the sheet --------------------------------------------------------------------------------------------------------


def test_a_code_comes_back_as_its_sheet_and_only_under_its_key() -> None:
    sheet = Separator("000000000000000042", 3, 12, NOON.date())
    text = separator_code(sheet, KEY)
    assert len(text) == LENGTH == 54
    assert looks_like_separator(text)
    assert read_separator(text, KEY) == sheet
    assert read_separator(text, OTHER_KEY) is None


@pytest.mark.parametrize("place", range(54))
def test_no_digit_can_be_changed(place: int) -> None:
    text = separator_code(Separator("123456789012345678", 1, 2, NOON.date()), KEY)
    forged = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    assert not looks_like_separator(forged) or read_separator(forged, KEY) is None


@pytest.mark.parametrize("text", ["", "82041", "261123100078", "8" * 54, "82041" + "x" * 49, "82041" + "٣" * 49])
def test_other_codes_are_no_separators(office: FakeOffice, text: str) -> None:
    judge = judge_for(office.units, KEY, "draft-1", NOON)
    verdict = judge(text)
    assert verdict is None or verdict.sheet is None


def test_a_set_has_a_sheet_for_each_paper_and_a_nonce_of_its_own(office: FakeOffice) -> None:
    first, second = a_set(office), a_set(office)
    assert first.nonce != second.nonce
    assert [s.number for s in first.sheets()] == [1, 2, 3]
    assert office.shelf.jobs == []
    print_separators(office.units, "draft-1", PAPERS, actor=OFFICER, now=NOON, to_printer=True)
    assert [(j.wing, j.payload["paper"]) for j in office.shelf.jobs] == [(Wing.PRINT, "separators")]


@pytest.mark.parametrize("count", [0, 1000])
def test_no_sheet_and_too_many_are_refused(office: FakeOffice, count: int) -> None:
    with pytest.raises(TooManySheetsError):
        print_separators(office.units, "", (), actor=OFFICER, now=NOON, count=count)


# --- who is let in ----------------------------------------------------------------------------------------------------


def test_a_good_sheet_names_the_paper_behind_it(office: FakeOffice) -> None:
    verdict = judged(office, code(a_set(office), 2))
    assert (verdict.refused, verdict.paper) == ("", ("tp-2", "Giấy chứng sinh"))


def test_sheets_of_others_are_refused_with_a_sentence(office: FakeOffice) -> None:
    made, other, common = a_set(office), a_set(office, "draft-2"), a_set(office, "")
    assert "không do cơ quan này in" in judged(office, code(made, 1, OTHER_KEY)).refused
    assert "hồ sơ khác" in judged(office, code(other, 1)).refused
    assert "kho lưu trữ" in judged(office, code(common, 1)).refused
    assert "không có trong sổ" in judged(FakeOffice(), code(made, 1)).refused
    assert judged(office, code(common, 1), owner="").refused == ""


def test_an_old_sheet_is_refused_sheets_for_archives_live_longer(office: FakeOffice) -> None:
    made, common = a_set(office), a_set(office, "")
    assert "quá hạn" in judged(office, code(made, 1), later=timedelta(days=46)).refused
    assert judged(office, code(common, 1), "", timedelta(days=46)).refused == ""
    assert "quá hạn" in judged(office, code(common, 1), "", timedelta(days=401)).refused


def keep(office: FakeOffice, content: bytes, *, component: str = "", separator: Separator | None = None) -> ScannedPage:
    return digitisation.keep_page(
        office.units,
        FakeVault(),
        "draft-1",
        content,
        "image/png",
        source="t",
        actor=OFFICER,
        now=NOON,
        component=component,
        left_out=separator is not None,
        separator=separator,
    )


def test_a_sheet_that_was_used_is_refused_the_next_time(office: FakeOffice) -> None:
    made = a_set(office)
    page = keep(office, b"sheet", separator=made.sheets()[0])
    assert page.discarded
    assert page.meta["separator"] == [made.nonce, 1, 3]
    assert "đã dùng" in judged(office, code(made, 1)).refused
    assert judged(office, code(made, 2)).refused == ""


def test_a_set_stays_good_when_its_draft_becomes_a_dossier(office: FakeOffice) -> None:
    made = a_set(office, "draft-1")
    dossier = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier
    assert dossier.draft_key == "draft-1"
    assert judged(office, code(made, 1), owner=dossier.key).refused == ""


# --- a stack ----------------------------------------------------------------------------------------------------------


class Feeder:
    """Sides put through a `Sorting`: "s2" is sheet 2 of the set, "-" an empty side, anything else a page."""

    def __init__(self, office: FakeOffice, owner: str = "draft-1") -> None:
        self.made = a_set(office)
        self.sorting = Sorting(judge_for(office.units, KEY, owner, NOON))
        self.sides = 0
        self.taken_back: list[str] = []

    def feed(self, *sides: str) -> list[str]:
        out = []
        for side in sides:
            codes = [code(self.made, int(side[1:]))] if side[0] == "s" else [side]
            placed = self.sorting.place(f"{side}@{self.sides}", codes, partial(eq, side, "-"))
            self.sides += 1
            self.taken_back += placed.doubtful
            said = "!" if placed.findings else ""
            out.append("left out" if placed.left_out else placed.paper + said)
        return out


def test_pages_go_to_the_paper_of_the_sheet_before_them(office: FakeOffice) -> None:
    feeder = Feeder(office)
    assert feeder.feed("a", "s1", "b", "c", "s2", "d", "s3", "e") == [
        *("", "left out", "tp-1", "tp-1"),
        *("left out", "tp-2", "left out", "tp-3"),
    ]
    assert feeder.taken_back == []


def test_with_two_sides_the_back_of_a_sheet_is_left_out_and_the_backs_of_papers_are_not(office: FakeOffice) -> None:
    assert Feeder(office).feed("s1", "-", "a", "-", "s2", "-", "b", "-") == [
        *("left out", "left out", "tp-1", "tp-1"),
        *("left out", "left out", "tp-2", "tp-2"),
    ]


def test_a_sheet_printed_on_both_sides_is_one_sheet(office: FakeOffice) -> None:
    assert Feeder(office).feed("s1", "s1", "a", "s2", "s2", "b")[3:] == ["left out", "left out", "tp-2"]


def test_a_written_back_of_a_sheet_is_a_page(office: FakeOffice) -> None:
    assert Feeder(office).feed("s1", "written", "a") == ["left out", "tp-1", "tp-1"]


def test_when_a_sheet_is_missing_the_pages_before_the_next_are_taken_back(office: FakeOffice) -> None:
    feeder = Feeder(office)
    feeder.feed("s1", "a", "b", "s3", "c")
    assert feeder.taken_back == ["a@1", "b@2"]


def test_papers_in_another_order_are_no_loss_once_the_earlier_sheet_comes(office: FakeOffice) -> None:
    feeder = Feeder(office)
    assert feeder.feed("s3", "c", "s1", "a", "s2", "b")[1::2] == ["tp-3", "tp-1", "tp-2"]
    assert feeder.taken_back == []


def test_a_refused_sheet_stays_a_page_and_nothing_behind_it_is_given_away(office: FakeOffice) -> None:
    feeder = Feeder(office, owner="draft-2")
    assert feeder.feed("s1", "a", "b") == ["!", "", ""]


def test_another_citizens_stack_whose_first_sheet_is_missing_takes_back_the_pages_before(office: FakeOffice) -> None:
    feeder = Feeder(office)
    other = a_set(office, "draft-2")
    feeder.feed("s1", "a", "s2", "b", "c")
    placed = feeder.sorting.place("x", [code(other, 2)], lambda: False)
    assert placed.doubtful == ("b@3", "c@4")
    assert placed.doubt is not None
    assert feeder.feed("d") == [""]
    placed = feeder.sorting.place("y", [code(other, 3)], lambda: False)
    assert placed.doubtful == ()


def test_the_same_sheet_later_in_the_stack_is_refused(office: FakeOffice) -> None:
    assert Feeder(office).feed("s1", "a", "s1", "b") == ["left out", "tp-1", "!", ""]


def test_the_next_stack_begins_with_no_paper(office: FakeOffice) -> None:
    feeder = Feeder(office)
    feeder.feed("s1", "a")
    feeder.sorting.begin_stack()
    assert feeder.feed("b", "s2", "c") == ["", "left out", "tp-2"]


def test_pages_in_doubt_lose_their_paper_and_say_why(office: FakeOffice) -> None:
    page = keep(office, b"one", component="tp-1")
    why = Finding(MIXED, "Thiếu tờ ngăn số 2.", again=False)
    doubt_pages(office.units(), "draft-1", [page.id], why, actor=OFFICER, now=NOON)
    with office.units() as look:
        (kept,) = look.papers.pages("draft-1")
    assert kept.component == ""
    assert digitisation.open_findings(kept) == (why,)


# --- in a run over files ----------------------------------------------------------------------------------------------


def test_a_run_begins_documents_at_sheets_and_tells_of_a_missing_one(office: FakeOffice) -> None:
    made = print_separators(office.units, "", (), actor=OFFICER, now=NOON, count=9)
    stack = stack_of(judge_for(office.units, KEY, "", NOON))
    sides = [None, 1, None, None, 2, None, 4, None]
    begun = []
    for number, sheet in enumerate(sides, 1):
        codes = [Code("qr", code(made, sheet))] if sheet else [Code("qr", "khác")]
        placed, begins = stack.place(number, codes, blank=False)
        begun.append(begins and not placed.left_out)
    assert begun == [False, False, True, False, False, True, False, True]
    assert (stack.left_out, stack.sheets, stack.is_divided) == ([2, 5, 7], 3, True)
    assert list(stack.doubts) == [6]


def test_a_run_that_was_not_asked_keeps_sheets_as_pages_and_says_so(office: FakeOffice) -> None:
    stack = stack_of(None)
    placed, begins = stack.place(1, [Code("qr", code(a_set(office), 1))], blank=False)
    assert (placed.left_out, begins, stack.doubts) == (False, True, {1: NOT_ASKED})


# --- on paper ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_printed_sheet_is_read_in_every_direction_and_with_one_code_gone(office: FakeOffice, size: str) -> None:
    made = a_set(office)
    pdf = render_separators(made, lambda s: separator_code(s, KEY), OFFICE.name, NOON, size)
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == 3
    assert "Giấy chứng sinh" in pages[1].get_textpage().get_text_range()
    pixels = np.ascontiguousarray(pages[1].render(scale=200 / 72).to_numpy()[:, :, :3])
    wanted = code(made, 2)
    for turn in range(4):
        assert set(separator_codes(Page(np.ascontiguousarray(np.rot90(pixels, turn)), 200))) == {wanted}
    torn = pixels.copy()
    torn[: round(0.76 * torn.shape[0])] = 255
    assert separator_codes(Page(torn, 200)) == [wanted]
    assert not is_empty(Page(pixels, 200))
    assert is_empty(Page(np.full_like(pixels, 250), 200))
