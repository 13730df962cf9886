"""What `motcua bench sync` asks of each of its parts, and what a part answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Wanted:
    """One measurement. dossiers, offices, runs, kills: 0 for the part's own usual size; seconds: how long, likewise."""

    seed: int = 1
    dossiers: int = 0
    offices: int = 0
    runs: int = 0
    kills: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Measured:
    """ok: what was promised was kept. figures: for --json; text: the same for a person, Vietnamese."""

    ok: bool
    figures: Mapping[str, Any]
    text: str


class Part(Protocol):
    """A module of the bench: everything heavy is imported inside `measure`."""

    def measure(self, wanted: Wanted) -> Measured: ...
