"""Pages and files that stopped, as a desk lists and settles them, on a real store and a real hot folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import NOON
from scanner_samples import PreparedEngine, drawn, picture_file

from kiosk.clock import office_now
from kiosk.config import ScannerConfig
from kiosk.domain.job import JobState, Wing
from kiosk.domain.scan import ScannedPage
from kiosk.errors import InputError, NotFoundError
from kiosk.services.digitisation import keep_page
from kiosk.services.stopped import NoReasonGivenError
from scanner.devices.inbox import Inbox
from scanner.errors import NotAFileError, SeveralFilesError
from scanner.page import png_bytes
from scanner.reader import PageReader
from scanner.worker import DigitiseWorker
from ui.app import OpenedOffice, open_office
from ui.desk.office import LiveIntake
from ui.desk.stopped_office import LiveStopped
from ui.desk.stopped_presenter import AGAIN, AS_IT_IS, LEAVE_OUT

GOOD = png_bytes(drawn(dpi=100))


@pytest.fixture
def office(sqlite_office: Path) -> Iterator[OpenedOffice]:
    with open_office(sqlite_office) as opened:
        yield opened


def keep(office: OpenedOffice, content: bytes = GOOD) -> ScannedPage:
    how = {"source": "máy quét", "actor": office.actor, "now": office_now(), "dpi": 100}
    return keep_page(office.units, office.vault, "nhap-1", content, "image/png", **how)  # type: ignore[arg-type]


def work(office: OpenedOffice, engine: PreparedEngine | None = None) -> None:
    reader = PageReader(engine or PreparedEngine())
    DigitiseWorker(office.units, office.vault, office.actor, office_now, "w", reader).drain()


def page(office: OpenedOffice, page_id: str) -> ScannedPage:
    with office.reads() as look:
        return look.papers.page(page_id)


def test_a_page_that_cannot_be_read_is_listed_with_its_reason_and_left_out_with_one(office: OpenedOffice) -> None:
    bad = keep(office, GOOD[:2000])
    work(office)
    live = LiveStopped(office, office.actor)
    (row,) = live.rows()
    assert live.count() == 1
    assert row.why == "Tệp máy quét bị cắt cụt hoặc hỏng. Lấy lại bản gốc hoặc quét lại giấy tờ."
    assert row.acts == (AGAIN, AS_IT_IS, LEAVE_OUT)
    with pytest.raises(NoReasonGivenError):
        live.leave_out(row, "  ")
    live.leave_out(row, "Trang thừa")
    assert (live.count(), page(office, bad.id).discarded) == (0, True)
    with office.reads() as look:
        event = look.events.of("nhap-1")[-1]
    assert (event.kind, event.data["reason"]) == ("page.discarded", "Trang thừa")


def test_a_page_is_kept_as_the_picture_it_is(office: OpenedOffice) -> None:
    odd = keep(office)
    with office.units() as uow:
        job = uow.jobs.lease(Wing.DIGITISE, "w", office_now(), NOON - NOON)
        assert job is not None
        uow.jobs.reject(job, office_now(), "scan.heavy")
        uow.commit()
    live = LiveStopped(office, office.actor)
    (row,) = live.rows()
    assert row.png.startswith(b"\x89PNG")
    live.as_it_is(row)
    assert live.count() == 0
    work(office)
    assert page(office, odd.id).meta["warnings"] == ["Giữ nguyên ảnh, không đọc chữ."]
    with office.reads() as look:
        assert look.jobs.counts(Wing.DIGITISE)[JobState.DONE] == 1
    with pytest.raises(NotFoundError):  # somebody else's press, a moment later
        live.again(row)


def test_the_strip_shows_what_waits_for_its_reading_and_what_stopped(office: OpenedOffice) -> None:
    intake = LiveIntake(office, "1", office.actor, lambda: ())
    keep(office)
    keep(office, GOOD[:2000])
    assert [thumb.reading for thumb, _code in intake.pages("nhap-1")] == ["waiting", "waiting"]
    work(office)
    assert [thumb.reading for thumb, _code in intake.pages("nhap-1")] == ["", "stopped"]


def test_a_bad_file_is_given_back_to_its_folder_or_put_away_with_who_and_why(
    office: OpenedOffice, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    profile = ScannerConfig.model_validate({"device": f"folder:{share}"})
    inbox = Inbox(share, settle_s=0, patience_s=0)
    (share / "a.png").symlink_to("/etc/passwd")
    picture_file(drawn(dpi=60), share / "b.png").write_bytes(GOOD[:2000])
    assert inbox.arrived() == []
    assert {type(e) for e in inbox.set_aside} >= {NotAFileError}
    live = LiveStopped(office, office.actor, [profile])
    link, half = live.rows()
    assert (link.title, half.title, half.why) == ("a.png", "b.png", "scan.damaged")
    live.again(half)
    assert sorted(p.name for p in share.iterdir()) == ["b.png", "bad"]
    live.leave_out(link, "Không phải giấy tờ của hồ sơ")
    assert live.count() == 0
    note = (share / "bad" / "dropped" / "a.png.txt").read_text(encoding="utf-8")
    assert note.startswith("Không phải giấy tờ của hồ sơ")
    assert (share / "bad" / "dropped" / "a.png").is_symlink()


def test_of_files_dropped_together_the_good_ones_are_taken_and_the_bad_ones_named(
    office: OpenedOffice, tmp_path: Path
) -> None:
    intake = LiveIntake(office, "1", office.actor, lambda: ())
    good = [picture_file(drawn((name,), dpi=60), tmp_path / f"{name}.png") for name in ("a", "b")]
    bad = [tmp_path / "x.pdf", tmp_path / "y.jpg"]
    for path in bad:
        path.write_bytes(b"nothing of the kind")
    with pytest.raises(InputError) as one:
        intake.import_files("nhap-1", [good[0], bad[0], good[1]])
    assert (one.value.code, one.value.details["file"]) == ("scan.format", "x.pdf")
    with pytest.raises(SeveralFilesError) as several:
        intake.import_files("nhap-2", [bad[0], good[0], bad[1]])
    assert several.value.details == {"count": 2, "kept": 1, "files": "x.pdf, y.jpg"}
    assert [len(intake.pages(draft)) for draft in ("nhap-1", "nhap-2")] == [2, 1]
