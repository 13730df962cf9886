"""`motcua bench sync --only line`: what of a bad line arrives, beside a plain upload and the usual client.

Two network namespaces, an emulated line between them, the stand-in at the far end as a process of its own. Goodput is
the share of the line's bits per second that were bytes of the file, from the first packet to the receipt; headers of
TCP/IP take 3.5 % of any line.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ui.cli.bench_sync_backlog import BEST, MANNERS, Backlog, after_an_outage
from ui.cli.bench_sync_emulator import Weather
from ui.cli.bench_sync_namespaces import PROVINCE_END, START_S, NeedsRootError, TwoEnds
from ui.cli.bench_sync_part import Measured, Wanted
from ui.cli.bench_sync_senders import Send, Sent, connection, files, has_usual_client, ours, plain, usual_client
from ui.cli.console import tell

PORT = 8766
KIB = 1024
DOSSIERS = 600
SECONDS = 90.0  # of the line's time that one load fills
EACH = 512 * KIB  # a scanned paper of a few pages
URGENT = 3 * KIB
OUTAGE = (15.0, 75.0)
FLAPS = [(20.0 * n, 20.0 * n + 5.0) for n in range(1, 60)]

GOAL = Weather(1e6, 200, 0.02)
LINKS = (
    GOAL,
    Weather(256e3, 600, 0.05),
    Weather(256e3, 200, 0.02),
    Weather(1e6, 600, 0.05),
    Weather(1e6, 50, 0.0),
    Weather(4e6, 200, 0.02),
    Weather(4e6, 600, 0.05),
    Weather(4e6, 50, 0.0),
    Weather(512e3, 300, 0.02, burst=4),
)


@dataclass(frozen=True)
class Way:
    """One way of sending. single: the load as one file, else as papers of a few pages each."""

    name: str
    send: Send
    single: bool = True


WAYS = (
    Way("ours, BBR", ours("bbr", 1)),
    Way("ours, CUBIC x1-4", ours("cubic", 4), single=False),
    Way("ours, CUBIC x1", ours("cubic", 1)),
    Way("plain HTTP, CUBIC", plain("cubic")),
    Way("plain HTTP, BBR", plain("bbr")),
    Way("tuspy, CUBIC", usual_client),
)
BBR, CUBIC = WAYS[0], WAYS[1]


@dataclass(frozen=True)
class Run:
    """One load. share: of the line's rate; resent: bytes that went twice as a share of the file, None where the client
    does not tell; back_s: from the end of an outage to the next byte of the file."""

    way: str
    link: str
    bytes: int
    seconds: float
    share: float
    wrong: int
    resent: float | None = None
    back_s: float | None = None


class Bench:
    def __init__(self, ends: TwoEnds, seed: int) -> None:
        self._ends, self._seed = ends, seed
        self.url = f"http://{PROVINCE_END}:{PORT}"

    def load(self, way: Way, weather: Weather, size: int) -> Run:
        self._seed += 1
        uploads = files(size, size if way.single else EACH, self._seed)
        self._ends.weather(replace(weather, seed=self._seed))
        sent = Sent()
        ends_at = time.monotonic() + max((end for _, end in weather.outages[:1]), default=0.0)
        with _first_after(ends_at, sent) as first:
            began = time.monotonic()
            try:
                self._ends.in_office(lambda: way.send(self.url, uploads, sent))
            except Exception as failure:  # noqa: BLE001 - a client that gives up is a result
                tell(f"    {way.name}: {type(failure).__name__} {failure}")
                sent.wrong += 1
            seconds = time.monotonic() - began
        handed = sent.handed()
        return Run(
            way.name,
            told(weather),
            size,
            round(seconds, 1),
            round(size * 8 / seconds / weather.rate, 3) if not sent.wrong else 0.0,
            sent.wrong,
            round(max(handed - size, 0) / size, 4) if handed else None,
            round(first[0] - ends_at, 1) if weather.outages and first else None,
        )

    def urgent(self, way: Way, weather: Weather, size: int) -> dict[str, Any]:
        """A message of 3 KB each 1.5 s while files go, on a connection of its own that is open already."""
        times: list[float] = []
        over, ready = threading.Event(), threading.Event()
        self._ends.weather(weather)

        def messages() -> None:
            from sync.line import Line

            with Line(connection(self.url)) as line:
                line.send("POST", "/TraCuuHoSo", json={"mahoso": "x", "madonvi": "H26.107"})
                ready.set()
                while not over.wait(1.5):
                    began = time.monotonic()
                    line.send("POST", "/TraCuuHoSo", json={"mahoso": "x" * URGENT, "madonvi": "H26.107"})
                    times.append(time.monotonic() - began)

        thread = threading.Thread(target=lambda: self._ends.in_office(messages))
        thread.start()
        ready.wait(START_S)
        run = self.load(way, weather, size)
        over.set()
        thread.join()
        return {
            "way": way.name,
            "link": told(weather),
            "messages": len(times),
            "p50_s": round(statistics.median(times), 2) if times else None,
            "max_s": round(max(times), 2) if times else None,
            "share": run.share,
        }


def measure(wanted: Wanted) -> Measured:
    """Raises: NeedsRootError."""
    seconds = wanted.seconds or SECONDS
    ways = [w for w in WAYS if w.send is not usual_client or has_usual_client()]
    with TwoEnds() as ends, _province(ends) as url:
        tell(f"  {url}")
        bench = Bench(ends, 1000 * wanted.seed)
        grid = [
            _said(bench.load(way, link, int(link.rate / 8 * seconds)))
            for _ in range(wanted.runs or 1)
            for link in LINKS
            for way in ways
        ]
        cut = replace(GOAL, outages=[OUTAGE])
        flaps = replace(GOAL, outages=FLAPS)
        cuts = [_said(bench.load(way, cut, 4 * EACH)) for way in ways]
        flapping = [_said(bench.load(way, flaps, 8 * EACH)) for way in ways]
        size = int(GOAL.rate / 8 * seconds)
        urgent = [bench.urgent(way, GOAL, size) for way in (BBR, CUBIC)]
        dossiers = wanted.dossiers or DOSSIERS
        backlog = [after_an_outage(ends, url, manner, dossiers, wanted.seed) for manner in MANNERS]
    return _measured(grid, cuts, flapping, urgent, backlog)


def told(weather: Weather) -> str:
    burst = f" x{weather.burst}" if weather.burst > 1 else ""
    return f"{weather.rate / 1e3:.0f} kbit/s {weather.delay_ms:.0f} ms {weather.loss:.0%}{burst}"


def _said(run: Run) -> Run:
    extra = "" if run.resent is None else f", gửi lại {run.resent:.1%}"
    back = "" if run.back_s is None else f", nối lại sau {run.back_s} s"
    tell(f"  {run.link}: {run.way} {run.share:.0%} ({run.seconds:.0f} s{extra}{back})")
    return run


def _measured(
    grid: list[Run], cuts: list[Run], flapping: list[Run], urgent: list[dict[str, Any]], backlog: list[Backlog]
) -> Measured:
    def share(way: Way) -> float:
        return statistics.median(r.share for r in grid if r.way == way.name and r.link == told(GOAL))

    goals: dict[str, tuple[float | None, bool]] = {
        "bbr_share": (share(BBR), share(BBR) >= 0.88),
        "cubic_share": (share(CUBIC), share(CUBIC) >= 0.80),
        "resent_after_cut": (cuts[0].resent, (cuts[0].resent or 0.0) <= 0.06),
        "back_s": (cuts[0].back_s, cuts[0].back_s is not None and cuts[0].back_s <= 10),
        "urgent_p50_s": (urgent[0]["p50_s"], (urgent[0]["p50_s"] or 99.0) <= 0.5),
        "urgent_max_s": (urgent[0]["max_s"], (urgent[0]["max_s"] or 99.0) <= 2.0),
    }
    visible_s = next(b.visible_s for b in backlog if b.manner == BEST)
    goals["backlog_s"] = (visible_s, visible_s is not None and visible_s <= 30)
    wrong = sum(r.wrong for r in (*grid, *cuts, *flapping) if r.way.startswith("ours"))
    figures = {
        "goals": {name: {"value": value, "ok": ok} for name, (value, ok) in goals.items()},
        "links": [asdict(r) for r in grid],
        "outage_60_s": [asdict(r) for r in cuts],
        "flaps": [asdict(r) for r in flapping],
        "urgent": urgent,
        "backlog": [asdict(b) for b in backlog],
    }
    ok = wrong == 0 and all(kept for _, kept in goals.values())
    lines = [f"  {name}: {value}{'' if kept else ' (CHƯA ĐẠT)'}" for name, (value, kept) in goals.items()]
    return Measured(ok, figures, "\n".join(["đường truyền", *lines]))


@contextmanager
def _province(ends: TwoEnds) -> Iterator[str]:
    """The stand-in at the far end."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        command = [sys.executable, "-m", "kiosk", "province", "serve", "--data", place, "--host", PROVINCE_END]
        process = ends.in_province([*command, "--port", str(PORT)], folder)
        try:
            _until((folder / "port").exists, process.poll)
            yield f"http://{PROVINCE_END}:{PORT}"
        finally:
            process.kill()  # asked to end it would wait for calls that the line has swallowed
            process.wait(START_S)


def _until(ready: Callable[[], bool], ended: Callable[[], int | None]) -> None:
    end = time.monotonic() + START_S
    while not ready():
        if time.monotonic() > end or ended() is not None:
            raise NeedsRootError(problem="máy chủ đóng vai tỉnh không chạy được")
        time.sleep(0.05)


@contextmanager
def _first_after(moment: float, sent: Sent) -> Iterator[Sequence[float]]:
    """When the first byte was handed over after `moment`; nothing where the client does not tell."""
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        if over.wait(max(moment - time.monotonic(), 0.0)):
            return
        before = sent.handed()
        while not over.wait(0.05):
            if sent.handed() > before:
                seen.append(time.monotonic())
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()
