"""Papers of the stack, one after the other: what each seems to be and to say, confirmed or corrected by keyboard.

Enter goes to the next thing that is in doubt; when nothing is, it takes the paper and goes on to the next. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kiosk.domain.keeping import Keeping
from kiosk.domain.procedure import Component
from ui.desk.reading_kept import kept_words
from ui.desk.reading_model import DOUBTED, SURE, Accepted, Box, PagePicture, ReadField, ReadingOffice, ReadPaper
from ui.desk.work import Work
from ui.tasks import Lanes, Problem, no_matter

KIND, COMPONENT = 0, 1  # lines of the panel before the fields
HEAD = 2
NO_COMPONENT = "Chưa gắn vào giấy tờ nào"
NO_KIND = "Chưa rõ loại"


@dataclass(frozen=True)
class ShownLine:
    """A line of the panel. turns: the arrows change it; else it is typed. tone: "" fine, "warn" or "bad" in doubt."""

    label: str
    value: str
    tone: str = ""
    turns: bool = False


@dataclass(frozen=True)
class ShownPaper:
    """title: "Giấy 1/3 · trang 1, 2"; state and tone: of the chip; kept: how it is archived."""

    title: str
    state: str
    tone: str
    lines: tuple[ShownLine, ...]
    kept: str = ""


class ReadingView(Protocol):
    def show_paper(self, paper: ShownPaper, line: int) -> None:
        """Stands over the desk from the first call on."""

    def show_picture(self, picture: PagePicture) -> None: ...

    def mark(self, boxes: Sequence[Box], current: Box | None) -> None:
        """boxes: of all values on the page that is shown; current: of the line with the mark."""

    def warn(self, words: str) -> None:
        """What must be done before the paper can be taken; "" takes it away."""

    def leave(self) -> None: ...


class DeskView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_read(self, waiting: int, doubtful: int) -> None:
        """doubtful: of those that wait for the officer, papers with a proposal that wants a look. Takes no focus."""


class Strip(Protocol):
    """What the pages' presenter does for this one."""

    def show(self) -> None: ...


