"""An office on a PostgreSQL of its own, whose stations log in with passwords and roles of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from samples import BIRTH, MOTHER, OFFICE, OFFICER, a_desk, an_intake

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.person import Person
from kiosk.domain.station import StationKind
from kiosk.services.ports import Draft
from kiosk.services.reception import receive_dossier
from kiosk.services.stations import enrol
from kiosk.storage import Store, make_login, open_public, open_server, station_url
from kiosk.storage.private_cluster import PrivateCluster

PUBLIC = (StationKind.KIOSK, StationKind.DISPLAY, StationKind.RATING)
OWNER = "vanphong"
DATABASE = "xa_mau"
SECRET = "Nguyễn Thị Ánh Tuyết"  # the name that nobody in the hall may read
PARTS = ("Ánh", "Tuyết", "001195000007", "0912000111")


@dataclass
class RoledOffice:
    """url: the office's own; stations: name -> its address; every station is paired under its kind and "-1"."""

    cluster: PrivateCluster
    url: str
    key: bytes
    store: Store
    stations: dict[StationKind, str]

    def open(self, kind: StationKind) -> Store:
        return open_public(self.stations[kind])

    def asked(self, kind: StationKind, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a station gets for a statement of its own. Raises: psycopg.Error."""
        with psycopg.connect(self.stations[kind], autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def refused(self, kind: StationKind, statement: str, *values: object) -> str:
        """The server's words when it refuses; fails when it does not."""
        try:
            found = self.asked(kind, statement, *values)
        except psycopg.Error as error:
            diag = error.diag
            return " ".join(filter(None, (str(error), diag.message_detail, diag.message_hint, diag.context)))
        raise AssertionError(f"{kind} was let do {statement!r} and got {found!r}")


def with_passwords(cluster: PrivateCluster) -> None:
    """From now on everybody but the superuser needs a password, as in an office."""
    rules = "local all postgres trust", "local all all scram-sha-256"
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        (file,) = connection.execute("SHOW hba_file").fetchone() or ("",)
        lines = ", ".join(f"('{rule}')" for rule in rules)
        connection.execute(f"COPY (VALUES {lines}) TO '{file}'".encode())
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def roled_office() -> Iterator[RoledOffice]:
    """The owner of the tables is no superuser; people, drafts, papers and dossiers are in them."""
    with PrivateCluster(durable=False) as cluster:
        cluster.run_sql(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD 'mat-khau'")
        cluster.run_sql(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        with_passwords(cluster)
        url = cluster.url(DATABASE).replace("postgres@", f"{OWNER}:mat-khau@")
        key = secrets.token_bytes(32)
        store = open_server(url, key)
        try:
            fill(store)
            stations = {kind: pair(store, url, f"{kind.value}-1", kind) for kind in StationKind}
            yield RoledOffice(cluster, url, key, store, stations)
        finally:
            store.close()


def pair(store: Store, url: str, name: str, kind: StationKind) -> str:
    """Enrol a station and give it a login; returns its address."""
    counter = "1" if kind is StationKind.RATING else ""
    enrol(store.units(), OFFICE, name, kind, f"may-{name}", "L0", counter, actor=OFFICER, now=office_now())
    return station_url(url, name, make_login(url, name, kind))


def fill(store: Store) -> None:
    with store.units() as uow:
        uow.procedures.add(BIRTH)
        uow.people.save(the_citizen())
        uow.drafts.save(Draft("draft-9", "lan", "1", {"owner": SECRET}, office_now()))
        uow.commit()
    receive(store, "draft-1")


def the_citizen() -> Person:
    return Person("p-1", SECRET, MOTHER.id_number, "", MOTHER.born_on, "Nữ", MOTHER.address, MOTHER.phone)


def receive(store: Store, draft: str, citizen: Person | None = None) -> Dossier:
    """A dossier of the citizen nobody may see."""
    intake = an_intake(draft=draft, owner=citizen or the_citizen())
    receive_dossier(store.units(), a_desk(), intake, actor=OFFICER, now=office_now())
    with store.reads() as look:
        found = look.dossiers.by_draft(draft)
    assert found is not None
    return found
