"""The office's own facts: name, counters, lines of people, priority classes. Data, never constants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceGroup:
    """One line of people (nhóm dịch vụ): `series` is the letter on its tickets; fields: names of procedure fields."""

    code: str
    name: str
    series: str
    fields: tuple[str, ...] = ()
    icon: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class PriorityClass:
    """People served as if they had come earlier (queue rules, section 5.2); minutes of head start."""

    code: str
    name: str
    head_start_min: int
    proof: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Counter:
    """A counter (quầy) and the groups that it serves; no groups: all."""

    code: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """One commune desk. agency_code: mã định danh (QĐ 20/2020/QĐ-TTg), typed from the province's decision."""

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
    station_digit: int = 1
    saturday_fields: tuple[str, ...] = ()

    def group(self, code: str) -> ServiceGroup:
        """Raises: KeyError for an unknown group."""
        return {g.code: g for g in self.groups}[code]

    def priority(self, code: str) -> PriorityClass:
        """Raises: KeyError for an unknown class."""
        return {p.code: p for p in self.priorities}[code]

    def counter(self, code: str) -> Counter:
        """Raises: KeyError for an unknown counter."""
        return {c.code: c for c in self.counters}[code]