class ReadingPresenter:
    """work: what is on the screen now; keeping: which papers the office keeps whole."""

    def __init__(
        self,
        view: ReadingView,
        desk: DeskView,
        office: ReadingOffice,
        lanes: Lanes,
        work: Callable[[], Work],
        strip: Strip,
        keeping: Keeping,
    ) -> None:
        self._view, self._desk, self._office, self._lanes = view, desk, office, lanes
        self._work, self._strip, self._keeping = work, strip, keeping
        self._papers: list[ReadPaper] = []
        self._at = self._line = 0
        self._seen: set[int] = set()  # lines of this paper that the officer has stood on
        self._page = ""
        self._heard = -1

    @property
    def _paper(self) -> ReadPaper:
        return self._papers[self._at]

    def on_news(self, seq: int) -> None:
        """Count the papers that wait for the officer; the same number again is a heartbeat."""
        if seq == self._heard:
            return
        self._heard, work = seq, self._work()
        key, components = work.key, work.components
        if work.pages:
            self._lanes.look(lambda: self._office.papers(key, components), self._count, no_matter)
        else:
            self._count(())

    def _count(self, papers: Sequence[ReadPaper]) -> None:
        waiting = [p for p in papers if not p.confirmed]
        self._desk.show_read(len(waiting), sum(bool(self._doubts(p)) for p in waiting))

    def on_open(self) -> None:
        """Show the first paper that nobody has confirmed."""
        work = self._work()
        key, components = work.key, work.components
        self._lanes.look(lambda: self._office.papers(key, components), self._opened, self._desk_problem)

    def _opened(self, papers: Sequence[ReadPaper]) -> None:
        self._papers = list(papers)
        if not self._papers:
            self._desk.say("info", "Chưa có trang nào đọc xong.", "Quét giấy tờ bằng F8, đợi vài giây rồi bấm Ctrl+J.")
            return
        self._go(next((n for n, p in enumerate(self._papers) if not p.confirmed), 0))

    def on_step(self, step: int) -> None:
        """To another paper; nothing is taken."""
        self._go((self._at + step) % len(self._papers))

    def on_line(self, line: int) -> None:
        self._line = max(0, min(line, HEAD + len(self._paper.fields) - 1))
        self._seen.add(self._line)
        self._show()

    def on_move(self, step: int) -> None:
        self.on_line(self._line + step)

    def on_turn(self, step: int) -> None:
        """The next kind or component."""
        if self._line == KIND:
            kinds = [c.id for c in self._paper.kinds]
            # From "not clear" the likeliest comes first.
            at = (kinds.index(self._paper.kind) + step) % len(kinds) if self._paper.kind in kinds else 0
            self._change(replace(self._paper, kind=kinds[at], confidence=1.0))
        elif self._line == COMPONENT:
            codes = ["", *(c.code for c in self._components())]
            at = codes.index(self._paper.component) if self._paper.component in codes else 0
            self._change(replace(self._paper, component=codes[(at + step) % len(codes)]))

    def on_typed(self, text: str) -> None:
        """The value of the current line, as it is being typed."""
        at = self._line - HEAD
        if at >= 0:
            fields = list(self._paper.fields)
            if fields[at].value != text:
                fields[at] = replace(fields[at], value=text, confidence=1.0)
                self._papers[self._at] = replace(self._paper, fields=tuple(fields))

    def on_enter(self) -> None:
        doubts = [n for n in self._doubts(self._paper) if n not in self._seen and n != self._line]
        if not self._paper.kind:
            self.on_line(KIND)
            self._view.warn("Chọn loại giấy bằng phím ← →.")
        elif doubts:
            self.on_line(doubts[0])
            self._view.warn("Đối chiếu ô này với trang quét, sửa nếu cần, rồi bấm Enter.")
        else:
            self._take()

    def on_take_back(self) -> None:
        """The confirmation of this paper was a mistake."""
        paper = self._paper
        if paper.confirmed:
            self._lanes.act(
                lambda: self._office.take_back(paper.pages[0]), lambda _: self._taken_back(paper), self._problem
            )

    def _taken_back(self, paper: ReadPaper) -> None:
        if paper in self._papers:
            self._papers[self._papers.index(paper)] = replace(paper, confirmed=False)
            self._show()

    def _take(self) -> None:
        paper, key = self._paper, self._work().key
        said = {f.name: f.value for f in paper.fields if f.value.strip()}
        accepted = Accepted(paper.pages, paper.kind, paper.component, said)
        self._lanes.act(lambda: self._office.confirm(key, accepted), lambda _: self._taken(paper), self._problem)

    def _taken(self, paper: ReadPaper) -> None:
        self._papers[self._papers.index(paper)] = replace(paper, confirmed=True)
        self._give(paper)
        left = [n for n, p in enumerate(self._papers) if not p.confirmed]
        if left:
            self._go(next((n for n in left if n > self._at), left[0]))
            return
        self._view.leave()
        self._desk.say("good", f"Đã xác nhận {len(self._papers)} giấy tờ.", "")

    def _give(self, paper: ReadPaper) -> None:
        """The strip and the list of papers know at once where the pages belong."""
        work = self._work()
        component = next((c for c in work.components if c.code == paper.component), None)
        if component is not None:
            work.pages = [(t, component.code if t.id in paper.pages else code) for t, code in work.pages]
            work.note_brought(component)
        self._strip.show()

    def _components(self) -> Sequence[Component]:
        return self._work().components

    def _change(self, paper: ReadPaper) -> None:
        self._papers[self._at] = paper
        self._show()

    def _go(self, at: int) -> None:
        self._at, self._page = at, ""
        self._seen = set()
        self._line = (self._doubts(self._paper) or [KIND])[0]
        self._seen.add(self._line)
        self._view.warn("")
        self._show()

    def _doubts(self, paper: ReadPaper) -> list[int]:
        """Lines that should be looked at one by one."""
        if paper.confirmed:
            return []
        lines = [] if paper.kind and paper.confidence >= SURE else [KIND]
        if self._components() and not paper.component:
            lines.append(COMPONENT)
        return lines + [HEAD + n for n, f in enumerate(paper.fields) if f.confidence < DOUBTED]

    def _show(self) -> None:
        paper = self._paper
        pages = ", ".join(str(n) for n in paper.numbers)
        state, tone = ("Đã xác nhận", "good") if paper.confirmed else ("Chờ xác nhận", "warn")
        if paper.copy_of:
            state, tone = f"Bản sao của giấy {paper.copy_of}", tone
        title = f"Giấy {self._at + 1}/{len(self._papers)} · trang {pages}"
        kept = kept_words(paper, self._keeping, self._work().procedure)
        self._view.show_paper(ShownPaper(title, state, tone, self._lines(), kept), self._line)
        field = paper.fields[self._line - HEAD] if self._line >= HEAD else None
        self._show_page(field.page if field and field.page in paper.pages else paper.pages[0], field)

    def _lines(self) -> tuple[ShownLine, ...]:
        paper = self._paper
        kinds = {c.id: c.words for c in paper.kinds}
        kind_tone = "" if paper.confidence >= SURE else ("warn" if paper.kind else "bad")
        maybe = f"{NO_KIND}, có thể là {paper.kinds[0].words}" if paper.kinds and not paper.kind else NO_KIND
        names = {c.code: f"{n}. {c.name}" for n, c in enumerate(self._components(), 1)}
        component = names.get(paper.component, NO_COMPONENT)
        return (
            ShownLine("Loại giấy", kinds.get(paper.kind, maybe), kind_tone, turns=True),
            ShownLine("Thành phần hồ sơ", component, "" if paper.component in names else "warn", turns=True),
            *(ShownLine(f.words, f.value, _tone(f)) for f in paper.fields),
        )

    def _show_page(self, page: str, current: ReadField | None) -> None:
        boxes = [f.box for f in self._paper.fields if f.page == page and f.box is not None]
        self._view.mark(boxes, current.box if current else None)
        if page != self._page:
            self._page = page
            self._lanes.look(lambda: self._office.picture(page), self._pictured(page), self._problem)

    def _pictured(self, page: str) -> Callable[[PagePicture], None]:
        def show(picture: PagePicture) -> None:
            if page == self._page:
                self._view.show_picture(picture)

        return show

    def _problem(self, problem: Problem) -> None:
        self._view.warn(f"{problem.message} {problem.fix}".strip())

    def _desk_problem(self, problem: Problem) -> None:
        self._desk.say("bad", problem.message, problem.fix)


def _tone(field: ReadField) -> str:
    if field.confidence >= SURE:
        return ""
    return "warn" if field.confidence >= DOUBTED else "bad"
