"""`motcua dossier life`: the table of a dossier's life as the program has it; docs/life.md holds the same text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from kiosk.domain.life import ACT_WORDS, NEED_WORDS, ROLE_WORDS, TABLE, DossierState, Move, Role
from kiosk.domain.slip import SlipKind
from kiosk.domain.tracks import HAND_OVER, HAND_OVER_WORDS, MONEY, MONEY_WORDS, STEP_WORDS, Step
from ui.cli.console import show
from ui.words import DOSSIER_STATES

PAPERS = {
    SlipKind.RECEIPT: "01 Giấy tiếp nhận",
    SlipKind.SUPPLEMENT: "02 Phiếu bổ sung",
    SlipKind.REFUSAL: "03 Phiếu từ chối",
    SlipKind.STOP: "05 Thông báo dừng",
    SlipKind.CONTROL: "06 Phiếu kiểm soát",
}
STEP_HEAD = "| Việc | Từ | Đến | Ai làm | Cần có | Căn cứ |\n| --- | --- | --- | --- | --- | --- |"
EXCHANGE = (
    ("tại xã", "chưa tiếp nhận, hoặc bí mật nhà nước: không gửi"),
    ("chờ gửi", "còn tin của hồ sơ trong hàng chờ"),
    ("đã gửi", "tỉnh đã nhận hết"),
    ("bị từ chối", "tỉnh từ chối một tin; cán bộ sửa rồi gửi lại"),
)
HEAD = "| Việc | Từ | Đến | Ai làm | Cần có | Giấy tờ | Căn cứ |\n| --- | --- | --- | --- | --- | --- | --- |"


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    app.command("life")(life_command)


def life_command() -> None:
    """Bảng vòng đời hồ sơ: việc nào được làm ở trạng thái nào, ai làm, cần gì, ra giấy gì."""
    tracks = {"money": [_step(step) for step in MONEY], "hand_over": [_step(step) for step in HAND_OVER]}
    show({"moves": [_row(move) for move in TABLE], **tracks}, drawn())


def drawn() -> str:
    """The tables and the drawing, in Markdown."""
    life = ["## Giải quyết", "", HEAD, *map(_line, TABLE), "", "```mermaid", *_diagram(), "```"]
    money = ["", "## Tiền", "", STEP_HEAD, *(_step_line(step, MONEY_WORDS) for step in MONEY)]
    hand_over = ["", "## Trả kết quả", "", STEP_HEAD, *(_step_line(step, HAND_OVER_WORDS) for step in HAND_OVER)]
    exchange = ["", "## Đường lên tỉnh", "", "| Trạng thái | Khi nào |", "| --- | --- |"]
    return "\n".join([*life, *money, *hand_over, *exchange, *(f"| {name} | {when} |" for name, when in EXCHANGE)])


def _line(move: Move) -> str:
    needs = _listed([NEED_WORDS[need] for need in sorted(move.needs)])
    paper = PAPERS[move.paper] if move.paper else "–"
    cells = [ACT_WORDS[move.act], _states(move), DOSSIER_STATES[move.target], _roles(move.by), needs, paper]
    return f"| {' | '.join(cells)} | [{move.source}](legal.md#{move.source}) |"


def _roles(by: frozenset[Role]) -> str:
    return _listed([ROLE_WORDS[role] for role in Role if role in by])


def _step_line(step: Step[Any, Any], names: Mapping[Any, str]) -> str:
    sources = _listed([words for state, words in names.items() if state in step.sources])
    roles = _roles(step.by) if step.by else "cùng việc giải quyết"
    cells = [STEP_WORDS[step.act], sources, names[step.target], roles, step.need or "–"]
    return f"| {' | '.join(cells)} | [{step.source}](legal.md#{step.source}) |"


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


def _step(step: Step[Any, Any]) -> dict[str, Any]:
    return {
        "act": step.act.value,
        "from": sorted(state.value for state in step.sources),
        "to": step.target.value,
        "by": sorted(step.by),
        "needs": step.need,
        "source": step.source,
    }


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
