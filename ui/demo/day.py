"""The main job from end to end, without a screen: every step timed, every promise looked at afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier, ResultRecord
from kiosk.domain.life import DossierState
from kiosk.services import exchange, handover
from sync.messages.canonical import STATUS_NAMES, Status
from ui.app import OpenedOffice
from ui.demo.office import (
    SampleOffice,
    Steps,
    desk_of,
    error_rate,
    make_office,
    nothing_waits,
    rejected_jobs,
    sent_as,
    wait_until,
)
from ui.demo.script import COUNTER, SampleDesk

VISITORS = 3
WORK_S = 180.0
NEWS_S = 30.0


@dataclass(frozen=True)
class Report:
    """ok: every dossier arrived exactly once, every paper came out, and the log is whole."""

    ok: bool
    steps: list[dict[str, Any]]
    character_error_rate: float
    papers: list[str]
    province: dict[str, Any]
    problems: list[str]
    data: str


def run_day(root: Path, tell: Callable[[str], None], visitors: int = VISITORS) -> Report:
    """Three citizens and a province that is away at first. The directory is left for whoever wants to look."""
    sample, steps = make_office(root), Steps(tell)
    try:
        with steps.step("mở văn phòng mẫu") as said:
            office = sample.open()
            sample.worker.start()
            said.append(f"dữ liệu ở {root}")
        with office:
            return _day(sample, office, steps, visitors)
    finally:
        sample.stop()


def _day(sample: SampleOffice, office: OpenedOffice, steps: Steps, visitors: int) -> Report:
    desk = desk_of(office, visitors)
    with steps.step("lấy số") as said:
        said.append(", ".join(t.label for t in desk.take_numbers()))
    dossiers = _serve_all(desk, steps)
    _go_online(sample, office, steps)
    with steps.step("tỉnh nhận hồ sơ, giấy tờ") as said:
        wait_until(lambda: nothing_waits(office), WORK_S, "việc nền chưa xong")
        arrived = sample.watch.report()
        said.append(f"{arrived['dossiers']} hồ sơ, {arrived['files']} tệp, {arrived['progress']} bước xử lý")
    _hear_back(sample, office, dossiers[0], steps)
    _give_result(office, dossiers[0], steps)
    with steps.step("đối chiếu") as said:
        wait_until(lambda: nothing_waits(office), WORK_S, "việc nền chưa xong")
        rate = error_rate(office, desk)
        problems = _problems(sample, office, dossiers)
        said.append("đúng một lần, nhật ký nguyên vẹn" if not problems else "; ".join(problems))
    arrived = sample.watch.report()
    return Report(
        ok=not problems,
        steps=[asdict(s) for s in steps.done],
        character_error_rate=round(rate, 4),
        papers=sorted(str(p) for p in office.paths.papers.rglob("*.*")),
        province={k: arrived[k] for k in ("dossiers", "files", "progress", "codes", "doubled")},
        problems=problems,
        data=str(sample.root),
    )


def _serve_all(desk: SampleDesk, steps: Steps) -> list[Dossier]:
    dossiers: list[Dossier] = []
    while True:
        with steps.step("gọi số") as said:
            ticket = desk.call()
            said.append(f"mời số {ticket.label} đến quầy {COUNTER}" if ticket else "không còn ai chờ")
        if ticket is None:
            return dossiers
        with steps.step("tiếp nhận") as said:
            dossier = desk.serve(ticket)
            desk.finish(ticket)
            again = ", đã bổ sung một lần" if dossier.supplements else ""
            said.append(f"hồ sơ {dossier.key} của số {ticket.label}{again}")
        dossiers.append(dossier)


def _go_online(sample: SampleOffice, office: OpenedOffice, steps: Steps) -> None:
    with steps.step("mất đường truyền") as said:
        with office.reads() as look:
            waiting = exchange.status(look, office_now()).waiting
        said.append(f"tỉnh chưa có mạng, {waiting} việc đang chờ gửi, quầy vẫn làm việc")
    with steps.step("có đường truyền") as said:
        sample.province.start()
        sample.watch.wait_until_up()
        said.append(sample.url)


def _hear_back(sample: SampleOffice, office: OpenedOffice, dossier: Dossier, steps: Steps) -> None:
    """The province decides something; the desk sees it."""
    with steps.step("tỉnh báo trạng thái") as said:
        with office.reads() as look:
            codes = look.dossiers.get(dossier.key).external_codes
        status = Status.IN_PROGRESS
        sample.watch.decide({"code": codes[0], "status": status.value, "note": "Đang thẩm định"})

        def heard() -> bool:
            with office.reads() as look:
                return look.dossiers.get(dossier.key).province_state == STATUS_NAMES[status]

        wait_until(heard, NEWS_S, "chưa nghe trạng thái từ tỉnh")
        said.append(f"hồ sơ {dossier.key}: {STATUS_NAMES[status]}")


def _give_result(office: OpenedOffice, dossier: Dossier, steps: Steps) -> None:
    with steps.step("trả kết quả") as said:
        actor = office.at_counter(COUNTER)
        record = ResultRecord("01/TLKS", office_now(), name="Trích lục")
        handover.record_result(office.units(), dossier.key, record, actor=actor, now=office_now())
        handover.hand_over(
            office.units(), dossier.key, "Người nộp", actor=actor, now=office_now(), without_copy="Hồ sơ mẫu"
        )
        said.append(f"hồ sơ {dossier.key} đã có kết quả và đã trả")


def _problems(sample: SampleOffice, office: OpenedOffice, dossiers: list[Dossier]) -> list[str]:
    """Everything that is not as it must be; empty after a good day."""
    found = rejected_jobs(office)
    arrived = sample.watch.report()
    with office.reads() as look:
        kept = [look.dossiers.get(d.key) for d in dossiers]
        files = sum(len(look.papers.documents(d.key)) for d in kept)
    if sorted(arrived["codes"]) != sent_as(office, kept):
        found.append(f"tỉnh có {arrived['codes']}")
    if arrived["doubled"]:
        found.append(f"hồ sơ trùng ở tỉnh: {arrived['doubled']}")
    if arrived["files"] != files:
        found.append(f"tỉnh có {arrived['files']} tệp, xã có {files}")
    if (broken := office.store.first_broken()) is not None:
        found.append(f"nhật ký đứt ở dòng {broken}")
    if kept and kept[0].state is not DossierState.RETURNED:
        found.append("hồ sơ đầu chưa trả kết quả")
    return found
