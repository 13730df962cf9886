"""Pages of the intake: the scanner's stack, files, and which paper each page belongs to. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kiosk.domain.separator import MIXED
from ui.desk.flaws_presenter import FlawsOffice, FlawsPresenter
from ui.desk.model import WAITING, PageThumb, PaperRow
from ui.desk.stack_presenter import StackOffice, StackPresenter
from ui.desk.work import Work
from ui.tasks import Lanes, Problem, Run, ShowProblem, no_matter


class PagesView(Protocol):
    def show_papers(self, rows: Sequence[PaperRow]) -> None: ...

    def show_pages(self, pages: Sequence[PageThumb], current: int) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def set_busy(self, act: str, busy: bool) -> None: ...


class PagesOffice(FlawsOffice, StackOffice, Protocol):
    """Off the UI thread. Raises: KioskError."""

    def pages(self, draft_key: str) -> Sequence[tuple[PageThumb, str]]:
        """Pages with the code of their component; pictures included."""

    def scan(self, draft_key: str) -> int:
        """Feed the stack through the device, each page safe before the next; returns how many."""

    def scan_other(self, draft_key: str) -> int:
        """The same through the desk's second scanner, beside the first."""

    def import_files(self, draft_key: str, paths: Sequence[Path]) -> int: ...

    def assign(self, draft_key: str, number: int, component: str) -> None: ...

    def discard(self, page_id: str, discarded: bool) -> None: ...


