"""By which calendar the office counts its dates now, and dates that were counted by an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork
    from kiosk.services.reception import Desk

# Cursors: the fingerprint that dates were last counted by; those before; keys of dossiers that an older one dated.
IN_FORCE, PAST, BEHIND = "calendar", "calendar.past", "calendar.behind"


def in_force(look: UnitOfWork) -> str:
    """The fingerprint that dates were last counted by; "" before the first count. Inside a `with`."""
    return look.exchange.cursor(IN_FORCE)


def is_known(look: UnitOfWork, fingerprint: str) -> bool:
    """Whether dates were ever counted by this calendar: a machine that still holds an older pack must not move all
    dates back. Inside a `with`."""
    return fingerprint in (look.exchange.cursor(IN_FORCE), *look.exchange.cursor(PAST).split())


def is_older(look: UnitOfWork, fingerprint: str) -> bool:
    """Whether the office counts by a newer calendar than this one. Inside a `with`."""
    return bool(fingerprint) and in_force(look) not in ("", fingerprint) and is_known(look, fingerprint)


def heed_older(uow: UnitOfWork, desk: Desk, key: str) -> None:
    """Have a date counted again that this act made by an older pack than the office's; in the act's own transaction.

    The act itself is not refused: a citizen is not sent away because a file was not copied to this machine.
    """
    if is_older(uow, desk.pack()):
        keys = dict.fromkeys([*behind(uow), key])
        uow.exchange.set_cursor(BEHIND, " ".join(keys))


def behind(look: UnitOfWork) -> tuple[str, ...]:
    """Keys of dossiers that wait for a date by the calendar in force. Inside a `with`."""
    return tuple(look.exchange.cursor(BEHIND).split())
