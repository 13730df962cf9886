"""Which papers an office keeps as they look, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.office_pack import load_office
from kiosk.catalogue.toml_reader import shipped_pack
from kiosk.domain.keeping import Keeping


@pytest.mark.parametrize(
    ("component", "why"),
    [
        ("Trích lục bản đồ địa chính thửa đất", "bản đồ"),
        ("Sơ đồ vị trí nhà ở", "sơ đồ"),
        ("BẢN VẼ thiết kế", "bản vẽ"),
        ("02 ảnh 3x4 chụp chưa quá 6 tháng", "ảnh 3x4"),
        ("Giấy tờ ghi số đo diện tích thửa đất", ""),
        ("Báo cáo đánh giá ảnh hưởng", ""),
        ("Tờ khai đăng ký khai sinh", ""),
    ],
)
def test_a_component_is_kept_whole_by_the_words_of_its_name(component: str, why: str) -> None:
    assert Keeping().why(["declaration"], component) == why


def test_a_kind_or_a_procedure_may_ask_for_it_too() -> None:
    rule = Keeping(procedures=("1.004884",))
    assert rule.why(["", "photo"], "Giấy tờ khác") == "photo"
    assert rule.why(["declaration"], "Tờ khai", "1.004884") == "1.004884"
    assert rule.why(["declaration"], "Tờ khai", "1.001193") == ""


def office_file(folder: Path, *lines: str) -> Path:
    path = folder / "office.toml"
    path.write_text("\n".join((shipped_pack("office.toml").source, "[archive]", *lines)), encoding="utf-8")
    return path


def test_an_office_says_its_own_and_what_it_leaves_out_stays_as_shipped(tmp_path: Path) -> None:
    rule = load_office(office_file(tmp_path, 'whole_words = ["gia phả"]', "whole_kinds = []")).keeping
    assert rule == Keeping(kinds=(), words=("gia phả",))
    assert rule.why(["photo"], "Bản sao gia phả") == "gia phả"
    assert load_office().keeping == Keeping()


@pytest.mark.parametrize(
    ("line", "key"),
    [('whole_words = "bản đồ"', "whole_words"), ('whole_kinds = [""]', "whole_kinds"), ("all = 1", "all")],
)
def test_a_faulty_rule_is_named_by_its_key(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(PackError) as caught:
        load_office(office_file(tmp_path, line))
    assert str(caught.value.details["key"]).endswith(key)
