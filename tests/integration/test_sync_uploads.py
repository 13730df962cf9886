"""Files over real sockets: what becomes of them when the line, the server or somebody on the way fails."""

from __future__ import annotations

import hashlib
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from tus_fake import FakeTus, Habits

from kiosk.services.jobs import PostponedError
from sync.connection import Connection, Timeouts
from sync.errors import (
    BusyProvinceError,
    LineDownError,
    RefusedByProvinceError,
    ReplyLostError,
    SignedOutError,
    WrongHashError,
)
from sync.line import Line
from sync.pace import Bucket
from sync.pieces import Pieces
from sync.province import FileReceipt
from sync.tus import TusUploader
from sync.uploads import Upload, UploadSettings

MIB = 1024 * 1024
QUICK = UploadSettings(stall_s=2, give_up_s=20)


@dataclass
class KeptPlaces:
    """Outlives an uploader, as the office's store does."""

    urls: dict[str, str] = field(default_factory=dict)

    def find(self, identity: str) -> str:
        return self.urls.get(identity, "")

    def keep(self, identity: str, url: str) -> None:
        self.urls.pop(identity, None)
        if url:
            self.urls[identity] = url


@dataclass
class Office:
    """Uploaders of one office to one server; `sleeps` are not slept."""

    server: FakeTus
    places: KeptPlaces = field(default_factory=KeptPlaces)
    pieces: Pieces = field(default_factory=Pieces)
    sleeps: list[float] = field(default_factory=list)
    signs: list[bool] = field(default_factory=list)
    known: Callable[[str], FileReceipt | None] = lambda sha256: None
    now: Callable[[], float] | None = None
    opened: list[TusUploader] = field(default_factory=list)
    bucket: Bucket = field(default_factory=lambda: Bucket(0))

    def uploader(self, settings: UploadSettings = QUICK, url: str = "") -> TusUploader:
        connection = Connection(url or self.server.url, "H26.107", timeouts=Timeouts(2, 2, 1))
        made = TusUploader(
            Line(connection, stall_s=settings.stall_s),
            f"{connection.base_url}/tus",
            self.places,
            connection="tinh",
            sign_in=self._sign,
            ask_receipt=lambda sha256: self.known(sha256),
            settings=settings,
            bucket=self.bucket,
            pieces=self.pieces,
            sleep=self.sleeps.append,
            monotonic=self.now or self._hurried,
        )
        self.opened.append(made)
        return made

    def _sign(self, renew: bool) -> dict[str, str]:
        self.signs.append(renew)
        return {"session": "2" if renew else "1"}

    def _hurried(self) -> float:
        return sum(self.sleeps)


@pytest.fixture
def office() -> Iterator[Office]:
    with FakeTus() as server:
        made = Office(server)
        yield made
        for uploader in made.opened:
            uploader.close()


def until(true: Callable[[], bool], then: Callable[[], None]) -> None:
    end = time.monotonic() + 30
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    then()


def a_scan(size: int = 300_000, seed: int = 1, document: str = "d-1", header: bytes = b"%PDF-1.7\n") -> Upload:
    content = header + random.Random(seed).randbytes(size - len(header))
    return Upload(document, hashlib.sha256(content).hexdigest(), "application/pdf", content, "Tờ khai.pdf")


def test_a_file_arrives_bit_by_bit_and_its_hash_comes_back(office: Office) -> None:
    scan = a_scan(2 * MIB)
    receipt = office.uploader().send(scan)
    assert receipt.sha256 == scan.sha256
    assert receipt.url.endswith(scan.sha256)
    assert office.server.files == [scan.content]
    stored = office.server.uploads["/tus/0"]
    assert stored.facts == {
        "filename": "Tờ khai.pdf",
        "filetype": "application/pdf",
        "sha256": scan.sha256,
        "id": "d-1",
    }
    assert office.places.urls == {}


def test_an_empty_file_is_a_file(office: Office) -> None:
    nothing = Upload("d-1", hashlib.sha256(b"").hexdigest(), "text/plain", b"")
    assert office.uploader().send(nothing).sha256 == nothing.sha256


def test_after_a_cut_it_goes_on_where_the_server_stands(office: Office) -> None:
    office.server.habits.cut_after = [200_000, 100_000, 5_000]
    scan, uploader = a_scan(MIB), office.uploader()
    assert uploader.send(scan).sha256 == scan.sha256
    assert office.server.files == [scan.content]
    assert office.server.asked("POST") == 1
    offsets = [offset for method, _, offset, _ in office.server.log if method == "PATCH" and offset > 0]
    assert len(offsets) >= 3
    assert office.server.received == MIB  # the server read no byte of the file twice


