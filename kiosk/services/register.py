"""Lines of the register for a range of days."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.clock import midnight
from kiosk.domain.register import Entry, entry_of
from kiosk.domain.slip import SlipKind
from kiosk.errors import InputError
from kiosk.services.ports import UnitOfWork


class TwoBooksError(InputError):
    """A register is a book of one year (TT 01/2018/TT-VPCP Art 10). details: first, last."""

    code = "register.two_books"


def register_of(look: UnitOfWork, first: date, last: date) -> list[Entry]:
    """What was taken in from first to last, both included, by number. Reads only; inside a `with`.

    What was solved on the spot has its line and its number, though no receipt was printed. Raises: TwoBooksError.
    Source: docs/legal.md#forms
    """
    if first.year != last.year:
        raise TwoBooksError(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    start, end = midnight(first), midnight(last + timedelta(days=1))
    found = []
    for receipt in look.slips.issued(SlipKind.RECEIPT, first.year, start, end):
        receipts = [s for s in look.slips.of_dossier(receipt.dossier_key) if s.kind is SlipKind.RECEIPT]
        place = [s.id for s in receipts].index(receipt.id)
        after = receipts[place + 1] if place + 1 < len(receipts) else None
        found.append(entry_of(receipt, look.dossiers.get(receipt.dossier_key), after))
    return found
