"""The rules of the queue in office.toml: read, and refused in words that name the key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.office_pack import load_office
from kiosk.domain.office import Leftover
from kiosk.domain.order import OrderKind

HEAD = """
[office]
name = "Một Cửa"
parent = "UBND"
agency_code = "H26.107"
province = "Tỉnh"
place = "Xã"
{head}
[[group]]
code = "ho-tich"
name = "Hộ tịch"
series = "A"
[[counter]]
code = "1"
name = "Quầy 1"
[[priority]]
code = "cao-tuoi"
name = "Người cao tuổi"
head_start_min = 20
{priority}
{rest}
"""


def pack(folder: Path, head: str = "", priority: str = "", rest: str = "") -> Path:
    path = folder / "office.toml"
    path.write_text(HEAD.format(head=head, priority=priority, rest=rest), encoding="utf-8")
    return path


def test_the_shipped_office_gives_a_head_start_and_says_why() -> None:
    office = load_office()
    assert office.order_rule.kind is OrderKind.HEAD_START
    assert all(p.reason and p.proof for p in office.priorities)


def test_rules_of_order_absence_and_closing_are_read(tmp_path: Path) -> None:
    head = 'order = "ratio"\norder_ratio = 3\nmiss_needs_calls = true\nday_end = "carry"\nlunch = "expire"'
    rest = '[[officer]]\nlogin = "lan"\ngroups = ["ho-tich"]'
    office = load_office(pack(tmp_path, head, "hard_cap_min = 30", rest))
    rule = office.order_rule
    assert (rule.kind, rule.ratio, rule.cap) == (OrderKind.RATIO, 3, timedelta(minutes=60))
    assert rule.caps == {"cao-tuoi": timedelta(minutes=30)}
    assert (office.miss_needs_calls, office.day_end, office.lunch) == (True, Leftover.CARRY, Leftover.EXPIRE)
    assert office.lines_of(office.counters[0], "lan") == ("ho-tich",)
    assert office.lines_of(office.counters[0], "khác") is None


@pytest.mark.parametrize(
    ("head", "rest", "words"),
    [
        ('order = "vip"', "", "head-start, ratio, strict"),
        ("order_ratio = 0", "", "order_ratio"),
        ('lunch = "carry"', "", "keep, expire"),
        ('day_end = "keep"', "", "expire, carry"),
        ("", '[[officer]]\nlogin = "lan"\ngroups = ["thue"]', "thue"),
        ("", '[[officer]]\nlogin = "lan"\n[[officer]]\nlogin = "lan"', "lan"),
    ],
)
def test_a_wrong_rule_is_refused_and_named(tmp_path: Path, head: str, rest: str, words: str) -> None:
    with pytest.raises(PackError) as refused:
        load_office(pack(tmp_path, head, rest=rest))
    assert words in f"{refused.value.details}"
