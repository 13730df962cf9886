"""What stopped, out of the store and out of the hot folders of this desk, and what is done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.clock import Clock, office_now
from kiosk.config import ScannerConfig
from kiosk.domain.event import Actor
from kiosk.domain.scan import ScannedPage
from kiosk.errors import KioskError
from kiosk.services import stopped
from kiosk.services.stopped import NoReasonGivenError, StoppedPaper
from ui.app import OpenedOffice
from ui.desk.stopped_presenter import AGAIN, AS_IT_IS, LEAVE_OUT, StoppedRow
from ui.desk.thumbnails import thumbnail
from ui.i18n.errors import text_of
from ui.scan_profiles import FOLDER

JOB, FILE = "job:", "file:"
BIG = (300, 424)  # px of a page beside the list
NOTE = ".txt"


@dataclass
class LiveStopped:
    """profiles: hot folders whose bad files are listed, too."""

    office: OpenedOffice
    actor: Actor
    profiles: Sequence[ScannerConfig] = ()
    clock: Clock = office_now
    _pictures: dict[str, bytes] = field(default_factory=dict)

    def count(self) -> int:
        with self.office.reads() as look:
            return len(stopped.stopped_papers(look)) + sum(1 for _ in self._bad_files())

    def rows(self) -> Sequence[StoppedRow]:
        with self.office.reads() as look:
            papers = stopped.stopped_papers(look)
        return [self._paper_row(p) for p in papers] + [_file_row(path) for path in self._bad_files()]

    def again(self, row: StoppedRow) -> None:
        if row.id.startswith(FILE):
            _give_back(Path(row.id.removeprefix(FILE)))
        else:
            self._retry(row, as_it_is=False)

    def as_it_is(self, row: StoppedRow) -> None:
        self._retry(row, as_it_is=True)

    def leave_out(self, row: StoppedRow, reason: str) -> None:
        if row.id.startswith(FILE):
            _put_away(Path(row.id.removeprefix(FILE)), reason, self.actor.officer)
            return
        uow, job = self.office.units(), int(row.id.removeprefix(JOB))
        stopped.leave_out(uow, job, reason, actor=self.actor, now=self.clock())

    def _retry(self, row: StoppedRow, *, as_it_is: bool) -> None:
        uow, job = self.office.units(), int(row.id.removeprefix(JOB))
        stopped.try_again(uow, job, as_it_is=as_it_is, actor=self.actor, now=self.clock())

    def _paper_row(self, paper: StoppedPaper) -> StoppedRow:
        place = f"Hồ sơ {paper.owner}" if paper.owner.isdigit() else "Hồ sơ đang làm tại quầy"
        page = paper.page
        if page is None:
            return StoppedRow(f"{JOB}{paper.job}", "Văn bản ghép", place, _why(paper.error, paper.component), (AGAIN,))
        acts = (AGAIN, AS_IT_IS, LEAVE_OUT)
        title = f"Trang {page.number}" + (f", {page.source}" if page.source else "")
        return StoppedRow(f"{JOB}{paper.job}", title, place, _why(paper.error, page.source), acts, self._picture(page))

    def _picture(self, page: ScannedPage) -> bytes:
        if page.id not in self._pictures:
            with self.office.reads() as look:
                file = look.papers.file(page.file_id)
            try:
                self._pictures[page.id] = thumbnail(self.office.vault.get(file), BIG)
            except KioskError:  # the file is what is wrong
                self._pictures[page.id] = b""
        return self._pictures[page.id]

    def _bad_files(self) -> Iterator[Path]:
        for profile in self.profiles:
            bad = Path(profile.device.removeprefix(FOLDER)).expanduser() / "bad"
            try:
                yield from sorted(p for p in bad.iterdir() if p.suffix != NOTE and (p.is_symlink() or not p.is_dir()))
            except OSError:  # no bad file yet, or the share is away: that is told elsewhere
                continue


def _file_row(path: Path) -> StoppedRow:
    from scanner.limits import shown_name

    note = path.with_name(path.name + NOTE)
    try:
        why = note.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeError, IndexError):
        why = "Không rõ lý do: thử lại, hoặc mở tệp để xem."
    place = f"Thư mục quét {path.parent.parent.name}"
    return StoppedRow(f"{FILE}{path}", shown_name(path), place, why, (AGAIN, LEAVE_OUT))


def _give_back(path: Path) -> None:
    """Into the hot folder again. Raises: FolderAwayError."""
    with _told(path):
        path.with_name(path.name + NOTE).unlink(missing_ok=True)
        path.rename(_free(path.parent.parent / path.name))


def _put_away(path: Path, reason: str, officer: str) -> None:
    """Into `bad/dropped`, with who and why. Raises: NoReasonGivenError, FolderAwayError."""
    if not reason.strip():
        raise NoReasonGivenError
    with _told(path):
        folder = path.parent / "dropped"
        folder.mkdir(exist_ok=True)
        target = _free(folder / path.name)
        target.with_name(target.name + NOTE).write_text(f"{reason.strip()}\n{officer}\n", encoding="utf-8")
        path.rename(target)
        path.with_name(path.name + NOTE).unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    from scanner.errors import FolderAwayError

    try:
        yield
    except OSError as e:
        raise FolderAwayError(device=str(path.parent)) from e


def _free(target: Path) -> Path:
    names = (target.with_name(f"{target.stem} ({n}){target.suffix}") for n in range(2, 10_000))
    return target if not target.exists() else next(name for name in names if not name.exists())


def _why(error: str, file: str) -> str:
    """A job's kept error, "code: reason", as a sentence with what to do."""
    code, _, reason = error.partition(": ")
    text = text_of(code)
    words = defaultdict(lambda: "…", file=file, reason=reason, pages=reason)
    return f"{text.message.format_map(words)} {text.fix.format_map(words)}"
