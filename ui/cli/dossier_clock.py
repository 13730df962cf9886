"""`motcua dossier pause/resume/extend/competent`: what changes a return date after reception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import Due
from kiosk.domain.due_words import due_reason
from kiosk.services import term_clock
from ui.app import OpenedOffice, open_office
from ui.cli.console import frame, show
from ui.cli.due import due_json, received_at, term_of_words
from ui.words import due_line

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]
Changed = tuple[Dossier, Due | None]


def register(app: typer.Typer) -> None:
    """On the group of the dossier's commands."""
    app.command("pause")(pause)
    app.command("resume")(resume)
    app.command("extend")(extend)
    app.command("apologise", hidden=True)(extend)  # one act: no new date without its letter, no letter without a date
    app.command("competent")(competent)


def pause(
    code: Code,
    evidence: Annotated[str, typer.Option("--evidence", help="Số thông báo nộp tiền.")] = "",
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="Nộp nơi khác: kho bạc, cơ quan thuế.")] = False,
) -> None:
    """Chờ người dân nộp tiền; theo cài đặt của cơ quan, thời hạn tạm dừng. Nộp tại đây: thu đủ thì hồ sơ tự trở lại."""
    _act(
        code,
        lambda office, key: term_clock.demand_payment(
            office.units(), office.desk, key, evidence, actor=office.actor, now=office_now(), elsewhere=elsewhere
        ),
    )


def resume(
    code: Code, paper: Annotated[str, typer.Option("--paper", help="Số chứng từ nộp tiền ở nơi khác.")] = ""
) -> None:
    """Người dân đã nộp tiền ở nơi khác: thời hạn tính tiếp, có ngày hẹn mới."""
    _act(
        code,
        lambda office, key: term_clock.note_payment(
            office.units(), office.desk, key, actor=office.actor, now=office_now(), paper=paper
        ),
    )


def extend(
    code: Code,
    by: Annotated[str, typer.Option("--by", help='Thêm bao lâu, ví dụ "5 ngày làm việc".')] = "",
    reason: Annotated[str, typer.Option("--reason", help="Lý do, bắt buộc.")] = "",
) -> None:
    """Hẹn lại một lần; lập và in văn bản xin lỗi, đề nghị gia hạn (mẫu 04)."""
    term = term_of_words(by)
    _act(
        code,
        lambda office, key: term_clock.extend(
            office.units(), office.desk, key, term, reason, actor=office.actor, now=office_now()
        ),
    )


def competent(code: Code, at: Annotated[str, typer.Option("--at", help="Lúc nhận; bỏ qua là bây giờ.")] = "") -> None:
    """Phi địa giới: cơ quan có thẩm quyền đã nhận hồ sơ, thời hạn tính từ lúc đó."""
    _act(
        code,
        lambda office, key: term_clock.received_elsewhere(
            office.units(),
            office.desk,
            key,
            received_at(at) if at else office_now(),
            actor=office.actor,
            now=office_now(),
        ),
    )


def _act(code: str, act: Callable[[OpenedOffice, str], Changed]) -> None:
    with open_office(frame.data) as office:
        with office.reads() as look:
            key = look.dossiers.get(code).key
        dossier, counted = act(office, key)
    due_at, printed = dossier.due_at, dossier.original_due_at
    data = {
        "key": dossier.key,
        "due_at": due_at.isoformat() if due_at else None,
        "printed_due_at": printed.isoformat() if printed else None,
        "clock_stands": dossier.clock.stands,
        "due": due_json(counted) if counted else None,
    }
    lines = [f"{dossier.key} · {dossier.procedure_name}", due_line(dossier) or "Chưa rõ thời hạn giải quyết"]
    if counted is not None:
        lines.append(f"Lý do: {due_reason(counted)}.")
    show(data, "\n".join(lines))
