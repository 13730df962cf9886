"""The stick from the officer's command to the province's and home again, on real stores."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_commands import commands_in, received_now

from kiosk.domain.job import JobState, Wing
from sync.reference.database import Database
from sync.reference.files import Files, hash_of_bytes
from sync.reference.portal import EMPTY_PDF
from sync.reference.requests import now_text
from sync.reference.serve import DATABASE_FILE
from sync.reference.store import News, ProvinceStore, Result
from ui.app import open_office

BY_FOLDER = '[[provinces]]\nname = "tinh"\ngeneration = "files"\nfield_codes = {"Hộ tịch" = "G15-HT"}\n'


@pytest.fixture
def commune(tmp_path: Path) -> Path:
    """An office that a folder carries, with one dossier."""
    root = tmp_path / "office"
    root.mkdir()
    (root / "config.toml").write_text(BY_FOLDER)
    received_now(root)
    return root


def test_keys_are_exchanged_then_a_dossier_goes_out_and_its_receipt_comes_home(
    tmp_path: Path, commune: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office, province = commands_in(commune, capsys), commands_in(tmp_path / "province", capsys)
    stick = tmp_path / "usb"
    stick.mkdir()
    code, failure = office("sync", "export", str(stick))
    assert (code, failure["error"]["code"]) == (2, "stick.no_key")
    code, told = office("sync", "status")
    assert code == 0
    assert (told["stick"]["dossiers"], told["stick"]["entries"], told["stick"]["on_sticks"]) == (1, 2, 0)
    for run, area in ((office, "sync"), (province, "province")):
        code, failure = run(area, "import", str(stick))
        assert (code, failure["error"]["code"]) == (2, "stick.no_bundle")

    _, own = office("sync", "key", "--out", str(stick))
    _, theirs = province("province", "key", "--out", str(stick))
    assert province("province", "trust", own["file"])[1]["fingerprint"] == own["fingerprint"]
    assert office("sync", "trust", theirs["file"])[1]["fingerprint"] == theirs["fingerprint"]

    code, out = office("sync", "export", str(stick))
    assert (code, out["dossiers"], out["progress"]) == (0, 1, 1)
    code, taken = province("province", "import", str(stick))
    assert (code, taken["bundles"][0]["dossiers"], taken["bundles"][0]["refused"]) == (0, 1, {})
    code, home = office("sync", "import", str(stick))
    assert code == 0
    assert home["answers"][0]["sent"] == 2
    with open_office(commune) as opened, opened.reads() as look:
        assert [j.state for j in look.jobs.listed(Wing.SYNC)] == [JobState.DONE, JobState.DONE]

    solved_at(tmp_path / "province")
    code, again = province("province", "import", str(stick))
    assert (again["bundles"][0]["again"], again["bundles"][0]["news"]) == (True, 3)
    code, home = office("sync", "import", str(stick))
    assert code == 0, home
    assert home["answers"][0]["again"]
    assert (home["answers"][0]["sent"], home["answers"][0]["news"]) == (0, 3)
    with open_office(commune) as opened, opened.reads() as look:
        [dossier] = look.dossiers.recent()
        assert dossier.province_state == "Đã xử lý xong"
        assert dossier.result is not None
        assert dossier.result.file_id, "the result travelled along, and was opened and attached"


def solved_at(province: Path) -> None:
    """The province takes the dossier up, then finishes it with a result."""
    database = Database(province / DATABASE_FILE)
    store, files = ProvinceStore(database), Files(database, province / "files")
    sha256 = files.keep(EMPTY_PDF, hash_of_bytes(EMPTY_PDF), "kq-1", "application/pdf")
    facts = {"GiayToId": "kq-1", "TenGiayTo": "Giấy xác nhận", "SoKyHieu": "12/XN", "NgayCap": now_text()}
    [code] = store.undecided("", 10)
    store.decide(code, News("4", now_text()))
    store.decide(code, News("9", now_text(), result=Result(sha256, facts)))
    database.close()


def test_a_different_key_under_a_known_name_is_a_persons_decision(
    tmp_path: Path, commune: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = commands_in(commune, capsys)
    (tmp_path / "usb").mkdir()
    files = []
    for name in ("one", "other"):
        files.append(commands_in(tmp_path / name, capsys)("province", "key", "--out", str(tmp_path / "usb"))[1]["file"])
        Path(files[-1]).rename(tmp_path / f"{name}.json")
    office("sync", "trust", str(tmp_path / "one.json"))
    code, failure = office("sync", "trust", str(tmp_path / "other.json"))
    assert (code, failure["error"]["code"]) == (1, "stick.other_key")
    code, _ = office("sync", "trust", str(tmp_path / "other.json"), "--replace")
    assert code == 0
    (tmp_path / "bad.json").write_text("{}")
    code, failure = office("sync", "trust", str(tmp_path / "bad.json"))
    assert (code, failure["error"]["code"]) == (2, "stick.bad_key")
