"""`motcua desk --training`: a store of its own, marked papers, a red frame, and nothing that leaves the house."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing_samples import texts
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS

from kiosk.clock import office_now
from kiosk.config import keep_look, read_config
from kiosk.domain.dossier import PaperState
from kiosk.services.reception import Intake, PaperMark, receive_dossier
from ui.app import OpenedOffice, open_office
from ui.desk.office import LiveWatch
from ui.desk.station import desk_station
from ui.desk.training_frame import RED, TrainingFrame
from ui.desk.watch_presenter import exchange_words
from ui.training import FOLDER, PEOPLE, open_training, training_root
from ui.workers import print_worker, sync_worker

REAL = """
database = "postgresql://nobody@192.0.2.1/office"
[station]
counter = "2"
officer = "lan"
theme = "dark"
[officers]
lan = "Hoàng Thị \\"Lan\\""
"can bo" = "Có dấu cách"
[[provinces]]
url = "http://192.0.2.1:9"
[scanner]
device = "folder:/quet"
[[printers]]
kind = "station"
address = "quay-2"
papers = ["slip"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(REAL, encoding="utf-8")
    (tmp_path / "calendar-tet.toml").write_text("# lịch\n", encoding="utf-8")
    return tmp_path


def received(office: OpenedOffice) -> str:
    with office.reads() as look:
        person = look.people.by_id_number(PEOPLE[0][0])
    assert person is not None
    intake = Intake("nhap-1", "1.001193", person, marks(office), case="")
    return receive_dossier(office.units(), office.desk, intake, actor=office.actor, now=office_now()).dossier.key


def marks(office: OpenedOffice) -> dict[str, PaperMark]:
    with office.reads() as look:
        procedure = look.procedures.current("1.001193", office_now().date())
    assert procedure is not None
    return {c.code: PaperMark(PaperState.ORIGINAL) for c in procedure.papers("")}


def test_the_training_office_takes_the_settings_but_no_line_to_the_world(root: Path) -> None:
    with open_training(root) as office:
        config = office.config
        assert office.paths.root == root / FOLDER
        assert (config.training, config.database, config.provinces) == (True, "", ())
        assert (config.station.counter, config.station.theme) == ("2", "dark")
        assert config.officers == {"lan": 'Hoàng Thị "Lan"', "can bo": "Có dấu cách"}
        assert config.scanner.device == ""
        assert config.printers == ()
        assert (office.paths.root / "calendar-tet.toml").exists()
        keep_look(office.paths.config, "contrast", 150, compact=True)  # the look's keys work in training too
        assert read_config(office.paths.config).station.zoom == 150
    assert read_config(root / "config.toml").database.startswith("postgresql")
    assert not (root / "office.db").exists()
    assert training_root(root / FOLDER) == root / FOLDER


def test_even_a_province_that_somebody_writes_into_it_is_never_asked(root: Path) -> None:
    with open_training(root) as office:
        received(office)
    file = root / FOLDER / "config.toml"
    with file.open("a", encoding="utf-8") as settings:
        settings.write('\n[[provinces]]\nurl = "http://192.0.2.1:9"\n')
    with open_office(root / FOLDER) as office:
        assert office.config.provinces == ()
        worker = sync_worker(office)
        worker.once()
        worker.close()
        with office.reads() as look:
            events = look.events.after(0, 1000)
    assert any(e.kind == "dossier.received" for e in events)
    assert not [e.kind for e in events if e.kind.startswith(("sync.", "exchange."))]


def test_numbers_and_papers_say_that_it_is_an_exercise(root: Path) -> None:
    with open_training(root) as office:
        key = received(office)
        assert key.startswith("99")
        with office.reads() as look:
            labels = [e.data["label"] for e in look.events.after(0, 1000) if e.kind == "ticket.issued"]
        assert labels
        assert all(label.startswith("TH-") for label in labels)
        print_worker(office).drain()
        papers = [file for file in office.paths.papers.iterdir() if file.suffix == ".pdf"]
        assert papers
        for file in papers:
            assert all("TẬP HUẤN" in page for page in texts(file.read_bytes()))


def test_the_window_has_a_red_frame_over_everything_and_keys_work_through_it(
    root: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with open_training(root) as office:
        station = desk_station(office, counter="1", officer="lan", capture=lambda: [])
        window = station.window
        station.show(windowed=True)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT_MS)
        assert window.windowTitle().startswith("TẬP HUẤN")
        frame = window.findChild(TrainingFrame)
        assert frame is not None
        assert frame.geometry() == window.rect()
        picture = window.grab().toImage()
        for x, y in ((2, 300), (window.width() - 3, 300), (600, 2), (600, window.height() - 3)):
            assert picture.pixelColor(x, y) == RED
        assert frame.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.perform("help")  # type: ignore[attr-defined]
        QApplication.processEvents()
        assert window.grab().toImage().pixelColor(2, 300) == RED
        station.close()


def test_the_training_desk_says_that_nothing_is_sent(root: Path) -> None:
    with open_training(root) as office:
        key = received(office)
        watch = LiveWatch(office, office.actor)
        assert exchange_words(watch.exchange()) == ("", "Tập huấn: không gửi gì lên tỉnh")
        assert [(r.key, r.province) for r in watch.recent()] == [(key, "Tập huấn, không gửi")]
