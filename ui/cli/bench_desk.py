"""`motcua bench desk`: an officer's keys and waits at the real desk, with years of dossiers, while papers are read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.bench_store import Times, Which, busy, fresh_office
from ui.cli.console import show, tell

if TYPE_CHECKING:
    from scanner.page import Page
    from ui.app import OpenedOffice
    from ui.cli.bench_desk_hands import Stroke
    from ui.cli.bench_desk_store import Archive, Town

GOAL_MS = 100.0
PAGES, SAMPLE = 6, 20261122


@dataclass(frozen=True)
class Work:
    """What is asked for. pause_ms: between two keys."""

    dossiers: int
    rounds: int
    ocr: bool
    pause_ms: int


@dataclass(frozen=True)
class Row:
    """One step of one script. keys: of one round; all its keys of all rounds are in `times`; computed: what the
    window's thread computed for them."""

    script: str
    step: str
    keys: int
    times: Times
    computed: Times

    @property
    def data(self) -> dict[str, Any]:
        computed = {f"computed_{name}": ms for name, ms in asdict(self.computed).items()}
        return {"script": self.script, "step": self.step, "keys": self.keys, **asdict(self.times), **computed}


@dataclass(frozen=True)
class Figures:
    """keys: script -> keys of one round; all_keys: every key of the officer, without the scans."""

    rows: Sequence[Row]
    keys: dict[str, int]
    all_keys: Times
    clicks: int
    pages_read: int
    load_average: float

    @property
    def slow(self) -> list[str]:
        return [f"{r.script}, {r.step}" for r in self.rows if r.times.p95_ms > GOAL_MS]


def register(bench: typer.Typer) -> None:
    bench.command("desk")(desk)


def desk(
    dossiers: Annotated[int, typer.Option(min=1, max=400_000, help="Số hồ sơ có sẵn trong kho.")] = 100_000,
    rounds: Annotated[int, typer.Option(min=1, help="Số vòng làm việc được đo.")] = 20,
    ocr: Annotated[bool, typer.Option("--ocr/--no-ocr", help="Đọc giấy tờ bằng Tesseract suốt lúc đo.")] = True,
    pause: Annotated[int, typer.Option(min=40, help="Mili giây nghỉ giữa hai phím.")] = 120,
    engine: Annotated[Which, typer.Option(help="Kho dữ liệu: sqlite hoặc postgresql.")] = Which.SQLITE,
    url: Annotated[str, typer.Option(help="Cơ sở dữ liệu PostgreSQL trống; bỏ qua thì tự dựng một máy chủ tạm.")] = "",
) -> None:
    """Đếm phím, đo từ lúc bấm đến khi hiện trên màn hình quầy, với kho nhiều năm, trong lúc máy đang đọc giấy."""
    engines = {which.value: measured(which, Work(dossiers, rounds, ocr, pause), url) for which in engine.engines}
    goals = goals_of_keys()
    broken = [
        f"{name}: {script} {f.keys[script]} > {most}"
        for name, f in engines.items()
        for script, most in goals.items()
        if f.keys[script] > most
    ]
    broken += [f"{name}: {f.clicks} lần nhấp chuột" for name, f in engines.items() if f.clicks]
    broken += [f"{name}: không trang nào được đọc" for name, f in engines.items() if ocr and not f.pages_read]
    data = {
        name: asdict(f) | {"rows": [r.data for r in f.rows], "slow": f.slow, "within_goals": not f.slow}
        for name, f in engines.items()
    }
    asked = {"dossiers": dossiers, "rounds": rounds, "ocr": ocr, "goal_ms": GOAL_MS, "goal_keys": goals}
    lines = [line for name, f in engines.items() for line in _table(name, f, goals)]
    show({**asked, "engines": data, "broken": broken, "ok": not broken}, "\n".join(lines + broken))
    if broken:
        raise typer.Exit(1)


def goals_of_keys() -> dict[str, int]:
    from ui.cli.bench_desk_script import NEW, RESULT, RETURNING

    return {RETURNING: 25, NEW: 40, RESULT: 4}


