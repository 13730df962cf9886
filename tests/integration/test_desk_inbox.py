"""Hot folders of a desk into a real store: each page once, for the dossier it was taken for, whatever interrupts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from scanner_samples import drawn, picture_file, tiff_of

from kiosk.config import ScannerConfig
from kiosk.domain.scan import StoredFile
from kiosk.errors import DiskFullError, InputError
from kiosk.services.ports import Vault
from scanner.devices.inbox import Inbox
from ui.app import OpenedOffice, open_office
from ui.desk.inbox_office import LiveInbox
from ui.papers import keep_sides

SHEET = drawn(("Tờ",), dpi=100)


@pytest.fixture
def office(sqlite_office: Path) -> Iterator[OpenedOffice]:
    with open_office(sqlite_office) as opened:
        yield opened


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def watching(office: OpenedOffice, share: Path, mode: str = "scan") -> LiveInbox:
    profile = ScannerConfig.model_validate({"device": f"folder:{share}", "mode": mode})
    return LiveInbox(office, office.actor, "Quầy 1", [profile], [Inbox(share, "Quầy_1", settle_s=0, patience_s=0)])


def kept(office: OpenedOffice, owner: str) -> list[str]:
    with office.reads() as look:
        return [p.source for p in look.papers.pages(owner)]


def test_files_are_kept_for_the_dossier_on_the_screen_and_done(office: OpenedOffice, share: Path) -> None:
    tiff_of([SHEET] * 2, share / "scan2.tif")
    picture_file(SHEET, share / "scan10.png")
    os.utime(share / "scan2.tif", (1000, 1000))
    inbox = watching(office, share)
    assert inbox.take("nhap-1", inbox.arrived()) == 3
    assert kept(office, "nhap-1") == ["scan2.tif", "scan2.tif", "scan10.png"]
    assert inbox.arrived() == []
    assert {p.name for p in (share / "done").iterdir()} == {"scan2.tif", "scan10.png"}


def test_an_interrupted_file_is_finished_for_its_own_dossier_without_a_page_twice(
    office: OpenedOffice, share: Path
) -> None:
    tiff_of([SHEET] * 3, share / "a.tif")
    before = watching(office, share)._opened()[0]
    claim = before.take(share / "a.tif", "nhap-1")
    assert claim is not None
    sides = keep_sides(office, "nhap-1", before.pages(claim), office.actor)
    next(sides)  # and here the power goes
    sides.close()  # type: ignore[attr-defined]
    again = watching(office, share)
    again.take("nhap-2", again.arrived())
    assert kept(office, "nhap-1") == ["a.tif"] * 3
    assert kept(office, "nhap-2") == []


def test_a_bad_file_is_told_and_the_good_ones_are_taken(office: OpenedOffice, share: Path) -> None:
    (share / "a.pdf").write_bytes(b"%PDF-1.4 cut")
    picture_file(SHEET, share / "b.png")
    inbox = watching(office, share)
    with pytest.raises(InputError):
        inbox.arrived()
    assert inbox.take("nhap-1", inbox.arrived()) == 1
    assert (share / "bad" / "a.pdf").exists()


def test_a_file_that_another_desk_took_meanwhile_is_left_to_it(office: OpenedOffice, share: Path) -> None:
    picture_file(SHEET, share / "a.png")
    inbox = watching(office, share)
    found = inbox.arrived()
    assert Inbox(share, "other").take(share / "a.png") is not None
    assert inbox.take("nhap-1", found) == 0


def test_photos_of_a_camera_profile_are_kept_as_photos(office: OpenedOffice, share: Path) -> None:
    picture_file(SHEET, share / "a.jpg")
    inbox = watching(office, share, mode="photo")
    inbox.take("nhap-1", inbox.arrived())
    with office.reads() as look:
        (page,) = look.papers.pages("nhap-1")
        file = look.papers.file(page.file_id)
    assert b"motcua:photo" in office.vault.get(file)


@dataclass
class FullVault:
    """A store whose disk is full after so many files."""

    inner: Vault
    room: int

    def put(self, content: bytes, media_type: str) -> StoredFile:
        self.room -= 1
        if self.room < 0:
            raise DiskFullError
        return self.inner.put(content, media_type)

    def get(self, file: StoredFile) -> bytes:
        return self.inner.get(file)


def test_a_disk_that_is_full_in_the_middle_costs_no_page(office: OpenedOffice, share: Path) -> None:
    tiff_of([SHEET] * 3, share / "a.tif")
    whole = office.store
    office.store = replace(whole, vault=FullVault(whole.vault, 2))  # type: ignore[arg-type]
    full = watching(office, share)
    with pytest.raises(DiskFullError):
        full.take("nhap-1", full.arrived())
    office.store = whole
    again = watching(office, share)
    assert again.take("nhap-2", again.arrived()) == 3
    assert kept(office, "nhap-1") == ["a.tif"] * 3
    assert kept(office, "nhap-2") == []
