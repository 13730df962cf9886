"""What a pairing leaves on a machine's disk: everything, or what was there before."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.catalogue.calendar_files import pack_files
from kiosk.config import read_config
from kiosk.domain.station import StationKind
from kiosk.errors import DiskFullError, StorageError
from kiosk.pairing.bundle import Bundle
from kiosk.pairing.errors import ConfiguredError, NoDatabaseError, OtherKeyError
from kiosk.services.membership import membership_of
from kiosk.storage import open_local
from kiosk.storage.whole_files import READY, finish_replacing, put_in_place, stage_files
from ui.app import Paths
from ui.pairing.keep import NewStation

URL = "postgresql://motcua_x_tv:bi-mat@192.0.2.9/office"
PACK = '[office]\nname = "XÃ MẪU"\n'
TV = Bundle("XÃ MẪU", "tv", StationKind.DISPLAY, "", 0, "lease", URL, PACK)
KIOSK = replace(TV, name="kiosk-2", kind=StationKind.KIOSK, letter="K", epoch=2)
DESK = replace(TV, name="ban-2", kind=StationKind.DESK, office_key="ab" * 32, counter="2")
HIDDEN = (".replacing", ".replacing.new")


def reaches(_: str) -> None:
    """The database answers."""


def reaches_nobody(_: str) -> None:
    raise StorageError


def a_machine(root: Path, *, again: bool = False) -> NewStation:
    return NewStation(root, again, reaches)


def content(root: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in root.iterdir() if f.is_file()} if root.exists() else {}


def test_a_hall_screen_gets_its_settings_its_packs_and_a_membership(tmp_path: Path) -> None:
    a_machine(tmp_path).keep(TV)
    config = read_config(tmp_path / "config.toml")
    assert (config.station.kind, config.station.name, config.database) == ("display", "tv", URL)
    assert (tmp_path / "office.toml").read_text("utf-8") == PACK
    assert not (tmp_path / "calendar.toml").exists()
    assert not (tmp_path / "office.key").exists()
    store = open_local(tmp_path)
    with store.reads() as look:
        known = membership_of(look)
    store.close()
    assert known is not None
    assert (known.name, known.lease, known.stop(known.machine)) == ("tv", "lease", None)


def test_a_kiosk_keeps_its_login_encrypted_and_a_desk_gets_the_key(tmp_path: Path) -> None:
    a_machine(tmp_path / "k").keep(KIOSK)
    a_machine(tmp_path / "d").keep(DESK)
    assert read_config(tmp_path / "k/config.toml").database == "postgresql://192.0.2.9/office"
    assert b"bi-mat" not in b"".join(content(tmp_path / "k").values())
    store = open_local(tmp_path / "k")
    with store.reads() as look:
        known = membership_of(look)
    store.close()
    assert known is not None
    assert (known.office_url, known.series.letter, known.series.epoch) == (URL, "K", 2)
    assert (tmp_path / "d/office.key").read_text("ascii").strip() == DESK.office_key
    assert read_config(tmp_path / "d/config.toml").station.counter == "2"


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_nobody_else_on_the_machine_can_read_what_came(tmp_path: Path) -> None:
    a_machine(tmp_path).keep(DESK)
    for name in ("config.toml", "office.toml", "office.key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_settings_that_are_there_stay_unless_it_is_meant(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('# của tôi\n[station]\nname = "cũ"\n[display]\nback_row_m = 9\n', "utf-8")
    (tmp_path / "calendar.toml").write_text("", "utf-8")
    before = content(tmp_path)
    with pytest.raises(ConfiguredError):
        a_machine(tmp_path).keep(TV)
    assert content(tmp_path) == before
    a_machine(tmp_path, again=True).keep(TV)
    config = read_config(tmp_path / "config.toml")
    assert (config.station.name, config.display.back_row_m) == ("tv", 9)
    assert (tmp_path / "config.toml.before").read_bytes() == before["config.toml"]
    assert not (tmp_path / "calendar.toml").exists()  # the office has none


def test_the_calendar_packs_come_whole_and_those_of_another_office_go(tmp_path: Path) -> None:
    (tmp_path / "calendar-cũ.toml").write_text("", "utf-8")  # no name of a pack
    (tmp_path / "calendar-cu.json").write_text("{}", "utf-8")
    packs = {"calendar.toml": "[hours]\n", "calendar-tinh.json": "{}", "../calendar.toml": "x", "office.toml": "x"}
    a_machine(tmp_path).keep(replace(TV, calendars=packs))
    assert [path.name for path in pack_files(tmp_path)] == ["calendar-tinh.json", "calendar.toml"]
    assert (tmp_path / "office.toml").read_text("utf-8") == PACK
    assert not (tmp_path.parent / "calendar.toml").exists()


def test_the_key_of_another_office_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "office.key").write_text("cd" * 32 + "\n", "ascii")
    with pytest.raises(OtherKeyError):
        a_machine(tmp_path, again=True).keep(DESK)
    assert list(content(tmp_path)) == ["office.key"]
    (tmp_path / "office.key").write_text(DESK.office_key, "ascii")
    a_machine(tmp_path, again=True).keep(DESK)


def test_a_database_that_does_not_answer_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError) as caught:
        NewStation(tmp_path / "new", reaches=reaches_nobody).keep(TV)
    assert caught.value.details == {"address": "192.0.2.9/office"}
    assert not (tmp_path / "new").exists()


def test_a_membership_that_cannot_be_kept_leaves_the_settings_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_bytes(b"")  # cut off: its owner must look at it first
    before = content(tmp_path)
    with pytest.raises(StorageError):
        a_machine(tmp_path).keep(TV)
    assert {n: c for n, c in content(tmp_path).items() if n in ("config.toml", "office.toml")} == {}
    assert content(tmp_path)["kiosk.db"] == before["kiosk.db"]
    assert not any((tmp_path / name).exists() for name in HIDDEN)


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_files_are_replaced_together_whenever_the_power_goes(tmp_path: Path, moved: int) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").write_bytes(b"old")
    stage_files(tmp_path, {"a": b"new", "b": b"new", "c": None})
    assert content(tmp_path) == {"a": b"old", "c": b"old"}
    # What `put_in_place` does, up to a cut after so many files.
    (tmp_path / ".replacing.new").rename(tmp_path / READY)
    for one in sorted((tmp_path / READY).iterdir())[:moved]:
        if one.suffix == ".gone":
            (tmp_path / one.stem).unlink()
            one.unlink()
        else:
            one.replace(tmp_path / one.name)
    finish_replacing(tmp_path)
    assert content(tmp_path) == {"a": b"new", "b": b"new"}
    assert not (tmp_path / READY).exists()


def test_what_was_staged_and_never_meant_is_gone_with_the_next_try(tmp_path: Path) -> None:
    stage_files(tmp_path, {"a": b"first"})
    finish_replacing(tmp_path)
    assert content(tmp_path) == {}
    stage_files(tmp_path, {"b": b"second"})
    put_in_place(tmp_path)
    assert content(tmp_path) == {"b": b"second"}


@pytest.mark.parametrize("small_disk", ["2M"], indirect=True)
@pytest.mark.parametrize("leave", [0, 4096, 8192, 65536, 262144])
def test_a_full_disk_leaves_nothing_half_written_and_the_next_try_succeeds(small_disk: Path, leave: int) -> None:
    root = small_disk / "data"
    root.mkdir()
    (root / "config.toml").write_text('[station]\nname = "cũ"\n', "utf-8")
    before = content(root)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    filler.write_bytes(b"\0" * (free - leave))
    with pytest.raises(DiskFullError):
        a_machine(root, again=True).keep(replace(TV, office_toml=PACK + "#" * 9000))
    shown = {n: c for n, c in content(root).items() if n.endswith((".toml", ".before", ".key")) and "kiosk" not in n}
    assert shown == before
    assert not any((root / name).exists() for name in HIDDEN)
    filler.unlink()
    a_machine(root, again=True).keep(TV)
    assert read_config(Paths(root).config).station.name == "tv"


def test_becoming_a_station_again_takes_the_new_membership(tmp_path: Path) -> None:
    a_machine(tmp_path).keep(TV)
    a_machine(tmp_path, again=True).keep(replace(TV, name="tv-2", lease="other"))
    store = open_local(tmp_path)
    with store.reads() as look:
        known = membership_of(look)
    store.close()
    assert known is not None
    assert (known.name, known.lease) == ("tv-2", "other")