def test_two_scans_with_the_same_beginning_and_size_are_two_files(office: Office) -> None:
    """The usual client tells uploads apart by their first bytes and their size, and merges these two."""
    header = b"%PDF-1.7\n" + bytes(20_000)
    one = a_scan(300_000, seed=1, header=header)
    other = a_scan(300_000, seed=2, header=header)
    assert one.content[:20_000] == other.content[:20_000]
    office.server.habits.cut_after = [100_000]
    with pytest.raises(PostponedError):  # the first stops in the middle
        office.uploader(UploadSettings(turn_s=-1, stall_s=2)).send(one)
    uploader = office.uploader()
    assert uploader.send(other).sha256 == other.sha256
    assert uploader.send(one).sha256 == one.sha256
    assert sorted(office.server.files) == sorted([one.content, other.content])


def test_the_same_content_of_two_documents_are_two_uploads() -> None:
    identities = {a_scan(document=d, seed=s).identity(c) for d in ("a", "b") for s in (1, 2) for c in ("x", "y")}
    assert len(identities) == 8


@pytest.mark.parametrize("status", [423, 409, 500, 502, 503])
def test_held_or_in_trouble_means_wait_and_ask_never_begin_anew(office: Office, status: int) -> None:
    office.server.habits.cut_after = [100_000]
    office.server.habits.answers = {"PATCH": [], "HEAD": [status, status]}
    scan = a_scan()
    assert office.uploader().send(scan).sha256 == scan.sha256
    assert office.server.asked("POST") == 1
    assert office.server.received == scan.size
    assert len(office.sleeps) >= 3


