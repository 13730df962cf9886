"""What a citizen pays, line by line, and what must be asked for first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import BIRTH

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.starter import load_starter
from kiosk.catalogue.tariff import load_tariff
from kiosk.domain.amount_words import amount_words
from kiosk.domain.fees import (
    BadQuantityError,
    FeeKind,
    FeeUnit,
    Quantity,
    Rate,
    Relief,
    Tariff,
    Tier,
    UnknownReliefError,
    kind_of,
    reasons,
    work_out,
)
from kiosk.domain.procedure import Channel, Fee, Option, Procedure, Term, TermUnit

DAY = date(2026, 11, 23)
TARIFF = load_tariff()
STARTER = {p.code: p for p in load_starter()}
BY_PAGE = Rate(
    BIRTH.code, "Phí sao", FeeKind.FEE, None, FeeUnit.PAGE, (Tier(2, 2000), Tier(None, 1000)), 200_000, basis="TT"
)
POOR = Relief("ho-ngheo", "hộ nghèo", 100, "giấy chứng nhận", "Điều 11", kinds=(FeeKind.CHARGE,))
HALF = Relief("mot-nua", "giảm một nửa", 50, "giấy", "NQ 1")


def asked(code: str, channel: Channel = Channel.COUNTER, **more: object) -> int | None:
    return work_out(STARTER[code], TARIFF, channel, DAY, **more).total  # type: ignore[arg-type]


# Levels as the national portal shows them (docs/legal.md#fees).
@pytest.mark.parametrize(
    ("code", "channel", "quantity", "total"),
    [
        ("2.000815", Channel.COUNTER, Quantity(1, 1), 2_000),
        ("2.000815", Channel.COUNTER, Quantity(1, 2), 4_000),
        ("2.000815", Channel.COUNTER, Quantity(1, 3), 5_000),
        ("2.000815", Channel.COUNTER, Quantity(3, 5), 21_000),
        ("2.000815", Channel.COUNTER, Quantity(1, 198), 200_000),
        ("2.000815", Channel.COUNTER, Quantity(2, 500), 400_000),
        ("2.000635", Channel.COUNTER, Quantity(3), 24_000),
        ("2.000884", Channel.COUNTER, Quantity(), 10_000),
        ("2.001035", Channel.COUNTER, Quantity(), 50_000),
        ("1.004222", Channel.COUNTER, Quantity(), 20_000),
        ("1.004222", Channel.ONLINE, Quantity(), 10_000),
        ("1.001193", Channel.COUNTER, Quantity(), 0),
    ],
)
def test_the_shipped_levels(code: str, channel: Channel, quantity: Quantity, total: int) -> None:
    assert asked(code, channel, quantity=quantity) == total


def test_people_of_a_list_are_counted() -> None:
    assert asked("1.004194", case="Theo danh sách", quantity=Quantity(people=12)) == 120_000


@pytest.mark.parametrize(
    ("code", "ask"), [("2.000815", "số trang của một bản"), ("1.004873", "mức thu"), ("1.014061", "mức thu")]
)
def test_what_nobody_knows_is_asked_for_and_never_guessed(code: str, ask: str) -> None:
    answer = work_out(STARTER[code], TARIFF, Channel.COUNTER, DAY)
    assert (answer.total, answer.asks) == (None, (ask,))


def test_a_procedure_whose_catalogue_names_no_fee_is_not_called_free() -> None:
    silent = replace(BIRTH, options=(Option(Channel.COUNTER, Term(3, TermUnit.WORKING_DAYS)),))
    assert work_out(silent, Tariff(), Channel.COUNTER, DAY).asks == ("mức thu",)


def test_every_shipped_fee_is_worked_out_or_asks_for_something() -> None:
    for procedure in STARTER.values():
        for option in procedure.options:
            answer = work_out(procedure, TARIFF, option.channel, DAY, case=option.case)
            assert (answer.total is None) == bool(answer.asks), procedure.code
            assert all(line.how for line in answer.lines), procedure.code


def test_the_reason_names_the_sum_and_the_text_behind_it() -> None:
    answer = work_out(STARTER["2.000815"], TARIFF, Channel.COUNTER, DAY, quantity=Quantity(2, 5))
    assert reasons(answer) == [
        "Phí chứng thực bản sao từ bản chính: 14.000 đồng (2 trang × 2.000 đồng + 3 trang × 1.000 đồng = 7.000 đồng/bản"
        ", × 2 bản). Căn cứ: Thông tư 226/2016/TT-BTC"
    ]


def test_fee_and_charge_are_kept_apart() -> None:
    option = Option(Channel.COUNTER, Term(3, TermUnit.WORKING_DAYS), (Fee("Lệ phí", 8000), Fee("Phí thẩm định", 500)))
    answer = work_out(replace(BIRTH, options=(option,)), Tariff(), Channel.COUNTER, DAY)
    assert (answer.of(FeeKind.CHARGE), answer.of(FeeKind.FEE), answer.total) == (8000, 500, 8500)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Lệ phí hộ tịch", FeeKind.CHARGE), ("Phí chứng thực", FeeKind.FEE), ("Phí, lệ phí", FeeKind.UNTOLD)],
)
def test_the_kind_is_read_from_the_catalogue_s_name(name: str, kind: FeeKind) -> None:
    assert kind_of(name) is kind


def test_a_relief_forgives_its_own_kind_only() -> None:
    both = (Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 8000), Rate(BIRTH.code, "Phí", FeeKind.FEE, 500))
    answer = work_out(BIRTH, Tariff(both, (POOR,)), Channel.COUNTER, DAY, relief="ho-ngheo")
    assert answer.total == 500
    assert "miễn: hộ nghèo" in reasons(answer)[0]
    assert "Điều 11" in reasons(answer)[0]


def test_an_unknown_level_is_none_at_all_for_who_is_exempt() -> None:
    procedure = STARTER["1.004859"]
    answer = work_out(procedure, TARIFF, Channel.COUNTER, DAY, case="Bổ sung thông tin", relief="ho-ngheo")
    assert (answer.total, answer.asks) == (0, ())


def test_a_reduction_leaves_an_unknown_level_unknown() -> None:
    unknown = Tariff((replace(BY_PAGE, tiers=(), unit=FeeUnit.CASE, verbatim="Theo nghị quyết"),), (HALF,))
    answer = work_out(BIRTH, unknown, Channel.COUNTER, DAY, relief="mot-nua")
    assert (answer.total, answer.asks) == (None, ("mức thu",))


def test_half_is_half() -> None:
    answer = work_out(BIRTH, Tariff((), (HALF,)), Channel.COUNTER, DAY, relief="mot-nua")
    assert answer.total == 4000
    assert "giảm 50%" in reasons(answer)[0]


def test_a_relief_that_is_not_in_force_is_refused_with_those_that_are() -> None:
    over = replace(HALF, valid_to=DAY)
    with pytest.raises(UnknownReliefError) as caught:
        work_out(BIRTH, Tariff((), (over, POOR)), Channel.COUNTER, DAY, relief="mot-nua")
    assert caught.value.details["known"] == "ho-ngheo"


@pytest.mark.parametrize("quantity", [Quantity(0), Quantity(1, 0), Quantity(1, 1, -2), Quantity(10_001)])
def test_nobody_has_no_copies(quantity: Quantity) -> None:
    with pytest.raises(BadQuantityError):
        work_out(BIRTH, Tariff(), Channel.COUNTER, DAY, quantity=quantity)


def test_a_level_counts_on_the_days_on_which_it_is_in_force() -> None:
    old = Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 5000, valid_to=date(2026, 11, 24))
    new = Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 9000, valid_from=date(2026, 11, 24))
    tariff = Tariff((old, new))
    by_day = [work_out(BIRTH, tariff, Channel.COUNTER, date(2026, 11, day)).total for day in (23, 24)]
    assert by_day == [5000, 9000]


def test_the_office_s_own_level_stands_over_the_shipped_one() -> None:
    shipped = Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 5000, case="Đúng hạn")
    own = Rate(BIRTH.code, "Lệ phí", FeeKind.CHARGE, 7000, rank=2)
    assert work_out(BIRTH, Tariff((own, shipped)), Channel.COUNTER, DAY, case="Đúng hạn").total == 7000


@given(st.integers(1, 500), st.integers(1, 50), st.integers(0, 3))
def test_more_pages_or_copies_never_cost_less(pages: int, copies: int, more: int) -> None:
    tariff = Tariff((BY_PAGE,))

    def total(p: int, c: int) -> int:
        return work_out(BIRTH, tariff, Channel.COUNTER, DAY, quantity=Quantity(c, p)).total or 0

    assert total(pages, copies) == copies * total(pages, 1) <= total(pages + more, copies)


PACK = """
[pack]
name = "Nghị quyết tỉnh"
scope = "province"

