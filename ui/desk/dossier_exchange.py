"""A dossier's exchange with the province in its panel: each answer as it came, and what differs. No Qt."""

from __future__ import annotations

from kiosk.services.exchange_ports import Reply
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_model import Fact, Section
from ui.exchange_words import conflict_words, moment, raw_words, reply_words

SHOWN = 12
TONES = {
    "done": "good",
    "exists": "good",
    "rejected": "bad",
    "unknown": "warn",
    "transient": "warn",
    "not_sent": "warn",
}
SENDING = "sending"


def exchange(_at: At, case: Case) -> Section:
    """Newest first; the whole of it: `motcua sync show`."""
    facts = [Fact("Khác với tỉnh", conflict_words(c)[0], "" if c.seen_at else "bad") for c in case.conflicts]
    told = [r for n, r in enumerate(case.replies) if not _is_answered(case.replies, n)]
    for reply in reversed(told[-SHOWN:]):
        raw = raw_words(reply)
        facts.append(
            Fact(moment(reply.at), reply_words(reply) + (f" · {raw}" if raw else ""), TONES.get(reply.outcome, ""))
        )
    if len(told) > SHOWN:
        facts.append(Fact("Trước đó", f"{len(told) - SHOWN} lần nữa, xem bằng motcua sync show {case.dossier.key}"))
    return Section("Trao đổi với tỉnh", tuple(facts))


def _is_answered(replies: tuple[Reply, ...], place: int) -> bool:
    """A note that something leaves says nothing once its answer is noted."""
    after = replies[place + 1 : place + 2]
    return replies[place].outcome == SENDING and bool(after) and after[0].operation == replies[place].operation
