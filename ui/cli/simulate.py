"""`motcua simulate …`: days of a hall, and of an office's clock, on a fake clock, by the program's own rules."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from kiosk.errors import InputError
from kiosk.simulation.checks import Checks, check
from kiosk.simulation.clock import ClockRun
from kiosk.simulation.run import run
from kiosk.simulation.scenario import SCENARIOS, Purpose, scenarios
from kiosk.simulation.score import report
from ui.app import open_office
from ui.cli.console import show, tell
from ui.office_clock import office_hours

simulate_app = typer.Typer(help="Mô phỏng phòng chờ trên đồng hồ giả.", rich_markup_mode=None)
NAMES = {
    "roll-out": "chương trình này",
    "closed-form": "công thức",
    "position-x-mean": "thứ tự × trung bình",
    "last-to-enter": "người vừa được gọi",
    "mean-of-last-30": "30 người gần nhất",
    "oracle": "biết trước nhịp ngày",
}


class UnknownScenarioError(InputError):
    """details: scenario, known."""

    code = "simulate.scenario"


def register(app: typer.Typer) -> None:
    app.add_typer(simulate_app, name="simulate")


@simulate_app.callback()
def simulate() -> None:
    """Mô phỏng phòng chờ trên đồng hồ giả; không đụng đến dữ liệu của cơ quan."""


@simulate_app.command("queue")
def queue(
    days: Annotated[int, typer.Option("--days", min=1, max=400, help="Số ngày được tính.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Hạt giống: cùng số thì cùng kết quả.")] = 1,
    scenario: Annotated[str, typer.Option("--scenario", help="Tên một kịch bản; bỏ qua: mọi kịch bản chấm điểm.")] = "",
    purpose: Annotated[Purpose, typer.Option("--purpose", help="Kịch bản để chỉnh hay để chấm.")] = Purpose.SCORING,
    estimators: Annotated[
        bool, typer.Option("--estimators", help="Chấm cả các cách ước lượng thời gian chờ (lâu hơn nhiều).")
    ] = False,
    checks: Annotated[
        bool, typer.Option("--checks", help="Đối chiếu bộ mô phỏng với Erlang C và định luật Little.")
    ] = (False),
) -> None:
    """Người dân đến, cán bộ gọi theo đúng quy tắc của chương trình; báo thời gian chờ và sai số ước lượng."""
    chosen = scenarios(purpose, scenario)
    if not chosen:
        raise UnknownScenarioError(scenario=scenario, known=", ".join(s.name for s in SCENARIOS))
    found: dict[str, Any] = {}
    for one in chosen:
        tell(f"{one.name}: {days} ngày …")
        found[one.name] = report(run(one, days, seed, ask=estimators))
    checked = check(seed) if checks else None
    data: dict[str, Any] = {"days": days, "seed": seed, "scenarios": found}
    if checked is not None:
        data["checks"] = asdict(checked) | {"ok": checked.ok}
    show(data, "\n".join([line for name, one in found.items() for line in _lines(name, one)] + _check_lines(checked)))
    if checked is not None and not checked.ok:
        raise typer.Exit(1)


@simulate_app.command("clock")
def clock(
    step: Annotated[int, typer.Option("--step", min=1, max=30, help="Số phút giữa hai lần máy xem đồng hồ.")] = 10,
    each: Annotated[int, typer.Option("--each", min=1, max=20, help="Số lượt lấy số mỗi lần trong giờ làm việc.")] = 1,
) -> None:
    """Qua nửa đêm, đồng hồ lùi, máy chạy nhiều ngày, máy tắt lúc đóng cửa, Tết, 29/02: đúng ngày, không trùng số."""
    with TemporaryDirectory() as folder, open_office(Path(folder)) as office:
        run = ClockRun(office.reads, office.units, office.facts, office_hours(office), timedelta(minutes=step), each)
        found = run.run()
    data = asdict(found) | {"ok": found.ok}
    lines = [*found.violations, f"{found.numbers} số, {len(found.closed)} ngày đã đóng, mỗi ngày một lần"]
    show(data, "\n".join([*lines, "Đúng." if found.ok else "SAI: xem các dòng trên."]))
    if not found.ok:
        raise typer.Exit(1)


def _lines(name: str, one: dict[str, Any]) -> list[str]:
    plain, first = one["waits"]["ordinary"], one["waits"]["priority"]
    lines = [
        f"{name}: {one['tickets']} số, {one['no_show']} vắng, {one['left']} bỏ về · chờ P50/P90 (phút): "
        f"thường {plain['p50']:.0f}/{plain['p90']:.0f}, ưu tiên {first['p50']:.0f}/{first['p90']:.0f}"
    ]
    if (table := one.get("estimates")) is None:
        return lines
    for key, score in table["scores"].items():
        lines.append(
            f"  {NAMES[key]:<22} sai số TB {score['mae']:6.1f}  lệch {score['bias']:+6.1f}  "
            f"chờ hơn 10 phút so với báo {100 * score['under_10']:4.1f} %"
        )
    chance = {k: "" if v is None else f" ± {100 * v:.1f}" for k, v in table["chance"].items()}
    share = {k: "–" if v is None else f"{100 * v:.1f}{chance[k]} %" for k, v in table["coverage"].items()}
    lines.append(
        f"  khoảng 80 %: đúng {share['all']} (thường {share['ordinary']}, ưu tiên {share['priority']}), "
        f"như in trên phiếu {100 * table['told_coverage']:.1f} % · {table['scored']} số · "
        f"mỗi lần ước lượng {table['ms_p50']:.1f} ms, P99 {table['ms_p99']:.1f} ms"
    )
    return lines


def _check_lines(checked: Checks | None) -> list[str]:
    if checked is None:
        return []
    verdict = "khớp" if checked.ok else "KHÔNG KHỚP"
    return [
        f"Đối chiếu: từng người khớp công thức chính xác đến {60 * checked.worst:.4f} giây; chờ trung bình "
        f"{checked.long_run_wait:.3f} phút, Erlang C {checked.erlang_c_wait:.3f}; "
        f"Little {checked.littles_law:.4f} · {verdict}"
    ]
