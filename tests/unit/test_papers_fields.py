from __future__ import annotations

from random import Random

import pytest

from scanner.ocr import Word
from scanner.papers.anchors import Anchor, learned_anchor
from scanner.papers.noise import PAGE, page_size, read_words
from scanner.papers.reading import paper_fields
from scanner.papers.specimen import Specimen, specimens
from scanner.papers.traits import Sheet

DECISION = next(s for s in specimens(1, 2) if s.form == "decision-0")


def page(*lines: str, confidence: float = 0.95) -> Sheet:
    """Lines of words, 16 px a letter, from the left edge; two blanks or more make a gap."""
    words = []
    for row, line in enumerate(lines):
        at = 0
        for text in line.split(" "):
            if text:
                words.append(Word(text, (100 + 16 * at, 100 + 50 * row, 16 * len(text), 30), confidence, row))
            at += len(text) + 1
    return Sheet(words, *PAGE)


def values(sheet: Sheet, code: str = "") -> dict[str, str]:
    return {f.name: f.value for f in paper_fields([sheet], code)}


def made_sheet(paper: Specimen, seed: int = 1) -> Sheet:
    return Sheet(read_words(paper, Random(seed)), *page_size(paper))


@pytest.mark.parametrize("apart", [False, True])
def test_cleanly_read_papers_give_their_fields(apart: bool) -> None:
    wanted = found = 0
    for paper in specimens(1, 11, apart=apart):
        said = values(made_sheet(paper), paper.code)
        wanted += len(paper.truth)
        found += sum(said.get(name) == value for name, value in paper.truth.items())
    assert found >= 0.95 * wanted


def test_an_official_paper_gives_its_parts_by_place() -> None:
    said = values(made_sheet(DECISION), "decision")
    for name in ("issuer", "document_number", "issued_on", "place", "subject", "signer", "signer_title"):
        assert said[name] == DECISION.truth[name]


def test_the_box_is_that_of_the_value_not_of_the_line() -> None:
    sheet = page("Họ và tên: Lê Thị Hoa   Sinh ngày: 05/03/1995   Giới tính: Nữ")
    boxes = {f.name: f.box for f in paper_fields([sheet])}
    left, top, width, height = boxes["full_name"]
    assert (left, top, height) == (100 + 16 * 11, 100, 30)
    assert width == 16 * len("Lê Thị Hoa")
    assert boxes["full_name"][0] + width < boxes["born_on"][0] < boxes["sex"][0]


def test_misread_labels_are_found_and_misread_figures_doubted() -> None:
    fields = {f.name: f for f in paper_fields([page("Ho và tén: Lê Thị Hoa", "Số CCCD: O01195O47382")])}
    assert fields["full_name"].value == "Lê Thị Hoa"
    assert fields["id_number"].value == "001195047382"
    assert fields["id_number"].confidence < 0.5 < fields["full_name"].confidence
    (strange,) = paper_fields([page("Số CCCD: 061037800170")])
    assert strange.confidence <= 0.3  # 061 is no province


def test_a_name_before_a_label_is_not_taken_for_its_first_word() -> None:
    said = values(page("Tên: Lý Thị Sơn CCCD: 040044983992", "Họ và tên: Vũ Đình Nga Sinh ngày: 05/03/1995"))
    assert (said["full_name"], said["id_number"], said["born_on"]) == ("Lý Thị Sơn", "040044983992", "1995-03-05")


def test_what_the_engine_doubts_is_doubted() -> None:
    sure, doubted = (
        next(f.confidence for f in paper_fields([page("Họ và tên: Lê Thị Hoa", confidence=c)])) for c in (0.95, 0.3)
    )
    assert doubted < 0.6 < sure


def test_a_day_in_no_calendar_is_shown_as_printed_with_little_confidence() -> None:
    (field,) = paper_fields([page("Ngày sinh: 31/02/1990")])
    assert (field.value, field.confidence <= 0.3) == ("31/02/1990", True)


def test_a_value_may_stand_below_its_label() -> None:
    said = values(page("Số / No.: 001195047382", "Họ và tên / Full name:", "LÊ THỊ HOA"), "identity-card")
    assert said == {"id_number": "001195047382", "full_name": "LÊ THỊ HOA"}


def test_english_beside_a_label_may_be_misread() -> None:
    sheet = page("Ngày sinh / Dote of bírth: 29.10.1998", "Họ và tên / Full narne:", "VŨ HỒNG THẢO")
    fields = {f.name: f.value for f in paper_fields([sheet], "identity-card")}
    assert fields == {"born_on": "1998-10-29", "full_name": "VŨ HỒNG THẢO"}
    lower = {f.name: f for f in paper_fields([page("Họ và tên: hoặc người nuôi dưỡng")])}
    assert lower["full_name"].confidence <= 0.3


def test_labels_below_a_heading_speak_of_somebody_else() -> None:
    lines = ("I. BÊN ỦY QUYỀN", "Họ và tên: Lê Thị Hoa", "II. BÊN ĐƯỢC ỦY QUYỀN", "Họ và tên: Vũ Văn Nam")
    assert values(page(*lines), "authorisation") == {"full_name": "Lê Thị Hoa", "agent_name": "Vũ Văn Nam"}


def test_a_correction_teaches_the_label_and_never_the_value() -> None:
    taught = page("PHIẾU CỦA TỔ", "Chủ nhân của thửa vườn là cụ: Lê Thị Hoa", "Nhà ở ven suối")
    assert "full_name" not in values(taught)
    anchor = learned_anchor([taught], "full_name", "Lê Thị Hoa")
    assert anchor is not None
    assert Anchor.of(anchor.data()) == anchor
    other = page("PHIẾU CỦA TỔ", "Chủ nhân của thửa vườn là cu: Vũ Văn Nam", "Nhà ở gần đường")
    (field,) = [f for f in paper_fields([other], "other", [anchor]) if f.name == "full_name"]
    assert field.value == "Vũ Văn Nam"
    assert field.box[1] == 150
    assert learned_anchor([taught], "full_name", "Trần Bình Minh") is None


def test_a_learned_label_may_stand_above_and_days_are_found_however_printed() -> None:
    taught = page("ngày đến ở tại bản", "05/03/2015")
    anchor = learned_anchor([taught], "issued_on", "2015-03-05")
    assert anchor is not None
    assert anchor.below
    found = paper_fields([page("ngày đến ở tại bản", "ngày 7 tháng 8 năm 2019")], "", [anchor])
    assert [f.value for f in found if f.name == "issued_on"] == ["2019-08-07"]
