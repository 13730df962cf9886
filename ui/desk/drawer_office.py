"""The drawer's door to the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.clock import OFFICE_ZONE, Clock, business_day, office_now
from kiosk.domain import life
from kiosk.domain.event import Actor
from kiosk.domain.money import METHOD_WORDS, CashCount, PayMethod
from kiosk.services.drawer import COUNTED_BY, MoneyDays, count_drawer, money_days
from ui.app import OpenedOffice
from ui.desk.drawer_model import DrawerSheet
from ui.words import dong


@dataclass
class LiveDrawer:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    def sheet(self, *, whole: bool) -> DrawerSheet:
        life.check_trust("kiểm quỹ cuối ngày", COUNTED_BY, self.actor.roles)
        day, officer = business_day(self.clock()), self._officer(whole)
        with self.office.reads() as look:
            days = money_days(look, day, day, officer)
            counts = [count for count in look.money.counts(day) if count.officer == officer]
        names = self.office.desk.officer_names
        return DrawerSheet(
            whole,
            "Cả cơ quan" if whole else names.get(officer, officer),
            f"{day:%d/%m/%Y}",
            days.cash,
            counts[-1].opening if counts else 0,
            _told(days),
            tuple(map(_count_words, counts)),
        )

    def count(self, notes: Mapping[int, int], opening: int, reason: str, *, whole: bool) -> str:
        now, desk = self.clock(), self.office.desk
        made = count_drawer(
            self.office.units(),
            business_day(now),
            self._officer(whole),
            notes,
            opening=opening,
            reason=reason,
            actor=self.actor,
            now=now,
            desk=desk,
        )
        how = "khớp sổ" if not made.difference else difference_words(made.difference)
        return f"Đã kiểm quỹ: đếm được {dong(made.counted)}, {how}. Biên bản đang in."

    def _officer(self, whole: bool) -> str:
        return "" if whole else self.actor.officer


def difference_words(difference: int) -> str:
    """-6000 -> "thiếu 6.000 ₫"."""
    return f"{'thừa' if difference > 0 else 'thiếu'} {dong(abs(difference))}"


def _told(days: MoneyDays) -> tuple[str, ...]:
    """Sums by method; those of which there is nothing are left out."""
    by = days.totals.by_method
    sums = [f"{METHOD_WORDS[method]} {dong(by[method])}" for method in PayMethod if by[method]]
    return (f"Sổ hôm nay: {days.totals.moves} dòng", *([f"Đã thu: {', '.join(sums)}"] if sums else []))


def _count_words(count: CashCount) -> str:
    how = "khớp" if not count.difference else f"{difference_words(count.difference)}: {count.reason}"
    return f"{count.at.astimezone(OFFICE_ZONE):%H:%M} đếm {dong(count.counted)}, {how}"
