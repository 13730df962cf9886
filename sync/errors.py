"""Failures of the exchange, named after who must act."""

from __future__ import annotations

from kiosk.errors import InputError, RejectedSyncError, TransientSyncError


class LineDownError(TransientSyncError):
    """No connection: nothing was sent. details: connection."""

    code = "sync.line_down"


class ReplyLostError(TransientSyncError):
    """Sent, but no usable answer came: it may have arrived, so ask before sending again. details: connection."""

    code = "sync.reply_lost"


class SignedOutError(TransientSyncError):
    """The province does not accept our login; IT must look at it, the dossier is fine. details: reason."""

    code = "sync.signed_out"


class BusyProvinceError(TransientSyncError):
    """The province answered that it cannot take it now. details: reason."""

    code = "sync.busy"


class RefusedByProvinceError(RejectedSyncError):
    """The province refused the entry. details: reason (its own words)."""

    code = "sync.refused"


class IncompleteMessageError(RejectedSyncError):
    """Mandatory fields are missing, found before sending. details: reason (Vietnamese names, "; " between)."""

    code = "sync.incomplete"


class WrongHashError(TransientSyncError):
    """The province stored other bytes than we sent; sent again. details: reason (the file)."""

    code = "sync.wrong_hash"


class CorruptedUploadError(RejectedSyncError):
    """The province kept storing other bytes than we sent; somebody must look. details: reason (the file)."""

    code = "sync.corrupted_upload"


class NoProvinceError(TransientSyncError):
    """No connection takes this procedure; the entry waits until one is set up."""

    code = "sync.no_province"
    exit_code = 2


class BadConnectionError(InputError):
    """A setting of a connection cannot be used. details: field, value."""

    code = "sync.bad_connection"
