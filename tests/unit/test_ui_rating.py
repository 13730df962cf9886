"""The rating screen: two touches at most, no second vote, back to the start by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from samples import NOON
from ui_fakes import FakeClock, Later, Remember

from kiosk.domain.rating import RatingClosedError, Reason, Score
from kiosk.errors import KioskError
from ui.rating.presenter import Asked, RatingPresenter
from ui.rating.view import RatingWindow
from ui.rating.words import EN, VI, Words
from ui.tasks import Run, run_now


@dataclass
class FakeRating:
    """Asks about `asked` until it has its vote."""

    asked: Asked | None = None
    votes: list[tuple[str, Score]] = field(default_factory=list)
    reasons: list[tuple[str, Reason]] = field(default_factory=list)
    failing: KioskError | None = None

    def to_ask(self) -> Asked | None:
        voted = self.asked is not None and self.asked.key in (key for key, _ in self.votes)
        return None if voted else self.asked

    def rate(self, key: str, score: Score) -> Score:
        if self.failing is not None:
            raise self.failing
        self.votes.append((key, score))
        return self.votes[0][1]

    def explain(self, key: str, reason: Reason) -> None:
        self.reasons.append((key, reason))


def a_screen(asked: bool = True, run: Run = run_now) -> tuple[RatingPresenter, Remember, FakeRating, FakeClock]:
    view, clock = Remember(), FakeClock()
    office = FakeRating(Asked("t-1", "A012", NOON) if asked else None)
    presenter = RatingPresenter(view, office, run, clock)
    presenter.open()
    return presenter, view, office, clock


def shown(view: Remember) -> str:
    return [name for name, _ in view.calls if name.startswith("show_")][-1]


def test_a_finished_ticket_brings_the_faces_and_two_touches_are_all() -> None:
    presenter, view, office, clock = a_screen()
    assert (shown(view), view.last("show_faces")) == ("show_faces", "A012")
    presenter.on_score(Score.VERY_GOOD)
    assert view.last("show_reasons") is Score.VERY_GOOD
    clock.pass_s(1)
    presenter.on_reason(Reason.TIME)
    assert shown(view) == "show_thanks"
    assert (office.votes, office.reasons) == ([("t-1", Score.VERY_GOOD)], [("t-1", Reason.TIME)])
    clock.pass_s(5)
    presenter.on_tick()
    assert shown(view) == "show_idle"


def test_a_second_press_within_five_seconds_is_ignored() -> None:
    later = Later()
    presenter, view, office, clock = a_screen(run=later)
    later.answer()
    for _press in range(9):
        presenter.on_score(Score.BAD)
        clock.pass_s(0.5)
    later.answer()
    assert office.votes == [("t-1", Score.BAD)]
    assert shown(view) == "show_reasons"


def test_the_finger_that_gave_the_vote_gives_no_reason() -> None:
    presenter, view, office, clock = a_screen()
    presenter.on_score(Score.GOOD)
    clock.pass_s(0.2)
    presenter.on_reason(Reason.PLACE)
    presenter.on_skip()
    assert (office.reasons, shown(view)) == ([], "show_reasons")


@pytest.mark.parametrize("skips", [True, False])
def test_the_reason_is_free(skips: bool) -> None:
    presenter, view, office, clock = a_screen()
    presenter.on_score(Score.NEUTRAL)
    clock.pass_s(2 if skips else 13)
    presenter.on_skip() if skips else presenter.on_tick()
    assert (shown(view), office.reasons) == ("show_thanks", [])
    assert office.votes == [("t-1", Score.NEUTRAL)]


def test_faces_that_nobody_touches_go_after_two_minutes() -> None:
    presenter, view, _office, clock = a_screen()
    clock.pass_s(119)
    presenter.on_tick()
    assert shown(view) == "show_faces"
    clock.pass_s(1)
    presenter.on_tick()
    assert shown(view) == "show_idle"


def test_faces_go_when_the_next_citizen_is_served_and_come_for_the_next_ticket() -> None:
    presenter, view, office, _clock = a_screen()
    office.asked = None
    presenter.on_news(7)
    assert shown(view) == "show_idle"
    office.asked = Asked("t-2", "A013", NOON + timedelta(seconds=30))
    presenter.on_news(8)
    assert view.last("show_faces") == "A013"


def test_an_idle_screen_looks_by_itself_when_a_hint_was_lost() -> None:
    presenter, view, office, clock = a_screen(asked=False)
    office.asked = Asked("t-1", "A012", NOON)
    clock.pass_s(9)
    presenter.on_tick()
    assert shown(view) == "show_idle"
    clock.pass_s(1)
    presenter.on_tick()
    assert shown(view) == "show_faces"


def test_touches_on_an_idle_screen_do_nothing() -> None:
    presenter, view, office, _clock = a_screen(asked=False)
    presenter.on_score(Score.BAD)
    presenter.on_reason(Reason.TIME)
    presenter.on_skip()
    assert (office.votes, office.reasons, shown(view)) == ([], [], "show_idle")


def test_a_vote_that_came_too_late_is_told_in_words_and_the_screen_goes_on() -> None:
    presenter, view, office, clock = a_screen()
    office.failing = RatingClosedError(number="A012")
    presenter.on_score(Score.GOOD)
    assert "A012" in view.last("show_problem")[0]
    office.asked = None
    clock.pass_s(5)
    presenter.on_tick()
    assert shown(view) == "show_idle"


@pytest.mark.parametrize("words", [VI, EN])
@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(800, 1280)])
def test_every_key_is_large_enough_and_gives_its_own_answer(qtbot: QtBot, size: QSize, words: Words) -> None:
    upright = size.height() > size.width()
    window = RatingWindow("Trung tâm Phục vụ hành chính công xã Mẫu", "Quầy 1", portrait=upright)
    qtbot.addWidget(window)
    window.resize(size)
    scores: list[Score] = []
    reasons: list[Reason] = []
    window.scored.connect(scores.append)
    window.reasoned.connect(reasons.append)
    window.speak(words)
    window.show_faces("A012")
    window.show()
    for face in window.faces.values():
        assert min(face.width(), face.height()) >= 177  # 30 mm on a 10.1" tablet
        QTest.mouseClick(face, Qt.MouseButton.LeftButton)
    window.show_reasons(Score.BAD)
    for tile in (*window.reasons.values(), window.skip, window.language):
        assert min(tile.width(), tile.height()) >= 118  # 20 mm
    for tile in window.reasons.values():
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert (scores, reasons) == (list(Score), list(Reason))
    assert window.size() == size
    assert window.faces[Score.BAD].accessibleName() == words.faces[Score.BAD].replace("\u00a0", " ")


def test_the_page_that_is_shown_changes_its_language(qtbot: QtBot) -> None:
    window = RatingWindow("Trung tâm Phục vụ hành chính công xã Mẫu", "Quầy 1")
    qtbot.addWidget(window)
    window.show_faces("A012")
    window.show_reasons(Score.GOOD)
    window.speak(EN)
    assert (window.number.text(), window.question.text()) == ("Number A012", EN.what_was_good)
    assert window.reasons[Reason.TIME].accessibleName() == "Fast, on time"
    assert window.language.text() == "Tiếng Việt"


def test_both_languages_say_everything() -> None:
    for words in (VI, EN):
        assert set(words.faces) == set(Score)
        assert set(words.praise) == set(words.better) == set(Reason)
    assert VI.other == "English"


def test_a_citizen_who_chose_english_leaves_vietnamese_behind() -> None:
    presenter, view, office, clock = a_screen()
    presenter.on_language()
    assert view.last("speak") is EN
    presenter.on_score(Score.GOOD)
    clock.pass_s(11)
    presenter.on_language()
    presenter.on_language()
    clock.pass_s(11)
    presenter.on_tick()
    assert shown(view) == "show_reasons", "who reads again gets the time to"
    presenter.on_skip()
    office.asked = None
    clock.pass_s(5)
    presenter.on_tick()
    assert (shown(view), view.last("speak")) == ("show_idle", VI)


def test_a_language_chosen_on_an_idle_screen_stands_for_a_minute() -> None:
    presenter, view, _office, clock = a_screen(asked=False)
    presenter.on_language()
    for _second in range(59):
        clock.pass_s(1)
        presenter.on_tick()
        presenter.on_news(1)
    assert view.last("speak") is EN
    clock.pass_s(1)
    presenter.on_tick()
    assert view.last("speak") is VI


def test_what_went_wrong_is_told_in_the_language_of_the_screen() -> None:
    presenter, view, office, _clock = a_screen()
    office.failing = RatingClosedError(number="A012")
    presenter.on_language()
    presenter.on_score(Score.GOOD)
    message, fix = view.last("show_problem")
    assert (message, fix) == ("Ticket A012 can no longer be rated.", "Votes are taken for 2 minutes after the service.")
    presenter.on_language()
    assert view.last("show_problem")[0] == "Số A012 đã hết thời gian đánh giá."


def test_the_thanks_change_their_language_while_they_stand() -> None:
    presenter, view, _office, clock = a_screen()
    presenter.on_score(Score.GOOD)
    clock.pass_s(1)
    presenter.on_skip()
    presenter.on_language()
    assert [name for name, _ in view.calls][-2:] == ["speak", "show_thanks"]


def test_no_reason_looks_chosen_before_somebody_chose(qtbot: QtBot) -> None:
    window = RatingWindow("Trung tâm", "Quầy 1")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.show_faces("A001")
    QTest.mouseClick(window.faces[Score.BAD], Qt.MouseButton.LeftButton)
    window.show_reasons(Score.BAD)
    assert not any(tile.hasFocus() for tile in window.reasons.values())
