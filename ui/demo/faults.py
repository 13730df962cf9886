"""Kill -9 of desk, workers and province at random moments, and what must be true afterwards."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.life import DossierState
from kiosk.domain.ticket import Ticket
from kiosk.errors import DamagedFileError
from ui.app import OpenedOffice
from ui.demo.office import SampleOffice, desk_of, make_office, nothing_waits, rejected_jobs, sent_as, wait_until
from ui.demo.processes import Child
from ui.demo.script import SampleDesk

PAUSE_S = (0.05, 1.8)
REST_S = 600.0
VISITORS_FIRST, VISITORS_MORE = 24, 6
ACKS = "acks.txt"


@dataclass(frozen=True)
class FaultReport:
    """ok: no promise was broken. kills: by process; seconds of the whole run and of the last clearing up."""

    ok: bool
    kills: dict[str, int]
    visitors: int
    acknowledged: int
    tickets: int
    pages: int
    dossiers: int
    documents: int
    events: int
    province: dict[str, int]
    problems: list[str]
    seconds: float
    seconds_after_last_kill: float


class Acks:
    """What a desk told its officer was done, written where a kill cannot take it back."""

    def __init__(self, file: Path) -> None:
        self._out = file.open("a", encoding="utf-8")

    def say(self, kind: str, key: str) -> None:
        self._out.write(f"{kind} {key}\n")
        self._out.flush()
        os.fsync(self._out.fileno())


def act_as_desk(office: OpenedOffice, desk: SampleDesk) -> None:
    """Everything one desk does with its visitors, told to the list of acknowledgements; goes on where it was killed."""
    acks = Acks(office.paths.root / ACKS)
    for issued in desk.take_numbers():
        acks.say("ticket", issued.label)
    while (ticket := desk.call()) is not None:
        acks.say("called", ticket.label)
        dossier = desk.serve(ticket)
        acks.say("dossier", dossier.key)
        desk.finish(ticket)
        acks.say("finished", ticket.label)


def run_faults(
    root: Path, kills: int, seed: int, tell: Callable[[str], None], visitors: int = VISITORS_FIRST
) -> FaultReport:
    """Kill and restart until `kills` is reached, let everything come to rest, then look at every promise."""
    sample, rng, started = make_office(root), random.Random(seed), time.monotonic()
    counted = {"desk": 0, "worker": 0, "province": 0}
    desk = _desk_process(sample, visitors)
    parts = {"desk": desk, "worker": sample.worker, "province": sample.province}
    with sample.open() as office:
        desk_of(office, visitors).prepare()  # the kills are for the desk's own work
    for part in parts.values():
        part.start()
    try:
        while sum(counted.values()) < kills:
            time.sleep(rng.uniform(*PAUSE_S))
            if desk.exit_code == 0:
                visitors += VISITORS_MORE
                parts["desk"] = desk = _desk_process(sample, visitors).start()
                tell(f"{sum(counted.values())} lần tắt máy, {visitors} người dân")
            name = rng.choice(sorted(parts))
            if parts[name].is_running:
                parts[name].kill()
                counted[name] += 1
            parts[name].start()
        rest_from = time.monotonic()
        _come_to_rest(sample, desk)
        rested = time.monotonic() - rest_from
        with sample.open() as office:
            return _verdict(sample, office, visitors, counted, time.monotonic() - started, rested)
    finally:
        desk.stop()
        sample.stop()


def _desk_process(sample: SampleOffice, visitors: int) -> Child:
    words = ["demo", "--as-desk", "--visitors", str(visitors), "--data", str(sample.root)]
    return Child(words, sample.root / "desk.log")


def _come_to_rest(sample: SampleOffice, desk: Child) -> None:
    """Nobody is killed any more: the desk ends its work, the workers theirs."""

    def desk_is_done() -> bool:
        if not desk.is_running and desk.exit_code != 0:
            desk.start()
        return desk.exit_code == 0

    wait_until(desk_is_done, REST_S, "quầy chưa xong việc")
    with sample.open() as office:
        wait_until(lambda: nothing_waits(office), REST_S, "việc nền chưa xong")


def _verdict(
    sample: SampleOffice, office: OpenedOffice, visitors: int, kills: dict[str, int], seconds: float, rested: float
) -> FaultReport:
    from kiosk.clock import business_day, office_now

    desk = desk_of(office, visitors)
    with office.reads() as look:
        day = business_day(office_now())
        tickets = look.tickets.of_day(day)
        dossiers = [look.dossiers.by_draft(f"demo-draft-{n}") for n in range(visitors)]
        kept = [d for d in dossiers if d is not None]
        pages = [p for d in kept for p in look.papers.pages(d.key)]
        documents = [x for d in kept for x in look.papers.documents(d.key)]
        everything = look.dossiers.recent(100_000)
        events = look.events.last_seq()
    acks = (sample.root / ACKS).read_text(encoding="utf-8").split("\n")[:-1]
    arrived = sample.watch.report()
    problems = rejected_jobs(office)
    problems += _ticket_problems(tickets, visitors)
    problems += [f"hồ sơ của người {n} bị mất" for n, d in enumerate(dossiers) if d is None]
    problems += [f"hồ sơ {d.key} chưa tiếp nhận" for d in kept if d.state is not DossierState.RECEIVED]
    if len(everything) != visitors:
        problems.append(f"có {len(everything)} hồ sơ cho {visitors} người dân")
    wanted = sum(len(desk.papers_of(n)) for n in range(visitors))
    if len(pages) != wanted or len({p.id for p in pages}) != wanted:
        problems.append(f"có {len(pages)} trang, đã quét {wanted}")
    problems += _damaged(office, [p.file_id for p in pages] + [x.file_id for x in documents])
    problems += _lost_acks(acks, {t.label for t in tickets}, {d.key for d in kept})
    if (broken := office.store.first_broken()) is not None:
        problems.append(f"nhật ký đứt ở dòng {broken}")
    if arrived["doubled"] or sorted(arrived["codes"]) != sent_as(office, kept):
        problems.append(f"tỉnh nhận {arrived['dossiers']} hồ sơ, trùng {arrived['doubled']}")
    if set(arrived["file_hashes"]) != _hashes(office, [x.file_id for x in documents]):
        problems.append(f"tỉnh có {arrived['files']} tệp, xã có {len(documents)}")
    return FaultReport(
        ok=not problems,
        kills=kills,
        visitors=visitors,
        acknowledged=len(acks),
        tickets=len(tickets),
        pages=len(pages),
        dossiers=len(kept),
        documents=len(documents),
        events=events,
        province={k: arrived[k] for k in ("dossiers", "files", "progress", "files_repeated", "progress_repeated")},
        problems=problems,
        seconds=round(seconds, 1),
        seconds_after_last_kill=round(rested, 1),
    )


def _ticket_problems(tickets: list[Ticket], visitors: int) -> list[str]:
    """Every number once, none left out, one for each visitor."""
    found = []
    numbers: dict[str, list[int]] = {}
    for ticket in tickets:
        numbers.setdefault(ticket.series, []).append(ticket.n)
    for series, ns in numbers.items():
        if sorted(ns) != list(range(1, len(ns) + 1)):
            found.append(f"dãy {series} có các số {sorted(ns)}")
    if len(tickets) != visitors:
        found.append(f"có {len(tickets)} số cho {visitors} người dân")
    return found


def _lost_acks(acks: list[str], labels: set[str], keys: set[str]) -> list[str]:
    known = {"ticket": labels, "called": labels, "finished": labels, "dossier": keys}
    pairs = (line.split(" ", 1) for line in acks)
    return [f"đã báo xong mà mất: {kind} {key}" for kind, key in pairs if key not in known[kind]]


def _damaged(office: OpenedOffice, file_ids: list[str]) -> list[str]:
    found = []
    with office.reads() as look:
        files = [look.papers.file(file_id) for file_id in file_ids]
    for file in files:
        try:
            office.vault.get(file)
        except DamagedFileError:
            found.append(f"tệp {file.id} hỏng")
    return found


def _hashes(office: OpenedOffice, file_ids: list[str]) -> set[str]:
    with office.reads() as look:
        return {look.papers.file(file_id).sha256 for file_id in file_ids}
