"""`motcua dossier fee/pay/exempt/refund/notify`: money, and word to the citizen, beside a dossier's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.tracks import HAND_OVER_WORDS, MONEY_WORDS, MoneyAct
from kiosk.services import handover
from ui.app import OpenedOffice, open_office
from ui.cli.console import frame, show
from ui.words import dong

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    for name, command in (("fee", fee), ("pay", pay), ("exempt", exempt), ("refund", refund), ("notify", notify)):
        app.command(name)(command)


def fee(code: Code, amount: Annotated[int, typer.Option("--amount", help="Số tiền, đồng.")] = 0) -> None:
    """Ghi mức thu khi danh mục chưa rõ."""
    _act(code, lambda o, key: handover.set_fee(o.units(), key, amount, actor=o.actor, now=office_now()))


def pay(code: Code, receipt: Annotated[str, typer.Option("--receipt", help="Số biên lai.")] = "") -> None:
    """Đã thu tiền, theo biên lai."""
    _money(code, MoneyAct.PAY, receipt)


def exempt(code: Code, basis: Annotated[str, typer.Option("--basis", help="Căn cứ miễn.")] = "") -> None:
    """Miễn phí, lệ phí, có căn cứ."""
    _money(code, MoneyAct.EXEMPT, basis)


def refund(code: Code, reason: Annotated[str, typer.Option("--reason", help="Lý do hoàn.")] = "") -> None:
    """Hoàn tiền đã thu, có lý do."""
    _money(code, MoneyAct.REFUND, reason)


def notify(code: Code, by: Annotated[str, typer.Option("--by", help="Cách báo: điện thoại, tin nhắn…")] = "") -> None:
    """Đã báo người dân là có kết quả."""
    _act(code, lambda o, key: handover.notify(o.units(), key, by, actor=o.actor, now=office_now()))


def _money(code: str, act: MoneyAct, paper: str) -> None:
    _act(code, lambda o, key: handover.note_money(o.units(), key, act, paper, actor=o.actor, now=office_now()))


def _act(code: str, act: Callable[[OpenedOffice, str], Dossier]) -> None:
    with open_office(frame.data) as office:
        with office.reads() as look:
            key = look.dossiers.get(code).key
        dossier = act(office, key)
    told = dossier.notified_at.isoformat() if dossier.notified_at else None
    data = {
        "key": dossier.key,
        "fee": dossier.fee,
        "money": dossier.money.value,
        "handed": dossier.handed.value,
        "notified_at": told,
    }
    money, handed = MONEY_WORDS[dossier.money], HAND_OVER_WORDS[dossier.handed]
    show(data, f"{dossier.key} · phí, lệ phí {dong(dossier.fee)}, {money} · {handed}")
