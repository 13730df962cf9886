"""What may be wrong with a stick, a key or a bundle; each says who can mend it."""

from __future__ import annotations

from kiosk.errors import InputError, RuleError


class StickGoneError(InputError):
    """The folder is not there, or no longer: pulled out, or a wrong path. details: folder."""

    code = "stick.gone"


class StickReadOnlyError(InputError):
    """Nothing can be written there: a write-protected stick, or no right to. details: folder."""

    code = "stick.read_only"


class StickFullError(InputError):
    """Not enough room. details: folder, needed_mb, free_mb."""

    code = "stick.full"


class NoPartnerKeyError(InputError):
    """The public key of the other side was never taken in. details: partner."""

    code = "stick.no_key"


class BadKeyCardError(InputError):
    """Not a file with public keys of this program. details: file."""

    code = "stick.bad_key"


class OtherKeyKnownError(RuleError):
    """A different key of this partner is trusted already; a person must decide. details: partner, known, given."""

    code = "stick.other_key"


class NothingToBringError(InputError):
    """No bundle for this side lies there. details: folder."""

    code = "stick.no_bundle"


class BundleError(InputError):
    """A bundle that is not taken in; nothing of it was used. details: bundle, reason."""

    code = "stick.bundle"


class UnfinishedBundleError(BundleError):
    """A file of it is missing or too short: the stick was pulled out, or only part of it was copied."""

    code = "stick.unfinished"


class AlteredBundleError(BundleError):
    """Signature, hash or seal do not fit: a bad stick, or somebody changed it."""

    code = "stick.altered"


class StrangeSenderError(BundleError):
    """Signed by nobody who is known here."""

    code = "stick.stranger"


class NotForUsError(BundleError):
    """Sealed for somebody else."""

    code = "stick.not_for_us"


class OldEpochError(BundleError):
    """Made before the office was restored from a copy, or its number was used twice."""

    code = "stick.old_epoch"


class WrongFormError(BundleError):
    """Written by a newer version, or it holds what no bundle holds."""

    code = "stick.form"
