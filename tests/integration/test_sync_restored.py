"""A province whose server was set up again from an old copy: the office finds what it lost and makes it whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from samples import OFFICER
from sync_stand_in import StandIn
from sync_world import FEED, World

from kiosk.domain.job import JobState, Wing
from sync.clients import client_of
from sync.connection import Connection, Timeouts
from sync.reconcile import Reconciled, Reconciliation
from ui.cli.bench_sync_ledger import differences, of_office


def compared(world: World, *, repair: bool) -> Reconciled:
    connection = Connection(world.province.url, world.agency, FEED, timeouts=Timeouts(2, 5, 30))
    client = client_of(connection)
    try:
        with world.units() as uow:
            keys = [dossier.key for dossier in uow.dossiers.recent(100)]
        asking = Reconciliation(world.units, connection, client, "UBND xã Mẫu", OFFICER, world.clock)
        return asking.run(keys, repair=repair)
    finally:
        client.close()


def some_days(world: World, dossiers: int) -> None:
    for _ in range(dossiers):
        world.receive()
        world.go_on()
    assert world.calm_down() == []


def test_what_an_old_copy_lacks_is_found_and_arrives_again_once(tmp_path: Path) -> None:
    place, copy = tmp_path / "province", tmp_path / "copy"
    with StandIn(place) as province:
        world = World(province, seed=5)
        some_days(world, 4)
        province.stop()
        shutil.copytree(place, copy)
        province.start()
        some_days(world, 6)
        assert compared(world, repair=False).gaps == ()
        province.stop()
        shutil.rmtree(place)
        shutil.copytree(copy, place)
        province.start()
        assert differences(of_office(world, world.agency), world.arrived())
        found = compared(world, repair=True)
        assert sum(gap.lost for gap in found.gaps) == 6
        assert any(not gap.lost and gap.steps for gap in found.gaps)
        with world.units() as uow:
            assert uow.jobs.listed(Wing.SYNC, (JobState.WAITING,))
        assert world.calm_down() == []
        assert compared(world, repair=False).gaps == ()
        world.close()
