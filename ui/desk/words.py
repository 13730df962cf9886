"""The desk's words for a promise, a fee, and the way to the province. No Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.calendar import WEEKDAYS
from kiosk.domain.counter import Pause
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import Due
from kiosk.domain.due_words import due_reason
from kiosk.domain.fees import FeeAnswer
from kiosk.domain.job import Job, JobState
from kiosk.domain.procedure import Channel, Procedure
from kiosk.domain.tracks import ExchangeState, exchange_of
from ui.desk.model import Promised, Recent
from ui.i18n.errors import TEXTS
from ui.words import DOSSIER_STATES, dong

NAMES_SHOWN, NAME_SHOWN = 3, 60


CASE_FIRST = Promised(
    "Chưa rõ", "Chọn trường hợp để có ngày hẹn", "Ngày hẹn và lệ phí tùy trường hợp.", "", known=False
)


def promised(procedure: Procedure, due: Due | None, answer: FeeAnswer, case: str = "") -> Promised:
    """What the promise card says."""
    fee = fee_words(answer)
    if due is None:
        option = procedure.option(Channel.COUNTER, case)
        words = option.term.verbatim if option else ""
        return Promised("Chưa rõ", "Thời hạn cần cán bộ xác định", words, fee, known=False)
    at = due.due_at.astimezone(OFFICE_ZONE)
    return Promised(f"{at:%H:%M}", f"{WEEKDAYS[at.weekday()]}, {at:%d/%m/%Y}", _sentence(due_reason(due)), fee)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def fee_words(answer: FeeAnswer) -> str:
    """The amount; while something must be counted or decided, what that is."""
    if answer.total is None:
        return f"Cần {answer.asks[0]}" if answer.asks else "Chưa rõ"
    return dong(answer.total) if answer.total else "Không thu"


def named(names: Sequence[str]) -> str:
    """A few names, short; a notice must not push the papers off the screen, and the list shows them all anyway."""
    shown = [name if len(name) <= NAME_SHOWN else name[:NAME_SHOWN].rstrip() + "…" for name in names[:NAMES_SHOWN]]
    more = len(names) - len(shown)
    return "; ".join(shown) + (f"; và {more} giấy tờ khác" if more else "")


def recent_of(dossier: Dossier, jobs: Sequence[Job], *, training: bool = False) -> Recent:
    """A line of the list. jobs: the dossier's own that are not done; training: none of them is ever sent."""
    refused = next((j for j in jobs if j.state is JobState.REJECTED), None)
    tone, words = ("", "Tập huấn, không gửi") if training else _province(dossier, jobs)
    return Recent(
        dossier.key,
        dossier.code or "",
        dossier.owner.full_name,
        dossier.procedure_name,
        DOSSIER_STATES[dossier.state],
        tone,
        words,
        reason_words(refused.error) if refused else "",
        refused.id if refused else 0,
    )


def _province(dossier: Dossier, jobs: Sequence[Job]) -> tuple[str, str]:
    match exchange_of(dossier.received_at is not None, dossier.state_secret, jobs):
        case ExchangeState.REJECTED:
            return "bad", "Tỉnh từ chối"
        case ExchangeState.LOCAL:
            return "", "Tại xã"
        case ExchangeState.WAITING:
            return "info", "Chờ gửi tỉnh"
        case _:
            return "good", dossier.province_state or "Tỉnh đã nhận"


def reason_words(error: str) -> str:
    """A job's kept error, "code: reason", as a sentence with what to do."""
    code, _, reason = error.partition(": ")
    text = TEXTS.get(code, TEXTS["sync.rejected"])
    words = defaultdict(lambda: "?", reason=reason)
    return f"{text.message.format_map(words)} Bấm Enter để gửi lại."


def paused(pause: Pause) -> str:
    """Why a counter is closed, and until when."""
    return f"{pause.reason}, trở lại {pause.until:%H:%M}" if pause.until else pause.reason
