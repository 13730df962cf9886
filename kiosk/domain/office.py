"""The office's own facts: name, counters, lines of people, priority classes. Data, never constants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.keeping import Keeping
from kiosk.domain.limits import Limits, limits_on
from kiosk.domain.money import MoneyRules
from kiosk.domain.order import OrderKind, OrderRule


@dataclass(frozen=True)
class ServiceGroup:
    """One line of people (nhóm dịch vụ): `series` is the letter on its tickets; fields: names of procedure fields.

    daily_quota: numbers a day that kiosks give; 0 for no limit. appointments: places in each slot; 0 for a line that
    takes none.
    """

    code: str
    name: str
    series: str
    fields: tuple[str, ...] = ()
    icon: str = ""
    name_en: str = ""
    daily_quota: int = 0
    appointments: int = 0


@dataclass(frozen=True)
class PriorityClass:
    """People served as if they had come earlier (queue rules, section 5.2); minutes of head start.

    proof: what shows it; reason: why the office grants it, as on the wall; hard_cap_min: 0 for the office's own cap.
    short: two or three words for narrow keys, "" for the name.
    """

    code: str
    name: str
    head_start_min: int
    proof: str = ""
    name_en: str = ""
    reason: str = ""
    hard_cap_min: int = 0
    short: str = ""
    short_en: str = ""


@dataclass(frozen=True)
class Counter:
    """A counter (quầy) and the groups that it serves; no groups: all."""

    code: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficerSkills:
    """The lines that an officer may serve, at whatever counter; no groups, or no entry: all of the counter's. roles:
    what the officer is trusted with in the life of a dossier (`domain.life.Role`); none, or no entry: everything."""

    login: str
    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Leftover(StrEnum):
    """What becomes of who still waits when the desk closes: KEEP in the line, EXPIRE, or CARRY to the next morning."""

    KEEP = "keep"
    EXPIRE = "expire"
    CARRY = "carry"


class SupplementClock(StrEnum):
    """What a supplement does to the term of a dossier that was received: RESTART from zero (NĐ 61/2018 Art 19.4), or
    STAND STILL until the supplement is there and go on."""

    RESTART = "restart"
    STAND = "stand"


@dataclass(frozen=True)
class Office:
    """One commune desk. agency_code: mã định danh (QĐ 20/2020/QĐ-TTg), typed from the province's decision.

    order_ratio: ordinary calls for one priority call; miss_needs_calls: nobody is noted as absent before
    calls_before_no_show calls; no_show_returns: how often who was absent may come back to the line.
    kiosk_early_min: kiosks give numbers from so many minutes before work begins. lunch_grace_min, day_grace_min: so
    long after the hours officers may still serve who came in time, before the morning, or the day, is closed by itself.
    payment_stops_clock: whether the time until the citizen has paid is left out of the term.
    appointment_slot_min: from one slot's beginning to the next; appointment_days: so many days ahead are booked.
    kiosk_card_line, kiosk_receipt_line: code of the line that a card, or a receipt, under a kiosk's reader leads to; ""
    for the first line, or the receipt's own, "none" for no number without a touch.
    training: an office for exercises (`domain.training`). limits: the office's own rows (`domain.limits`).
    """

    name: str
    parent: str
    agency_code: str
    province: str
    place: str
    address: str = ""
    phone: str = ""
    website: str = ""
    groups: tuple[ServiceGroup, ...] = ()
    priorities: tuple[PriorityClass, ...] = ()
    counters: tuple[Counter, ...] = ()
    hard_cap_min: int = 60
    calls_before_no_show: int = 3
    wait_target_min: int = 15
    lookup_url: str = ""
    kiosk_card_line: str = ""
    kiosk_receipt_line: str = ""
    station_digit: int = 1
    saturday_fields: tuple[str, ...] = ()
    order: OrderKind = OrderKind.HEAD_START
    order_ratio: int = 2
    miss_needs_calls: bool = False
    no_show_returns: int = 1
    lunch: Leftover = Leftover.KEEP
    day_end: Leftover = Leftover.EXPIRE
    appointment_early_min: int = 15
    appointment_late_min: int = 15
    appointment_slot_min: int = 30
    appointment_days: int = 30
    officers: tuple[OfficerSkills, ...] = ()
    kiosk_early_min: int = 30
    training: bool = False
    lunch_grace_min: int = 15
    day_grace_min: int = 60
    supplement_clock: SupplementClock = SupplementClock.RESTART
    payment_stops_clock: bool = True
    money: MoneyRules = MoneyRules()  # noqa: RUF009 - frozen
    keeping: Keeping = Keeping()  # noqa: RUF009 - frozen
    limits: tuple[Limits, ...] = ()

    def limits_on(self, day: date) -> Limits:
        """Numbers of the law in force on a day."""
        return limits_on(self.limits, day)

    def key_day(self, day: date) -> str:
        """How a dossier's key begins: "261123"; in training "991123", which no real one does in this century."""
        return f"{'99' if self.training else f'{day:%y}'}{day:%m%d}"

    @property
    def order_rule(self) -> OrderRule:
        """Who is called first here, as data for `domain.order`."""
        caps = {p.code: timedelta(minutes=p.hard_cap_min) for p in self.priorities if p.hard_cap_min}
        return OrderRule(timedelta(minutes=self.hard_cap_min), self.order, self.order_ratio, caps)

    def lines_of(self, counter: Counter, officer: str) -> tuple[str, ...] | None:
        """The groups that this officer may call at this counter; None for all, () when they share none."""
        mine = next((o.groups for o in self.officers if o.login == officer), ())
        if not mine or not counter.groups:
            return mine or counter.groups or None
        return tuple(g for g in counter.groups if g in mine)

    def roles_of(self, officer: str) -> frozenset[str] | None:
        """None for an officer who is trusted with everything."""
        mine = next((o.roles for o in self.officers if o.login == officer), ())
        return frozenset(mine) or None

    def group(self, code: str) -> ServiceGroup:
        """Raises: KeyError for an unknown group."""
        return {g.code: g for g in self.groups}[code]

    def priority(self, code: str) -> PriorityClass:
        """Raises: KeyError for an unknown class."""
        return {p.code: p for p in self.priorities}[code]

    def counter(self, code: str) -> Counter:
        """Raises: KeyError for an unknown counter."""
        return {c.code: c for c in self.counters}[code]
