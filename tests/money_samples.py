"""Money that the tests of papers and of the desk share."""

from __future__ import annotations

from printing_samples import HEAD, MORNING

from kiosk.domain.fees import FeeKind, FeeLine
from kiosk.domain.money import (
    Ask,
    AskState,
    BankAccount,
    MoneyReceipt,
    Move,
    MoveKind,
    PayMethod,
    transfer_code,
)

OFFICE = """
[office]
name = "Trung tâm Phục vụ hành chính công xã Mẫu"
parent = "UBND xã Mẫu"
agency_code = "H26.107"
province = "Tỉnh Mẫu"
place = "Xã Mẫu"

[bank]
bin = "970436"
account = "0011012345678"
holder = "UBND XA MAU"
name = "Vietcombank"

[[receipt_book]]
series = "AA-26"
from = 1
to = 2

[[group]]
code = "chung"
name = "Chung"
series = "A"

[[counter]]
code = "1"
name = "Quầy 1"
"""
KEY = "261123100078"
BANK = BankAccount("970436", "0011012345678", "UBND XA MAU", "Vietcombank")
LINES = (
    FeeLine(
        "Phí chứng thực bản sao từ bản chính",
        FeeKind.FEE,
        14_000,
        "2 trang × 2.000 đồng + 3 trang × 1.000 đồng = 7.000 đồng/bản, × 2 bản",
        "Thông tư 226/2016/TT-BTC",
    ),
    FeeLine("Lệ phí hộ tịch", FeeKind.CHARGE, 8_000, "8.000 đồng × 1 lần", "Nghị quyết 01/2026/NQ-HĐND"),
)
RECEIPT = MoneyReceipt(
    "m-1",
    "AA-26",
    12,
    2026,
    MORNING,
    HEAD,
    KEY,
    None,
    "NGUYỄN THỊ HỒNG ÁNH",
    "Thôn 2, xã Mẫu",
    "Chứng thực bản sao từ bản chính",
    22_000,
    PayMethod.VIETQR,
    "Trần Quốc Dũng",
    LINES,
    "FT26327001",
)
ASK = Ask("a-1", KEY, PayMethod.VIETQR, 22_000, AskState.SHOWN, MORNING, "lan", transfer_code(BANK, KEY, 22_000))


def a_move(n: int, kind: MoveKind = MoveKind.TAKEN, reason: str = "", payer: str = RECEIPT.payer) -> Move:
    """Line n of the ledger; one that is not TAKEN puts line 1 right."""
    taken = kind is MoveKind.TAKEN
    return Move(
        f"m-{n}",
        MORNING,
        MORNING.date(),
        kind,
        PayMethod.CASH,
        22_000 if taken else -22_000,
        KEY,
        "2.000815",
        RECEIPT.procedure_name,
        payer,
        "lan",
        "ban-1",
        "1",
        LINES,
        f"m-{n}" if taken else "m-1",
        "",
        "",
        "" if taken else "m-1",
        reason,
    )
