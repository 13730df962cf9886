"""`motcua bench sync --only faults`: real offices, a stand-in with every fault, kill -9, then the ledger."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from kiosk.domain.job import JobState, Wing
from kiosk.errors import KioskError
from kiosk.storage import Store
from sync.reference.faults import COUNTED
from sync.reference.hand import AdminHand
from ui.cli.bench_store import busy, processes
from ui.cli.bench_sync_hands import FEED, Post, act, work
from ui.cli.bench_sync_ledger import differences, named, of_office, of_stand_in
from ui.cli.bench_sync_part import Measured, Wanted
from ui.cli.console import tell
from ui.demo.processes import Child, ProvinceWatch, free_port

DOSSIERS, OFFICES = 10_000, 4
A_KILL_FOR = 40  # dossiers, where no number of kills is asked for
PAUSE_S = (0.1, 1.0)
STUCK_S = 180.0  # nothing was sent for so long
ASKED_AGAIN = 10
RATE = 0.08  # of the requests meet a fault
MODE = 0.12  # of the spells have this habit
HABITS: dict[str, object] = {
    "away": True,
    "slow_s": 0.3,
    "double_encoded": True,
    "no_words": True,
    "hide_steps": True,
    "code_form": "raw00",
    "shape": "STATUS",
    "repeat_news": 3,
    "shuffle_news": True,
}


class StuckError(KioskError):
    """Nothing was sent for three minutes although something waits. details: waiting."""

    code = "bench.sync_stuck"


@dataclass(frozen=True)
class FaultRun:
    """kills: by process; requests: counted by the stand-in since it was last killed; problems: broken promises."""

    dossiers: int
    steps: int
    files: int
    offices: int
    kills: dict[str, int]
    spells: int
    decisions: int
    mended: int
    steps_again: int
    requests: dict[str, int]
    seconds: float
    busy: float
    problems: list[str] = field(default_factory=list)


def measure(wanted: Wanted) -> Measured:
    """Raises: StuckError."""
    with tempfile.TemporaryDirectory(prefix="motcua-sync-") as folder:
        offices = wanted.offices or OFFICES
        dossiers = wanted.dossiers or DOSSIERS
        kills = wanted.kills or max(dossiers // A_KILL_FOR, 2)
        run = run_faults(Path(folder), dossiers, offices, kills, wanted.seed)
    verdict = (
        "Mỗi thứ đến đúng một lần, đúng thứ tự, nguyên vẹn." if not run.problems else f"SAI: {named(run.problems)}"
    )
    killed = ", ".join(f"{name} {n}" for name, n in run.kills.items())
    return Measured(
        not run.problems,
        asdict(run),
        f"{verdict} {run.dossiers} hồ sơ, {run.steps} bước, {run.files} tệp; tắt ngang: {killed}; "
        f"{run.spells} đợt sự cố; {run.seconds} giây.",
    )


def run_faults(root: Path, dossiers: int, offices: int, kills: int, seed: int) -> FaultRun:
    """Acts, faults and kills until all is received and everybody was killed often enough; then calm, then the ledger.

    Raises: StuckError.
    """
    trial, began = Trial(root, offices, dossiers, seed), time.monotonic()
    try:
        trial.start()
        while sum(trial.kills.values()) < kills or not trial.all_received:
            trial.misfortune(may_kill=sum(trial.kills.values()) < kills)
        trial.calm_down()
    finally:
        trial.stop()
    return trial.verdict(round(time.monotonic() - began, 1))


class Trial:
    """The processes of one run, and the hand that hurts them."""

    def __init__(self, root: Path, offices: int, dossiers: int, seed: int) -> None:
        self._root, self._chance, self._context = root, random.Random(seed), processes("ui.cli.bench_sync_hands")
        port, epoch = free_port(), time.time()
        self._url = f"http://127.0.0.1:{port}"
        self._hand = AdminHand(self._url)
        words = ["province", "serve", "--data", str(root / "tinh"), "--port", str(port), "--allocate"]
        self._province = Child(words, root / "tinh.log")
        share = [dossiers // offices + (n < dossiers % offices) for n in range(offices)]
        self._posts = [self._post(n, size, epoch) for n, size in enumerate(share)]
        self._stores: list[Store] = []
        self._workers: dict[int, BaseProcess] = {}
        self._officers: list[BaseProcess] = []
        self.kills: Counter[str] = Counter()
        self._spells = self._decisions = 0
        self._requests: dict[str, int] = {}

    def _post(self, n: int, dossiers: int, epoch: float) -> Post:
        folder = self._root / f"xa-{n}"
        folder.mkdir()
        return Post(folder, self._url, f"H26.{107 + n}", epoch, self._chance.randrange(2**32), dossiers)

    @property
    def all_received(self) -> bool:
        return all(post.is_done.exists() for post in self._posts)

    def start(self) -> None:
        self._province.start()
        ProvinceWatch(self._url).wait_until_up()
        self._stores = [post.open() for post in self._posts]
        for n, post in enumerate(self._posts):
            officer = self._context.Process(target=act, args=(post,), daemon=True)
            officer.start()
            self._officers.append(officer)
            self._start_worker(n)

    def misfortune(self, *, may_kill: bool) -> None:
        time.sleep(self._chance.uniform(*PAUSE_S))
        what = self._chance.choice(
            ("worker", "worker", "province", "spell", "spell", "decide") if may_kill else ("spell",)
        )
        if what == "worker":
            n = self._chance.randrange(len(self._posts))
            self._workers[n].kill()
            self._workers[n].join()
            self._start_worker(n)
            self.kills["worker"] += 1
        elif what == "province":
            self._province.kill()
            self._province.start()
            self.kills["province"] += 1
            ProvinceWatch(self._url).wait_until_up()
        elif what == "decide":
            self._decide()
        if what in ("spell", "province"):
            self._hand.switch(self._spell())
            self._spells += 1
            tell(f"{sum(self.kills.values())} lần tắt ngang, chờ gửi {self._waiting()}")

    def calm_down(self) -> None:
        """No more faults; what is left is sent, and the last news is heard. Raises: StuckError."""
        self._hand.switch({"clear": True})
        left, since = self._waiting(), time.monotonic()
        while left:
            time.sleep(0.1)
            if (now := self._waiting()) != left:
                left, since = now, time.monotonic()
            if time.monotonic() - since > STUCK_S:
                raise StuckError(waiting=left)
        watch, since = ProvinceWatch(self._url), time.monotonic()
        asked, cursors = watch.report()["requests"]["changes"], self._cursors()
        # Nobody has heard anything new although all have asked again, and again.
        while (requests := watch.report()["requests"])["changes"] < asked + ASKED_AGAIN * len(self._posts):
            time.sleep(0.2)
            if (now_at := self._cursors()) != cursors:
                asked, cursors = requests["changes"], now_at
            if time.monotonic() - since > STUCK_S:
                raise StuckError(waiting=0)
        self._requests = requests

    def stop(self) -> None:
        for process in [*self._officers, *self._workers.values()]:
            process.kill()
            process.join()
        self._province.stop()

    def verdict(self, seconds: float) -> FaultRun:
        problems: list[str] = []
        steps = files = dossiers = again = mended = 0
        for post, opened in zip(self._posts, self._stores, strict=True):
            with closing(opened) as store:
                office, province = of_office(store, post.agency), of_stand_in(self._root / "tinh", post.agency)
                # A province that is told not to show its steps cannot be asked for them: its own rule had to do.
                problems += differences(office, province, steps_are_told=False)
                if (broken := store.first_broken()) is not None:
                    problems.append(f"{post.agency}: nhật ký đứt ở dòng {broken}")
                with store.reads() as look:
                    mended += sum(event.kind == "exchange.resent" for event in look.events.all())
            dossiers += len(office.entries)
            steps += sum(len(entry.steps) for entry in office.entries.values())
            files += sum(len(entry.files) for entry in office.entries.values())
            again += province.steps_again
        return FaultRun(
            dossiers, steps, files, len(self._posts), dict(self.kills), self._spells, self._decisions, mended, again,
            self._requests, seconds, busy(), problems,
        )  # fmt: skip

    def _start_worker(self, n: int) -> None:
        self._workers[n] = self._context.Process(target=work, args=(self._posts[n],), daemon=True)
        self._workers[n].start()

    def _waiting(self) -> int:
        total = 0
        for store in self._stores:
            with store.reads() as look:
                counts = look.jobs.counts(Wing.SYNC)
            total += sum(counts[state] for state in (JobState.WAITING, JobState.LEASED, JobState.REJECTED))
        return total

    def _cursors(self) -> list[str]:
        found = []
        for store in self._stores:
            with store.reads() as look:
                found.append(look.exchange.cursor(FEED))
        return found

    def _spell(self) -> dict[str, Any]:
        """What the stand-in does wrong for the next while: single faults at random, and some of its bad habits."""
        chosen = {name: value for name, value in HABITS.items() if self._chance.random() < MODE}
        naive = self._chance.random() < 0.5
        # A request that arrives twice where nobody looks for the code: that no office could prevent.
        kinds = [kind for kind in COUNTED if not (naive and kind == "duplicate")]
        seed = self._chance.randrange(86_400)
        return {"clear": True, "naive": naive, "rate": RATE, "seed": seed, "kinds": kinds, "hang_s": 4.0, **chosen}

    def _decide(self) -> None:
        """The province decides on one of the dossiers that it has had for a while."""
        n = self._chance.randrange(len(self._posts))
        with self._stores[n].reads() as look:
            known = [d.key for d in look.dossiers.recent(400) if d.external_codes][50:]
        if known:
            key = self._chance.choice(known)
            code = f"{self._posts[n].agency}-{key[:6]}-{key[6:-1]}"
            self._hand.decide({"code": code, "status": self._chance.choice(("5", "6", "8"))})
            self._decisions += 1
