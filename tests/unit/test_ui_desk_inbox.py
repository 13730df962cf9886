"""Hot folders watched while the desk is open: what arrives, what is under way, and a share that goes and comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ui_fakes import LANES, FakeIntakes, Later, Remember

from kiosk.config import Config, ScannerConfig
from kiosk.errors import KioskError, StorageError
from scanner.errors import FolderAwayError
from ui.desk.inbox_presenter import InboxPresenter
from ui.desk.pages_presenter import PagesPresenter
from ui.desk.work import Work
from ui.scan_profiles import desk_name, desk_profile, profile_called, settings_of, watched
from ui.tasks import Lanes, run_now


@dataclass
class FakeInbox:
    """coming: files in the folder; taken: (draft, files)."""

    coming: list[str] = field(default_factory=list)
    taken: list[tuple[str, list[str]]] = field(default_factory=list)
    trouble: KioskError | None = None
    trouble_with_taking: KioskError | None = None
    looks: int = 0

    def arrived(self) -> Sequence[str]:
        self.looks += 1
        if self.trouble:
            raise self.trouble
        return list(self.coming)

    def take(self, draft_key: str, arrived: Sequence[str]) -> int:
        if self.trouble_with_taking:
            raise self.trouble_with_taking
        self.taken.append((draft_key, list(arrived)))
        self.coming.clear()
        return len(arrived)


def a_desk(inbox: FakeInbox, lanes: Lanes = LANES) -> tuple[InboxPresenter, PagesPresenter, Work, Remember]:
    view, work = Remember(), Work(key="nhap-1")
    pages = PagesPresenter(view, FakeIntakes(), lanes, lambda: work)
    return InboxPresenter(view, inbox, run_now, pages), pages, work, view


def test_files_become_pages_of_the_dossier_on_the_screen_without_a_key() -> None:
    inbox = FakeInbox(["a.pdf", "b.pdf"])
    watch, pages, work, view = a_desk(inbox)
    watch.on_tick()
    assert inbox.taken == [("nhap-1", ["a.pdf", "b.pdf"])]
    assert work.scanned
    assert "2 trang" in view.last("say")[1]
    assert not pages.scanning


def test_an_empty_folder_says_nothing() -> None:
    watch, _pages, work, view = a_desk(FakeInbox())
    for _ in range(3):
        watch.on_tick()
    assert view.calls == []
    assert not work.scanned


def test_nothing_is_looked_at_while_a_stack_runs_and_nothing_is_taken_beside_it() -> None:
    slow, inbox = Later(), FakeInbox(["a.pdf"])
    watch, pages, _work, _view = a_desk(inbox, Lanes(run_now, run_now, slow))
    pages.on_scan()
    watch.on_tick()
    assert inbox.looks == 0
    slow.answer()
    watch.on_tick()
    slow.answer()
    assert len(inbox.taken) == 1


def test_one_look_at_a_time_however_long_it_takes() -> None:
    look, inbox = Later(), FakeInbox()
    view, work = Remember(), Work(key="nhap-1")
    watch = InboxPresenter(view, inbox, look, PagesPresenter(view, FakeIntakes(), LANES, lambda: work))
    for _ in range(5):
        watch.on_tick()
    assert len(look.waiting) == 1


def test_a_share_that_is_away_is_told_once_and_its_return_too() -> None:
    inbox = FakeInbox(["a.pdf"], trouble=FolderAwayError(device="/quet"))
    watch, _pages, _work, view = a_desk(inbox)
    for _ in range(3):
        watch.on_tick()
    assert len(view.all("show_problem")) == 1
    inbox.trouble = None
    watch.on_tick()
    assert "thấy lại" in view.all("say")[0][1]
    assert len(inbox.taken) == 1


def test_trouble_with_keeping_is_told_once_and_tried_again() -> None:
    inbox = FakeInbox(["a.pdf"], trouble_with_taking=StorageError())
    watch, pages, _work, view = a_desk(inbox)
    watch.on_tick()
    assert not pages.scanning
    assert view.last("show_problem").code == "storage"
    inbox.trouble_with_taking = None
    watch.on_tick()
    assert len(inbox.taken) == 1


def test_profiles_become_settings() -> None:
    photo = ScannerConfig(name="bàn", device="folder:/anh", mode="photo", watch=False)
    glass = ScannerConfig(name="kính", device="test:0", source="glass", size="A5", colour=False, dpi=300, duplex=False)
    config = Config(scanners=(glass, photo, ScannerConfig(device="folder:/quet")))
    assert desk_profile(config) == glass
    assert desk_profile(Config()) == ScannerConfig()
    assert [p.device for p in watched(config)] == ["folder:/quet"]
    assert profile_called(config, "bàn") == photo
    assert profile_called(config, "folder:/anh") == photo
    assert profile_called(config, "") is None
    assert settings_of(photo).photo
    assert settings_of(ScannerConfig(source="auto")).or_glass
    settings = settings_of(glass)
    assert (settings.dpi, settings.colour, settings.feeder, settings.duplex) == (300, False, False, False)
    assert settings.size_mm == (148.0, 210.0)


def test_a_station_name_is_a_folder_name() -> None:
    assert desk_name("Quầy 1/A: ../x") == "Quầy_1_A_x"
    assert desk_name("…") == "quay"
