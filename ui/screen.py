"""Whether this machine has a screen to open a window on. No Qt: asked before Qt, which would end the process."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from kiosk.errors import KioskError


class NoScreenError(KioskError):
    """No window can be opened here: no screen, or none that this login may use."""

    code = "window.no_screen"


def has_screen(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be opened: a display server, or a way of drawing that was chosen on purpose."""
    return platform != "linux" or any(environment.get(k) for k in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
