"""What a dossier costs and what was paid of it, out of the reckoning and the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain import life
from kiosk.domain.money import Move, MoveKind, PayMethod
from kiosk.domain.tracks import MoneyState
from kiosk.services.exchange import Snapshot
from sync.messages.canonical import Collected, FeeLine


def is_paid_online(moves: Sequence[Move]) -> bool:
    """Some of the fee came by a portal's or bank's gateway, and was not given back. A transfer to the office's own
    account by VietQR is not counted: no gateway knows of it."""
    return sum(m.amount for m in moves if m.method is PayMethod.ONLINE) > 0


def fees_of(snapshot: Snapshot) -> tuple[FeeLine, ...]:
    """As they were worked out, under the catalogue's codes where a line has the catalogue's name; without lines, as of
    earlier versions, the one sum that was asked."""
    dossier = snapshot.dossier
    if dossier.fee is None:
        return ()
    option = snapshot.procedure.option(dossier.channel, dossier.case)
    codes = {fee.name: fee.code for fee in (option.fees if option else ())}
    worked_out = [(line.name, line.amount or 0) for line in dossier.fee_lines] or [("Phí, lệ phí", dossier.fee)]
    collected, is_paid = _collected(snapshot), dossier.money is MoneyState.PAID
    return tuple(FeeLine(name, amount, codes.get(name, ""), collected, is_paid) for name, amount in worked_out)


def _collected(snapshot: Snapshot) -> Collected:
    """When the money came, or would come: at reception unless the ledger says otherwise."""
    taken = next((m for m in snapshot.moves if m.kind is MoveKind.TAKEN), None)
    if taken is None:
        return Collected.AT_RECEPTION
    result = snapshot.dossier.result
    asked = next((e.at for e in snapshot.events if e.kind == life.SUPPLEMENT.event), None)
    if result is not None and taken.at >= result.at:
        return Collected.AT_RETURN
    return Collected.AT_SUPPLEMENT if asked is not None and taken.at >= asked else Collected.AT_RECEPTION
