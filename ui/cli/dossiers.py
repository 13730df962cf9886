"""`motcua dossier …`: the acts of reception and hand-over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier, Paper, ResultRecord
from kiosk.domain.job import Wing
from kiosk.domain.receiver import Proof
from kiosk.domain.tracks import exchange_of
from kiosk.services import handover
from kiosk.services.corrections import corrections_of
from kiosk.services.intake_again import intake_of
from kiosk.services.reception import (
    Intake,
    Outcome,
    receive_dossier,
    refuse_dossier,
    request_supplement,
)
from ui.app import OpenedOffice, open_office
from ui.cli import dossier_clock, dossier_giving, dossier_life, dossier_money, dossier_people, dossier_steps
from ui.cli.console import UsageError, frame, show
from ui.cli.dossier_rows import dossier_lines, dossier_row
from ui.cli.dossier_steps import steps_json, steps_lines
from ui.cli.due import received_at
from ui.cli.file_intake import file_intake
from ui.mended_words import mended_row
from ui.papers import printed_slips
from ui.results import keep_result

dossier_app = typer.Typer(help="Hồ sơ: tiếp nhận, bổ sung, từ chối, kết quả, trả, tra cứu.", rich_markup_mode=None)

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do, bắt buộc.")]
Basis = Annotated[str, typer.Option("--legal-basis", help="Căn cứ pháp lý.")]
IntakePath = Annotated[Path, typer.Argument(help="Tệp JSON mô tả hồ sơ.")]


def register(app: typer.Typer) -> None:
    dossier_clock.register(dossier_app)
    dossier_giving.register(dossier_app)
    dossier_life.register(dossier_app)
    dossier_money.register(dossier_app)
    dossier_people.register(dossier_app)
    dossier_steps.register(dossier_app)
    app.add_typer(dossier_app, name="dossier")


@dossier_app.command("receive")
def receive(file: IntakePath) -> None:
    """Tiếp nhận hồ sơ đủ giấy tờ: cấp mã, ngày hẹn, giấy tiếp nhận."""
    with open_office(frame.data) as office:
        intake = file_intake(office, file)
        outcome = receive_dossier(office.units(), office.desk, intake, actor=_officer(office), now=office_now())
        _show_outcome(office, outcome)


@dossier_app.command("supplement")
def supplement(
    source: Annotated[str, typer.Argument(help="Tệp JSON, hoặc mã hồ sơ đã tiếp nhận.")],
    reason: Reason = "",
    legal_basis: Basis = "",
    missing: Annotated[list[str] | None, typer.Option("--missing", help="Mã thành phần còn thiếu.")] = None,
) -> None:
    """Lập một phiếu yêu cầu bổ sung ghi hết giấy tờ còn thiếu."""
    with open_office(frame.data) as office:
        intake = _source(office, source, tuple(missing or ()))
        outcome = request_supplement(
            office.units(), office.desk, intake, reason, legal_basis, actor=_officer(office), now=office_now()
        )
        _show_outcome(office, outcome)


@dossier_app.command("refuse")
def refuse(
    source: Annotated[str, typer.Argument(help="Tệp JSON, hoặc mã hồ sơ.")],
    reason: Reason = "",
    legal_basis: Basis = "",
) -> None:
    """Từ chối tiếp nhận, có lý do."""
    with open_office(frame.data) as office:
        intake = _source(office, source, ())
        outcome = refuse_dossier(
            office.units(), office.desk, intake, reason, legal_basis, actor=_officer(office), now=office_now()
        )
        _show_outcome(office, outcome)


@dossier_app.command("result")
def result(
    code: Code,
    number: Annotated[str, typer.Option("--number", help="Số của văn bản kết quả.")] = "",
    name: Annotated[str, typer.Option("--name", help="Tên kết quả.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Tệp kết quả (PDF).")] = None,
) -> None:
    """Ghi kết quả giải quyết; chưa có số thì không ghi được."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            dossier = look.dossiers.get(code)
        copy = keep_result(office, dossier, file) if file is not None else None
        now = office_now()
        record = ResultRecord(number, now, "", name, copy.signature if copy else "")
        uow, stored = office.units(), copy.file if copy else None
        _show(office, handover.record_result(uow, dossier.key, record, actor=office.actor, now=now, file=stored))


@dossier_app.command("return")
def give_back(
    code: Code,
    to: Annotated[str, typer.Option("--to", help="Người nhận kết quả.")] = "Người nộp",
    waybill: Annotated[str, typer.Option("--waybill", help="Số vận đơn, khi gửi qua bưu chính.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Lý do, khi người nhận không có giấy hẹn hay thẻ.")] = "",
    without_copy: Annotated[str, typer.Option("--without-copy", help="Lý do chưa có bản điện tử của kết quả.")] = "",
) -> None:
    """Trả kết quả cho người dân; chỉ khi đã có kết quả và bản điện tử của nó."""
    proof = Proof.TYPED if reason else Proof.RECEIPT
    _act(
        code,
        lambda office, key: handover.hand_over(
            office.units(),
            key,
            to,
            actor=office.actor,
            now=office_now(),
            waybill=waybill,
            proof=proof,
            note=reason,
            without_copy=without_copy,
        ),
    )


@dossier_app.command("start")
def start(code: Code) -> None:
    """Chuyển hồ sơ đến bộ phận giải quyết; in phiếu kiểm soát (mẫu 06)."""
    _act(
        code,
        lambda office, key: handover.start_processing(
            office.units(), office.desk, key, actor=office.actor, now=office_now()
        ),
    )


