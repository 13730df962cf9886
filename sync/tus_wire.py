"""The tus protocol's requests, and what each answer says; who goes on, waits or begins anew decides `sync.tus`."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit, urlunsplit

from kiosk.errors import KioskError
from sync.errors import BusyProvinceError, RefusedByProvinceError, ReplyLostError, SignedOutError, WrongHashError
from sync.line import Line
from sync.outcome import Answer
from sync.pace import Bucket
from sync.uploads import SignIn, Upload

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"
STEP = 16 * 1024  # handed to the socket at once: progress is seen, and a limit kept, this finely
WRONG_CHECKSUM = 460
_WORDS_KEPT = 300


class GoneError(Exception):
    """404, 410: the server does not know this upload any more."""


class HeldError(Exception):
    """423: another request still writes to it; 409: it stands elsewhere than we thought."""


class TooLargeError(Exception):
    """413: by the server, or by somebody on the way to it."""

    def refused(self) -> RefusedByProvinceError:
        return RefusedByProvinceError(reason=f"HTTP 413 {self}".strip())


class Piece:
    """One request's bytes, paced. sent: handed to the line so far; more of it may be under way than has arrived."""

    def __init__(self, content: bytes, offset: int, size: int, bucket: Bucket) -> None:
        self._content, self.offset, self.size, self._bucket = content, offset, size, bucket
        self.sent = 0

    def __iter__(self) -> Iterator[bytes]:
        end = self.offset + self.size
        for start in range(self.offset, end, STEP):
            chunk = self._content[start : min(start + STEP, end)]
            self._bucket.take(len(chunk))
            yield chunk
            self.sent += len(chunk)


class Tus:
    """Requests over one line. address: where uploads are made, in full. All may raise LineDownError, ReplyLostError,
    SignedOutError, BusyProvinceError, RefusedByProvinceError, HeldError and TooLargeError."""

    def __init__(self, line: Line, address: str, connection: str, sign_in: SignIn) -> None:
        self._line, self._address, self._connection, self._sign_in = line, address, connection, sign_in
        self._renews = False

    def create(self, upload: Upload) -> str:
        """A new, empty upload: its address."""
        headers = {
            "Upload-Length": str(upload.size),
            "Upload-Metadata": metadata(
                {"filename": upload.name, "filetype": upload.media_type, "sha256": upload.sha256, "id": upload.document}
            ),
        }
        answer = self._ask("POST", self._address, headers)
        place = answer.headers.get("location", "")
        if answer.status != 201 or not place:
            raise self._unexpected(answer)
        return self._ours(place)

    def head(self, url: str, size: int) -> tuple[int, Answer]:
        """How many bytes the server has. Raises: GoneError."""
        answer = self._ask("HEAD", url, {})
        if answer.status in (404, 410):
            raise GoneError
        offset = _number(answer.headers.get("upload-offset", ""))
        # A captive portal answers 200 to everything; only the protocol's own header counts.
        if answer.status not in (200, 204) or offset is None or offset > size:
            raise self._unexpected(answer)
        if _number(answer.headers.get("upload-length", "")) not in (None, size):
            raise GoneError  # another file stands at this address: ours is not there
        return offset, answer

    def patch(self, url: str, piece: Piece) -> tuple[int, Answer]:
        """Returns how many bytes the server has now. Raises: GoneError, WrongHashError."""
        headers = {
            "Upload-Offset": str(piece.offset),
            "Content-Type": BYTES,
            "Content-Length": str(piece.size),
        }
        answer = self._ask("PATCH", url, headers, piece)
        if answer.status in (404, 410):
            raise GoneError
        offset = _number(answer.headers.get("upload-offset", ""))
        if answer.status not in (200, 204) or offset is None or not piece.offset < offset <= piece.offset + piece.size:
            raise self._unexpected(answer)
        return offset, answer

    def _ask(self, method: str, url: str, headers: Mapping[str, str], body: Piece | None = None) -> Answer:
        signed = {**self._sign_in(self._renews), "Tus-Resumable": VERSION, **headers}
        answer = self._line.send(method, url, content=body, headers=signed)
        if answer.status == 401 and not self._renews:
            # Signed anew with the next request, which asks where the server stands: it may have taken some bytes.
            self._renews = True
            raise ReplyLostError(connection=self._connection, reason="HTTP 401")
        self._refuse(answer)
        self._renews = False
        return answer

    def _refuse(self, answer: Answer) -> None:
        reason = f"HTTP {answer.status} {answer.body[:_WORDS_KEPT]}".strip()
        match answer.status:
            case 401 | 403:
                raise SignedOutError(reason=reason)
            case 409 | 423:
                raise HeldError
            case 413:
                raise TooLargeError(answer.body[:_WORDS_KEPT])
            case 429 | 503:
                raise BusyProvinceError(reason=reason, retry_after_s=answer.retry_after_s)
            case 460:
                raise WrongHashError(reason=reason)
            case 400 | 405 | 411 | 412 | 415 | 422:
                raise RefusedByProvinceError(reason=reason)

    def _unexpected(self, answer: Answer) -> KioskError:
        if answer.status in (404, 410):
            # A wrong address in the settings is no fault of the file.
            return BusyProvinceError(reason=f"HTTP {answer.status}", retry_after_s=None)
        return ReplyLostError(connection=self._connection, reason=f"HTTP {answer.status}")

    def _ours(self, place: str) -> str:
        """The place on the host that we talk to: proxies let servers name inner ones, and a login goes to no other."""
        base = urlsplit(self._address)
        found = urlsplit(urljoin(self._address, place))
        return urlunsplit((base.scheme, base.netloc, found.path, found.query, ""))


def metadata(facts: Mapping[str, str]) -> str:
    """Upload-Metadata; what is empty is left out."""
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items() if value)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
