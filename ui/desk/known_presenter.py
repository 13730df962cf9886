"""What the office has already: papers used again with one key, dossiers that repeat, an old number confirmed. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.services.intake_papers import TAKEN_IN, is_there
from kiosk.services.reception import PaperMark
from ui.desk.model import Known
from ui.desk.work import Work
from ui.tasks import Run, ShowProblem, no_matter

HELD_ACT = "held"
HELD_REASONS = (
    "Không tra được trong cơ sở dữ liệu",
    "Bản đang giữ bị mờ hoặc thiếu trang",
    "Thông tin trên bản đang giữ đã thay đổi",
    "Người dân tự nộp bản mới",
)


class KnownView(Protocol):
    def show_older(self, words: str) -> None:
        """An offer to join the dossiers under the old number; "" for none."""

    def say(self, tone: str, message: str, fix: str) -> None: ...


class KnownOffice(Protocol):
    def known(self, person: Person, procedure: Procedure, case: str, besides: str) -> Known: ...

    def link(self, person: Person) -> Person:
        """The dossiers under the old number are this person's too."""


class KnownPresenter:
    """shown: the papers are to be drawn again; ask: opens the reasons of an act."""

    def __init__(
        self,
        view: KnownView,
        office: KnownOffice,
        run: Run,
        work: Callable[[], Work],
        shown: Callable[[], None],
        ask: Callable[[str, tuple[str, ...]], None],
        show_problem: ShowProblem,
    ) -> None:
        self._view, self._office, self._run, self._work = view, office, run, work
        self._shown, self._ask, self._show_problem = shown, ask, show_problem
        self._asked: tuple[str, PaperState] | None = None
        self._told: tuple[str, ...] = ()
        self.pointed = ""  # key of the dossier that the last warning names

    def load(self) -> None:
        """Person, procedure or case are others now."""
        work = self._work()
        person, procedure, case, key = work.person, work.procedure, work.case, work.key
        if person is None or procedure is None:
            work.held, self.pointed, self._told = {}, "", ()
            self._view.show_older("")
            return

        def come(known: Known) -> None:
            now = self._work()
            if now.key == key and now.procedure is procedure and now.person == person:
                self._come(known, now)

        self._run(lambda: self._office.known(person, procedure, case, key), come, no_matter)

    def _come(self, known: Known, work: Work) -> None:
        work.held = known.held
        gone = [c for c, m in work.marks.items() if m.state is PaperState.HELD and c not in known.held]
        for code in gone:
            del work.marks[code]
        self._shown()
        self._view.show_older(
            f"Nối {known.older} hồ sơ mang số cũ {work.person.old_id_number}" if known.older and work.person else ""
        )
        names = tuple(same.words for same in known.same)
        self.pointed = known.same[0].key if known.same else ""
        if names and names != self._told:
            fix = "Bấm Ctrl+Y để mở hồ sơ ấy; nếu đúng là hồ sơ mới thì làm tiếp."
            self._view.say("warn", f"Có thể trùng: {'; '.join(names)}.", fix)
        self._told = names

    def on_link(self) -> None:
        """The officer confirms that the old number is this person's."""
        person = self._work().person
        if person is None or not person.old_id_number or person.linked_number == person.old_id_number:
            self._view.say("info", "Không có hồ sơ nào mang số cũ để nối.", "Quét thẻ căn cước có ghi số cũ.")
            return

        def linked(known: Person) -> None:
            work = self._work()
            if work.person is not None and work.person.key == known.key:
                work.person = replace(work.person, linked_number=known.linked_number)
            self._view.say("good", f"Đã nối hồ sơ mang số {known.linked_number} với người này.", "")
            self.load()

        self._run(lambda: self._office.link(person), linked, self._show_problem)

    # --- papers --------------------------------------------------------------------------------------------------

    def on_reuse(self, code: str) -> bool:
        """One key in the list of papers. Whether the mark is changed."""
        work = self._work()
        if code not in work.held:
            self._view.say("info", "Cơ quan chưa có giấy này của người dân.", "Ghi giấy đã nộp bằng phím C, S hoặc T.")
            return False
        work.marks[code] = replace(work.mark(code), state=PaperState.HELD, asked="")
        return True

    def needs_reason(self, code: str, state: PaperState) -> bool:
        """A paper that is there is taken in anyway: the reasons open, and the mark waits for one."""
        work = self._work()
        component = next((c for c in work.components if c.code == code), None)
        if component is None or state not in TAKEN_IN or work.mark(code).asked or not is_there(component, work.held):
            return False
        self._asked = (code, state)
        self._ask(HELD_ACT, HELD_REASONS)
        return True

    def on_reason(self, reason: str) -> None:
        if self._asked is not None:
            (code, state), self._asked = self._asked, None
            self._work().marks[code] = replace(self._work().mark(code), state=state, asked=reason.strip())

    def unexplained(self) -> tuple[str, PaperState] | None:
        """The first paper that was taken in although it is there, without a word why: a page was given to it."""
        work = self._work()
        for component in work.components:
            mark: PaperMark = work.mark(component.code)
            if mark.state in TAKEN_IN and not mark.asked and is_there(component, work.held):
                return component.code, mark.state
        return None
