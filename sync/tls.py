"""Whom a line trusts, and what a failed connection means in the words of whoever must act."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from sync.connection import Connection
from sync.errors import (
    BadConnectionError,
    CertificateTimeError,
    ClientCertificateError,
    LineDownError,
    UnknownHostError,
    UntrustedProvinceError,
    WrongHostCertificateError,
)

# Of OpenSSL's X509_V_ERR_*.
_OUT_OF_TIME = {9, 10}
_OTHER_HOST = {62, 64}


def verification(connection: Connection) -> ssl.SSLContext | bool:
    """What the HTTP library checks a server by. Raises: BadConnectionError naming the file that cannot be used."""
    tls = connection.tls
    if not connection.base_url.startswith("https"):
        return False
    try:
        context = ssl.create_default_context(cafile=tls.ca_file or None)
    except (ssl.SSLError, OSError):
        raise BadConnectionError(field="ca_file", value=tls.ca_file) from None
    if not tls.verify:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if tls.client_cert:
        try:
            # An empty word instead of a prompt on a terminal that nobody sees.
            context.load_cert_chain(tls.client_cert, tls.client_key or None, lambda: "")
        except (ssl.SSLError, OSError):
            raise BadConnectionError(field="client_cert", value=tls.client_cert) from None
    return context


def failure_of(error: BaseException, connection: Connection) -> LineDownError:
    """Why nothing could be sent."""
    name, host = connection.name, connection.base_url
    for cause in chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            if cause.verify_code in _OUT_OF_TIME:
                return CertificateTimeError(connection=name)
            kind = WrongHostCertificateError if cause.verify_code in _OTHER_HOST else UntrustedProvinceError
            return kind(connection=name, reason=host)
        if is_client_certificate_wanted(cause):
            return ClientCertificateError(connection=name)
        if isinstance(cause, socket.gaierror):
            return UnknownHostError(connection=name, reason=host)
    return LineDownError(connection=name)


def was_refused_by_tls(error: BaseException) -> bool:
    """The server told within TLS 1.3 that it does not take our certificate: after the handshake, before any request."""
    return any(is_client_certificate_wanted(cause) for cause in chain(error))


def is_client_certificate_wanted(error: BaseException) -> bool:
    """The server hung up because it was shown no certificate, or one that it does not take."""
    reason = getattr(error, "reason", "") or ""
    return isinstance(error, ssl.SSLError) and (
        "CERTIFICATE_REQUIRED" in reason or "ALERT_UNKNOWN_CA" in reason or "ALERT_BAD_CERTIFICATE" in reason
    )


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, nearest first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        following = error.__cause__ or error.__context__
        if following is None:
            return
        error = following
