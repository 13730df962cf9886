"""Marks the intake on the screen as a state secret: from then on nothing of it is scanned, nothing is sent. No Qt.

Source: docs/legal.md#state-secret
"""

from __future__ import annotations

from typing import Protocol

from ui.desk.work import Work

MARKED = "Hồ sơ có bí mật nhà nước: không quét, không gửi qua mạng."
MARKED_FIX = "Nhận hồ sơ giấy, chuyển theo đường văn thư mật. Chọn lại lệnh này để bỏ đánh dấu."
CLEARED = "Đã bỏ đánh dấu bí mật nhà nước; hồ sơ được quét và gửi như thường."
SCANNED = "Hồ sơ đã có trang quét nên không đánh dấu bí mật nhà nước được."
SCANNED_FIX = "Lập hồ sơ mới (Ctrl+N) và đánh dấu trước khi quét; báo quản trị về các trang đã quét."


class SecretView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...


class CurrentIntake(Protocol):
    work: Work

    @property
    def is_ending(self) -> bool: ...

    def save(self) -> None: ...


class SecretPresenter:
    def __init__(self, view: SecretView, intake: CurrentIntake) -> None:
        self._view, self._intake = view, intake

    def on_key(self) -> None:
        """The mark is in the draft before the next page could come: the scanner's side reads it there."""
        work = self._intake.work
        if self._intake.is_ending:
            return
        if work.pages and not work.state_secret:
            self._view.say("bad", SCANNED, SCANNED_FIX)
            return
        work.state_secret, work.changed = not work.state_secret, True
        self._intake.save()
        if work.state_secret:
            self._view.say("warn", MARKED, MARKED_FIX)
        else:
            self._view.say("info", CLEARED, "")
