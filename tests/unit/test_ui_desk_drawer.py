"""The count of a drawer at the desk: sums follow the keys, a difference needs its reason, one Enter keeps one count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from ui_fakes import Later

from kiosk.domain.money import DifferenceUnexplainedError
from kiosk.errors import KioskError
from ui.desk.drawer_model import DrawerSheet
from ui.desk.drawer_presenter import BAD_NUMBER, UNEXPLAINED, DrawerPresenter, Filled, Reckoned
from ui.tasks import Run, run_now

MINE = DrawerSheet(whole=False, whose="Lan", day="23/11/2026", cash=22_000)


@dataclass
class FakeDrawer:
    now: DrawerSheet = MINE
    fails: KioskError | None = None
    kept: list[tuple[object, ...]] = field(default_factory=list)

    def sheet(self, *, whole: bool) -> DrawerSheet:
        return replace(self.now, whole=whole, whose="Cả cơ quan" if whole else "Lan")

    def count(self, notes: Mapping[int, int], opening: int, reason: str, *, whole: bool) -> str:
        if self.fails is not None:
            raise self.fails
        self.kept.append((dict(notes), opening, reason, whole))
        return "Đã kiểm quỹ."


@dataclass
class FakeDrawerView:
    seen: list[tuple[Any, ...]] = field(default_factory=list)

    def show_drawer(self, sheet: DrawerSheet) -> None:
        self.seen.append(("drawer", sheet.whose))

    def show_sums(self, reckoned: Reckoned, words: str, tone: str) -> None:
        self.seen.append(("sums", reckoned.expected, reckoned.counted, words, tone))

    def show_errors(self, wrong: Reckoned, message: str, fix: str, *, reason: bool) -> None:
        self.seen.append(("errors", wrong.wrong, wrong.is_opening_wrong, message, reason))

    def leave(self) -> None:
        self.seen.append(("leave",))


@dataclass
class Till:
    office: FakeDrawer
    view: FakeDrawerView
    presenter: DrawerPresenter
    said: list[tuple[str, str, str]]


def a_till(office: FakeDrawer | None = None, run: Run = run_now) -> Till:
    drawer, view, said = office or FakeDrawer(), FakeDrawerView(), list[tuple[str, str, str]]()
    presenter = DrawerPresenter(view, drawer, run, lambda *words: said.append(words))
    presenter.open()
    return Till(drawer, view, presenter, said)


EXACT = Filled({20_000: "1", 2_000: "1"})


def test_the_officers_own_drawer_opens_with_what_the_ledger_expects() -> None:
    assert a_till().view.seen == [("drawer", "Lan"), ("sums", 22_000, 0, "Thiếu 22.000 ₫", "warn")]


@pytest.mark.parametrize(
    ("filled", "expected", "counted", "words"),
    [
        (EXACT, 22_000, 22_000, "Khớp sổ"),
        (Filled({20_000: "1"}), 22_000, 20_000, "Thiếu 2.000 ₫"),
        (Filled({50_000: "1"}, "10.000"), 32_000, 50_000, "Thừa 18.000 ₫"),
        (Filled({500: "1.000"}, ""), 22_000, 500_000, "Thừa 478.000 ₫"),
    ],
)
def test_the_sums_follow_every_key(filled: Filled, expected: int, counted: int, words: str) -> None:
    till = a_till()
    till.presenter.on_typed(filled)
    assert till.view.seen[-1][1:4] == (expected, counted, words)


def test_what_agrees_is_kept_with_one_enter_and_the_panel_goes() -> None:
    till = a_till()
    till.presenter.on_given(replace(EXACT, opening="5000", notes={20_000: "1", 5_000: "1", 2_000: "1"}))
    assert till.office.kept == [({20_000: 1, 5_000: 1, 2_000: 1}, 5000, "", False)]
    assert till.view.seen[-1] == ("leave",)
    assert till.said == [("good", "Đã kiểm quỹ.", "")]


def test_a_difference_is_kept_only_with_its_reason() -> None:
    till = a_till()
    till.presenter.on_given(Filled({20_000: "1"}))
    assert till.office.kept == []
    assert till.view.seen[-1] == ("errors", (), False, UNEXPLAINED[0], True)
    till.presenter.on_given(Filled({20_000: "1"}, reason=" Trả nhầm tiền thừa "))
    assert till.office.kept == [({20_000: 1}, 0, "Trả nhầm tiền thừa", False)]


@pytest.mark.parametrize(
    ("filled", "wrong", "opening"),
    [
        (Filled({20_000: "x"}), (20_000,), False),
        (Filled({500: "-1", 200: "100001"}), (500, 200), False),
        (Filled({}, "mười"), (), True),
        (Filled({1_000: "²"}), (1_000,), False),
    ],
)
def test_what_is_no_number_of_notes_is_named(filled: Filled, wrong: tuple[int, ...], opening: bool) -> None:
    till = a_till()
    till.presenter.on_given(replace(filled, reason="Lệch"))
    assert till.view.seen[-1] == ("errors", wrong, opening, BAD_NUMBER[0], False)
    assert till.office.kept == []


def test_one_key_counts_the_whole_office_instead() -> None:
    till = a_till()
    till.presenter.on_other()
    assert ("drawer", "Cả cơ quan") in till.view.seen
    till.presenter.on_given(EXACT)
    assert till.office.kept[-1][-1] is True


def test_a_second_enter_before_the_answer_keeps_no_second_count() -> None:
    later = Later()
    till = a_till(run=later)
    later.answer()
    till.presenter.on_given(EXACT)
    till.presenter.on_given(EXACT)
    later.answer()
    assert len(till.office.kept) == 1


def test_a_ledger_that_moved_meanwhile_is_told_and_the_panel_stays() -> None:
    till = a_till(FakeDrawer(fails=DifferenceUnexplainedError(difference="8.000 đồng")))
    till.presenter.on_given(EXACT)
    assert till.view.seen[-1][0] == "errors"
    assert "8.000 đồng" in till.view.seen[-1][3]
    assert till.said == []
