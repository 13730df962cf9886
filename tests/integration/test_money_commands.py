"""Money by command: fees explained, payment, VietQR, receipts, ledger and count; every wrong input with its message."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from money_samples import OFFICE
from office_commands import Run, commands_in, received_now
from PIL import Image
from printing_samples import texts

from kiosk.clock import business_day, office_now
from kiosk.domain.vietqr import decode
from kiosk.services import fee_acts
from ui.app import open_office
from ui.cli import main

YEAR = business_day(office_now()).year


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An office with a dossier that owes 8.000 đồng, to be copied: making one takes longer than most tests."""
    root = tmp_path_factory.mktemp("money")
    (root / "office.toml").write_text(OFFICE, encoding="utf-8")
    made = received_now(root)
    with open_office(root) as office:
        fee_acts.set_fee(
            office.units(), office.desk, made.key, 8000, "Nghị quyết 01", actor=office.actor, now=office_now()
        )
    return root, made.key


@pytest.fixture
def root(prepared: tuple[Path, str], tmp_path: Path) -> Path:
    return shutil.copytree(prepared[0], tmp_path / "office")


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return commands_in(root, capsys)


@pytest.fixture
def key(prepared: tuple[Path, str]) -> str:
    return prepared[1]


def test_the_fee_of_a_procedure_is_explained(run: Run) -> None:
    code, told = run("fee", "2.000815", "--copies", "2", "--pages", "5")
    assert (code, told["total"], told["lines"][0]["kind"]) == (0, 14_000, "phi")
    assert "Thông tư 226/2016/TT-BTC" in told["reasons"][0]
    code, told = run("fee", "2.000815")
    assert (code, told["total"], told["asks"]) == (0, None, ["số trang của một bản"])
    assert run("fee", "1.004222", "--channel", "online")[1]["total"] == 10_000


def test_cash_is_taken_with_its_receipt_and_stands_in_the_ledger(tmp_path: Path, run: Run, key: str) -> None:
    code, told = run("dossier", "pay", key, "--command", "p1")
    assert (code, told["amount"], told["receipt"], told["money"]) == (0, 8000, f"AA-26 0000001/{YEAR}", "paid")
    assert run("dossier", "pay", key, "--command", "p1")[1]["key"] == told["key"]
    day = run("money", "day")[1]
    assert (day["net"], day["cash"], day["moves_count"]) == (8000, 8000, 1)
    out = tmp_path / "bien-lai.pdf"
    assert run("money", "receipt", told["receipt"], "--out", str(out))[0] == 0
    assert "AA-26" in texts(out.read_bytes())[0]
    assert run("money", "receipt", told["receipt"], "--print")[0] == 0
    assert [r["number"] for r in run("money", "receipts")[1]["receipts"]] == [1]


def test_a_transfer_is_asked_for_shown_and_confirmed_from_outside(tmp_path: Path, run: Run, key: str) -> None:
    paper, picture = tmp_path / "nop.pdf", tmp_path / "ma.png"
    code, asked = run("money", "ask", key, "--out", str(paper))
    assert (code, asked["state"], decode(asked["payload"]).amount) == (0, "shown", 8000)
    assert "0011012345678" in texts(paper.read_bytes())[0]
    made = run("pay", "qr", "--amount", "8000", "--dossier", key, "--out", str(picture))[1]
    assert made["payload"] == asked["payload"]
    assert zxingcpp.read_barcodes(Image.open(picture))[0].text == asked["payload"]
    assert run("dossier", "show", key)[1]["money"] == "owed"
    words = ("money", "confirm", asked["ask"], "--amount", "8000", "--reference", "FT1")
    code, told = run(*words)
    assert (code, told["method"], told["money"], told["reference"]) == (0, "vietqr", "paid", "FT1")
    assert run(*words)[1]["key"] == told["key"]


def test_a_wrong_receipt_is_cancelled_and_paid_money_given_back(run: Run, key: str) -> None:
    first = run("dossier", "pay", key)[1]
    code, gone = run("money", "cancel", first["receipt"], "--reason", "Ghi nhầm")
    assert (code, gone["amount"], gone["money"]) == (0, -8000, "owed")
    assert run("dossier", "pay", key)[1]["receipt"] == f"AA-26 0000002/{YEAR}"
    code, told = run("dossier", "refund", key, "--reason", "Rút hồ sơ")
    assert (code, told["money"]) == (0, "refunded")
    kept = run("money", "receipts")[1]["receipts"]
    assert [(r["number"], r["cancelled"]) for r in kept] == [(1, True), (2, False)]
    assert run("money", "day")[1]["net"] == 0


def test_the_ledger_goes_to_pdf_and_to_a_table_without_formulas(tmp_path: Path, run: Run, key: str) -> None:
    run("dossier", "pay", key, "--method", "online", "--reference", '=HYPERLINK("x")')
    pdf, table = tmp_path / "so.pdf", tmp_path / "so.csv"
    assert run("money", "ledger", "--out", str(pdf))[0] == 0
    assert "SỔ THU PHÍ, LỆ PHÍ" in texts(pdf.read_bytes())[0]
    assert run("money", "ledger", "--out", str(table))[0] == 0
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert (rows[1][8], rows[2][0], rows[2][8]) == ("8000", "Cộng", "8000")
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("x")' in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@")]


