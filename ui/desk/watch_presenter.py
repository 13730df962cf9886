"""What the desk keeps an eye on: the way to the province, the last dossiers, the slip that is being printed. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ui.desk.model import Exchange, Recent, Saved, WatchOffice
from ui.exchange_words import span
from ui.tasks import Problem, Run, no_matter


class WatchView(Protocol):
    def show_recent(self, recent: Sequence[Recent]) -> None: ...

    def show_code(self, key: str, code: str) -> None:
        """The province gave its code to the dossier that was just saved."""

    def show_exchange(self, tone: str, words: str) -> None: ...

    def show_printing(self, tone: str, words: str) -> None: ...

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_problem(self, problem: Problem) -> None: ...


STUCK_S = 180  # the line is up and yet an entry waits so long: the background work stands still
PAPER_SLOW_LOOKS = 20  # heartbeats, about a second each


def exchange_words(exchange: Exchange) -> tuple[str, str]:
    """Tone and words of the indicator."""
    if exchange.is_training:
        return "", "Tập huấn: không gửi gì lên tỉnh"
    if exchange.rejected:
        return "bad", f"Tỉnh: {exchange.rejected} tin bị từ chối"
    if exchange.conflicts:
        return "bad", f"Tỉnh: {exchange.conflicts} điều khác với tỉnh"
    if exchange.waiting and exchange.line == "down":
        return "warn", f"Tỉnh: mất đường truyền, {exchange.waiting} tin chờ {span(exchange.oldest_s)}"
    if exchange.waiting and exchange.oldest_s > STUCK_S:
        return "warn", f"Tỉnh: {exchange.waiting} tin chờ quá {exchange.oldest_s // 60} phút, xem lại việc nền"
    if exchange.waiting:
        until = f", hết sau {span(exchange.empty_in_s)}" if exchange.empty_in_s is not None else ""
        return "info", f"Tỉnh: {exchange.waiting} tin chờ {span(exchange.oldest_s)}{until}"
    if exchange.line == "down":
        return "warn", "Tỉnh: mất đường truyền"
    if not exchange.sent:
        return "", "Tỉnh: chưa có gì cần gửi"
    return "good", f"Tỉnh: đã gửi đủ {exchange.sent} tin"


LOST = "Mất kết nối với dữ liệu của văn phòng."
LOST_FIX = "Việc trên màn hình vẫn còn. Kiểm tra mạng và máy chủ, rồi gọi người quản trị."

PRINT_WORDS = {
    "pending": ("info", "Đang in 2 bản{where}"),
    "slow": ("warn", "Chưa in. Xem lại {printer} và việc nền."),
    "printed": ("good", "Đã in{where}"),
    "failed": ("bad", "Chưa in được. Xem lại giấy và {printer}."),
}


class WatchPresenter:
    """Reads after each piece of news, at most one reading at a time; news during a reading is read afterwards."""

    def __init__(self, view: WatchView, office: WatchOffice, run: Run, paper_at: str = "") -> None:
        """paper_at: name of the machine that prints for this desk, "" where it prints itself."""
        self._view, self._office, self._run, self._paper_at = view, office, run, paper_at
        self._slip = self._saved_key = ""
        self._seq = -1
        self._looks, self._lost = 0, False
        self._known: Exchange | None = None
        self._asking = ""
        self._help_after = -1  # calls for help from before this window opened are old news

    def open(self) -> None:
        self._read()

    def on_news(self, seq: int) -> None:
        """Also called by heartbeats: only a longer log is read, but the printer and the line are asked each time."""
        if self._lost:
            self._lost = False
            self._view.say("good", "Đã kết nối lại với dữ liệu của văn phòng.", "")
        if seq != self._seq:
            self._seq = seq
            self._read()
        else:
            self._run(self._office.exchange, self._exchange, no_matter)
        if self._slip:
            self._ask_printer()

    def on_lost(self) -> None:
        """The store does not answer; said once, and taken back by the next piece of news."""
        if not self._lost:
            self._lost = True
            self._view.say("bad", LOST, LOST_FIX)

    def on_looked_at(self, recent: Recent) -> None:
        """The officer stands on a line of the list: a refusal's whole reason, which the line has no room for."""
        if recent.reason:
            self._view.say("bad", f"{recent.applicant}: {recent.reason}", "")

    def on_saved(self, saved: Saved) -> None:
        self._slip, self._saved_key, self._looks = saved.slip, saved.key, 0
        if saved.slip:
            self._show_printing("pending")
        else:
            self._view.show_printing("", "")
        self._read()

    def on_resend(self, job: int) -> None:
        """Send a refused entry again, after it was mended."""
        self._run(lambda: self._office.resend(job), lambda _: self._resent(), self._view.show_problem)

    def _resent(self) -> None:
        self._view.say("good", "Đã xếp hàng gửi lại lên tỉnh.", "")
        self._read()

    def _read(self) -> None:
        self._run(self._office.recent, self._recent, no_matter)
        self._run(self._office.exchange, self._exchange, no_matter)
        after = self._help_after
        self._run(lambda: self._office.help_asked(after), self._help, no_matter)

    def _help(self, asked: tuple[int, str]) -> None:
        self._help_after, station = asked
        if station:
            self._asking = station
            self._view.say("info", f"Người dân cần hỗ trợ tại {station}.", "Ra giúp: bấm Ctrl+K để báo đang đến.")

    def on_coming(self) -> None:
        """The officer goes to the kiosk that asked last; its screen says so."""
        station, self._asking = self._asking, ""
        if not station:
            self._view.say("info", "Không có ai đang gọi ở máy lấy số.", "")
            return
        self._run(
            lambda: self._office.answer_help(station), lambda _: self._told_coming(station), self._view.show_problem
        )

    def _told_coming(self, station: str) -> None:
        self._view.say("good", f"Màn hình {station} đã báo cán bộ đang đến.", "")

    def _recent(self, recent: Sequence[Recent]) -> None:
        self._view.show_recent(recent)
        for known in recent:
            if known.key == self._saved_key and known.code:
                self._view.show_code(known.key, known.code)

    def _exchange(self, exchange: Exchange) -> None:
        before = self._known and (self._known.waiting, self._known.sent, self._known.rejected)
        if before is not None and before != (exchange.waiting, exchange.sent, exchange.rejected):
            # An entry that arrived writes nothing into the log, but its dossier's line says so.
            self._run(self._office.recent, self._recent, no_matter)
        self._known = exchange
        self._view.show_exchange(*exchange_words(exchange))

    def _ask_printer(self) -> None:
        slip = self._slip
        self._run(lambda: self._office.printing(slip), lambda state: self._printing(slip, state), no_matter)

    def _printing(self, slip: str, state: str) -> None:
        if slip != self._slip:
            return
        self._looks += 1
        if state == "pending" and self._looks > PAPER_SLOW_LOOKS:
            state = "slow"
        self._show_printing(state)
        if state == "printed":
            self._slip = ""

    def _show_printing(self, state: str) -> None:
        tone, words = PRINT_WORDS[state]
        at = self._paper_at
        self._view.show_printing(tone, words.format(where=f" ở {at}" if at else "", printer=at or "máy in"))
