"""Hands and eyes on an X screen: real touches and keys through XTest, and who stands on top with the keyboard's focus.

By ctypes on libX11 and libXtst: what arrives passes the server and the window manager like a finger's, and nothing new
has to be installed.
"""

from __future__ import annotations

import ctypes as c
import ctypes.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.errors import KioskError

VIEWABLE, INPUT_OUTPUT, CARDINAL = 2, 1, 6


class NoXError(KioskError):
    """A program or library of X is missing. details: missing."""

    code = "bench.no_x"


class _Attributes(c.Structure):
    _fields_ = (
        *((name, c.c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", c.c_void_p),
        ("root", c.c_ulong),
        *((name, c.c_int) for name in ("c_class", "bit_gravity", "win_gravity", "backing_store")),
        *((name, c.c_ulong) for name in ("backing_planes", "backing_pixel")),
        ("save_under", c.c_int),
        ("colormap", c.c_ulong),
        *((name, c.c_int) for name in ("map_installed", "map_state")),
        *((name, c.c_long) for name in ("all_event_masks", "your_event_mask", "do_not_propagate_mask")),
        ("override_redirect", c.c_int),
        ("screen", c.c_void_p),
    )


@dataclass(frozen=True)
class Seen:
    """A window on the screen. pid: of the program that made it or a window inside it, 0 when none says."""

    window: int
    pid: int
    x: int
    y: int
    width: int
    height: int

    def fills(self, width: int, height: int) -> bool:
        return self.x <= 0 and self.y <= 0 and self.x + self.width >= width and self.y + self.height >= height


class XHands:
    """One connection to a server. Raises: NoXError without the libraries or the server."""

    def __init__(self, display: str) -> None:
        self._x, self._xtest = _library("X11"), _library("Xtst")
        self._x.XOpenDisplay.restype = c.c_void_p
        self._quiet = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p)(lambda _display, _error: 0)
        self._x.XSetErrorHandler(self._quiet)  # a window may be gone between two questions
        opened = self._x.XOpenDisplay(display.encode())
        if not opened:
            raise NoXError(missing=f"X {display}")
        self._display = c.c_void_p(opened)
        self._x.XDefaultRootWindow.restype = c.c_ulong
        self._x.XStringToKeysym.restype = c.c_ulong
        self._x.XInternAtom.restype = c.c_ulong
        self._x.XKeysymToKeycode.argtypes = (c.c_void_p, c.c_ulong)
        self._root = int(self._x.XDefaultRootWindow(self._display))
        self._pid_atom = int(self._x.XInternAtom(self._display, b"_NET_WM_PID", 0))

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    # --- hands ----------------------------------------------------------------------------------------------------

    def move(self, x: int, y: int) -> None:
        self._xtest.XTestFakeMotionEvent(self._display, -1, x, y, c.c_ulong(0))

    def press(self, button: int, down: bool) -> None:
        self._xtest.XTestFakeButtonEvent(self._display, button, int(down), c.c_ulong(0))

    def chord(self, names: Sequence[str]) -> None:
        """Keys by their X names, pressed in order and released in reverse; names that no key has are left out."""
        codes = [int(self._x.XKeysymToKeycode(self._display, self._x.XStringToKeysym(n.encode()))) for n in names]
        known = [code for code in codes if code]
        for code in known:
            self._xtest.XTestFakeKeyEvent(self._display, code, 1, c.c_ulong(0))
        for code in reversed(known):
            self._xtest.XTestFakeKeyEvent(self._display, code, 0, c.c_ulong(0))

    def sync(self) -> None:
        """Until the server has taken everything."""
        self._x.XSync(self._display, 0)

    # --- eyes -----------------------------------------------------------------------------------------------------

    def on_screen(self, width: int, height: int) -> list[Seen]:
        """Windows that can be seen, the topmost first."""
        found = []
        for window in reversed(self._children(self._root)):
            look = self._attributes(window)
            if look is None or look.map_state != VIEWABLE or look.c_class != INPUT_OUTPUT:
                continue
            if look.x < width and look.y < height and look.x + look.width > 0 and look.y + look.height > 0:
                found.append(Seen(window, self.pid_of(window), look.x, look.y, look.width, look.height))
        return found

    def focused(self) -> int:
        """The process whose window has the keyboard; 0 for none or the bare screen."""
        window, revert = c.c_ulong(), c.c_int()
        self._x.XGetInputFocus(self._display, c.byref(window), c.byref(revert))
        at = window.value
        while at > 1 and at != self._root:
            if pid := self._own_pid(at):
                return pid
            at = self._parent(at)
        return 0

    def pid_of(self, window: int) -> int:
        return next((pid for inner in self._tree(window) if (pid := self._own_pid(inner))), 0)

    def _tree(self, window: int) -> Iterator[int]:
        yield window
        for inner in self._children(window):
            yield from self._tree(inner)

    def _attributes(self, window: int) -> _Attributes | None:
        found = _Attributes()
        return found if self._x.XGetWindowAttributes(self._display, c.c_ulong(window), c.byref(found)) else None

    def _children(self, window: int) -> list[int]:
        return self._family(window)[1]

    def _parent(self, window: int) -> int:
        return self._family(window)[0]

    def _family(self, window: int) -> tuple[int, list[int]]:
        root, parent, count = c.c_ulong(), c.c_ulong(), c.c_uint()
        listed = c.POINTER(c.c_ulong)()
        asked = (c.c_ulong(window), c.byref(root), c.byref(parent), c.byref(listed), c.byref(count))
        if not self._x.XQueryTree(self._display, *asked):
            return 0, []
        found = [int(listed[n]) for n in range(count.value)]
        if listed:
            self._x.XFree(listed)
        return int(parent.value), found

    def _own_pid(self, window: int) -> int:
        kind, form, count, left = c.c_ulong(), c.c_int(), c.c_ulong(), c.c_ulong()
        value = c.POINTER(c.c_ulong)()
        said = tuple(c.byref(part) for part in (kind, form, count, left, value))
        wanted = (c.c_ulong(window), c.c_ulong(self._pid_atom), c.c_long(0), c.c_long(1), 0, c.c_ulong(CARDINAL))
        failed = self._x.XGetWindowProperty(self._display, *wanted, *said)
        pid = int(value[0]) if not failed and count.value and value else 0
        if value:
            self._x.XFree(value)
        return pid


def _library(name: str) -> c.CDLL:
    found = ctypes.util.find_library(name)
    if found is None:
        raise NoXError(missing=f"lib{name}")
    return c.CDLL(found)
