"""Office printers: nothing but a completed job is a printed paper."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from printing_ipp import OfficePrinter, on_network
from printing_samples import a_slip, texts

from kiosk.errors import CoverOpenError, DeviceIOError, NotConnectedError, OutOfPaperError, PaperJamError
from printing.devices import Health
from printing.devices.cups import CupsPrinter, queue_uri
from printing.devices.ipp import IppClient, decode
from printing.errors import PrinterPausedError, PrintRefusedError, PrintUnconfirmedError


@contextlib.contextmanager
def plugged_in(machine: OfficePrinter, timeout_s: float = 2) -> Iterator[CupsPrinter]:
    with on_network(machine) as uri:
        yield CupsPrinter(uri, timeout_s=timeout_s, poll_s=0.01)


def test_a_slip_goes_out_on_a5_with_a_title_that_names_nobody() -> None:
    machine = OfficePrinter(polls=3)
    with plugged_in(machine) as printer:
        assert printer.check() is Health.READY
        printer.print(a_slip())
    (wishes,) = machine.wishes
    assert wishes["media"] == b"iso_a5_148x210mm"
    assert wishes["job-name"].decode() == "Mẫu 01 số 7/2026"
    assert machine.documents == [a_slip().pdf]


def test_paper_size_is_left_open_where_a5_is_not_known() -> None:
    machine = OfficePrinter(media=("iso_a4_210x297mm",))
    with plugged_in(machine) as printer:
        printer.print(a_slip())
    assert "media" not in machine.wishes[0]


def test_a_queue_that_claims_a5_and_then_cancels_it_gets_the_slip_without_a_size() -> None:
    machine = OfficePrinter(chokes_on_media=True)
    with plugged_in(machine) as printer:
        printer.print(a_slip())
    assert ["media" in wishes for wishes in machine.wishes] == [True, False]


@pytest.mark.parametrize(
    ("reasons", "error"),
    [
        (("media-empty-report",), OutOfPaperError),
        (("none", "media-jam-error"), PaperJamError),
        (("cover-open",), CoverOpenError),
        (("offline-report",), NotConnectedError),
        (("none",), PrintRefusedError),
    ],
)
@pytest.mark.parametrize("outcome", ["canceled", "aborted"])
def test_a_job_given_up_is_a_failure_with_its_cause(
    outcome: str, reasons: tuple[str, ...], error: type[Exception]
) -> None:
    with plugged_in(OfficePrinter(outcome=outcome, reasons=reasons, message="lọc hỏng")) as printer:
        with pytest.raises(error) as caught:
            printer.print(a_slip())
        assert getattr(caught.value, "details")["device"] == printer.name  # noqa: B009


def test_reasons_left_over_from_the_last_job_do_not_keep_the_next_one_back() -> None:
    machine = OfficePrinter(reasons=("media-empty-report",))
    with plugged_in(machine) as printer:
        printer.print(a_slip())
    assert len(machine.documents) == 1


def test_a_job_that_never_ends_is_taken_back_so_that_it_cannot_come_out_later() -> None:
    machine = OfficePrinter(outcome="pending", polls=0)
    with plugged_in(machine, timeout_s=0.1) as printer, pytest.raises(PrintUnconfirmedError):
        printer.print(a_slip())
    assert machine.cancelled == [1]


def test_a_job_that_ends_while_it_is_taken_back_counts_as_printed() -> None:
    machine = OfficePrinter(outcome="completed", polls=50)
    with plugged_in(machine, timeout_s=0.05) as printer:
        printer.print(a_slip())
    assert machine.cancelled == [1]


def test_a_lost_answer_leaves_it_open_whether_the_slip_is_out() -> None:
    with plugged_in(OfficePrinter(loses_replies=True)) as printer, pytest.raises(DeviceIOError):
        printer.print(a_slip())


@pytest.mark.parametrize(
    "machine", [OfficePrinter(paused=True, message="đang bảo trì"), OfficePrinter(accepting=False)]
)
def test_a_stopped_queue_gets_no_jobs(machine: OfficePrinter) -> None:
    with plugged_in(machine) as printer, pytest.raises(PrinterPausedError):
        printer.print(a_slip())
    assert machine.documents == []


@pytest.mark.parametrize(
    ("status", "error"), [(0x0406, NotConnectedError), (0x0506, PrinterPausedError), (0x040B, PrintRefusedError)]
)
def test_a_refused_job_says_who_must_act(status: int, error: type[Exception]) -> None:
    with plugged_in(OfficePrinter(refusal=status)) as printer, pytest.raises(error):
        printer.print(a_slip())


def test_a_bare_name_is_a_queue_of_this_machine() -> None:
    assert queue_uri("May in quầy 1") == "ipp://localhost:631/printers/May%20in%20qu%E1%BA%A7y%201"
    assert queue_uri("ipp://10.0.0.7/ipp/print") == "ipp://10.0.0.7/ipp/print"


@pytest.mark.parametrize(
    "junk", [b"", b"\x02\x00\x00", b"\x02\x00\x00\x00\x00\x00\x00\x01\x01\x47\xff\xff", b"HTTP!!!!" * 4]
)
def test_what_is_not_ipp_is_a_broken_line_not_a_crash(junk: bytes) -> None:
    with pytest.raises(OSError):
        decode(junk)


@pytest.fixture
def virtual_printer(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The printer simulator of CUPS, with A5 in its trays; its `fail` file takes the paper away."""
    program, bus = shutil.which("ippeveprinter"), shutil.which("dbus-run-session")
    if program is None or bus is None:
        pytest.skip("ippeveprinter (cups-ipp-utils) or dbus-run-session (dbus-daemon) is not installed")
    media = "iso_a4_210x297mm,iso_a5_148x210mm"
    facts = tmp_path / "a5.conf"
    facts.write_text(
        f"ATTR keyword media-supported {media}\nATTR keyword media-ready {media}\n"
        "ATTR keyword media-default iso_a4_210x297mm\n"
        "ATTR mimeMediaType document-format-supported application/octet-stream,application/pdf\n"
    )
    command = tmp_path / "save.sh"
    command.write_text(
        f'#!/bin/sh\nfor last; do :; done\n[ -f "{tmp_path}/fail" ] && '
        '{ echo "STATE: +media-empty" >&2; echo "ERROR: paper out" >&2; exit 1; }\n'
        f'cp "$last" "{tmp_path}/out-$IPP_JOB_ID.pdf"\n'
    )
    command.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "spool").mkdir()
    options = f"-p {port} -n localhost -a {facts} -c {command} -d {tmp_path}/spool -r off"
    # It wants a system bus to announce itself on, though nobody needs to hear; an empty one of our own will do.
    line = f"DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec {program} {options} 'May thu'"
    process = subprocess.Popen(
        [bus, "--", "sh", "-c", line], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    uri = f"ipp://localhost:{port}/ipp/print"
    try:
        _wait_for(uri)
        yield uri, tmp_path
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _wait_for(uri: str) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            IppClient(uri).printer()
            return
        time.sleep(0.05)
    pytest.skip("the virtual printer did not start")


@pytest.mark.device
def test_the_printer_simulator_of_cups_prints_and_runs_out_of_paper(virtual_printer: tuple[str, Path]) -> None:
    uri, tray = virtual_printer
    printer = CupsPrinter(uri, timeout_s=20, poll_s=0.1)
    printer.print(a_slip())
    (out,) = tray.glob("out-*.pdf")
    assert out.read_bytes() == a_slip().pdf
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in texts(out.read_bytes())[0]
    (tray / "fail").touch()
    with pytest.raises(OutOfPaperError):
        printer.print(a_slip())
    assert len(list(tray.glob("out-*.pdf"))) == 1
