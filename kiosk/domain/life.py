"""The life of a dossier (vòng đời hồ sơ) as one table: what may be done in which state, by whom, why, with what paper.

Only the business of the dossier; its money, its hand-over and its way to the province are states of their own
(`domain.tracks`). Drawn in docs/life.md. Sources: the keys of docs/legal.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.slip import SlipKind
from kiosk.errors import RuleError


class DossierState(StrEnum):
    """CONSULTATION: another agency was asked (lấy ý kiến); TRANSFERRED: another agency solves it (chuyển)."""

    DRAFT = "draft"
    WAITING_SUPPLEMENT = "waiting_supplement"
    RECEIVED = "received"
    PROCESSING = "processing"
    WAITING_PAYMENT = "waiting_payment"
    CONSULTATION = "consultation"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    TRANSFERRED = "transferred"


class Act(StrEnum):
    """What an officer does to a dossier."""

    RECEIVE = "receive"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    START = "start"
    CONSULT = "consult"
    ANSWER = "answer"
    DEMAND_PAYMENT = "demand_payment"
    PAYMENT_DONE = "payment_done"
    RESULT = "result"
    RETURN = "return"
    WITHDRAW = "withdraw"
    STOP = "stop"
    TRANSFER = "transfer"


class Role(StrEnum):
    """What an officer is trusted with (`office.toml`, [[officer]] roles); without any, with everything."""

    RECEPTION = "reception"
    SOLVING = "solving"
    HEAD = "head"
    RETURNING = "returning"
    CASHIER = "cashier"


class Need(StrEnum):
    """What an act cannot do without."""

    ALL_PAPERS = "all_papers"
    REASON = "reason"
    EVIDENCE = "evidence"
    QUESTION = "question"
    ANSWER = "answer"
    RESULT = "result"
    RECEIVER = "receiver"
    AGENCY = "agency"


class IllegalDossierActError(RuleError):
    """The dossier's state does not allow this act. details: state, act, task (in words), may (what can be done)."""

    code = "dossier.illegal"

    def __init__(self, state: str, act: str) -> None:
        """act: of `Act`, or an act beside the table, as in BESIDE_WORDS."""
        words = {move.act.value: ACT_WORDS[move.act] for move in TABLE}
        may = ", ".join(words[move.act.value] for move in TABLE if state in move.sources)
        super().__init__(
            state=state, act=act, task=words.get(act) or BESIDE_WORDS.get(act, act), may=may or "xem, vì đã kết thúc"
        )


class NotYourActError(RuleError):
    """The officer is not trusted with this act. details: act, roles."""

    code = "dossier.not_your_act"


S = DossierState  # for the table's sake
OPEN_ON_PAPER = frozenset({S.DRAFT, S.WAITING_SUPPLEMENT})
BEING_SOLVED = frozenset({S.RECEIVED, S.PROCESSING, S.CONSULTATION})
# Their term runs, or stands still only until somebody has paid.
ON_CLOCK = BEING_SOLVED | {S.WAITING_PAYMENT}
CLOSED_STATES = frozenset({S.RETURNED, S.REFUSED, S.WITHDRAWN, S.STOPPED, S.TRANSFERRED})


@dataclass(frozen=True)
class Move:
    """One row of the table. event: its kind in the log; paper: the slip that it makes, None for none."""

    act: Act
    sources: frozenset[DossierState]
    target: DossierState
    by: frozenset[Role]
    event: str
    needs: frozenset[Need] = frozenset()
    paper: SlipKind | None = None
    source: str = ""


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


