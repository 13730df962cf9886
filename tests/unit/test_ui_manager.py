"""The manager's screen: figures in words, read again at the right time, votes hidden while they are few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from ui_fakes import FakeClock, Later, Remember

from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.journey import MINUTE
from kiosk.domain.queue_stats import Cell, CounterLoad, QueueSummary, Spread
from kiosk.domain.rating import Score, Vote, tallies, tally
from kiosk.domain.ticket import TicketState
from kiosk.errors import KioskError
from kiosk.services.rating import Satisfaction
from kiosk.services.waiting_error import Accuracy
from ui.manager.model import CounterState, Page, Period
from ui.manager.office import first_of
from ui.manager.presenter import ManagerPresenter
from ui.manager.words import figures, judged
from ui.tasks import Run, run_now

WAIT = Spread(8, 9 * MINUTE, 7 * MINUTE, 20 * MINUTE, 31 * MINUTE, 40 * MINUTE)
CELL = Cell(10, 6, 2, 1, 8, 6, 9, WAIT, Spread())
GOOD = Accuracy(500, 7.0, 0.5, 0.8, 0.1, 11.0)


def a_summary() -> QueueSummary:
    return QueueSummary(
        total=CELL,
        outcomes={},
        parked=Spread(),
        recalls=0,
        long_parked=0,
        carried_over=0,
        by_group={"ho-tich": CELL},
        by_hour={8: CELL},
        by_class={"": CELL},
        counters={"1": CounterLoad(8, 60 * MINUTE, 80 * MINUTE)},
        equity=None,
        appointments={},
    )


def votes(*groups: str) -> Satisfaction:
    given = [Vote(str(n), Score.GOOD, group, "1", "lan") for n, group in enumerate(groups)]
    return Satisfaction(
        6, len(given), tally(given), tallies(given, "group"), tallies(given, "counter"), tallies(given, "officer")
    )


def a_page(period: Period = Period.TODAY, satisfaction: Satisfaction | None = None) -> Page:
    return Page(
        period,
        a_summary(),
        satisfaction or votes(),
        (CounterState("1", "Quầy 1", "A004", TicketState.SERVING), CounterState("2", "Quầy 2", paused="Họp, từ 09:00")),
        {"ho-tich": 3},
        {"ho-tich": "Hộ tịch", "chung-thuc": "Chứng thực"},
        15,
        1,
    )


def test_the_figures_read_as_defined() -> None:
    shown = figures(a_page())
    heads = {f.name: f.value for f in shown.heads}
    assert heads == {
        "Đã lấy số": "10",
        "Đang chờ": "3",
        "Chờ P50 / P90": "7 / 20",
        "Gọi trong 15 phút": "67 %",
        "Vắng, bỏ về": "3",
        "Phiếu chưa chắc đã in": "1",
    }
    assert shown.lines == (
        ("Hộ tịch", "10", "3", "7", "20", "31", "25 %"),
        ("Chứng thực", "0", "0", "–", "–", "–", "–"),
    )
    assert shown.hours == (("08–09", "10", "7", "20", "31", "25 %"),)
    assert shown.counters == (
        ("Quầy 1", "A004 đang phục vụ", "8", "75 %"),
        ("Quầy 2", "Họp, từ 09:00", "0", "–"),
    )


def test_missed_appointments_are_told_where_there_are_any() -> None:
    page = a_page()
    kept = replace(page.summary, appointments={"booked": 9, "missed": 2, "on-time": 5, "late": 1, "cancelled": 1})
    notes = {f.name: f.note for one in (page, replace(page, summary=kept)) for f in figures(one).heads}
    assert notes["Vắng, bỏ về"] == "30 % · vắng hẹn 2/8"
    assert {f.name: f.note for f in figures(page).heads}["Vắng, bỏ về"] == "30 %"


@pytest.mark.parametrize("count", range(5))
def test_under_five_votes_only_their_number_is_told(count: int) -> None:
    told = figures(a_page(satisfaction=votes(*["ho-tich"] * count))).votes
    assert told == (f"Chưa đủ mẫu: {count} lượt đánh giá, cần từ 5 lượt.",)


def test_a_group_with_few_votes_stays_hidden_beside_the_others() -> None:
    told = figures(a_page(satisfaction=votes(*["ho-tich"] * 7, *["chung-thuc"] * 6, "dat-dai"))).votes
    text = "\n".join(told)
    assert "Hộ tịch: 100 % (7 lượt)" in text
    assert "Chứng thực:" not in text, "else the last one could be worked out"
    assert "Các nhóm còn lại: chưa đủ mẫu" in text


def test_no_officer_is_ever_named() -> None:
    text = "\n".join(figures(a_page(satisfaction=votes(*["ho-tich"] * 9))).votes)
    assert "lan" not in text.split()


def test_the_estimate_is_judged_against_the_plain_way_of_telling() -> None:
    assert judged(Accuracy(0, None, None, None, None, None)).rows == ()
    assert (judged(GOOD).tone, judged(GOOD).rows[0]) == ("good", ("Sai số trung bình", "7,0 phút"))
    assert judged(replace(GOOD, numbers=10)).tone == ""
    assert judged(replace(GOOD, mae=12.0)).tone == "bad"
    assert judged(replace(GOOD, covered=0.7)).tone == "warn"
    assert ("Trung bình báo ngắn hơn thật", "2,0 phút") in judged(replace(GOOD, bias=-2.0)).rows


def test_twenty_working_days_reach_back_over_weekends_and_days_off() -> None:
    friday = date(2026, 11, 20)
    assert first_of(WorkingCalendar(), friday, 20) == date(2026, 10, 26)
    off = {date(2026, 11, 16) + timedelta(days=n): "nghỉ" for n in range(5)}
    assert first_of(WorkingCalendar(days_off=off), friday, 20) == date(2026, 10, 19)
    assert first_of(WorkingCalendar(hours={}), friday, 20) == friday - timedelta(days=60)


@dataclass
class FakeManager:
    failing: KioskError | None = None
    read: list[Period] = field(default_factory=list)
    judged: int = 0

    def page(self, period: Period) -> Page:
        self.read.append(period)
        if self.failing is not None:
            raise self.failing
        return a_page(period)

    def accuracy(self) -> Accuracy:
        self.judged += 1
        return GOOD


def a_screen(run: Run = run_now) -> tuple[ManagerPresenter, FakeManager, FakeClock, Remember]:
    office, clock, view = FakeManager(), FakeClock(), Remember()
    presenter = ManagerPresenter(view, office, run, run_now, clock)
    presenter.open()
    return presenter, office, clock, view


def seconds(presenter: ManagerPresenter, clock: FakeClock, count: int, news: Sequence[int] = ()) -> None:
    for n in range(count):
        clock.pass_s(1)
        if n < len(news):
            presenter.on_news(news[n])
        presenter.on_tick()


def test_a_busy_hall_is_read_every_five_seconds_a_quiet_one_every_minute() -> None:
    presenter, office, clock, _view = a_screen()
    seconds(presenter, clock, 20, news=range(1, 21))
    assert len(office.read) == 5
    seconds(presenter, clock, 120)
    assert len(office.read) == 5 + 2
    seconds(presenter, clock, 600)
    assert office.judged == 2


def test_the_figures_of_another_period_replace_the_ones_under_way() -> None:
    later = Later()
    presenter, office, _clock, view = a_screen(later)
    presenter.on_period(Period.WEEK)
    later.answer()
    assert office.read == [Period.TODAY, Period.WEEK]
    assert len(view.all("show_figures")) == 1
    assert view.last("show_period") is Period.WEEK


def test_a_failure_is_told_and_goes_when_reading_works_again() -> None:
    presenter, office, clock, view = a_screen()
    office.failing = KioskError()
    presenter.on_refresh()
    assert view.all("show_problem")
    office.failing = None
    seconds(presenter, clock, 61)
    assert view.calls[-2:][0][0] == "hide_problem"