@dossier_app.command("consult")
def consult(
    code: Code,
    agency: Annotated[str, typer.Option("--agency", help="Cơ quan được hỏi.")] = "",
    question: Annotated[str, typer.Option("--question", help="Nội dung hỏi.")] = "",
    until: Annotated[str, typer.Option("--until", help="Hạn trả lời, ví dụ 2026-12-01.")] = "",
) -> None:
    """Lấy ý kiến cơ quan khác, có nội dung và hạn trả lời; thời hạn vẫn tính."""
    if not until.strip():
        raise UsageError(problem="chưa ghi hạn trả lời, ví dụ --until 2026-12-01")
    day = received_at(until).date()
    _act(
        code,
        lambda office, key: handover.consult(
            office.units(), key, agency, question, day, actor=office.actor, now=office_now()
        ),
    )


@dossier_app.command("answer")
def answer(code: Code, text: Annotated[str, typer.Option("--text", help="Ý kiến trả lời.")] = "") -> None:
    """Ghi ý kiến trả lời của cơ quan được hỏi."""
    _act(
        code,
        lambda office, key: handover.note_answer(office.units(), key, text, actor=office.actor, now=office_now()),
    )


@dossier_app.command("transfer")
def transfer(
    code: Code, agency: Annotated[str, typer.Option("--agency", help="Cơ quan nhận.")] = "", reason: Reason = ""
) -> None:
    """Chuyển hồ sơ cho cơ quan khác giải quyết, có lý do."""
    _act(
        code,
        lambda office, key: handover.transfer(
            office.units(), key, agency, reason, actor=office.actor, now=office_now()
        ),
    )


@dossier_app.command("withdraw")
def withdraw(code: Code, reason: Reason = "") -> None:
    """Công dân rút hồ sơ."""
    _act(code, lambda office, key: handover.withdraw(office.units(), key, reason, actor=office.actor, now=office_now()))


@dossier_app.command("stop")
def stop(code: Code, reason: Reason = "") -> None:
    """Dừng giải quyết, có lý do; in thông báo dừng (mẫu 05)."""
    _act(
        code,
        lambda office, key: handover.stop(
            office.units(), office.desk, key, reason, actor=office.actor, now=office_now()
        ),
    )


@dossier_app.command("show")
def show_dossier(code: Code) -> None:
    """Xem một hồ sơ."""
    with open_office(frame.data) as office, office.reads() as look:
        dossier = look.dossiers.get(code)
        documents = look.papers.documents(dossier.key)
        waiting = look.jobs.of_lanes(Wing.SYNC, [dossier.key])
        data = {
            **dossier_row(dossier),
            "exchange": exchange_of(dossier.received_at is not None, dossier.state_secret, waiting).value,
            "papers": [_paper(p) for p in dossier.papers],
            "documents": [
                {"component": d.component, "pages": len(d.page_ids), "remote": d.remote, "fields": dict(d.fields)}
                for d in documents
            ],
            "steps": steps_json(dossier),
            "competent_agency": dossier.competent_agency,
            "corrections": [mended_row(one) for one in corrections_of(look, dossier.key)],
            "events": [{"at": e.at.isoformat(), "kind": e.kind} for e in look.events.of(dossier.key)],
        }
        show(data, "\n".join([dossier_lines(dossier), *steps_lines(dossier)]))


@dossier_app.command("search")
def search(
    text: Annotated[str, typer.Argument(help="Tên, mã, thủ tục, điện thoại; có dấu hoặc không dấu.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=500)] = 50,
) -> None:
    """Tìm hồ sơ."""
    with open_office(frame.data) as office, office.reads() as look:
        found = look.dossiers.search(text, limit)
        show(
            {"dossiers": [dossier_row(d) for d in found]},
            "\n".join(map(dossier_lines, found)) or "Không có hồ sơ nào khớp.",
        )


def _officer(office: OpenedOffice) -> Any:
    return office.at_counter(office.config.station.counter)


def _source(office: OpenedOffice, source: str, missing: tuple[str, ...]) -> Intake:
    """The intake of a JSON file, or of a dossier already at the desk, with some of its papers now missing."""
    if source.endswith(".json") or Path(source).exists():
        return file_intake(office, Path(source))
    with office.reads() as look:
        return intake_of(look.dossiers.get(source), missing)


def _key(office: OpenedOffice, code: str) -> str:
    with office.reads() as look:
        return look.dossiers.get(code).key


def _act(code: str, act: Callable[[OpenedOffice, str], Dossier]) -> None:
    with open_office(frame.data) as office:
        _show(office, act(office, _key(office, code)))


def _show(office: OpenedOffice, dossier: Dossier) -> None:
    show(
        {**dossier_row(dossier), "slips": [str(p) for p in printed_slips(office, dossier.key)]}, dossier_lines(dossier)
    )


def _show_outcome(office: OpenedOffice, outcome: Outcome) -> None:
    slips = [str(path) for path in printed_slips(office, outcome.dossier.key)]
    data = {**dossier_row(outcome.dossier), "missing": [c.code for c in outcome.dossier.missing()], "slips": slips}
    show(data, "\n".join([dossier_lines(outcome.dossier), *slips]))


def _paper(paper: Paper) -> dict[str, Any]:
    """Where a paper that is used again comes from stands with it."""
    told = {"code": paper.component.code, "name": paper.component.name, "state": paper.state.value}
    if paper.held is not None:
        told |= {"from": paper.held.dossier, "since": paper.held.since.date().isoformat()}
    return told | ({"asked_anyway": paper.asked} if paper.asked else {})
