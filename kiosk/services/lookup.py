"""A citizen asks where the dossier is. Reads only, and answers with nothing that names the citizen."""

from __future__ import annotations

import re

from kiosk.domain.dossier import is_dossier_key
from kiosk.domain.progress import Progress as Progress
from kiosk.errors import InputError
from kiosk.services.ports import UnitOfWork

_KEY = re.compile(r"(?<!\d)\d{12,14}(?!\d)")
# Agencies are named as H26.107, or as before as 000.03.19.H26.
_OFFICIAL = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}[A-Z0-9.]*(?:-\d{4,8}){1,2}", re.IGNORECASE)


class NoReceiptCodeError(InputError):
    """The digits typed, or the text scanned, hold no receipt code."""

    code = "lookup.no_code"


class UnknownReceiptError(InputError):
    """No dossier has this code; drafts are no dossiers yet."""

    code = "lookup.unknown"


def receipt_code(text: str) -> str:
    """The dossier's key or official code in what a person typed or a scanner read (the receipt's QR may be a web
    address). Raises: NoReceiptCodeError."""
    for found in _KEY.findall(text):
        if is_dossier_key(found):
            return str(found)
    official = _OFFICIAL.search(text)
    if official is None:
        raise NoReceiptCodeError
    return official[0].upper()


def look_up(uow: UnitOfWork, text: str) -> Progress:
    """The progress of one dossier. Raises: NoReceiptCodeError, UnknownReceiptError; neither repeats the text."""
    code = receipt_code(text)
    with uow:
        found = uow.dossiers.progress(code)
    if found is None:
        raise UnknownReceiptError
    return found
