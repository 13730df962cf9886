"""A kiosk as it stands in a hall, on a screen of its own: X server, the shipped window manager, the kiosk's keeper."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

from kiosk.errors import KioskError
from ui.demo.xhands import NoXError, XHands
from ui.supervisor import own_command
from ui.theme.tokens import LIGHT

PROGRAMS = ("Xvfb", "openbox")
OPENBOX = Path(__file__).parents[1] / "ticketing" / "openbox.xml"
UP_S, LOOK_S, LEAST_COLOURS = 60.0, 0.02, 12
CONFIG = '[station]\nkind = "kiosk"\nname = "kiosk-1"\nkeeps_hours = false\npx_per_mm = 4.03\nstaff_code = "2580"\n'
QUOTA = 150  # numbers a line, so that full lines are met as well


class KioskNotUpError(KioskError):
    """The kiosk did not come up, or did not come back. details: seconds."""

    code = "bench.kiosk_not_up"


@dataclass
class Session:
    """keeper: process of `motcua kiosk`; curtain and window are found on the screen."""

    display: str
    width: int
    height: int
    keeper: subprocess.Popen[bytes]
    hands: XHands

    def kiosk(self) -> int:
        """The process of the window on top, 0 while it is not the painted kiosk."""
        seen = self.hands.on_screen(self.width, self.height)
        if not seen or not seen[0].pid or not seen[0].fills(self.width, self.height):
            return 0
        return seen[0].pid if self._is_painted() and "--kept" in words_of(seen[0].pid) else 0

    def _is_painted(self) -> bool:
        picture = self.picture()
        ground = tuple(int(LIGHT.ground[n : n + 2], 16) for n in (1, 3, 5))
        colours = picture.resize((self.width // 4, self.height // 4)).getcolors(1 << 20) or []
        return picture.getpixel((4, 4)) == ground and len(colours) >= LEAST_COLOURS

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def own(self) -> frozenset[int]:
        """The kiosk's programs that may have a window: it and its curtain."""
        return frozenset(pid for pid in _children(self.keeper.pid) if {"--kept", "--curtain"} & set(words_of(pid)))

    def wait_for_kiosk(self, other_than: int = 0, limit_s: float = UP_S) -> tuple[int, float]:
        """(process, seconds) until a painted kiosk stands on top. Raises: KioskNotUpError."""
        began = time.monotonic()
        while time.monotonic() - began < limit_s:
            pid = self.kiosk()
            if pid and pid != other_than:
                return pid, time.monotonic() - began
            time.sleep(LOOK_S)
        raise KioskNotUpError(seconds=round(limit_s))


@contextmanager
def kiosk_session(root: Path, width: int = 1080, height: int = 1920) -> Iterator[Session]:
    """root: an empty data directory. Raises: NoXError naming the programs to install, KioskNotUpError."""
    if missing := [name for name in PROGRAMS if shutil.which(name) is None]:
        raise NoXError(missing=", ".join(missing))
    _write_office(root)
    started: list[subprocess.Popen[bytes]] = []
    hands: XHands | None = None
    try:
        server, display = _x_server(width, height)
        started.append(server)
        environment = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        manager = ["openbox", "--sm-disable", "--config-file", str(OPENBOX)]
        hands = XHands(display)
        with (root / "session.log").open("wb") as log:
            started.append(subprocess.Popen(manager, env=environment, stdout=log, stderr=log))
            time.sleep(0.5)
            command = own_command("kiosk", "--portrait" if height > width else "--landscape", "--data", str(root))
            keeper = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        started.append(keeper)
        session = Session(display, width, height, keeper, hands)
        session.wait_for_kiosk()
        yield session
    finally:
        if hands is not None:
            hands.close()
        for process in reversed(started):
            _end(process)


def _write_office(root: Path) -> None:
    shipped = Path(__file__).parents[2] / "kiosk" / "catalogue" / "starter" / "office.toml"
    text = shipped.read_text(encoding="utf-8").replace("[[group]]\n", f"[[group]]\ndaily_quota = {QUOTA}\n")
    root.mkdir(parents=True, exist_ok=True)
    (root / "office.toml").write_text(text, encoding="utf-8")
    (root / "config.toml").write_text(CONFIG, encoding="utf-8")


def _x_server(width: int, height: int) -> tuple[subprocess.Popen[bytes], str]:
    """A server on a number of its own choice."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, pass_fds=(writing,), stdout=quiet, stderr=quiet)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        process.wait()
        raise NoXError(missing="Xvfb")
    return process, f":{number}"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def words_of(pid: int) -> list[str]:
    """Its command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return []


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
        if parent == str(pid):
            found.append(int(folder.name))
    return found


def restarts_measured(session: Session, settle: Callable[[], None]) -> dict[str, float]:
    """Seconds from each kind of death to a painted kiosk again; a hang counts from its beginning."""
    seconds = {}
    for name in ("SIGKILL", "SIGSEGV", "SIGABRT", "SIGSTOP"):
        settle()
        pid, _waited = session.wait_for_kiosk()
        os.kill(pid, getattr(signal, name))
        seconds[name] = round(session.wait_for_kiosk(other_than=pid)[1], 2)
    return seconds
