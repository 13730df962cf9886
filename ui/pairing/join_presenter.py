"""The page on which a new machine is told the code: signs by touch, by keys or from a reader of QR codes. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.domain.pairing import ALPHABET, LENGTH, LIKELY, SEPARATORS, ConfusableSignError, ForeignSignError
from kiosk.errors import KioskError
from kiosk.pairing.bundle import Bundle
from kiosk.pairing.invitation import Invitation, read_invitation
from ui.pairing.words import explained
from ui.tasks import Problem, Run, problem_of

WAITING = "Đang tìm quầy và nhận cấu hình…"
SHORT = "Còn thiếu {n} ký tự."


class JoinView(Protocol):
    def show_code(self, signs: str) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def hide_notice(self) -> None: ...

    def set_busy(self, busy: bool) -> None: ...

    def show_done(self, lines: Sequence[str]) -> None: ...


class JoinPresenter:
    """join: becomes a station; raises KioskError and leaves nothing behind when it cannot."""

    def __init__(self, view: JoinView, join: Callable[[Invitation], Bundle], run: Run) -> None:
        self._view, self._join, self._run = view, join, run
        self._signs, self._busy = "", False

    def on_sign(self, sign: str) -> None:
        """One sign, as typed: any case; separators are passed over."""
        sign = sign.upper()
        if self._busy or sign in SEPARATORS or not sign:
            return
        if sign not in ALPHABET:
            likely = LIKELY.get(sign)
            wrong: KioskError = ConfusableSignError(sign=sign, likely=likely) if likely else ForeignSignError(sign=sign)
            self._fail(problem_of(wrong))
            return
        self._set((self._signs + sign)[:LENGTH])

    def on_erase(self) -> None:
        if not self._busy:
            self._set(self._signs[:-1])

    def on_clear(self) -> None:
        if not self._busy:
            self._set("")

    def on_go(self) -> None:
        if self._busy:
            return
        if len(self._signs) < LENGTH:
            self._view.say("info", SHORT.format(n=LENGTH - len(self._signs)), "Mã có ba nhóm bốn ký tự, hiện ở quầy.")
            return
        self._begin(Invitation(self._signs))

    def on_scan(self, text: str) -> None:
        """What a reader of QR codes typed."""
        if self._busy:
            return
        try:
            invitation = read_invitation(text)
        except KioskError as wrong:
            self._set("")
            self._fail(problem_of(wrong))
            return
        self._set(invitation.code)
        self._begin(invitation)

    def _set(self, signs: str) -> None:
        self._signs = signs
        self._view.hide_notice()
        self._view.show_code(signs)

    def _begin(self, invitation: Invitation) -> None:
        self._busy = True
        self._view.set_busy(True)
        self._view.say("info", WAITING, "")
        self._run(lambda: self._join(invitation), self._done, self._fail)

    def _done(self, bundle: Bundle) -> None:
        self._view.show_done(explained(bundle))

    def _fail(self, problem: Problem) -> None:
        self._busy = False
        self._view.set_busy(False)
        self._view.say("bad", problem.message, problem.fix)
