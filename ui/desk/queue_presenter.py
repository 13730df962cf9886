"""The left side of the desk: who is at the counter, who waits, and the five acts on a number. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar
from uuid import uuid4

from kiosk.domain.ticket import TicketState
from ui.desk.model import AtCounter, Choice, Queue, QueueOffice
from ui.tasks import Problem, Run, no_matter

T = TypeVar("T")

PLACES = (
    Choice("by-arrival", "Theo giờ đến"),
    Choice("next", "Gọi kế tiếp"),
    Choice("end", "Cuối hàng"),
)
REASONS = tuple(
    Choice(words, words) for words in ("Làm việc nội bộ", "Họp", "Lấy hồ sơ lưu trữ", "Nghỉ giải lao", "Sự cố máy móc")
)
RETURNS = (Choice("15", "15 phút"), Choice("30", "30 phút"), Choice("60", "1 giờ"), Choice("0", "Chưa rõ"))


class QueueView(Protocol):
    def show_queue(self, queue: Queue) -> None: ...

    def set_queue_busy(self, busy: bool) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None: ...


class QueuePresenter:
    """Every call has a command id, so a press that is repeated after a lost answer calls nobody twice."""

    def __init__(
        self,
        view: QueueView,
        office: QueueOffice,
        run: Run,
        called: Callable[[AtCounter], None] = lambda _: None,
        new_command: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._view, self._office, self._run, self._called = view, office, run, called
        self._new_command = new_command
        self._busy = self._told = False
        self._open_command = ""
        self._queue: Queue | None = None
        self.current: AtCounter | None = None
        self.done_with_current = False
        self.paused = False
        # Where the office's database is away: asks the officer for a number, or says that it need not.
        self.ask_number: Callable[[], bool] = lambda: False
        self.renamed: Callable[[AtCounter], None] = lambda _: None
        self.acted: Callable[[], None] = lambda: None  # an act of this counter is done, which may be taken back

    def refresh(self) -> None:
        """Read and show; never calls anybody. A failure is told once, until a reading works again."""
        self._run(self._office.queue, self._show, self._unread)

    def _unread(self, problem: Problem) -> None:
        if not self._told:
            self._told = True
            self._view.show_problem(problem)

    def _show(self, queue: Queue) -> None:
        self._told = False
        before, now = self.current, queue.current
        if before is not None and now is not None and before.key != now.key and before.label == now.label:
            self.renamed(now)  # the office has come to know a number that was called by its label
        elif before is not None and (now is None or now.key != before.key):
            self.done_with_current = False
        self._queue, self.current, self.paused = queue, queue.current, bool(queue.paused)
        self._view.show_queue(queue)

    def on_next(self) -> None:
        """The next citizen. A number whose dossier was settled is finished on the way."""
        if self.current is not None and not self.done_with_current:
            self._view.say(
                "warn",
                f"Quầy đang giữ số {self.current.label}.",
                "Bấm F7 khi đã xong, F4 nếu không có mặt, hoặc F5 để tạm hoãn.",
            )
            return
        if self.ask_number():
            return
        command = self._open_command or self._new_command()
        self._open_command = command
        finished = self.current.key if self.current is not None else None

        def work() -> AtCounter:
            if finished is not None:
                self._office.finish(finished)
            return self._office.call_next(command)

        self._start(work, self._next_called)

    def _next_called(self, at: AtCounter) -> None:
        self._open_command = ""
        self.done_with_current = False
        self.current = at
        if self._queue is not None:  # at once; who waits behind is read anew after it
            self._queue = replace(self._queue, current=at)
            self._view.show_queue(self._queue)
        self._called(at)

    def on_number(self, text: str) -> None:
        """Call the number that the officer named, as it was typed or scanned."""
        finished = self.current.key if self.current is not None and self.done_with_current else None

        def work() -> AtCounter:
            if finished is not None:
                self._office.finish(finished)
            return self._office.call_back(text)

        self._start(work, self._next_called)

    def on_call_back(self, key: str) -> None:
        """Call a number again that was set aside."""
        self._start(lambda: self._office.call_back(key), self._next_called)

    def on_recall(self) -> None:
        self._on_current(self._office.recall)

    def on_miss(self) -> None:
        self._on_current(self._office.miss)

    def on_park(self) -> None:
        self._on_current(self._office.park)

    def on_finish(self) -> None:
        self._on_current(self._office.finish)

    def on_transfer(self) -> None:
        """Ask where to; the number stays at the counter until that is said."""
        if self.current is None:
            self._view.say("info", "Quầy chưa gọi số nào.", "Bấm F2 để gọi số tiếp theo.")
            return
        at = self.current
        title = f"Chuyển số {at.label} đến"
        self._run(
            lambda: self._office.targets(at.group),
            lambda targets: self._view.ask("transfer", title, targets, "Chỗ trong hàng", PLACES),
            self._view.show_problem,
        )

    def on_pause(self) -> None:
        """Close the counter for a while, or open it again."""
        if self.paused:
            self._start(self._office.open_counter, lambda _: None)
        elif self.current is not None and not self.done_with_current:
            self._view.say("warn", f"Quầy đang giữ số {self.current.label}.", "Bấm F7 khi đã xong rồi mới tạm nghỉ.")
        else:
            self._view.ask("pause", "Tạm nghỉ quầy vì", REASONS, "Dự kiến trở lại sau", RETURNS)

    def on_chosen(self, act: str, choice: str, setting: str) -> None:
        if act == "pause":
            finished = self.current.key if self.current is not None and self.done_with_current else None
            self._start(lambda: self._pause(finished, choice, int(setting or 0)), lambda _: None)
        elif act == "transfer" and self.current is not None:
            key = self.current.key
            self._start(lambda: self._office.transfer(key, choice, setting), lambda _: None)

    def _pause(self, finished: str | None, reason: str, minutes: int) -> None:
        if finished is not None:
            self._office.finish(finished)
        self._office.pause(reason, minutes)

    def on_undo(self) -> None:
        """Take back this counter's last act, within ten seconds."""

        def undone(back: str) -> None:
            self.done_with_current = False
            self._view.say("info", f"Đã hoàn tác: số {back}.", "")

        self._start(self._office.undo, undone, is_undo=True)

    def citizen_is_here(self) -> None:
        """A card was laid down: the called citizen stands at the counter."""
        if self.current is not None and self.current.state is TicketState.CALLED:
            key = self.current.key
            self._run(lambda: self._office.serve(key), lambda _: self.refresh(), no_matter)

    def _on_current(self, act: Callable[[str], None]) -> None:
        if self.current is None:
            self._view.say("info", "Quầy chưa gọi số nào.", "Bấm F2 để gọi số tiếp theo.")
            return
        key = self.current.key
        self._start(lambda: act(key), lambda _: None)

    def _start(self, work: Callable[[], T], done: Callable[[T], None], *, is_undo: bool = False) -> None:
        if self._busy:
            return
        self._busy = True
        self._view.set_queue_busy(True)

        def ended(result: T) -> None:
            self._release()
            if not is_undo:
                self.acted()
            done(result)
            self.refresh()

        self._run(work, ended, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._release()
        self._open_command = ""
        self._view.show_problem(problem)
        self.refresh()

    def _release(self) -> None:
        self._busy = False
        self._view.set_queue_busy(False)
