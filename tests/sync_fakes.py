"""A province in memory that keeps the promises of ProvinceClient and can fail, and an office to go with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fakes import FakeOffice, FakeVault
from samples import BIRTH, NOON, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import Dossier
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.scan import Document
from kiosk.services.ports import Units, Vault
from kiosk.services.reception import queue_exchange, queue_snapshot, receive_dossier
from sync.circuit import Circuit
from sync.connection import Connection, Timeouts
from sync.errors import BusyProvinceError, LineDownError, RefusedByProvinceError, ReplyLostError
from sync.fetching import Check, unchecked
from sync.messages.g15 import Message
from sync.outcome import Outcome, Verdict
from sync.province import Change, Changes, FileReceipt, Found
from sync.routes import Routes
from sync.worker import Connect, SyncWorker

AGENCY = "H26.107"


@dataclass
class FakeProvince:
    """failures: what the next calls meet, one each: "line_down", "lost_before", "lost_after", "busy", "wrong_hash".

    naive: takes the same code twice, as systems without a unique key do. asked: every call by name; shelf: files
    that it has for the office, by address.
    """

    dossiers: list[tuple[str, Message]] = field(default_factory=list)
    steps: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    repeated_steps: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: int = 0
    news: list[Change] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    naive: bool = False
    is_away: bool = False
    asked: list[str] = field(default_factory=list)
    on_call: Callable[[str], None] = lambda name: None
    shelf: dict[str, bytes] = field(default_factory=dict)
    allots: bool = False
    allotted: int = 0

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.dossiers]

    def allot(self, procedure_code: str) -> str:
        """As a province that gives codes does, once `allots` is set."""
        self._read("allot")
        self.allotted += self.allots
        return f"{AGENCY}-20261123-{self.allotted:07d}" if self.allots else ""

    def lookup(self, code: str) -> Found | None:
        self._read("lookup")
        known = self._known(code)
        return Found(known, steps=frozenset(self.steps.get(known, ()))) if known else None

    def insert(self, dossiers: Sequence[Message]) -> Verdict:
        return self._write("insert", lambda: self._insert(dossiers))

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        return self._write("update", lambda: self._update(dossiers))

    def progress(self, entries: Sequence[Message]) -> Verdict:
        return self._write("progress", lambda: self._progress(entries))

    def find_file(self, sha256: str) -> FileReceipt | None:
        self._read("find_file")
        return FileReceipt(f"fake://{sha256}", sha256) if sha256 in self.files else None

    def upload_file(self, file_id: str, content: bytes, sha256: str, media_type: str) -> FileReceipt:
        failure = self._meet("upload")
        if failure in ("lost_before", "lost_after", "busy"):
            raise BusyProvinceError if failure == "busy" else ReplyLostError
        self.files[sha256] = content
        self.uploads += 1
        return FileReceipt(f"fake://{sha256}", "0" * 64 if failure == "wrong_hash" else sha256)

    def fetch(self, address: str, at_most: int) -> bytes:
        self._read("fetch")
        if address not in self.shelf:
            raise RefusedByProvinceError(reason="HTTP 404")
        return self.shelf[address]

    def changes(self, cursor: str) -> Changes:
        self._read("changes")
        start = int(cursor or 0)
        return Changes(tuple(self.news[start:]), str(len(self.news)))

    def close(self) -> None:
        pass

    def decide(self, code: str, status: str, official: str = "") -> None:
        self.news.append(Change(official or code, code, status, "", "20261123110000", official))

    def _known(self, code: str) -> str:
        return next((c for c, _ in self.dossiers if c == code), "")

    def _meet(self, name: str) -> str:
        self.asked.append(name)
        self.on_call(name)
        failure = self.failures.pop(0) if self.failures and name != "changes" else ""
        if self.is_away or failure == "line_down":
            raise LineDownError
        return failure

    def _read(self, name: str) -> None:
        failure = self._meet(name)
        if failure == "busy":
            raise BusyProvinceError
        if failure:
            raise ReplyLostError

    def _write(self, name: str, act: Callable[[], Verdict]) -> Verdict:
        failure = self._meet(name)
        if failure == "busy":
            return Verdict(Outcome.TRANSIENT, "Hệ thống đang bận")
        if failure == "lost_before":
            return Verdict(Outcome.UNKNOWN)
        verdict = act()
        return Verdict(Outcome.UNKNOWN) if failure == "lost_after" else verdict

    def _insert(self, dossiers: Sequence[Message]) -> Verdict:
        for message in dossiers:
            code = message["MaHoSo"]
            if (reason := self._refusal(message)) is not None:
                return reason
            if self._known(code) and not self.naive:
                return Verdict(Outcome.EXISTS, f"Hồ sơ {code} đã tồn tại")
            self.dossiers.append((code, message))
        return Verdict(Outcome.DONE, "Thành công")

    def _update(self, dossiers: Sequence[Message]) -> Verdict:
        for message in dossiers:
            code = self._known(message["MaHoSo"])
            if (reason := self._refusal(message)) is not None:
                return reason
            if not code:
                return Verdict(Outcome.ABSENT, "Hồ sơ không tồn tại")
            self.dossiers = [(c, message if c == code else m) for c, m in self.dossiers]
        return Verdict(Outcome.DONE, "Thành công")

    def _progress(self, entries: Sequence[Message]) -> Verdict:
        for entry in entries:
            code, step = self._known(entry["MaHoSo"]), (entry["ThoiDiemXuLy"], entry["TrangThai"])
            if not code:
                return Verdict(Outcome.ABSENT, "Hồ sơ không tồn tại")
            known = self.steps.setdefault(code, [])
            self.repeated_steps += step in known
            if step not in known:
                known.append(step)
        return Verdict(Outcome.DONE, "Thành công")

    def _refusal(self, message: Message) -> Verdict | None:
        reason = self.refusals.get(message["MaHoSo"]) or self.refusals.get(message.get("MaTTHC", ""))
        return Verdict(Outcome.REJECTED, reason) if reason else None


def refused(reason: str) -> RefusedByProvinceError:
    return RefusedByProvinceError(reason=reason)


@dataclass
class Hands:
    """Time that stands still until it is moved: for the office's clock and for the circuit's alike."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class HurriedHands(Hands):
    """Time that really passes, `speed` times as fast."""

    speed: float = 60.0

    def __post_init__(self) -> None:
        self._from = time.monotonic()

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=(time.monotonic() - self._from) * self.speed)

    def monotonic(self) -> float:
        return (time.monotonic() - self._from) * self.speed


