"""What the machine can do at all: a counter row and a ticket in one durable commit, by the bare driver."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ui.cli.bench_store import Times, Which

ROUNDS = 1000
TABLES = (
    "CREATE TABLE floor_counter (name text PRIMARY KEY, last integer)",
    "CREATE TABLE floor_ticket (key text PRIMARY KEY, n integer, UNIQUE (n))",
)
COUNT = "INSERT INTO floor_counter VALUES ('A', 1) ON CONFLICT (name) DO UPDATE SET last = floor_counter.last + 1"


@dataclass(frozen=True)
class Floor:
    """One process alone; plain SQLite without encryption, or PostgreSQL, both with every commit on the disk."""

    per_second: float
    times: Times


def floor(which: Which, address: str, folder: Path, rounds: int = ROUNDS) -> Floor:
    """Measured beside the store (SQLite) or inside its server, in tables that are dropped again."""
    return _on_sqlite(folder, rounds) if which is Which.SQLITE else _on_postgres(address, rounds)


def _on_sqlite(folder: Path, rounds: int) -> Floor:
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    try:
        for words in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *TABLES):
            connection.execute(words)

        def act(n: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            last = connection.execute(COUNT + " RETURNING last").fetchone()[0]
            connection.execute("INSERT INTO floor_ticket VALUES (?, ?)", (f"ticket-{n}", last))
            connection.execute("COMMIT")

        return _timed(act, rounds)
    finally:
        connection.close()


def _on_postgres(address: str, rounds: int) -> Floor:
    with psycopg.connect(address) as connection:
        for words in TABLES:
            connection.execute(words.encode())
        connection.commit()

        def act(n: int) -> None:
            row = connection.execute(f"{COUNT} RETURNING last".encode()).fetchone()
            connection.execute("INSERT INTO floor_ticket VALUES (%s, %s)", (f"ticket-{n}", row and row[0]))
            connection.commit()

        try:
            return _timed(act, rounds)
        finally:
            connection.rollback()
            connection.execute("DROP TABLE floor_counter, floor_ticket")


def _timed(act: Callable[[int], None], rounds: int) -> Floor:
    times = []
    for n in range(rounds):
        began = time.perf_counter()
        act(n)
        times.append(time.perf_counter() - began)
    return Floor(round(rounds / sum(times), 1), Times.of(times))
