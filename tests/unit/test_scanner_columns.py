"""Two blocks side by side are read one after the other; lines of a table and of a form stay lines."""

from __future__ import annotations

import pytest

from scanner.columns import in_blocks
from scanner.layout import text_of
from scanner.ocr import Word

HIGH, WIDE = 20, 12
AUTHORITY = ("ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN", "Số: 12/QĐ-UBND")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Mẫu Sơn, ngày 05 tháng 3 năm 2026")


def printed(*pieces: tuple[int, int, str]) -> list[Word]:
    """Words of pieces (x, row, text); pieces of one row are one line, as the engine often has them."""
    words = []
    for x, row, text in pieces:
        for part in text.split():
            words.append(Word(part, (x, 100 + 40 * row, WIDE * len(part), HIGH), 0.9, row))
            x += WIDE * (len(part) + 1)
    return sorted(words, key=lambda w: (w.line, w.box[0]))


def head(left: tuple[str, ...] = AUTHORITY, right: tuple[str, ...] = MOTTO) -> list[Word]:
    pieces = [(200 - 6 * len(text), row, text) for row, text in enumerate(left)]
    pieces += [(700 - 6 * len(text), row, text) for row, text in enumerate(right)]
    return printed(*pieces)


def test_the_authority_is_read_before_the_motto() -> None:
    assert text_of(in_blocks(head())).splitlines() == [*AUTHORITY, *MOTTO]


def test_words_misread_in_the_motto_do_not_hide_it() -> None:
    worn = ("CỆNG HÒA XÃ HỘI CHỦ NGHĨA VIỆ? NAW", *MOTTO[1:])
    assert text_of(in_blocks(head(right=worn))).splitlines() == [*AUTHORITY, *worn]


def test_a_speck_in_the_gap_does_not_join_the_blocks() -> None:
    words = [*head(), Word(".", (400, 110, 4, 4), 0.6, 0)]
    words.sort(key=lambda w: (w.line, w.box[0]))
    assert text_of(in_blocks(words)).replace(" .", "").replace(". ", "").splitlines() == [*AUTHORITY, *MOTTO]


def test_the_text_below_the_head_stays_below_it() -> None:
    body = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 của Quốc hội"
    words = [*head(), *printed((60, 4, body), (60, 5, body))]
    assert text_of(in_blocks(words)).splitlines() == [*AUTHORITY, *MOTTO, body, body]


def test_recipients_are_read_before_the_signature() -> None:
    words = printed(
        (60, 0, "Một dòng chữ của thân văn bản kéo dài suốt chiều ngang của trang giấy này đây"),
        (60, 1, "Nơi nhận:"),
        (640, 1, "TM. ỦY BAN NHÂN DÂN"),
        (60, 2, "- Như trên;"),
        (680, 2, "CHỦ TỊCH"),
        (60, 3, "- Lưu: VT."),
        (660, 6, "Lê Thị Ánh"),
    )
    assert text_of(in_blocks(words)).splitlines()[1:] == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Ánh",
    ]  # fmt: skip


def test_two_who_sign_are_read_one_after_the_other() -> None:
    words = printed(
        (100, 0, "BÊN BÁN"), (700, 0, "BÊN MUA"),
        (60, 1, "(Ký, ghi rõ họ tên)"), (660, 1, "(Ký, ghi rõ họ tên)"),
        (100, 4, "Lê An"), (700, 4, "Hồ Bình"),
    )  # fmt: skip
    assert text_of(in_blocks(words)).splitlines() == [
        "BÊN BÁN", "(Ký, ghi rõ họ tên)", "Lê An", "BÊN MUA", "(Ký, ghi rõ họ tên)", "Hồ Bình",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pieces",
    [
        [(60, 0, "1"), (200, 0, "Lê An"), (600, 0, "Đã trả"), (60, 1, "2"), (200, 1, "Hồ Bình"), (600, 1, "Quá hạn")],
        [(60, 0, "Họ tên: Lê An"), (600, 0, "Giới tính: Nam"), (60, 1, "Dân tộc: Kinh"), (600, 1, "Quốc tịch: Lào")],
        [(300, 0, MOTTO[0]), (340, 1, MOTTO[1]), (400, 2, "TỜ KHAI")],
    ],
)
def test_rows_stay_rows(pieces: list[tuple[int, int, str]]) -> None:
    words = printed(*pieces)
    assert text_of(in_blocks(words)) == text_of(words)


def test_no_words_are_no_words() -> None:
    assert in_blocks([]) == []
