"""A visit at the kiosk beside the number: silence, hours, quotas, a look-up, the papers to bring, languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from ui_fakes import FakeClock, FakeTicketing, Later, Remember

from kiosk.domain.opening import Opening
from kiosk.domain.ticket import PrintState
from ui.tasks import Run, run_now
from ui.theme.tokens import contrast
from ui.ticketing.idle import MOST_EXTENSIONS
from ui.ticketing.look import CONTRAST, Mode
from ui.ticketing.lookup import ERASE, SEARCH, TRIES
from ui.ticketing.presenter import TicketingPresenter
from ui.ticketing.words import VI, languages, read_pack

CODE = "261123100078"


def a_kiosk(
    office: FakeTicketing | None = None, run: Run = run_now
) -> tuple[TicketingPresenter, Remember, FakeClock, FakeTicketing]:
    view, clock, behind = Remember(), FakeClock(), office or FakeTicketing()
    presenter = TicketingPresenter(view, behind, run, clock)
    presenter.open()
    return presenter, view, clock, behind


def pass_s(presenter: TicketingPresenter, clock: FakeClock, seconds: int) -> None:
    for _second in range(seconds):
        clock.pass_s(1)
        presenter.on_tick()


def type_in(presenter: TicketingPresenter, digits: str) -> None:
    for digit in (*digits, SEARCH):
        presenter.lookup_key(digit)


def test_silence_warns_after_thirty_seconds_and_wipes_after_fifty() -> None:
    presenter, view, clock, _ = a_kiosk()
    presenter.on_lookup()
    presenter.lookup_key("2")
    pass_s(presenter, clock, 29)
    assert view.all("show_warning") == []
    pass_s(presenter, clock, 1)
    assert view.last("show_warning") == (20, True)
    wiped = len(view.all("wipe"))
    pass_s(presenter, clock, 19)
    assert len(view.all("wipe")) == wiped
    pass_s(presenter, clock, 1)
    assert len(view.all("wipe")) == wiped + 1
    assert view.calls[-1][0] in ("show_start", "show_tiles")
    presenter.on_lookup()
    presenter.lookup_key("7")
    assert view.last("show_lookup") == "7"


def test_a_start_page_that_nobody_touched_never_asks_whether_somebody_is_there() -> None:
    presenter, view, clock, _ = a_kiosk()
    pass_s(presenter, clock, 120)
    assert view.all("show_warning") == []


def test_more_time_is_given_ten_times() -> None:
    presenter, view, clock, _ = a_kiosk()
    presenter.on_lookup()
    for _time in range(MOST_EXTENSIONS):
        pass_s(presenter, clock, 31)
        assert view.last("show_warning")[1]
        presenter.on_more_time()
    pass_s(presenter, clock, 30)
    assert not view.last("show_warning")[1]
    presenter.on_more_time()
    starts = len(view.all("show_start"))
    pass_s(presenter, clock, 20)
    assert len(view.all("show_start")) == starts + 1


def test_a_touch_beside_the_keys_of_the_warning_does_not_extend() -> None:
    presenter, view, clock, _ = a_kiosk()
    presenter.on_lookup()
    pass_s(presenter, clock, 35)
    presenter.on_touched()
    starts = len(view.all("show_start"))
    pass_s(presenter, clock, 15)
    assert len(view.all("show_start")) == starts + 1


def test_a_dossier_on_the_screen_is_wiped_sooner() -> None:
    presenter, view, clock, _ = a_kiosk()
    presenter.on_lookup()
    presenter.on_scanned(CODE)
    pass_s(presenter, clock, 20)
    assert len(view.all("show_warning")) == 1
    starts = len(view.all("show_start"))
    pass_s(presenter, clock, 20)
    assert len(view.all("show_start")) == starts + 1


def test_a_number_without_paper_stands_until_nobody_answers() -> None:
    presenter, view, clock, _ = a_kiosk(FakeTicketing(state=PrintState.FAILED))
    presenter.on_group("ho-tich")
    pass_s(presenter, clock, 30)
    presenter.on_more_time()
    pass_s(presenter, clock, 45)
    assert len(view.all("show_start")) == 1
    pass_s(presenter, clock, 10)
    assert len(view.all("show_start")) == 2


def test_language_colours_and_reach_are_forgotten_with_the_citizen() -> None:
    presenter, view, clock, _ = a_kiosk()
    presenter.on_language()
    presenter.on_contrast()
    presenter.on_low()
    assert view.last("dress") == Mode("en", low=True, contrast=True)
    presenter.on_help()
    assert view.last("show_note")[1] == "Staff have been called."
    pass_s(presenter, clock, 51)
    assert view.last("dress") == Mode()


def test_a_chosen_priority_survives_a_change_of_language() -> None:
    presenter, view, _clock, _ = a_kiosk()
    presenter.on_priority("cao-tuoi")
    presenter.on_language()
    assert view.last("mark_priority") == "cao-tuoi"


def test_outside_the_hours_no_number_is_given_and_the_return_is_told() -> None:
    clock = FakeClock()
    closed = Opening(False, clock.now + timedelta(hours=14))
    presenter, view, _, office = a_kiosk(FakeTicketing(hours=closed))
    assert view.last("show_closed") == closed
    presenter.on_group("ho-tich")
    assert office.asked == 0


def test_the_kiosk_opens_and_closes_by_itself_but_never_under_a_hand() -> None:
    presenter, view, clock, office = a_kiosk()
    office.hours = Opening(False, clock.now + timedelta(hours=2))
    presenter.on_lookup()
    pass_s(presenter, clock, 21)
    assert view.all("show_closed") == []
    presenter.on_done()
    assert len(view.all("show_closed")) == 1
    office.hours = Opening(True)
    starts = len(view.all("show_start"))
    pass_s(presenter, clock, 21)
    assert len(view.all("show_start")) == starts + 1


def test_a_full_line_is_told_and_gives_no_number() -> None:
    presenter, view, _clock, office = a_kiosk(FakeTicketing(full=True))
    assert view.all("show_tiles")[-1][0][0].full
    presenter.on_group("ho-tich")
    assert office.asked == 0
    assert view.last("show_note")[2] == VI.full_fix


def test_typed_and_scanned_codes_lead_to_the_same_view() -> None:
    presenter, view, clock, office = a_kiosk()
    presenter.on_lookup()
    type_in(presenter, CODE)
    typed = view.last("show_progress")
    presenter.on_done()
    clock.pass_s(2)
    presenter.on_scanned(f"https://tra-cuu.example.vn/?ma={CODE}")
    assert view.last("show_progress") == typed
    assert office.looked_up[0] == CODE


def test_a_wrong_digit_can_be_erased() -> None:
    presenter, view, _clock, _ = a_kiosk()
    presenter.on_lookup()
    for key in ("2", "7", ERASE, "6"):
        presenter.lookup_key(key)
    assert view.last("show_lookup") == "26"


def test_nobody_walks_through_the_receipts_numbers() -> None:
    presenter, view, clock, office = a_kiosk()
    for _try in range(TRIES + 3):
        presenter.on_lookup()
        presenter.on_scanned(CODE)
        presenter.on_done()  # a new visit is no new allowance
    assert len(office.looked_up) == TRIES
    assert view.last("show_note")[1] == VI.too_often
    clock.pass_s(61)
    presenter.on_lookup()
    presenter.on_scanned(CODE)
    assert len(office.looked_up) == TRIES + 1


def test_an_answer_that_comes_after_the_citizen_left_is_not_shown() -> None:
    office, later = FakeTicketing(), Later()
    presenter, view, _clock, _ = a_kiosk(office, later)
    presenter.on_scanned(CODE)
    presenter.on_done()
    later.answer()
    assert view.all("show_progress") == []


def test_a_receipt_scanned_while_somebodys_number_stands_is_left_alone() -> None:
    presenter, _view, _clock, office = a_kiosk()
    presenter.on_group("ho-tich")
    presenter.on_scanned(CODE)
    assert office.looked_up == []


def test_the_papers_are_shown_before_the_number_and_a_plain_number_stays_one_touch() -> None:
    presenter, view, clock, office = a_kiosk()
    presenter.on_papers()
    presenter.on_group("ho-tich")
    assert office.asked == 0
    presenter.on_procedure(view.all("show_procedures")[-1][0][0].code)
    checklist, group = view.last("show_checklist")
    assert checklist.papers[0].name == "Tờ khai đăng ký khai sinh"
    clock.pass_s(2)
    presenter.on_group(group.code)
    assert office.asked == 1
    presenter.on_done()
    clock.pass_s(2)
    presenter.on_group("chung-thuc")
    assert office.asked == 2


def test_a_clock_set_back_locks_nothing() -> None:
    presenter, view, clock, office = a_kiosk()
    presenter.on_group("ho-tich")
    presenter.on_done()
    clock.pass_s(-86400)
    presenter.on_tick()
    presenter.on_group("ho-tich")
    assert office.asked == 2
    office.state = PrintState.PRINTED
    starts = len(view.all("show_start"))
    pass_s(presenter, clock, 12)
    assert len(view.all("show_start")) == starts + 1


def test_a_language_pack_fills_what_it_leaves_out_with_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "tay.toml").write_text('language = "Tiếng Tày"\ndone = "Xong lẻo"\n', encoding="utf-8")
    (tmp_path / "hong.toml").write_text('language = "X"\nwaiting = "{who} chờ"\n', encoding="utf-8")
    found = languages(tmp_path)
    assert list(found) == ["vi", "en", "tay"]
    assert (found["tay"].done, found["tay"].what) == ("Xong lẻo", VI.what)
    with pytest.raises(ValueError, match="placeholders"):
        read_pack(tmp_path / "hong.toml")


def test_high_contrast_is_fifteen_to_one() -> None:
    inks = (CONTRAST.ink, CONTRAST.ink_2, CONTRAST.accent, CONTRAST.good, CONTRAST.warn, CONTRAST.bad, CONTRAST.info)
    assert min(contrast(ink, CONTRAST.surface) for ink in inks) >= 15
