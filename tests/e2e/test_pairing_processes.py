"""Two processes on one computer: a desk shows a code, a new machine joins with it, tells that it lives, is shut out."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.station import StationKind
from kiosk.errors import KioskError
from kiosk.pairing.bundle import Bundle
from kiosk.pairing.errors import NeedsServerError, NoCounterError
from kiosk.pairing.invitation import Invitation
from kiosk.services.queueing import UnknownCounterError
from kiosk.storage.private_cluster import PrivateCluster
from kiosk.storage.roles import NoRolePowerError
from ui.app import open_kiosk, open_office
from ui.pairing.heart import OwnBeat
from ui.pairing.keep import NewStation
from ui.pairing.office import LiveStations

DEADLINE_S = 60  # ends only what is broken


@dataclass
class Office:
    """A desk on PostgreSQL that answers new machines on loopback."""

    root: Path
    port: int

    def run(self, *words: str, data: Path | None = None) -> tuple[int, dict[str, Any]]:
        ran = subprocess.run(
            self.command(*words, data=data), capture_output=True, text=True, timeout=DEADLINE_S, check=False
        )
        return ran.returncode, json.loads(ran.stdout)

    def command(self, *words: str, data: Path | None = None) -> list[str]:
        return [sys.executable, "-m", "kiosk", *words, "--json", "--data", str(data or self.root)]

    def pair(self, machine: Path, *words: str, with_code: bool = False) -> tuple[int, dict[str, Any], int]:
        """Exit code and answer of the machine, exit code of the desk."""
        with subprocess.Popen(self.command("station", "pair", *words), stdout=subprocess.PIPE, text=True) as desk:
            assert desk.stdout is not None
            shown = json.loads(desk.stdout.readline())
            try:
                code = [shown["code"], "--address", shown["addresses"][0]] if with_code else [shown["qr"]]
                left, said = self.run("station", "join", *code, data=machine)
                return left, said, desk.wait(DEADLINE_S) if left == 0 else -1
            finally:
                desk.terminate()

    def listed(self) -> dict[str, dict[str, Any]]:
        return {row["name"]: row for row in self.run("station", "list")[1]["stations"]}


@pytest.fixture
def office(cluster: PrivateCluster, tmp_path: Path) -> Iterator[Office]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = cluster.new_database()
    root = tmp_path / "desk"
    root.mkdir()
    place = f'[pairing]\naddress = "127.0.0.1"\nport = {port}\n'
    (root / "config.toml").write_text(f'database = "{url}"\n{place}', "utf-8")
    yield Office(root, port)
    cluster.drop(url)


def test_a_hall_screen_joins_tells_that_it_lives_and_is_shut_out(office: Office, tmp_path: Path) -> None:
    tv = tmp_path / "tv"
    left, said, desk_left = office.pair(tv, "--kind", "display", "--name", "tv", with_code=True)
    assert (left, desk_left, said["station"], said["office_key"]) == (0, 0, "tv", False)
    with open_office(tv) as opened:
        beat = OwnBeat(opened)
        try:
            beat()
        finally:
            beat.close()
    row = office.listed()["tv"]
    assert (row["silent"], row["state"], row["clock_off_s"]) == (False, "Đang chạy", 0)
    with open_office(office.root) as opened:
        LiveStations(opened, opened.actor).revoke("tv")
    with pytest.raises(KioskError):  # its login ended with it
        open_office(tv)


def test_a_name_that_a_machine_has_is_told_before_its_place_is_given_away(office: Office, tmp_path: Path) -> None:
    assert office.pair(tmp_path / "tv", "--kind", "display", "--name", "sanh")[0] == 0
    replaces = []
    for name in ("sanh", "sanh-2"):
        words = office.command("station", "pair", "--kind", "display", "--name", name)
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as desk:
            assert desk.stdout is not None
            replaces.append(json.loads(desk.stdout.readline())["replaces"])
            desk.terminate()
    assert replaces == [True, False]


def test_kiosks_get_letters_of_their_own_and_logins_that_work(office: Office, tmp_path: Path) -> None:
    joined: list[Bundle] = []
    with open_office(office.root) as opened:
        for machine in ("k1", "k2"):
            host = LiveStations(opened, opened.actor).invite(StationKind.KIOSK)
            try:
                joined.append(NewStation(tmp_path / machine).join(Invitation(host.code, host.addresses)))
            finally:
                host.close()
    first, second = joined
    assert (first.name, second.name) == ("kiosk-1", "kiosk-2")
    assert len({first.letter, second.letter}) == len({first.epoch, second.epoch}) == 2
    assert "kiosk-1" in first.database
    with open_kiosk(tmp_path / "k1") as kiosk:
        assert kiosk.open_far is not None
        far = kiosk.open_far()
        with far.reads() as look:
            assert look.tickets.of_day(far.now().date()) == []
        far.close()


def test_a_desk_that_was_paired_itself_lets_nobody_in(office: Office, tmp_path: Path) -> None:
    with open_office(office.root) as opened:
        host = LiveStations(opened, opened.actor).invite(StationKind.DESK, counter="2")
        try:
            NewStation(tmp_path / "second").join(Invitation(host.code, host.addresses))
        finally:
            host.close()
    with open_office(tmp_path / "second") as second:
        assert second.config.station.counter == "2"
        live = LiveStations(second, second.actor)
        with pytest.raises(NoRolePowerError):
            live.invite(StationKind.KIOSK)
        with pytest.raises(NoRolePowerError):
            live.revoke("ban-1")
        assert [one.revoked_at for one in live.all()] == [None]


def test_an_office_whose_login_bears_the_programs_name_pairs_again_and_again(
    cluster: PrivateCluster, tmp_path: Path
) -> None:
    # PostgreSQL looks first into the schema named like the login, and ours for the hall's windows has that name.
    cluster.run_sql("CREATE ROLE motcua LOGIN CREATEROLE PASSWORD 'x'")
    cluster.run_sql("CREATE DATABASE pairing OWNER motcua")
    root = tmp_path / "desk"
    root.mkdir()
    url = cluster.url("pairing").replace("postgres@", "motcua:x@")
    (root / "config.toml").write_text(f'database = "{url}"\n[pairing]\naddress = "127.0.0.1"\n', "utf-8")
    with open_office(root) as opened:
        for machine in ("tv-1", "tv-2"):
            host = LiveStations(opened, opened.actor).invite(StationKind.DISPLAY, machine)
            try:
                NewStation(tmp_path / machine).join(Invitation(host.code, host.addresses))
            finally:
                host.close()
        with open_office(tmp_path / "tv-2") as tv:
            assert tv.store.is_public


def test_an_address_without_a_desk_is_told_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    address = f"127.0.0.1:{office.port}"
    left, said = office.run("station", "join", "ABCD-EFGH-JKLM", "--address", address, data=tmp_path / "new")
    assert (left, said["error"]["code"]) == (1, "pairing.nobody")
    assert not (tmp_path / "new").exists()


def test_an_office_on_one_pc_says_that_it_needs_a_server(tmp_path: Path) -> None:
    with open_office(tmp_path) as opened, pytest.raises(NeedsServerError):
        LiveStations(opened, opened.actor).invite(StationKind.KIOSK)


def test_a_machine_of_a_counter_is_not_paired_without_one_where_there_is_a_choice(office: Office) -> None:
    with open_office(office.root) as opened:
        live = LiveStations(opened, opened.actor)
        with pytest.raises(NoCounterError) as missing:
            live.invite(StationKind.RATING)
        assert missing.value.details["known"] == "1, 2, 3, 4"
        for kind in (StationKind.DESK, StationKind.DISPLAY):
            with pytest.raises(UnknownCounterError):
                live.invite(kind, counter="99")
        host = live.invite(StationKind.RATING, counter="2")
        host.close()
        assert host.offer.counter == "2"
