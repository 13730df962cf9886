"""Watches hot folders while the desk is open: what arrives becomes pages of the dossier on the screen. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ui.desk.pages_presenter import PagesPresenter
from ui.tasks import Problem, Run

AWAY = "device.offline.folder"


class InboxView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...


class InboxOffice(Protocol):
    """Off the UI thread; what `arrived` gives is handed to `take` as it is. Raises: KioskError."""

    def arrived(self) -> Sequence[Any]: ...

    def take(self, draft_key: str, arrived: Sequence[Any]) -> int: ...


class InboxPresenter:
    """look: a lane of its own, because a share that is away can keep it waiting."""

    def __init__(self, view: InboxView, office: InboxOffice, look: Run, pages: PagesPresenter) -> None:
        self._view, self._office, self._look, self._pages = view, office, look, pages
        self._is_looking = False
        self._trouble = ""

    def on_tick(self) -> None:
        """Look, unless a look or a scan is under way: a file that is being taken would look like an interrupted one."""
        if not self._is_looking and not self._pages.scanning:
            self._is_looking = True
            self._look(self._office.arrived, self._found, self._failed_to_look)

    def _found(self, arrived: Sequence[Any]) -> None:
        self._is_looking = False
        if self._trouble == AWAY:
            self._view.say("info", "Đã thấy lại thư mục quét.", "Tệp quét trong lúc mất kết nối được lấy ngay bây giờ.")
        self._trouble = ""
        if arrived and not self._pages.scanning:
            self._pages.on_arrived(lambda key: self._office.take(key, arrived), self._told)

    def _failed_to_look(self, problem: Problem) -> None:
        self._is_looking = False
        self._told(problem)

    def _told(self, problem: Problem) -> None:
        """Once, not every two seconds: the officer works on meanwhile, and the look is repeated."""
        if problem.code != self._trouble:
            self._trouble = problem.code
            self._view.show_problem(problem)
