"""The new machine's side: find the desk, prove to know the code, take what makes it a station."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.pairing import Refusal
from kiosk.errors import KioskError
from kiosk.pairing.bundle import PROTOCOL, Bundle, Program, unpacked
from kiosk.pairing.discovery import look_for
from kiosk.pairing.errors import (
    CutError,
    NewerProgramError,
    NobodyAnsweredError,
    OlderProgramError,
    StrangerError,
    refused,
)
from kiosk.pairing.invitation import PORT, Address, Invitation
from kiosk.pairing.secret import FRESH, CodeKey, Greeting, SealError, fresh, public_of
from kiosk.pairing.wire import CLEAR, LARGE, BadMessageError, Line, bytes_of, parsed, text_of

CONNECT_S, TALK_S, LAST_WORD_S = 3.0, 20.0, 5.0

# Makes the machine a station; raises KioskError and leaves nothing behind when it cannot. Returns what it made.
Keep = Callable[[Bundle], None]


@dataclass(frozen=True)
class Machine:
    """id: tells this computer from others."""

    id: str
    program: Program


def join(
    invitation: Invitation,
    machine: Machine,
    keep: Keep,
    *,
    question_port: int = PORT,
    targets: Sequence[str] | None = None,
) -> Bundle:
    """Become a station of the office whose desk shows the code. keep: called before the desk is told that all is well,
    so that a failure there leaves the code in force. targets: addresses asked when the invitation names none.

    Raises: NobodyAnsweredError, StrangerError, CutError, OlderProgramError, NewerProgramError, a refusal of
    `kiosk.pairing.errors`, and what `keep` raises.
    """
    key = CodeKey(invitation.code)
    addresses = invitation.addresses or tuple(look_for(key.public_id, question_port, targets))
    failure: KioskError = NobodyAnsweredError()
    for address in addresses:
        try:
            return _join_at(address, key, machine, keep)
        except NobodyAnsweredError:
            continue
        except StrangerError as stranger:
            failure = stranger  # somebody else on the network may have answered first
    raise failure


def _join_at(address: Address, key: CodeKey, machine: Machine, keep: Keep) -> Bundle:
    try:
        connection = socket.create_connection(address, CONNECT_S)
    except OSError:
        raise NobodyAnsweredError from None
    try:
        with connection:
            return _converse(Line(connection, TALK_S, LARGE), key, machine, keep)
    except OSError:
        raise CutError from None
    except (BadMessageError, SealError):
        raise StrangerError(address=f"{address[0]}:{address[1]}") from None


def _converse(line: Line, key: CodeKey, machine: Machine, keep: Keep) -> Bundle:
    private = fresh()
    mine = public_of(private)
    line.tell(motcua="pair", speaks=[PROTOCOL], id=key.public_id, machine=machine.id, fresh=mine.hex())
    greeting = line.hear()
    _raise_refusal(greeting, machine)
    said = Greeting(key.public_id, machine.id, mine, bytes_of(greeting, "fresh", FRESH))
    channel = key.channel(private, said, is_host=False)
    about = {"version": machine.program.version, "tables": machine.program.tables}
    line.pass_on(channel.seal(json.dumps(about).encode()))
    kind, content = line.receive()
    answer = parsed(content if kind == CLEAR else channel.open(content))
    _raise_refusal(answer, machine)
    bundle = unpacked(answer.get("bundle")) if kind != CLEAR else None
    if bundle is None:
        raise BadMessageError
    _keep(keep, bundle)
    line.allow(LAST_WORD_S)
    try:
        line.pass_on(channel.seal(json.dumps({"kept": True}).encode()))
        line.receive()
    except (OSError, BadMessageError):
        pass  # everything is here; the desk will hear the first heartbeat
    return bundle


def _keep(keep: Keep, bundle: Bundle) -> None:
    """An OSError of the disk must not look like one of the line."""
    try:
        keep(bundle)
    except OSError as error:
        raise RuntimeError("keep must tell its own failures") from error


def _raise_refusal(said: dict[str, Any], machine: Machine) -> None:
    reason = said.get("refused")
    if reason is None:
        return
    if reason == "protocol":
        speaks = said.get("speaks")
        newest = max((n for n in speaks if isinstance(n, int)), default=0) if isinstance(speaks, list) else 0
        kind = OlderProgramError if newest > PROTOCOL else NewerProgramError
        raise kind(mine=f"giao thức {PROTOCOL}", theirs=f"giao thức {newest}")
    try:
        refusal = Refusal(text_of(said, "refused"))
    except ValueError:
        raise BadMessageError from None
    theirs = said.get("version")
    raise refused(refusal, machine.program.version, theirs if isinstance(theirs, str) else "")
