"""Dossiers that citizens sent through the portal: a masked list by its eight-hour clock; opened, then accepted, sent
back or refused. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.desk.list_model import Act, Line, ListView
from ui.tasks import Problem, Run, no_matter

NAME = "Hồ sơ trực tuyến"
EMPTY = "Không có hồ sơ trực tuyến nào chờ tiếp nhận."
LOOK, ACCEPT, SUPPLEMENT, REFUSE = "look", "accept", "supplement", "refuse"
ACTS = (
    Act(LOOK, "Enter", "Xem giấy tờ"),
    Act(ACCEPT, "T", "Tiếp nhận"),
    Act(SUPPLEMENT, "B", "Yêu cầu bổ sung", "Cần bổ sung gì, vì sao? Công dân đọc được."),
    Act(REFUSE, "X", "Từ chối", "Vì sao từ chối? Công dân đọc được."),
)


@dataclass(frozen=True)
class InboxLook:
    """How many wait; urgent: their time ends within an hour, or has ended."""

    waiting: int = 0
    urgent: int = 0


class OnlineOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def count(self) -> InboxLook: ...

    def lines(self) -> Sequence[Line]: ...

    def look(self, line: Line) -> None:
        """Open it: its person and its list of papers are shown from now on."""

    def papers(self, line: Line) -> str:
        """Make its pages ready to look at, which may take seconds. Returns what was done, in words."""

    def accept(self, line: Line) -> str: ...

    def supplement(self, line: Line, reason: str) -> str: ...

    def refuse(self, line: Line, reason: str) -> str: ...


class OnlinePresenter:
    """show_state: the chip on the desk; tone and words, both "" while nothing waits."""

    def __init__(self, view: ListView, office: OnlineOffice, run: Run, show_state: Callable[[str, str], None]) -> None:
        self._view, self._office, self._run, self._show_state = view, office, run, show_state
        self._is_counting = False

    def on_tick(self) -> None:
        if not self._is_counting:
            self._is_counting = True
            self._run(self._office.count, self._counted, self._not_counted)

    def _counted(self, seen: InboxLook) -> None:
        self._is_counting = False
        words = f"{seen.waiting} hồ sơ trực tuyến" if seen.waiting else ""
        if seen.urgent:
            words += f", {seen.urgent} sắp quá 8 giờ"
        tone = "bad" if seen.urgent else "info" if seen.waiting else ""
        self._show_state(tone, f"{words} · Ctrl+Shift+O" if words else "")

    def _not_counted(self, problem: Problem) -> None:
        self._is_counting = False
        no_matter(problem)

    def on_open(self) -> None:
        self._view.open()
        self._load()

    def on_act(self, act: str, line: Line, words: str = "") -> None:
        if act not in line.acts:
            return
        if act == LOOK:
            self._run(lambda: self._office.look(line), lambda _: self._opened(line), self._failed)
            return
        works: dict[str, Callable[[], str]] = {
            ACCEPT: lambda: self._office.accept(line),
            SUPPLEMENT: lambda: self._office.supplement(line, words),
            REFUSE: lambda: self._office.refuse(line, words),
        }
        self._run(works[act], self._done, self._failed)

    def _opened(self, line: Line) -> None:
        """What it says can be read while its pages are made ready."""
        self._view.tell("info", "Đang chuẩn bị các trang giấy…", "")
        self._load()
        self._run(lambda: self._office.papers(line), self._done, self._failed)

    def _done(self, words: str) -> None:
        self._view.tell("good", words, "")
        self._load()

    def _failed(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
        self._load()

    def _load(self) -> None:
        self._run(self._office.lines, self._loaded, self._not_loaded)

    def _loaded(self, lines: Sequence[Line]) -> None:
        waiting = len(lines)
        self._view.show_head("info" if waiting else "", f"{waiting} chờ tiếp nhận" if waiting else "", "")
        self._view.show_lines(lines)
        self.on_tick()

    def _not_loaded(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
