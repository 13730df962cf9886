"""Lists pulled from a running stand-in, put before a person, and in force only after the approval."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from office_commands import commands_in, done_by
from sync_stand_in import StandIn

MARRIAGE_STATUS = "1.004873"


def a_catalogue(folder: Path) -> None:
    """One procedure, two days off and one state that nobody here knows."""
    (folder / "LayThuTuc").mkdir(parents=True)
    way = {"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "2", "DONVITINH": "Ngày làm việc"}]}
    record = {
        "MATTHC": MARRIAGE_STATUS,
        "TENTTHC": "Cấp giấy xác nhận tình trạng hôn nhân",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}],
        "CACHTHUCTHUCHIEN": [way],
    }
    lists = {
        f"LayThuTuc/{MARRIAGE_STATUS}": record,
        "LayNgayNghi": [{"NGAY": "20271230", "DENNGAY": "20271231", "LYDO": "Nghỉ của tỉnh", "CANCU": "QĐ 1"}],
        "LayDanhMucTrangThai": [{"MATRANGTHAI": "11", "TENTRANGTHAI": "Chờ bưu chính"}],
    }
    for name, content in lists.items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def test_lists_are_proposed_compared_approved_and_rejected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = tmp_path / "office"
    office.mkdir()
    a_catalogue(tmp_path / "province" / "catalogue")
    with StandIn(tmp_path / "province") as province:
        (office / "config.toml").write_text(f'[[provinces]]\nname = "tinh"\nurl = "{province.url}"\n')
        run = commands_in(office, capsys)
        motcua = done_by(run)
        made = motcua("sync", "pull")["proposals"]
    procedures, calendar, statuses = (made[kind]["id"] for kind in ("procedures", "calendar", "statuses"))
    assert any("2 ngày làm việc" in line for line in made["procedures"]["diff"])
    assert [line.split(":")[0] for line in made["calendar"]["diff"]] == ["30/12/2027", "31/12/2027"]
    assert motcua("catalogue", "show", MARRIAGE_STATUS)["version"] == 1
    assert len(motcua("catalogue", "proposals")["proposals"]) == 3

    compared = motcua("catalogue", "compare", "office", str(procedures))
    assert list(compared["differing"]) == [MARRIAGE_STATUS]
    assert len(compared["only_first"]) > 10

    assert motcua("catalogue", "approve", str(procedures))["changed"] == [MARRIAGE_STATUS]
    assert motcua("catalogue", "show", MARRIAGE_STATUS)["version"] == 2
    motcua("catalogue", "approve", str(calendar))
    shown = motcua("calendar", "show", "--year", "2027")["days"]
    assert [d["reason"] for d in shown if d["day"] == "2027-12-30"] == ["Nghỉ của tỉnh"]
    code, failure = run("catalogue", "reject", str(statuses))
    assert (code, failure["error"]["code"]) == (1, "dossier.reason_required")
    motcua("catalogue", "reject", str(statuses), "--reason", "Chưa dùng")
    code, failure = run("catalogue", "approve", str(statuses))
    assert (code, failure["error"]["code"]) == (1, "proposal.decided")
    assert motcua("catalogue", "proposals")["proposals"] == []


def test_without_a_line_there_is_nothing_to_pull(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, failure = commands_in(tmp_path, capsys)("sync", "pull")
    assert (code, failure["error"]["code"]) == (2, "sync.no_province")
