"""What goes beyond the usual intake: a dossier that another agency solves (phi địa giới), a paper outside the catalogue
with its legal basis, and what is solved while the citizen waits (giải quyết ngay). One small form each. No Qt.

Source: docs/legal.md#reception, docs/legal.md#catalogue
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.person import Person
from kiosk.domain.procedure import Procedure
from kiosk.errors import KioskError
from kiosk.services.extra_papers import ExtraPaper, extra_components
from kiosk.services.reception import Intake
from kiosk.text import tidy
from ui.desk.dossier_model import Ask, Form
from ui.desk.model import Saved
from ui.desk.work import Work
from ui.tasks import problem_of

AGENCY, EXTRA, SPOT = "agency", "extra_paper", "on_the_spot"
CHANGED = "Hồ sơ trên màn hình đã khác lúc mở bảng này, nên chưa ghi gì."
MEND = "Ghi vào các ô màu đỏ rồi bấm Enter."


class BeyondView(Protocol):
    def ask_beyond(self, form: Form) -> None:
        """Open the panel with one of the three forms."""

    def show_beyond_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None: ...

    def close_beyond(self) -> None: ...

    def show_agency(self, words: str) -> None:
        """Beside the procedure: who solves it; "" for this office."""

    def say(self, tone: str, message: str, fix: str) -> None: ...

    def hide_notice(self) -> None: ...


class BeyondOffice(Protocol):
    def solve(self, intake: Intake, number: str, to: str) -> Saved: ...


@dataclass(frozen=True)
class _Asked:
    """Which form is open, and for which intake: a card that is read meanwhile makes it another's."""

    act: str
    key: str
    person: Person | None
    procedure: Procedure | None


