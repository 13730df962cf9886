"""`motcua sync pull`: lists of the province, put before a person; nothing changes by being fetched."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.domain.proposal import Proposal, ProposalKind
from kiosk.errors import NotFoundError
from kiosk.services import proposals
from kiosk.text import fold
from ui.cli.console import UsageError, frame, show, tell
from ui.manager.words import CHANGE_NAMES, PROPOSAL_NAMES

if TYPE_CHECKING:
    from sync.connection import Connection
    from ui.app import OpenedOffice

WHAT = tuple(kind.value for kind in ProposalKind)
SHOWN = 40


def register(sync_app: typer.Typer) -> None:
    sync_app.command("pull")(pull_lists)


def pull_lists(
    what: Annotated[
        list[str] | None, typer.Option("--what", help="procedures, calendar, statuses; bỏ trống: cả ba.")
    ] = None,
    connection: Annotated[str, typer.Option("--connection", help="Tên kết nối; bỏ trống: kết nối đầu.")] = "",
) -> None:
    """Lấy danh mục thủ tục, lịch nghỉ, trạng thái của tỉnh thành đề xuất; duyệt bằng motcua catalogue approve."""
    from sync.http_province import HttpProvince
    from sync.pull import pull
    from ui.app import open_office

    wanted = what or list(WHAT)
    if unknown := [w for w in wanted if w not in WHAT]:
        raise UsageError(problem=f"--what nhận {', '.join(WHAT)}; không có {', '.join(unknown)}")
    with open_office(frame.data) as office:
        chosen = _connection(office, connection)
        made: list[tuple[ProposalKind, Proposal | None]] = []
        with closing(HttpProvince(chosen)) as client:
            for kind in map(ProposalKind, wanted):
                content = pull(client, kind, lambda done, of: tell(f"{done}/{of} thủ tục") if done % 50 == 0 else None)
                made.append((kind, keep(office, kind, chosen.name, content)))
    data = {kind.value: brief(proposal) if proposal else None for kind, proposal in made}
    show({"proposals": data}, "\n".join(words(kind, proposal) for kind, proposal in made))


def keep(office: OpenedOffice, kind: ProposalKind, source: str, content: dict[str, Any]) -> Proposal | None:
    """As a proposal with its difference to what is in force; None when there is none. Raises: as the readers."""
    from kiosk.catalogue.calendar_files import pack_files
    from kiosk.catalogue.pulled import calendar_of, changed_days, procedures_of, statuses_of

    now, actor = office_now(), office.actor
    if kind is ProposalKind.PROCEDURES:
        return proposals.propose_procedures(office.units(), source, content, procedures_of, actor=actor, now=now)
    if kind is ProposalKind.CALENDAR:
        pack = calendar_of(content, source, now.date())
        mine = calendar_file(office, source)
        diff = changed_days(pack, pack_files(office.paths.root), (now.year, now.year + 1), instead_of=mine)
        made = {"records": content["records"], "pack": pack}
        return proposals.propose(office.units(), kind, source, made, diff, actor=actor, now=now)
    names = statuses_of(content)
    with office.reads() as look:
        before = proposals.status_names(look)
    diff = tuple(
        f"{code}: {before.get(code, 'chưa có')} → {names.get(code, 'không còn')}"
        for code in dict.fromkeys([*before, *names])
        if before.get(code) != names.get(code)
    )
    return proposals.propose(office.units(), kind, source, {"names": names}, diff, actor=actor, now=now)


def calendar_file(office: OpenedOffice, source: str) -> Path:
    """Where a province's calendar lies once it is approved."""
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", fold(source))[:40].strip("-") or "tinh"
    return office.paths.root / f"calendar-tu-tinh-{slug}.json"


def words(kind: ProposalKind, proposal: Proposal | None) -> str:
    if proposal is None:
        return f"{PROPOSAL_NAMES[kind]}: giống những gì đang dùng."
    lines = [f"{PROPOSAL_NAMES[kind]}: đề xuất số {proposal.id} từ “{proposal.source}”, {_counts(proposal)}."]
    lines += [f"  {line}" for line in proposal.diff[:SHOWN]]
    if len(proposal.diff) > SHOWN:
        lines.append(f"  … và {len(proposal.diff) - SHOWN} dòng nữa: motcua catalogue proposals {proposal.id}")
    lines.append(f"  Duyệt: motcua catalogue approve {proposal.id}; từ chối: motcua catalogue reject {proposal.id}")
    return "\n".join(lines)


def _counts(proposal: Proposal) -> str:
    return ", ".join(f"{n} {CHANGE_NAMES.get(name, name)}" for name, n in proposal.counts.items())


def brief(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "source": proposal.source,
        "fetched_at": proposal.fetched_at,
        "state": proposal.state.value,
        "counts": dict(proposal.counts),
        "diff": list(proposal.diff),
        "decided_by": proposal.decided_by,
        "decided_at": proposal.decided_at,
        "reason": proposal.reason,
    }


def _connection(office: OpenedOffice, name: str) -> Connection:
    """A line that has catalogue services. Raises: NoProvinceError, NotFoundError."""
    from sync.errors import NoProvinceError
    from sync.messages.forms import Generation
    from sync.routes import routes_of

    lines = routes_of(office.config.provinces, office.facts.agency_code).lines
    usable = [c for c in lines if c.generation is not Generation.G2]
    if not usable:
        raise NoProvinceError
    chosen = next((c for c in usable if name in ("", c.name)), None)
    if chosen is None:
        raise NotFoundError(what="kết nối", key=name)
    return chosen
