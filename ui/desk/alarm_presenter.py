"""Terms that end, opinions that are late, results nobody was told of: said each morning and when more come, listed by
key; the chosen one opens. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from kiosk.clock import OFFICE_ZONE, Clock, business_day
from kiosk.services.alarms import KIND_WORDS, TO_DO, Alarm, AlarmKind, counts
from ui.desk.model import Choice
from ui.tasks import Problem, Run, no_matter

LOOK_EACH = timedelta(minutes=5)
TITLE = "Hồ sơ sắp hết hạn, quá hạn, chờ báo: chọn để mở"
FIX = "Bấm Ctrl+Shift+L để xem và mở."
LISTED = 20


class AlarmOffice(Protocol):
    def alarms(self) -> Sequence[Alarm]:
        """Of the whole office, the most pressing first; off the UI thread. Raises: KioskError."""

    def name_of(self, officer: str) -> str: ...


class AlarmView(Protocol):
    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None: ...


class AlarmPresenter:
    """officer: whose own dossiers are said; the list has everybody's, the own ones first. open_dossier: by its key."""

    def __init__(
        self,
        view: AlarmView,
        office: AlarmOffice,
        run: Run,
        clock: Clock,
        officer: str,
        open_dossier: Callable[[str], None],
    ) -> None:
        self._view, self._office, self._run, self._clock = view, office, run, clock
        self._officer, self._open = officer, open_dossier
        self._looked_at: datetime | None = None
        self._day: date | None = None
        self._told: set[tuple[AlarmKind, str]] = set()

    def on_list(self) -> None:
        self._run(self._office.alarms, self._ask, self._view.show_problem)

    def _ask(self, found: Sequence[Alarm]) -> None:
        if not found:
            self._view.say("info", "Không có hồ sơ nào sắp hết hạn, quá hạn hay chờ báo.", "")
            return
        mine_first = sorted(found, key=lambda a: a.officer != self._officer)
        title = TITLE if len(found) <= LISTED else f"{TITLE} ({LISTED} việc gấp nhất trong {len(found)})"
        listed = [Choice(f"{a.kind.value}:{a.key}", self._words(a)) for a in mine_first[:LISTED]]
        self._view.ask("alarms", title, listed)

    def _words(self, one: Alarm) -> str:
        """How pressing it is first: a narrow list cuts the end."""
        whose = "" if one.officer == self._officer else f" · {self._office.name_of(one.officer)}"
        what = f" · {one.what}" if one.what else ""
        at = f"{one.at.astimezone(OFFICE_ZONE):%d/%m}"
        is_term = one.kind in (AlarmKind.LATE, AlarmKind.ENDS)
        why = f"{one.words[:1].upper()}{one.words[1:]} ({at})" if is_term else f"{KIND_WORDS[one.kind]}, {one.words}"
        return f"{why} · {one.owner} · {one.procedure}{what}{whose}"

    def on_chosen(self, act: str, choice: str, _setting: str) -> None:
        if act == "alarms":
            self._open(choice.partition(":")[2])

    def on_news(self, _seq: int) -> None:
        """Also called by heartbeats."""
        now = self._clock()
        if self._looked_at is None or abs(now - self._looked_at) >= LOOK_EACH:
            self._looked_at = now
            self._run(self._office.alarms, self._tell, no_matter)

    def _tell(self, found: Sequence[Alarm]) -> None:
        """What is new since it was last said; on another day everything is new."""
        today = business_day(self._clock())
        if today != self._day:
            self._day, self._told = today, set()
        mine = [a for a in found if a.officer == self._officer]
        new = [a for a in mine if (a.kind, a.key) not in self._told]
        self._told |= {(a.kind, a.key) for a in new}
        if new:
            bad = any(a.kind in (AlarmKind.LATE, AlarmKind.STEP) for a in mine)
            self._view.say("bad" if bad else "warn", told_words(mine), f"{_at_the_desk(new[0].kind)} {FIX}")


def _at_the_desk(kind: AlarmKind) -> str:
    """What to do, without the commands."""
    return re.sub(r" \(motcua [^)]*\)", "", TO_DO[kind])


def told_words(found: Sequence[Alarm]) -> str:
    """ "Hồ sơ của bạn: 1 quá hạn, 3 sắp hết hạn." """
    parts = [f"{n} {KIND_WORDS[kind][:1].lower()}{KIND_WORDS[kind][1:]}" for kind, n in counts(list(found)).items()]
    return f"Hồ sơ của bạn: {'; '.join(parts)}."