class BeyondPresenter:
    """is_complete: whether the intake can be taken in, else it says why not; end: as `IntakeEnds.end`; changed: papers
    and date are to be shown again."""

    def __init__(
        self,
        view: BeyondView,
        office: BeyondOffice,
        work: Callable[[], Work],
        is_complete: Callable[[], bool],
        end: Callable[[str, Callable[[], Saved]], None],
        changed: Callable[[], None],
    ) -> None:
        self._view, self._office, self._work = view, office, work
        self._is_complete, self._end, self._changed = is_complete, end, changed
        self._asked: _Asked | None = None

    def hint(self) -> None:
        """A procedure was chosen."""
        procedure = self._work().procedure
        if procedure is None or procedure.needs_receipt:
            self._view.hide_notice()
        else:
            fix = "Xong thì bấm Ctrl+Shift+N; không xong ngay được thì tiếp nhận bằng Ctrl+Enter."
            self._view.say("info", "Thủ tục này giải quyết ngay, không cần giấy hẹn.", fix)

    # --- opening -------------------------------------------------------------------------------------------------

    def on_agency(self) -> None:
        """Ctrl+Shift+A."""
        if self._has_procedure():
            hint = "Ví dụ: UBND xã Phú Xuân. Để trống: cơ quan này giải quyết"
            ask = Ask(
                "agency", "Cơ quan có thẩm quyền giải quyết", self._work().competent_agency, hint=hint, needed=False
            )
            told = "Thời hạn bắt đầu khi cơ quan ấy nhận được hồ sơ; ngày hẹn là dự kiến."
            self._open(Form(AGENCY, "Hồ sơ phi địa giới", (ask,), told))

    def on_extra(self) -> None:
        """Ctrl+Shift+B."""
        if self._has_procedure():
            there = "; ".join(paper.name for paper in self._work().extra_papers)
            told = f"Đã thêm: {there}. Để trống tên giấy tờ: bỏ giấy thêm sau cùng." if there else ""
            asks = (
                Ask("name", "Tên giấy tờ", hint="Giấy tờ không có trong danh mục của thủ tục", needed=False),
                Ask("basis", "Căn cứ pháp lý", hint="Ví dụ: khoản 2 Điều 7 Nghị định 123/2015/NĐ-CP", needed=False),
            )
            self._open(Form(EXTRA, "Giấy tờ ngoài danh mục", asks, told))

    def on_spot(self) -> None:
        """Ctrl+Shift+N."""
        if not self._is_complete():
            return
        work = self._work()
        assert work.person is not None
        assert work.procedure is not None
        if work.procedure.needs_receipt:
            words = "Thủ tục này phải có giấy hẹn, không phải loại giải quyết ngay."
            self._view.say("warn", words, "Bấm Ctrl+Enter để tiếp nhận.")
            return
        asks = (
            Ask("number", "Số kết quả", hint="Để trống: lấy số trong sổ theo dõi", needed=False),
            Ask("to", "Người nhận kết quả", (work.submitter or work.person).full_name),
        )
        self._open(
            Form(SPOT, "Giải quyết và trả ngay", asks, "Không in giấy hẹn; hồ sơ vẫn có dòng trong sổ theo dõi.")
        )

    def _has_procedure(self) -> bool:
        if self._work().procedure is None:
            self._view.say("warn", "Chưa chọn thủ tục.", "Bấm Ctrl+F để tìm thủ tục trước.")
            return False
        return True

    def _open(self, form: Form) -> None:
        self._asked = self._now(form.act)
        self._view.ask_beyond(form)

    def _now(self, act: str) -> _Asked:
        work = self._work()
        return _Asked(act, work.key, work.person, work.procedure)

    # --- what was written ----------------------------------------------------------------------------------------

    def on_given(self, given: Mapping[str, str]) -> None:
        """The form was confirmed."""
        if self._asked is None:
            return
        if self._now(self._asked.act) != self._asked:
            self.on_close()
            self._view.say("warn", CHANGED, "Kiểm tra người nộp và thủ tục, rồi bấm lại phím.")
            return
        {AGENCY: self._agency, EXTRA: self._extra, SPOT: self._spot}[self._asked.act](given)

    def on_close(self) -> None:
        self._asked = None
        self._view.close_beyond()

    def _agency(self, given: Mapping[str, str]) -> None:
        self._work().competent_agency = tidy(given.get("agency", ""))
        self._kept()

    def _extra(self, given: Mapping[str, str]) -> None:
        name, basis = tidy(given.get("name", "")), tidy(given.get("basis", ""))
        if not name:
            self._take_back(basis)
            return
        work = self._work()
        assert work.procedure is not None
        paper = ExtraPaper(name, basis)
        if paper in work.extra_papers:
            words = "Giấy tờ này đã được thêm."
            self._view.show_beyond_errors({"name": words}, words, "Ghi giấy tờ khác, hoặc bấm Esc.")
            return
        wanted = (*work.extra_papers, paper)
        try:
            extra_components(work.procedure, wanted, None)
        except KioskError as error:
            problem = problem_of(error)
            field = "name" if basis else "basis"
            self._view.show_beyond_errors({field: problem.message}, problem.message, problem.fix)
            return
        work.extra_papers = wanted
        self._kept()

    def _take_back(self, basis: str) -> None:
        """The one that was added last; what has its basis and no name is a paper half written."""
        work = self._work()
        if basis or not work.extra_papers:
            words = "Chưa ghi tên giấy tờ."
            self._view.show_beyond_errors({"name": words}, words, MEND)
            return
        assert work.procedure is not None
        last = extra_components(work.procedure, work.extra_papers, None)[-1].code
        if any(code == last for _thumb, code in work.pages):
            words = "Giấy thêm sau cùng đã có trang quét."
            self._view.show_beyond_errors({"name": words}, words, "Gắn các trang ấy vào giấy khác rồi bấm lại.")
            return
        work.extra_papers = work.extra_papers[:-1]
        work.marks.pop(last, None)
        self._kept()

    def _kept(self) -> None:
        self._work().changed = True
        self.on_close()
        self._changed()

    def _spot(self, given: Mapping[str, str]) -> None:
        to = tidy(given.get("to", ""))
        if not to:
            words = "Chưa ghi người nhận kết quả."
            self._view.show_beyond_errors({"to": words}, words, MEND)
            return
        intake, number = self._work().intake(), tidy(given.get("number", ""))
        self.on_close()
        self._end("solve", lambda: self._office.solve(intake, number, to))
