"""Separator sheets at the desk, and papers that name somebody by a code: a card or a receipt among the pages. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from ui.desk.model import CardRead
from ui.desk.work import Work
from ui.tasks import Lanes, Problem, no_matter

ON_PAPER = frozenset({PaperState.ORIGINAL, PaperState.COPY, PaperState.CERTIFIED})
MRZ = "mrz"  # `Person.source` of a machine-readable zone
TAKE = "Bấm Ctrl+U để lấy vào hồ sơ đang làm."


class StackView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...


class StackOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def separators(self, draft_key: str, papers: Sequence[tuple[str, str]]) -> str:
        """Print a set, one sheet for each paper (code, name); returns the mark on its sheets."""

    def read_card(self, payload: str) -> CardRead: ...


class StackPresenter:
    """work: what is on the screen now; scanning: whether a stack is under way."""

    def __init__(
        self, view: StackView, office: StackOffice, lanes: Lanes, work: Callable[[], Work], scanning: Callable[[], bool]
    ) -> None:
        self._view, self._office, self._lanes, self._work, self._scanning = view, office, lanes, work, scanning
        self._told: set[object] = set()
        self._named: dict[tuple[str, str], str] = {}  # draft and number of those who were offered -> by which code
        self.offered = ""  # payload that one key takes over

    def on_print(self) -> None:
        """Sheets for the papers that are here; for all that are required while none is marked."""
        work = self._work()
        here = [c for c in work.components if work.mark(c.code).state in ON_PAPER]
        papers = [(c.code, c.name) for c in here or work.components if here or c.required]
        if not papers:
            self._view.say("bad", "Chưa chọn thủ tục nên chưa biết cần tờ ngăn nào.", "Chọn thủ tục rồi bấm Ctrl+I.")
            return
        key = work.key

        def printed(mark: str) -> None:
            words = f"Đang in {len(papers)} tờ ngăn, bộ {mark}."
            self._view.say("info", words, "Đặt mỗi tờ ngay trước giấy ghi trên tờ, xếp cả tập vào khay rồi bấm F8.")

        self._lanes.act(lambda: self._office.separators(key, papers), printed, self._view.show_problem)

    def tell(self) -> None:
        """What the pages that are there now ask for; each thing once."""
        self._tell_lost()
        work = self._work()
        for thumb, _code in work.pages:
            for payload in thumb.codes if not thumb.discarded else ():
                if self._is_new((thumb.id, payload)):
                    self._ask(thumb.number, payload)

    def _tell_lost(self) -> None:
        work = self._work()
        lost = work.lost_sheets()
        if lost and not self._scanning() and self._is_new((work.key, len(work.pages), tuple(lost))):
            numbers = ", ".join(map(str, lost))
            fix = "Quét tiếp nếu còn giấy; nếu đã hết, xem lại các trang trước khi gắn."
            self._view.say("warn", f"Chưa thấy tờ ngăn số {numbers}.", fix)

    def _ask(self, number: int, payload: str) -> None:
        key = self._work().key
        self._lanes.look(
            lambda: self._office.read_card(payload), lambda read: self._read(key, number, payload, read), no_matter
        )

    def _read(self, key: str, number: int, payload: str, read: CardRead) -> None:
        work, person = self._work(), read.person
        if key != work.key or person is None or not person.full_name or self._is_known(key, person):
            return
        if read.dossier_key:
            words = f"Trang {number} là giấy của hồ sơ {read.dossier_key}, {person.full_name}."
        elif work.person is None:
            words = f"Trang {number} là thẻ căn cước của {person.full_name}."
        elif work.person.id_number == person.id_number:
            return
        else:
            words = f"Trang {number} là thẻ của người khác: {person.full_name}."
        self.offered = payload
        self._view.say("info", words, TAKE)

    def _is_known(self, key: str, person: Person) -> bool:
        """Both sides of a card name the same person; the one without marks is not offered over the other."""
        before = self._named.get((key, person.id_number))
        if before is None or (before == MRZ and person.source != MRZ):
            self._named[key, person.id_number] = person.source
            return False
        return True

    def _is_new(self, thing: object) -> bool:
        before = len(self._told)
        self._told.add(thing)
        return len(self._told) > before
