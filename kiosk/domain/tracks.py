"""What runs beside the business of a dossier: its money, the hand-over of its result, its way to the province.

Each is a small table of its own; none of them decides the others. Drawn in docs/life.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kiosk.domain.job import Job, JobState
from kiosk.domain.life import Role
from kiosk.errors import RuleError


class IllegalStepError(RuleError):
    """Money or hand-over stand otherwise than the act needs. details: act, state, now (the state in words)."""

    code = "dossier.illegal_step"

    def __init__(self, act: StrEnum, state: StrEnum) -> None:
        now = MONEY_WORDS[state] if isinstance(state, MoneyState) else HAND_OVER_WORDS[HandOverState(state)]
        super().__init__(act=STEP_WORDS[act], state=state.value, now=now)


class MoneyState(StrEnum):
    """UNKNOWN: nobody knows the fee yet; NOTHING: free; OWED: not paid yet."""

    UNKNOWN = "unknown"
    NOTHING = "nothing"
    OWED = "owed"
    PAID = "paid"
    EXEMPT = "exempt"
    REFUNDED = "refunded"


class MoneyAct(StrEnum):
    SET_FEE = "set_fee"
    PAY = "pay"
    EXEMPT = "exempt"
    REFUND = "refund"
    REFUND_PART = "refund_part"
    CANCEL = "cancel"


class HandOverState(StrEnum):
    """NOTIFIED: the citizen was told that the result is there; POSTED: it went by post."""

    NOTHING_YET = "nothing_yet"
    READY = "ready"
    NOTIFIED = "notified"
    HANDED_OVER = "handed_over"
    POSTED = "posted"


class HandOverAct(StrEnum):
    ARRIVE = "arrive"
    NOTIFY = "notify"
    GIVE = "give"
    POST = "post"


class ExchangeState(StrEnum):
    """LOCAL: not received yet, or a state secret, so it goes nowhere; REJECTED: waits for an officer."""

    LOCAL = "local"
    WAITING = "waiting"
    SENT = "sent"
    REJECTED = "rejected"


A = TypeVar("A", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Step(Generic[A, S]):
    """One row. by: who may do it, nobody in particular where it is part of an act of `domain.life`; event: its kind in
    the log, "" likewise; need: what must be written."""

    act: A
    sources: frozenset[S]
    target: S
    by: frozenset[Role] = frozenset()
    event: str = ""
    need: str = ""
    source: str = ""


M, H = MoneyState, HandOverState
UNSETTLED = frozenset({M.UNKNOWN, M.NOTHING, M.OWED})
_CASH, _HEAD = frozenset({Role.CASHIER, Role.RECEPTION}), frozenset({Role.CASHIER, Role.HEAD})
_TELL = frozenset({Role.RETURNING, Role.RECEPTION, Role.SOLVING})
UNPAID = frozenset({M.UNKNOWN, M.OWED})
_HELD, _THERE = frozenset({M.PAID, M.OWED}), frozenset({H.READY, H.NOTIFIED})

MONEY: tuple[Step[MoneyAct, MoneyState], ...] = (
    Step(MoneyAct.SET_FEE, UNSETTLED, M.OWED, _CASH, "dossier.fee_set", "số tiền", "fees"),
    Step(MoneyAct.PAY, frozenset({M.OWED}), M.PAID, _CASH, "dossier.paid", "số biên lai", "fees"),
    Step(MoneyAct.EXEMPT, UNPAID, M.EXEMPT, _CASH, "dossier.exempted", "căn cứ", "fees"),
    # From OWED: a part of the fee, of a dossier that has ended (`services.money_back`).
    Step(MoneyAct.REFUND, _HELD, M.REFUNDED, _HEAD, "dossier.refunded", "lý do", "fees"),
    Step(MoneyAct.REFUND_PART, frozenset({M.PAID}), M.PAID, _HEAD, "dossier.refunded_part", "lý do", "fees"),
    Step(MoneyAct.REFUND_PART, frozenset({M.OWED}), M.OWED, _HEAD, "dossier.refunded_part", "lý do", "fees"),
    # Money taken by mistake: as if it had not been, but for the ledger, which keeps both lines.
    Step(MoneyAct.CANCEL, frozenset({M.PAID}), M.OWED, _HEAD, "dossier.payment_cancelled", "lý do", "fees"),
)
HAND_OVER: tuple[Step[HandOverAct, HandOverState], ...] = (
    # Another result in place of the first is news again.
    Step(HandOverAct.ARRIVE, _THERE | {H.NOTHING_YET}, H.READY, source="no-result"),
    Step(HandOverAct.NOTIFY, _THERE, H.NOTIFIED, _TELL, "dossier.notified", "cách báo", "no-result"),
    Step(HandOverAct.GIVE, _THERE, H.HANDED_OVER, source="return"),
    Step(HandOverAct.POST, _THERE, H.POSTED, need="số vận đơn", source="return"),
)

MONEY_WORDS = {
    M.UNKNOWN: "chưa rõ",
    M.NOTHING: "không thu",
    M.OWED: "chưa thu",
    M.PAID: "đã thu",
    M.EXEMPT: "được miễn",
    M.REFUNDED: "đã hoàn",
}
HAND_OVER_WORDS = {
    H.NOTHING_YET: "chưa có kết quả",
    H.READY: "có kết quả chưa báo",
    H.NOTIFIED: "đã báo người dân",
    H.HANDED_OVER: "đã trả",
    H.POSTED: "đã gửi bưu chính",
}
STEP_WORDS: dict[StrEnum, str] = {
    MoneyAct.SET_FEE: "định mức thu",
    MoneyAct.PAY: "thu tiền",
    MoneyAct.EXEMPT: "miễn",
    MoneyAct.REFUND: "hoàn tiền",
    MoneyAct.REFUND_PART: "hoàn một phần",
    MoneyAct.CANCEL: "hủy biên lai",
    HandOverAct.ARRIVE: "có kết quả",
    HandOverAct.NOTIFY: "báo người dân",
    HandOverAct.GIVE: "trả tại quầy",
    HandOverAct.POST: "gửi bưu chính",
}


def step_from(table: Sequence[Step[A, S]], act: A, state: S) -> Step[A, S]:
    """The row of an act from a state. Raises: IllegalStepError when the act does not start there."""
    row = next((step for step in table if step.act is act and state in step.sources), None)
    if row is None:
        raise IllegalStepError(act, state)
    return row


def money_of(fee: int | None) -> MoneyState:
    """As a fee of the catalogue leaves it. fee: đồng."""
    if fee is None:
        return MoneyState.UNKNOWN
    return MoneyState.OWED if fee else MoneyState.NOTHING


def exchange_of(is_received: bool, state_secret: bool, jobs: Sequence[Job]) -> ExchangeState:
    """jobs: the dossier's own in the wing to the province that are not done."""
    if any(job.state is JobState.REJECTED for job in jobs):
        return ExchangeState.REJECTED
    if not is_received or state_secret:
        return ExchangeState.LOCAL
    return ExchangeState.WAITING if jobs else ExchangeState.SENT
