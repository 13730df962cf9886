"""Who takes a result (người nhận kết quả), and how the desk knows. Source: docs/legal.md#return"""

from __future__ import annotations

from enum import StrEnum

from kiosk.domain.dossier import Dossier
from kiosk.domain.person import Person


class Proof(StrEnum):
    """OWNER_CARD, PROXY_CARD: the identity card of the owner, or of the submitter who may collect; RECEIPT: the receipt
    alone; TYPED: a name that the officer wrote, with the reason."""

    OWNER_CARD = "owner_card"
    PROXY_CARD = "proxy_card"
    RECEIPT = "receipt"
    TYPED = "typed"


PROOF_WORDS = {
    Proof.OWNER_CARD: "thẻ của chủ hồ sơ",
    Proof.PROXY_CARD: "thẻ của người được nhận thay",
    Proof.RECEIPT: "giấy hẹn",
    Proof.TYPED: "cán bộ ghi tên",
}


def proof_of(dossier: Dossier, card: Person) -> Proof | None:
    """What a card at the desk proves; None for somebody who may not take the result. card: as it was read."""
    if _same(dossier.owner, card):
        return Proof.OWNER_CARD
    submitter, proxy = dossier.submitter, dossier.proxy
    if submitter is not None and proxy is not None and proxy.collects and _same(submitter, card):
        return Proof.PROXY_CARD
    return None


def _same(known: Person, card: Person) -> bool:
    numbers = {known.id_number, known.old_id_number, known.linked_number} - {""}
    return bool(numbers & {card.id_number, card.old_id_number})
