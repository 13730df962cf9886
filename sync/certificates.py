"""What a certificate says of itself, for advice only: whom a line trusts is decided in sync/tls.py."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from sync.clocks import read_date
from sync.connection import Connection


@dataclass(frozen=True)
class Shown:
    """names: the addresses it was made out to; issuer: who signed it, in its own words. told_at: the time that the
    server itself tells, None when it tells none; nothing of this is believed."""

    names: tuple[str, ...]
    issuer: str
    valid_from: datetime
    valid_to: datetime
    told_at: datetime | None = None


def shown_by(connection: Connection) -> Shown | None:
    """The certificate that the server shows, without believing it and without sending anything; None when it shows
    none."""
    host, port = address_of(connection)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), connection.timeouts.connect_s) as plain,
            context.wrap_socket(plain, server_hostname=host) as wrapped,
        ):
            content = wrapped.getpeercert(binary_form=True)
            told_at = _time_of(wrapped, host)
    except (OSError, ValueError):
        return None
    return replace(_shown(x509.load_der_x509_certificate(content)), told_at=told_at) if content else None


def _time_of(wrapped: ssl.SSLSocket, host: str) -> datetime | None:
    """What the server says of the time, asked for without a word about this office."""
    try:
        wrapped.sendall(f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("ascii"))
        head = wrapped.recv(8192).decode("latin-1")
    except (OSError, UnicodeError):
        return None
    found = re.search(r"^date:\s*(.+?)\s*$", head, re.IGNORECASE | re.MULTILINE)
    return read_date(found[1]) if found else None


def kept_in(file: Path) -> Shown | None:
    """The first certificate of a PEM file; None when there is none that can be read."""
    try:
        return _shown(x509.load_pem_x509_certificate(file.read_bytes()))
    except (OSError, ValueError):
        return None


def address_of(connection: Connection) -> tuple[str, int]:
    """Host and port of the connection's URL."""
    url = urlsplit(connection.base_url)
    return url.hostname or "", url.port or (443 if url.scheme == "https" else 80)


def _shown(certificate: x509.Certificate) -> Shown:
    return Shown(
        _names(certificate),
        _words(certificate.issuer),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return (_words(certificate.subject),)
    addresses = [str(ip) for ip in extension.get_values_for_type(x509.IPAddress)]
    return (*extension.get_values_for_type(x509.DNSName), *addresses)


def _words(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME) or name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
