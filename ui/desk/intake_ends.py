"""How an intake ends: received, solved at once, sent back for a supplement, refused. A part of the intake; no Qt."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from ui.desk.faults_presenter import FaultsPresenter
from ui.desk.intake_view import IntakeStore, IntakeView
from ui.desk.known_presenter import HELD_ACT, KnownPresenter
from ui.desk.model import Saved
from ui.desk.page_doubts import doubtful_pages
from ui.desk.reasons import REFUSAL_REASONS, SUPPLEMENT_REASONS
from ui.desk.work import Work
from ui.tasks import Problem, Run


class IntakeEnds(ABC):
    """What `IntakePresenter` does with `work` when it is complete, or will not be."""

    work: Work
    known: KnownPresenter

    def __init__(self, view: IntakeView, office: IntakeStore, run: Run) -> None:
        self._view, self._office, self._run = view, office, run
        self.faults = FaultsPresenter(view, lambda: self.work)
        self._reason_act = ""
        self._busy_act = ""

    @abstractmethod
    def _papers_changed(self) -> None: ...

    @abstractmethod
    def _after(self, saved: Saved) -> None:
        """A dossier is in the store: the desk is cleared for the next."""

    @property
    def is_ending(self) -> bool:
        """It is being received, sent back or refused."""
        return bool(self._busy_act)

    def on_receive(self) -> None:
        """Ctrl+Enter: receive, or, with the reason panel open, what the panel is for."""
        if self.is_complete():
            intake = self.work.intake()
            self.end("receive", lambda: self._office.receive(intake))

    def is_complete(self) -> bool:
        """Whether nothing stands in the way of taking it in; else that is on the screen."""
        if self.faults.stop(papers=True):
            return False
        if (taken := self.known.unexplained()) is not None:
            self.known.needs_reason(*taken)
            return False
        if (doubt := doubtful_pages(self.work)) and not self.work.loose_told:
            self.work.loose_told = True
            self._view.say("warn", *doubt)
            self._view.focus("papers")
            return False
        return True

    def on_supplement(self) -> None:
        if not self.faults.stop(papers=False):
            self._open_reasons("supplement", SUPPLEMENT_REASONS)

    def on_refuse(self) -> None:
        if not self.faults.stop(papers=False):
            self._open_reasons("refuse", REFUSAL_REASONS)

    def on_reason(self, reason: str) -> None:
        """The reason panel was confirmed."""
        act = self._reason_act
        if not reason.strip():
            self._view.say("bad", "Chưa ghi lý do.", "Chọn một lý do trong danh sách hoặc gõ thêm.")
            return
        if act == HELD_ACT:
            self.known.on_reason(reason)
            self._close_reasons()
            self._papers_changed()
            self._view.focus("papers")
            return
        intake = self.work.intake()
        end = {"supplement": self._office.supplement, "refuse": self._office.refuse}[act]
        self.end(act, lambda: end(intake, reason))

    def _open_reasons(self, act: str, reasons: Sequence[str]) -> None:
        self._reason_act = act
        self._view.show_reasons(act, reasons)

    def _close_reasons(self) -> None:
        self._reason_act = ""
        self._view.show_reasons("", ())

    def end(self, act: str, end: Callable[[], Saved]) -> None:
        if self._busy_act:
            return
        self._busy_act = act
        self._view.set_busy(act, True)
        self._run(end, self._ended, self._end_failed)

    def _ended(self, saved: Saved) -> None:
        self._view.set_busy(self._busy_act, False)
        self._busy_act = ""
        self._close_reasons()
        self._after(saved)

    def _end_failed(self, problem: Problem) -> None:
        self._view.set_busy(self._busy_act, False)
        self._busy_act = ""
        self._view.show_problem(problem)
