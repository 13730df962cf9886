"""A desk that is open takes what a scanner puts into its folder, without a key; and again after the share was away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from scanner_samples import drawn, picture_file

from ui.app import OpenedOffice, open_office
from ui.desk.station import desk_station
from ui.desk.view import DeskWindow

WAIT_MS = 60_000
SHEET = drawn(("Tờ",), dpi=100)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def office(tmp_path: Path, share: Path) -> Iterator[OpenedOffice]:
    root = tmp_path / "office"
    root.mkdir()
    (root / "config.toml").write_text(f"[[scanners]]\nname = 'máy photocopy'\ndevice = 'folder:{share}'\n", "utf-8")
    with open_office(root) as opened:
        yield opened


def done(share: Path) -> set[str]:
    folder = share / "done"
    return {p.name for p in folder.iterdir() if p.stat().st_size} if folder.is_dir() else set()


def sources_of_draft(office: OpenedOffice) -> list[str]:
    """What the dossier that would be offered again after a power cut now holds."""
    with office.reads() as look:
        drafts = look.drafts.of_officer(office.config.station.officer)
        return [p.source for draft in drafts for p in look.papers.pages(draft.key)]


def test_files_become_pages_while_the_desk_is_open(
    office: OpenedOffice, share: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    station = desk_station(office)
    window = station.window
    assert isinstance(window, DeskWindow)
    qtbot.addWidget(window)
    station.start()
    window.show()
    try:
        picture_file(SHEET, tmp_path / "a.png").rename(share / "a.png")
        qtbot.waitUntil(lambda: done(share) == {"a.png"}, timeout=WAIT_MS)
        share.rename(tmp_path / "away")
        qtbot.wait(50)
        picture_file(SHEET, tmp_path / "away" / "b.png")
        (tmp_path / "away").rename(share)
        qtbot.waitUntil(lambda: done(share) == {"a.png", "b.png"}, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: sources_of_draft(office) == ["a.png", "b.png"], timeout=WAIT_MS)
    finally:
        station.close()
