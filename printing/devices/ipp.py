"""A small IPP/2.0 client (RFC 8010, 8011) over http.client: print, ask, cancel.

`lpstat` cannot tell a printed job from a cancelled one and speaks the user's language; only the job state is a proof.
"""

from __future__ import annotations

import http.client
import itertools
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Value = str | int | bool | bytes
Attributes = Mapping[str, Sequence[Value]]

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
CHARSET, LANGUAGE, URI, NAME, KEYWORD, MIME, INTEGER = 0x47, 0x48, 0x45, 0x42, 0x44, 0x49, 0x21
BOOLEAN, ENUM = 0x22, 0x23
OPERATION_GROUP, JOB_GROUP, PRINTER_GROUP, END = 0x01, 0x02, 0x04, 0x03
TEXTS = {0x35, 0x36, *range(0x41, 0x4A)}  # textWithLanguage … mimeMediaType

_request_ids = itertools.count(1)


class IppError(Exception):
    """The printer understood and said no. status: IPP status code; its own words as the message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message or f"{status:#06x}")
        self.status = status


@dataclass(frozen=True)
class Answer:
    status: int
    groups: tuple[tuple[int, Attributes], ...]

    def group(self, tag: int) -> Attributes:
        """The first group of a kind, {} when there is none."""
        return next((attributes for kind, attributes in self.groups if kind == tag), {})


@dataclass(frozen=True)
class IppClient:
    """uri: ipp://host:port/path of a CUPS queue or of a printer itself. Raises: OSError, IppError."""

    uri: str
    user: str = "motcua"
    timeout_s: float = 8.0

    def print_pdf(self, pdf: bytes, title: str, media: str = "") -> int:
        """Returns the job's number."""
        wanted = attribute(KEYWORD, "media", media) if media else b""
        head = attribute(NAME, "job-name", title) + attribute(MIME, "document-format", "application/pdf")
        job = self._call(PRINT_JOB, head, bytes([JOB_GROUP]) + wanted if wanted else b"", pdf).group(JOB_GROUP)
        number = next(iter(job.get("job-id", ())), None)
        if not isinstance(number, int):
            raise IppError(0, "no job-id in the answer")
        return number

    def job(self, number: int) -> Attributes:
        want = ("job-state", "job-state-reasons", "job-state-message", "job-printer-state-message")
        head = attribute(INTEGER, "job-id", number)
        return self._call(GET_JOB, head, tail=attribute(KEYWORD, "requested-attributes", *want)).group(JOB_GROUP)

    def cancel(self, number: int) -> None:
        self._call(CANCEL_JOB, attribute(INTEGER, "job-id", number))

    def printer(self) -> Attributes:
        want = ("printer-state", "printer-state-reasons", "printer-state-message")
        more = ("printer-is-accepting-jobs", "media-supported")
        tail = attribute(KEYWORD, "requested-attributes", *want, *more)
        return self._call(GET_PRINTER, b"", tail=tail).group(PRINTER_GROUP)

    def _call(self, operation: int, head: bytes, job: bytes = b"", data: bytes = b"", tail: bytes = b"") -> Answer:
        """The order of the first attributes is fixed by RFC 8011: charset, language, target, number, user."""
        target = attribute(URI, "printer-uri", self.uri)
        number, rest = (head, b"") if operation in (CANCEL_JOB, GET_JOB) else (b"", head)
        common = attribute(CHARSET, "attributes-charset", "utf-8")
        common += attribute(LANGUAGE, "attributes-natural-language", "vi")
        body = struct.pack(">BBHI", 2, 0, operation, next(_request_ids)) + bytes([OPERATION_GROUP]) + common + target
        body += number + attribute(NAME, "requesting-user-name", self.user) + rest + tail + job + bytes([END]) + data
        answer = decode(self._post(body))
        if answer.status >= 0x0400:
            words = answer.group(OPERATION_GROUP).get("status-message", ("",))
            raise IppError(answer.status, str(words[0]))
        return answer

    def _post(self, body: bytes) -> bytes:
        parts = urlsplit(self.uri)
        link = http.client.HTTPConnection(parts.hostname or "localhost", parts.port or 631, timeout=self.timeout_s)
        try:
            link.request("POST", parts.path or "/", body, {"Content-Type": "application/ipp"})
            reply = link.getresponse()
            content = reply.read()
        except http.client.HTTPException as broken:
            raise OSError(f"not an HTTP answer: {broken}") from broken
        finally:
            link.close()
        if reply.status != http.client.OK:
            raise OSError(f"HTTP {reply.status}")
        return content


def attribute(tag: int, name: str, *values: Value) -> bytes:
    """One attribute; further values of it carry an empty name."""
    out = b""
    for place, value in enumerate(values):
        label = name.encode() if place == 0 else b""
        content = struct.pack(">i", value) if isinstance(value, int) else str(value).encode()
        out += bytes([tag]) + struct.pack(">H", len(label)) + label + struct.pack(">H", len(content)) + content
    return out


def decode(message: bytes) -> Answer:
    """Raises: OSError for what is not IPP."""
    try:
        status: int = struct.unpack_from(">H", message, 2)[0]
        return Answer(status, tuple(_groups(message)))
    except (struct.error, IndexError) as broken:
        raise OSError("not an IPP answer") from broken


def _groups(message: bytes) -> Iterator[tuple[int, Attributes]]:
    at, group, found, name = 8, 0, dict[str, list[Value]](), ""
    while message[at] != END:
        tag = message[at]
        if tag < 0x10:
            if group:
                yield group, found
            group, found, at = tag, {}, at + 1
            continue
        label, at = _counted(message, at + 1)
        content, at = _counted(message, at)
        name = label.decode("utf-8", "replace") or name
        found.setdefault(name, []).append(_value(tag, content))
    if group:
        yield group, found


def _counted(message: bytes, at: int) -> tuple[bytes, int]:
    length: int = struct.unpack_from(">H", message, at)[0]
    end = at + 2 + length
    if end > len(message):
        raise IndexError(end)
    return message[at + 2 : end], end


def _value(tag: int, content: bytes) -> Value:
    if tag in (INTEGER, ENUM) and len(content) == 4:
        number: int = struct.unpack(">i", content)[0]
        return number
    if tag == BOOLEAN and content:
        return bool(content[0])
    return content.decode("utf-8", "replace") if tag in TEXTS else content
