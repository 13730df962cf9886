"""The panel of one dossier and the list that leads to it: opened by scan or key, its acts by one letter. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from kiosk.domain.receiver import Proof
from kiosk.errors import KioskError
from kiosk.services.touchless import CodeKind, kind_of
from ui.desk.dossier_model import DossierOffice, Form, Found, Listed, Scan, Sheet, Taker
from ui.tasks import Problem, Run, problem_of

GIVE, GIVE_BY_CARD = "return", "give"
PROBLEM = "bad"


class DossierView(Protocol):
    def show_sheet(self, sheet: Sheet) -> None:
        """Open the panel, or show in it what has changed."""

    def show_list(self, lines: Sequence[Listed], text: str, *, untold: bool) -> None: ...

    def show_form(self, form: Form) -> None: ...

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        """On the form: what is wrong, by field, and in one sentence."""

    def show_taker(self, words: str, tone: str) -> None:
        """Who stands here for the result, and what the next key does."""

    def tell(self, tone: str, message: str, fix: str) -> None: ...

    def leave(self) -> None: ...


class DossierPresenter:
    """go_on: the intake takes a dossier that waits for its supplement; card: the intake takes a citizen's card;
    say: tells on the desk itself, while the panel is closed."""

    def __init__(
        self,
        view: DossierView,
        office: DossierOffice,
        run: Run,
        *,
        go_on: Callable[[str], None],
        card: Callable[[str], None],
        say: Callable[[str, str, str], None],
    ) -> None:
        self._view, self._office, self._run = view, office, run
        self._go_on, self._card, self._say = go_on, card, say
        self._sheet: Sheet | None = None
        self._form: Form | None = None
        self._taker: Taker | None = None
        self._warned = self._is_busy = self._is_listing = False
        self._text, self._untold = "", False

    @property
    def is_open(self) -> bool:
        return self._sheet is not None or self._is_listing

    # --- opening -------------------------------------------------------------------------------------------------

    def open(self, key: str, act: str = "") -> None:
        """act: to begin at once, when it may be done."""

        def opened(sheet: Sheet) -> None:
            self._opened(sheet)
            if act:
                self.on_act(act)

        self._run(lambda: self._office.sheet(key), opened, self._not_opened)

    def _opened(self, sheet: Sheet) -> None:
        self._is_listing, self._form, self._taker, self._warned = False, None, None, False
        self._show(sheet)

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._view.show_sheet(sheet)
        self._show_taker()

    def _not_opened(self, problem: Problem) -> None:
        if self.is_open:
            self._tell_problem(problem)
        else:
            self._say(PROBLEM, problem.message, problem.fix)

    def on_close(self) -> None:
        """Escape: the form, then the panel."""
        if self._form is not None and self._sheet is not None:
            self._form = None
            self._show(self._sheet)
            return
        self._sheet = self._form = self._taker = None
        self._is_listing = False
        self._view.leave()

    def on_news(self) -> None:
        """Somebody may have changed it meanwhile; a form being filled in is left alone."""
        if self._sheet is not None and self._form is None and not self._is_busy:
            key = self._sheet.key
            self._run(lambda: self._office.sheet(key), self._again, lambda _problem: None)

    def _again(self, sheet: Sheet) -> None:
        if self._sheet is not None and self._sheet.key == sheet.key and self._form is None and sheet != self._sheet:
            self._show(sheet)

    # --- list ----------------------------------------------------------------------------------------------------

    def on_list(self, text: str = "") -> None:
        """The results that wait, or what a text finds."""
        self._sheet = self._form = self._taker = None
        if not self._is_listing:
            self._untold = False
        self._is_listing, self._text = True, text
        self._load_list()

    def on_pick(self, key: str) -> None:
        """One of the list; who was found by a card stands here already."""
        payload = self._text if kind_of(self._text) is CodeKind.CARD else ""
        self._run(lambda: self._office.sheet(key), lambda sheet: self._picked(sheet, payload), self._tell_problem)

    def _picked(self, sheet: Sheet, payload: str) -> None:
        self._opened(sheet)
        if payload and sheet.hand_over is not None:
            self.on_scanned(payload)

    def on_untold(self) -> None:
        """Only those whose citizen was not told, and back to all."""
        self._untold = not self._untold
        self._load_list()

    def _load_list(self) -> None:
        text, untold = self._text, self._untold
        self._run(
            lambda: self._office.listed(text, untold=untold), lambda lines: self._listed(text, lines), self._failed
        )

    def _listed(self, text: str, lines: Sequence[Listed]) -> None:
        if not self._is_listing or text != self._text:
            return
        self._view.show_list(lines, text, untold=self._untold)
        ready = [line.key for line in lines if line.since]
        if kind_of(text) is CodeKind.CARD and len(ready) == 1:
            self.on_pick(ready[0])

    # --- scans ---------------------------------------------------------------------------------------------------

    def on_scanned(self, payload: str) -> None:
        """Whatever has the focus: a receipt opens its dossier; a card takes the open result, else finds its own; with
        the panel closed a card belongs to the intake."""
        if not self.is_open and kind_of(payload) is not CodeKind.RECEIPT:
            self._card(payload)
            return
        key = self._sheet.key if self._sheet is not None else ""
        self._run(
            lambda: self._office.scan(payload, key),
            lambda scan: self._scanned(payload, scan),
            lambda problem: self._not_scanned(payload, problem),
        )

    def _not_scanned(self, payload: str, problem: Problem) -> None:
        """Without the office's database the intake still knows what to do with a code."""
        if self.is_open:
            self._tell_problem(problem)
        else:
            self._card(payload)

    def _scanned(self, payload: str, scan: Scan) -> None:
        if scan.found is Found.SUPPLEMENT:
            if self.is_open:
                self._form = None
                self.on_close()
            self._go_on(scan.key)
        elif scan.found is Found.OPEN:
            self.open(scan.key)
        elif not self.is_open:
            self._card(payload)
        elif scan.found is Found.NOTHING:
            self._view.tell("warn", "Không đọc được mã này.", "Quét giấy hẹn hoặc thẻ căn cước.")
        elif self._sheet is not None and self._sheet.hand_over is not None and scan.taker is not None:
            self._form, self._taker = None, scan.taker
            self._show(self._sheet)
        else:
            self.on_list(payload)

    # --- hand-over -----------------------------------------------------------------------------------------------

    def on_confirm(self) -> None:
        """Enter: give the result to who showed the card; without a card the name is written down."""
        sheet, taker = self._sheet, self._taker
        if sheet is None or sheet.hand_over is None:
            return
        if taker is None or taker.proof is None:
            self.on_act(GIVE)
        elif sheet.hand_over.originals and not self._warned:
            self._warned = True
            names = "; ".join(sheet.hand_over.originals)
            fix = "Bấm G để trả bản chính, hoặc Enter lần nữa để trao kết quả và vẫn giữ bản chính."
            self._view.tell("bad", f"Còn giữ bản chính: {names}.", fix)
        elif sheet.hand_over.asks:
            self._asked(Form(GIVE_BY_CARD, "Trả kết quả", sheet.hand_over.asks))
        else:
            self._work(lambda: self._office.give(sheet.key, taker, {}))

    def _show_taker(self) -> None:
        sheet = self._sheet
        if sheet is not None and sheet.hand_over is not None:
            self._view.show_taker(*taker_words(self._taker))

    # --- acts ----------------------------------------------------------------------------------------------------

    def on_act(self, act: str) -> None:
        """An act's letter, in the panel."""
        sheet = self._sheet
        if sheet is None or self._form is not None or self._is_busy:
            return
        offer = next((offer for offer in sheet.offers if offer.id == act), None)
        if offer is None:
            return
        if offer.why_not:
            self._view.tell("warn", f"{offer.words}: chưa làm được.", offer.why_not)
            return
        self._run(lambda: self._office.form(act, sheet.key), self._asked, self._tell_problem)

    def _asked(self, form: Form) -> None:
        if self._sheet is None:
            return
        if form.asks:
            self._form = form
            self._view.show_form(form)
        else:
            self._do(form, {})

    def on_form(self, given: Mapping[str, str]) -> None:
        """Enter in the last field, or Ctrl+Enter: what is missing is told at once, all of it."""
        form = self._form
        if form is None or self._sheet is None or self._is_busy:
            return
        errors = {
            ask.name: f"Chưa ghi {ask.words.lower()}"
            for ask in form.asks
            if ask.needed and not given.get(ask.name, "").strip()
        }
        if errors:
            self._view.show_errors(errors, "; ".join(errors.values()) + ".", "Ghi đủ các ô màu đỏ rồi bấm Enter.")
            return
        self._do(form, given)

    def _do(self, form: Form, given: Mapping[str, str]) -> None:
        assert self._sheet is not None
        key, taker = self._sheet.key, self._taker
        if form.act == GIVE_BY_CARD and taker is not None:
            self._work(lambda: self._office.give(key, taker, given))
        else:
            self._work(lambda: self._office.do(form.act, key, given))

    def _work(self, work: Callable[[], str]) -> None:
        """Do it and read what became of it, in one go: nothing else of the lane comes between."""
        if self._is_busy or self._sheet is None:
            return
        self._is_busy, key = True, self._sheet.key
        self._run(lambda: (work(), self._read(key)), lambda done: self._done(key, *done), self._failed)

    def _read(self, key: str) -> Sheet | Problem:
        """What was done stays done, whether it can be read again or not."""
        try:
            return self._office.sheet(key)
        except KioskError as error:
            return problem_of(error)

    def _done(self, key: str, words: str, read: Sheet | Problem) -> None:
        self._is_busy = False
        self._form = None
        if self._sheet is None or self._sheet.key != key:
            return
        if isinstance(read, Problem):
            self._show(self._sheet)
            self._view.tell("warn", words, f"{read.message} {read.fix}".strip())
        else:
            self._show_done(read, words)

    def _show_done(self, sheet: Sheet, words: str) -> None:
        """Who stands here for a result still does after what went before it, such as originals given back."""
        self._warned = False
        if sheet.hand_over is None:
            self._taker = None
        self._show(sheet)
        self._view.tell("good", words, "")

    def _failed(self, problem: Problem) -> None:
        self._is_busy = False
        if self._form is not None:
            self._view.show_errors({}, problem.message, problem.fix)
        else:
            self._tell_problem(problem)

    def _tell_problem(self, problem: Problem) -> None:
        self._view.tell(PROBLEM, problem.message, problem.fix)


WHOSE = {Proof.OWNER_CARD: "chủ hồ sơ", Proof.PROXY_CARD: "được nhận thay"}
NOBODY = "không phải chủ hồ sơ, không phải người được nhận thay"


def taker_words(taker: Taker | None) -> tuple[str, str]:
    """What stands beside a result that can be given, and its tone."""
    if taker is None:
        return "Quét thẻ của người nhận rồi bấm Enter. Không có thẻ: bấm Enter để ghi tên và lý do.", "info"
    if taker.proof is None:
        return f"{taker.name or 'Thẻ này'}: {NOBODY}. Enter: ghi tên và lý do.", "bad"
    return f"Người nhận: {taker.name}, {WHOSE[taker.proof]}. Bấm Enter để trao.", "good"
