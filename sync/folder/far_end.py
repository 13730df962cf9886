"""The other side of a stick: a bundle is checked whole, taken in once, and answered with a signed receipt.

Replay is harmless: a bundle that was taken in is only answered again; of a dossier that came by the line or by a later
stick as well, an older picture replaces nothing; steps and files are known by themselves.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kiosk.clock import Clock
from sync.folder.answer import Answer, FileReceipt, News, Receipt
from sync.folder.contents import BadContentError, Carried, FileEntry, place_of, unpacked
from sync.folder.errors import AlteredBundleError, OldEpochError, StrangeSenderError
from sync.folder.keys import Card, KnownCards, OwnKeys
from sync.folder.sealed import (
    MANIFEST,
    TO_OFFICE,
    TO_PROVINCE,
    Found,
    Manifest,
    SealedPart,
    binding,
    candidates,
    checked,
    part_name,
    read_manifest,
    signed,
)
from sync.folder.stick import Stick
from sync.folder.taken import Taken, TakenBook
from sync.messages.wire import wire_time

Message = Mapping[str, Any]
ANSWER_ROOM = 1024 * 1024


class FarStore(Protocol):
    """What is needed of the store that the line fills too. Times are yyyyMMddHHmmss, local."""

    def find(self, codes: Sequence[str]) -> Message | None:
        """The dossier under any of its codes, with MaHoSo, MaHoSoQuocGia and DanhSachTienTrinh."""

    def fault(self, message: Message, steps: Sequence[Message], generation: str) -> str:
        """Why it is refused, in Vietnamese; "" when it is not."""

    def insert(self, office: str, message: Message, generation: str) -> None: ...

    def replace(self, office: str, message: Message, generation: str) -> None:
        """By its MaHoSo."""

    def add_steps(self, messages: Sequence[Message]) -> None:
        """Those that are there already (code, time, status) are left alone."""

    def keep_file(self, file: FileEntry, content: bytes) -> str:
        """Where it is kept from now on; the same content is kept once."""

    def news(self, office: str, after: str) -> Sequence[News]: ...


@dataclass(frozen=True)
class TakenIn:
    """One bundle. again: it had been taken in before, and was only answered."""

    bundle: str
    office: str
    answer: str
    receipts: tuple[Receipt, ...]
    news: int
    again: bool

    @property
    def refused(self) -> tuple[Receipt, ...]:
        return tuple(r for r in self.receipts if r.refused)


@dataclass(frozen=True)
class FarEnd:
    own: OwnKeys
    offices: KnownCards
    book: TakenBook
    store: FarStore
    clock: Clock

    def bundles(self, folder: Path) -> list[Path]:
        """Raises: StickGoneError."""
        return candidates(folder, TO_PROVINCE)

    def take(self, place: Path) -> TakenIn:
        """Raises: UnfinishedBundleError, AlteredBundleError, StrangeSenderError, NotForUsError, OldEpochError,
        WrongFormError, and the stick's own errors when the answer cannot be written; taken in it is all the same."""
        office = self._sender(place)
        found = checked(place, office, self.own.card)
        manifest = found.manifest
        before = self._before(found)
        if before is None:
            receipts = self._take_in(found)
            self.book.note(Taken(manifest.office, manifest.epoch, manifest.sequence, found.digest, receipts))
        else:
            receipts = before.receipts
        answer = Answer(
            found.digest, receipts, manifest.cursor, tuple(self.store.news(manifest.office, manifest.cursor))
        )
        folder = self._write(Stick(place.parent), manifest, office, answer)
        return TakenIn(place.name, manifest.office, folder, receipts, len(answer.news), before is not None)

    def _sender(self, place: Path) -> Card:
        """By the code that the list claims; the signature then shows whether it is true."""
        manifest, _, _ = read_manifest(place)
        card = self.offices.get(manifest.office)
        if card is None or card.code != manifest.office:
            reason = f"chưa có khóa công khai của đơn vị {manifest.office}"
            raise StrangeSenderError(bundle=place.name, reason=reason)
        return card

    def _before(self, found: Found) -> Taken | None:
        """Raises: OldEpochError."""
        manifest = found.manifest
        if manifest.epoch < (newest := self.book.epoch(manifest.office)):
            reason = f"gói thuộc kỳ {manifest.epoch}, đơn vị đã sang kỳ {newest} sau khi khôi phục dữ liệu"
            raise OldEpochError(bundle=found.place.name, reason=reason)
        before = self.book.get(manifest.office, manifest.epoch, manifest.sequence)
        if before is not None and before.digest != found.digest:
            reason = f"gói số {manifest.sequence} của kỳ {manifest.epoch} đã nhận với nội dung khác"
            raise OldEpochError(bundle=found.place.name, reason=reason)
        return before

    def _take_in(self, found: Found) -> tuple[Receipt, ...]:
        """Everything is read once before anything is stored: a bundle is taken in whole or not at all."""
        for part in found.opened(self.own):
            _all_of(found, part)
        manifest = found.manifest
        return tuple(self._one(manifest, one) for part in found.opened(self.own) for one in _all_of(found, part))

    def _one(self, manifest: Manifest, one: Carried) -> Receipt:
        entry = one.entry
        there = self.store.find(entry.codes)
        code = str((there or one.message).get("MaHoSo", ""))
        if reason := self._why_not(manifest, one, code):
            return Receipt(entry.key, entry.sha256, refused=reason)
        kept = {f.id: FileReceipt(f.sha256, self.store.keep_file(f, one.files[f.id])) for f in entry.files}
        message = _with_places(one.message, {place_of(file_id): receipt.url for file_id, receipt in kept.items()})
        is_older = self._is_older(manifest, one, there)
        if there is None:
            self.store.insert(manifest.office, message, manifest.generation)
        elif not is_older:
            self.store.replace(manifest.office, {**message, "MaHoSo": code}, manifest.generation)
        known = self.store.find(entry.codes) or message
        if one.steps:
            self.store.add_steps([{**step, "MaHoSo": code} for step in one.steps])
        self.book.note_version(manifest.office, entry.key, manifest.epoch, entry.version)
        steps = {str(s.event): s.sha256 for s in entry.steps}
        official = str(known.get("MaHoSoQuocGia") or "")
        return Receipt(entry.key, entry.sha256, code, official, steps, kept, older=is_older)

    def _why_not(self, manifest: Manifest, one: Carried, code: str) -> str:
        """Why a dossier is refused, "" when it is taken. An office tells of its own dossiers only."""
        if not code.startswith(f"{manifest.office}-"):
            return f"hồ sơ {code} không phải của đơn vị {manifest.office}"
        return self.store.fault(one.message, one.steps, manifest.generation)

    def _is_older(self, manifest: Manifest, one: Carried, there: Message | None) -> bool:
        """A later stick brought a newer version, or the line brought a step that was made after this was packed: both
        are told by the office's own clock and counters."""
        if there is None:
            return False
        if self.book.version(manifest.office, one.entry.key, manifest.epoch) > one.entry.version:
            return True
        steps = there.get("DanhSachTienTrinh") or ()
        return any(str(step.get("ThoiDiemXuLy", "")) > one.entry.at for step in steps)

    def _write(self, stick: Stick, asked: Manifest, office: Card, answer: Answer) -> str:
        name = part_name(1)
        stick.prepare(ANSWER_ROOM)
        bound = binding(TO_OFFICE, asked.office, asked.epoch, asked.sequence, name)
        content = office.seal_for(answer.to_bytes(), bound)
        part = SealedPart(name, len(content), hashlib.sha256(content).hexdigest())
        manifest = Manifest(
            TO_OFFICE,
            asked.office,
            asked.epoch,
            asked.sequence,
            self.own.card.id,
            office.id,
            wire_time(self.clock()),
            (part,),
            asked.generation,
            {"receipts": len(answer.receipts), "news": len(answer.news)},
            answer.news[-1].cursor if answer.news else answer.after,
        )
        draft = f".{manifest.folder}.dang-ghi"
        shutil.rmtree(stick.folder / draft, ignore_errors=True)
        stick.make_folder(draft)
        stick.write(f"{draft}/{name}", content)
        stick.write(f"{draft}/{MANIFEST}", signed(manifest, self.own)[0])
        shutil.rmtree(stick.folder / manifest.folder, ignore_errors=True)  # an answer to the same bundle, of before
        stick.rename(draft, manifest.folder)
        return manifest.folder


def _all_of(found: Found, part: bytes) -> list[Carried]:
    try:
        return list(unpacked(part))
    except BadContentError as bad:
        raise AlteredBundleError(bundle=found.place.name, reason=str(bad)) from None


def _with_places(message: Message, places: Mapping[str, str]) -> Message:
    """The message with each local place of a file replaced by where the province keeps it."""
    changed = _replaced(message, lambda text: places.get(text, text))
    assert isinstance(changed, dict)
    return changed


def _replaced(value: object, change: Callable[[str], str]) -> object:
    match value:
        case dict():
            return {name: _replaced(inner, change) for name, inner in value.items()}
        case list():
            return [_replaced(inner, change) for inner in value]
        case str():
            return change(value)
    return value
