"""The uploader that a connection needs, with sockets of its own: nothing small ever waits behind a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sync.congestion import resists_loss, socket_options
from sync.connection import Connection
from sync.line import Line
from sync.login import Login
from sync.pace import Bucket, Courtesy
from sync.pieces import Pieces
from sync.province import FileReceipt, ProvinceClient
from sync.tus import TusUploader
from sync.uploads import AskReceipt, Places, Upload, Uploader, UploadSettings

USUAL, ALWAYS = UploadSettings(), Courtesy()


@dataclass(frozen=True)
class WholeFiles:
    """Uploader for a province that takes files only whole (one PUT in G1.5, a multipart form in G2): after a cut from
    the beginning. The limit holds between files, not within one."""

    client: ProvinceClient
    bucket: Bucket

    def send(self, upload: Upload) -> FileReceipt:
        self.bucket.take(upload.size)
        return self.client.upload_file(upload.document, upload.content, upload.sha256, upload.media_type)

    def close(self) -> None:
        """The client is whoever's gave it."""


class Uploaders:
    """Of one office: the limit holds over all lines, what was learned of a line serves its next file, and sockets stay
    open between files. `send` may be called by several threads at once."""

    def __init__(
        self,
        places: Places,
        settings: UploadSettings = USUAL,
        courtesy: Courtesy = ALWAYS,
        bucket: Bucket | None = None,
    ) -> None:
        self.settings, self.courtesy = settings, courtesy
        self.bucket = bucket or Bucket(settings.limit)
        self._places = places
        self._pieces: dict[str, Pieces] = {}
        self._idle: dict[str, list[Uploader]] = {}

    @property
    def at_once(self) -> int:
        """How many files may go at the same time: one, where one stream fills a bad line."""
        return 1 if resists_loss(self.settings.congestion) else self.settings.streams

    def send(self, connection: Connection, client: ProvinceClient, upload: Upload) -> FileReceipt:
        """client: of the same connection, for what the line of files does not tell. Raises: as `Uploader.send`."""
        idle = self._idle.setdefault(connection.name, [])
        try:
            uploader = idle.pop()
        except IndexError:
            uploader = self.of(connection, client)
        try:
            return uploader.send(upload)
        finally:
            idle.append(uploader)

    def of(self, connection: Connection, client: ProvinceClient, ask_receipt: AskReceipt | None = None) -> Uploader:
        """A new one; whoever asked closes it, but not the client. ask_receipt: for a server of files that is no
        province, instead of the province's own answer."""
        if not connection.paths.tus:
            return WholeFiles(client, self.bucket)
        settings = self.settings
        options = socket_options(settings.congestion, settings.stall_s)
        line = Line(connection, stall_s=settings.stall_s, socket_options=options)
        return TusUploader(
            line,
            f"{connection.base_url}{connection.paths.tus}",
            self._places,
            connection=connection.name,
            sign_in=_Signs(Login(connection, line)),
            ask_receipt=ask_receipt or client.find_file,
            settings=settings,
            bucket=self.bucket,
            pieces=self._pieces.setdefault(connection.name, Pieces()),
        )

    def wait_s(self, connection: Connection, now: datetime, *, urgent: bool) -> float:
        """How long the office's quiet hours let a file wait; 0.0 when it may go."""
        pieces = self._pieces.get(connection.name)
        return self.courtesy.wait_s(now, pieces.rate if pieces else 0.0, urgent=urgent)

    def give_way(self) -> None:
        """From another thread: whatever is under way stops within seconds and goes on another time."""
        self.bucket.shut()

    def close(self) -> None:
        for idle in self._idle.values():
            while idle:
                idle.pop().close()


@dataclass(frozen=True)
class _Signs:
    login: Login

    def __call__(self, renew: bool) -> Mapping[str, str]:
        if renew:
            self.login.forget()
        return self.login.headers()
