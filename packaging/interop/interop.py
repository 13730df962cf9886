"""Both halves of the interoperability run; see run.sh. Argument: the folder with the packages of others.

Prints one line a file: who sent it, its size, how often the line was cut and a process killed while it went, bytes sent
twice, and whether it arrived bit by bit. Ends with 1 when one did not.
"""

from __future__ import annotations

import hashlib
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sync.clients import client_of
from sync.connection import Connection, Paths, Timeouts
from sync.pace import Bucket
from sync.province import FileReceipt
from sync.uploaders import Uploaders
from sync.uploads import Upload, UploadSettings
from ui.cli.bench_wire import Cut, Link

SIZES = (0, 1, 65_536, 1_000_000, 6_000_000, 20_000_000, 60_000_000)
RATE = 4_000_000.0  # bytes/s: a few seconds for the largest, so that cuts and kills meet it
START_S = 20.0


@dataclass
class Places:
    urls: dict[str, str] = field(default_factory=dict)

    def find(self, identity: str) -> str:
        return self.urls.get(identity, "")

    def keep(self, identity: str, url: str) -> None:
        self.urls[identity] = url


@dataclass
class Trouble:
    """Cuts of one link, and kills of one process, at random moments until it is over."""

    link: Link
    kill: Callable[[], None]
    seed: int
    cuts: int = 0
    kills: int = 0

    @contextmanager
    def going_on(self) -> Iterator[None]:
        over = threading.Event()
        thread = threading.Thread(target=self._go_on, args=(over,))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            self.link.mend()

    def _go_on(self, over: threading.Event) -> None:
        chance = random.Random(self.seed)
        while not over.wait(chance.uniform(0.2, 0.9)):
            if chance.random() < 0.35:
                self.kill()
                self.kills += 1
            else:
                self.link.cut(Cut.RESET)
                self.cuts += 1
                over.wait(0.2)
                self.link.mend()


def content_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Process:
    """A server that can be killed and started again on its port, or a client that goes on after a kill.

    given_up: how often a client ended by itself without having done its work, and was called again as a person would.
    """

    given_up = 0

    def __init__(self, command: list[str], folder: Path, port: int = 0) -> None:
        self._command, self._folder, self._port = command, folder, port
        self._lock = threading.Lock()
        self.start()

    def start(self) -> None:
        self.running = subprocess.Popen(
            self._command, cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + START_S
        while self._port and time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        with self._lock:
            if self.running.poll() is None:
                self.running.send_signal(signal.SIGKILL)
                self.running.wait()
                self.start()

    def wait(self) -> int:
        while True:
            ended = self.running.wait()
            with self._lock:
                if self.running.poll() is None or ended == -signal.SIGKILL:
                    continue
                if ended == 0 or self.given_up >= 20:
                    return ended
                self.given_up += 1
                self.start()

    def end(self) -> None:
        with self._lock:
            self.running.kill()
            self.running.wait()


def ours_to_theirs(work: Path, store: Path) -> Iterator[tuple[str, int, Trouble, int | None, bool]]:
    """Our client, @tus/server. It tells no hash: the bytes on its disk are read."""
    port = free_port()
    server = Process(["node", "tus_server.mjs", str(store), str(port)], work, port)
    try:
        for size in SIZES:
            content = content_of(size)
            sha256 = hashlib.sha256(content).hexdigest()
            link = Link(("127.0.0.1", port))
            trouble, bucket = Trouble(link, server.kill, size), Bucket(RATE)
            url = f"http://127.0.0.1:{link.port}"
            connection = Connection(url, "H26.107", paths=Paths(tus="/tus"), timeouts=Timeouts(5, 5, 1))
            makers, client = Uploaders(Places(), UploadSettings(stall_s=5), bucket=bucket), client_of(connection)
            uploader = makers.of(connection, client, lambda wanted: receipt_in(store, wanted))
            with trouble.going_on():
                receipt = uploader.send(Upload(f"d-{size}", sha256, "application/pdf", content))
            uploader.close()
            client.close()
            link.close()
            yield "ours -> @tus/server", size, trouble, bucket.passed - size, receipt.sha256 == sha256
    finally:
        server.end()


def receipt_in(store: Path, wanted: str) -> FileReceipt | None:
    import base64

    for note in store.glob("*.json"):
        facts = json.loads(note.read_text()).get("metadata") or {}
        told = facts.get("sha256", "")
        if wanted in (told, base64.b64encode(told.encode()).decode()):
            return FileReceipt(note.stem, hashlib.sha256(note.with_suffix("").read_bytes()).hexdigest())
    return None


def theirs_to_ours(
    name: str, client: Callable[[str, Path, str, Path], list[str]], work: Path, place: Path
) -> Iterator[tuple[str, int, Trouble, int | None, bool]]:
    """A client of others, killed too, and the stand-in, whose files are read back over HTTP."""
    port = free_port()
    command = [sys.executable, "-m", "kiosk", "province", "serve", "--data", str(place), "--port", str(port)]
    server = Process(command, Path.cwd(), port)
    try:
        for size in SIZES[1:]:  # an empty file is none to these clients
            content = content_of(size)
            sha256 = hashlib.sha256(content).hexdigest()
            file, remembered = place / f"{size}.bin", place / f"{name}-{size}.json"
            file.write_bytes(content)
            link = Link(("127.0.0.1", port))
            sender = Process(client(f"http://127.0.0.1:{link.port}/tus", file, sha256, remembered), work)
            trouble = Trouble(link, sender.kill, size)
            with trouble.going_on():
                ended = sender.wait()
            link.close()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/TepTin/{sha256}", timeout=30) as answer:
                    same = answer.read() == content
            except OSError:
                same = False
            again = f", called again {sender.given_up} times" if sender.given_up else ""
            yield f"{name} -> stand-in{again}", size, trouble, None, same and ended == 0
    finally:
        server.end()


def main(work: Path) -> int:
    wrong = 0
    with tempfile.TemporaryDirectory(dir=work) as one, tempfile.TemporaryDirectory(dir=work) as two:
        runs = [
            ours_to_theirs(work, Path(one)),
            theirs_to_ours(
                "tus-js-client", lambda *words: ["node", "tus_client.mjs", *map(str, words)], work, Path(two)
            ),
        ]
        python = work / "tuspy/bin/python"
        if python.exists():
            script = str(Path(__file__).with_name("tuspy_client.py").resolve())
            runs.append(
                theirs_to_ours("tuspy", lambda *words: [str(python), script, *map(str, words)], work, Path(two))
            )
        for run in runs:
            for who, size, trouble, resent, same in run:
                twice = "" if resent is None else f", {resent} bytes sent twice"
                text = f"{who}: {size} bytes, {trouble.cuts} cuts, {trouble.kills} kills{twice}: "
                sys.stdout.write(f"{text}{'identical' if same else 'WRONG'}\n")
                sys.stdout.flush()
                wrong += not same
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
