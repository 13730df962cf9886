"""Numbers without a paper are told to the desk, once a minute at most, and only those of people who still wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from fakes import FakeOffice
from samples import KIOSK, NOON, OFFICE, OFFICER
from ui_fakes import FakeClock, Remember

from kiosk.domain.ticket import PrintState, Ticket
from kiosk.services import queueing
from kiosk.services.lost_papers import lost_papers_after
from kiosk.services.office_round import settle_papers
from ui.desk.paper_watch import PaperWatch
from ui.tasks import run_now


@dataclass
class FakePapersOffice:
    """found: by call, what was lost since."""

    seq: int = 5
    lost: list[str] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    def last_seq(self) -> int:
        return self.seq

    def lost_papers(self, after: int) -> tuple[int, tuple[str, ...]]:
        self.asked.append(after)
        found, self.lost = tuple(self.lost), []
        return self.seq, found


def a_desk() -> tuple[PaperWatch, FakePapersOffice, FakeClock, Remember]:
    office, clock, view = FakePapersOffice(), FakeClock(), Remember()
    watch = PaperWatch(view, office, run_now, clock)
    watch.open()
    return watch, office, clock, view


def news(watch: PaperWatch, office: FakePapersOffice, *lost: str) -> None:
    office.seq += 1
    office.lost += lost
    watch.on_news(office.seq)


def test_a_lost_paper_is_told_with_what_to_do() -> None:
    watch, office, _clock, view = a_desk()
    news(watch, office)
    assert view.all("say") == []
    news(watch, office, "A012")
    tone, message, fix = view.last("say")
    assert (tone, message) == ("warn", "Chưa có phiếu: số A012.")
    assert "máy in" in fix
    assert office.asked == [5, 6], "only what came since the last look"


def test_an_empty_roll_is_told_once_a_minute_with_all_its_numbers() -> None:
    watch, office, clock, view = a_desk()
    news(watch, office, "A001")
    for n in range(2, 9):
        clock.pass_s(5)
        news(watch, office, f"A00{n}")
    assert len(view.all("say")) == 1
    clock.pass_s(30)
    watch.on_news(office.seq)  # a heartbeat
    assert view.last("say")[1] == "Chưa có phiếu: số A002, A003, A004, A005 và 3 số khác."


def lost(office: FakeOffice, after: int = 0) -> tuple[str, ...]:
    with office.units() as look:
        return lost_papers_after(look, after, NOON)[1]


def test_only_the_numbers_of_people_who_still_wait_are_told() -> None:
    office = FakeOffice()

    def issue(touch: str, days: int = 0) -> Ticket:
        now = NOON - timedelta(days=days)
        return queueing.issue_ticket(office.units(), OFFICE, "ho-tich", actor=KIOSK, now=now, touch=touch)

    issue("yesterday", days=1)
    called, printed, waits = issue("a"), issue("b"), issue("c")
    settle_papers(office.units, office.units, actor=KIOSK, now=NOON + timedelta(minutes=3), back=timedelta(days=2))
    queueing.call_ticket(office.units(), OFFICE, called.key, "1", actor=OFFICER, now=NOON)
    with office.units() as uow:
        queueing.mark_printed(uow, printed.key, PrintState.PRINTED, KIOSK, NOON)
        uow.commit()
    assert lost(office) == (waits.label,)
    assert lost(office, len(office.shelf.events)) == ()
