"""`motcua dossier fee/pay/exempt/refund/notify`: money, and word to the citizen, beside a dossier's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import uuid4

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.fees import Quantity
from kiosk.domain.money import still_owed
from kiosk.domain.tracks import HAND_OVER_WORDS, MONEY_WORDS
from kiosk.services import fee_acts, handover, money, money_back
from ui.app import OpenedOffice, open_office
from ui.cli.console import frame, show
from ui.cli.money_words import Copies, Method, Pages, People, ReliefCode, lines_of, method_of, show_taken
from ui.words import dong

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    for name, command in (("fee", fee), ("pay", pay), ("exempt", exempt), ("refund", refund), ("notify", notify)):
        app.command(name)(command)


Press = Annotated[str, typer.Option("--command", help="Mã của lần bấm, để bấm lại không thu hai lần.")]


def fee(
    code: Code,
    amount: Annotated[int, typer.Option("--amount", help="Mức thu, đồng, khi biểu mức thu không có.")] = 0,
    basis: Annotated[str, typer.Option("--basis", help="Căn cứ của mức thu.")] = "",
    copies: Copies = 1,
    pages: Pages = None,
    people: People = 1,
    relief: ReliefCode = "",
    proof: Annotated[str, typer.Option("--proof", help="Giấy tờ chứng minh diện miễn, giảm.")] = "",
) -> None:
    """Tính lại mức thu theo số bản, số trang, số người, diện miễn giảm; hoặc ghi mức thu khi biểu chưa có."""
    quantity = Quantity(copies, pages, people)

    def act(office: OpenedOffice, key: str) -> Dossier:
        who, now = office.actor, office_now()
        if amount:
            return fee_acts.set_fee(office.units(), office.desk, key, amount, basis, actor=who, now=now)
        return fee_acts.reckon(office.units(), office.desk, key, quantity, relief, proof, actor=who, now=now)

    _act(code, act)


def pay(
    code: Code,
    amount: Annotated[int | None, typer.Option("--amount", help="Số tiền nhận; mặc định là số còn phải thu.")] = None,
    method: Method = "cash",
    reference: Annotated[str, typer.Option("--reference", help="Mã giao dịch của ngân hàng, của cổng.")] = "",
    receipt: Annotated[str, typer.Option("--receipt", help="Số biên lai của hệ thống khác, nếu có.")] = "",
    command: Press = "",
) -> None:
    """Đã nhận tiền: ghi sổ thu, lập biên lai và in."""
    way = method_of(method)
    with open_office(frame.data) as office:
        with office.reads() as look:
            dossier = look.dossiers.get(code)
            owed = still_owed(dossier.fee or 0, look.money.moves_of(dossier.key))
        taken = money.take_payment(
            office.units(),
            office.desk,
            dossier.key,
            owed if amount is None else amount,
            way,
            command=command or uuid4().hex,
            actor=office.actor,
            now=office_now(),
            reference=reference,
            external=receipt,
        )
    show_taken(taken)


def exempt(code: Code, basis: Annotated[str, typer.Option("--basis", help="Căn cứ miễn.")] = "") -> None:
    """Miễn phí, lệ phí, có căn cứ."""
    _act(code, lambda o, key: fee_acts.exempt(o.units(), o.desk, key, basis, actor=o.actor, now=office_now()))


def refund(
    code: Code,
    reason: Annotated[str, typer.Option("--reason", help="Lý do hoàn.")] = "",
    method: Annotated[str, typer.Option("--method", help="cash, vietqr, online; mặc định như lúc thu.")] = "",
    amount: Annotated[int | None, typer.Option("--amount", help="Số tiền hoàn, đồng; mặc định là tất cả.")] = None,
) -> None:
    """Hoàn tiền đã thu, toàn bộ hoặc một phần, có lý do."""
    way = method_of(method) if method else None

    def act(office: OpenedOffice, key: str) -> Dossier:
        who, now = office.actor, office_now()
        done = money_back.refund(office.units(), key, reason, actor=who, now=now, amount=amount, method=way)
        return done[0].dossier

    _act(code, act)


def notify(code: Code, by: Annotated[str, typer.Option("--by", help="Cách báo: điện thoại, tin nhắn…")] = "") -> None:
    """Đã báo người dân là có kết quả."""
    _act(code, lambda o, key: handover.notify(o.units(), key, by, actor=o.actor, now=office_now()))


def _act(code: str, act: Callable[[OpenedOffice, str], Dossier]) -> None:
    with open_office(frame.data) as office:
        with office.reads() as look:
            key = look.dossiers.get(code).key
        dossier = act(office, key)
    told = dossier.notified_at.isoformat() if dossier.notified_at else None
    data = {
        "key": dossier.key,
        "fee": dossier.fee,
        "fee_lines": lines_of(dossier.fee_lines),
        "money": dossier.money.value,
        "handed": dossier.handed.value,
        "notified_at": told,
    }
    paid, handed = MONEY_WORDS[dossier.money], HAND_OVER_WORDS[dossier.handed]
    show(data, f"{dossier.key} · phí, lệ phí {dong(dossier.fee)}, {paid} · {handed}")
