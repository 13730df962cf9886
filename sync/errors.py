"""Failures of the exchange, named after who must act."""

from __future__ import annotations

from kiosk.errors import InputError, RejectedSyncError, TransientSyncError
from kiosk.services.jobs import PostponedError


class LineDownError(TransientSyncError):
    """No connection: nothing was sent. details: connection."""

    code = "sync.line_down"


class UnknownHostError(LineDownError):
    """The name in the address leads nowhere. details: connection, reason (the address)."""

    code = "sync.unknown_host"


class CertificateTimeError(LineDownError):
    """The province's certificate is not valid at this machine's time: it ran out, or this clock is wrong. details:
    connection."""

    code = "sync.certificate_time"


class WrongHostCertificateError(LineDownError):
    """The certificate was made out to another address. details: connection, reason (the address)."""

    code = "sync.certificate_host"


class UntrustedProvinceError(LineDownError):
    """The certificate was not signed by the CA that this connection trusts. details: connection, reason (address)."""

    code = "sync.certificate_ca"


class ClientCertificateError(LineDownError):
    """The province wants a certificate of this office, or does not take the one shown. details: connection."""

    code = "sync.client_certificate"


class ReplyLostError(TransientSyncError):
    """Sent, but no usable answer came: it may have arrived, so ask before sending again. details: connection."""

    code = "sync.reply_lost"


class NotAProvinceError(ReplyLostError):
    """Whoever answers is no province: a web page, a router's login. details: connection, reason (the address)."""

    code = "sync.not_a_province"


class SettlingError(PostponedError):
    """Sent, and not found there: the server may still be at it, so its "no" is not believed yet. details: seconds."""

    code = "sync.settling"


class ParkedError(RejectedSyncError):
    """It failed again and again while others got through; an officer must look. details: tries, reason (code)."""

    code = "sync.parked"


class SignedOutError(TransientSyncError):
    """The province does not accept our login; IT must look at it, the dossier is fine. details: reason."""

    code = "sync.signed_out"


class WrongAgencyError(SignedOutError):
    """The province does not know, or not accept, the agency that sends. details: reason."""

    code = "sync.wrong_agency"


class ClockOffError(SignedOutError):
    """This machine's clock and the province's differ, so logins are not taken. details: reason (by how much)."""

    code = "sync.clock_off"


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


class CorruptedDownloadError(RejectedSyncError):
    """The province keeps sending other bytes than it announced. details: reason (the file)."""

    code = "sync.corrupted_download"


class ForeignAddressError(RejectedSyncError):
    """A file is said to be somewhere that is not the province: nothing is fetched there. details: reason (host)."""

    code = "sync.foreign_address"


class TooLargeError(RejectedSyncError):
    """A file of the province is larger than the office takes. details: reason (MB)."""

    code = "sync.too_large"


class NoProvinceError(TransientSyncError):
    """No connection takes this procedure; the entry waits until one is set up."""

    code = "sync.no_province"
    exit_code = 2


class ByFolderError(TransientSyncError):
    """This procedure goes by folder; the entry waits until a folder took it along. details: reason (the connection)."""

    code = "sync.by_folder"
    look_again_s = 900.0  # should the settings give it a line meanwhile


class BrokenConnectionError(TransientSyncError):
    """The settings of the connection that takes this procedure cannot be used. details: connection, reason
    (the same)."""

    code = "sync.broken_connection"


class MissingSecretError(InputError):
    """No secret is kept for a connection. details: name."""

    code = "sync.missing_secret"


class NoKeyringError(InputError):
    """This machine has no keyring that can be opened. details: name."""

    code = "sync.no_keyring"


HINTS = {
    "name": "mỗi kết nối cần một tên riêng",
    "url": "cần dạng https://máy-chủ/đường-dẫn",
    "agency_code": "cần mã định danh dạng H26.107 hoặc 000.03.19.H26",
    "ca_file": "không có tệp này, hoặc tệp không phải chứng thư PEM",
    "client_cert": "không có tệp này, không phải PEM, không khớp client_key, hoặc khóa còn đặt mật khẩu",
    "client_key": "không có tệp này",
    "secret_file": "không đọc được tệp này, hoặc tệp trống",
    "success_pattern": "mẫu chữ không hợp lệ",
    "paths": "không có thao tác mang tên này",
    "flag": "“body” chỉ dùng được khi envelope = true",
    "generation": "không có kết nối mang tên này",
}


class ListeningError(InputError):
    """The address for what the province pushes cannot be listened on. details: host, port."""

    code = "sync.listening"


class BadConnectionError(InputError):
    """A setting of a connection cannot be used. details: field, value, hint (what it takes)."""

    code = "sync.bad_connection"

    def __init__(self, *, field: str, value: str) -> None:
        super().__init__(field=field, value=value, hint=HINTS.get(field, "giá trị không dùng được"))
