"""`motcua fee`: what a procedure costs, line by line, and from which text."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.clock import business_day, office_now
from kiosk.domain.fees import CHANNEL_WORDS, FeeAnswer, Quantity, Relief, reasons, work_out
from kiosk.domain.procedure import Channel, Procedure
from kiosk.errors import NotFoundError
from ui.app import open_office
from ui.cli.console import UsageError, frame, show
from ui.cli.money_words import Copies, Pages, People, ReliefCode, lines_of
from ui.cli.report import day_of
from ui.words import dong

CHANNELS = {"counter": Channel.COUNTER, "online": Channel.ONLINE, "post": Channel.POST}


def register(app: typer.Typer) -> None:
    app.command("fee")(fee)


def fee(
    procedure: Annotated[str, typer.Argument(help="Mã thủ tục, ví dụ 2.000815.")],
    channel: Annotated[str, typer.Option("--channel", help="counter (trực tiếp), online, post.")] = "counter",
    case: Annotated[str, typer.Option("--case", help="Trường hợp, như danh mục ghi.")] = "",
    copies: Copies = 1,
    pages: Pages = None,
    people: People = 1,
    relief: ReliefCode = "",
    day: Annotated[str, typer.Option("--date", help="Ngày tính, dạng 2026-11-23; mặc định hôm nay.")] = "",
) -> None:
    """Phí, lệ phí của một thủ tục: từng khoản, cách tính, căn cứ; chưa rõ thì nói cần hỏi gì."""
    if channel not in CHANNELS:
        raise UsageError(problem=f"--channel chỉ nhận {', '.join(CHANNELS)}")
    on = day_of("--date", day, business_day(office_now()))
    with open_office(frame.data) as office:
        with office.reads() as look:
            found = look.procedures.current(procedure.strip(), on)
        if found is None:
            raise NotFoundError(what="thủ tục", key=procedure)
        if case and case not in found.cases(CHANNELS[channel]):
            known = "; ".join(found.cases(CHANNELS[channel])) or "không có"
            raise UsageError(problem=f"--case “{case}” không có; các trường hợp: {known}")
        quantity = Quantity(copies, pages, people)
        answer = work_out(found, office.tariff, CHANNELS[channel], on, case=case, quantity=quantity, relief=relief)
    data = {
        "procedure": found.code,
        "name": found.name,
        "channel": channel,
        "case": case,
        "day": on.isoformat(),
        "total": answer.total,
        "asks": list(answer.asks),
        "lines": lines_of(answer.lines),
        "reasons": list(reasons(answer)),
        "relief": answer.relief.code if answer.relief else "",
        "reliefs": [_relief(one) for one in answer.reliefs],
    }
    show(data, _text(found, CHANNELS[channel], answer))


def _text(found: Procedure, channel: Channel, answer: FeeAnswer) -> str:
    lines = [f"{found.code} {found.name} · {CHANNEL_WORDS[channel]}", *(f"  {words}" for words in reasons(answer))]
    if answer.relief is not None:
        lines.append(f"  Diện {answer.relief.words}: cần {answer.relief.proof}")
    if answer.asks:
        lines.append(f"Chưa tính được: cần {', '.join(answer.asks)}")
    else:
        lines.append(f"Phải thu: {dong(answer.total)}")
    if answer.reliefs and answer.relief is None:
        lines.append("Diện miễn, giảm: " + "; ".join(f"{r.words} (--relief {r.code})" for r in answer.reliefs))
    return "\n".join(lines)


def _relief(relief: Relief) -> dict[str, object]:
    return {
        "code": relief.code,
        "words": relief.words,
        "percent": relief.percent,
        "proof": relief.proof,
        "basis": relief.basis,
    }
