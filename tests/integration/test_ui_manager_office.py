"""The manager's window on a real office: what happened in the hall is on the screen, whole, at 1366 x 768."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from samples import NOON
from ui_fakes import FakeClock

from kiosk.domain.event import Actor
from kiosk.domain.proposal import ProposalKind
from kiosk.services import counters, queueing
from kiosk.services.proposals import propose
from kiosk.services.rating import rate
from ui.app import open_office
from ui.manager.model import Period
from ui.manager.office import LiveManager
from ui.manager.view import ManagerWindow
from ui.manager.words import figures, judged
from ui.station import application

MINUTE = timedelta(minutes=1)


def test_the_hall_of_today_is_on_the_screen(tmp_path: Path) -> None:
    application()
    clock = FakeClock(NOON)
    with open_office(tmp_path) as office:
        facts, group = office.facts, office.facts.groups[0]
        mine = next(c.code for c in facts.counters if not c.groups or group.code in c.groups)
        officer = Actor("lan", "ban-1", mine)
        for n in range(6):
            queueing.issue_ticket(
                office.units(), facts, group.code, actor=Actor("", "kiosk-1"), now=NOON + n * MINUTE, touch=f"t{n}"
            )
        for n in range(4):
            now = NOON + (10 + 5 * n) * MINUTE
            ticket = queueing.call_next(office.units(), facts, mine, actor=officer, now=now)
            queueing.serve(office.units(), ticket.key, actor=officer, now=now)
            queueing.finish(office.units(), ticket.key, actor=officer, now=now + 4 * MINUTE)
            rate(office.units(), ticket.key, "good", actor=Actor("", "rating-1", mine), now=now + 5 * MINUTE)
        clock.now = NOON + 40 * MINUTE
        other = next(c.code for c in facts.counters if c.code != mine)
        counters.pause_counter(
            office.units(), facts, other, reason="Họp", actor=Actor("hoa", "ban-2", other), now=clock.now
        )
        door = LiveManager(office, clock)
        shown = figures(door.page(Period.TODAY))
        window = ManagerWindow(facts.name, clock)
        window.resize(1366, 768)
        window.show()
        window.show_figures(shown)
        window.show_judged(judged(door.accuracy()))
        window.show_period(Period.TODAY)
        assert [h.value.text() for h in window.heads[:2]] == ["6", "2"]
        assert window.lines.texts()[0][:6] == [group.name, "6", "2", "14", "22", "22"]
        states = {row[0]: row[1] for row in window.counters.texts()}
        assert states[facts.counter(other).name].startswith("Họp")
        assert window.votes.texts() == [["Chưa đủ mẫu: 4 lượt đánh giá, cần từ 5 lượt."]]
        assert (window.width(), window.height()) == (1366, 768)
        window.show_figures(figures(door.page(Period.WEEK)))
        assert [h.value.text() for h in window.heads[:2]] == ["6", "2"]
        assert not window.proposals_card.isVisible(), "nothing waits for the head"
        propose(
            office.units(), ProposalKind.STATUSES, "tinh", {"names": {"11": "x"}}, ["11"], actor=officer, now=clock.now
        )
        window.show_figures(figures(door.page(Period.TODAY)))
        assert window.proposals.texts() == [["Danh mục trạng thái từ tinh: 1 đổi · motcua catalogue proposals 1"]]
        assert window.proposals_card.isVisible()
        assert (window.width(), window.height()) == (1366, 768)
        window.close()
