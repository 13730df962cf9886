"""A side thought blank comes back with the key that leaves a page out."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples import BIRTH, NOON
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from kiosk.domain.scan import ScannedPage
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import PageThumb
from ui.desk.page_strip import spoken
from ui.desk.page_thumbs import thumb_of


@dataclass
class NotingOffice(FakeIntakes):
    """Keeps what was left out and taken back."""

    left_out: list[tuple[str, bool]] = field(default_factory=list)

    def discard(self, page_id: str, discarded: bool) -> None:
        self.left_out.append((page_id, discarded))


def test_delete_takes_a_blank_side_back_and_then_leaves_it_out_like_any_page() -> None:
    office = NotingOffice(kept=[(PageThumb("p1", 1, 0, blank=True), "tp-1")])
    presenter = IntakePresenter(Remember(), office, LANES, FakeClock())
    presenter.open()
    presenter.on_card("card")
    presenter.on_procedure(BIRTH.code)
    presenter.pages.load()
    presenter.pages.on_discard()
    thumb, _code = presenter.work.pages[0]
    assert (thumb.blank, thumb.discarded) == (False, False)
    presenter.pages.on_discard()
    assert office.left_out == [("p1", False), ("p1", True)]


def test_a_blank_side_says_how_to_take_it_back() -> None:
    assert "Delete" in spoken(PageThumb("p1", 1, 0, blank=True))
    assert "trắng" not in spoken(PageThumb("p1", 1, 0, blank=True, discarded=True))


def test_the_desk_shows_what_clean_up_did() -> None:
    steps = [{"code": "flat", "did": "Đã nắn phẳng."}, {"code": "skew", "did": "Đã chỉnh nghiêng 1,2°."}]
    page = ScannedPage("p1", "draft-1", 1, "file-1", "test", NOON, meta={"steps": steps})
    assert thumb_of(page, b"").did == "Đã nắn phẳng. Đã chỉnh nghiêng 1,2°."
