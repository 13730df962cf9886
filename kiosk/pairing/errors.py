"""What can go wrong between a new machine and the desk that shows the code."""

from __future__ import annotations

from kiosk.domain.pairing import Refusal
from kiosk.errors import InputError, KioskError, RuleError


class NoCounterError(InputError):
    """Nobody said at which counter a desk or a rating screen will stand. details: known."""

    code = "pairing.no_counter"


class NobodyAnsweredError(KioskError):
    """No desk on this network shows this code, or the address does not answer."""

    code = "pairing.nobody"


class StrangerError(KioskError):
    """What answers there is no desk of this program, or does not know the code, or its answer was changed on the way.
    details: address."""

    code = "pairing.stranger"


class CutError(KioskError):
    """The connection ended before everything was here; the same code may be tried again."""

    code = "pairing.cut"


class WrongCodeError(RuleError):
    """The desk shows another code."""

    code = "pairing.wrong"


class ExpiredCodeError(RuleError):
    code = "pairing.expired"


class UsedCodeError(RuleError):
    """Another machine has come in with this code."""

    code = "pairing.used"


class SpentCodeError(RuleError):
    """Too many wrong tries."""

    code = "pairing.spent"


class OlderProgramError(RuleError):
    """This machine's program is older than the office's. details: mine, theirs."""

    code = "pairing.older"


class NewerProgramError(RuleError):
    """This machine's program is newer than the office's. details: mine, theirs."""

    code = "pairing.newer"


class OfficeFailedError(KioskError):
    """The office knew the code but could not take the machine in; the desk shows why."""

    code = "pairing.failed"


class NeedsServerError(InputError):
    """The office keeps its data in a file of one PC; further machines need PostgreSQL."""

    code = "pairing.needs_server"


class PortError(InputError):
    """The address cannot be listened on. details: address."""

    code = "pairing.port"


class AddressError(InputError):
    """details: address."""

    code = "pairing.address"


class ConfiguredError(InputError):
    """This machine belongs to an office already. details: file."""

    code = "pairing.configured"


class OtherKeyError(InputError):
    """The data directory holds the key of another office; without it that office's data is lost. details: folder."""

    code = "pairing.other_key"


class NoDatabaseError(KioskError):
    """The code was right, but the office's database does not answer this machine. details: address."""

    code = "pairing.no_database"


def refused(refusal: Refusal, mine: str = "", theirs: str = "") -> KioskError:
    """A refusal by the desk, as a failure of the machine."""
    match refusal:
        case Refusal.WRONG:
            return WrongCodeError()
        case Refusal.EXPIRED:
            return ExpiredCodeError()
        case Refusal.USED:
            return UsedCodeError()
        case Refusal.SPENT:
            return SpentCodeError()
        case Refusal.OLDER:
            return OlderProgramError(mine=mine, theirs=theirs)
        case Refusal.NEWER:
            return NewerProgramError(mine=mine, theirs=theirs)
        case Refusal.FAILED:
            return OfficeFailedError()
