"""The desk hears of dates that moved with a new calendar, and of packs that are wrong or old."""

from __future__ import annotations

from datetime import timedelta

from samples import NOON
from ui_fakes import Remember

from kiosk.services.recount import Moved
from ui.desk.calendar_watch import LOOK_EACH, OLDER, OLDER_FIX, CalendarWatch
from ui.tasks import run_now


def a_move(key: str) -> Moved:
    return Moved(key, NOON, NOON + timedelta(days=1), NOON, "3 ngày làm việc")


class FakeCalendar:
    def __init__(self) -> None:
        self.log: list[Moved] = [a_move("before")]
        self.wrong: tuple[str, str, str] | None = None

    def moved(self, after: int | None) -> tuple[int, tuple[Moved, ...]]:
        return len(self.log), () if after is None else tuple(self.log[after:])

    def trouble(self) -> tuple[str, str, str] | None:
        return self.wrong


def test_dates_that_moved_are_told_once_with_both_dates() -> None:
    office, view = FakeCalendar(), Remember()
    watch = CalendarWatch(view, office, run_now)
    watch.on_news(1)
    assert view.all("say") == []
    office.log += [a_move(f"26112310{n:04d}") for n in range(5)]
    for seq in (2, 2, 3):
        watch.on_news(seq)
    ((tone, told, fix),) = view.all("say")
    assert tone == "warn"
    assert told.startswith("Lịch làm việc đổi: 5 hồ sơ có ngày hẹn mới: 261123100000 (23/11 → 24/11), ")
    assert told.endswith("và 2 nữa.")
    assert "Giấy đã in vẫn ghi ngày cũ" in fix


def test_a_wrong_or_old_pack_is_told_until_it_is_mended() -> None:
    office, view = FakeCalendar(), Remember()
    watch = CalendarWatch(view, office, run_now)
    office.wrong = ("warn", OLDER, OLDER_FIX)
    for _ in range(3 * LOOK_EACH):
        watch.on_news(1)
    assert view.all("say") == [("warn", OLDER, OLDER_FIX)]
    office.wrong = None
    watch.on_news(2)
    office.wrong = ("bad", "Tệp lịch sai", "")
    for _ in range(LOOK_EACH + 1):
        watch.on_news(2)
    assert [args[0] for args in view.all("say")] == ["warn", "bad"]
