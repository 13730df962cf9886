"""An office and a far end with a stick between them; the stick may be pulled out, or be full."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples import OFFICER
from sync_fakes import AGENCY, Bench

from kiosk.services import folder_wait
from sync.connection import Connection
from sync.folder.answer import News
from sync.folder.contents import FileEntry
from sync.folder.errors import StickGoneError
from sync.folder.far_end import FarEnd, TakenIn
from sync.folder.hear import Ear, Heard
from sync.folder.keys import KnownCards, OwnKeys
from sync.folder.pack import Brought, Load, Packer
from sync.folder.stick import Stick
from sync.folder.taken import TakenBook
from sync.messages.forms import Generation

BY_FOLDER = Connection("", AGENCY, name="tinh", generation=Generation.FILES)


@dataclass
class FarShelf:
    """The far end's store, in memory. arrivals: how often each code was inserted."""

    dossiers: dict[str, dict[str, Any]] = field(default_factory=dict)
    steps: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    inserts: int = 0
    replaced: int = 0
    repeated_steps: int = 0
    feed: list[News] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def find(self, codes: Sequence[str]) -> Mapping[str, Any] | None:
        code = next((c for c in codes if c in self.dossiers), None)
        if code is None:
            return None
        told = [{"ThoiDiemXuLy": at, "TrangThai": state} for at, state in self.steps.get(code, [])]
        return {**self.dossiers[code], "MaHoSo": code, "MaHoSoQuocGia": "", "DanhSachTienTrinh": told}

    def fault(self, message: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], generation: str) -> str:
        assert generation == "g15"
        return self.faults.get(str(message["ChuHoSo"]), "")

    def insert(self, office: str, message: Mapping[str, Any], generation: str) -> None:
        assert message["MaHoSo"] not in self.dossiers, "inserted twice"
        self.dossiers[str(message["MaHoSo"])] = dict(message)
        self.inserts += 1

    def replace(self, office: str, message: Mapping[str, Any], generation: str) -> None:
        self.dossiers[str(message["MaHoSo"])] = dict(message)
        self.replaced += 1

    def add_steps(self, messages: Sequence[Mapping[str, Any]]) -> None:
        for step in messages:
            known = self.steps.setdefault(str(step["MaHoSo"]), [])
            one = (str(step["ThoiDiemXuLy"]), str(step["TrangThai"]))
            self.repeated_steps += one in known
            if one not in known:
                known.append(one)

    def keep_file(self, file: FileEntry, content: bytes) -> str:
        assert hashlib.sha256(content).hexdigest() == file.sha256
        self.files[file.sha256] = content
        return f"far://{file.sha256}"

    def news(self, office: str, after: str) -> Sequence[News]:
        return self.feed[int(after or 0) :]


@dataclass(frozen=True)
class PulledStick(Stick):
    """Goes away after so many writes of real content."""

    writes: list[int] = field(default_factory=lambda: [0])
    pulled_at: int = 10_000

    def write(self, name: str, content: bytes) -> None:
        if len(content) > 100:
            self.writes[0] += 1
            if self.writes[0] >= self.pulled_at:
                raise StickGoneError(folder=str(self.folder))
        super().write(name, content)


@dataclass
class Carrying:
    """`bench` is the office with its line; `out`, `taken`, `home` are the three ways of a stick."""

    root: Path
    bench: Bench = field(default_factory=lambda: Bench(connection=BY_FOLDER))
    shelf: FarShelf = field(default_factory=FarShelf)
    heard: list[tuple[str, list[Mapping[str, Any]], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stick = self.root / "usb"
        self.stick.mkdir()
        self.own, self.far = OwnKeys(b"o" * 32, "UBND xã Mẫu", AGENCY), OwnKeys(b"p" * 32, "Tỉnh Mẫu")
        self.partners, self.offices = KnownCards(self.root / "partners"), KnownCards(self.root / "offices")
        self.partners.trust(self.far.card, "tinh")
        self.offices.trust(self.own.card, AGENCY)
        self.book = TakenBook(self.root / "far")

    def close(self) -> None:
        self.book.close()

    @property
    def packer(self) -> Packer:
        return Packer(self.bench.units, self.bench.vault, self.own, "UBND xã Mẫu", OFFICER, self.bench.clock)

    def load(self, *, again: bool = False) -> Load:
        with self.bench.units() as uow:
            keys = folder_wait.waiting_keys(uow)
        return Load(BY_FOLDER, self.far.card, keys, again)

    def out(self, stick: Stick | None = None, *, again: bool = False, **sizes: int) -> Brought:
        return self.packer.bring(self.load(again=again), stick or Stick(self.stick), **sizes)

    @property
    def far_end(self) -> FarEnd:
        return FarEnd(self.far, self.offices, self.book, self.shelf, self.bench.clock)

    def taken(self) -> list[TakenIn]:
        return [self.far_end.take(place) for place in self.far_end.bundles(self.stick)]

    def home(self) -> list[Heard]:
        ear = Ear(self.bench.units, self.own, self.partners, self._hear, OFFICER, self.bench.clock)
        return [ear.take(place) for place in ear.answers(self.stick)]

    def _hear(self, connection: str, items: Sequence[Mapping[str, Any]], cursor: str) -> int:
        self.heard.append((connection, list(items), cursor))
        with self.bench.units() as uow:
            uow.exchange.set_cursor(connection, cursor)
            uow.commit()
        return len(items)
