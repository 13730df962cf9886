"""A bundle as it lies on the stick: numbered sealed parts, and a signed list of them that is written last."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sync.folder.errors import (
    AlteredBundleError,
    NotForUsError,
    StickGoneError,
    UnfinishedBundleError,
    WrongFormError,
)
from sync.folder.keys import Card, OwnKeys

FORM = "motcua-goi/1"
MANIFEST = "ban-ke.json"
PART_NAME = re.compile(r"phan-\d{4}\.mcb")
TO_PROVINCE, TO_OFFICE = "motcua-goi", "motcua-tra-loi"
_FOLDER = re.compile(rf"(?:{TO_PROVINCE}|{TO_OFFICE})-[A-Z0-9.]{{3,40}}-\d{{1,6}}-\d{{6,9}}")
MANIFEST_MAX = 4 * 1024 * 1024
PART_MAX = 1024 * 1024 * 1024


@dataclass(frozen=True)
class SealedPart:
    """size, sha256: of the sealed bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Signed as it is. direction: TO_PROVINCE or TO_OFFICE; office, epoch, sequence: of the office's bundle, also in
    the answer to it; sender, recipient: ids of their keys; generation: form of the messages; holds: how much is in it;
    cursor: how far the office has heard of the province's news, or is told by the answer.
    """

    direction: str
    office: str
    epoch: int
    sequence: int
    sender: str
    recipient: str
    made_at: str
    parts: tuple[SealedPart, ...]
    generation: str = "g15"
    holds: dict[str, int] = field(default_factory=dict)
    cursor: str = ""

    @property
    def folder(self) -> str:
        return folder_name(self.direction, self.office, self.epoch, self.sequence)

    def bound_to(self, part: str) -> str:
        return binding(self.direction, self.office, self.epoch, self.sequence, part)


@dataclass(frozen=True)
class Found:
    """A whole bundle whose signature and hashes were checked. digest: SHA-256 of what was signed."""

    place: Path
    manifest: Manifest
    digest: str

    def opened(self, keys: OwnKeys) -> Iterator[bytes]:
        """The parts' contents in order. Raises: AlteredBundleError, StickGoneError."""
        for part in self.manifest.parts:
            sealed = _read(self.place / part.name)
            # Again, for the bytes that are opened now: the stick may have been changed since they were checked.
            content = None
            if hashlib.sha256(sealed).hexdigest() == part.sha256:
                content = keys.open(sealed, self.manifest.bound_to(part.name))
            if content is None:
                raise AlteredBundleError(bundle=self.place.name, reason=f"không mở được {part.name}")
            yield content


def folder_name(direction: str, office: str, epoch: int, sequence: int) -> str:
    return f"{direction}-{office}-{epoch}-{sequence:06d}"


def binding(direction: str, office: str, epoch: int, sequence: int, part: str) -> str:
    """What a part is sealed as: it opens in no other place of no other bundle."""
    return f"{FORM}|{direction}|{office}|{epoch}|{sequence}|{part}"


def part_name(number: int) -> str:
    return f"phan-{number:04d}.mcb"


def signed(manifest: Manifest, keys: OwnKeys) -> tuple[bytes, str]:
    """The file, and the digest of what was signed."""
    body = json.dumps({"form": FORM, **asdict(manifest)}, ensure_ascii=False, sort_keys=True, indent=1)
    return _as_file(body, keys.sign(body.encode())), hashlib.sha256(body.encode()).hexdigest()


def candidates(folder: Path, direction: str) -> list[Path]:
    """Folders that look like bundles of a direction, unfinished ones left out; oldest number first."""
    try:
        found = [p for p in folder.iterdir() if _FOLDER.fullmatch(p.name) and p.name.startswith(direction + "-")]
    except OSError:
        raise StickGoneError(folder=str(folder)) from None
    return sorted(found, key=lambda p: p.name)


