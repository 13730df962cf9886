"""The ledger of `motcua bench sync`: what an office's log says must arrive, beside what the stand-in's tables say.

Nothing of the sender is used: codes, statuses and times are worked out here a second time, from the rules alone, so
that a mistake of the sender's cannot hide in both columns.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from kiosk.clock import OFFICE_ZONE
from kiosk.services.ports import Units, Vault

# Kind of the office's event -> TrangThai that the province must have been told.
TOLD = {
    "dossier.received": "2",
    "dossier.started": "4",
    "dossier.result": "9",
    "dossier.returned": "10",
}
STATUS_NAMES = {
    "2": "Được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}
PROBLEMS_NAMED = 20
# In the order of arrival.
DOSSIERS = "SELECT id, code, official, body FROM dossiers ORDER BY id"
STEPS = "SELECT dossier, at, status, times FROM steps ORDER BY id"
CHANGES = "SELECT code, official, status FROM changes ORDER BY seq"
FILES = "SELECT sha256 FROM files"

StepMark = tuple[str, str]


class Books(Protocol):
    """What an office keeps. units: to write; reads: to look."""

    @property
    def units(self) -> Units: ...
    @property
    def reads(self) -> Units: ...
    @property
    def vault(self) -> Vault: ...


@dataclass(frozen=True)
class Entry:
    """One dossier in one column. steps: (time, status) in order; files: SHA-256 of the bytes of its papers, sorted."""

    status: str
    steps: tuple[StepMark, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """What one side knows of the other's word. official: code given by the province; status: name of its last one."""

    official: str
    status: str


@dataclass(frozen=True)
class Column:
    """One side's account. entries: by the office's code; twice: codes that stand there more than once.

    bytes_of: SHA-256 under which a file is kept -> SHA-256 of the bytes found there, "" for none.
    """

    entries: Mapping[str, Entry]
    heard: Mapping[str, Heard]
    twice: tuple[str, ...] = ()
    steps_again: int = 0
    bytes_of: Mapping[str, str] | None = None


def of_office(store: Books, agency: str) -> Column:
    """From the event log, the documents and the vault's own bytes."""
    entries, heard = {}, {}
    with store.reads() as look:
        steps: dict[str, list[StepMark]] = defaultdict(list)
        for event in look.events.all():
            if event.kind in TOLD:
                mark = event.at.astimezone(OFFICE_ZONE).strftime("%Y%m%d%H%M%S"), TOLD[event.kind]
                steps[event.subject].append(mark)
        for key, marks in steps.items():
            dossier = look.dossiers.get(key)
            if dossier.state_secret:
                continue
            ids = [d.file_id for d in look.papers.documents(key)]
            ids += [dossier.result.file_id] if dossier.result and dossier.result.file_id else []
            files = (hashlib.sha256(store.vault.get(look.papers.file(i))).hexdigest() for i in ids)
            code = f"{agency}-{key[:6]}-{key[6:-1]}"
            entries[code] = Entry(marks[-1][1], tuple(marks), tuple(sorted(files)))
            heard[code] = Heard(dossier.code or "", dossier.province_state or "")
    return Column(entries, heard)


def of_stand_in(folder: Path, agency: str) -> Column:
    """From the tables and files of a stand-in, running or not. Only the dossiers of one office."""
    from sqlcipher3 import dbapi2  # the engine that wrote them; the system's own may be older

    db = dbapi2.connect(folder / "received.db")
    try:
        rows = [r for r in db.execute(DOSSIERS) if r[1].startswith(f"{agency}-")]
        steps: dict[int, list[StepMark]] = defaultdict(list)
        again = 0
        mine = {r[0] for r in rows}
        for dossier, at, status, times in db.execute(STEPS):
            if dossier in mine:
                steps[dossier].append((at, status))
                again += times - 1
        heard = {code: Heard(official, "") for _id, code, official, _body in rows}
        for code, official, status in db.execute(CHANGES):
            if code in heard:
                heard[code] = Heard(official or heard[code].official, STATUS_NAMES[status])
        kept = {name for (name,) in db.execute(FILES)}
    finally:
        db.close()
    entries = {code: _arrived(steps[id_], json.loads(body)) for id_, code, _official, body in rows}
    count = Counter(code for _id, code, *_rest in rows)
    found = {name: _hash_of(folder / "files" / name) for name in kept}
    return Column(entries, heard, tuple(sorted(c for c, n in count.items() if n > 1)), again, found)


def differences(office: Column, province: Column, *, steps_are_told: bool = True) -> list[str]:
    """Every promise that was broken, in Vietnamese; empty when each thing arrived exactly once, in order, whole.

    steps_are_told: the province could be asked which steps it has, so that none had to be sent twice.
    """
    found = [f"{code}: tỉnh có nhiều lần" for code in province.twice]
    found += [f"{code}: tỉnh không có" for code in office.entries.keys() - province.entries.keys()]
    found += [f"{code}: tỉnh có, xã không có" for code in province.entries.keys() - office.entries.keys()]
    for code in sorted(office.entries.keys() & province.entries.keys()):
        found += [f"{code}: {what}" for what in _unlike(office.entries[code], province.entries[code])]
        if office.heard[code] != province.heard[code]:
            found.append(f"{code}: tỉnh đã báo {province.heard[code]}, xã biết {office.heard[code]}")
    if province.steps_again and steps_are_told:
        found.append(f"{province.steps_again} bước xử lý được gửi lại dù tỉnh đã có")
    wanted = {sha for entry in office.entries.values() for sha in entry.files}
    kept = province.bytes_of or {}
    found += [f"tệp {sha}: tỉnh không có" for sha in sorted(wanted - kept.keys())]
    found += [f"tệp {sha}: nội dung ở tỉnh khác" for sha in sorted(kept) if kept[sha] != sha]
    return found


def named(problems: list[str]) -> str:
    """The first of them, for a person."""
    more = len(problems) - PROBLEMS_NAMED
    return "; ".join(problems[:PROBLEMS_NAMED]) + (f"; và {more} chỗ nữa" if more > 0 else "")


def _unlike(mine: Entry, theirs: Entry) -> Iterable[str]:
    if Counter(mine.steps) != Counter(theirs.steps):
        yield f"bước xử lý ở xã {mine.steps}, ở tỉnh {theirs.steps}"
    elif mine.steps != theirs.steps:
        yield f"bước xử lý đến sai thứ tự: {theirs.steps}"
    if mine.status != theirs.status:
        yield f"trạng thái cuối ở xã {mine.status}, ở tỉnh {theirs.status}"
    if mine.files != theirs.files:
        yield f"giấy tờ ở xã {mine.files}, hồ sơ ở tỉnh dẫn đến {theirs.files}"


def _arrived(steps: list[StepMark], body: Mapping[str, Any]) -> Entry:
    """As the office told it last; the files are those that the dossier's own links lead to."""
    links = [str(paper.get("DuongDanTaiTepTin") or "") for paper in body.get("TaiLieuNop") or ()]
    links += [str(paper.get("DuongDanTepTinKetQua") or "") for paper in body.get("DanhSachGiayToKetQua") or ()]
    names = sorted(urlsplit(link).path.rpartition("/")[2] for link in links if link)
    return Entry(body["TrangThaiHoSo"], tuple(steps), tuple(names))


def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