def test_a_patch_that_meets_a_held_upload_is_tried_again_from_the_server_s_offset(office: Office) -> None:
    office.server.habits.answers = {"PATCH": [423, 409]}
    scan = a_scan()
    assert office.uploader().send(scan).sha256 == scan.sha256
    assert [m for m, *_ in office.server.log] == ["POST", "PATCH", "HEAD", "PATCH", "HEAD", "PATCH"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_forgotten_upload_is_sent_anew_as_the_same_content(office: Office, status: int) -> None:
    office.server.habits.cut_after = [100_000]
    office.server.habits.answers = {"HEAD": [status]}
    scan = a_scan()
    assert office.uploader().send(scan).sha256 == scan.sha256
    assert office.server.asked("POST") == 2
    assert office.server.files == [scan.content]


def test_a_server_that_forgets_everything_at_once_is_given_up(office: Office) -> None:
    office.server.habits.answers = {"PATCH": [410] * 9}
    with pytest.raises(ReplyLostError):
        office.uploader().send(a_scan())
    assert office.server.asked("POST") == 4


def test_a_limit_on_the_way_makes_the_pieces_smaller(office: Office) -> None:
    office.server.habits.largest = 60_000
    scan, uploader = a_scan(700_000), office.uploader()
    assert uploader.send(scan).sha256 == scan.sha256
    sizes = [size for method, _, _, size in office.server.log if method == "PATCH"]
    assert sizes[0] == 512 * 1024
    assert sizes[-2] <= 60_000
    assert office.server.asked("POST") == 1
    before = len(office.server.log)
    uploader.send(a_scan(700_000, seed=2, document="d-2"))  # what was learned holds for the next file
    assert all(size <= 60_000 for method, _, _, size in office.server.log[before:] if method == "PATCH")


def test_a_file_that_no_piece_is_small_enough_for_is_refused(office: Office) -> None:
    office.server.habits.largest = 1_000
    with pytest.raises(RefusedByProvinceError):
        office.uploader().send(a_scan())


def test_a_file_too_large_for_the_province_is_refused_at_once(office: Office) -> None:
    office.server.habits.answers = {"POST": [413]}
    with pytest.raises(RefusedByProvinceError):
        office.uploader().send(a_scan())
    assert office.server.asked("PATCH") == 0


def test_behind_a_proxy_that_holds_bodies_back_the_pieces_are_short(office: Office) -> None:
    office.server.habits.holds_back = 300_000  # more than that and it hangs up, nothing has arrived
    scan = a_scan(MIB)
    assert office.uploader().send(scan).sha256 == scan.sha256
    sizes = [size for method, _, _, size in office.server.log if method == "PATCH"]
    assert sizes[0] > 300_000
    assert sizes[1] == 256 * 1024
    assert office.server.files == [scan.content]


def test_a_captive_portal_s_yes_is_no_receipt(office: Office) -> None:
    scan = a_scan()
    office.server.habits.portal = 3
    assert office.uploader().send(scan).sha256 == scan.sha256
    assert office.server.files == [scan.content]
    office.server.habits.portal = 1_000
    with pytest.raises(ReplyLostError):
        office.uploader().send(a_scan(seed=2))


def test_an_answer_that_names_another_place_than_was_reached_is_not_believed(office: Office) -> None:
    office.server.habits.location = lambda path: f"http://10.9.8.7:1080{path}?x=1"
    with pytest.raises(ReplyLostError):  # our host has no such address with this query; 10.9.8.7 is never called
        office.uploader(UploadSettings(stall_s=2, give_up_s=1)).send(a_scan())
    assert {path for _, path, *_ in office.server.log} == {"/tus", *(f"/tus/{n}?x=1" for n in range(4))}


def test_wrong_bytes_at_the_far_end_are_told_and_not_gone_on_with(office: Office) -> None:
    office.server.habits.rots = True
    scan = a_scan()
    assert office.uploader().send(scan).sha256 != scan.sha256
    assert office.places.urls == {}
    office.server.habits.rots = False
    assert office.uploader().send(scan).sha256 == scan.sha256


def test_a_server_that_found_the_hash_wrong_itself_says_so(office: Office) -> None:
    office.server.habits.answers = {"PATCH": [460]}
    with pytest.raises(WrongHashError):
        office.uploader().send(a_scan())
    assert office.places.urls == {}


def test_without_a_receipt_in_the_answer_the_province_is_asked(office: Office) -> None:
    scan = a_scan()
    settings = UploadSettings(stall_s=2, hash_header="x-none", link_header="x-none")
    asked: list[str] = []

    def known(sha256: str) -> FileReceipt | None:
        asked.append(sha256)
        return FileReceipt("https://tinh.test/tep", sha256) if len(asked) > 1 else None

    office.known = known
    assert office.uploader(settings).send(scan) == FileReceipt("https://tinh.test/tep", scan.sha256)
    office.known = lambda sha256: None
    with pytest.raises(WrongHashError):
        office.uploader(settings).send(a_scan(seed=2))


def test_a_session_that_ran_out_is_renewed_and_nothing_is_sent_twice(office: Office) -> None:
    office.server.habits.cut_after = [100_000]
    office.server.habits.answers = {"HEAD": [401]}
    scan = a_scan()
    assert office.uploader().send(scan).sha256 == scan.sha256
    assert office.signs.count(True) == 1
    assert office.server.received == scan.size
    office.server.habits.answers = {"POST": [401, 401]}
    with pytest.raises(SignedOutError):
        office.uploader().send(a_scan(seed=2))


def test_a_busy_province_is_left_alone_as_long_as_it_says(office: Office) -> None:
    office.server.habits.answers = {"POST": [503] * 99}
    with pytest.raises(BusyProvinceError):
        office.uploader().send(a_scan())
    assert sum(office.sleeps) <= QUICK.give_up_s
    assert office.server.asked("POST") < 12


def test_no_line_at_all_is_the_worker_s_to_watch(office: Office) -> None:
    with pytest.raises(LineDownError):
        office.uploader(url="http://127.0.0.1:9").send(a_scan())


def test_a_long_file_gives_its_turn_away_and_goes_on_later(office: Office) -> None:
    scan = a_scan(3 * MIB)
    clock = iter(range(0, 100_000, 50))  # every look takes 50 s
    office.now = lambda: float(next(clock))
    with pytest.raises(PostponedError):
        office.uploader().send(scan)
    assert 0 < office.server.received < scan.size
    so_far = office.server.received
    office.now = None
    assert office.uploader().send(scan).sha256 == scan.sha256
    assert office.server.received == scan.size > so_far
    assert office.server.asked("POST") == 1


def test_a_program_that_ends_leaves_a_long_file_where_it_is(office: Office) -> None:
    scan, uploader = a_scan(3 * MIB), office.uploader()
    office.bucket = Bucket(1_000_000)
    stopped = office.uploader()
    stopper = threading.Thread(target=lambda: until(lambda: office.server.received > 100_000, office.bucket.shut))
    stopper.start()
    with pytest.raises(PostponedError):
        stopped.send(scan)
    stopper.join()
    assert office.server.received < scan.size
    assert uploader.send(scan).sha256 == scan.sha256
    assert office.server.asked("POST") == 1


def test_a_server_that_stops_reading_is_left_after_the_stall_and_asked_again() -> None:
    """A black hole: no reset, no answer."""
    with FakeTus() as server, socket.create_server(("127.0.0.1", 0)) as hole:
        office, held = Office(server), []
        relay_to_server = threading.Event()

        def serve() -> None:
            first, _ = hole.accept()
            held.append(first)  # never read
            relay_to_server.set()

        threading.Thread(target=serve, daemon=True).start()
        settings = UploadSettings(stall_s=0.3, give_up_s=0.2)
        uploader = office.uploader(settings, url=f"http://127.0.0.1:{hole.getsockname()[1]}")
        with pytest.raises(ReplyLostError):
            uploader.send(a_scan())
        assert relay_to_server.wait(30)
        uploader.close()
        held[0].close()
        assert Habits() == server.habits
