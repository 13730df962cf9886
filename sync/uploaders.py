"""The uploader that a connection needs, with sockets of its own: nothing small ever waits behind a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.clients import client_of
from sync.congestion import socket_options
from sync.connection import Connection
from sync.line import Line
from sync.login import Login
from sync.pace import Bucket
from sync.pieces import Pieces
from sync.province import FileReceipt, ProvinceClient
from sync.tus import TusUploader
from sync.uploads import AskReceipt, Places, Upload, Uploader, UploadSettings


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
        self.client.close()


@dataclass(frozen=True)
class Uploaders:
    """Makes them. One object an office: the limit holds over all, what was learned of a line serves its next file."""

    places: Places
    settings: UploadSettings = field(default_factory=UploadSettings)
    bucket: Bucket = field(default_factory=lambda: Bucket(0.0))
    _pieces: dict[str, Pieces] = field(default_factory=dict)

    def of(self, connection: Connection, ask_receipt: AskReceipt | None = None) -> Uploader:
        """A new one; whoever asked closes it. ask_receipt: for a server of files that is no province, instead of the
        province's own answer. Raises: ByFolderError for a connection without a line."""
        client = client_of(connection)
        if not connection.paths.tus:
            return WholeFiles(client, self.bucket)
        settings = self.settings
        line = Line(
            connection,
            stall_s=settings.stall_s,
            socket_options=socket_options(settings.congestion, settings.stall_s),
        )
        return _Closing(
            TusUploader(
                line,
                f"{connection.base_url}{connection.paths.tus}",
                self.places,
                connection=connection.name,
                sign_in=_Signs(Login(connection, line)),
                ask_receipt=ask_receipt or client.find_file,
                settings=settings,
                bucket=self.bucket,
                pieces=self._pieces.setdefault(connection.name, Pieces()),
            ),
            client,
        )

    def rate(self, connection: Connection) -> float:
        """What the line carried last, bytes/s; 0.0 while unknown."""
        return self._pieces.setdefault(connection.name, Pieces()).rate


@dataclass(frozen=True)
class _Closing:
    """An uploader and the client that it asks for receipts."""

    uploader: TusUploader
    client: ProvinceClient

    def send(self, upload: Upload) -> FileReceipt:
        return self.uploader.send(upload)

    def close(self) -> None:
        self.uploader.close()
        self.client.close()


@dataclass(frozen=True)
class _Signs:
    login: Login

    def __call__(self, renew: bool) -> Mapping[str, str]:
        if renew:
            self.login.forget()
        return self.login.headers()
