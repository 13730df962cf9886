from __future__ import annotations

import cv2
import numpy as np
from scanner_samples import drawn

from kiosk.domain.procedure import Component
from scanner.classify import Proposal, component_of_kind
from scanner.ocr import Word
from scanner.page import jpeg_bytes
from scanner.papers.facts import facts_of
from scanner.papers.guess import PageGuess, Shown, guess_page, stacked
from scanner.papers.model import PaperModel, shipped
from scanner.papers.photos import looks_like_photo
from scanner.papers.traits import Sheet


def page(code: str = "", sure: float = 0.9, *, begins: bool = False, **fields: str) -> PageGuess:
    kinds = (Proposal(code, sure),) if code else ()
    return PageGuess(kinds, begins, tuple(Shown(n, v, 0.9, (0.1, 0.1, 0.2, 0.02)) for n, v in fields.items()))


def papers(*pages: PageGuess) -> list[tuple[str, ...]]:
    return [p.pages for p in stacked([(str(n), g) for n, g in enumerate(pages)])]


def test_pages_that_begin_no_paper_belong_to_the_one_before() -> None:
    assert papers(
        page("decision", begins=True), page(), page("contract", 0.6), page("birth-notification", begins=True)
    ) == [
        ("0", "1", "2"),
        ("3",),
    ]


def test_both_sides_of_a_card_are_one_paper_and_two_cards_are_two() -> None:
    front = page("identity-card", begins=True, id_number="001195047382")
    back = page("identity-card")
    assert papers(front, back, front, back) == [("0", "1"), ("2", "3")]


def test_another_kind_that_is_certain_is_another_paper_even_without_a_head() -> None:
    assert papers(page("decision", begins=True), page("land-certificate", 0.97)) == [("0",), ("1",)]
    assert papers(page("decision", begins=True), page("photo")) == [("0",), ("1",)]


def test_a_copy_is_told_from_another_paper_of_the_same_kind() -> None:
    first = page("birth-certificate", begins=True, full_name="LÊ HOA", born_on="2020-01-02", sex="Nữ", mother_name="An")
    other = page("birth-certificate", begins=True, full_name="VŨ NAM", born_on="2019-05-02", sex="Nữ", mother_name="Bi")
    found = stacked([("a", first), ("b", first), ("c", other)])
    assert [p.copy_of for p in found] == [-1, 0, -1]


def test_fields_of_later_pages_are_added_to_those_of_the_first() -> None:
    (paper,) = stacked([("a", page("decision", begins=True, issuer="UBND")), ("b", page(signer="Lê Ba", issuer="?"))])
    assert {f.name: f.value for f in paper.guess.fields} == {"issuer": "UBND", "signer": "Lê Ba"}


def test_the_code_on_a_card_is_believed_over_its_print() -> None:
    lines = ("CĂN CƯỚC CÔNG DÂN", "Họ và tên / Full name:", "NGUYÊN VĂN MẪU", "Ngày sinh / Date of birth: 01/01/1999")
    words = [
        Word(text, (100 + 90 * n, 100 + 50 * row, 80, 30), 0.9, row)
        for row, line in enumerate(lines)
        for n, text in enumerate(line.split())
    ]
    card = "001099012345|024990123|Nguyễn Văn Mẫu|02011999|Nam|Thôn 1, xã Mẫu Sơn, tỉnh Lạng Sơn|15042021"
    model = PaperModel(shipped())
    guess = guess_page(model, Sheet(words, 1011, 638), {}, codes=["https://example.vn", card])
    said = {f.name: f for f in guess.fields}
    assert guess.kind is not None
    assert guess.kind.code == "identity-card"
    assert {n: f.value for n, f in said.items() if n in ("full_name", "born_on", "id_number", "sex")} == {
        "full_name": "Nguyễn Văn Mẫu",
        "born_on": "1999-01-02",
        "id_number": "001099012345",
        "sex": "Nam",
    }
    assert said["born_on"].box is not None  # where it is printed
    assert said["id_number"].box is None
    assert PageGuess.of(guess.data()) == guess
    many = [Word("chữ", (5, 5, 9, 9), 0.9, n) for n in range(200)]
    assert guess_page(model, Sheet(many, 1654, 2339), {}, codes=[card]).kind is None


def test_a_guess_is_the_same_after_its_way_through_json() -> None:
    guess = page("decision", begins=True, issuer="UBND")
    assert PageGuess.of(guess.data()) == guess
    assert page("decision", 0.4).kind is None


def test_a_photograph_on_an_empty_sheet_is_seen_and_print_is_none() -> None:
    sheet = np.full((2339, 1654, 3), 250, np.uint8)
    face = np.random.default_rng(1).normal(120, 45, (480, 360)).clip(0, 200).astype(np.uint8)
    sheet[300:780, 200:560] = cv2.cvtColor(cv2.GaussianBlur(face, (0, 0), 1.5), cv2.COLOR_GRAY2BGR)
    sheet[300:540, 200:560] //= 2
    assert looks_like_photo(jpeg_bytes(sheet, 85))
    assert not looks_like_photo(jpeg_bytes(drawn().pixels, 85))
    assert not looks_like_photo(jpeg_bytes(np.full((2339, 1654, 3), 250, np.uint8), 85))
    assert not looks_like_photo(b"no picture")


def test_numbers_are_parted_and_days_that_are_none_left_out() -> None:
    facts = facts_of({"document_number": "12/2024/QĐST-HNGĐ", "issued_on": "31/02/2024", "subject": "V/v họp"})
    assert (facts.number, facts.symbol, facts.issued, facts.subject) == ("12/2024", "QĐST-HNGĐ", None, "V/v họp")
    assert facts_of({}).known() == {}


def test_a_component_is_found_by_the_kind_that_its_name_says_not_by_likeness() -> None:
    components = [
        Component("a", "Trích lục khai tử; tra cứu dữ liệu trước"),
        Component("b", "Giấy tờ tùy thân của người đi đăng ký"),
        Component("c", "Bản sao Giấy chứng nhận kết hôn cũ"),
    ]

    def found(kind: str) -> str:
        proposal = component_of_kind(kind, components)
        return proposal.code if proposal else ""

    assert [found(k) for k in ("death-extract", "identity-card", "marriage-certificate")] == ["a", "b", "c"]
    assert [found(k) for k in ("birth-certificate", "birth-notification", "photo", "other")] == ["", "", "", ""]
