"""Several dossiers of one citizen in one go: the next keeps the person and the number; one sheet for all. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4

from kiosk.domain.person import Person
from kiosk.domain.proxy import Proxy
from ui.desk.model import Choice, Saved
from ui.desk.work import Work
from ui.tasks import Run, ShowProblem

ACT, NEXT, PRINT = "group", "next", "print"


class GroupView(Protocol):
    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...


class GroupOffice(Protocol):
    def print_group(self, key: str) -> int:
        """One sheet of all dossiers that came together; how many there are. key: of the first."""


@dataclass(frozen=True)
class Visit:
    """Whose dossiers these are. keys: of the dossiers, the first one first."""

    person: Person
    submitter: Person | None
    proxy: Proxy | None
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.keys[0]


class GroupPresenter:
    """begin: lays another intake on the desk."""

    def __init__(
        self,
        view: GroupView,
        office: GroupOffice,
        run: Run,
        work: Callable[[], Work],
        begin: Callable[[Work], None],
        show_problem: ShowProblem,
        new_key: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._view, self._office, self._run = view, office, run
        self._work, self._begin, self._show_problem, self._new_key = work, begin, show_problem, new_key
        self.visit: Visit | None = None

    def note(self, saved: Saved) -> None:
        """A dossier was saved: the visit's next one, or the first of another visit."""
        work = self._work()
        if work.person is None:
            return
        before = self.visit.keys if self.visit is not None and work.group_key == self.visit.key else ()
        self.visit = Visit(work.person, work.submitter, work.proxy, (*(k for k in before if k != saved.key), saved.key))

    def forget(self) -> None:
        """Another citizen was called."""
        self.visit = None

    def on_key(self) -> None:
        visit = self.visit
        if visit is None:
            self._view.say("info", "Chưa có hồ sơ nào của người này.", "Tiếp nhận hồ sơ đầu (Ctrl+Enter), rồi bấm lại.")
        elif len(visit.keys) == 1:
            self._next(visit)
        else:
            count = len(visit.keys)
            choices = (
                Choice(NEXT, "Thêm hồ sơ của người này", usual=True),
                Choice(PRINT, f"In phiếu chung cho {count} hồ sơ"),
            )
            self._view.ask(ACT, f"{visit.person.full_name}: {count} hồ sơ đã nhận", choices)

    def on_chosen(self, act: str, choice: str, _setting: str) -> None:
        if act != ACT or self.visit is None:
            return
        visit = self.visit
        if choice == NEXT:
            self._next(visit)
        else:
            self._run(lambda: self._office.print_group(visit.key), self._printed, self._show_problem)

    def _printed(self, count: int) -> None:
        self._view.say("good", f"Đang in phiếu chung cho {count} hồ sơ.", "")

    def _next(self, visit: Visit) -> None:
        work = self._work().clean(self._new_key())
        work.person, work.submitter, work.proxy, work.group_key = visit.person, visit.submitter, visit.proxy, visit.key
        self._begin(work)
