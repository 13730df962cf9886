"""The shipped catalogue and office: enough, safe to type, consistent; and faults of packs named by key."""

import re
from pathlib import Path

import pytest

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.office_pack import load_office
from kiosk.catalogue.starter import load_starter, read_procedures
from kiosk.catalogue.toml_reader import parse_pack
from kiosk.domain.procedure import Channel, TermUnit
from kiosk.text import nfc

STARTER = load_starter()
BY_CODE = {p.code: p for p in STARTER}


def test_at_least_forty_commune_procedures() -> None:
    assert len(STARTER) >= 40
    assert {p.confidence for p in STARTER} == {"A", "B", "C", "D"}
    assert all(p.valid_from and p.levels and p.components and p.options for p in STARTER)


def test_mnemonics_survive_telex_and_vni() -> None:
    telex = re.compile(r"aa|ee|oo|dd|aw|ow|uw|w|d.*d|[aeiouy].*[sfrxjz]|[0-9]")
    mnemonics = [p.mnemonic for p in STARTER if p.mnemonic]
    assert len(set(mnemonics)) == len(mnemonics) == len(STARTER)
    assert [m for m in mnemonics if telex.search(m) or not m.isascii()] == []


def test_every_field_belongs_to_a_line_of_people() -> None:
    served = {field for group in load_office().groups for field in group.fields}
    assert {p.field_name for p in STARTER} <= served


def test_texts_are_nfc_and_codes_are_unique() -> None:
    for p in STARTER:
        assert nfc(p.name) == p.name
        codes = [c.code for c in p.components]
        assert len(set(codes)) == len(codes)
        assert all(c.name for c in p.components)


def test_unknown_terms_stay_unknown_and_are_listed() -> None:
    unknown = [p for p in STARTER if not p.steps and any(not o.term.is_known for o in p.options)]
    assert unknown
    assert all(p.unclear for p in unknown)
    assert all(o.term.verbatim for p in unknown for o in p.options)


def test_recalled_terms_carry_the_mark() -> None:
    option = BY_CODE["2.001035"].option(Channel.COUNTER)
    assert option is not None
    assert "chưa kiểm chứng" in option.note


@pytest.mark.parametrize(
    ("code", "channel", "case", "term", "fee"),
    [
        ("1.001193", Channel.COUNTER, "", TermUnit.SAME_DAY, 0),
        ("1.004222", Channel.COUNTER, "", TermUnit.WORKING_DAYS, 20000),
        ("1.004222", Channel.ONLINE, "", TermUnit.WORKING_DAYS, 10000),
        ("1.010041", Channel.COUNTER, "Cần xác minh", TermUnit.WORKING_DAYS, 0),
        ("1.013225", Channel.COUNTER, "Nhà ở riêng lẻ", TermUnit.CALENDAR_DAYS, None),
        ("2.000635", Channel.COUNTER, "", TermUnit.SAME_DAY, 8000),
    ],
)
def test_terms_and_fees_by_channel_and_case(
    code: str, channel: Channel, case: str, term: TermUnit, fee: int | None
) -> None:
    option = BY_CODE[code].option(channel, case)
    assert option is not None
    assert (option.term.unit, option.fees[0].amount) == (term, fee)


PACK = """
valid_from = 2026-01-01
field = "Hộ tịch"
[[procedure]]
code = "1.000001"
name = "Thủ tục"
confidence = "A"
term = "3 working days"
fees = [{ name = "Phí", amount = 5 }]
papers = [{ code = "to-khai", name = "Tờ khai" }]
"""


