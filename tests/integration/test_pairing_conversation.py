"""A new machine and a desk over real sockets: who knows the code comes in, once, whole; nobody else learns anything."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from samples import NOON
from ui_fakes import FakeClock

from kiosk.domain.pairing import TRIES, VALID, Offer
from kiosk.domain.station import NoLetterLeftError, StationKind
from kiosk.errors import DiskFullError, KioskError
from kiosk.pairing.bundle import Bundle, Program
from kiosk.pairing.errors import (
    CutError,
    ExpiredCodeError,
    NewerProgramError,
    NobodyAnsweredError,
    OfficeFailedError,
    OlderProgramError,
    SpentCodeError,
    StrangerError,
    UsedCodeError,
    WrongCodeError,
)
from kiosk.pairing.host import PairingHost
from kiosk.pairing.invitation import Address, Invitation
from kiosk.pairing.joining import Machine, join

CODE, OTHER = "ABCDEFGHJKLM", "MLKJHGFEDCBA"
HERE = "127.0.0.1"
PROGRAM = Program("1.0", "0005")
MINE = Machine("may-1", PROGRAM)
BUNDLE = Bundle("XÃ MẪU", "kiosk-2", StationKind.KIOSK, "K", 2, "lease", "postgresql://bi-mat@192.0.2.9/x", "a" * 5000)


@dataclass
class Desk:
    """One code shown on loopback. asked: machines that the office took in; failing: what the office says instead."""

    clock: FakeClock = field(default_factory=FakeClock)
    asked: list[str] = field(default_factory=list)
    failing: KioskError | None = None

    def admit(self, machine: str, here: str) -> Bundle:
        self.asked.append(machine)
        if self.failing is not None:
            raise self.failing
        return BUNDLE

    def __enter__(self) -> PairingHost:
        offer = Offer("kiosk-2", StationKind.KIOSK, NOON + VALID)
        self.host = PairingHost(offer, CODE, self.admit, PROGRAM, self.clock, HERE, 0, 0)
        self.host.start()
        return self.host

    def __exit__(self, *_: object) -> None:
        self.host.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    with made:
        yield made


def come(desk: Desk, code: str = CODE, machine: Machine = MINE, at: Address | None = None) -> list[Bundle]:
    """What the machine kept."""
    kept: list[Bundle] = []
    join(Invitation(code, (at or (HERE, desk.host.port),)), machine, kept.append)
    return kept


def test_a_machine_that_knows_the_code_gets_everything_and_the_desk_hears_so(desk: Desk) -> None:
    assert come(desk) == [BUNDLE]
    assert (desk.host.offer.machine, desk.host.offer.kept, desk.asked) == ("may-1", True, ["may-1"])
    assert not desk.host.is_open


def test_a_typed_code_finds_its_desk_and_another_code_nobody(desk: Desk) -> None:
    kept: list[Bundle] = []
    join(Invitation(CODE), MINE, kept.append, question_port=desk.host.question_port, targets=[HERE])
    assert kept == [BUNDLE]


def test_the_desk_answers_no_question_about_another_code(desk: Desk) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(0.3)
        for question in (b'{"motcua": "where", "id": "00000000"}', b"{", b"[]", b"\xff" * 200):
            asking.sendto(question, (HERE, desk.host.question_port))
        with pytest.raises(TimeoutError):
            asking.recvfrom(500)


def test_nobody_behind_an_address_is_told_as_such(desk: Desk) -> None:
    port = desk.host.port
    desk.host.close()
    with pytest.raises(NobodyAnsweredError):
        come(desk, at=(HERE, port))


def test_five_wrong_codes_end_the_right_one_too(desk: Desk) -> None:
    for _ in range(TRIES - 1):
        with pytest.raises(WrongCodeError):
            come(desk, OTHER)
    with pytest.raises(SpentCodeError):
        come(desk, OTHER)
    with pytest.raises(SpentCodeError):
        come(desk)
    assert desk.asked == []


def test_an_expired_code_is_refused(desk: Desk) -> None:
    desk.clock.now = NOON + VALID
    with pytest.raises(ExpiredCodeError):
        come(desk)
    assert desk.asked == []


def test_a_used_code_is_refused_to_everybody(desk: Desk) -> None:
    come(desk)
    for machine in (MINE, replace(MINE, id="may-2")):
        with pytest.raises(UsedCodeError):
            come(desk, machine=machine)
    assert desk.asked == ["may-1"]


@pytest.mark.parametrize(("tables", "failure"), [("0004", OlderProgramError), ("0006", NewerProgramError)])
def test_a_program_of_another_version_is_told_which_side_to_update(
    desk: Desk, tables: str, failure: type[KioskError]
) -> None:
    with pytest.raises(failure) as caught:
        come(desk, machine=Machine("may-1", Program("0.9", tables)))
    assert caught.value.details == {"mine": "0.9", "theirs": "1.0"}
    assert desk.asked == []
    assert come(desk) == [BUNDLE]


def test_a_machine_that_could_not_keep_it_may_come_again_with_the_same_code(desk: Desk) -> None:
    def full(_: Bundle) -> None:
        raise DiskFullError

    with pytest.raises(DiskFullError):
        join(Invitation(CODE, ((HERE, desk.host.port),)), MINE, full)
    assert not desk.host.offer.kept
    with pytest.raises(UsedCodeError):
        come(desk, machine=replace(MINE, id="may-2"))
    assert come(desk) == [BUNDLE]
    assert desk.asked == ["may-1"]  # one enrolment, however often it asked


def test_what_the_office_could_not_do_is_shown_at_the_desk_and_the_code_lives_on(desk: Desk) -> None:
    desk.failing = NoLetterLeftError()
    with pytest.raises(OfficeFailedError):
        come(desk)
    assert desk.host.failure is desk.failing
    desk.failing = None
    assert come(desk) == [BUNDLE]


# --- what an attacker on the office's network can do ------------------------------------------------------------------


Change = Callable[[bytes, int], bytes]


@dataclass
class Wire:
    """A connection to the desk through somebody else's hands. up, down: change what passes (bytes, how many came before
    them); cut_up, cut_down: end the connection after so many bytes."""

    to: Address
    up: Change = lambda data, _: data
    down: Change = lambda data, _: data
    cut_up: int = 10**9
    cut_down: int = 10**9
    passed: list[bytes] = field(default_factory=lambda: [b"", b""])

    @contextmanager
    def open(self) -> Iterator[Address]:
        with socket.create_server((HERE, 0)) as door:
            door.settimeout(5)
            serving = threading.Thread(target=self._serve, args=(door,))
            serving.start()
            try:
                yield door.getsockname()
            finally:
                serving.join()

    def _serve(self, door: socket.socket) -> None:
        near, _ = door.accept()
        with near, socket.create_connection(self.to) as far:
            down = threading.Thread(target=self._pass, args=(1, far, near, self.down, self.cut_down))
            down.start()
            self._pass(0, near, far, self.up, self.cut_up)
            down.join()

    def _pass(self, way: int, source: socket.socket, sink: socket.socket, change: Change, cut: int) -> None:
        try:
            while data := source.recv(4096):
                seen = len(self.passed[way])
                self.passed[way] += data
                sink.sendall(change(data, seen)[: cut - seen])
                if len(self.passed[way]) >= cut:
                    break
        except OSError:
            pass
        finally:
            for one in (source, sink):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


def whole_conversation() -> tuple[bytes, bytes]:
    with (desk := Desk()):
        wire = Wire((HERE, desk.host.port))
        with wire.open() as address:
            come(desk, at=address)
    return wire.passed[0], wire.passed[1]


def test_nothing_of_the_office_passes_in_the_clear() -> None:
    up, down = whole_conversation()
    for secret in (
        b"bi-mat",
        b"lease",
        b"postgresql",
        CODE.encode(),
        "XÃ".encode(),
        b"kiosk-2",
        PROGRAM.tables.encode(),
    ):
        assert secret not in up + down


def test_a_recorded_conversation_said_again_lets_nobody_in(desk: Desk) -> None:
    wire = Wire((HERE, desk.host.port), cut_down=200)  # the machine gets nothing, the attacker has all it said
    with wire.open() as address, pytest.raises(CutError):
        come(desk, at=address)
    asked = list(desk.asked)
    with socket.create_connection((HERE, desk.host.port)) as again:
        again.sendall(wire.passed[0])
        again.settimeout(5)
        heard = b""
        while part := again.recv(4096):
            heard += part
    assert b"wrong" in heard
    assert desk.asked == asked
    assert desk.host.offer.wrong == 1
    assert come(desk) == [BUNDLE]


def test_a_changed_answer_is_never_kept() -> None:
    _up, down = whole_conversation()
    with (desk := Desk()):
        second = 4 + int.from_bytes(down[:4], "big")  # where the sealed answer begins: its length, then its content
        for place in sorted(
            {*range(4, second, 19), second + 4, second + 5, second + 30, len(down) // 2, len(down) - 200}
        ):
            wire = Wire((HERE, desk.host.port), down=flip(place))
            with wire.open() as address, pytest.raises((StrangerError, WrongCodeError, CutError)):
                come(desk, at=address)
            assert not desk.host.offer.kept
            desk.host.offer.wrong = 0  # some changes make the machine's own proof wrong
        assert come(desk) == [BUNDLE]


def flip(place: int) -> Change:
    def change(data: bytes, seen: int) -> bytes:
        changed = bytearray(data)
        if seen <= place < seen + len(data):
            changed[place - seen] ^= 1
        return bytes(changed)

    return change


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_connection_cut_anywhere_leaves_nothing_and_the_code_in_force(way: str) -> None:
    up, down = whole_conversation()
    total = len(up) if way == "up" else len(down)
    with (desk := Desk()):
        for cut in sorted({0, 3, 4, 5, 50, *range(100, total, max(total // 4, 1)), total - 40}):
            wire = Wire((HERE, desk.host.port), **{f"cut_{way}": cut})
            kept: list[Bundle] = []
            with wire.open() as address:
                try:
                    join(Invitation(CODE, (address,)), MINE, kept.append)
                except CutError:
                    assert kept == []
                else:
                    assert kept == [BUNDLE]  # only the last words were lost
            if desk.host.offer.kept:
                break
            assert desk.host.offer.wrong == 0
        if not desk.host.offer.kept:
            assert come(desk) == [BUNDLE]
        assert desk.asked == ["may-1"]


def stranger(answer: bytes) -> Iterator[Address]:
    with socket.create_server((HERE, 0)) as door:
        door.settimeout(5)

        def serve() -> None:
            connection, _ = door.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        yield door.getsockname()
        serving.join()


def framed(**values: object) -> bytes:
    content = b"c" + json.dumps(values).encode()
    return len(content).to_bytes(4, "big") + content


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        framed(fresh="00" * 32),
        framed(fresh="zz"),
        framed(refused="no such reason"),
        framed(bundle={}),
        b"\x00\x00\x00\x02s{",
        b"\x7f\xff\xff\xff",
    ],
)
def test_an_address_of_somebody_else_is_told_as_such(answer: bytes) -> None:
    for address in stranger(answer):
        with pytest.raises((StrangerError, CutError)):
            join(Invitation(CODE, (address,)), MINE, lambda _: pytest.fail("kept"))


@pytest.mark.parametrize("speaks", [[2], [], "1", None])
def test_a_machine_of_another_protocol_hears_which_one_is_spoken(desk: Desk, speaks: object) -> None:
    with socket.create_connection((HERE, desk.host.port)) as line:
        line.sendall(framed(motcua="pair", speaks=speaks, id="00000000", machine="m", fresh="00" * 32))
        assert b'"refused": "protocol"' in line.recv(4096)
    assert desk.host.offer.wrong == 0


@pytest.mark.parametrize(
    "bytes_sent", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 64, framed(motcua="pair"), b"\x00\x00\x00\x05c[[[["]
)
def test_nonsense_does_the_desk_no_harm(desk: Desk, bytes_sent: bytes) -> None:
    with socket.create_connection((HERE, desk.host.port)) as line:
        line.sendall(bytes_sent)
    assert come(desk) == [BUNDLE]


def test_many_silent_connections_do_not_keep_the_desk_from_closing(desk: Desk) -> None:
    lines = [socket.create_connection((HERE, desk.host.port)) for _ in range(20)]
    desk.host.close()
    for line in lines:
        line.close()
    assert desk.clock() - NOON == timedelta(0)
