"""A side thought blank comes back with the key that leaves a page out."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples import BIRTH
from ui_fakes import LANES, FakeClock, FakeIntakes, Remember

from ui.desk.intake_presenter import IntakePresenter
from ui.desk.model import PageThumb


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
