"""A card or a receipt under a kiosk's reader gives a number without a touch. What was read is looked at and let go."""

from __future__ import annotations

from enum import StrEnum

from kiosk.domain.office import Office
from kiosk.errors import InputError, RuleError, StorageError
from kiosk.identity import CardKind, read_payload
from kiosk.identity.reading import PERSON_KINDS
from kiosk.services.lookup import NoReceiptCodeError, UnknownReceiptError, receipt_code
from kiosk.services.ports import UnitOfWork

NO_LINE = "none"  # in office.toml: a card or a receipt alone says nothing here


class CodeKind(StrEnum):
    CARD = "card"
    RECEIPT = "receipt"
    OTHER = "other"


class UnreadableCodeError(InputError):
    """Neither a citizen's card nor a receipt of this office. Does not repeat the text."""

    code = "touchless.unreadable"


class TouchFirstError(RuleError):
    """This office wants a line chosen by hand."""

    code = "touchless.touch_first"


def kind_of(text: str) -> CodeKind:
    """By what no input method spoils: digits and their places. A card is looked for first, for its number may look like
    a receipt's; a health card, a bank's code or a foreign address is neither."""
    reading = read_payload(text)
    if reading.kind in PERSON_KINDS:
        return CodeKind.CARD if reading.fields.id_number else CodeKind.OTHER
    if reading.kind not in (CardKind.UNKNOWN, CardKind.URL):
        return CodeKind.OTHER
    try:
        receipt_code(text)
    except NoReceiptCodeError:
        return CodeKind.OTHER
    return CodeKind.RECEIPT


def line_for(uow: UnitOfWork, facts: Office, text: str) -> str:
    """Code of the line that a card or a receipt leads to. Reads only; the person on the card is not looked up.

    A card: the line of the settings, else the first. A receipt: the line of the settings, else that of the dossier's
    own field. A store that does not answer keeps nobody waiting: the receipt then goes unlooked to the first line.
    Raises: UnreadableCodeError, UnknownReceiptError, TouchFirstError.
    """
    kind = kind_of(text)
    if kind is CodeKind.OTHER:
        raise UnreadableCodeError
    chosen = facts.kiosk_card_line if kind is CodeKind.CARD else facts.kiosk_receipt_line
    if chosen == NO_LINE:
        raise TouchFirstError
    if kind is CodeKind.CARD:
        return chosen or facts.groups[0].code
    return _line_of_receipt(uow, facts, receipt_code(text), chosen)


def _line_of_receipt(uow: UnitOfWork, facts: Office, code: str, chosen: str) -> str:
    first = facts.groups[0].code
    try:
        with uow:
            found = uow.dossiers.progress(code)
    except StorageError:
        return chosen or first
    if found is None:
        raise UnknownReceiptError
    own = next((g.code for g in facts.groups if found.field_name in g.fields), first)
    return chosen or own
