"""Papers of money: receipt, demand with its VietQR, ledger and count, read back as text and as codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from fakes import FakeOffice
from money_samples import ASK, BANK, KEY, LINES, RECEIPT, a_move
from printing_samples import HEAD, LONG_NAME, MORNING, codes, pages, pixels, texts
from samples import BIRTH, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.event import Actor
from kiosk.domain.fees import FeeKind, FeeLine
from kiosk.domain.money import CashCount, MoveKind, PayMethod, totals_of
from kiosk.domain.vietqr import decode
from kiosk.services import money, money_asks, money_back
from kiosk.services.reception import receive_dossier
from printing.devices import Chosen
from printing.devices.fake import FakePrinter
from printing.forms.money import render_demand, render_receipt
from printing.forms.money_book import receipt_numbers, render_count, render_ledger
from printing.paper import PdfSheet
from printing.worker import PrintWorker

WIDE = replace(
    RECEIPT,
    payer="NGUYỄN PHÚC CÔNG TẰNG TÔN NỮ THỊ HOÀNG HẠNH NGUYÊN PHƯƠNG KHUÊ",
    address="Số 12B, ngách 34/56, ngõ 789, đường Nguyễn Thị Minh Khai, tổ dân phố số 15, thôn Thượng Đình, xã Mẫu",
    procedure_name=LONG_NAME,
)
NOTES = {200_000: 1, 50_000: 3, 5_000: 7}
COUNT = CashCount(
    "c-1",
    MORNING.date(),
    "lan",
    MORNING,
    "lan",
    "ban-1",
    100_000,
    386_000,
    NOTES,
    "Tiền lẻ",
)


def demand(receipt_name: str = "NGUYỄN THỊ HỒNG ÁNH") -> bytes:
    return render_demand(ASK, BANK, HEAD, receipt_name, "Chứng thực bản sao từ bản chính", LINES)


def test_a_receipt_says_what_for_how_much_and_by_which_text() -> None:
    office, citizen = texts(render_receipt(RECEIPT))
    for words in (
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "Ký hiệu: AA-26 Số: 0000012",
        RECEIPT.payer,
        "Thông tư 226/2016/TT-BTC",
        "7.000 đồng/bản, × 2 bản",
        "Cộng (phí 14.000; lệ phí 8.000)",
        "22.000 đồng",
        "Hai mươi hai nghìn đồng",
        "chuyển khoản VietQR, mã giao dịch FT26327001",
        "08 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "Trần Quốc Dũng",
    ):
        assert words in citizen, words
    assert ("Liên 1: Lưu tại cơ quan thu" in office, "Liên 2: Giao người nộp tiền" in citizen) == (True, True)


@pytest.mark.parametrize(
    ("kind", "title"), [(FeeKind.FEE, "BIÊN LAI THU PHÍ Mã"), (FeeKind.CHARGE, "BIÊN LAI THU LỆ PHÍ Mã")]
)
def test_a_receipt_of_one_kind_is_called_by_it(kind: FeeKind, title: str) -> None:
    one = replace(RECEIPT, lines=(FeeLine("Khoản thu", kind, 22_000),))
    assert title in texts(render_receipt(one))[0]


def test_a_reprint_and_a_cancelled_receipt_say_so_on_every_page() -> None:
    assert all("BẢN IN LẠI LẦN 2" in text for text in texts(render_receipt(RECEIPT, 2)))
    gone = replace(RECEIPT, cancelled_at=MORNING, cancel_reason="Ghi nhầm người nộp")
    assert all("ĐÃ HỦY lúc 08:05 ngày 23/11/2026: Ghi nhầm người nộp" in text for text in texts(render_receipt(gone)))
    assert "ĐÃ HỦY" not in texts(render_receipt(RECEIPT))[0]


@pytest.mark.parametrize("dpi", [150, 300])
def test_codes_of_the_papers_are_read_as_scanned(dpi: int) -> None:
    for page in pages(render_receipt(RECEIPT), dpi):
        assert codes(page)["Code128"] == KEY
    (page,) = pages(demand(), dpi)
    asked = decode(codes(page)["QRCode"])
    assert (asked.bin, asked.account, asked.amount) == (BANK.bin, BANK.account, 22_000)
    assert (asked.bill, asked.purpose) == (KEY, f"HS {KEY}")


def test_the_demand_names_the_account_in_words_and_is_no_receipt() -> None:
    (text,) = texts(demand())
    for words in ("0011012345678", "UBND XA MAU", "Vietcombank", "22.000 đồng", f"HS {KEY}", "Chưa phải biên lai"):
        assert words in text, words
    assert "BIÊN LAI THU" not in text


def test_nothing_is_cut_with_the_longest_names() -> None:
    many = [a_move(n, payer=WIDE.payer) for n in range(1, 30)]
    for pdf, size in (
        (render_receipt(WIDE), [148, 210]),
        (demand(WIDE.payer), [148, 210]),
        (render_ledger(HEAD, MORNING.date(), MORNING.date(), many, {}, totals_of(many), MORNING), [297, 210]),
        (render_count(HEAD, COUNT, totals_of(many), WIDE.payer, "29 biên lai", {}), [148, 210]),
    ):
        with pikepdf.open(BytesIO(pdf)) as document:
            for page in document.pages:
                assert [round(float(side) / 72 * 25.4) for side in page.mediabox][2:] == size
                assert all("/FontFile2" in font.FontDescriptor for font in page.Resources.Font.values())
        for image in pages(pdf, 60):
            dark, edge = pixels(image) < 128, round(4 / 25.4 * 60)
            assert not np.concatenate([dark[:, :edge].ravel(), dark[:, -edge:].ravel(), dark[-edge:].ravel()]).any()


@pytest.mark.parametrize("count", [0, 1, 60])
def test_every_line_of_the_ledger_is_there_once_with_its_sums(count: int) -> None:
    moves = [a_move(n, payer=f"NGƯỜI THỨ {n} HẾT") for n in range(1, count + 1)]
    moves += [a_move(99, MoveKind.CANCELLED, "Ghi nhầm")] if count else []
    names = {f"m-{n}": f"AA-26 {n:07d}/2026" for n in range(1, count + 1)}
    found = texts(render_ledger(HEAD, MORNING.date(), MORNING.date(), moves, names, totals_of(moves), MORNING))
    whole = " ".join(found)
    assert [m.payer for m in moves if whole.count(m.payer) != 1 and m.kind is MoveKind.TAKEN] == []
    net = 22_000 * max(count - 1, 0)
    assert f"Cộng {len(moves)} dòng: {net:,} đồng".replace(",", ".") in whole
    assert f"còn lại {net:,} đồng".replace(",", ".") in whole
    assert all(f"Trang {n}/{len(found)}" in text for n, text in enumerate(found, 1))


def test_the_ledger_says_from_when_to_when() -> None:
    last = MORNING.date() + timedelta(days=7)
    (text,) = texts(render_ledger(HEAD, MORNING.date(), last, [], {}, totals_of([]), MORNING))
    assert "Từ ngày 23/11/2026 đến ngày 30/11/2026" in text


def test_the_sheet_of_a_count_shows_every_note_and_the_difference() -> None:
    moves = [a_move(n) for n in range(1, 14)]
    names = {f"m-{n}": f"AA-26 {n:07d}/2026" for n in range(1, 14)}
    numbers = receipt_numbers([*moves, a_move(99, MoveKind.CANCELLED)], names)
    (text,) = texts(render_count(HEAD, COUNT, totals_of(moves), "Lan", numbers, {"lan": "Nguyễn Thị Lan"}))
    for words in (
        "BIÊN BẢN KIỂM QUỸ CUỐI NGÀY",
        "13 biên lai, AA-26 0000001/2026 đến AA-26 0000013/2026; hủy: AA-26 0000001/2026",
        "200.000 1 200.000",
        "50.000 3 150.000",
        "Phải có theo sổ: 386.000 đồng",
        "Đếm được: 385.000 đồng (ba trăm tám mươi lăm nghìn đồng)",
        "-1.000 đồng; lý do: Tiền lẻ",
        "Nguyễn Thị Lan",
    ):
        assert words in text, words


def test_the_same_papers_give_the_same_bytes() -> None:
    assert render_receipt(RECEIPT) == render_receipt(RECEIPT)
    assert demand() == demand()


def test_the_worker_prints_a_receipt_as_it_stands_and_counts_it() -> None:
    office, printer = FakeOffice(), FakePrinter()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    key = receive_dossier(office.units(), a_desk(), an_intake(), actor=OFFICER, now=NOON).dossier.key
    taken = money.take_payment(
        office.units(), a_desk(), key, 8000, PayMethod.CASH, command="a", actor=OFFICER, now=NOON
    )
    printers = {"ticket": Chosen(FakePrinter()), "slip": Chosen(printer)}
    worker = PrintWorker(office.units, OFFICE, printers, Actor("", "in-an"), lambda: NOON, "w-1")
    assert worker.drain() == 2  # the slip of reception, and the receipt
    money_back.cancel_receipt(office.units(), taken.move.receipt, "Nhầm", actor=OFFICER, now=NOON)
    money_asks.reprint_receipt(office.units(), taken.move.receipt, actor=OFFICER, now=NOON)
    assert worker.drain() == 1
    first, again = (sheet for sheet in printer.out if sheet.name.startswith("bien-lai-"))
    assert isinstance(first, PdfSheet)
    assert isinstance(again, PdfSheet)
    assert (first.name, again.name) == ("bien-lai-NB-0000001-2026", "bien-lai-NB-0000001-2026-lan2")
    assert "ĐÃ HỦY" not in texts(first.pdf)[0]
    text = texts(again.pdf)[0]
    assert ("ĐÃ HỦY" in text, "BẢN IN LẠI LẦN 1" in text) == (True, True)
    printed = [e for e in office.shelf.events if e.kind == "receipt.printed"]
    assert [e.data["times"] for e in printed] == [1, 2]