def _needs(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


_DESK, _SOLVER = _of(Role.RECEPTION), _of(Role.SOLVING, Role.HEAD)
_BOTH, _GIVER = _DESK | _SOLVER, _of(Role.RETURNING, Role.RECEPTION)
EXTENDED_BY = _BOTH  # the one new date; no row of the table, for the state stays
_AT_WORK, _NOT_ENDED = frozenset({S.RECEIVED, S.PROCESSING}), ON_CLOCK | {S.WAITING_SUPPLEMENT}
_TO_ASK, _TO_END = OPEN_ON_PAPER | BEING_SOLVED, _AT_WORK | {S.RESULT_READY}
_ASKED, _UNPAID, _READY = frozenset({S.CONSULTATION}), frozenset({S.WAITING_PAYMENT}), frozenset({S.RESULT_READY})

RECEIVE = Move(
    Act.RECEIVE, OPEN_ON_PAPER, S.RECEIVED, _DESK, "dossier.received",
    _needs(Need.ALL_PAPERS), SlipKind.RECEIPT, "reception",
)  # fmt: skip
SUPPLEMENT = Move(
    Act.SUPPLEMENT, _TO_ASK, S.WAITING_SUPPLEMENT, _BOTH, "dossier.supplement_asked",
    _needs(Need.REASON), SlipKind.SUPPLEMENT, "supplement",
)  # fmt: skip
REFUSE = Move(
    Act.REFUSE, _TO_ASK, S.REFUSED, _BOTH, "dossier.refused",
    _needs(Need.REASON), SlipKind.REFUSAL, "refusal",
)  # fmt: skip
START = Move(
    Act.START, frozenset({S.RECEIVED}), S.PROCESSING, _BOTH, "dossier.started", paper=SlipKind.CONTROL,
    source="transfer",
)  # fmt: skip
CONSULT = Move(
    Act.CONSULT, _AT_WORK, S.CONSULTATION, _SOLVER, "dossier.consulted",
    _needs(Need.QUESTION, Need.AGENCY), source="consultation",
)  # fmt: skip
ANSWER = Move(Act.ANSWER, _ASKED, S.PROCESSING, _SOLVER, "dossier.answered", _needs(Need.ANSWER), source="consultation")
DEMAND_PAYMENT = Move(
    Act.DEMAND_PAYMENT, _AT_WORK, S.WAITING_PAYMENT, _BOTH, "dossier.payment_demanded",
    _needs(Need.EVIDENCE), source="terms",
)  # fmt: skip
PAYMENT_DONE = Move(Act.PAYMENT_DONE, _UNPAID, S.PROCESSING, _BOTH, "dossier.payment_done", source="terms")
RESULT = Move(Act.RESULT, _TO_END, S.RESULT_READY, _BOTH, "dossier.result", _needs(Need.RESULT), source="no-result")
RETURN = Move(
    Act.RETURN, _READY, S.RETURNED, _GIVER, "dossier.returned", _needs(Need.RESULT, Need.RECEIVER), source="return"
)
WITHDRAW = Move(Act.WITHDRAW, _NOT_ENDED, S.WITHDRAWN, _BOTH, "dossier.withdrawn", _needs(Need.REASON), source="stop")
STOP = Move(
    Act.STOP, _NOT_ENDED, S.STOPPED, _SOLVER, "dossier.stopped",
    _needs(Need.REASON), SlipKind.STOP, "stop",
)  # fmt: skip
TRANSFER = Move(
    Act.TRANSFER, _AT_WORK, S.TRANSFERRED, _BOTH, "dossier.transferred",
    _needs(Need.REASON, Need.AGENCY), source="transfer",
)  # fmt: skip

TABLE = (
    RECEIVE, SUPPLEMENT, REFUSE, START, CONSULT, ANSWER, DEMAND_PAYMENT, PAYMENT_DONE, RESULT, RETURN, WITHDRAW, STOP,
    TRANSFER,
)  # fmt: skip


def check_state(move: Move, state: DossierState) -> None:
    """Raises: IllegalDossierActError."""
    if state not in move.sources:
        raise IllegalDossierActError(state=state.value, act=move.act.value)


def check_role(move: Move, roles: frozenset[str] | None) -> None:
    """roles: of the officer, None for one who is trusted with everything. Raises: NotYourActError."""
    check_trust(ACT_WORDS[move.act], move.by, roles)


def check_trust(act: str, by: frozenset[Role], roles: frozenset[str] | None) -> None:
    """act: in words. Raises: NotYourActError."""
    if roles is not None and not roles & by:
        raise NotYourActError(act=act, roles=", ".join(sorted(ROLE_WORDS[role] for role in by)))


ACT_WORDS = {
    Act.RECEIVE: "tiếp nhận",
    Act.SUPPLEMENT: "yêu cầu bổ sung",
    Act.REFUSE: "từ chối",
    Act.START: "chuyển giải quyết",
    Act.CONSULT: "lấy ý kiến",
    Act.ANSWER: "ghi ý kiến trả lời",
    Act.DEMAND_PAYMENT: "yêu cầu nộp tiền",
    Act.PAYMENT_DONE: "đã nộp tiền",
    Act.RESULT: "ghi kết quả",
    Act.RETURN: "trả kết quả",
    Act.WITHDRAW: "rút hồ sơ",
    Act.STOP: "dừng giải quyết",
    Act.TRANSFER: "chuyển cơ quan khác",
}
BESIDE_WORDS = {"clock": "đổi thời hạn", "hold": "giữ bản chính", "correct": "sửa hồ sơ"}
ROLE_WORDS = {
    Role.RECEPTION: "tiếp nhận",
    Role.SOLVING: "giải quyết",
    Role.HEAD: "lãnh đạo",
    Role.RETURNING: "trả kết quả",
    Role.CASHIER: "thu tiền",
}
NEED_WORDS = {
    Need.ALL_PAPERS: "đủ thành phần",
    Need.REASON: "lý do",
    Need.EVIDENCE: "số văn bản",
    Need.QUESTION: "nội dung hỏi",
    Need.ANSWER: "ý kiến trả lời",
    Need.RESULT: "số kết quả",
    Need.RECEIVER: "người nhận",
    Need.AGENCY: "cơ quan",
}
