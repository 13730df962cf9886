"""Who sends files over the emulated line: our client, one plain HTTP upload, and the usual tus client beside them."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import io
import random
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sync.clients import client_of
from sync.connection import Connection, Paths, Timeouts
from sync.line import Line, SocketOption
from sync.pace import Bucket
from sync.province import FileReceipt
from sync.streams import Crew
from sync.uploaders import Uploaders
from sync.uploads import Congestion, Upload, UploadSettings

USUAL_CLIENT = "tusclient"  # of the package tuspy, where it is installed; never needed by the program


@dataclass
class KeptPlaces:
    """For the length of one measurement."""

    urls: dict[str, str] = field(default_factory=dict)

    def find(self, identity: str) -> str:
        return self.urls.get(identity, "")

    def keep(self, identity: str, url: str) -> None:
        self.urls[identity] = url


@dataclass
class Sent:
    """handed: bytes of files given to sockets so far, all clients that tell; wrong: files whose hash came back wrong,
    or not at all."""

    handed: Callable[[], int] = lambda: 0
    wrong: int = 0


Send = Callable[[str, Sequence[Upload], Sent], None]


def files(total: int, each: int, seed: int) -> list[Upload]:
    """Bytes that nothing on the way can make smaller, as scans are."""
    chance, made = random.Random(seed), list[Upload]()
    while total > 0:
        content = chance.randbytes(min(each, total))
        name = f"{seed}-{len(made)}"
        made.append(Upload(name, hashlib.sha256(content).hexdigest(), "application/pdf", content, name))
        total -= len(content)
    return made


def connection(url: str) -> Connection:
    return Connection(url, "H26.107", paths=Paths(tus="/tus"), timeouts=Timeouts(10, 60, 30))


def ours(congestion: Congestion, streams: int) -> Send:
    """The program's own client; several files at once where `streams` says so."""

    def send(url: str, uploads: Sequence[Upload], sent: Sent) -> None:
        bucket = Bucket(0.0)
        sent.handed = lambda: bucket.passed
        settings = UploadSettings(congestion, streams, give_up_s=600, turn_s=36_000)
        uploaders, to = Uploaders(KeptPlaces(), settings, bucket=bucket), connection(url)
        client = client_of(to)
        left, lock = list(uploads), threading.Lock()

        def work(_number: int) -> bool:
            with lock:
                if not left:
                    return False
                upload = left.pop(0)
            _judge(uploaders.send(to, client, upload), upload, sent)
            return True

        try:
            Crew(streams, lambda: bucket.passed).run(work)
        finally:
            uploaders.close()
            client.close()

    return send


def plain(congestion: Congestion) -> Send:
    """What a browser or a simple program does: the file in one request, on a socket without further options."""

    def send(url: str, uploads: Sequence[Upload], sent: Sent) -> None:
        whole = Connection(url, "H26.107", timeouts=Timeouts(10, 600, 30))
        with Line(whole, socket_options=[_choice(congestion)]) as line:
            for upload in uploads:
                answer = line.send("PUT", f"/TepTin/{upload.sha256}", content=upload.content)
                receipt = FileReceipt("", upload.sha256) if upload.sha256 in answer.body else None
                _judge(receipt, upload, sent)

    return send


def has_usual_client() -> bool:
    return importlib.util.find_spec(USUAL_CLIENT) is not None


def usual_client(url: str, uploads: Sequence[Upload], sent: Sent) -> None:
    """tuspy as its manual shows it, told to try again; on CUBIC sockets, which is what its users have."""
    pool = importlib.import_module("urllib3.connection").HTTPConnection
    pool.__init__.__kwdefaults__["socket_options"] = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), _choice("cubic")]
    client = importlib.import_module(f"{USUAL_CLIENT}.client").TusClient(f"{url}/tus")
    for upload in uploads:
        uploader = client.uploader(file_stream=io.BytesIO(upload.content), retries=50, retry_delay=1)
        uploader.upload()
        sent.wrong += uploader.offset != upload.size


def _choice(congestion: Congestion) -> SocketOption:
    return (socket.IPPROTO_TCP, socket.TCP_CONGESTION, congestion.encode())


def _judge(receipt: FileReceipt | None, upload: Upload, sent: Sent) -> None:
    sent.wrong += receipt is None or receipt.sha256 != upload.sha256
