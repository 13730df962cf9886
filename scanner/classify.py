"""Kinds of papers and the titles they bear: a proposal from the words of a title, never a decision.

`scanner.papers` weighs titles together with all other words and the look of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from kiosk.domain.procedure import Component
from kiosk.text import fold

LEAST = 0.72
SAYS = 0.83  # a component's name may stand inside a longer one: "bản sao Giấy chứng nhận kết hôn cũ"
# Below this share of the page's lines a title is rather a mention.
TITLE_LINES = 14


@dataclass(frozen=True)
class Proposal:
    """code: kind of paper or component; confidence: 0..1."""

    code: str
    confidence: float


@dataclass(frozen=True)
class PaperType:
    """A kind of paper and the titles it bears, most telling first."""

    code: str
    name: str
    titles: tuple[str, ...]


PAPER_TYPES: tuple[PaperType, ...] = (
    PaperType("birth-declaration", "Tờ khai đăng ký khai sinh", ("TỜ KHAI ĐĂNG KÝ KHAI SINH",)),
    PaperType("birth-notification", "Giấy chứng sinh", ("GIẤY CHỨNG SINH",)),
    PaperType("birth-certificate", "Giấy khai sinh", ("GIẤY KHAI SINH", "TRÍCH LỤC KHAI SINH")),
    PaperType("marriage-declaration", "Tờ khai đăng ký kết hôn", ("TỜ KHAI ĐĂNG KÝ KẾT HÔN",)),
    PaperType("marriage-certificate", "Giấy chứng nhận kết hôn", ("GIẤY CHỨNG NHẬN KẾT HÔN", "TRÍCH LỤC KẾT HÔN")),
    PaperType(
        "single-status-declaration",
        "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
        ("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",),
    ),
    PaperType("single-status-certificate", "Giấy xác nhận tình trạng hôn nhân", ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",)),
    PaperType("death-declaration", "Tờ khai đăng ký khai tử", ("TỜ KHAI ĐĂNG KÝ KHAI TỬ",)),
    PaperType("death-notification", "Giấy báo tử", ("GIẤY BÁO TỬ",)),
    PaperType("death-extract", "Trích lục khai tử", ("TRÍCH LỤC KHAI TỬ", "GIẤY CHỨNG TỬ")),
    PaperType(
        "residence-declaration",
        "Tờ khai thay đổi thông tin cư trú",
        ("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", "TỜ KHAI ĐỀ NGHỊ XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ"),
    ),
    PaperType("residence-confirmation", "Xác nhận thông tin về cư trú", ("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",)),
    PaperType(
        "land-certificate",
        "Giấy chứng nhận quyền sử dụng đất",
        ("GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT"),
    ),
    PaperType(
        "land-change-application",
        "Đơn đăng ký biến động đất đai",
        ("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI", "ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT"),
    ),
    PaperType(
        "poverty-application",
        "Đơn đề nghị xác nhận hộ nghèo",
        ("ĐƠN ĐỀ NGHỊ XÁC NHẬN HỘ NGHÈO", "GIẤY ĐỀ NGHỊ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"),
    ),
    PaperType("identity-card", "Thẻ căn cước", ("CĂN CƯỚC CÔNG DÂN", "THẺ CĂN CƯỚC", "IDENTITY CARD")),
    PaperType("authorisation", "Giấy ủy quyền", ("GIẤY ỦY QUYỀN", "VĂN BẢN ỦY QUYỀN", "HỢP ĐỒNG ỦY QUYỀN")),
    PaperType("receipt-slip", "Giấy tiếp nhận hồ sơ", ("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",)),
    PaperType(
        "court-ruling",
        "Bản án, quyết định của Tòa án",
        ("BẢN ÁN", "QUYẾT ĐỊNH CÔNG NHẬN THUẬN TÌNH LY HÔN", "NHÂN DANH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ),
    PaperType("decision", "Quyết định", ("QUYẾT ĐỊNH",)),
    PaperType("official-letter", "Công văn, thông báo, báo cáo", ("THÔNG BÁO", "BÁO CÁO", "KẾ HOẠCH", "TỜ TRÌNH")),
    PaperType("minutes", "Biên bản", ("BIÊN BẢN",)),
    PaperType("contract", "Hợp đồng", ("HỢP ĐỒNG",)),
    PaperType("declaration", "Tờ khai khác", ("TỜ KHAI",)),
    PaperType("application", "Đơn", ("ĐƠN ĐỀ NGHỊ", "ĐƠN XIN")),
    PaperType("photo", "Ảnh chân dung", ()),
    PaperType("other", "Giấy tờ khác", ()),
)
# What catalogues call papers beside their titles, folded.
CALLED_IN_CATALOGUES: Mapping[str, tuple[str, ...]] = {
    "identity-card": ("giay to tuy than", "can cuoc cong dan", "the can cuoc", "cccd", "ho chieu hoac can cuoc"),
    "residence-confirmation": ("giay to chung minh noi cu tru", "giay to chung minh cho o hop phap"),
    "land-certificate": ("giay chung nhan da cap", "ban goc giay chung nhan da cap", "giay to ve quyen su dung dat"),
    "authorisation": ("van ban uy quyen", "van ban ve viec dai dien"),
    "death-notification": ("giay to thay the giay bao tu",),
    "court-ruling": ("ban an quyet dinh cua toa an", "trich luc ban an"),
}
TYPE_NAMES = {kind.code: kind.name for kind in PAPER_TYPES}


def propose_type(text: str, types: Iterable[PaperType] = PAPER_TYPES) -> Proposal | None:
    """The kind whose title stands at the head of the text; the longest title wins among equals. None if none fits."""
    best, best_rank = None, (0.0, 0)
    for kind, title, score in _titled(text, types):
        # A full title inside another ("QUYẾT ĐỊNH" in any decision) must yield to the longer one.
        rank = (round(score, 1), len(title))
        if rank > best_rank:
            best, best_rank = Proposal(kind.code, round(min(score, 0.99), 2)), rank
    return best


def likely_titles(text: str) -> list[tuple[str, float]]:
    """Every kind whose title may stand at the head of the text, with its best likeness, 0.72..1."""
    found: dict[str, float] = {}
    for kind, _title, score in _titled(text, PAPER_TYPES):
        found[kind.code] = max(score, found.get(kind.code, 0.0))
    return sorted(found.items())


def _titled(text: str, types: Iterable[PaperType]) -> Iterator[tuple[PaperType, str, float]]:
    heads = _heads(text)
    for kind in types:
        for title in kind.titles:
            score = max((_likeness(fold(title), head) for head in heads), default=0.0)
            if score >= LEAST:
                yield kind, title, score


def propose_component(text: str, components: Sequence[Component], code: str = "") -> Proposal | None:
    """The component of a procedure that a paper is: by its kind where one has that, else by a name that is most like
    the paper's title. None when nothing comes near.

    code: kind of the paper, "" to go by its title.
    """
    kind = propose_type(text)
    code = code or (kind.code if kind else "")
    if code and (found := component_of_kind(code, components)) is not None:
        return found
    heads = _heads(text)
    scored = [
        Proposal(c.code, round(min(0.95, max((_likeness(_core(c.name), h) for h in heads), default=0.0)), 2))
        for c in components
    ]
    best = max(scored, key=lambda p: p.confidence, default=None)
    return best if best is not None and best.confidence >= LEAST else None


def component_of_kind(code: str, components: Sequence[Component]) -> Proposal | None:
    """The component whose own name says this kind of paper. Names that are only alike are not enough: an extract of a
    birth and one of a death differ in a syllable."""
    found = [p for c in components if (p := Proposal(c.code, _says(code, c.name))).confidence >= SAYS]
    return max(found, key=lambda p: p.confidence, default=None)


def _says(code: str, name: str) -> float:
    """How surely a component's name means this kind of paper, at most 0.95."""
    core = _core(name)
    called = max((_likeness(words, core) for words in CALLED_IN_CATALOGUES.get(code, ())), default=0.0)
    own = propose_type(core)
    return round(min(0.95, max(called, own.confidence if own is not None and own.code == code else 0.0)), 2)


def _heads(text: str) -> list[str]:
    """Folded lines at the head of a page, alone and joined in pairs (long titles are broken)."""
    lines = [folded for line in text.splitlines() if (folded := fold(line))][:TITLE_LINES]
    return lines + [f"{a} {b}" for a, b in pairwise(lines)]


def _core(name: str) -> str:
    """The naming part of a component: "Tờ khai đăng ký khai sinh theo mẫu …" -> "to khai dang ky khai sinh"."""
    folded = fold(name)
    for stop in (" theo mau", " theo quy dinh", "(", ";", ",", " do ", " cua "):
        folded = folded.split(stop)[0]
    return folded.strip()


def _likeness(title: str, head: str) -> float:
    """1.0 when the line is the title; less when the title is only part of a longer line or letters differ."""
    if not title or not head:
        return 0.0
    if title in head:
        return 0.6 + 0.4 * len(title) / len(head)
    if abs(len(title) - len(head)) > 0.35 * len(title):
        return 0.0
    return float(Indel.normalized_similarity(title, head, score_cutoff=LEAST))
