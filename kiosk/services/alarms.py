"""What must not be overlooked today: terms that end, opinions that are late, results that nobody told the citizen of.

Nothing here changes anything. Source: docs/legal.md#apology, #consultation, #no-result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.clock import business_day
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.days_left import days_left, left_words
from kiosk.domain.dossier import Dossier
from kiosk.domain.life import DossierState
from kiosk.domain.tracks import HandOverState
from kiosk.services.ports import UnitOfWork
from kiosk.services.reception import Desk

BATCH = 500
MOST_RESULTS = 1000


class AlarmKind(StrEnum):
    """LATE: the promise is past; ENDS: within one working day (`domain.limits`), so that an explanation and an apology
    are still in time; STEP: a step of a linked procedure; OPINION: another agency has not answered by its day; UNTOLD:
    a result is there and the citizen was not told."""

    LATE = "late"
    ENDS = "ends"
    STEP = "step"
    OPINION = "opinion"
    UNTOLD = "untold"


ORDER = {kind: n for n, kind in enumerate(AlarmKind)}
KIND_WORDS = {
    AlarmKind.LATE: "Quá hạn",
    AlarmKind.ENDS: "Sắp hết hạn",
    AlarmKind.STEP: "Bước liên thông quá hạn",
    AlarmKind.OPINION: "Cơ quan được hỏi chưa trả lời",
    AlarmKind.UNTOLD: "Có kết quả, chưa báo người dân",
}
TO_DO = {
    AlarmKind.LATE: "Giải trình, xin lỗi và hẹn lại (motcua dossier extend), hoặc ghi kết quả.",
    AlarmKind.ENDS: "Xong trong hạn; nếu không kịp: giải trình, xin lỗi, hẹn lại ngay hôm nay, chỉ một lần.",
    AlarmKind.STEP: "Đôn đốc cơ quan của bước; ghi kết quả hoặc từ chối bước (motcua dossier step).",
    AlarmKind.OPINION: "Báo lãnh đạo bộ phận; đôn đốc cơ quan được hỏi, ghi trả lời (motcua dossier answer).",
    AlarmKind.UNTOLD: "Báo người dân ngay rồi ghi lại (motcua dossier notify).",
}


@dataclass(frozen=True)
class Alarm:
    """One thing to see to. officer: who took the dossier in; at: the end of the term, the day of the answer, or since
    when the result is there; words: how late, or how much is left; what: the step or the agency, "" else."""

    kind: AlarmKind
    key: str
    procedure: str
    owner: str
    officer: str
    at: datetime
    words: str
    what: str = ""


def alarms(look: UnitOfWork, desk: Desk, now: datetime, officer: str = "", *, batch: int = BATCH) -> list[Alarm]:
    """The most pressing first. officer: only of dossiers that this login took in. Reads only; inside a `with`."""
    found = [alarm for dossier in _on_clock(look, batch) for alarm in _of_term(desk, dossier, now)]
    found += [a for d in look.dossiers.ready(MOST_RESULTS) if (a := _untold(d)) is not None]
    return sorted((a for a in found if officer in ("", a.officer)), key=lambda a: (ORDER[a.kind], a.at, a.key))


def _on_clock(look: UnitOfWork, batch: int) -> Iterator[Dossier]:
    after = ""
    while dossiers := look.dossiers.on_clock(after, batch):
        yield from dossiers
        after = dossiers[-1].key


def _of_term(desk: Desk, dossier: Dossier, now: datetime) -> Iterator[Alarm]:
    calendar = desk.calendar(dossier.field_name)
    # Who waits for a payment has no end of the term: its clock stands.
    if dossier.due_at is not None and not dossier.clock.stands:
        kind = AlarmKind.LATE if now > dossier.due_at else AlarmKind.ENDS
        soon = desk.office.limits_on(business_day(now)).alarm_days
        if kind is AlarmKind.LATE or days_left(calendar, now, dossier.due_at) <= soon:
            yield _alarm(kind, dossier, dossier.due_at, left_words(calendar, now, dossier.due_at)[0])
    for record in dossier.steps:
        if record.due_at is not None and not record.is_done and now > record.due_at:
            field = desk.calendar(record.step.field)
            words = left_words(field, now, record.due_at)[0]
            yield _alarm(AlarmKind.STEP, dossier, record.due_at, words, f"{record.step.name}, {record.step.agency}")
    yield from _opinion(calendar, dossier, now)


def _opinion(calendar: WorkingCalendar, dossier: Dossier, now: datetime) -> Iterator[Alarm]:
    if dossier.state is not DossierState.CONSULTATION:
        return
    asked = dossier.consultations[-1]
    if business_day(now) > asked.until:
        until = now.replace(year=asked.until.year, month=asked.until.month, day=asked.until.day)
        words = f"hạn trả lời {asked.until:%d/%m/%Y}, {left_words(calendar, now, until)[0]}"
        yield _alarm(AlarmKind.OPINION, dossier, until, words, asked.agency)


def _untold(dossier: Dossier) -> Alarm | None:
    if dossier.handed is not HandOverState.READY or dossier.result is None:
        return None
    return _alarm(AlarmKind.UNTOLD, dossier, dossier.result.at, f"có từ {dossier.result.at:%H:%M %d/%m/%Y}")


def _alarm(kind: AlarmKind, dossier: Dossier, at: datetime, words: str, what: str = "") -> Alarm:
    names = dossier.procedure_name, dossier.owner.full_name
    return Alarm(kind, dossier.key, *names, dossier.officer, at, words, what)


def counts(found: list[Alarm]) -> dict[AlarmKind, int]:
    """How many of each kind, those of which there are none left out."""
    return {kind: n for kind in AlarmKind if (n := sum(a.kind is kind for a in found))}
