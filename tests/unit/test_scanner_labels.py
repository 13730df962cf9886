"""A list of labels and values is read line by line, the head of a paper column by column."""

from __future__ import annotations

from scanner.labels import rejoined
from scanner.layout import text_of
from scanner.ocr import Word


def block(*lines: str, left: int, first: int, wide: int = 12) -> list[Word]:
    """Words of lines 40 pixels apart, letters `wide` pixels wide; first: number of the first line."""
    words = []
    for row, line in enumerate(lines):
        x = left
        for text in line.split():
            words.append(Word(text, (x, 100 + 40 * row, wide * len(text), 20), 0.9, first + row))
            x += wide * (len(text) + 1)
    return words


def test_values_that_were_read_as_a_column_return_to_their_labels() -> None:
    labels, values = block("Họ tên:", "Sinh ngày:", "Số thẻ:", left=100, first=0), []
    for n, (value, left) in enumerate([("Lê An", 196), ("05/03/1995", 230), ("001195047382", 196)]):
        values += [
            Word(w.text, (w.box[0], 100 + 40 * n, *w.box[2:]), 0.9, 3 + n) for w in block(value, left=left, first=0)
        ]
    expected = "Họ tên: Lê An\nSinh ngày: 05/03/1995\nSố thẻ: 001195047382"
    assert text_of(rejoined(labels + values)) == expected
    # Whichever column came first.
    swapped = [Word(w.text, w.box, w.confidence, (w.line + 3) % 6) for w in labels + values]
    assert text_of(rejoined(sorted(swapped, key=lambda w: w.line))) == expected


def test_a_head_in_two_columns_is_left_in_columns() -> None:
    head = [
        *block("ỦY BAN NHÂN DÂN", "XÃ MẪU SƠN", "Số:", left=100, first=0),
        *block("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do", "Mẫu Sơn, ngày 5", left=500, first=3),
    ]
    assert rejoined(head) == head


def test_a_line_that_ends_in_a_colon_does_not_take_the_next_line() -> None:
    lines = block("Kính gửi:", "Ủy ban nhân dân xã", left=100, first=0)
    assert rejoined(lines) == lines
    assert rejoined([]) == []


def test_a_chain_of_labels_stays_in_order() -> None:
    words = [
        *block("Ngày:", left=100, first=0),
        *block("05 tháng:", left=170, first=1),
        *block("03", left=290, first=2),
    ]
    assert text_of(rejoined(words)) == "Ngày: 05 tháng: 03"
