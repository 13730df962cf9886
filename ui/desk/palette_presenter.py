"""The palette: every act of the desk, every procedure and the last dossiers, found by a few letters. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kiosk.domain.procedure import Procedure
from kiosk.text import fold
from ui.desk.actions import Action
from ui.desk.model import Recent
from ui.desk.search import find_procedures

SHOWN = 9
NOT_HERE = frozenset({"palette", "back"})  # would close what they are chosen from


class Kind(Enum):
    ACT = "Lệnh"
    PROCEDURE = "Thủ tục"
    DOSSIER = "Hồ sơ"


@dataclass(frozen=True)
class Found:
    """One line. id: of the act, code of the procedure, key of the dossier; beside: the key cap, or the code."""

    kind: Kind
    id: str
    words: str
    beside: str = ""


class PaletteView(Protocol):
    def show_found(self, found: Sequence[Found]) -> None: ...


@dataclass(frozen=True)
class Targets:
    """What choosing a line does."""

    act: Callable[[str], None]
    procedure: Callable[[str], None]
    dossier: Callable[[str], None]


class PalettePresenter:
    """procedures, recent: what is known on this desk now."""

    def __init__(
        self,
        view: PaletteView,
        acts: Sequence[Action],
        procedures: Callable[[], Sequence[Procedure]],
        recent: Callable[[], Sequence[Recent]],
        targets: Targets,
    ) -> None:
        self._view, self._acts, self._targets = view, [a for a in acts if a.id not in NOT_HERE], targets
        self._procedures, self._recent = procedures, recent

    def on_text(self, text: str) -> None:
        """Best first: acts, then procedures, then dossiers; with nothing typed, all acts in the sheet's order."""
        found = self._acts_for(text)
        if fold(text):
            found += [
                Found(Kind.PROCEDURE, p.code, p.name, p.mnemonic or p.code)
                for p in find_procedures(self._procedures(), text, limit=SHOWN)
            ]
            found += self._dossiers_for(text)
        self._view.show_found(found)

    def on_chosen(self, found: Found) -> None:
        does = {
            Kind.ACT: self._targets.act,
            Kind.PROCEDURE: self._targets.procedure,
            Kind.DOSSIER: self._targets.dossier,
        }
        does[found.kind](found.id)

    def _acts_for(self, text: str) -> list[Found]:
        ranked = [(fit, a) for a in self._acts if (fit := fits(text, f"{a.words} {a.cap}")) is not None]
        ranked.sort(key=lambda one: one[0])
        return [Found(Kind.ACT, a.id, a.words, a.cap if a.key else "") for _fit, a in ranked]

    def _dossiers_for(self, text: str) -> list[Found]:
        return [
            Found(Kind.DOSSIER, r.key, f"{r.applicant} · {r.procedure}", r.key)
            for r in self._recent()
            if fits(text, f"{r.applicant} {r.procedure} {r.key} {r.code}") is not None
        ]


def fits(text: str, words: str) -> int | None:
    """How well letters without marks fit: 0 from the start, 1 somewhere together, 2 beginnings of words in any order;
    None when they do not."""
    wanted, there = fold(text), fold(words)
    if there.startswith(wanted):
        return 0
    if wanted in there:
        return 1
    parts = there.split()
    return 2 if all(any(part.startswith(piece) for part in parts) for piece in wanted.split()) else None
