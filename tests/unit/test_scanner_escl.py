"""Our eSCL client against a scripted scanner: every state, every end, every mischief."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from escl_scanner import EsclScanner, serving
from scanner_samples import drawn

from kiosk.errors import (
    CancelledError,
    CoverOpenError,
    DeviceBusyError,
    DeviceError,
    DeviceIOError,
    DoubleFeedError,
    NotConnectedError,
    NotFoundError,
    PaperJamError,
)
from scanner.devices import open_device
from scanner.devices.escl import EsclCaptureDevice, base_of
from scanner.devices.settings import SIZES_MM, ScanSettings
from scanner.errors import DeviceTimeoutError, FeederEmptyError, FeederTroubleError, ScanRefusedError
from scanner.page import Page

A, B, C, D = (drawn((f"Tờ {letter}",) * n, dpi=60) for n, letter in enumerate("ABCD", 1))
On = Callable[..., EsclCaptureDevice]


@pytest.fixture
def on() -> Iterator[On]:
    """Switches a scanner on for the length of the test and gives our device for it."""
    with ExitStack() as stack:

        def switch_on(scanner: EsclScanner, **settings: object) -> EsclCaptureDevice:
            chosen = {"dpi": 100, "page_timeout_s": 30.0, **settings}
            return EsclCaptureDevice(stack.enter_context(serving(scanner)), ScanSettings(**chosen))  # type: ignore[arg-type]

        yield switch_on


def ink(page: Page) -> int:
    return int((page.grey() < 100).sum())


def scanned(device: EsclCaptureDevice) -> tuple[list[Page], DeviceError]:
    """The sides that came before the trouble, and the trouble."""
    kept: list[Page] = []
    with pytest.raises(DeviceError) as caught:
        kept.extend(device.capture())
    return kept, caught.value


ENDS = [(404, "Completed"), (410, "Completed"), (409, "Completed"), (409, "Aborted"), (404, "Aborted")]


@pytest.mark.parametrize(("end", "state"), ENDS)
def test_a_stack_ends_in_whatever_way_machines_end_it(on: On, end: int, state: str) -> None:
    scanner = EsclScanner([A, B, C], end=end, ended_state=state)
    sides = list(on(scanner).capture())
    assert [ink(s) for s in sides] == sorted(ink(s) for s in sides)
    assert len({ink(s) for s in sides}) == 3
    assert scanner.running() == scanner.deleted == []


def test_the_glass_gives_one_sheet_and_the_machine_is_free_again(on: On) -> None:
    scanner = EsclScanner([A], glass=B)
    (side,) = on(scanner, feeder=False).capture()
    assert side.dpi == 100
    assert side.source == scanner.name
    assert scanner.running() == []
    assert len(scanner.feeder) == 1


def test_what_was_asked_for_is_what_the_settings_say(on: On) -> None:
    scanner = EsclScanner([A, B])
    list(on(scanner, dpi=240, duplex=True, colour=False, size_mm=SIZES_MM["A5"]).capture())
    (job,) = scanner.jobs.values()
    for part in ("XResolution>300<", "Width>1748<", "Height>2480<", "Duplex>true<", "Grayscale8", "Feeder"):
        assert part in job.request


def test_a_side_too_long_for_the_machine_is_cut_to_it(on: On) -> None:
    scanner = EsclScanner([A])
    list(on(scanner, size_mm=(400.0, 900.0)).capture())
    (job,) = scanner.jobs.values()
    assert "Width>2550<" in job.request
    assert "Height>4200<" in job.request


def test_a_machine_without_duplex_or_glass_does_what_it_can(on: On) -> None:
    scanner = EsclScanner([A, B], has_duplex=False, has_glass=False)
    assert len(list(on(scanner, duplex=True, feeder=False).capture())) == 2
    (job,) = scanner.jobs.values()
    assert "Duplex>false<" in job.request


def test_what_a_machine_can_do_is_told(on: On) -> None:
    assert on(EsclScanner()).describe().can == ("glass", "feeder", "duplex")
    assert on(EsclScanner(has_duplex=False)).describe().can == ("glass", "feeder")


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ("jam", PaperJamError),
        ("cover", CoverOpenError),
        ("double", DoubleFeedError),
        ("mispick", FeederTroubleError),
        ("short", FeederTroubleError),
        ("overloaded", FeederTroubleError),
        ("cancel", CancelledError),
        ("error", DeviceIOError),
    ],
)
def test_every_trouble_is_our_own_error_and_the_job_is_taken_back(
    on: On, trouble: str, error: type[DeviceError]
) -> None:
    scanner = EsclScanner([A, trouble, B])
    kept, caught = scanned(on(scanner))
    assert type(caught) is error
    assert caught.details == {"device": scanner.name, "sheet": 2}
    assert len(kept) == 1
    assert list(scanner.jobs) == scanner.deleted


@pytest.mark.parametrize("mischief", ["drop", "torn", "flood", "bomb"])
def test_half_a_picture_or_an_endless_one_is_never_a_page(on: On, mischief: str) -> None:
    scanner = EsclScanner([A, mischief, B, C])
    kept, caught = scanned(on(scanner))
    assert len(kept) == 1
    assert type(caught) is DeviceIOError
    assert scanner.running() == []


def test_scanning_goes_on_after_a_jam_at_the_sheet_that_is_missing(on: On) -> None:
    scanner = EsclScanner([A, "jam", B, C])
    device = on(scanner)
    kept, _jam = scanned(device)
    scanner.load([B, C])
    kept += device.capture()
    assert [ink(p) for p in kept] == sorted({ink(p) for p in kept})
    assert len(kept) == 3


def test_a_sheet_of_which_only_the_front_arrived_is_fed_again_whole(on: On) -> None:
    scanner = EsclScanner([A, B, C, "jam", D])
    device = on(scanner, duplex=True)
    kept, jam = scanned(device)
    assert len(kept) == 2
    assert jam.details["sheet"] == 2
    scanner.load([C, D])
    kept += device.capture()
    assert [ink(p) for p in kept] == sorted({ink(p) for p in kept})
    assert len(kept) == 4


def test_a_last_back_that_the_machine_left_out_loses_no_front(on: On) -> None:
    assert len(list(on(EsclScanner([A, B, C]), duplex=True).capture())) == 3


@pytest.mark.parametrize("retry_after", ["0", "1", "", "soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_busy_machine_is_asked_again_when_it_says(on: On, retry_after: str) -> None:
    scanner = EsclScanner([("busy", 2), A, ("busy", 1), B], busy_starts=1, retry_after=retry_after)
    assert len(list(on(scanner).capture())) == 2


def test_a_machine_that_stays_busy_is_given_up(on: On) -> None:
    _none, caught = scanned(on(EsclScanner([A], busy_starts=99, retry_after="0"), page_timeout_s=0.5))
    assert type(caught) is DeviceBusyError


def test_an_empty_feeder_is_no_paper_whether_the_machine_begins_or_not(on: On) -> None:
    assert type(scanned(on(EsclScanner()))[1]) is FeederEmptyError
    accepts = EsclScanner([("busy", 1)])
    assert type(scanned(on(accepts))[1]) is FeederEmptyError


def test_a_job_at_a_foreign_host_is_fetched_from_our_machine(on: On) -> None:
    assert len(list(on(EsclScanner([A], location="http://203.0.113.9:1")).capture())) == 1


def test_a_job_without_an_address_of_a_job_is_refused(on: On) -> None:
    scanner = EsclScanner([A], location="http://[::")
    assert type(scanned(on(scanner))[1]) is DeviceIOError


def test_a_machine_that_refuses_the_settings_is_told_apart(on: On) -> None:
    scanner = EsclScanner(adf="ScannerAdfLoaded")
    assert type(scanned(on(scanner))[1]) is ScanRefusedError


def test_a_silent_machine_is_given_up_after_its_time(on: On) -> None:
    scanner = EsclScanner([A, "mute"])
    kept, caught = scanned(on(scanner, page_timeout_s=2.0))
    assert len(kept) == 1
    assert type(caught) is DeviceTimeoutError
    assert list(scanner.jobs) == scanner.deleted


def test_a_wait_for_a_page_can_be_cancelled_from_another_thread(on: On) -> None:
    scanner = EsclScanner([A, "mute"])
    device = on(scanner)
    sides = device.capture()
    next(sides)
    scanner.asked.clear()

    def cancel() -> None:
        scanner.asked.wait(20)
        device.cancel()

    other = threading.Thread(target=cancel)
    other.start()
    with pytest.raises(CancelledError):
        next(sides)
    other.join()
    assert not scanner.answering.is_set()  # it was not the machine that ended it
    assert list(scanner.jobs) == scanner.deleted


def test_leaving_in_the_middle_takes_the_job_back(on: On) -> None:
    scanner = EsclScanner([A, B, C])
    sides = on(scanner).capture()
    next(sides)
    sides.close()  # type: ignore[attr-defined]
    assert list(scanner.jobs) == scanner.deleted


def test_a_machine_that_is_off_is_not_connected() -> None:
    with serving(EsclScanner()) as address:
        pass
    assert type(scanned(EsclCaptureDevice(address))[1]) is NotConnectedError


@pytest.mark.parametrize(
    "strange",
    [
        b"<html>login</html>",
        b"",
        b"\xff\xfe",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><ScannerCapabilities>&a;</ScannerCapabilities>",
        b"<ScannerCapabilities>" + b"x" * 2**21,
    ],
)
def test_an_answer_that_is_no_scanners_is_trouble_of_the_device(on: On, strange: bytes) -> None:
    assert type(scanned(on(EsclScanner([A], capabilities=strange or b" ")))[1]) is DeviceIOError


def test_sparse_capabilities_do(on: On) -> None:
    bare = b"<ScannerCapabilities><Adf><AdfSimplexInputCaps/></Adf></ScannerCapabilities>"
    assert len(list(on(EsclScanner([A], capabilities=bare)).capture())) == 1


@pytest.mark.parametrize(("stack", "sides"), [((A, B), 2), ((), 1)])
def test_an_empty_feeder_can_mean_the_glass(stack: tuple[Page, ...], sides: int) -> None:
    with serving(EsclScanner(list(stack), glass=C)) as address:
        device = open_device(f"escl:{address}", settings=ScanSettings(dpi=100, or_glass=True))
        assert len(list(device.capture())) == sides


def test_trouble_with_the_feeder_does_not_mean_the_glass() -> None:
    with serving(EsclScanner(["jam", A], glass=C)) as address:
        device = open_device(f"escl:{address}", settings=ScanSettings(dpi=100, or_glass=True))
        with pytest.raises(PaperJamError):
            list(device.capture())


def test_names_are_addresses() -> None:
    assert base_of("escl:10.0.0.5") == "http://10.0.0.5/eSCL"
    assert base_of("escl:https://quet.xa:8443/eSCL/") == "https://quet.xa:8443/eSCL"
    for bad in ("escl:", "escl:ftp://10.0.0.5/eSCL", "escl:http://", "escl:http://u:p@h/eSCL", "escl:http://h:x/"):
        with pytest.raises(NotFoundError):
            base_of(bad)


@pytest.mark.parametrize("sheets", [1, 2, 9])
def test_a_machine_that_knows_pdf_only_gives_the_same_sides_in_order(on: On, sheets: int) -> None:
    scanner = EsclScanner([A, B, C], pdf_sheets=sheets)
    sides = list(on(scanner).capture())
    assert [p.dpi for p in sides] == [100, 100, 100]
    assert [ink(p) for p in sides] == sorted({ink(p) for p in sides})
    assert "application/pdf" in next(iter(scanner.jobs.values())).request


def test_a_pdf_only_machine_that_jams_keeps_what_came(on: On) -> None:
    kept, jam = scanned(on(EsclScanner([A, "jam", B], pdf_sheets=1)))
    assert (len(kept), type(jam)) == (1, PaperJamError)