[[rate]]
procedure = "1.004873"
name = "Lệ phí hộ tịch"
kind = "le-phi"
amount = 15000
basis = "Nghị quyết số 01/2026/NQ-HĐND"
valid_from = 2026-01-01
"""


def test_a_pack_of_the_data_directory_settles_what_the_catalogue_leaves_open(tmp_path: Path) -> None:
    (tmp_path / "fees-nghi-quyet.toml").write_text(PACK, encoding="utf-8")
    answer = work_out(STARTER["1.004873"], load_tariff(tmp_path), Channel.COUNTER, DAY)
    assert (answer.total, answer.lines[0].basis) == (15_000, "Nghị quyết số 01/2026/NQ-HĐND")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("amount = 15000", ""), "ghi đúng một trong"),
        (("amount = 15000", 'amount = "nhiều"'), "số nguyên"),
        (('kind = "le-phi"', 'kind = "thue"'), "thue"),
        (('"1.004873"', '"1004873"'), "mã thủ tục"),
        (('basis = "Nghị quyết số 01/2026/NQ-HĐND"', ""), "thiếu"),
        (("amount = 15000", 'amount = 1\nchannels = ["9"]'), "trực tiếp"),
        (("amount = 15000", "tiers = [{ upto = 5, price = 1 }]"), "bậc cuối"),
        (("amount = 15000", "tiers = [{ price = 1 }, { price = 2 }]"), "tăng dần"),
        (("valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-01-01"), "sau valid_from"),
        (('scope = "province"', 'scope = "xã"'), "nation"),
        (("[[rate]]", "[[muc]]"), "khóa lạ"),
    ],
)
def test_a_pack_that_is_wrong_says_where(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    (tmp_path / "fees.toml").write_text(PACK.replace(*change), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_tariff(tmp_path)
    assert problem in str(caught.value.details["problem"])


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không"),
        (8_000, "tám nghìn"),
        (21_005, "hai mươi mốt nghìn không trăm linh năm"),
        (15_000, "mười lăm nghìn"),
        (105_000, "một trăm linh năm nghìn"),
        (124_500, "một trăm hai mươi tư nghìn năm trăm"),
        (400_000, "bốn trăm nghìn"),
        (1_010_000, "một triệu không trăm mười nghìn"),
        (2_000_001, "hai triệu không trăm linh một"),
        (55_555, "năm mươi lăm nghìn năm trăm năm mươi lăm"),
        (1_000_000_000, "một tỷ"),
    ],
)
def test_an_amount_in_words(amount: int, words: str) -> None:
    assert amount_words(amount) == words


def test_a_procedure_without_options_asks(tmp_path: Path) -> None:
    bare: Procedure = replace(BIRTH, options=())
    assert work_out(bare, load_tariff(tmp_path), Channel.COUNTER, DAY).total is None
