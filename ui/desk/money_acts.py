"""Acts on a dossier's money as the desk offers them, in the panel of the dossier and in that of money. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.fees import Quantity
from kiosk.domain.money import (
    METHOD_WORDS,
    BadAmountError,
    MoneyReceipt,
    Move,
    MoveKind,
    PayMethod,
    ReceiptCancelledError,
    ReceiptRefundedError,
    still_owed,
)
from kiosk.domain.tracks import MONEY, STEP_WORDS, MoneyAct, MoneyState, step_from
from kiosk.services import fee_acts, money, money_asks, money_back
from kiosk.services.fee_acts import BY_ACT
from kiosk.services.fees import fee_of
from kiosk.services.money import Taken
from ui.desk.dossier_acts import Given, PanelAct
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_model import Ask, Fact, Section
from ui.words import dong, vietnamese_time

METHODS = tuple(METHOD_WORDS[method] for method in PayMethod)
REFUND_REASONS = ("Công dân rút hồ sơ", "Thu nhầm mức", "Thu nhầm hồ sơ")
CANCEL_REASONS = ("Ghi nhầm người nộp", "Ghi nhầm số tiền", "Ghi nhầm hồ sơ")


def amount_of(text: str) -> int:
    """ "8.000 đ" -> 8000. Raises: BadAmountError."""
    digits = text.replace(".", "").replace(" ", "").rstrip("đ₫")
    if not (digits.isascii() and digits.isdigit()):
        raise BadAmountError(amount=text)
    return int(digits)


def fee_asks(at: At, case: Case) -> tuple[Ask, ...]:
    """What decides a fee: counts, a relief with its proof, or an amount where the tariff has none."""
    with at.office.reads() as look:
        answer = fee_of(look, at.office.tariff, case.dossier, at.now, Quantity())
    counted = case.dossier.quantity
    reliefs = tuple(f"{relief.code}: {relief.words} ({relief.proof})" for relief in answer.reliefs)
    asks = [
        Ask("copies", "Số bản", str(counted.copies)),
        Ask("pages", "Số trang của một bản", str(counted.pages or ""), hint="Khi phí tính theo trang", needed=False),
        Ask("people", "Số người", str(counted.people)),
    ]
    if reliefs:
        asks.append(Ask("relief", "Diện miễn, giảm", choices=reliefs, needed=False))
        asks.append(Ask("proof", "Giấy tờ chứng minh", hint="Số, ngày của giấy đã xem", needed=False))
    asks.append(Ask("amount", "Mức thu (đồng)", hint="Chỉ ghi khi biểu mức thu không có", needed=False))
    asks.append(Ask("basis", "Căn cứ của mức thu", hint="Ví dụ: Nghị quyết của HĐND tỉnh", needed=False))
    return tuple(asks)


def fee_told(at: At, case: Case) -> str:
    """The reckoning as the tariff gives it for one copy."""
    with at.office.reads() as look:
        answer = fee_of(look, at.office.tariff, case.dossier, at.now, Quantity())
    return " ".join(f"{line.name}: {line.how or 'chưa rõ'}." for line in answer.lines)


def settle(at: At, case: Case, given: Given) -> str:
    """Raises: as `services.fee_acts`."""
    key = case.dossier.key
    if given.get("amount"):
        amount, basis = amount_of(given["amount"]), given.get("basis", "")
        done = fee_acts.set_fee(at.office.units(), at.office.desk, key, amount, basis, actor=at.actor, now=at.now)
    else:
        pages = given.get("pages", "")
        quantity = Quantity(
            amount_of(given.get("copies") or "1"),
            amount_of(pages) if pages else None,
            amount_of(given.get("people") or "1"),
        )
        relief, proof = given.get("relief", "").partition(":")[0].strip(), given.get("proof", "")
        done = fee_acts.reckon(
            at.office.units(), at.office.desk, key, quantity, relief, proof, actor=at.actor, now=at.now
        )
    if done.money is MoneyState.EXEMPT:
        return f"Được miễn: {done.money_paper}."
    return f"Phải thu {dong(done.fee)}." if done.fee else "Không thu."


def take(
    at: At, key: str, amount: int, method: PayMethod, command: str, reference: str = "", external: str = ""
) -> Taken:
    """Raises: as `services.money.take_payment`."""
    return money.take_payment(
        at.office.units(),
        at.office.desk,
        key,
        amount,
        method,
        command=command,
        actor=at.actor,
        now=at.now,
        reference=reference,
        external=external,
    )


def taken_words(taken: Taken) -> str:
    paper = f"biên lai {taken.receipt.name} đang in" if taken.receipt else f"biên lai {taken.move.external}"
    return f"Đã thu {dong(taken.move.amount)} ({METHOD_WORDS[taken.move.method]}), {paper}."


def receipts_of(at: At, case: Case) -> tuple[tuple[Move, MoneyReceipt | None], ...]:
    """Ledger lines of the dossier with their receipts, oldest first."""
    with at.office.reads() as look:
        moves = look.money.moves_of(case.dossier.key)
        return tuple((move, look.money.receipt(move.receipt) if move.receipt else None) for move in moves)


def owed_of(at: At, case: Case) -> int:
    with at.office.reads() as look:
        return still_owed(case.dossier.fee or 0, look.money.moves_of(case.dossier.key))


def money_section(at: At, case: Case) -> Section:
    """How the fee was worked out, what was paid, with which receipt."""
    dossier = case.dossier
    facts = [
        Fact(line.name, f"{'chưa rõ' if line.amount is None else dong(line.amount)}: {line.how}")
        for line in dossier.fee_lines
        if line.amount != 0 or line.how
    ]
    if dossier.money is MoneyState.EXEMPT:
        facts.append(Fact("Được miễn", dossier.money_paper, "good"))
    for move, receipt in receipts_of(at, case):
        name = receipt.name if receipt else move.external
        gone = ", đã hủy" if receipt is not None and receipt.cancelled_at and move.kind is MoveKind.TAKEN else ""
        why = f", {move.reason}" if move.reason else ""
        words = f"{dong(move.amount)}, {METHOD_WORDS[move.method]}, {vietnamese_time(move.at)}{gone}{why}"
        kind = "Hoàn, biên lai" if move.kind is MoveKind.REFUNDED else "Biên lai"
        facts.append(Fact(f"{kind} {name}", words, "bad" if gone else ""))
    return Section("Phí, lệ phí", tuple(facts))


def _check(act: MoneyAct) -> Callable[[At, Case], None]:
    def check(at: At, case: Case) -> None:
        step = BY_ACT[act]
        life.check_trust(STEP_WORDS[act], step.by, at.actor.roles)
        step_from(MONEY, act, case.dossier.money)
        if act is MoneyAct.PAY:
            money.check_goes_on(case.dossier)

    return check


def _pay_asks(at: At, case: Case) -> tuple[Ask, ...]:
    return (
        Ask("amount", "Số tiền nhận (đồng)", str(owed_of(at, case))),
        Ask("method", "Hình thức", METHODS[0], choices=METHODS),
        Ask("reference", "Mã giao dịch", hint="Của ngân hàng, của cổng; bắt buộc khi trực tuyến", needed=False),
    )


def _pay(at: At, case: Case, given: Given) -> str:
    method = next((m for m in PayMethod if METHOD_WORDS[m] == given["method"]), PayMethod.CASH)
    # One form is one payment: its own command, made when it is given.
    taken = take(at, case.dossier.key, amount_of(given["amount"]), method, uuid4().hex, given.get("reference", ""))
    return taken_words(taken)


def _exempt(at: At, case: Case, given: Given) -> str:
    fee_acts.exempt(at.office.units(), at.office.desk, case.dossier.key, given["basis"], actor=at.actor, now=at.now)
    return "Đã ghi miễn phí, lệ phí."


def _may_refund(at: At, case: Case) -> None:
    _check(MoneyAct.REFUND)(at, case)
    held = held_of(at, case)
    money_back.check_refund(case.dossier, held, held)


def held_of(at: At, case: Case) -> int:
    with at.office.reads() as look:
        return money_back.held_of(case.dossier, look.money.moves_of(case.dossier.key))


def _refund_asks(at: At, case: Case) -> tuple[Ask, ...]:
    return (
        Ask("amount", "Số tiền hoàn (đồng)", str(held_of(at, case)), hint="Hoàn một phần thì ghi ít hơn"),
        Ask("reason", "Lý do", choices=REFUND_REASONS),
    )


def _refund(at: At, case: Case, given: Given) -> str:
    amount = amount_of(given["amount"]) if given.get("amount") else None
    key, units = case.dossier.key, at.office.units()
    done = money_back.refund(units, key, given["reason"], actor=at.actor, now=at.now, amount=amount)
    total = sum(-taken.move.amount for taken in done)
    left = held_of(at, case)
    return f"Đã hoàn {dong(total)}." + (f" Còn giữ {dong(left)}." if left else "")


def _last_receipt(at: At, case: Case) -> MoneyReceipt:
    """Raises: ReceiptCancelledError when there is none that stands."""
    standing = [r for m, r in receipts_of(at, case) if r is not None and r.cancelled_at is None and not m.reverses]
    if not standing:
        raise ReceiptCancelledError(receipt=case.dossier.money_paper or "của hồ sơ")
    return standing[-1]


def _may_cancel(at: At, case: Case) -> None:
    """Also of a part of the fee, which leaves the dossier owing; not where money went back."""
    life.check_trust(STEP_WORDS[MoneyAct.CANCEL], BY_ACT[MoneyAct.CANCEL].by, at.actor.roles)
    if case.dossier.money is not MoneyState.OWED:
        step_from(MONEY, MoneyAct.CANCEL, case.dossier.money)
    receipt = _last_receipt(at, case)
    if any(move.kind is MoveKind.REFUNDED for move, _receipt in receipts_of(at, case)):
        raise ReceiptRefundedError(receipt=receipt.name)


def _cancel_told(at: At, case: Case) -> str:
    receipt = _last_receipt(at, case)
    day = "hôm nay" if business_day(receipt.issued_at) == business_day(at.now) else vietnamese_time(receipt.issued_at)
    return f"Hủy biên lai {receipt.name}, {dong(receipt.amount)}, lập {day}. Biên lai đã hủy vẫn được lưu."


def _cancel(at: At, case: Case, given: Given) -> str:
    receipt = _last_receipt(at, case)
    money_back.cancel_receipt(at.office.units(), receipt.key, given["reason"], actor=at.actor, now=at.now)
    return f"Đã hủy biên lai {receipt.name}; hồ sơ lại là chưa thu."


def print_again(at: At, case: Case) -> str:
    """Raises: ReceiptCancelledError when there is none that stands."""
    receipt, where = _last_receipt(at, case), at.office.config.prints_at("slip")
    money_asks.reprint_receipt(at.office.units(), receipt.key, actor=at.actor, now=at.now, paper_at=where)
    return f"Đang in lại biên lai {receipt.name}."


def _may_print(at: At, case: Case) -> None:
    _last_receipt(at, case)


def _reason(choices: tuple[str, ...]) -> Callable[[At, Case], tuple[Ask, ...]]:
    return lambda _at, _case: (Ask("reason", "Lý do", choices=choices),)


MONEY_ACTS: tuple[PanelAct, ...] = (
    PanelAct("fee", _check(MoneyAct.SET_FEE), settle, fee_asks, fee_told),
    PanelAct("pay", _check(MoneyAct.PAY), _pay, _pay_asks),
    PanelAct("exempt", _check(MoneyAct.EXEMPT), _exempt, lambda _a, _c: (Ask("basis", "Căn cứ miễn"),)),
    PanelAct("refund", _may_refund, _refund, _refund_asks),
    PanelAct("cancel_receipt", _may_cancel, _cancel, _reason(CANCEL_REASONS), _cancel_told),
    PanelAct("receipt_again", _may_print, lambda at, case, _given: print_again(at, case)),
)
