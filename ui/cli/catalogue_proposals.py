"""`motcua catalogue proposals/approve/reject/compare`: what came from the province, decided on by a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.clock import business_day, office_now
from kiosk.domain.procedure import Procedure
from kiosk.domain.proposal import Proposal, ProposalKind
from kiosk.services import proposals
from kiosk.services.catalogue_diff import Compared, compare
from kiosk.services.recount import Recount, recount
from ui.cli.console import UsageError, frame, show
from ui.cli.sync_pull import brief, calendar_file, words

if TYPE_CHECKING:
    from ui.app import OpenedOffice

IdArgument = Annotated[int, typer.Argument(help="Số của đề xuất.")]
SHOWN = 200


def register(catalogue_app: typer.Typer) -> None:
    catalogue_app.command("proposals")(listed)
    catalogue_app.command("approve")(approve)
    catalogue_app.command("reject")(reject)
    catalogue_app.command("compare")(compare_two)


def listed(
    proposal_id: Annotated[int, typer.Argument(help="Chỉ đề xuất này, với mọi chỗ khác.")] = 0,
    all_states: Annotated[bool, typer.Option("--all", help="Cả những đề xuất đã quyết định.")] = False,
) -> None:
    """Những danh mục lấy từ tỉnh đang chờ duyệt."""
    with _open() as office, office.reads() as look:
        if proposal_id:
            found = [look.proposals.get(proposal_id)]
        else:
            found = look.proposals.listed() if all_states else proposals.waiting(look)
    if proposal_id:
        [one] = found
        show(brief(one), "\n".join([words(one.kind, one).splitlines()[0], *(f"  {line}" for line in one.diff)]))
        return
    lines = [f"{p.id:>4}  {p.kind.value:<10} {p.source:<12} {p.fetched_at:%d/%m/%Y %H:%M}  {_state(p)}" for p in found]
    show({"proposals": [brief(p) for p in found]}, "\n".join(lines) or "Không có đề xuất nào chờ duyệt.")


def approve(
    proposal_id: IdArgument,
    since: Annotated[str, typer.Option("--from", help="Có hiệu lực từ ngày, dạng 2026-12-01; bỏ trống: hôm nay.")] = "",
) -> None:
    """Đưa một đề xuất vào dùng; hồ sơ đã nhận vẫn theo phiên bản cũ, ngày hẹn tính lại khi lịch đổi."""
    from kiosk.catalogue.pulled import procedures_of

    with _open() as office:
        with office.reads() as look:
            proposal = proposals.open_proposal(look, proposal_id)
        now, actor = office_now(), office.actor
        if proposal.kind is ProposalKind.PROCEDURES:
            report = proposals.approve_procedures(
                office.units(), proposal_id, procedures_of, actor=actor, now=now, since=_day(since)
            )
            data = {
                "id": proposal_id,
                "added": list(report.added),
                "changed": list(report.changed),
                "closed": list(report.absent),
            }
            text = (
                f"Đã duyệt: thêm {len(report.added)}, đổi {len(report.changed)}, bãi bỏ {len(report.absent)} thủ tục."
            )
            show(data, text)
            return
        moved = _calendar_in_force(office, proposal) if proposal.kind is ProposalKind.CALENDAR else Recount()
        proposals.approve(office.units(), proposal_id, actor=actor, now=now)
        show(
            {"id": proposal_id, "moved": [m.key for m in moved.moved], "counted": moved.counted},
            f"Đã duyệt đề xuất {proposal_id}." + (f" Đổi ngày hẹn {len(moved.moved)} hồ sơ." if moved.moved else ""),
        )


def reject(
    proposal_id: IdArgument, reason: Annotated[str, typer.Option("--reason", help="Lý do không dùng.")] = ""
) -> None:
    """Không dùng một đề xuất, với lý do."""
    with _open() as office:
        proposals.reject(office.units(), proposal_id, reason, actor=office.actor, now=office_now())
    show({"id": proposal_id, "state": "rejected"}, f"Đã từ chối đề xuất {proposal_id}.")


def compare_two(
    first: Annotated[str, typer.Argument(help="Tệp LayThuTuc, gói .toml, “office”, hoặc số của một đề xuất.")],
    second: Annotated[str, typer.Argument(help="Như trên.")],
) -> None:
    """So cùng các thủ tục từ hai nguồn, từng chỗ một; không thay đổi gì."""
    with _open() as office:
        found = compare(_source(office, first), _source(office, second))
    data = {
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
        "same": found.same,
        "differing": {
            code: [{"where": d.where, "first": d.before, "second": d.after} for d in told]
            for code, told in found.differing.items()
        },
    }
    show(data, "\n".join(_compared_lines(found)))


def _compared_lines(found: Compared) -> list[str]:
    lines = [f"Giống nhau {found.same}, khác {len(found.differing)} thủ tục."]
    for code, told in found.differing.items():
        lines += [code, *(f"    {d}" for d in told)]
    lines += [f"Chỉ nguồn thứ nhất có: {one}" for one in found.only_first]
    lines += [f"Chỉ nguồn thứ hai có: {one}" for one in found.only_second]
    return lines[:SHOWN]


def _source(office: OpenedOffice, words_of: str) -> Sequence[Procedure]:
    """Raises: NotFoundError, CatalogueFileError and its kinds, PackError."""
    from kiosk.catalogue.pulled import procedures_of
    from ui.cli.catalogue import read_source

    with office.reads() as look:
        if words_of == "office":
            return look.procedures.all_current(business_day(office_now()))
        if words_of.isdigit():
            return procedures_of(look.proposals.get(int(words_of)).content)
    return read_source(Path(words_of)).procedures


def _calendar_in_force(office: OpenedOffice, proposal: Proposal) -> Recount:
    """The pack takes its place whole; then dates that it moves are counted again, each with a line in the log."""
    file = calendar_file(office, proposal.source)
    spare = file.with_suffix(".new")
    spare.write_text(json.dumps(proposal.content["pack"], ensure_ascii=False, indent=1), encoding="utf-8")
    spare.replace(file)
    return recount(office.units, office.desk, office.calendars.fingerprint, actor=office.actor, now=office_now())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(problem="--from cần một ngày dạng 2026-12-01") from None


def _state(proposal: Proposal) -> str:
    names = {"open": "chờ duyệt", "approved": "đã duyệt", "rejected": "đã từ chối", "replaced": "có bản mới hơn"}
    by = f", {proposal.decided_by}" if proposal.decided_by else ""
    return f"{names[proposal.state.value]}{by}; {len(proposal.diff)} dòng"


def _open() -> OpenedOffice:
    from ui.app import open_office

    return open_office(frame.data)
