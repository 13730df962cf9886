"""Certificates made for one test, and a small province behind TLS on loopback."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """A CA of a test. file: its certificate, PEM."""

    file: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def made(cls, folder: Path, name: str = "CA thử") -> Self:
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        certificate = (
            _named(name, name, key, now - DAY, now + 365 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        file = folder / f"{name}.pem"
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return cls(file, certificate, key)

    def issue(
        self,
        folder: Path,
        *names: str,
        valid_from: datetime | None = None,
        valid_to: datetime | None = None,
    ) -> Path:
        """A PEM file with certificate and key. names: DNS names or addresses it is made out to."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        issuer = str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
        made = (
            _named(names[0], issuer, key, valid_from or now - DAY, valid_to or now + 90 * DAY)
            .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = folder / f"{names[0]}-{made.serial_number:x}.pem"
        file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
        return file


def _named(
    subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, valid_from: datetime, valid_to: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_to)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@dataclass(frozen=True)
class Heard:
    """One request as it arrived. headers: names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


# Status, media type and body of an answer.
Answered = tuple[int, str, str]


def said(code: int, message: str, status: int = 200, **more: Any) -> Answered:
    return status, "application/json", json.dumps({"error_code": code, "message": message, **more}, ensure_ascii=False)


def knows_nothing(_: Heard) -> Answered:
    """A province in order: no dossier is there, no news."""
    return said(0, "Thành công", result=[])


@dataclass
class SmallProvince:
    """`with SmallProvince(answer, pem)`; answer: what each request gets; pem: "" for plain HTTP; wants: CA file of the
    certificates that callers must show; clock: what its Date header tells."""

    answer: Callable[[Heard], Answered] = knows_nothing
    pem: Path | None = None
    wants: Path | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    heard: list[Heard] = field(default_factory=list)

    def __enter__(self) -> Self:
        province = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                names = {name.lower(): value for name, value in self.headers.items()}
                request = Heard(self.command, self.path, names, body)
                if self.command != "HEAD":
                    province.heard.append(request)
                status, media_type, text = province.answer(request)
                content = text.encode()
                self.send_response_only(status)
                self.send_header("Date", format_datetime(province.clock().astimezone(UTC), usegmt=True))
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815 -- named by the standard library

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self._server.context = self._context()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"{'https' if self.pem else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def _context(self) -> ssl.SSLContext | None:
        if self.pem is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem)
        if self.wants is not None:
            context.load_verify_locations(self.wants)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


class _Quiet(ThreadingHTTPServer):
    """Handshakes in the thread of each request, so that one bad caller holds up nobody; its failures are the point."""

    context: ssl.SSLContext | None = None
    daemon_threads = True

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.context is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(10)
        try:
            with self.context.wrap_socket(request, server_side=True) as wrapped:
                super().finish_request(wrapped, client_address)
        except OSError:
            return

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass
