"""Pages and files that could not be digested: listed with the reason, and settled by one key each. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.tasks import Problem, Run, no_matter

AGAIN, AS_IT_IS, LEAVE_OUT = "again", "as-it-is", "leave-out"
REASONS = (
    "Đã quét lại bằng trang khác",
    "Trang trắng hoặc thừa",
    "Không phải giấy tờ của hồ sơ",
    "Bản giấy được lưu thay",
)


@dataclass(frozen=True)
class StoppedRow:
    """One that stopped. id: for the office; title: which page or file; place: whose; why: what happened and what to do;
    acts: what can be done about it; png: the page, b"" where there is no picture."""

    id: str
    title: str
    place: str
    why: str
    acts: tuple[str, ...]
    png: bytes = b""


class StoppedView(Protocol):
    def open(self) -> None: ...

    def show_rows(self, rows: Sequence[StoppedRow]) -> None: ...

    def tell(self, tone: str, message: str, fix: str) -> None: ...


class StoppedOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def count(self) -> int: ...

    def rows(self) -> Sequence[StoppedRow]: ...

    def again(self, row: StoppedRow) -> None: ...

    def as_it_is(self, row: StoppedRow) -> None: ...

    def leave_out(self, row: StoppedRow, reason: str) -> None: ...


DONE = {
    AGAIN: "Đang xử lý lại.",
    AS_IT_IS: "Giữ nguyên ảnh của trang, không đọc chữ.",
    LEAVE_OUT: "Đã bỏ, ảnh gốc và lý do vẫn được lưu.",
}


class StoppedPresenter:
    """show_state: the chip on the desk; tone and words, both "" while nothing has stopped."""

    def __init__(
        self, view: StoppedView, office: StoppedOffice, run: Run, show_state: Callable[[str, str], None]
    ) -> None:
        self._view, self._office, self._run, self._show_state = view, office, run, show_state
        self._is_looking = False

    def on_tick(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._run(self._office.count, self._counted, self._not_counted)

    def _counted(self, count: int) -> None:
        self._is_looking = False
        self._show_state("bad" if count else "", f"{count} trang, tệp bị dừng · Ctrl+S" if count else "")

    def _not_counted(self, problem: Problem) -> None:
        self._is_looking = False
        no_matter(problem)

    def on_open(self) -> None:
        self._view.open()
        self._load()

    def on_act(self, act: str, row: StoppedRow, reason: str = "") -> None:
        """act: one of the row's own."""
        if act not in row.acts:
            return
        works: dict[str, Callable[[], None]] = {
            AGAIN: lambda: self._office.again(row),
            AS_IT_IS: lambda: self._office.as_it_is(row),
            LEAVE_OUT: lambda: self._office.leave_out(row, reason),
        }
        self._run(works[act], lambda _: self._settled(act), self._failed)

    def _settled(self, act: str) -> None:
        self._view.tell("good", DONE[act], "")
        self._load()

    def _failed(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
        self._load()

    def _load(self) -> None:
        self._run(self._office.rows, self._loaded, self._not_loaded)

    def _loaded(self, rows: Sequence[StoppedRow]) -> None:
        self._view.show_rows(rows)
        self._counted(len(rows))

    def _not_loaded(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
