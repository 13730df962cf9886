"""At the real desk: the panel "Gửi lên tỉnh" (Ctrl+Shift+X) and the inbox of online dossiers (Ctrl+Shift+O)."""

from __future__ import annotations

from pathlib import Path

from exchange_samples import PORTAL_CODE, contradicted, refused, sent_online
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from real_desk import WAIT_MS, desk_at, press
from screen_checks import cut_texts, unnamed

from kiosk.domain.incoming import OnlineState
from kiosk.domain.job import JobState, Wing
from ui.app import open_office
from ui.desk.list_panel import ListPanel
from ui.desk.view import DeskWindow

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def panel_of(window: DeskWindow, name: str) -> ListPanel:
    return next(p for p in window.findChildren(ListPanel) if p.accessibleName() == name)


def test_a_refused_entry_is_explained_sent_again_by_enter_and_a_contradiction_is_noted(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with open_office(tmp_path) as office:
        key = refused(office, tmp_path)
        other = contradicted(office, tmp_path)
        with desk_at(office, qtbot, qapp) as window:
            panel = panel_of(window, "Gửi lên tỉnh")
            QTest.mouseClick(window.head._states["exchange"], Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: panel.list.count() == 3, timeout=WAIT_MS)
            assert "Đã trả kết quả" in panel.why.text()  # what contradicts us comes first
            assert not cut_texts(panel)
            assert not unnamed(panel)
            press(window, Qt.Key.Key_A)
            qtbot.waitUntil(lambda: panel.list.count() == 2, timeout=WAIT_MS)
            assert "Sai mã lĩnh vực" in panel.why.text()
            assert key in panel.title.text()
            for _ in range(20):
                press(window, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: "chờ" in panel.where.text(), timeout=WAIT_MS)
            press(window, Qt.Key.Key_Escape)
            assert not panel.isVisible()
        with office.reads() as look:
            (job,) = [j for j in look.jobs.of_lanes(Wing.SYNC, [key]) if j.payload["stream"] == "dossier"]
            assert job.state is JobState.WAITING
            assert [e.kind for e in look.events.of(key)].count("exchange.resent") == 1
            (noted,) = look.exchange.conflicts(unseen=False, dossier_key=other)
            assert noted.seen_by == "lan"


def test_an_online_dossier_is_masked_until_opened_then_accepted_once(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with open_office(tmp_path) as office:
        refused(office, tmp_path)  # makes the data directory's catalogue, and one dossier before it
        sent_online(office, tmp_path)
        with desk_at(office, qtbot, qapp) as window:
            qtbot.waitUntil(lambda: "1 hồ sơ trực tuyến" in window.head._states["online"].text(), timeout=WAIT_MS)
            press(window, Qt.Key.Key_O, CTRL_SHIFT)
            panel = panel_of(window, "Hồ sơ trực tuyến")
            qtbot.waitUntil(lambda: panel.list.count() == 1, timeout=WAIT_MS)
            shown = panel.title.text() + panel.why.text() + panel.where.text()
            assert "Nguyễn" not in shown
            assert "001195000007" not in shown
            press(window, Qt.Key.Key_T)  # nobody accepts what nobody has looked at
            press(window, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: bool(panel.page_name.text()), timeout=WAIT_MS)
            assert not cut_texts(panel)
            assert not unnamed(panel)
            press(window, Qt.Key.Key_T)
            qtbot.waitUntil(lambda: panel.list.count() == 0, timeout=WAIT_MS)
        with office.reads() as look:
            online = look.online.get(PORTAL_CODE)
            dossier = look.dossiers.get(PORTAL_CODE)
            assert (online.state, online.dossier_key) == (OnlineState.ACCEPTED, dossier.key)
            assert dossier.external_codes == [PORTAL_CODE]
            assert {p.component for p in look.papers.pages(dossier.key)} == {p.component.code for p in dossier.papers}
            assert [e.kind for e in look.events.of(PORTAL_CODE)] == ["online.arrived", "online.opened"]