class PagesPresenter:
    """work: what is on the screen now."""

    def __init__(self, view: PagesView, office: PagesOffice, lanes: Lanes, work: Callable[[], Work]) -> None:
        self._view, self._office, self._lanes, self._work = view, office, lanes, work
        self._running: list[Run] = []  # lanes on which a stack is under way: a scanner each
        self._is_loading = False
        self._by_hand = False  # the officer chose this page; new pages do not move the mark
        self._ahead: list[int] = []  # keys typed before their pages came
        self._stack_of = ""  # draft whose stack was begun here: what its separators say is then new
        self.flaws = FlawsPresenter(view, office, lanes, work, self)
        self.stacks = StackPresenter(view, office, lanes, work, lambda: self.scanning)
        self.ended: Callable[[], None] = lambda: None  # a stack or files are in: they may be in the office already

    @property
    def scanning(self) -> bool:
        return bool(self._running)

    def on_scan_other(self) -> None:
        """The second scanner, at the same time if the first is busy."""
        self._capture(self._office.scan_other, self._lanes.other or self._lanes.slow)

    def on_scan(self) -> None:
        """Feed the stack; pages show up as they become safe, and keys go on working."""
        self._capture(self._office.scan)

    def on_files(self, paths: Sequence[Path]) -> None:
        if paths:
            self._capture(lambda key: self._office.import_files(key, paths))

    def on_arrived(self, take: Callable[[str], int], failed: ShowProblem) -> None:
        """Files came into a hot folder: the same, but nobody asked for them, so the mark stays where it is."""
        if self.scanning:
            return

        def stopped(problem: Problem) -> None:
            self._ended(self._lanes.slow)
            failed(problem)

        self._begin(take, self._arrived, stopped, self._lanes.slow)

    def _arrived(self, count: int) -> None:
        self._ended(self._lanes.slow)
        if count:
            self._view.say("info", f"Đã nhận {count} trang từ thư mục quét.", "")

    def capture_again(self, capture: Callable[[str], int]) -> None:
        """A capture that the quality gate asked for, in place of a page."""
        self._capture(capture)

    def _capture(self, capture: Callable[[str], int], lane: Run | None = None) -> None:
        lane = lane or self._lanes.slow
        if any(one is lane for one in self._running):
            self._view.say("info", "Máy đang quét.", "Đợi quét xong tập giấy này.")
            return
        if not self.scanning:
            self._by_hand, self._ahead = False, []

        def captured(count: int) -> None:
            self._ended(lane)
            if count == 0:
                self._view.say("warn", "Máy quét không có giấy.", "Đặt giấy vào khay rồi bấm F8.")

        def failed(problem: Problem) -> None:
            self._ended(lane)
            self._view.show_problem(problem)

        self._begin(capture, captured, failed, lane)

    def _begin(
        self, capture: Callable[[str], int], done: Callable[[int], None], failed: ShowProblem, lane: Run
    ) -> None:
        self._running.append(lane)
        self._view.set_busy("scan", True)
        work = self._work()
        work.scanned = work.changed = True  # pages of a citizen not yet named must be found again after a power cut
        self._stack_of = key = work.key
        lane(lambda: capture(key), done, failed)

    def _ended(self, lane: Run) -> None:
        self._running = [one for one in self._running if one is not lane]
        self._view.set_busy("scan", self.scanning)
        self.load()
        self.ended()

    def on_progress_due(self) -> None:
        """Readings leave no word in the log: look while a page on the screen is still waiting for its own."""
        if not self._is_loading and any(t.reading == WAITING and not t.discarded for t, _code in self._work().pages):
            self._is_loading = True
            key = self._work().key
            self._lanes.look(lambda: self._office.pages(key), lambda pages: self._progressed(key, pages), self._not_now)

    def _progressed(self, key: str, pages: Sequence[tuple[PageThumb, str]]) -> None:
        self._is_loading = False
        self._take(key, pages)

    def _not_now(self, problem: Problem) -> None:
        self._is_loading = False
        no_matter(problem)

    def on_news(self) -> None:
        """Something happened in the office: a page may have become safe or been read."""
        if self.scanning or self._work().pages:
            self.load()

    def load(self) -> None:
        key = self._work().key
        self._lanes.look(lambda: self._office.pages(key), lambda pages: self._take(key, pages), no_matter)

    def _take(self, key: str, pages: Sequence[tuple[PageThumb, str]]) -> None:
        work = self._work()
        if key == work.key:
            # What the officer decided here is ahead of the store while its act is on the way.
            mine = {t.id: (t, code) for t, code in work.pages if t.id not in self.flaws.replaced}
            work.pages = [_merged(thumb, code, mine) for thumb, code in pages]
            if key == self._stack_of:
                self._note_sorted(work, [code for thumb, code in pages if thumb.id not in mine])
            self._advance(work)
            self.show()
            self.stacks.tell()
            self.flaws.tell()

    def _note_sorted(self, work: Work, codes: Sequence[str]) -> None:
        """Papers whose pages came behind their separators are there."""
        for component in work.components:
            if component.code in codes:
                work.note_brought(component)

    def _advance(self, work: Work) -> None:
        """Keys that came before their pages are used up; then the mark goes to the next page that needs a key."""
        while self._ahead and (loose := work.loose()):
            work.current_page = loose[0]
            self._give(work, self._ahead.pop(0))
        loose = work.loose()
        if loose and not self._by_hand and 0 <= work.current_page < len(work.pages):
            thumb, code = work.pages[work.current_page]
            if code or thumb.discarded or thumb.blank:
                work.current_page = loose[0]

    def show(self) -> None:
        work = self._work()
        work.current_page = max(0, min(work.current_page, len(work.pages) - 1))
        self._view.show_pages(work.thumbs(), work.current_page)
        self._view.show_papers(work.rows())

    def on_page(self, index: int) -> None:
        self._by_hand = True
        self._work().current_page = index

    def on_step(self, step: int) -> None:
        self._by_hand = True
        self._work().current_page += step
        self.show()

    def on_assign(self, number: int) -> None:
        """Give the current page to component `number`, note that paper as brought, and go to the next page.

        While the stack runs, a key for a page that is not there yet waits for it.
        """
        work = self._work()
        if not 1 <= number <= len(work.components):
            return
        if self.scanning and not work.loose() and not self._by_hand:
            self._ahead.append(number)
        elif work.pages:
            self._by_hand = False
            self._give(work, number)
            self.show()

    def _give(self, work: Work, number: int) -> None:
        component, index = work.components[number - 1], work.current_page
        thumb, _code = work.pages[index]
        work.pages[index] = (thumb, component.code)
        work.note_brought(component)
        work.current_page = work.next_loose(index)
        key = work.key
        self._act(lambda: self._office.assign(key, thumb.number, component.code))

    def on_discard(self) -> None:
        """Leave the current page out, or take it back, a side thought blank too; nothing is deleted."""
        work = self._work()
        if not work.pages:
            return
        thumb, code = work.pages[work.current_page]
        turned = replace(thumb, discarded=not (thumb.discarded or thumb.blank), blank=False)
        work.pages[work.current_page] = (turned, code)
        self.show()
        self._act(lambda: self._office.discard(turned.id, turned.discarded))

    def _act(self, act: Callable[[], None]) -> None:
        self._lanes.act(act, lambda _: None, self._view.show_problem)


def _merged(thumb: PageThumb, code: str, mine: Mapping[str, tuple[PageThumb, str]]) -> tuple[PageThumb, str]:
    known, own = mine.get(thumb.id, (thumb, code))
    if _is_doubted(thumb) and not _is_doubted(known):
        return thumb, code  # a separator turned out to be missing: the store took the page back
    return replace(thumb, discarded=known.discarded), own


def _is_doubted(thumb: PageThumb) -> bool:
    return any(finding.code == MIXED for finding in thumb.findings)
