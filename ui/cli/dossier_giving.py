"""`motcua dossier ready/notice/hold/give-back`: results that wait, word to the citizen, originals in custody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.notice import result_notice
from kiosk.domain.original import Original, in_custody
from kiosk.services import originals
from kiosk.services.notices import print_notice
from ui.app import OpenedOffice, open_office
from ui.cli.console import frame, show
from ui.words import vietnamese_time

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]
Papers = Annotated[list[str] | None, typer.Option("--paper", help="Mã thành phần; bỏ qua là tất cả.")]
LISTED = 500


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    for name, command in (("ready", ready), ("notice", notice), ("hold", hold), ("give-back", give_back)):
        app.command(name)(command)


def ready(
    untold: Annotated[bool, typer.Option("--untold", help="Chỉ kết quả mà người dân chưa được báo.")] = False,
) -> None:
    """Kết quả đang chờ trả: từ lúc nào, đã báo người dân chưa; kèm lời báo để gửi."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            found = [d for d in look.dossiers.ready(LISTED) if not untold or d.notified_at is None]
        rows = [_ready_row(office, dossier) for dossier in found]
    lines = [
        f"{r['key']} · {r['owner']} · số {r['result']} · chờ từ {r['since']} · {r['told'] or 'chưa báo'}" for r in rows
    ]
    show({"ready": rows}, "\n".join(lines) or "Không có kết quả nào đang chờ trả.")


def notice(code: Code, to_printer: Annotated[bool, typer.Option("--print", help="In giấy báo (A5).")] = False) -> None:
    """Lời báo cho người dân là đã có kết quả; báo xong thì ghi bằng `motcua dossier notify`."""
    with open_office(frame.data) as office:
        dossier = _dossier(office, code)
        if to_printer:
            at = office.desk.paper_at
            print_notice(office.units(), dossier.key, at, actor=office.actor, now=office_now())
        text = result_notice(dossier, office.facts)
    show({"key": dossier.key, "phone": (dossier.submitter or dossier.owner).phone, "text": text}, text)


def hold(code: Code, paper: Papers = None) -> None:
    """Giữ bản chính để đối chiếu; ghi vào nhật ký đến khi trả lại."""
    _move(code, paper, originals.hold, "Đang giữ bản chính")


def give_back(code: Code, paper: Papers = None) -> None:
    """Trả bản chính cho người dân; mỗi giấy tờ một dòng trong nhật ký."""
    _move(code, paper, originals.give_back, "Đã trả bản chính")


def _move(code: str, paper: list[str] | None, act: Callable[..., list[Original]], words: str) -> None:
    with open_office(frame.data) as office:
        dossier = _dossier(office, code)
        codes = paper or [p.component.code for p in dossier.papers]
        moved = act(office.units(), dossier.key, codes, actor=office.actor, now=office_now())
        with office.reads() as look:
            here = in_custody(dossier, look.events.of(dossier.key))
    data = {"key": dossier.key, "moved": [o.component for o in moved], "in_custody": [o.component for o in here]}
    show(data, f"{words}: {'; '.join(original.name for original in moved)}")


def _dossier(office: OpenedOffice, code: str) -> Dossier:
    with office.reads() as look:
        return look.dossiers.get(code)


def _ready_row(office: OpenedOffice, dossier: Dossier) -> dict[str, Any]:
    result, told = dossier.result, dossier.notified_at
    return {
        "key": dossier.key,
        "owner": dossier.owner.full_name,
        "procedure": dossier.procedure_name,
        "result": result.number if result else "",
        "since": vietnamese_time(result.at) if result else "",
        "copy": bool(result and result.file_id),
        "told": f"{dossier.notified_by}, {vietnamese_time(told)}" if told else "",
        "notice": result_notice(dossier, office.facts),
    }
