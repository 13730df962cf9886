"""`motcua dossier life`: the table of a dossier's life as the program has it; docs/life.md holds the same text."""

from __future__ import annotations

from typing import Any

import typer

from kiosk.domain.life import ACT_WORDS, NEED_WORDS, ROLE_WORDS, TABLE, DossierState, Move
from kiosk.domain.slip import SlipKind
from ui.cli.console import show
from ui.words import DOSSIER_STATES

PAPERS = {
    SlipKind.RECEIPT: "01 Giấy tiếp nhận",
    SlipKind.SUPPLEMENT: "02 Phiếu bổ sung",
    SlipKind.REFUSAL: "03 Phiếu từ chối",
}
HEAD = "| Việc | Từ | Đến | Ai làm | Cần có | Giấy tờ | Căn cứ |\n| --- | --- | --- | --- | --- | --- | --- |"


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    app.command("life")(life_command)


def life_command() -> None:
    """Bảng vòng đời hồ sơ: việc nào được làm ở trạng thái nào, ai làm, cần gì, ra giấy gì."""
    show({"moves": [_row(move) for move in TABLE]}, drawn())


def drawn() -> str:
    """The table and the drawing, in Markdown."""
    return "\n".join([HEAD, *map(_line, TABLE), "", "```mermaid", *_diagram(), "```"])


def _line(move: Move) -> str:
    roles = _listed([ROLE_WORDS[role] for role in sorted(move.by)])
    needs = _listed([NEED_WORDS[need] for need in sorted(move.needs)])
    paper = PAPERS[move.paper] if move.paper else "–"
    cells = [ACT_WORDS[move.act], _states(move), DOSSIER_STATES[move.target], roles, needs, paper]
    return f"| {' | '.join(cells)} | [{move.source}](legal.md#{move.source}) |"


def _states(move: Move) -> str:
    return _listed([DOSSIER_STATES[state] for state in DossierState if state in move.sources])


def _listed(words: list[str]) -> str:
    return ", ".join(words) or "–"


def _diagram() -> list[str]:
    """Arrows between states, the acts of each arrow together."""
    arrows: dict[tuple[DossierState, DossierState], list[str]] = {}
    for move in TABLE:
        for state in DossierState:
            if state in move.sources and state is not move.target:
                arrows.setdefault((state, move.target), []).append(ACT_WORDS[move.act])
    names = [f"    {state.value}: {DOSSIER_STATES[state]}" for state in DossierState]
    lines = [f"    {start.value} --> {end.value}: {', '.join(acts)}" for (start, end), acts in arrows.items()]
    return ["stateDiagram-v2", *names, "    [*] --> draft", *lines]


def _row(move: Move) -> dict[str, Any]:
    return {
        "act": move.act.value,
        "from": [state.value for state in DossierState if state in move.sources],
        "to": move.target.value,
        "by": sorted(move.by),
        "needs": sorted(move.needs),
        "paper": move.paper.value if move.paper else None,
        "event": move.event,
        "source": move.source,
    }
