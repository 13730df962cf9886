"""`motcua money receipt/receipts/cancel/ask/confirm` and `motcua pay qr`: one payment, one receipt, one code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, business_day, office_now
from kiosk.domain.money import (
    ASK_WORDS,
    METHOD_WORDS,
    Ask,
    MoneyReceipt,
    NoBankAccountError,
    PayMethod,
    transfer_code,
)
from kiosk.services import money, money_asks, money_back
from kiosk.services.slips import office_head
from ui.app import OpenedOffice, open_office
from ui.cli.console import UsageError, frame, show
from ui.cli.money_words import Method, Out, Reason, check_suffix, method_of, show_taken, write_out
from ui.training import marked
from ui.words import dong

Number = Annotated[str, typer.Argument(help='Biên lai, như trên giấy: "AA-26 0000012/2026".')]
_NAME = re.compile(r"(?P<series>\S+)\s+(?P<number>\d{1,7})/(?P<year>\d{4})")


def register(money_app: typer.Typer, pay_app: typer.Typer) -> None:
    """On the groups of the money commands."""
    for name, command in (("receipt", receipt), ("receipts", receipts), ("cancel", cancel), ("ask", ask)):
        money_app.command(name)(command)
    money_app.command("confirm")(confirm)
    pay_app.command("qr")(qr)


def receipt(
    number: Number,
    out: Out = None,
    again: Annotated[bool, typer.Option("--print", help="In lại ở máy in của quầy.")] = False,
) -> None:
    """Xem một biên lai; ghi ra tệp PDF, hoặc in lại (mỗi trang ghi “BẢN IN LẠI”)."""
    check_suffix(out, (".pdf",))
    with open_office(frame.data) as office:
        found = _receipt(office, number)
        if out is not None:
            from printing.forms.money import render_receipt

            write_out(out, marked(office, render_receipt(found)))
        if again:
            where = office.config.prints_at("slip")
            money_asks.reprint_receipt(office.units(), found.key, actor=office.actor, now=office_now(), paper_at=where)
    state = f" · ĐÃ HỦY: {found.cancel_reason}" if found.cancelled_at else ""
    done = f" · đã ghi vào {out}" if out else (" · sẽ in lại" if again else "")
    text = f"Biên lai {found.name} · {dong(found.amount)} · {found.payer} · hồ sơ {found.dossier_key}{state}{done}"
    show(_receipt_row(found) | {"file": str(out) if out else ""}, text)


def receipts(year: Annotated[int, typer.Option("--year", help="Năm.")] = 0) -> None:
    """Biên lai của một năm theo ký hiệu và số, cả biên lai đã hủy."""
    with open_office(frame.data) as office, office.reads() as look:
        found = look.money.receipts(year or business_day(office_now()).year)
    lines = [f"{r.name:<24} {dong(r.amount):>14}  {r.dossier_key}  {'đã hủy' if r.cancelled_at else ''}" for r in found]
    show({"receipts": [_receipt_row(r) for r in found]}, "\n".join(lines) or "Chưa có biên lai nào.")


def cancel(number: Number, reason: Reason = "") -> None:
    """Hủy một biên lai ghi nhầm; biên lai vẫn được lưu, hồ sơ lại là chưa thu."""
    with open_office(frame.data) as office:
        found = _receipt(office, number)
        taken = money_back.cancel_receipt(office.units(), found.key, reason, actor=office.actor, now=office_now())
    show_taken(taken)


def ask(dossier: Annotated[str, typer.Argument(help="Mã hồ sơ.")], method: Method = "vietqr", out: Out = None) -> None:
    """Yêu cầu nộp tiền: lập mã VietQR hoặc chờ tin của cổng; chưa phải là đã thu. --out: giấy có mã, PDF."""
    way = method_of(method)
    if way is PayMethod.CASH:
        raise UsageError(problem="tiền mặt không cần yêu cầu trước; dùng motcua dossier pay")
    check_suffix(out, (".pdf",))
    with open_office(frame.data) as office:
        made = money_asks.ask_payment(office.units(), office.desk, dossier, way, actor=office.actor, now=office_now())
        if out is not None:
            write_out(out, marked(office, _demand_pdf(office, made)))
    text = f"{METHOD_WORDS[made.method]} · {dong(made.amount)} · {ASK_WORDS[made.state]} · yêu cầu {made.key}"
    show(_ask_row(made) | {"file": str(out) if out else ""}, text + (f"\n{made.payload}" if made.payload else ""))


def confirm(
    key: Annotated[str, typer.Argument(help="Khóa của yêu cầu nộp tiền.")],
    amount: Annotated[int, typer.Option("--amount", help="Số tiền đã đến, đồng.")],
    reference: Annotated[str, typer.Option("--reference", help="Mã giao dịch của ngân hàng, của cổng.")] = "",
) -> None:
    """Tin từ ngân hàng hoặc cổng: tiền của một yêu cầu đã đến. Nghe hai lần vẫn tính một lần."""
    with open_office(frame.data) as office:
        taken = money.confirm(office.units(), office.desk, key, amount, reference, now=office_now())
    show_taken(taken)


def qr(
    amount: Annotated[int, typer.Option("--amount", min=1, help="Số tiền, đồng.")],
    dossier: Annotated[str, typer.Option("--dossier", "-d", help="Mã hồ sơ.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Tệp ảnh .png.")] = None,
) -> None:
    """Nội dung mã VietQR của một số tiền cho một hồ sơ, và ảnh mã; không ghi gì vào sổ."""
    check_suffix(out, (".png",))
    with open_office(frame.data) as office:
        with office.reads() as look:
            key = look.dossiers.get(dossier).key
        bank = office.facts.money.bank
    if bank is None:
        raise NoBankAccountError
    payload = transfer_code(bank, key, amount)
    if out is not None:
        write_out(out, _png(payload))
    data = {"payload": payload, "amount": amount, "dossier": key, "account": bank.account, "bin": bank.bin}
    show(data | {"file": str(out) if out else ""}, payload + (f"\nẢnh mã: {out}" if out else ""))


def _receipt_row(found: MoneyReceipt) -> dict[str, Any]:
    return {
        "receipt": found.name,
        "series": found.series,
        "number": found.number,
        "year": found.year,
        "amount": found.amount,
        "dossier": found.dossier_key,
        "issued_at": found.issued_at.astimezone(OFFICE_ZONE).isoformat(),
        "cancelled": found.cancelled_at is not None,
        "reason": found.cancel_reason,
    }


def _ask_row(made: Ask) -> dict[str, Any]:
    return {
        "ask": made.key,
        "dossier": made.dossier_key,
        "method": made.method.value,
        "amount": made.amount,
        "state": made.state.value,
        "payload": made.payload,
    }


def _receipt(office: OpenedOffice, name: str) -> MoneyReceipt:
    """Raises: UsageError, NotFoundError."""
    read = _NAME.fullmatch(name.strip())
    if read is None:
        raise UsageError(problem=f"“{name}” không phải biên lai dạng AA-26 0000012/2026")
    with office.reads() as look:
        return look.money.receipt_by_number(read["series"], int(read["number"]), int(read["year"]))


def _demand_pdf(office: OpenedOffice, made: Ask) -> bytes:
    from printing.forms.money import render_demand

    bank = office.facts.money.bank
    if bank is None or not made.payload:
        raise NoBankAccountError
    with office.reads() as look:
        dossier = look.dossiers.get(made.dossier_key)
    payer = (dossier.submitter or dossier.owner).full_name
    head = office_head(office.facts)
    return render_demand(made, bank, head, payer, dossier.procedure_name, dossier.fee_lines)


def _png(payload: str) -> bytes:
    import io

    import segno

    out = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    return out.getvalue()
