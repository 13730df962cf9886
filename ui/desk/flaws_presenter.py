"""Pages that the quality gate stopped at: told at once, one key to go there, to scan again, to take them all the same.

No Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from ui.desk.model import PageThumb
from ui.desk.work import Work
from ui.tasks import Lanes, Problem

KEYS = "Bấm L đến trang đó, Q quét lại, V vẫn dùng."


class FlawsView(Protocol):
    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...


class FlawsOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def scan_again(self, draft_key: str, page_id: str) -> int:
        """Feed one side in place of a page, which is kept but left out; what follows it in the feeder is kept behind
        the others. Returns how many sides came."""

    def accept(self, page_id: str) -> None: ...


class Strip(Protocol):
    """What the pages' presenter does for this one."""

    def on_page(self, index: int) -> None: ...

    def show(self) -> None: ...

    def capture_again(self, capture: Callable[[str], int]) -> None: ...


class FlawsPresenter:
    """work: what is on the screen now."""

    def __init__(
        self, view: FlawsView, office: FlawsOffice, lanes: Lanes, work: Callable[[], Work], strip: Strip
    ) -> None:
        self._view, self._office, self._lanes, self._work, self._strip = view, office, lanes, work, strip
        self._told: set[str] = set()
        self.replaced: set[str] = set()  # the store decides whether these are left out: the feeder may have been empty

    def tell(self) -> None:
        """Say what is wrong with pages that came since; each page once."""
        work = self._work()
        new = [i for i in work.flawed() if work.pages[i][0].id not in self._told]
        if not new:
            return
        thumbs = [work.pages[i][0] for i in new]
        self._told |= {thumb.id for thumb in thumbs}
        more = f" Và {len(thumbs) - 1} trang khác." if len(thumbs) > 1 else ""
        self._view.say("warn", _sentence(thumbs[0]) + more, KEYS)

    def on_key(self, act: str) -> None:
        """act: of `actions.GATE_LETTERS`."""
        {"next": self.on_next, "again": self.on_again, "accept": self.on_accept}[act]()

    def on_next(self) -> None:
        """Go to the next page with a finding, past the last one to the first."""
        work = self._work()
        flawed = work.flawed()
        if not flawed:
            self._view.say("info", "Không có trang nào cần quét lại.", "")
            return
        self._strip.on_page(next((i for i in flawed if i > work.current_page), flawed[0]))
        self._strip.show()
        self._view.say("warn", _sentence(work.pages[work.current_page][0]), "Bấm Q quét lại, V vẫn dùng, L trang sau.")

    def on_again(self) -> None:
        """Scan the current page again in its place, whatever is wrong with it."""
        work = self._work()
        if work.pages:
            page = work.pages[work.current_page][0]
            self.replaced.add(page.id)
            self._strip.capture_again(lambda key: self._office.scan_again(key, page.id))

    def on_accept(self) -> None:
        """Take the current page as it is; the log keeps who did."""
        work = self._work()
        if not work.pages or not work.pages[work.current_page][0].findings:
            return
        thumb, code = work.pages[work.current_page]
        work.pages[work.current_page] = (replace(thumb, findings=()), code)
        self._strip.show()
        self._lanes.act(lambda: self._office.accept(thumb.id), lambda _: None, self._view.show_problem)


def _sentence(page: PageThumb) -> str:
    return f"Trang {page.number}: " + " ".join(f.words for f in page.findings)
