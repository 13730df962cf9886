"""The left side of the desk: who is at the counter, who waits, and the five acts on a number. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import uuid4

from kiosk.domain.ticket import TicketState
from ui.desk.model import AtCounter, Queue, QueueOffice
from ui.tasks import Problem, Run, no_matter

T = TypeVar("T")


class QueueView(Protocol):
    def show_queue(self, queue: Queue) -> None: ...

    def set_queue_busy(self, busy: bool) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...


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
        self.current: AtCounter | None = None
        self.done_with_current = False

    def refresh(self) -> None:
        """Read and show; never calls anybody. A failure is told once, until a reading works again."""
        self._run(self._office.queue, self._show, self._unread)

    def _unread(self, problem: Problem) -> None:
        if not self._told:
            self._told = True
            self._view.show_problem(problem)

    def _show(self, queue: Queue) -> None:
        self._told = False
        if self.current is not None and (queue.current is None or queue.current.key != self.current.key):
            self.done_with_current = False
        self.current = queue.current
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
        self._called(at)

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

    def _start(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        if self._busy:
            return
        self._busy = True
        self._view.set_queue_busy(True)

        def ended(result: T) -> None:
            self._release()
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