def test_the_drawer_is_counted_and_the_sheet_written(tmp_path: Path, run: Run, key: str) -> None:
    run("dossier", "pay", key)
    out = tmp_path / "kiem-quy.pdf"
    notes = ("5000=1", "2000=1", "1000=1", "50.000=2")
    code, told = run("money", "count", *notes, "--opening", "100000", "--out", str(out))
    assert (code, told["expected"], told["counted"], told["difference"]) == (0, 108_000, 108_000, 0)
    assert "không lệch" in texts(out.read_bytes())[0]
    assert run("money", "count", "5000=1", "--reason", "Đổi tiền lẻ")[1]["difference"] == -3000
    assert [c["counted"] for c in run("money", "day")[1]["counts"]] == [108_000, 5_000]


WRONG: tuple[tuple[tuple[str, ...], str], ...] = (
    (("fee", "9.999999"), "input.not_found"),
    (("fee", "2.000815", "--channel", "fax"), "usage"),
    (("fee", "2.000815", "--case", "Không có"), "usage"),
    (("fee", "2.000815", "--pages", "0"), "fees.bad_quantity"),
    (("fee", "2.000815", "--relief", "nha-giau"), "fees.unknown_relief"),
    (("fee", "2.000815", "--date", "hôm nay"), "usage"),
    (("dossier", "pay", "KEY", "--amount", "7999"), "money.part"),
    (("dossier", "pay", "KEY", "--amount", "8001"), "money.over"),
    (("dossier", "pay", "KEY", "--amount", "0"), "money.bad_amount"),
    (("dossier", "pay", "KEY", "--method", "vàng"), "usage"),
    (("dossier", "pay", "KEY", "--method", "online"), "money.reference_needed"),
    (("dossier", "pay", "261123199999"), "input.not_found"),
    (("dossier", "refund", "KEY", "--reason", "x"), "dossier.illegal_step"),
    (("dossier", "fee", "KEY", "--relief", "ho-ngheo"), "dossier.missing_words"),
    (("money", "ask", "KEY", "--method", "cash"), "usage"),
    (("money", "confirm", "khong-co", "--amount", "1", "--reference", "x"), "input.not_found"),
    (("money", "receipt", "AA 12"), "usage"),
    (("money", "receipt", "AA-26 0000009/2026"), "input.not_found"),
    (("money", "cancel", "AA-26 0000009/2026", "--reason", "x"), "input.not_found"),
    (("money", "count", "3000=1"), "money.bad_note"),
    (("money", "count", "5000=nhiều"), "money.bad_note"),
    (("money", "count", "5000=1", "5000=2"), "money.bad_note"),
    (("money", "count", "5000=1"), "money.unexplained"),
    (("money", "ledger", "--out", "so.docx"), "print.file_kind"),
    (("money", "ledger", "--from", "2026-12-02", "--to", "2026-12-01"), "usage"),
    (("money", "day", "--date", "30/2/2026"), "usage"),
    (("pay", "qr", "--amount", "0", "--dossier", "KEY"), "usage"),
    (("pay", "qr", "--amount", "99999999999999", "--dossier", "KEY"), "vietqr.bad"),
)


def test_every_wrong_input_has_its_message_and_changes_nothing(run: Run, key: str) -> None:
    before = run("money", "day")[1]
    for words, code in WRONG:
        left, told = run(*(key if word == "KEY" else word for word in words))
        error: dict[str, Any] = told.get("error", {})
        assert (left > 0, error.get("code")) == (True, code), words
        assert "{" not in error["message"] + error["fix"], words
        assert error["message"][0].isupper(), words
    assert run("money", "day")[1] == before
    assert run("dossier", "show", key)[1]["money"] == "owed"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('bin = "970436"', 'bin = "97043"'), "BIN"),
        (('account = "0011012345678"', 'account = "00 110"'), "số tài khoản"),
        (('account = "0011012345678"', f'account = "{"1" * 20}"'), "số tài khoản"),
        (('holder = "UBND XA MAU"', 'holder = ""'), "chủ tài khoản"),
        (('series = "AA-26"', 'series = "aa 26"'), "ký hiệu"),
        (("to = 2", "to = 0"), "từ 1"),
        (("from = 1", "from = 9"), "nhỏ hơn số đầu"),
        (("to = 2", 'to = 2\n\n[[receipt_book]]\nseries = "AA-26"\nfrom = 2\nto = 5'), "trùng số"),
        (("to = 2", 'to = 2\n\n[money]\nparts = "tùy"'), "refuse"),
        (('name = "Vietcombank"', 'ten = "Vietcombank"'), "khóa lạ"),
    ],
)
def test_wrong_facts_about_money_are_told_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], problem: str
) -> None:
    (tmp_path / "office.toml").write_text(OFFICE.replace(*change), encoding="utf-8")
    assert main(["--data", str(tmp_path), "money", "day"]) == 2
    assert problem in capsys.readouterr().err
