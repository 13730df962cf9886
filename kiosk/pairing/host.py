"""The desk's side: answers, for the minutes of one code, who shows that code; lets one machine in."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from kiosk.clock import Clock
from kiosk.domain.pairing import Offer, Refusal
from kiosk.errors import KioskError
from kiosk.pairing.bundle import PROTOCOL, Bundle, Program
from kiosk.pairing.discovery import LONGEST, answer_to
from kiosk.pairing.errors import PortError
from kiosk.pairing.invitation import PORT, Address, is_loopback, own_addresses, reachable
from kiosk.pairing.secret import FRESH, Channel, CodeKey, Greeting, SealError, fresh, public_of
from kiosk.pairing.wire import SEALED, BadMessageError, Line, bytes_of, parsed, text_of

STRANGER_S = 8.0  # to prove to know the code
KEEPING_S = 40.0  # the machine tries its database and writes its files meanwhile
LISTEN_S = 0.2
MOST_TALKS = 8
LONGEST_MACHINE = 64

# Machine id and the address of this desk as that machine reached it -> what the machine gets. Raises: KioskError.
Admit = Callable[[str, str], Bundle]

log = structlog.get_logger()


@dataclass
class PairingHost:
    """One code. address: to listen on, "" for every network; port: 0 for any that is free.

    failure: why the office could not take in a machine that knew the code, None when nothing failed.
    """

    offer: Offer
    code: str
    admit: Admit
    program: Program
    clock: Clock
    address: str = ""
    port: int = PORT
    question_port: int = PORT
    failure: Exception | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _stop: threading.Event = field(default_factory=threading.Event, init=False)
    _doors: list[tuple[threading.Thread, socket.socket]] = field(default_factory=list, init=False)
    _talks: list[tuple[threading.Thread, socket.socket]] = field(default_factory=list, init=False)
    _bundle: Bundle | None = field(default=None, init=False)

    def start(self) -> None:
        """Returns when the desk can be reached. Raises: PortError."""
        self._key = CodeKey(self.code)
        door = self._listening()
        self.port = door.getsockname()[1]
        self._doors.append(self._begin(self._accept, door))
        with contextlib.suppress(OSError):  # taken or forbidden: the QR and a typed address still lead here
            self._doors.append(self._begin(self._answer_questions, self._asked()))

    def close(self) -> None:
        """No more answers; returns when the conversations under way have ended."""
        self._stop.set()
        for parts in (self._doors, self._talks):  # first the doors: they add to the talks
            for _thread, one in parts:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            for thread, one in parts:
                thread.join()
                one.close()
            parts.clear()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where the machine will find this desk."""
        return reachable([self.address] if self.address else own_addresses(), self.port)

    @property
    def is_open(self) -> bool:
        return self.offer.is_open(self.clock())

    # --- listening -----------------------------------------------------------------------------------------------

    def _listening(self) -> socket.socket:
        """On the wanted port, or on any when that one is taken: then another desk of this PC shows a code."""
        for port in dict.fromkeys((self.port, 0) if self.port == PORT else (self.port,)):
            door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                if sys.platform != "win32":  # there it would let another program take the port over
                    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                door.bind((self.address, port))
                door.listen(MOST_TALKS)
            except OSError:
                door.close()
            else:
                return door
        raise PortError(address=f"{self.address or '*'}:{self.port}")

    def _asked(self) -> socket.socket:
        asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # Bound to one address, a socket would not hear questions to everybody.
            asked.bind((self.address if self.address and is_loopback(self.address) else "", self.question_port))
        except OSError:
            asked.close()
            raise
        self.question_port = asked.getsockname()[1]
        return asked

    @staticmethod
    def _begin(work: Callable[[socket.socket], None], on: socket.socket) -> tuple[threading.Thread, socket.socket]:
        on.settimeout(LISTEN_S)
        thread = threading.Thread(target=work, args=(on,), name="pairing", daemon=True)
        thread.start()
        return thread, on

    def _accept(self, door: socket.socket) -> None:
        while not self._stop.is_set():
            try:
                connection, _peer = door.accept()
            except OSError:
                self._stop.wait(LISTEN_S / 10)
                continue
            self._talks[:] = [talk for talk in self._talks if talk[0].is_alive()]
            if len(self._talks) >= MOST_TALKS:
                connection.close()  # somebody holds every place, for seconds; whoever is in earnest asks again
            else:
                self._talks.append(self._begin(self._talk, connection))

    def _answer_questions(self, asked: socket.socket) -> None:
        while not self._stop.is_set():
            try:
                datagram, peer = asked.recvfrom(LONGEST)
                answer = answer_to(datagram, self._key.public_id, self.port) if self.is_open else None
                if answer is not None:
                    asked.sendto(answer, peer)
            except OSError:
                self._stop.wait(LISTEN_S / 10)

    # --- one conversation ----------------------------------------------------------------------------------------

    def _talk(self, connection: socket.socket) -> None:
        try:
            with connection:
                self._converse(Line(connection, STRANGER_S), connection.getsockname()[0])
        except (OSError, BadMessageError):
            log.info("pairing.cut")
        except Exception as error:
            log.error("pairing.failed", error=type(error).__name__, exc_info=True)

    def _converse(self, line: Line, here: str) -> None:
        hello = line.hear()
        if text_of(hello, "motcua") != "pair":
            raise BadMessageError
        speaks = hello.get("speaks")
        if not isinstance(speaks, list) or PROTOCOL not in speaks:
            line.tell(refused="protocol", speaks=[PROTOCOL])
            return
        machine, known = text_of(hello, "machine", LONGEST_MACHINE), text_of(hello, "id")
        theirs = bytes_of(hello, "fresh", FRESH)
        refusal = self._refusal(machine, knows=self._key.knows(known))
        if refusal is not None:
            line.tell(refused=refusal.value)
            return
        mine = fresh()
        said = Greeting(known, machine, theirs, public_of(mine))
        line.tell(fresh=said.host.hex())
        try:
            channel = self._key.channel(mine, said, is_host=True)
            about = self._opened(line, channel)
        except SealError:
            line.tell(refused=(self._refusal(machine, knows=False) or Refusal.WRONG).value)
            return
        self._let_in(line, channel, Program(text_of(about, "version"), text_of(about, "tables")), machine, here)

    @staticmethod
    def _opened(line: Line, channel: Channel) -> dict[str, object]:
        kind, content = line.receive()
        if kind != SEALED:
            raise SealError
        return parsed(channel.open(content))

    def _refusal(self, machine: str, *, knows: bool) -> Refusal | None:
        with self._lock:
            refusal = self.offer.refusal(machine, self.clock())
            if refusal is None and not knows:
                self.offer.note_wrong()
                refusal = Refusal.SPENT if self.offer.is_spent else Refusal.WRONG
        return refusal

    def _let_in(self, line: Line, channel: Channel, theirs: Program, machine: str, here: str) -> None:
        """From here on the machine has proved to know the code."""
        line.allow(KEEPING_S)
        answer = self._answer(theirs, machine, here)
        line.pass_on(channel.seal(json.dumps(answer).encode()))
        if "bundle" not in answer:
            return
        with contextlib.suppress(SealError):
            if self._opened(line, channel).get("kept") is True:
                with self._lock:
                    self.offer.kept = True
                line.pass_on(channel.seal(json.dumps({"done": True}).encode()))

    def _answer(self, theirs: Program, machine: str, here: str) -> dict[str, object]:
        if theirs.tables != self.program.tables:
            refusal = Refusal.OLDER if theirs.tables < self.program.tables else Refusal.NEWER
            return {"refused": refusal.value, "version": self.program.version}
        with self._lock:
            late = self.offer.refusal(machine, self.clock())  # another machine may have been quicker
            if late is not None:
                return {"refused": late.value, "version": self.program.version}
            if self._bundle is None:
                try:
                    self._bundle = self.admit(machine, here)
                except Exception as failure:  # one job: whatever it is, the desk must show that it failed
                    if not isinstance(failure, KioskError):
                        log.error("pairing.admit_failed", error=type(failure).__name__, exc_info=True)
                    self.failure = failure
                    return {"refused": Refusal.FAILED.value, "version": self.program.version}
                self.failure, self.offer.machine = None, machine
            return {"bundle": self._bundle.packed()}
