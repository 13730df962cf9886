"""What every printer promises, whatever machine it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from printing.paper import Paper


class Health(StrEnum):
    """What a printer says of itself when nothing stops it. UNKNOWN: it answers no questions, but may well print."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    UNKNOWN = "unknown"


class Printer(Protocol):
    @property
    def name(self) -> str:
        """For the officer: which device to look at."""

    def check(self) -> Health:
        """Raises: DeviceError naming what somebody must attend to."""

    def print(self, paper: Paper) -> str:
        """Block until the paper is out, as far as this device can tell; returns where it went (device or file).

        Raises: DeviceError and its kinds, never a library's own error. After one the paper may be out or half out;
        nothing was promised. WrongPaperKindError, before anything is sent, for a paper that it cannot take.
        """
