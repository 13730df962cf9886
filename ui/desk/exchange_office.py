"""What the panel of the exchange reads and does in an opened office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import Clock
from kiosk.domain.conflict import Conflict
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Actor
from kiosk.domain.job import JobState
from kiosk.domain.person import masked_name
from kiosk.services import exchange
from kiosk.services.exchange_ports import Reply
from kiosk.services.exchange_view import Lane, Overview, overview
from ui.app import OpenedOffice
from ui.desk.exchange_presenter import AGAIN, MEND, OPEN, SEEN, SEND, Standing
from ui.desk.list_model import Line
from ui.exchange_words import conflict_words, line_words, load_words, moment, reply_words, span, stream_of, why_of

JOB, CONFLICT, SENT = "job:", "conflict:", "sent:"
SENT_SHOWN, REPLIES = 12, 6


@dataclass(frozen=True)
class LiveExchange:
    office: OpenedOffice
    actor: Actor
    clock: Clock

    def standing(self) -> Standing:
        now = self.clock()
        with self.office.reads() as look:
            seen = overview(look, now)
            open_keys = {lane.key for lane in seen.lanes}
            sent = [d for d in look.dossiers.recent(SENT_SHOWN) if d.external_codes and d.key not in open_keys]
            owners = {c.dossier_key: look.dossiers.get(c.dossier_key) for c in seen.conflicts}
            told = {lane.key: _told(look.exchange.replies(lane.key)) for lane in seen.lanes[:REPLIES]}
        lines = [_of_conflict(c, owners[c.dossier_key]) for c in seen.conflicts]
        lines += [_of_lane(lane, now, told.get(lane.key, ())) for lane in seen.lanes]
        lines += [_of_sent(d) for d in sent]
        tone, words = line_words(seen, now)
        return Standing(tone, words, _load(seen), lines)

    def send(self, line: Line) -> str:
        job = exchange.resend(self.office.units(), _number(line, JOB), actor=self.actor, now=self.clock())
        if job.state in (JobState.DONE, JobState.LEASED):
            return "Mục này đã gửi hoặc đang được gửi: không gửi thêm lần nữa."
        return "Đã xếp hàng gửi ngay."

    def send_again(self, line: Line, reason: str) -> str:
        key = self.key_of(line)
        if exchange.send_again(self.office.units(), key, reason, actor=self.actor, now=self.clock()):
            return "Hồ sơ sẽ được gửi lại, đúng mã cũ."
        return "Hồ sơ này đã chờ gửi sẵn."

    def note_seen(self, line: Line) -> str:
        with self.office.units() as uow:
            uow.exchange.note_seen(_number(line, CONFLICT), self.actor.officer, self.clock())
            uow.commit()
        return "Đã ghi là đã xem."

    def key_of(self, line: Line) -> str:
        return line.id.rpartition("/")[2]


def _load(seen: Overview) -> str:
    words = load_words(seen.waiting, seen.rejected, seen.oldest_s, seen.empty_in_s)
    return f"{words} · {len(seen.conflicts)} điều khác với tỉnh" if seen.conflicts else words


def _number(line: Line, kind: str) -> int:
    return int(line.id.removeprefix(kind).partition("/")[0])


def _whose(dossier: Dossier | None, key: str) -> str:
    return f"{key} · {masked_name(dossier.owner.full_name)}" if dossier else f"Trực tuyến {key}"


def _of_lane(lane: Lane, now: datetime, told: tuple[tuple[str, str], ...]) -> Line:
    job, dossier = lane.job, lane.dossier
    message, fix = why_of(job)
    age = span((now - job.created_at).total_seconds()) if job.created_at else "?"
    state = "bị từ chối" if lane.is_rejected else "chờ"
    behind = f", thêm {lane.behind} mục sau" if lane.behind else ""
    acts = (SEND, OPEN, MEND) if dossier is not None else (SEND,)
    facts = [("Mục", f"{stream_of(job)}{behind}"), ("Đã chờ", f"{age}, thử {job.attempts} lần")]
    if lane.next_try is not None:
        soon = (lane.next_try - now).total_seconds()
        facts.append(("Thử lại", f"sau {span(soon)}" if soon > 0 else "ngay lượt tới"))
    if dossier is not None:
        facts.append(("Thủ tục", dossier.procedure_name))
    return Line(
        f"{JOB}{job.id}/{lane.key}",
        _whose(dossier, lane.key),
        f"{stream_of(job)} · {state} {age}{behind}",
        f"{message} {fix}".strip(),
        acts,
        (*facts, *told),
        "bad" if lane.is_rejected else "warn" if job.error else "info",
    )


def _told(replies: Sequence[Reply]) -> tuple[tuple[str, str], ...]:
    """The last answers, newest first."""
    return tuple((moment(r.at), reply_words(r)) for r in reversed(replies[-REPLIES:]))


def _of_conflict(conflict: Conflict, dossier: Dossier) -> Line:
    message, fix = conflict_words(conflict)
    facts = (("Tỉnh nói lúc", moment(conflict.told_at)), ("Kết nối", conflict.connection))
    return Line(
        f"{CONFLICT}{conflict.id}/{dossier.key}",
        _whose(dossier, dossier.key),
        "khác với tỉnh · chưa xem",
        f"{message} {fix}",
        (SEEN, OPEN, MEND),
        facts,
        "bad",
    )


def _of_sent(dossier: Dossier) -> Line:
    codes = ", ".join(dict.fromkeys([*([dossier.code] if dossier.code else []), *dossier.external_codes]))
    said = f"Tỉnh: {dossier.province_state}." if dossier.province_state else "Tỉnh chưa báo trạng thái."
    why = f"Tỉnh đã nhận đủ. {said} Lịch sử từng lần gửi ở trong hồ sơ (phím M)."
    facts = (("Mã ở tỉnh", codes), ("Thủ tục", dossier.procedure_name))
    return Line(f"{SENT}0/{dossier.key}", _whose(dossier, dossier.key), "đã gửi đủ", why, (AGAIN, OPEN), facts, "good")
