"""The office's own facts from office.toml; the shipped one is a sample commune."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kiosk.catalogue.office_keeping import TABLE as ARCHIVE
from kiosk.catalogue.office_keeping import read_keeping
from kiosk.catalogue.office_limits import LIMITS, read_limits
from kiosk.catalogue.office_money import TABLES, read_money
from kiosk.catalogue.toml_reader import Table, read_pack, shipped_pack
from kiosk.domain.life import Role
from kiosk.domain.office import Counter, Leftover, Office, OfficerSkills, PriorityClass, ServiceGroup, SupplementClock
from kiosk.domain.order import OrderKind

# QĐ 20/2020/QĐ-TTg (H26.107) or the 13 characters of QCVN 102 (000.00.19.H26); docs/legal.md#dossier-code
_AGENCY = re.compile(r"[A-Z]\d{2}(?:\.\d{1,3}){0,4}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_OFFICE_KEYS = (
    *("name", "parent", "agency_code", "province", "place", "address", "phone", "website", "lookup_url"),
    *("kiosk_card_line", "kiosk_receipt_line"),
    *("hard_cap_min", "calls_before_no_show", "wait_target_min", "station_digit", "saturday_fields"),
    *("order", "order_ratio", "miss_needs_calls", "no_show_returns", "lunch", "day_end"),
    *("appointment_early_min", "appointment_late_min", "appointment_slot_min", "appointment_days"),
    *("kiosk_early_min", "lunch_grace_min", "day_grace_min"),
    *("supplement_clock", "payment_stops_clock"),
)


def load_office(path: Path | None = None) -> Office:
    """The office of a file, or the sample office. Raises: PackError naming the key."""
    table = read_pack(path) if path is not None else shipped_pack("office.toml")
    table.allow("office", "group", "priority", "counter", "officer", ARCHIVE, LIMITS, *TABLES)
    groups = _groups(table)
    head = table.table("office").allow(*_OFFICE_KEYS)
    return Office(
        name=_needed(head, "name"),
        parent=_needed(head, "parent"),
        agency_code=_agency_code(head),
        province=_needed(head, "province"),
        place=_needed(head, "place"),
        address=head.text("address", ""),
        phone=head.text("phone", ""),
        website=head.text("website", ""),
        groups=groups,
        priorities=_priorities(table),
        counters=_counters(table, {group.code for group in groups}),
        hard_cap_min=head.number("hard_cap_min", 60, low=1, high=600),
        calls_before_no_show=head.number("calls_before_no_show", 3, low=1, high=20),
        wait_target_min=head.number("wait_target_min", 15, low=1, high=240),
        lookup_url=_lookup_url(head),
        kiosk_card_line=_line(head, "kiosk_card_line", groups),
        kiosk_receipt_line=_line(head, "kiosk_receipt_line", groups),
        station_digit=head.number("station_digit", 1, low=0, high=9),
        saturday_fields=head.texts("saturday_fields"),
        order=OrderKind(_one_of(head, "order", tuple(OrderKind))),
        order_ratio=head.number("order_ratio", 2, low=1, high=20),
        miss_needs_calls=head.flag("miss_needs_calls", False),
        no_show_returns=head.number("no_show_returns", 1, low=0, high=9),
        lunch=Leftover(_one_of(head, "lunch", (Leftover.KEEP, Leftover.EXPIRE))),
        day_end=Leftover(_one_of(head, "day_end", (Leftover.EXPIRE, Leftover.CARRY))),
        appointment_early_min=head.number("appointment_early_min", 15, low=0, high=240),
        appointment_late_min=head.number("appointment_late_min", 15, low=0, high=240),
        appointment_slot_min=head.number("appointment_slot_min", 30, low=5, high=240),
        appointment_days=head.number("appointment_days", 30, low=0, high=366),
        officers=_officers(table, {group.code for group in groups}),
        kiosk_early_min=head.number("kiosk_early_min", 30, low=0, high=240),
        lunch_grace_min=head.number("lunch_grace_min", 15, low=0, high=60),
        day_grace_min=head.number("day_grace_min", 60, low=0, high=300),
        supplement_clock=SupplementClock(_one_of(head, "supplement_clock", tuple(SupplementClock))),
        payment_stops_clock=head.flag("payment_stops_clock", True),
        money=read_money(table),
        keeping=read_keeping(table),
        limits=read_limits(table),
    )


def _groups(table: Table) -> tuple[ServiceGroup, ...]:
    groups: list[ServiceGroup] = []
    for row in table.tables("group"):
        row.allow("code", "name", "name_en", "series", "icon", "fields", "daily_quota", "appointments")
        code, series = _code(row, [g.code for g in groups]), row.text("series")
        if not re.fullmatch(r"[A-Z]", series):
            row.fail("series", "cần một chữ cái in hoa từ A đến Z")
        if series in (g.series for g in groups):
            row.fail("series", f"chữ {series} đã dùng cho nhóm khác; hai nhóm cùng chữ sẽ trùng số")
        fields = row.texts("fields")
        for other in groups:
            if shared := set(fields) & set(other.fields):
                row.fail("fields", f"lĩnh vực “{min(shared)}” đã thuộc nhóm {other.code}")
        groups.append(
            ServiceGroup(
                code,
                _needed(row, "name"),
                series,
                fields,
                row.text("icon", ""),
                row.text("name_en", ""),
                row.number("daily_quota", 0, low=0, high=9999),
                row.number("appointments", 0, low=0, high=99),
            )
        )
    if not groups:
        table.fail("group", "cần ít nhất một nhóm dịch vụ [[group]]")
    return tuple(groups)


def _priorities(table: Table) -> tuple[PriorityClass, ...]:
    classes: list[PriorityClass] = []
    for row in table.tables("priority"):
        row.allow("code", "name", "name_en", "head_start_min", "proof", "reason", "hard_cap_min", "short", "short_en")
        code = _code(row, [c.code for c in classes])
        minutes = row.number("head_start_min", low=0, high=240)
        classes.append(
            PriorityClass(
                code,
                _needed(row, "name"),
                minutes,
                row.text("proof", ""),
                row.text("name_en", ""),
                row.text("reason", ""),
                row.number("hard_cap_min", 0, low=0, high=600),
                row.text("short", ""),
                row.text("short_en", ""),
            )
        )
    return tuple(classes)


def _counters(table: Table, known: set[str]) -> tuple[Counter, ...]:
    counters: list[Counter] = []
    for row in table.tables("counter"):
        row.allow("code", "name", "groups")
        code, served = _code(row, [c.code for c in counters]), row.texts("groups")
        if unknown := set(served) - known:
            row.fail("groups", f"không có nhóm “{min(unknown)}”")
        counters.append(Counter(code, _needed(row, "name"), served))
    if not counters:
        table.fail("counter", "cần ít nhất một quầy [[counter]]")
    unserved = known - {group for c in counters for group in c.groups or known}
    if unserved:
        table.fail("counter", f"không quầy nào phục vụ nhóm “{min(unserved)}”")
    return tuple(counters)


def _officers(table: Table, known: set[str]) -> tuple[OfficerSkills, ...]:
    officers: list[OfficerSkills] = []
    for row in table.tables("officer"):
        row.allow("login", "groups", "roles")
        login, groups, roles = _needed(row, "login"), row.texts("groups"), row.texts("roles")
        if login in (o.login for o in officers):
            row.fail("login", f"cán bộ “{login}” đã khai ở trên")
        if unknown := set(groups) - known:
            row.fail("groups", f"không có nhóm “{min(unknown)}”")
        if strange := set(roles) - set(Role):
            row.fail("roles", f"không có vai trò “{min(strange)}”; chọn trong: {', '.join(Role)}")
        officers.append(OfficerSkills(login, groups, roles))
    return tuple(officers)


def _one_of(head: Table, key: str, known: Sequence[str]) -> str:
    """A word of a closed list; the first is the default."""
    word = head.text(key, known[0])
    if word not in known:
        head.fail(key, f"“{word}” không có; chọn một trong: {', '.join(known)}")
    return word


def _code(row: Table, taken: list[str]) -> str:
    code = row.text("code")
    if not _CODE.fullmatch(code):
        row.fail("code", "chỉ dùng chữ thường không dấu, số và gạch nối")
    if code in taken:
        row.fail("code", f"mã “{code}” đã dùng")
    return code


def _needed(row: Table, key: str) -> str:
    text = row.text(key)
    if not text:
        row.fail(key, "không được để trống")
    return text


def _agency_code(head: Table) -> str:
    code = head.text("agency_code")
    if not _AGENCY.fullmatch(code):
        head.fail("agency_code", f"“{code}” không phải mã định danh dạng H26.107")
    return code


def _line(head: Table, key: str, groups: Sequence[ServiceGroup]) -> str:
    """Code of a group, "none", or "" when left out."""
    chosen, known = head.text(key, ""), [g.code for g in groups]
    if chosen not in ("", "none", *known):
        head.fail(key, f"không có nhóm “{chosen}”; chọn một trong: none, {', '.join(known)}")
    return chosen


def _lookup_url(head: Table) -> str:
    url = head.text("lookup_url", "")
    if url and not (url.startswith(("https://", "http://")) and "{code}" in url):
        head.fail("lookup_url", "cần địa chỉ https://… có chỗ {code} cho mã hồ sơ")
    return url
