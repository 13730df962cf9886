"""The registry of what can be done to an open dossier: for each act whether it may be done now, what it asks, what it
does. No Qt.

To add an act: a letter and its words in `ui.desk.actions.DOSSIER_KEYS`, and a `PanelAct` of the same id in a tuple of
this registry (`ui.desk.dossier_life_acts` and `ui.desk.dossier_giving` are two of them). The panel, its form, the
refusals in words and the shortcut sheet follow from that. To add what is shown: `ui.desk.dossier_sections`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain import life
from kiosk.domain.life import IllegalDossierActError, Move
from kiosk.errors import KioskError
from ui.desk.actions import DOSSIER_KEYS
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_model import Ask, Offer
from ui.tasks import problem_of
from ui.words import DOSSIER_STATES

Given = Mapping[str, str]


def nothing_asked(_at: At, _case: Case) -> tuple[Ask, ...]:
    return ()


def nothing_told(_at: At, _case: Case) -> str:
    return ""


@dataclass(frozen=True)
class PanelAct:
    """id: as in `DOSSIER_KEYS`. check: raises the KioskError that forbids it now; do: one service, returns what to tell
    the officer; asks: fields of its form, () to do it at once; told: a text that the form shows."""

    id: str
    check: Callable[[At, Case], None]
    do: Callable[[At, Case, Given], str]
    asks: Callable[[At, Case], tuple[Ask, ...]] = nothing_asked
    told: Callable[[At, Case], str] = nothing_told


def by_table(move: Move) -> Callable[[At, Case], None]:
    """The check of an act that is a row of the dossier's life."""

    def check(at: At, case: Case) -> None:
        life.check_role(move, at.actor.roles)
        life.check_state(move, case.dossier.state)

    return check


def offers_of(acts: Sequence[PanelAct], at: At, case: Case) -> tuple[Offer, ...]:
    """In the order of the keys; an act without a key is none."""
    known = {act.id: act for act in acts}
    return tuple(
        Offer(name, key, words, why_not(known[name], at, case)) for key, name, words in DOSSIER_KEYS if name in known
    )


def why_not(act: PanelAct, at: At, case: Case) -> str:
    """ "" when it may be done."""
    try:
        act.check(at, case)
    except IllegalDossierActError as error:
        return _out_of_turn(str(error.details.get("act", "")), case)
    except KioskError as error:
        problem = problem_of(error)
        return f"{problem.message} {problem.fix}".strip()
    return ""


def _out_of_turn(act: str, case: Case) -> str:
    move = next((move for move in life.TABLE if move.act.value == act), None)
    state = DOSSIER_STATES[case.dossier.state]
    if move is None:
        return f"Hồ sơ {state}."
    sources = ", ".join(DOSSIER_STATES[known] for known in life.DossierState if known in move.sources)
    return f"Hồ sơ {state}. Việc này chỉ làm khi hồ sơ: {sources}."
