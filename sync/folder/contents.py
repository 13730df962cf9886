"""What is in a part before it is sealed: a ZIP that any tool opens, messages as on the wire, files by their id."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

INDEX = "muc-luc.json"
DOSSIER, STEPS, FILES = "DongBoHoSoMC.json", "CapNhatTienDoHoSoMC.json", "tep"
LARGEST_FILE = 200 * 1024 * 1024
LARGEST_INDEX = 16 * 1024 * 1024

Message = dict[str, Any]


class BadContentError(ValueError):
    """A part that does not hold what its index says. The text is for people."""


@dataclass(frozen=True)
class FileEntry:
    id: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class StepEntry:
    """event: seq of the act in the office's log."""

    event: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One dossier. version: of it in the office; at: when it was packed, as on the wire; codes: every one that the
    province may know it by; sha256: of the message's bytes."""

    key: str
    version: int
    at: str
    codes: tuple[str, ...]
    sha256: str
    steps: tuple[StepEntry, ...] = ()
    files: tuple[FileEntry, ...] = ()


@dataclass(frozen=True)
class Carried:
    """One dossier with everything of it. message, steps: as they go over the line; files: bytes by id."""

    entry: Entry
    message: Message
    steps: tuple[Message, ...]
    files: dict[str, bytes]

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return sum(map(len, self.files.values())) + len(as_bytes([self.message, *self.steps])) + 2048


def carried(
    key: str,
    version: int,
    at: str,
    codes: Sequence[str],
    message: Message,
    steps: Sequence[tuple[int, Message]],
    files: Sequence[tuple[str, str, bytes]],
) -> Carried:
    """steps: (seq of the event, message); files: (id, media type, bytes)."""
    entry = Entry(
        key,
        version,
        at,
        tuple(codes),
        digest_of(message),
        tuple(StepEntry(seq, digest_of(step)) for seq, step in steps),
        tuple(FileEntry(i, hashlib.sha256(data).hexdigest(), len(data), kind) for i, kind, data in files),
    )
    return Carried(entry, message, tuple(step for _, step in steps), {i: data for i, _, data in files})


def digest_of(message: Message) -> str:
    return hashlib.sha256(as_bytes(message)).hexdigest()


def as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def place_of(file_id: str) -> str:
    """Where a message points to for a file that travels with it."""
    return f"{FILES}/{file_id}"


def packed(dossiers: Sequence[Carried]) -> bytes:
    """One part. A file that several dossiers share is in it once."""
    target = io.BytesIO()
    written: set[str] = set()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, INDEX, as_bytes([asdict(d.entry) for d in dossiers]), zipfile.ZIP_DEFLATED)
        for number, one in enumerate(dossiers):
            _add(archive, f"{number:04d}/{DOSSIER}", as_bytes([one.message]), zipfile.ZIP_DEFLATED)
            _add(archive, f"{number:04d}/{STEPS}", as_bytes(list(one.steps)), zipfile.ZIP_DEFLATED)
            for file_id, data in one.files.items():
                if file_id not in written:
                    written.add(file_id)
                    _add(archive, place_of(file_id), data, zipfile.ZIP_STORED)
    return target.getvalue()


def unpacked(part: bytes) -> Iterator[Carried]:
    """The dossiers of a part, each checked against the index. Raises: BadContentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(part)) as archive:
            index = json.loads(_member(archive, INDEX, LARGEST_INDEX))
            for number, values in enumerate(index):
                yield _one(archive, number, _entry(values))
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, RecursionError, NotImplementedError) as error:
        raise error if isinstance(error, BadContentError) else BadContentError("phần không đọc được") from error


def _one(archive: zipfile.ZipFile, number: int, entry: Entry) -> Carried:
    [message] = json.loads(_member(archive, f"{number:04d}/{DOSSIER}", LARGEST_INDEX))
    steps = tuple(json.loads(_member(archive, f"{number:04d}/{STEPS}", LARGEST_INDEX)))
    files = {f.id: _member(archive, place_of(f.id), LARGEST_FILE) for f in entry.files}
    if digest_of(message) != entry.sha256 or [digest_of(s) for s in steps] != [s.sha256 for s in entry.steps]:
        raise BadContentError(f"hồ sơ {entry.key}: nội dung không khớp mục lục")
    if missing := _places(message) - {place_of(f.id) for f in entry.files}:
        raise BadContentError(f"hồ sơ {entry.key}: thiếu {', '.join(sorted(missing))}")
    for file in entry.files:
        if hashlib.sha256(files[file.id]).hexdigest() != file.sha256:
            raise BadContentError(f"hồ sơ {entry.key}: tệp {file.id} không khớp mã băm")
    return Carried(entry, message, steps, files)


def _places(value: Any, name: str = "") -> set[str]:
    """Every file that a message says travels with it. name: of the member that the value stands in."""
    match value:
        case dict():
            return set().union(*(_places(inner, member) for member, inner in value.items()))
        case list():
            return set().union(*(_places(inner) for inner in value))
        case str() if name.startswith("DuongDan") and value.startswith(f"{FILES}/"):
            return {value}
    return set()


def _entry(values: dict[str, Any]) -> Entry:
    return Entry(
        str(values["key"]),
        int(values["version"]),
        str(values["at"]),
        tuple(map(str, values["codes"])),
        str(values["sha256"]),
        tuple(StepEntry(int(s["event"]), str(s["sha256"])) for s in values["steps"]),
        tuple(FileEntry(str(f["id"]), str(f["sha256"]), int(f["size"]), str(f["media_type"])) for f in values["files"]),
    )


def _member(archive: zipfile.ZipFile, name: str, at_most: int) -> bytes:
    """Never more than `at_most`, whatever the archive claims: it may be a bomb."""
    with archive.open(name) as handle:
        content = handle.read(at_most + 1)
    if len(content) > at_most:
        raise BadContentError(f"{name} lớn bất thường")
    return content


def _add(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    # A fixed time: the archive says nothing that the manifest does not say.
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, how)
