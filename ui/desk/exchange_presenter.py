"""The way to the province: what waits and why, what was refused, what differs; one key for each thing to do. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.desk.list_model import Act, Line, ListView
from ui.tasks import Problem, Run, no_matter

NAME = "Gửi lên tỉnh"
EMPTY = "Không có gì chờ gửi, không có gì bị từ chối."
SEND, OPEN, MEND, SEEN, AGAIN = "send", "open", "mend", "seen", "again"
ACTS = (
    Act(SEND, "Enter", "Gửi ngay"),
    Act(AGAIN, "G", "Gửi lại dù đã gửi", "Vì sao gửi lại hồ sơ đã gửi?"),
    Act(OPEN, "M", "Mở hồ sơ"),
    Act(MEND, "S", "Sửa hồ sơ"),
    Act(SEEN, "A", "Đã xem"),
)


@dataclass(frozen=True)
class Standing:
    """As a whole, and line by line."""

    tone: str
    words: str
    more: str
    lines: Sequence[Line]


class ExchangeOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def standing(self) -> Standing: ...

    def send(self, line: Line) -> str:
        """Returns what was done, in words."""

    def send_again(self, line: Line, reason: str) -> str: ...

    def note_seen(self, line: Line) -> str: ...

    def key_of(self, line: Line) -> str: ...


class ExchangePresenter:
    """open_dossier: by its key, and the act to begin there ("" for none)."""

    def __init__(
        self, view: ListView, office: ExchangeOffice, run: Run, open_dossier: Callable[[str, str], None], mend: str
    ) -> None:
        self._view, self._office, self._run, self._open, self._mend = view, office, run, open_dossier, mend
        self._is_looking = False

    def on_open(self) -> None:
        self._view.open()
        self._load()

    def on_tick(self) -> None:
        """While it stands open."""
        self._load()

    def on_act(self, act: str, line: Line, words: str = "") -> None:
        if act not in line.acts:
            return
        if act in (OPEN, MEND):
            self._view.close_panel()
            self._open(self._office.key_of(line), self._mend if act == MEND else "")
            return
        works: dict[str, Callable[[], str]] = {
            SEND: lambda: self._office.send(line),
            AGAIN: lambda: self._office.send_again(line, words),
            SEEN: lambda: self._office.note_seen(line),
        }
        self._run(works[act], self._done, self._failed)

    def _done(self, words: str) -> None:
        self._view.tell("good", words, "")
        self._load()

    def _failed(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
        self._load()

    def _load(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._run(self._office.standing, self._show, self._not_shown)

    def _show(self, standing: Standing) -> None:
        self._is_looking = False
        self._view.show_head(standing.tone, standing.words, standing.more)
        self._view.show_lines(standing.lines)

    def _not_shown(self, problem: Problem) -> None:
        self._is_looking = False
        no_matter(problem)