def test_a_pack_of_a_province_reads_the_same_way() -> None:
    ((_, procedure),) = read_procedures(parse_pack(PACK.encode(), "tinh.toml"))
    assert procedure.options[0].term.value == 3


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"1.000001"', '"1.1"', "procedure[1].code"),
        ('"A"', '"E"', "procedure[1].confidence"),
        ("3 working days", "soon", "procedure[1].term"),
        ('term = "3 working days"', "", "procedure[1].term"),
        ("amount = 5", 'amount = "5"', "procedure[1].fees[1].amount"),
        ("amount = 5", "amount = -5", "procedure[1].fees[1].amount"),
        ("amount = 5", "amuont = 5", "procedure[1].fees[1].amuont"),
        (", amount = 5", "", "procedure[1].fees[1].amount"),
        ('"to-khai"', '"Tờ khai"', "procedure[1].papers[1].code"),
        ('papers = [{ code = "to-khai", name = "Tờ khai" }]', "", "procedure[1].papers"),
        ('name = "Tờ khai"', 'name = "Tờ khai", case = "Lạ"', "procedure[1].papers[1].case"),
        ('name = "Tờ khai"', 'name = "Tờ khai", kind = "x"', "procedure[1].papers[1].kind"),
        ('confidence = "A"', 'confidence = "A"\nmnemonic = "ddk"', "procedure[1].mnemonic"),
        ('confidence = "A"', 'confidence = "A"\nmnemonic = "tas"', "procedure[1].mnemonic"),
        ('confidence = "A"', 'confidence = "A"\nchannels = ["4"]', "procedure[1].channels"),
        ("valid_from = 2026-01-01", "", "valid_from"),
        ("[[procedure]]", "[[procedur]]", "procedur"),
    ],
)
def test_a_fault_of_a_catalogue_pack_is_named(old: str, new: str, key: str) -> None:
    with pytest.raises(PackError) as caught:
        read_procedures(parse_pack(PACK.replace(old, new, 1).encode(), "tinh.toml"))
    assert caught.value.details["key"] == key


def test_the_sample_office_is_whole() -> None:
    office = load_office()
    assert [g.series for g in office.groups] == ["A", "B", "C", "D", "E", "F"]
    assert len(office.counters) == 4
    assert all(15 <= p.head_start_min <= 20 for p in office.priorities)
    assert office.saturday_fields


OFFICE = """
[office]
name = "Trung tâm"
parent = "UBND xã"
agency_code = "H26.107"
province = "Tỉnh"
place = "Xã"
[[group]]
code = "a"
name = "Nhóm A"
series = "A"
fields = ["Hộ tịch"]
[[group]]
code = "b"
name = "Nhóm B"
series = "B"
[[priority]]
code = "p"
name = "Ưu tiên"
head_start_min = 15
[[counter]]
code = "1"
name = "Quầy 1"
groups = ["a", "b"]
"""


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("H26.107", "26.107", "office.agency_code"),
        ('name = "Trung tâm"', 'name = ""', "office.name"),
        ('place = "Xã"', 'place = "Xã"\nlookup_url = "x"', "office.lookup_url"),
        ('place = "Xã"', 'place = "Xã"\nhead = "x"', "office.head"),
        ('place = "Xã"', 'place = "Xã"\nstation_digit = 10', "office.station_digit"),
        ('series = "B"', 'series = "A"', "group[2].series"),
        ('series = "B"', 'series = "BB"', "group[2].series"),
        ('series = "B"', 'series = "B"\nfields = ["Hộ tịch"]', "group[2].fields"),
        ('code = "b"', 'code = "a"', "group[2].code"),
        ('code = "b"', 'code = "Nhóm"', "group[2].code"),
        ('groups = ["a", "b"]', 'groups = ["a", "c"]', "counter[1].groups"),
        ('groups = ["a", "b"]', 'groups = ["a"]', "counter"),
        ("head_start_min = 15", "head_start_min = true", "priority[1].head_start_min"),
        ("head_start_min = 15", "head_start_min = 999", "priority[1].head_start_min"),
        ("[office]", "[ofice]", "ofice"),
        ("[office]", "[office", "-"),
    ],
)
def test_a_fault_of_an_office_pack_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_office(path)
    assert caught.value.details["key"] == key


def test_an_office_pack_without_faults_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")
    assert load_office(path).group("b").series == "B"
