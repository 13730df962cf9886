"""`motcua catalogue …`: the office's procedures, and the national catalogue coming in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.catalogue.lay_thu_tuc import NationalCatalogue, read_file
from kiosk.catalogue.starter import read_procedures
from kiosk.catalogue.toml_reader import read_pack
from kiosk.clock import business_day, office_now
from kiosk.domain.procedure import ComponentKind, Procedure
from kiosk.domain.term_words import UnknownTermError, parse_term, term_words
from kiosk.errors import NotFoundError
from kiosk.services.catalogue import Change, ChangeKind, compare_catalogue, import_catalogue, settle_term
from ui.app import open_office
from ui.cli.console import frame, show
from ui.cli.due import TermTextError

catalogue_app = typer.Typer(help="Danh mục thủ tục: nhập, xem, so sánh, chốt chỗ chưa rõ.", rich_markup_mode=None)

FileArgument = Annotated[Path, typer.Argument(help="Tệp JSON của LayThuTuc, hoặc gói .toml của tỉnh.")]
CodeArgument = Annotated[str, typer.Argument(help="Mã thủ tục, ví dụ 1.001193.")]
_SHOWN = 15
_FIELDS = {
    "name": "tên",
    "field_name": "lĩnh vực",
    "field_code": "mã lĩnh vực",
    "options": "thời hạn, phí",
    "components": "thành phần hồ sơ",
    "results": "kết quả",
    "levels": "cấp thực hiện",
    "decision": "quyết định",
    "source": "nguồn",
    "confidence": "mức tin cậy",
    "public": "công khai",
    "unclear": "chỗ chưa rõ",
    "mnemonic": "mã gõ nhanh",
    "needs_receipt": "giấy tiếp nhận",
}
_KINDS = {
    ChangeKind.ADDED: "thêm",
    ChangeKind.CHANGED: "đổi",
    ChangeKind.ABSENT: "không còn trong tệp",
    ChangeKind.UNCHANGED: "như cũ",
}
_PAPERS = {ComponentKind.SUBMIT: "nộp", ComponentKind.PRESENT: "xuất trình", ComponentKind.EXPLANATION: "ghi chú"}


def register(app: typer.Typer) -> None:
    from ui.cli import catalogue_proposals

    catalogue_proposals.register(catalogue_app)
    app.add_typer(catalogue_app, name="catalogue")


@catalogue_app.command("import")
def import_file(file: FileArgument) -> None:
    """Nhập danh mục; chỗ không hiểu được giữ nguyên văn và liệt kê cho cán bộ."""
    national = read_source(file)
    with open_office(frame.data) as office:
        report = import_catalogue(office.units(), national.procedures, actor=office.actor, now=office_now())
    findings = [{"code": f.code, "name": f.name, **asdict(f.unclear)} for f in national.findings]
    data = {
        "procedures": len(national.procedures),
        "added": list(report.added),
        "changed": list(report.changed),
        "unchanged": len(report.unchanged),
        "absent": list(report.absent),
        "unclear": findings,
    }
    lines = [
        f"Đã đọc {len(national.procedures)} thủ tục: thêm {len(report.added)}, đổi {len(report.changed)}, "
        f"như cũ {len(report.unchanged)}, không còn trong tệp {len(report.absent)} (vẫn giữ).",
        f"Còn {len(findings)} chỗ chưa rõ, giữ nguyên văn của nguồn; cán bộ xem và chốt.",
        *[f"  {f['code']}  {f['where']}: {f['why']}" for f in findings[:_SHOWN]],
    ]
    if len(findings) > _SHOWN:
        lines.append(f"  … và {len(findings) - _SHOWN} chỗ nữa: motcua catalogue list --unclear")
    show(data, "\n".join(lines))


@catalogue_app.command("list")
def listed(
    field: Annotated[str, typer.Option("--field", help="Chỉ một lĩnh vực.")] = "",
    unclear: Annotated[
        bool, typer.Option("--unclear", help="Chỉ những thủ tục còn chỗ chưa rõ, kèm các chỗ đó.")
    ] = False,
) -> None:
    """Các thủ tục đang có hiệu lực."""
    with open_office(frame.data) as office, office.reads() as look:
        found = look.procedures.all_current(business_day(office_now()))
    found = [p for p in found if field in ("", p.field_name) and (p.unclear or not unclear)]
    lines = []
    for p in found:
        lines.append(f"{p.code:<10} {p.mnemonic:<5} {p.name}  [{p.field_name}] {_terms(p)}")
        if unclear:
            lines += [f"    {u.where}: {u.why} | {u.verbatim[:80]}" for u in p.unclear]
    show({"procedures": [_brief(p, unclear) for p in found]}, "\n".join([*lines, f"{len(found)} thủ tục."]))


@catalogue_app.command("show")
def shown(
    code: CodeArgument,
    version: Annotated[int, typer.Option("--version", min=0, help="Phiên bản; mặc định: đang có hiệu lực.")] = 0,
) -> None:
    """Một thủ tục: giấy tờ, thời hạn, phí, chỗ chưa rõ, các phiên bản."""
    with open_office(frame.data) as office, office.reads() as look:
        versions = look.procedures.versions(code)
        procedure = (
            look.procedures.get(code, version) if version else look.procedures.current(code, business_day(office_now()))
        )
    if procedure is None:
        raise NotFoundError(what="thủ tục", key=code)
    data = asdict(procedure) | {"versions": [p.version for p in versions]}
    show(data, _sheet(procedure, versions))


@catalogue_app.command("diff")
def diff(file: FileArgument) -> None:
    """So tệp với danh mục đang dùng; không thay đổi gì."""
    national = read_source(file)
    with open_office(frame.data) as office:
        changes = compare_catalogue(office.reads(), national.procedures, office_now())
    told = [c for c in changes if c.kind is not ChangeKind.UNCHANGED]
    data = {
        "changes": [_change(c) for c in told],
        "unchanged": len(changes) - len(told),
    }
    lines = [
        f"{_KINDS[c.kind]:<20} {c.procedure.code}  {c.procedure.name}"
        + (f"  ({', '.join(_FIELDS.get(name, name) for name in c.fields)})" if c.fields else "")
        for c in told
    ]
    show(data, "\n".join([*lines, f"Như cũ: {len(changes) - len(told)}."]))


@catalogue_app.command("settle")
def settle(
    code: CodeArgument,
    term: Annotated[str, typer.Option("--term", help='Thời hạn đã chốt, ví dụ "3 ngày làm việc".')],
    case: Annotated[str, typer.Option("--case", help="Chỉ một trường hợp.")] = "",
) -> None:
    """Chốt thời hạn mà nguồn ghi chưa rõ; lần nhập sau với cùng lời văn vẫn giữ điều đã chốt."""
    try:
        wanted = parse_term(term)
    except UnknownTermError:
        raise TermTextError(value=term) from None
    with open_office(frame.data) as office:
        settled = settle_term(office.units(), code, wanted, actor=office.actor, now=office_now(), case=case or None)
    data = {"code": code, "version": settled.version, "term": str(wanted), "unclear": len(settled.unclear)}
    show(data, f"Đã chốt {term_words(wanted)} cho {code} (phiên bản {settled.version}).")


def read_source(file: Path) -> NationalCatalogue:
    if file.suffix.lower() == ".toml":
        procedures = tuple(procedure for _, procedure in read_procedures(read_pack(file)))
        return NationalCatalogue(procedures, ())
    return read_file(file)


def _terms(procedure: Procedure) -> str:
    return "; ".join(dict.fromkeys(term_words(o.term) for o in procedure.options)) or "không rõ thời hạn"


def _brief(procedure: Procedure, with_unclear: bool) -> dict[str, Any]:
    brief: dict[str, Any] = {
        "code": procedure.code,
        "version": procedure.version,
        "name": procedure.name,
        "field": procedure.field_name,
        "mnemonic": procedure.mnemonic,
        "confidence": procedure.confidence,
        "terms": list(dict.fromkeys(str(o.term) for o in procedure.options)),
        "valid_from": procedure.valid_from,
        "unclear": len(procedure.unclear),
    }
    return brief | ({"open_points": [asdict(u) for u in procedure.unclear]} if with_unclear else {})


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "code": change.procedure.code,
        "name": change.procedure.name,
        "fields": list(change.fields),
    }


def _sheet(procedure: Procedure, versions: Sequence[Procedure]) -> str:
    lines = [
        f"{procedure.code}  {procedure.name}",
        f"Lĩnh vực: {procedure.field_name}   Quyết định: {procedure.decision or '-'}   "
        f"Tin cậy: {procedure.confidence or '-'}   Nguồn: {procedure.source}",
        f"Phiên bản {procedure.version}/{len(versions)}, hiệu lực từ {procedure.valid_from or '-'}",
        "Thời hạn và phí:",
    ]
    for option in procedure.options:
        fees = "; ".join(
            f"{f.amount:,} đ".replace(",", ".") if f.amount is not None else f.verbatim for f in option.fees
        )
        case = f" [{option.case}]" if option.case else ""
        lines.append(f"  kênh {option.channel.value}{case}: {term_words(option.term)} | {fees or 'không ghi phí'}")
    lines.append("Thành phần hồ sơ:")
    for c in procedure.components:
        need = "bắt buộc" if c.required else "khi cần"
        count = f"{c.originals} chính, {c.copies} sao"
        lines.append(f"  {c.code:<8} {_PAPERS[c.kind]}, {need}, {count}: {c.name}")
    if procedure.unclear:
        lines.append("Chưa rõ:")
        lines += [f"  {u.where}: {u.why} | {u.verbatim}" for u in procedure.unclear]
    return "\n".join(lines)
