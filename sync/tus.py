"""Files by the tus protocol 1.0.0: long requests, and after every cut on from where the server stands.

Our own client, because the usual one takes two scans with the same first bytes and size for one file. Sources:
https://tus.io/protocols/resumable-upload; 423 and 409 after a drop never mean to begin anew: tus/tusd#234,
tus/tus-js-client#37.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from kiosk.services.jobs import PostponedError
from sync.errors import BusyProvinceError, LineDownError, ReplyLostError, WrongHashError
from sync.line import Line
from sync.outcome import Answer
from sync.pace import Bucket
from sync.pieces import Pieces
from sync.province import FileReceipt
from sync.tus_wire import GoneError, HeldError, Piece, TooLargeError, Tus
from sync.uploads import AskReceipt, Places, SignIn, Upload, UploadSettings

log = structlog.get_logger()

FIRST_WAIT_S, LAST_WAIT_S = 0.5, 5.0
RESTARTS = 3  # of one file in one turn; a server that forgets more often than that is not a place for files
ASKS = 4  # for the receipt of a file that is there as a whole: the server may still be reading it


@dataclass
class _Way:
    """How far one call has come. offset: bytes that the server has, None while it must be asked."""

    upload: Upload
    identity: str
    url: str
    now: Callable[[], float]
    offset: int | None = None
    best: int = 0
    waits: int = 0
    restarts: int = 0
    piece: Piece | None = None
    last: Answer = field(default_factory=lambda: Answer(0, "", ""))

    def __post_init__(self) -> None:
        self.began = self.moved = self.now()

    def stands_at(self, offset: int) -> None:
        if offset > self.best:
            self.best, self.moved, self.waits = offset, self.now(), 0
        self.offset = offset

    def pause_s(self) -> float:
        """Grows until something moves again."""
        self.waits += 1
        return min(LAST_WAIT_S, FIRST_WAIT_S * 2.0 ** (self.waits - 1))


class TusUploader:
    """Uploader over one line of its own. address: where uploads are made, in full.

    sent: bytes of files handed to the line so far, those that had to go twice included.
    """

    def __init__(
        self,
        line: Line,
        address: str,
        places: Places,
        *,
        connection: str,
        sign_in: SignIn,
        ask_receipt: AskReceipt,
        settings: UploadSettings,
        bucket: Bucket,
        pieces: Pieces,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tus = Tus(line, address, connection, sign_in)
        self._line, self._places, self._connection = line, places, connection
        self._ask_receipt, self._settings, self._bucket, self._pieces = ask_receipt, settings, bucket, pieces
        self._sleep, self._now = sleep, monotonic
        self.sent = 0

    def send(self, upload: Upload) -> FileReceipt:
        identity = upload.identity(self._connection)
        way = _Way(upload, identity, self._places.find(identity), self._now)
        while way.offset is None or way.offset < upload.size:
            if way.moved > way.began and self._now() - way.began > self._settings.turn_s:
                raise PostponedError(0.0)
            self._step(way)
        return self._receipt(way)

    def close(self) -> None:
        self._line.close()

    def _step(self, way: _Way) -> None:
        """One request, and what its answer means for the next. Raises: what the caller must know."""
        try:
            self._request(way)
        except GoneError:
            self._begin_anew(way)
        except TooLargeError as refusal:
            if way.piece is None or not self._pieces.too_large(way.piece.size):
                raise refusal.refused() from None
            way.offset = None
        except HeldError:
            # Our own broken request may still hold it there; what it brought is not thrown away.
            way.piece = None
            self._wait(way, ReplyLostError(connection=self._connection))
        except BusyProvinceError as busy:
            asked = busy.details.get("retry_after_s")
            self._wait(way, busy, asked if isinstance(asked, float) else 0.0)
        except (LineDownError, ReplyLostError) as trouble:
            log.info("upload cut", connection=self._connection, code=trouble.code, at=way.best)
            self._wait(way, trouble)
        except WrongHashError:
            self._places.keep(way.identity, "")
            raise

    def _request(self, way: _Way) -> None:
        if not way.url:
            way.url = self._tus.create(way.upload)
            self._places.keep(way.identity, way.url)  # before the first byte: a killed process goes on from here
            way.offset = 0 if way.upload.size else None  # of an empty one all is there: ask what was made of it
        elif way.offset is None:
            offset, way.last = self._tus.head(way.url, way.upload.size)
            if way.piece is not None and offset <= way.piece.offset:
                self._pieces.held_back(way.piece.sent)
            way.piece = None
            way.stands_at(offset)
        else:
            self._patch(way, way.offset)

    def _patch(self, way: _Way, offset: int) -> None:
        size = self._pieces.size(way.upload.size - offset)
        way.piece = piece = Piece(way.upload.content, offset, size, self._bucket)
        began = self._now()
        try:
            new, way.last = self._tus.patch(way.url, piece)
        finally:
            self.sent += piece.sent
        self._pieces.took(new - offset, self._now() - began)
        way.piece = None
        way.stands_at(new)

    def _wait(self, way: _Way, trouble: Exception, at_least_s: float = 0.0) -> None:
        """Then ask the server where it stands. Raises: the trouble itself when nothing has moved for too long."""
        pause = max(way.pause_s(), at_least_s)
        if self._now() + pause - way.moved > self._settings.give_up_s:
            raise trouble
        self._sleep(pause)
        way.offset = None

    def _begin_anew(self, way: _Way) -> None:
        """The server has forgotten it: the same content once more, under a new address."""
        way.restarts += 1
        if way.restarts > RESTARTS:
            raise ReplyLostError(connection=self._connection)
        log.info("upload forgotten by server", connection=self._connection, at=way.best)
        self._places.keep(way.identity, "")
        way.url, way.offset, way.best, way.piece = "", None, 0, None

    def _receipt(self, way: _Way) -> FileReceipt:
        """What the far end computed. Raises: WrongHashError when it has no such file after all."""
        upload, headers = way.upload, way.last.headers
        computed, link = headers.get(self._settings.hash_header, ""), headers.get(self._settings.link_header, "")
        receipt = FileReceipt(link, computed.lower()) if computed and link else None
        for n in range(ASKS):
            receipt = receipt or self._ask_receipt(upload.sha256)
            if receipt is not None:
                break
            self._sleep(FIRST_WAIT_S * 2.0**n)
        # Done, or wrong: neither is to be gone on with.
        self._places.keep(way.identity, "")
        if receipt is None:
            raise WrongHashError(reason=upload.name or upload.document)
        return receipt
