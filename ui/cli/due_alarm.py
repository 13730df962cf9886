"""`motcua due alarm`: dossiers whose term ends within one working day or has ended, and what else must not wait."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.services.alarms import KIND_WORDS, TO_DO, Alarm, AlarmKind, alarms, counts
from ui.app import open_office
from ui.cli.console import frame, show


def alarm(
    officer: Annotated[str, typer.Option("--officer", help="Chỉ hồ sơ do cán bộ này tiếp nhận.")] = "",
) -> None:
    """Hồ sơ còn không quá một ngày làm việc hoặc đã quá hạn, theo cán bộ; ý kiến trễ, kết quả chưa báo."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            found = alarms(look, office.desk, office_now(), officer)
        names = office.config.officers
    told = counts(found)
    data = {
        "counts": {kind.value: told.get(kind, 0) for kind in AlarmKind},
        "alarms": [
            {
                "kind": a.kind.value,
                "dossier": a.key,
                "procedure": a.procedure,
                "officer": a.officer,
                "at": a.at.astimezone(OFFICE_ZONE).isoformat(),
                "words": a.words,
                "what": a.what,
            }
            for a in found
        ],
    }
    show(data, _text(found, names) or "Không có hồ sơ nào sắp hết hạn, quá hạn hay chờ báo.")


def _text(found: list[Alarm], names: dict[str, str]) -> str:
    lines = []
    for officer, mine in groupby(sorted(found, key=lambda a: a.officer), key=lambda a: a.officer):
        lines.append(names.get(officer, officer) or "Chưa rõ cán bộ")
        for kind, some in groupby(mine, key=lambda a: a.kind):
            lines.append(f"  {KIND_WORDS[kind]}. {TO_DO[kind]}")
            lines += [f"    {line_of(a)}" for a in some]
    return "\n".join(lines)


def line_of(one: Alarm) -> str:
    """One alarm on a line: the dossier, what is the matter with it."""
    parts = [one.key, one.procedure, *([one.what] if one.what else []), one.words]
    return " · ".join(parts)