def checked(place: Path, sender: Card, own: Card) -> Found:
    """The bundle in a folder, its parts hashed. Raises: UnfinishedBundleError, AlteredBundleError, NotForUsError,
    WrongFormError."""
    manifest, body, signature = read_manifest(place)
    if not sender.has_signed(body, signature) or manifest.sender != sender.id:
        raise AlteredBundleError(bundle=place.name, reason="chữ ký không khớp")
    if manifest.recipient != own.id:
        raise NotForUsError(bundle=place.name, reason="gói được khóa cho nơi khác")
    if place.name != manifest.folder:
        raise AlteredBundleError(bundle=place.name, reason=f"tên thư mục phải là {manifest.folder}")
    for part in manifest.parts:
        _check_part(place, part)
    return Found(place, manifest, hashlib.sha256(body).hexdigest())


def read_manifest(place: Path) -> tuple[Manifest, bytes, str]:
    """As it claims to be, with what was signed and the signature: nothing of it is believed yet.

    Raises: UnfinishedBundleError, WrongFormError.
    """
    if not (place / MANIFEST).is_file():
        raise UnfinishedBundleError(bundle=place.name, reason=f"thiếu {MANIFEST}")
    content = _read(place / MANIFEST, MANIFEST_MAX)
    try:
        outer = json.loads(content)
        body = str(outer["ban_ke"])
        values = json.loads(body)
        form = values.pop("form")
        values["parts"] = tuple(SealedPart(**part) for part in values["parts"])
        manifest = Manifest(**values)
        signature = str(outer["chu_ky"])
        is_as_written = content == _as_file(body, signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise WrongFormError(bundle=place.name, reason=f"{MANIFEST} không đọc được") from None
    if not is_as_written:
        raise WrongFormError(bundle=place.name, reason=f"{MANIFEST} không viết đúng dạng")
    if form != FORM or not _is_sound(manifest):
        raise WrongFormError(bundle=place.name, reason=f"dạng gói lạ: {str(form)[:40]}")
    return manifest, body.encode(), signature


def _as_file(body: str, signature: str) -> bytes:
    """The one way to write it: what differs by a blank was touched by somebody."""
    return json.dumps({"ban_ke": body, "chu_ky": signature}, ensure_ascii=False).encode()


def _is_sound(manifest: Manifest) -> bool:
    """Names that stay in the folder, numbers that are numbers."""
    return (
        manifest.direction in (TO_PROVINCE, TO_OFFICE)
        and all(isinstance(n, int) and 0 < n < 10**9 for n in (manifest.epoch, manifest.sequence))
        and all(isinstance(t, str) for t in (manifest.office, manifest.generation, manifest.cursor, manifest.made_at))
        and isinstance(manifest.holds, dict)
        and len({part.name for part in manifest.parts}) == len(manifest.parts)
        and all(isinstance(p.name, str) and PART_NAME.fullmatch(p.name) for p in manifest.parts)
        and all(isinstance(p.size, int) and 0 < p.size <= PART_MAX for p in manifest.parts)
    )


def _check_part(place: Path, part: SealedPart) -> None:
    file = place / part.name
    try:
        size = file.stat().st_size
    except OSError:
        raise UnfinishedBundleError(bundle=place.name, reason=f"thiếu {part.name}") from None
    if size != part.size:
        problem = f"{part.name} có {size} byte, phải là {part.size}"
        raise UnfinishedBundleError(bundle=place.name, reason=problem)
    digest = hashlib.sha256()
    try:
        with file.open("rb") as handle:
            while chunk := handle.read(1024 * 1024):
                digest.update(chunk)
    except OSError:
        raise StickGoneError(folder=str(place)) from None
    if digest.hexdigest() != part.sha256:
        raise AlteredBundleError(bundle=place.name, reason=f"{part.name} đã bị thay đổi")


def _read(file: Path, at_most: int = PART_MAX) -> bytes:
    try:
        if file.stat().st_size > at_most:
            raise WrongFormError(bundle=file.parent.name, reason=f"{file.name} lớn bất thường")
        return file.read_bytes()
    except OSError:
        raise StickGoneError(folder=str(file.parent)) from None
