"""The answer comes home: checked like any bundle, the receipt settles the outbox, the news go where polled news go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.clock import Clock
from kiosk.domain.bundle import Bundle, BundleState
from kiosk.domain.event import Actor
from kiosk.services.folder_receipt import Settled, Signed, settle
from kiosk.services.ports import Units
from sync.folder.answer import Answer, Receipt, read_answer
from sync.folder.contents import BadContentError
from sync.folder.errors import AlteredBundleError, StrangeSenderError
from sync.folder.keys import Card, KnownCards, OwnKeys
from sync.folder.sealed import TO_OFFICE, Found, candidates, checked, read_manifest

# Takes items in the form of polling and the cursor after them; returns how many changed something.
Hear = Callable[[str, Sequence[Mapping[str, Any]], str], int]


@dataclass(frozen=True)
class Heard:
    """One answer. again: its receipt had been taken in before."""

    answer: str
    settled: Settled
    news: int
    again: bool


@dataclass(frozen=True)
class Ear:
    """hear: the handler of polled news, by connection."""

    units: Units
    own: OwnKeys
    partners: KnownCards
    hear: Hear
    actor: Actor
    clock: Clock

    def answers(self, folder: Path) -> list[Path]:
        """Raises: StickGoneError."""
        return candidates(folder, TO_OFFICE)

    def take(self, place: Path) -> Heard:
        """Raises: UnfinishedBundleError, AlteredBundleError, StrangeSenderError, NotForUsError, WrongFormError."""
        found = checked(place, self._sender(place), self.own.card)
        answer = self._opened(found)
        bundle = self._answered(found, answer)
        receipts = [_signed(r) for r in answer.receipts]
        done = settle(self.units(), bundle, receipts, actor=self.actor, now=self.clock())
        with self.units() as uow:
            cursor = uow.exchange.cursor(bundle.connection)
        news = answer.news_after(cursor)
        applied = self.hear(bundle.connection, [n.item for n in news], news[-1].cursor) if news else 0
        return Heard(place.name, done, applied, bundle.state is BundleState.RECEIVED)

    def _sender(self, place: Path) -> Card:
        manifest, _, _ = read_manifest(place)
        card = next((c for c in self.partners.all() if c.id == manifest.sender), None)
        if card is None:
            raise StrangeSenderError(bundle=place.name, reason="gói không do tỉnh mà đơn vị đã tin cậy ký")
        return card

    def _opened(self, found: Found) -> Answer:
        try:
            [content] = list(found.opened(self.own))
            return read_answer(content)
        except (BadContentError, ValueError):
            raise AlteredBundleError(bundle=found.place.name, reason="nội dung trả lời không đọc được") from None

    def _answered(self, found: Found, answer: Answer) -> Bundle:
        """The bundle that this answers. Raises: StrangeSenderError, AlteredBundleError."""
        manifest = found.manifest
        with self.units() as uow:
            bundle = uow.bundles.get(manifest.epoch, manifest.sequence)
        if bundle is None:
            raise StrangeSenderError(bundle=found.place.name, reason="trả lời cho một gói mà đơn vị không có trong sổ")
        if (bundle.recipient, bundle.digest) != (manifest.sender, answer.bundle):
            raise AlteredBundleError(bundle=found.place.name, reason="trả lời không khớp gói đã gửi")
        return bundle


def _signed(receipt: Receipt) -> Signed:
    files = {file_id: (f.sha256, f.url) for file_id, f in receipt.files.items()}
    return Signed(receipt.key, receipt.sha256, receipt.code, receipt.steps, files, receipt.refused, receipt.older)
