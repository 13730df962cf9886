"""Who submits for the owner (người nộp hộ), on a key of its own: a second card, the standing, its paper. No Qt.

Nobody asks for it on the usual way: without it the owner stands here in person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import uuid4

from kiosk.domain.held import PeopleRules
from kiosk.domain.person import Person
from kiosk.domain.proxy import (
    STANDING_WORDS,
    Proxy,
    StandingError,
    StandingRule,
    rule_of,
    same_person,
)
from kiosk.text import tidy
from ui.desk.dossier_model import Ask, Form
from ui.desk.model import CardRead
from ui.desk.standing_asks import proxy_of, standing_asks
from ui.desk.work import Work
from ui.tasks import Run, ShowProblem

ACT = "submitter"


class SubmitterView(Protocol):
    def ask_submitter(self, form: Form) -> None:
        """Open the panel, or show in it what a card gave."""

    def show_submitter_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None: ...

    def close_submitter(self) -> None: ...

    def show_submitter(self, words: str) -> None:
        """Beside the owner; "" while the owner came in person."""

    def say(self, tone: str, message: str, fix: str) -> None: ...


class SubmitterPresenter:
    """changed: the papers to bring are others now. read: what a card says, off the UI thread."""

    def __init__(
        self,
        view: SubmitterView,
        run: Run,
        read: Callable[[str], CardRead],
        today: Callable[[], date],
        work: Callable[[], Work],
        changed: Callable[[], None],
        show_problem: ShowProblem,
    ) -> None:
        self._view, self._run, self._read, self._today = view, run, read, today
        self._work, self._changed, self._show_problem = work, changed, show_problem
        self._shown: Person | None = None
        self.is_open = False
        self.rules = PeopleRules()

    def on_open(self) -> None:
        """Ctrl+W."""
        if self._work().person is None:
            self._view.say(
                "warn", "Chưa có chủ hồ sơ.", "Quét thẻ của chủ hồ sơ trước, rồi bấm Ctrl+W cho người nộp hộ."
            )
            return
        self.is_open, self._shown = True, self._work().submitter
        self._view.ask_submitter(self._form(self._work().proxy))

    def on_card(self, payload: str) -> None:
        """The second card, scanned while the panel is open."""
        self._run(lambda: self._read(payload), self._card_read, self._show_problem)

    def _card_read(self, read: CardRead) -> None:
        if not self.is_open:
            return
        if read.person is None:
            words = "; ".join(read.problems) or "Không đọc được thẻ này."
            self._view.show_submitter_errors({}, words, "Quét lại, hoặc gõ số định danh và họ tên.")
            return
        self._shown = read.person
        self._view.ask_submitter(self._form(self._work().proxy))

    def on_given(self, given: Mapping[str, str]) -> None:
        """The panel was confirmed; an empty name says that the owner came in person."""
        name = tidy(given.get("name", ""))
        if not name:
            self._keep(None, None)
            return
        person, proxy = self._person(name, given), proxy_of(given)
        owner = self._work().person
        if owner is not None and same_person(owner, person):
            words = "Người nộp hộ trùng với chủ hồ sơ."
            self._view.show_submitter_errors({"number": words}, words, "Quét thẻ của người đang nộp, hoặc xóa họ tên.")
            return
        if proxy is None:
            words = "Chưa rõ tư cách của người nộp hộ."
            self._view.show_submitter_errors({"standing": words}, words, "Bấm số trước câu phù hợp.")
            return
        if (problem := self._against(proxy)) is not None:
            self._view.show_submitter_errors(*problem)
            return
        self._keep(person, proxy)

    def _against(self, proxy: Proxy) -> tuple[Mapping[str, str], str, str] | None:
        """What the rules of the procedure's field say; before a procedure is chosen nothing is known."""
        procedure = self._work().procedure
        if procedure is None:
            return None
        try:
            rule = rule_of(self.rules.standings, proxy.standing, procedure.field_name, self._today())
        except StandingError:
            words = f"Tư cách này không dùng được với lĩnh vực {procedure.field_name}."
            return {"standing": words}, words, "Chọn tư cách khác."
        if rule.dated and not proxy.paper_number and proxy.paper_date is None:
            words = "Chưa ghi số hoặc ngày của giấy ủy quyền."
            return {"paper": words}, words, "Ví dụ: 12 ngày 20/11/2026."
        return None

    def _keep(self, person: Person | None, proxy: Proxy | None) -> None:
        work = self._work()
        work.submitter, work.proxy, work.changed = person, proxy, True
        self.on_close()
        self.show()
        self._changed()

    def on_close(self) -> None:
        self.is_open = False
        self._view.close_submitter()

    def show(self) -> None:
        """Of the intake as it is now; its papers follow the standing."""
        work = self._work()
        work.authority = self.rule()
        words = ""
        if work.submitter is not None:
            standing = STANDING_WORDS[work.proxy.standing].lower() if work.proxy else "chưa rõ tư cách"
            words = f"Nộp hộ: {work.submitter.full_name} ({standing})"
        self._view.show_submitter(words)

    def rule(self) -> StandingRule | None:
        work = self._work()
        if work.proxy is None or work.submitter is None or work.procedure is None:
            return None
        try:
            return rule_of(self.rules.standings, work.proxy.standing, work.procedure.field_name, self._today())
        except StandingError:
            return None  # told when the dossier is received; the officer chooses again

    def _person(self, name: str, given: Mapping[str, str]) -> Person:
        number = "".join(given.get("number", "").split())
        known = self._shown if self._shown is not None and self._shown.id_number == number else None
        base = known or Person(number or uuid4().hex, name, number)
        return replace(base, full_name=name, phone=given.get("phone", "").strip())

    def _form(self, proxy: Proxy | None) -> Form:
        person = self._shown
        return Form(
            ACT,
            "Người nộp hộ",
            (
                Ask(
                    "number",
                    "Thẻ căn cước",
                    person.id_number if person else "",
                    hint="Quét thẻ, hoặc gõ 12 số",
                    needed=False,
                ),
                Ask(
                    "name",
                    "Họ và tên",
                    person.full_name if person else "",
                    hint="Để trống: chủ hồ sơ tự nộp",
                    needed=False,
                ),
                Ask("phone", "Điện thoại", person.phone if person else "", needed=False),
                *standing_asks(proxy),
            ),
        )