@dataclass
class Bench:
    """One office, one province, one worker; all in memory unless another store or client is given.

    connect: makes the client; store: units of work and vault of a real office.
    """

    office: FakeOffice = field(default_factory=FakeOffice)
    store: tuple[Units, Vault] | None = None
    province: FakeProvince = field(default_factory=FakeProvince)
    clock: Hands = field(default_factory=Hands)
    connection: Connection = field(
        default_factory=lambda: Connection("http://tinh.test", AGENCY, timeouts=Timeouts(settle_s=30))
    )

    connect: Connect | None = None
    check: Check = unchecked

    def __post_init__(self) -> None:
        self.units, self.vault = self.store or (self.office.units, FakeVault())
        with self.units() as uow:
            uow.procedures.add(BIRTH)
            uow.commit()
        self.worker = self.a_worker()

    def a_worker(self, owner: str = "sync") -> SyncWorker:
        return SyncWorker(
            self.units,
            self.vault,
            Routes((self.connection,)),
            "UBND xã Mẫu",
            owner=owner,
            connect=self.connect or (lambda connection: self.province),
            clock=self.clock,
            make_circuit=lambda: Circuit(self.clock.monotonic),
            lease_for=timedelta(seconds=30),
            check=self.check,
        )

    def receive(self, draft: str = "draft-1", **changes: object) -> Dossier:
        intake = an_intake(draft=draft, **changes)
        return receive_dossier(self.units(), a_desk(), intake, actor=OFFICER, now=self.clock()).dossier

    def attach(self, key: str, component: str, content: bytes) -> str:
        """A document made from paper, queued as the digitising worker queues it."""
        stored = self.vault.put(content, "application/pdf")
        document = Document(f"doc-{stored.id}", key, component, stored.id, (), "", self.clock())
        with self.units() as uow:
            uow.papers.add_file(stored, key)
            uow.papers.add_document(document)
            payload = {"stream": "file", "dossier": key, "document": document.id}
            job = Job(Wing.SYNC, f"{key}:file:{document.id}", payload, lane=key, priority=6, due_at=self.clock())
            uow.jobs.add(job)
            queue_snapshot(uow, key, document.id, self.clock())
            uow.commit()
        return document.id

    def rounds(self, count: int = 12, seconds: float = 90) -> None:
        """Several rounds, time passing between them."""
        for _ in range(count):
            self.worker.once()
            self.clock.move(seconds)

    def jobs(self, *states: JobState) -> list[Job]:
        with self.units() as uow:
            return uow.jobs.listed(Wing.SYNC, states)

    def dossier(self, key: str) -> Dossier:
        with self.units() as uow:
            return uow.dossiers.get(key)


__all__ = ["AGENCY", "Bench", "FakeProvince", "Hands", "queue_exchange", "refused"]
