"""The intake: card, procedure, papers, pages; its ends are in `ui.desk.intake_ends`. Decides; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from kiosk.clock import Clock
from kiosk.domain.dossier import PaperState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Channel, Procedure
from ui.desk.beyond_presenter import BeyondPresenter
from ui.desk.group_presenter import GroupPresenter
from ui.desk.intake_ends import IntakeEnds
from ui.desk.intake_view import IntakeStore, IntakeView
from ui.desk.known_presenter import KnownPresenter
from ui.desk.model import AtCounter, CardRead, DraftState, Earlier, Saved
from ui.desk.pages_presenter import PagesPresenter
from ui.desk.reasons import FLAW
from ui.desk.search import find_procedures
from ui.desk.submitter_presenter import SubmitterPresenter
from ui.desk.words import CASE_FIRST
from ui.desk.work import Work
from ui.tasks import Lanes, no_matter


class IntakePresenter(IntakeEnds):
    """`pages` decides about the scan strip. settled: a dossier was saved; card_seen: the citizen stands here."""

    def __init__(
        self,
        view: IntakeView,
        office: IntakeStore,
        lanes: Lanes,
        clock: Clock,
        settled: Callable[[Saved], None] = lambda _: None,
        card_seen: Callable[[], None] = lambda: None,
        new_key: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        super().__init__(view, office, lanes.act)
        self._clock, self._look = clock, lanes.look
        self._settled, self._card_seen, self._new_key = settled, card_seen, new_key
        self._procedures: Sequence[Procedure] = ()
        self._fields: Sequence[str] = ()
        self.open_dossier: Callable[[str], None] = lambda _key: None  # a receipt's, where no supplement is waited for
        self.work = Work(new_key())
        self.pages = PagesPresenter(view, office, lanes, lambda: self.work)
        self.submitter = SubmitterPresenter(
            view,
            lanes.act,
            office.read_card,
            lambda: clock().date(),
            lambda: self.work,
            self._show_case,
            view.show_problem,
        )
        self.known = KnownPresenter(
            view, office, lanes.look, lambda: self.work, self._show_papers, self._open_reasons, view.show_problem
        )
        self.pages.ended = self.known.load
        self.group = GroupPresenter(view, office, lanes.act, lambda: self.work, self._begin, view.show_problem)
        self.beyond = BeyondPresenter(view, office, lambda: self.work, self.is_complete, self.end, self._show_case)

    # --- beginning -----------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Load the catalogue and take up an intake that a power cut interrupted."""
        self._look(self._office.procedures, self._catalogue, self._view.show_problem)
        self._look(self._office.last_draft, self._restore, self._view.show_problem)
        self._show_all()

    def on_server_back(self) -> None:
        """A desk that was started without the office's database has no catalogue yet."""
        if not self._procedures:
            self.open()

    def catalogue(self) -> Sequence[Procedure]:
        """The procedures that this desk knows."""
        return self._procedures

    def _catalogue(self, procedures: Sequence[Procedure]) -> None:
        self._procedures = procedures
        self.submitter.rules = self._office.rules()

    def _restore(self, draft: DraftState | None) -> None:
        if draft is None or draft.is_empty or self.work.person is not None or self.work.procedure is not None:
            return
        self._take_up(draft)
        since = f"{draft.at:%H:%M}" if draft.at else "trước"
        self._view.say("info", f"Đã mở lại hồ sơ đang làm dở lúc {since}.", "Bấm Ctrl+N nếu muốn làm hồ sơ khác.")

    def _take_up(self, draft: DraftState) -> None:
        self.work = Work.of_draft(draft, self._procedures)
        self._show_all()
        self.pages.load()

    def on_called(self, at: AtCounter) -> None:
        """A citizen was called: a clean sheet, and the line's own procedures first."""
        if self.work.person is None and self.work.procedure is None:
            self.work = Work(self._new_key())
        self.work.ticket, self.work.ticket_key = at, at.key
        self.group.forget()
        self._view.show_saved(None)
        self._view.hide_notice()
        self._run(lambda: self._office.fields_of(at.group), self._take_fields, no_matter)
        self._view.focus("card")

    def on_renamed(self, at: AtCounter) -> None:
        """The number at the counter, which was called by its label, has got its key."""
        if self.work.ticket is not None and self.work.ticket.label == at.label:
            self.work.ticket, self.work.ticket_key = at, at.key

    def _take_fields(self, fields: Sequence[str]) -> None:
        self._fields = fields

    def on_new(self) -> None:
        """A clean sheet; the draft stays in the store until it is received or a day is over."""
        self.save()
        self.work = self.work.clean(self._new_key())
        self._close_reasons()
        self._view.hide_notice()
        self._view.show_saved(None)
        self._show_all()
        self._view.focus("card")

    # --- person --------------------------------------------------------------------------------------------------

    def on_card(self, payload: str) -> None:
        """A payload from a reader, the clipboard or the keyboard, whatever had the focus."""
        if self.submitter.is_open:
            self.submitter.on_card(payload)
        elif payload.strip():
            self._run(lambda: self._office.read_card(payload), self._card_read, self._view.show_problem)

    def on_take(self) -> None:
        """Take over the card or receipt that was found among the pages."""
        if offered := self.pages.stacks.offered:
            self.pages.stacks.offered = ""
            self.on_card(offered)
        else:
            self._view.say("info", "Chưa thấy thẻ hay giấy hẹn nào trong các trang.", "Đặt thẻ lên kính rồi bấm F8.")

    def _card_read(self, read: CardRead) -> None:
        person = read.person
        if person is None:
            words = "; ".join(read.problems) or "Không đọc được thẻ này."
            self._view.say("warn", words, "Quét lại thẻ, hoặc gõ số định danh và họ tên.")
            self._view.focus("card")
        elif read.dossier_key:
            self._go_on_with(read.dossier_key, lambda: self.open_dossier(read.dossier_key))
        else:
            self._fill(person, read)

    def _fill(self, person: Person, read: CardRead) -> None:
        self._change(person=person)
        self._view.show_person(person)
        self._view.show_earlier(read.earlier)
        self._card_seen()
        self.known.load()
        if read.problems:
            self._view.say("warn", "; ".join(read.problems), "Kiểm tra lại thông tin trên thẻ.")
        else:
            self._view.hide_notice()
        self._view.focus("procedure" if person.full_name else "name")

    def on_person_edited(self, fields: Mapping[str, str]) -> None:
        """The officer typed: fields by name of `Person`."""
        base = self.work.person or Person(self._new_key(), "")
        edited = replace(base, **dict(fields))
        if edited != base:
            self._change(person=edited if any(fields.values()) else None)

    def on_earlier(self, earlier: Earlier) -> None:
        """Take up what waits for its supplement; else file the same procedure again."""
        self._go_on_with(earlier.key, lambda: self.on_procedure(earlier.procedure_code))

    def _go_on_with(self, key: str, otherwise: Callable[[], None]) -> None:
        """The citizen brings what was asked for: the same dossier goes on, no second one begins."""

        def found(draft: DraftState | None) -> None:
            if draft is None:
                otherwise()
                return
            at = self.work.ticket
            self.save()
            self._take_up(draft)
            self._card_seen()
            self.work.ticket, self.work.ticket_key = at, at.key if at else None
            self._view.say("info", "Hồ sơ này đang chờ bổ sung.", "Ghi giấy tờ vừa nộp thêm, rồi bấm Ctrl+Enter.")
            self._view.focus("papers")

        self._run(lambda: self._office.supplement_of(key), found, self._view.show_problem)

    # --- procedure -----------------------------------------------------------------------------------------------

    def on_search(self, text: str) -> None:
        self._view.show_choices(find_procedures(self._procedures, text, self._fields))

    def on_procedure(self, code: str) -> None:
        """A procedure was chosen; marks of papers with the same code stay."""
        chosen = next((p for p in self._procedures if p.code == code), None)
        if chosen is None:
            return
        self.work.choose(chosen)
        self._view.show_choices(())
        self._view.show_procedure(chosen)
        self.beyond.hint()
        self._show_case()
        self._view.focus("case" if self.work.lacks_case else "papers")

    def on_case(self, case: str) -> None:
        """Term, fee and papers follow the case; marks of papers of other cases stay out of the dossier."""
        self._change(case=case)
        self._view.hide_notice()
        self._show_case()

    def on_case_left(self) -> None:
        """Enter in the box of cases."""
        if not self.work.lacks_case:
            self._view.focus("papers")

    def _show_case(self) -> None:
        work = self.work
        needed = work.procedure is not None and work.procedure.needs_case(Channel.COUNTER)
        self.submitter.show()
        self._view.show_agency(work.competent_agency)
        self._view.show_cases(work.cases, work.case, needed=needed)
        self._show_papers()
        self._show_promise()
        self.known.load()

    def _show_promise(self) -> None:
        procedure, case, elsewhere = self.work.procedure, self.work.case, bool(self.work.competent_agency)
        if procedure is None:
            self._view.show_promise(None)
        elif self.work.lacks_case:
            self._view.show_promise(CASE_FIRST)
        else:
            self._run(
                lambda: self._office.promise(procedure, case, elsewhere=elsewhere), self._view.show_promise, no_matter
            )

    # --- papers --------------------------------------------------------------------------------------------------

    def on_all_present(self) -> None:
        """Every required paper that has no mark yet is there as the catalogue asks for it; exceptions stay."""
        for component in self.work.components:
            if component.required:
                self.work.note_settled(component)
        self._papers_changed()

    def on_state(self, code: str, state: PaperState) -> None:
        if self.known.needs_reason(code, state) or (state is PaperState.HELD and not self.known.on_reuse(code)):
            return
        self.work.marks[code] = replace(self.work.mark(code), state=state)
        self._papers_changed()

    def on_flaw(self, code: str) -> None:
        """Mark a paper that is here but must be mended, for the supplement slip; again to take it back."""
        mark = self.work.mark(code)
        self.work.marks[code] = replace(mark, note="" if mark.note else FLAW)
        self._papers_changed()

    def _papers_changed(self) -> None:
        self.work.changed = True
        self._show_papers()

    def _show_papers(self) -> None:
        self._view.show_papers(self.work.rows())

    # --- other keys -----------------------------------------------------------------------------------------------

    def on_back(self) -> None:
        """Escape: close what lies on top."""
        self._view.show_choices(())
        if self._reason_act:
            self._close_reasons()
            self._view.focus("papers")
        self._view.hide_notice()

    def _after(self, saved: Saved) -> None:
        self.group.note(saved)
        self.work = self.work.clean(self._new_key())
        self._view.hide_notice()
        self._show_all()
        self._view.show_saved(saved)
        self._view.focus("card")
        self._settled(saved)

    def _begin(self, work: Work) -> None:
        """The next dossier of the same person."""
        self.save()
        self.work = work
        self._close_reasons()
        self._view.show_saved(None)
        self._show_all()
        self._view.focus("procedure")

    # --- draft ---------------------------------------------------------------------------------------------------

    def _change(self, **changed: object) -> None:
        for name, value in changed.items():
            setattr(self.work, name, value)
        self.work.changed = True

    def save(self) -> None:
        """Keep what was typed so far; the view calls this within a second of a change."""
        if not self.work.changed or self._busy_act:
            return
        self.work.changed = False
        draft = self.draft()
        if not draft.is_empty:
            words = f"Đã lưu nháp lúc {self._clock():%H:%M}"
            self._run(
                lambda: self._office.save_draft(draft), lambda _: self._view.show_kept(words), self._view.show_problem
            )

    def draft(self) -> DraftState:
        return self.work.draft(self._clock())

    def _show_all(self) -> None:
        self._view.show_earlier(())
        self._view.show_kept("")
        self.show_work()

    def show_work(self) -> None:
        """Every part of the intake as it is now."""
        self._view.show_person(self.work.person)
        self._view.show_procedure(self.work.procedure)
        self.pages.show()
        self._show_case()
