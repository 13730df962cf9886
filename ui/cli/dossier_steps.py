"""`motcua dossier step/solve`: the steps of a linked procedure, and what is solved while the citizen stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.services import linked
from kiosk.services.on_the_spot import register_line, solve_on_the_spot
from ui.app import OpenedOffice, open_office
from ui.cli.console import UsageError, frame, show
from ui.linked_words import step_words
from ui.words import DOSSIER_STATES, due_line

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    app.command("step")(step)
    app.command("solve")(solve)


def step(
    code: Code,
    name: Annotated[str, typer.Argument(help="Mã bước, như ở dossier show.")],
    begin: Annotated[bool, typer.Option("--start", help="Đã giao cho cơ quan của bước này.")] = False,
    result: Annotated[str, typer.Option("--result", help="Số kết quả của bước.")] = "",
    refuse: Annotated[str, typer.Option("--refuse", help="Lý do cơ quan của bước từ chối.")] = "",
) -> None:
    """Một bước của thủ tục liên thông: giao, có kết quả, hoặc bị từ chối; bước cuối xong thì cả hồ sơ có kết quả."""
    if sum(map(bool, (begin, result, refuse))) != 1:
        raise UsageError(problem="chọn đúng một trong --start, --result, --refuse")
    now = office_now()
    with open_office(frame.data) as office:
        with office.reads() as look:
            key = look.dossiers.get(code).key
        units, actor = office.units(), office.actor
        if begin:
            dossier = linked.start_step(units, office.desk, key, name, actor=actor, now=now)
        elif result:
            dossier = linked.note_step_result(units, key, name, result, actor=actor, now=now)
        else:
            dossier = linked.refuse_step(units, key, name, refuse, actor=actor, now=now)
    data = {"key": dossier.key, "state": dossier.state.value, "steps": steps_json(dossier)}
    head = f"{dossier.key} · {dossier.procedure_name} · {DOSSIER_STATES[dossier.state]}"
    show(data, "\n".join([head, due_line(dossier), *steps_lines(dossier)]))


def solve(
    file: Annotated[Path, typer.Argument(help="Tệp JSON mô tả hồ sơ.")],
    number: Annotated[str, typer.Option("--number", help="Số kết quả; bỏ qua thì lấy số trong sổ.")] = "",
    to: Annotated[str, typer.Option("--to", help="Người nhận; bỏ qua là người đến nộp.")] = "",
) -> None:
    """Giải quyết ngay: ghi sổ, có kết quả và trả luôn trong một lần; không cần giấy hẹn."""
    from ui.cli.file_intake import file_intake

    with open_office(frame.data) as office:
        intake, actor = file_intake(office, file), office.at_counter(office.config.station.counter)
        outcome = solve_on_the_spot(office.units(), office.desk, intake, number, to, actor=actor, now=office_now())
        _show_solved(office, outcome.dossier)


def _show_solved(office: OpenedOffice, dossier: Dossier) -> None:
    with office.reads() as look:
        line = register_line(look, dossier)
    result = dossier.result.number if dossier.result else ""
    data = {
        "key": dossier.key,
        "state": dossier.state.value,
        "result": result,
        "returned_to": dossier.returned_to,
        "register": {"year": line.year, "number": line.number},
    }
    words = f"{dossier.key} · {dossier.procedure_name} · đã trả {dossier.returned_to}, kết quả số {result}"
    show(data, f"{words}\nSổ theo dõi hồ sơ năm {line.year}, số thứ tự {line.number:02d}")


def steps_json(dossier: Dossier) -> list[dict[str, Any]]:
    """The steps of a linked procedure as every command tells them with --json."""
    return [
        {
            "code": r.step.code,
            "name": r.step.name,
            "agency": r.step.agency,
            "here": r.step.here,
            "state": r.state.value,
            "started_at": r.started_at.isoformat() if r.started_at else None,
            "due_at": r.due_at.isoformat() if r.due_at else None,
            "number": r.number,
            "reason": r.reason,
        }
        for r in dossier.steps
    ]


def steps_lines(dossier: Dossier) -> list[str]:
    """A line a step, for people."""
    return [f"  {r.step.code:<14} {r.step.name} · {r.step.agency} · {step_words(r)}" for r in dossier.steps]
