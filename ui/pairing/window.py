"""Opens the page that asks for the code, and ends when the machine is a station."""

from __future__ import annotations

import signal
import threading

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication

from ui.pairing.join_page import JoinPage
from ui.pairing.join_presenter import JoinPresenter
from ui.pairing.keep import NewStation
from ui.run import QtRun
from ui.station import application

JOINED, CLOSED, ALONE = 0, 1, 3  # exit codes
LISTEN_MS = 300
DESK = QSize(1366, 768)


def ask_for_code(new: NewStation, *, may_be_alone: bool = False) -> int:
    """JOINED, ALONE, or CLOSED. Raises: ConfiguredError, NoScreenError."""
    new.refuse_configured()
    app = application()
    screen = QGuiApplication.primaryScreen()
    page = JoinPage(screen.size() if screen is not None else DESK, may_be_alone=may_be_alone)
    run = QtRun(page)
    presenter = JoinPresenter(page, new.join, run)
    page.connect_to(presenter)
    page.alone.connect(lambda: app.exit(ALONE))
    page.finished.connect(lambda: app.exit(JOINED))
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    awake = QTimer()  # Python sees a signal only when it runs
    awake.timeout.connect(lambda: app.exit(CLOSED) if stop.is_set() else None)
    awake.start(LISTEN_MS)
    app.lastWindowClosed.connect(lambda: app.exit(CLOSED))
    page.show_code("")
    page.showFullScreen()
    try:
        return app.exec()
    finally:
        run.close()
        page.close()
