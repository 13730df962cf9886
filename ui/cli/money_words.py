"""What the commands on fees and money share: options, and what is told of a payment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.fees import FeeLine
from kiosk.domain.money import METHOD_WORDS, MOVE_WORDS, MoneyReceipt, Move, PayMethod
from kiosk.domain.tracks import MONEY_WORDS
from kiosk.services.money import Taken
from ui.cli.console import UsageError, show
from ui.words import dong

Copies = Annotated[int, typer.Option("--copies", help="Số bản.")]
Pages = Annotated[int | None, typer.Option("--pages", help="Số trang của một bản.")]
People = Annotated[int, typer.Option("--people", help="Số người.")]
ReliefCode = Annotated[str, typer.Option("--relief", help="Mã diện miễn, giảm.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Tệp nhận kết quả.")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do.")]
Method = Annotated[str, typer.Option("--method", help="cash (tiền mặt), vietqr, online.")]


def method_of(word: str) -> PayMethod:
    """Raises: UsageError."""
    if word not in tuple(PayMethod):
        raise UsageError(problem=f"--method chỉ nhận {', '.join(PayMethod)}")
    return PayMethod(word)


def lines_of(lines: Sequence[FeeLine]) -> list[dict[str, Any]]:
    return [{"name": x.name, "kind": x.kind.value, "amount": x.amount, "how": x.how, "basis": x.basis} for x in lines]


def move_row(move: Move, receipt: MoneyReceipt | None) -> dict[str, Any]:
    return {
        "key": move.key,
        "at": move.at.astimezone(OFFICE_ZONE).isoformat(),
        "kind": move.kind.value,
        "method": move.method.value,
        "amount": move.amount,
        "dossier": move.dossier_key,
        "procedure": move.procedure_code,
        "officer": move.officer,
        "receipt": receipt.name if receipt else move.external,
        "reference": move.reference,
        "reverses": move.reverses,
        "reason": move.reason,
        "lines": lines_of(move.lines),
    }


def show_taken(taken: Taken) -> None:
    move, dossier = taken.move, taken.dossier
    paper = taken.receipt.name if taken.receipt else move.external
    data = move_row(move, taken.receipt) | {"money": dossier.money.value, "fee": dossier.fee}
    done = f"Đã {MOVE_WORDS[move.kind]} {dong(abs(move.amount))} ({METHOD_WORDS[move.method]})"
    show(data, f"{done} · biên lai {paper} · hồ sơ {dossier.key}: {MONEY_WORDS[dossier.money]}")


def check_suffix(out: Path | None, known: tuple[str, ...]) -> None:
    from printing.errors import UnknownFileKindError

    if out is not None and out.suffix.lower() not in known:
        raise UnknownFileKindError(file=out.name, known=", ".join(known))


def write_out(out: Path, content: bytes) -> None:
    from printing.devices.folder import write_whole

    write_whole(out, content)
