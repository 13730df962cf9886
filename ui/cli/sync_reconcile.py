"""`motcua sync reconcile`: ask the province what it has of our dossiers, and send what is missing again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.life import CLOSED_STATES
from ui.cli.console import frame, show

if TYPE_CHECKING:
    from sync.reconcile import Gap, Reconciled
    from sync.routes import Routes
    from ui.app import OpenedOffice

NEWEST = 5_000


def register(sync_app: typer.Typer) -> None:
    sync_app.command("reconcile")(reconcile)


def reconcile(
    dossiers: Annotated[list[str] | None, typer.Option("--dossier", help="Chỉ hồ sơ này; có thể lặp lại.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả hồ sơ đã đóng.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help="Gửi lại những gì tỉnh thiếu.")] = False,
    newest: Annotated[int, typer.Option("--newest", min=1, help="Chỉ xét bấy nhiêu hồ sơ mới nhất.")] = NEWEST,
) -> None:
    """Đối soát: hỏi tỉnh đang có gì của những hồ sơ đã gửi; thiếu gì thì báo, với --repair thì gửi lại."""
    from sync.routes import routes_of
    from ui.app import open_office

    with open_office(frame.data) as office:
        routes = routes_of(office.config.provinces, office.facts.agency_code)
        with office.reads() as look:
            known = [look.dossiers.get(key) for key in dossiers] if dossiers else look.dossiers.recent(newest)
        wanted = [d for d in known if everything or dossiers or d.state not in CLOSED_STATES]
        of_line = {line.name: [d.key for d in wanted if routes.takes(line, d.procedure_code)] for line in routes.lines}
        found = {name: _asked(office, routes, name, keys, repair=repair) for name, keys in of_line.items() if keys}
    gaps = sum(len(r.gaps) for r in found.values())
    lines = [line for name, one in found.items() for line in _lines(name, one, repair=repair)]
    show({"ok": not gaps, "connections": {n: asdict(r) for n, r in found.items()}}, "\n".join(lines or [NOTHING]))
    if gaps and not repair:
        raise typer.Exit(1)


NOTHING = "Không có hồ sơ nào đã gửi qua đường truyền để đối soát."


def _asked(office: OpenedOffice, routes: Routes, name: str, keys: list[str], *, repair: bool) -> Reconciled:
    from sync.clients import client_of
    from sync.reconcile import Reconciliation

    line = next(one for one in routes.lines if one.name == name)
    client = client_of(line)
    try:
        asking = Reconciliation(office.units, line, client, office.facts.name, office.actor, office_now)
        return asking.run(keys, repair=repair)
    finally:
        client.close()


def _lines(name: str, found: Reconciled, *, repair: bool) -> list[str]:
    done = "đã xếp hàng gửi lại" if repair else "chạy lại với --repair để gửi lại"
    head = f"{name}: đã hỏi {found.asked} hồ sơ, chưa xét {found.skipped} (còn chờ gửi hoặc tỉnh chưa nhận)."
    if not found.gaps:
        return [f"{head} Tỉnh có đủ." if found.asked else head]
    return [f"{head} Thiếu ở {len(found.gaps)} hồ sơ, {done}:", *(f"  {_gap(gap)}" for gap in found.gaps)]


def _gap(gap: Gap) -> str:
    what = ["cả hồ sơ"] if gap.lost else []
    what += [f"{len(gap.steps)} bước xử lý"] if gap.steps else []
    what += [f"{len(gap.files)} tệp"] if gap.files else []
    what += ["bản hồ sơ mới nhất"] if gap.is_old else []
    return f"{gap.key}: {', '.join(what)}"
