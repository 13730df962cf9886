"""The money panel's door to the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.clock import Clock, office_now
from kiosk.domain.event import Actor
from kiosk.domain.fees import Quantity
from kiosk.domain.money import (
    ASK_WORDS,
    METHOD_WORDS,
    MOVE_WORDS,
    Ask,
    AskState,
    MoveKind,
    NoBankAccountError,
    PayMethod,
    still_owed,
)
from kiosk.domain.tracks import MONEY_WORDS, MoneyState
from kiosk.services import money_asks
from kiosk.services.fees import fee_of
from kiosk.services.money import is_over
from kiosk.services.ports import UnitOfWork
from ui.app import OpenedOffice
from ui.desk import money_acts
from ui.desk.dossier_case import At, Case, case_of
from ui.desk.dossier_model import Form
from ui.desk.dossier_sections import MONEY_TONES
from ui.desk.money_model import Code, MoneySheet
from ui.words import dong, vietnamese_time

NOTHING_TO_TAKE = {
    MoneyState.NOTHING: "Hồ sơ này không thu phí, lệ phí.",
    MoneyState.PAID: "Hồ sơ này đã thu đủ.",
    MoneyState.EXEMPT: "Hồ sơ này được miễn.",
    MoneyState.REFUNDED: "Tiền của hồ sơ này đã hoàn.",
}
ENDED = "Hồ sơ này đã kết thúc mà không có kết quả, nên không thu tiền."


@dataclass
class LiveMoney:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    def sheet(self, key: str) -> MoneySheet:
        with self.office.reads() as look:
            case = case_of(look, self.office.desk, key)
            return self._sheet(look, case)

    def show_code(self, key: str) -> MoneySheet:
        desk, now = self.office.desk, self.clock()
        money_asks.ask_payment(self.office.units(), desk, key, PayMethod.VIETQR, actor=self.actor, now=now)
        return self.sheet(key)

    def fee_form(self, key: str) -> Form:
        at, case = self._at(), self._case(key)
        fee = next(act for act in money_acts.MONEY_ACTS if act.id == "fee")
        fee.check(at, case)
        return Form(fee.id, "Tính lại mức thu", fee.asks(at, case), fee.told(at, case))

    def settle(self, key: str, given: Mapping[str, str]) -> str:
        return money_acts.settle(self._at(), self._case(key), given)

    def take(self, key: str, amount: int, method: PayMethod, command: str, given: Mapping[str, str]) -> str:
        reference, external = given.get("reference", ""), given.get("external", "")
        taken = money_acts.take(self._at(), key, amount, method, command, reference, external)
        return money_acts.taken_words(taken)

    def print_again(self, key: str) -> str:
        return money_acts.print_again(self._at(), self._case(key))

    def print_code(self, key: str) -> str:
        where = self.office.config.prints_at("slip")
        now = self.clock()
        money_asks.print_demand(self.office.units(), key, actor=self.actor, now=now, paper_at=where)
        return "Đang in giấy có mã chuyển khoản."

    def _at(self) -> At:
        return At(self.office, self.actor, self.clock())

    def _case(self, key: str) -> Case:
        with self.office.reads() as look:
            return case_of(look, self.office.desk, key)

    def _sheet(self, look: UnitOfWork, case: Case) -> MoneySheet:
        dossier = case.dossier
        moves = look.money.moves_of(dossier.key)
        asks: tuple[str, ...] = ()
        if dossier.money is MoneyState.UNKNOWN:
            asks = fee_of(look, self.office.tariff, dossier, self.clock(), Quantity()).asks or ("mức thu",)
        owed = still_owed(dossier.fee or 0, moves) if dossier.money is MoneyState.OWED else None
        standing = [a for a in look.money.asks_of(dossier.key) if a.state is AskState.SHOWN and a.payload]
        paid = []
        for move in moves:
            receipt = look.money.receipt(move.receipt) if move.receipt else None
            name = receipt.name if receipt else move.external
            back = f" · {MOVE_WORDS[move.kind]}: {move.reason}" if move.reverses else ""
            gone = " · đã hủy" if receipt is not None and receipt.cancelled_at and move.kind is MoveKind.TAKEN else ""
            at = vietnamese_time(move.at)
            paid.append(f"{name} · {dong(move.amount)} · {METHOD_WORDS[move.method]} · {at}{gone}{back}")
        lines = tuple(
            f"{line.name}: {'chưa rõ' if line.amount is None else dong(line.amount)}"
            + (f" ({line.how})" if line.how else "")
            + (f". {line.basis}" if line.basis else "")
            for line in dossier.fee_lines
        )
        state = MONEY_WORDS[dossier.money]
        return MoneySheet(
            dossier.key,
            dossier.procedure_name,
            (dossier.submitter or dossier.owner).full_name,
            f"{state[:1].upper()}{state[1:]}",
            MONEY_TONES.get(dossier.money, ""),
            owed,
            lines or ((dossier.money_paper,) if dossier.money_paper else ()),
            asks,
            ENDED if is_over(dossier) else NOTHING_TO_TAKE.get(dossier.money, ""),
            tuple(paid),
            self.office.facts.money.bank is not None,
            self._code(standing[-1]) if standing and owed == standing[-1].amount else None,
        )

    def _code(self, ask: Ask) -> Code:
        bank = self.office.facts.money.bank
        if bank is None:
            raise NoBankAccountError
        facts = (
            ("Chủ tài khoản", bank.holder),
            ("Số tài khoản", f"{bank.account} · {bank.bank or bank.bin}"),
            ("Nội dung", f"HS {ask.dossier_key}"),
        )
        return Code(ask.payload, facts, ASK_WORDS[ask.state])
