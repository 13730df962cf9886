"""A whole sample office in a directory of its own: its settings, its processes, and what came of a day."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from kiosk.domain.dossier import Dossier
from kiosk.domain.job import JobState, Wing
from kiosk.errors import KioskError
from kiosk.text import tidy
from sync.messages.codes import provisional_code
from ui.app import OpenedOffice, open_office
from ui.demo.people import Citizen, citizens
from ui.demo.processes import Child, ProvinceWatch, free_port
from ui.demo.script import SampleDesk

TRAY = "khay-giay"  # the folder that the sample office's scanner feeds from

CONFIG = """# Văn phòng mẫu
[station]
kind = "desk"
name = "ban-1"
keeps_hours = false
counter = "1"
officer = "can-bo-mau"

[officers]
can-bo-mau = "Hoàng Thị Mẫu"

[scanner]
device = {tray}
watch = false  # it stands for a feeder: the stack waits for F8

[[provinces]]
name = "tinh-mau"
url = "{url}"
timeout_s = 10

[provinces.field_codes]
"Hộ tịch" = "G15-HT"
"Chứng thực" = "G15-CT"
"Nuôi con nuôi" = "G15-CN"
"Đất đai" = "G15-DD"
"Hoạt động xây dựng" = "G15-XD"
"Quy hoạch đô thị và nông thôn" = "G15-QH"
"Đăng ký, quản lý cư trú" = "G15-TT"
"Cấp, quản lý căn cước" = "G15-CC"
"Bảo trợ xã hội" = "G15-BT"
"Giảm nghèo" = "G15-GN"
"Giáo dục và đào tạo" = "G15-GD"
"Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)" = "G15-KD"
"""


@dataclass(frozen=True)
class Step:
    """One line of the demo's report."""

    name: str
    seconds: float
    detail: str


@dataclass
class Steps:
    """Times each step and tells of it at once."""

    tell: Callable[[str], None]
    done: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """The block appends what happened to the list."""
        said: list[str] = []
        started = time.monotonic()
        yield said
        step = Step(name, round(time.monotonic() - started, 3), "; ".join(said))
        self.done.append(step)
        self.tell(f"✓ {step.name} ({step.seconds:.1f} s): {step.detail}")


@dataclass
class SampleOffice:
    """root: throw-away directory. The province has a directory and a process of its own."""

    root: Path
    url: str
    province: Child
    worker: Child

    @property
    def watch(self) -> ProvinceWatch:
        return ProvinceWatch(self.url)

    def open(self) -> OpenedOffice:
        return open_office(self.root)

    def stop(self) -> None:
        self.worker.stop()
        self.province.stop()


def make_office(root: Path) -> SampleOffice:
    """Lay the settings of a sample office in `root` and name its processes; starts nothing."""
    root.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (root / TRAY).mkdir(exist_ok=True)
    tray = json.dumps(f"folder:{(root / TRAY).resolve()}", ensure_ascii=False)  # a TOML string is written the same way
    (root / "config.toml").write_text(CONFIG.format(url=url, tray=tray), encoding="utf-8")
    province = Child(
        ["province", "serve", "--port", str(port), "--data", str(root / "tinh"), "--allocate"], root / "tinh.log"
    )
    worker = Child(["work", "--data", str(root)], root / "worker.log")
    return SampleOffice(root, url, province, worker)


def desk_of(office: OpenedOffice, visitors: int, seed: int = 1) -> SampleDesk:
    """The counter of a sample office with its visitors; the same ones for the same seed."""
    scans = office.paths.root / "mau-quet"
    scans.mkdir(exist_ok=True)
    return SampleDesk(office, sample_visitors(office, visitors, seed), scans)


def sample_visitors(office: OpenedOffice, count: int, seed: int) -> list[Citizen]:
    """Visitors whose groups and priority class exist in this office's facts."""
    facts = office.facts
    with office.reads() as look:
        fields = {p.code: p.field_name for p in look.procedures.all_current(_today())}
    groups = {
        code: next((g.code for g in facts.groups if field in g.fields), facts.groups[0].code)
        for code, field in fields.items()
    }
    return citizens(count, seed, facts.priorities[0].code, groups)


def _today() -> Any:
    from kiosk.clock import business_day, office_now

    return business_day(office_now())


class NotInTimeError(KioskError):
    """Something of the sample office did not happen in time. details: what."""

    code = "demo.not_in_time"


def wait_until(is_so: Callable[[], bool], patience_s: float, what: str) -> None:
    """Look again every tenth of a second. Raises: NotInTimeError naming what did not happen."""
    last = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > last:
            raise NotInTimeError(what=what)
        time.sleep(0.1)


def nothing_waits(office: OpenedOffice) -> bool:
    """No worker has anything to do any more; what stands behind a refused entry of its lane waits for a person."""
    with office.reads() as look:
        return all(look.jobs.next_due(w) is None and not look.jobs.listed(w, (JobState.LEASED,), 1) for w in Wing)


def sent_as(office: OpenedOffice, dossiers: list[Dossier]) -> list[str]:
    """The codes under which these dossiers were sent, sorted."""
    return sorted(provisional_code(office.facts.agency_code, d.key) for d in dossiers)


def rejected_jobs(office: OpenedOffice) -> list[str]:
    """What a worker put before a person, as "wing key: error"."""
    with office.reads() as look:
        jobs = [j for wing in Wing for j in look.jobs.listed(wing, (JobState.REJECTED,))]
    return [f"{j.wing.value} {j.key}: {j.error}" for j in jobs]


def error_rate(office: OpenedOffice, desk: SampleDesk) -> float:
    """Character error rate of all recognised documents against what was printed (white space folded)."""
    wrong = total = 0
    for n in range(len(desk.visitors)):
        printed = {p.title: tidy(p.text) for p in desk.papers_of(n)}
        for title, text in _recognised(office, f"demo-draft-{n}"):
            truth = printed[title]
            wrong += Levenshtein.distance(truth, tidy(text))
            total += len(truth)
    return wrong / total if total else 1.0


def _recognised(office: OpenedOffice, draft: str) -> list[tuple[str, str]]:
    with office.reads() as look:
        dossier = look.dossiers.by_draft(draft)
        if dossier is None:
            return []
        procedure = look.procedures.get(dossier.procedure_code, dossier.procedure_version)
        names = {c.code: c.name for c in procedure.components}
        return [(names[d.component], d.text) for d in look.papers.documents(dossier.key)]