def measured(which: Which, work: Work, url: str = "") -> Figures:
    """Raises: NoPostgresError, StorageError, DeskSilentError."""
    from ui.app import open_office
    from ui.cli.bench_desk_store import Archive, fill

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with fresh_office(which, url) as (address, root):
        if which is not Which.SQLITE:
            (root / "config.toml").write_text(f'database = "{address}"\n', encoding="utf-8")
        with open_office(root) as office:
            tell(f"{which.value}: xếp {work.dossiers} hồ sơ vào kho …")
            town, archive = fill(office, work.dossiers), Archive(office, _scans())
            with _reading(root, archive, ocr=work.ocr):
                before = archive.read()
                strokes, clicks = _worked(office, town, archive, work)
                return figures_of(strokes, clicks, work.rounds, archive.read() - before)


def _worked(office: OpenedOffice, town: Town, archive: Archive, work: Work) -> tuple[list[Stroke], int]:
    """What the hands did, and how often they clicked."""
    from ui.cli.bench_desk_hands import Hands
    from ui.cli.bench_desk_script import Script
    from ui.desk.station import desk_station
    from ui.desk.view import DeskWindow
    from ui.station import application

    application()
    station = desk_station(office, counter="1", officer="lan", capture=partial(_sheets, archive.scans))
    assert isinstance(station.window, DeskWindow)
    hands = Hands(station.window, work.pause_ms)
    try:
        station.show(windowed=True)
        station.window.activateWindow()
        hands.wait("mở quầy", station.window.person.card.hasFocus)
        script = Script(office, station.window, hands, town)
        for n in range(work.rounds):
            if work.ocr:
                archive.top_up()
            script.round()
            tell(f"  vòng {n + 1} trên {work.rounds}")
        return hands.strokes, hands.clicks
    finally:
        hands.close()
        station.close()


@contextmanager
def _reading(root: Path, archive: Archive, *, ocr: bool) -> Iterator[None]:
    """The office's workers in a process of their own, as on a desk's PC."""
    from ui.demo.processes import Child

    if not ocr:
        yield
        return
    archive.top_up()
    workers = Child(["--data", str(root), "work"], root / "work.log").start()
    try:
        yield
    finally:
        workers.stop()


def _scans() -> list[bytes]:
    """Papers as a feeder gives them: A4, colour, 200 dpi."""
    from ui.demo.people import citizens
    from ui.demo.sample_papers import sample_paper

    people = citizens(PAGES, SAMPLE, "", {"1.001193": "ho-tich", "1.004884": "ho-tich"})
    return [sample_paper("Tờ khai đăng ký khai sinh", citizen).scanned(n) for n, citizen in enumerate(people)]


def _sheets(scans: Sequence[bytes]) -> Iterator[Page]:
    """What lies in the desk's scanner, which takes no time here."""
    from scanner.pictures import picture_page

    return (picture_page(scan, f"{n}.jpg") for n, scan in enumerate(scans))


def figures_of(strokes: Sequence[Stroke], clicks: int, rounds: int, pages_read: int) -> Figures:
    steps = dict.fromkeys((s.script, s.step) for s in strokes)
    rows, keys = [], dict.fromkeys((s.script for s in strokes), 0)
    for script, step in steps:
        of_step = [s for s in strokes if (s.script, s.step) == (script, step)]
        each = sum(s.keys for s in of_step) // rounds
        keys[script] += each
        times, computed = (
            Times.of(each_s) for each_s in zip(*((s.seconds, s.computed_s) for s in of_step), strict=True)
        )
        rows.append(Row(script, step, each, times, computed))
    pressed = Times.of([s.seconds for s in strokes if s.keys])
    return Figures(rows, keys, pressed, clicks, pages_read, busy())


def _table(name: str, f: Figures, goals: dict[str, int]) -> Iterator[str]:
    yield f"{name}; từ phím đến màn hình, ms (mục tiêu p95 {GOAL_MS:g})"
    yield f"  {'việc':<20}{'bước':<24}{'phím':>5}{'p50':>9}{'p95':>9}{'lâu nhất':>10}{'tính, p95':>11}"
    for row in f.rows:
        t, computed = row.times, row.computed.p95_ms
        yield f"  {row.script:<20}{row.step:<24}{row.keys:>5}{t.p50_ms:>9}{t.p95_ms:>9}{t.max_ms:>10}{computed:>11}"
    for script, count in f.keys.items():
        most = f", nhiều nhất được {goals[script]}" if script in goals else ""
        yield f"  {script}: {count} phím{most}"
    yield f"  mọi phím: {f.all_keys}; {f.clicks} lần nhấp chuột"
    yield f"  {f.pages_read} trang được đọc trong lúc đo; tải máy {f.load_average}"
    yield f"  CHƯA đạt: {'; '.join(f.slow)}" if f.slow else "  mọi bước đều đạt"
