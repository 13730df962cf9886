"""What still stands in the way of receiving: all of it at once, each with a jump to its field. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.desk.model import Choice
from ui.desk.words import named
from ui.desk.work import Work

ACT = "fault"
F9 = "Bấm F9 để yêu cầu bổ sung."
F6_OR_F9 = "Bấm F6 nếu đã đủ, hoặc F9 để yêu cầu bổ sung."


@dataclass(frozen=True)
class Fault:
    """part: what `focus` of the view takes; paper: code of the component that it is about, "" for none."""

    part: str
    words: str
    fix: str
    paper: str = ""


class FaultsView(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None: ...

    def focus(self, part: str) -> None: ...

    def focus_paper(self, code: str) -> None: ...

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """part -> words; a part that is not named is right."""


def lacks(work: Work) -> list[Fault]:
    """What is needed for any end of an intake: who, what, which case."""
    found = []
    if work.person is None or not work.person.full_name.strip():
        found.append(Fault("card", "Chưa có người nộp hồ sơ.", "Quét thẻ căn cước, hoặc gõ họ tên."))
    if work.procedure is None:
        fix = "Gõ tên tắt hoặc vài chữ của thủ tục rồi bấm Enter."
        found.append(Fault("procedure", "Chưa chọn thủ tục.", fix))
    if work.lacks_case:
        fix = "Bấm phím ↓ để chọn; ngày hẹn và lệ phí tùy trường hợp."
        found.append(Fault("case", "Chưa chọn trường hợp.", fix))
    return found


def paper_faults(work: Work) -> list[Fault]:
    """Papers that are missing, then papers that must be mended."""
    missing = [Fault("papers", f"Còn thiếu: {c.name}", F6_OR_F9, c.code) for c in work.missing()]
    flawed = [Fault("papers", f"Cần sửa: {r.name}", F9, r.code) for r in work.rows() if r.note]
    return missing + flawed


class FaultsPresenter:
    """One thing is told in the notice and has the focus at once; several are listed, and Enter goes to the field."""

    def __init__(self, view: FaultsView, work: Callable[[], Work]) -> None:
        self._view, self._work = view, work
        self._listed: list[Fault] = []
        self._marked = False

    def stop(self, *, papers: bool) -> bool:
        """Whether something is in the way; it is then on the screen. papers: whether these count, as for receiving."""
        work = self._work()
        ahead = lacks(work)
        about_papers = paper_faults(work) if papers else []
        faults = ahead + about_papers
        self._mark(ahead)
        if ahead and len(faults) > 1:
            self._listed = faults
            title = f"Còn {len(faults)} việc {'trước khi tiếp nhận' if papers else 'phải làm trước'}"
            self._view.ask(ACT, title, [Choice(str(n), f.words) for n, f in enumerate(faults)])
        elif ahead:
            self._tell(ahead[0])
        elif about_papers:
            self._tell_papers(work, about_papers)
        return bool(faults)

    def on_chosen(self, act: str, choice: str, _setting: str) -> None:
        """A line of the list: to its field."""
        if act == ACT and int(choice) < len(self._listed):
            self._tell(self._listed[int(choice)])

    def on_changed(self) -> None:
        """The officer went on: what is right now is no longer marked."""
        if self._marked:
            self._mark(lacks(self._work()))

    def _mark(self, faults: Sequence[Fault]) -> None:
        if faults or self._marked:
            self._marked = bool(faults)
            self._view.show_faults({f.part: f.words for f in faults})

    def _tell(self, fault: Fault) -> None:
        self._view.say("bad", fault.words, fault.fix)
        if fault.paper:
            self._view.focus_paper(fault.paper)
        else:
            self._view.focus(fault.part)

    def _tell_papers(self, work: Work, faults: Sequence[Fault]) -> None:
        if missing := work.missing():
            self._view.say("bad", f"Còn thiếu {len(missing)} giấy tờ: {named([c.name for c in missing])}.", F6_OR_F9)
        else:
            flawed = named([row.name for row in work.rows() if row.note])
            self._view.say("bad", f"Có giấy tờ cần sửa: {flawed}.", F9)
        self._view.focus_paper(faults[0].paper)
