from __future__ import annotations

from random import Random

import pytest

from scanner.ocr import Word
from scanner.papers.model import BASE_FILE, SURE, Base, Lesson, PaperModel, shipped
from scanner.papers.noise import read_words
from scanner.papers.specimen import filled, forms, specimens
from scanner.papers.teach import sheet_of, taught_counts
from scanner.papers.traits import BUCKETS, Sheet, Traits, traits_of

VOUCHER = """^PHIẾU ĐỀ XUẤT CỦA TỔ DÂN PHỐ
Tổ trưởng {name} gửi bộ phận một cửa tổ chức lấy ý kiến cư dân về {prose}
Số hộ tán thành: {few}   Số hộ vắng: {few}   Kết quả biểu quyết được lưu tại nhà sinh hoạt
Đề xuất: {prose}"""


def office_paper(seed: int, rate: float = 0.02) -> Traits:
    """A form that only one office has."""
    rng = Random(seed)
    return traits_of([sheet_of(filled("minutes", VOUCHER, rng), rng, rate)])


def lesson(seed: int, code: str = "minutes") -> Lesson:
    return Lesson(f"page-{seed}", code, tuple(int(b) for b in office_paper(seed)))


def test_papers_that_were_taught_are_known_again() -> None:
    model, rng = PaperModel(shipped()), Random(5)
    made = list(specimens(1, seed=4))
    right = [s.code in {p.code for p in model.ranked(traits_of([sheet_of(s, rng, 0.03)]))[:1]} for s in made]
    assert sum(right) >= 0.97 * len(right)


def test_versions_that_were_never_taught_are_mostly_known_and_seldom_wrong_when_sure() -> None:
    model, rng = PaperModel(shipped()), Random(5)
    sure = wrong = right = 0
    papers = list(specimens(2, seed=4, apart=True))
    for paper in papers:
        best = model.ranked(traits_of([sheet_of(paper, rng, 0.03)]))[0]
        right += best.code == paper.code
        sure += best.confidence >= SURE
        wrong += best.confidence >= SURE and best.code != paper.code
    assert right >= 0.8 * len(papers)
    assert wrong <= 0.1 * sure


def test_what_is_no_paper_of_a_dossier_is_not_named() -> None:
    model = PaperModel(shipped())
    assert model.propose(traits_of([Sheet([], 1654, 2339)])) is None
    tale = "Ngày xưa có hai anh em mồ côi sống với nhau bên bờ suối và một con chim biết nói tiếng người"
    words = [Word(t, (100 + 60 * n, 100, 50, 30), 0.9, 0) for n, t in enumerate(tale.split())]
    assert model.propose(traits_of([Sheet(words, 1654, 2339)])) is None


def test_a_few_confirmations_teach_an_offices_own_form() -> None:
    model = PaperModel(shipped())
    before = model.propose(office_paper(99))
    assert before is None or before.confidence < 0.9
    for seed in range(8):
        model.add(lesson(seed))
    after = model.propose(office_paper(99))
    assert after is not None
    assert (after.code, after.confidence >= 0.9) == ("minutes", True)


def test_one_mistaken_confirmation_does_not_outweigh_what_was_taught() -> None:
    model, rng = PaperModel(shipped()), Random(2)
    paper = next(s for s in specimens(1, seed=6) if s.form == "birth-notification-0")
    traits = traits_of([sheet_of(paper, rng, 0.0)])
    model.add(Lesson("slip", "land-certificate", tuple(int(b) for b in traits)))
    told = model.propose(traits)
    assert told is not None
    assert told.code == "birth-notification"


def test_adding_one_by_one_counting_again_and_forgetting_lead_to_the_same_model() -> None:
    lessons = [lesson(seed, code) for seed, code in ((1, "minutes"), (2, "contract"), (3, "minutes"))]
    grown = PaperModel(shipped())
    for one in lessons:
        grown.add(one)
    again = PaperModel.taught_by(shipped(), reversed(lessons))
    paper = office_paper(50)
    assert grown.ranked(paper) == again.ranked(paper)
    grown.remove(lessons[1])
    assert grown.ranked(paper) == PaperModel.taught_by(shipped(), [lessons[2], lessons[0]]).ranked(paper)
    grown.remove(lessons[0])
    grown.remove(lessons[2])
    assert grown.ranked(paper) == PaperModel(shipped()).ranked(paper)


def test_names_places_and_numbers_leave_no_trace() -> None:
    def traits(*lines: str) -> list[int]:
        words = [
            Word(t, (100 + 60 * n, 100 + 50 * row, 50, 30), 0.9, row)
            for row, line in enumerate(lines)
            for n, t in enumerate(line.split())
        ]
        return list(traits_of([Sheet(words, 1654, 2339)]))

    first = traits("Tôi tên là: Nguyễn Thị Ánh Tuyết", "Số căn cước: 001195047382 cấp ở Hà Nội", "NGUYỄN THỊ TUYẾT")
    other = traits("Tôi tên là: Hoàng Văn Đức Bình", "Số căn cước: 036088123456 cấp ở Cà Mau", "HOÀNG VĂN BÌNH")
    assert first == other
    assert first != traits("Tôi nhận thay là: Hoàng Văn Đức Bình", "Số căn cước: 036088123456 cấp ở Cà Mau", "Bình")


def test_the_shipped_model_is_what_the_made_papers_teach() -> None:
    kinds = ("decision", "land-certificate")
    rows = [shipped().codes.index(kind) for kind in kinds]
    again = taught_counts(kinds)
    assert again.shape == (len(kinds), BUCKETS)
    assert (again == shipped().counts[rows]).all(), f"run python -m scanner.papers.teach: {BASE_FILE} is old"
    assert (Base.of(shipped().data()).counts == shipped().counts).all()


@pytest.mark.parametrize("apart", [False, True])
def test_every_kind_has_forms_and_the_same_seed_gives_the_same_papers(apart: bool) -> None:
    assert set(forms(apart=apart)) == set(shipped().codes)
    twice = [[(s.text, dict(s.truth)) for s in specimens(1, 8, apart=apart)] for _ in range(2)]
    assert twice[0] == twice[1]
    paper = next(specimens(1, 8))
    assert read_words(paper, Random(3), 0.1) == read_words(paper, Random(3), 0.1)
    assert read_words(paper, Random(3), 0.1) != read_words(paper, Random(4), 0.1)
