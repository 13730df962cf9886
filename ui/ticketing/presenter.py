"""What the kiosk does: one touch, one number; then back to the start. No Qt, no personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from kiosk.clock import Clock
from kiosk.domain.membership import Stop, StoppedError
from kiosk.domain.opening import ALWAYS, Opening
from kiosk.domain.ticket import PrintState
from ui.tasks import Problem, Run, no_matter, problem_of
from ui.ticketing.checklist import ChecklistGuide
from ui.ticketing.helping import HelpCall
from ui.ticketing.idle import Idle, Phase
from ui.ticketing.look import Mode
from ui.ticketing.lookup import Lookup
from ui.ticketing.model import Issued, PriorityTile, Stopped, Tile
from ui.ticketing.ports import Silence, Speaker, TicketingOffice, TicketingView
from ui.ticketing.staff import Staff
from ui.ticketing.touches import Touches
from ui.ticketing.touchless import Touchless
from ui.ticketing.words import LANGUAGES, Words

TOUCH_LOCK = timedelta(seconds=1.5)
SHOW_NUMBER = timedelta(seconds=9)
SHOW_NOTE = timedelta(seconds=8)
PAPER_SLOW = timedelta(seconds=5)
LOOK_AT_HOURS = timedelta(seconds=20)


class TicketingPresenter:
    """Decides. new_touch: names a touch (`touches`)."""

    def __init__(
        self,
        view: TicketingView,
        office: TicketingOffice,
        run: Run,
        clock: Clock,
        new_touch: Callable[[], str] = lambda: uuid4().hex,
        languages: Mapping[str, Words] = LANGUAGES,
        speaker: Speaker | None = None,
    ) -> None:
        self._view, self._office, self._run, self._clock = view, office, run, clock
        self._touches, self._languages = Touches(new_touch), languages
        self._speaker, self._listens = speaker or Silence(), False
        self._mode = Mode()
        self._tiles: Sequence[Tile] = ()
        self._classes: Sequence[PriorityTile] = ()
        self._opening = ALWAYS
        self._hours_at = self._ticked_at = clock()
        self._priority = ""
        self._locked_until: datetime | None = None
        self._shown: Issued | None = None
        self._shown_at = clock()
        self._note_until: datetime | None = None
        self._busy = self._pristine = self._without_paper = self._warned = self._is_stopped = False
        self._idle = Idle(clock)
        too_often = self._noting("warn", lambda words: (words.too_often, words.too_often_fix))
        wrong_code = self._noting("warn", lambda words: (words.wrong_code, words.too_often_fix))
        self.lookup = Lookup(view, office, run, clock, self._personal, self._failed, too_often, self._check_in)
        self.staff = Staff(view, office, run, clock, wrong_code, self._failed, self._measured, self._going_on)
        helped = self._noting("good", lambda words: (words.helped, words.helped_fix))
        coming = self._noting("good", lambda words: (words.coming, words.coming_fix))
        self.helping = HelpCall(office, run, clock, helped, coming, self._failed)
        self.guide = ChecklistGuide(view, office, run, self._failed)
        self.touchless = Touchless(office, run, clock, self._take_code, self._note, self._failed, lambda: self._words)

    @property
    def _words(self) -> Words:
        return self._languages[self._mode.language]

    def open(self) -> None:
        """Show the start; reads only."""
        self._classes, self._tiles = self._office.priorities(), self._office.tiles()
        self._opening = self._office.opening()
        self._fill()
        self._start()
        self._run(self._office.stopped, self._stopped, no_matter)

    def _fill(self) -> None:
        self._view.show_priorities(self._classes)
        self._view.show_tiles(self._tiles)

    def _start(self) -> None:
        self._pristine = self._mode == Mode()
        self._idle.restart()
        if self._opening.is_open:
            self._view.show_start()
        else:
            self._view.show_closed(self._opening)

    def on_news(self, _seq: int = 0) -> None:
        """Something happened in the office: people waiting may have changed."""
        if self._shown is None:
            self._run(self._office.tiles, self._new_tiles, no_matter)

    def _new_tiles(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tiles
        self._view.show_tiles(tiles)

    def on_touched(self) -> None:
        """A finger anywhere on the glass."""
        self._idle.touch()

    def _begin(self) -> None:
        """Somebody has done something that must be forgotten again."""
        self._idle.touch()
        self._pristine = False

    def on_priority(self, code: str) -> None:
        """Choose a class; the same class again takes the choice back."""
        self._begin()
        self._priority = "" if code == self._priority else code
        self._view.mark_priority(self._priority)

    def on_group(self, code: str) -> None:
        """One touch, one number; more touches within the lock, or while one is under way, are the same hand."""
        now = self._clock()
        if self._busy or self._shown is not None or (self._locked_until is not None and now < self._locked_until):
            return
        self._begin()
        tile = next((t for t in self._tiles if t.code == code), None)
        if self.guide.choosing and tile is not None:
            self._locked_until = now + TOUCH_LOCK
            self.guide.on_field(tile)
        elif not self._opening.is_open:
            self._view.show_closed(self._opening)
        elif tile is not None and tile.full:
            self._note("warn", self._words.full, self._words.full_fix)
        else:
            self._take(code, now)

    def _take(self, code: str, now: datetime) -> None:
        priority, touch = self._priority, self._touches.of(code, self._priority)
        self._give(lambda: self._office.issue(code, priority, touch), now)

    def _give(self, number: Callable[[], Issued], now: datetime) -> None:
        self._busy, self._locked_until = True, now + TOUCH_LOCK
        self._view.set_busy(True)
        self._run(number, self._issued, self._not_issued)

    def _check_in(self, code: str) -> None:
        """An appointment's code was typed, or read."""
        if not self._opening.is_open:
            self._view.show_closed(self._opening)
        elif not self._busy:
            self._give(lambda: self._office.check_in(code), self._clock())

    def _issued(self, issued: Issued) -> None:
        self._release()
        self._touches.given()
        self._shown, self._shown_at, self._without_paper = issued, self._clock(), False
        self._forget()
        self._idle.restart()
        self._view.hide_warning()
        self._view.show_number(issued)
        self._view.show_paper(issued.paper, slow=False)

    def _not_issued(self, problem: Problem) -> None:
        self._release()
        self.touchless.forget()
        if problem.code.startswith("appointment."):
            self._note("warn", self._words.booked_bad, self._words.booked_bad_fix)
        else:
            self._failed(problem)

    def _failed(self, problem: Problem) -> None:
        self._note("bad", *problem.said(self._mode.language, self._words.trouble_fix))

    def _release(self) -> None:
        self._busy = False
        self._view.set_busy(False)

    def on_done(self) -> None:
        """Back to the start, for the next citizen: nothing of this one is left, seen or not."""
        self._listens = self._warned = False
        self._shown = None
        self.helping.forget()
        self._locked_until = self._clock() + TOUCH_LOCK
        self._forget()
        self._view.hide_warning()
        if self._mode != Mode():
            self._dress(Mode())
        self._start()
        self.on_news()

    def on_back(self) -> None:
        """Back to the start for the same citizen: language, colours and reach stay."""
        self._forget()
        self._start()

    def _forget(self) -> None:
        self._priority, self._note_until = "", None
        self._speaker.stop()
        self._view.mark_priority("")
        self._view.hide_note()
        self._view.wipe()
        self.lookup.forget()
        self.guide.forget()
        self.staff.forget()

    def on_lookup(self) -> None:
        self._begin()
        self.lookup.open()

    def on_scanned(self, text: str) -> None:
        """A card or a receipt under the reader: its number at once; on the look-up pages, and out of hours, where its
        dossier is. Nothing of the text is kept."""
        if self._busy or self.staff.is_open:
            return
        if self._shown is not None:
            self.touchless.on_code_while_shown(text)
        elif self.lookup.is_open or not self._opening.is_open:
            self._begin()
            self.lookup.search(text)
        else:
            self._idle.touch()
            self.touchless.on_code(text)

    def _take_code(self, group: str) -> None:
        if not self._busy and self._shown is None and self._opening.is_open:
            self._begin()
            self._take(group, self._clock())

    def lookup_key(self, key: str) -> None:
        """A digit, ERASE or SEARCH of `ui.ticketing.lookup`."""
        self._begin()
        self.lookup.on_key(key)

    def on_procedure(self, code: str) -> None:
        self._begin()
        self.guide.on_procedure(code)

    def on_papers(self) -> None:
        self._begin()
        self.guide.open()

    def on_card_help(self) -> None:
        self._begin()
        self._view.show_card_help()

    def on_listen(self) -> None:
        """Say what this screen is for; once more the same key is silence. From then on warnings are spoken too."""
        self._idle.touch()
        if self._speaker.is_speaking():
            self._speaker.stop()
            return
        self._listens = True
        if not self._speaker.say(self._view.topic(), self._mode.language):
            self._note("info", self._words.no_sound, self._words.trouble_fix)

    def on_corner_held(self) -> None:
        """A hand lay on the upper left corner for five seconds: staff."""
        if self._shown is None and not self._busy:
            self._begin()
            self.staff.open()

    def staff_key(self, key: str) -> None:
        self._begin()
        self.staff.on_key(key)

    def on_card_step(self, px: int) -> None:
        self._begin()
        self.staff.on_step(px)

    def on_spare(self, letter: str) -> None:
        self._begin()
        self.staff.on_spare(letter)

    def _going_on(self) -> None:
        self.on_done()
        self._note("good", self._words.spare_done, self._words.spare_done_fix)

    def _measured(self, px_per_mm: float) -> None:
        self._view.rescale(px_per_mm)
        self._fill()
        self.on_done()
        self._note("good", self._words.measured, self._words.measured_fix)

    def on_language(self) -> None:
        codes = list(self._languages)
        self._dress(replace(self._mode, language=codes[(codes.index(self._mode.language) + 1) % len(codes)]))

    def on_low(self) -> None:
        self._dress(replace(self._mode, low=not self._mode.low))

    def on_contrast(self) -> None:
        self._dress(replace(self._mode, contrast=not self._mode.contrast))

    def _dress(self, mode: Mode) -> None:
        self._mode = mode
        self._view.dress(mode)
        self._fill()
        self._view.mark_priority(self._priority)
        self._start()

    def on_help(self) -> None:
        """Call an officer to the kiosk; acknowledged on the screen."""
        self._idle.touch()
        self.helping.call()

    def _noting(self, tone: str, said: Callable[[Words], tuple[str, str]]) -> Callable[[], None]:
        """Says something in the language of whoever stands there then."""
        return lambda: self._note(tone, *said(self._words))

    def _personal(self) -> None:
        self._idle.touch()
        self._idle.personal = True

    def _note(self, tone: str, message: str, fix: str) -> None:
        self._note_until = self._clock() + SHOW_NOTE
        self._view.show_note(tone, message, fix)

    def on_more_time(self) -> None:
        self._idle.extend()
        self._warned = False
        self._speaker.stop()
        self._view.hide_warning()

    def on_tick(self) -> None:
        """Each second: follow the paper, look at the hours, ask who is silent, go back to the start."""
        now = self._clock()
        if now < self._ticked_at:
            self._clock_went_back(now)
        self._ticked_at = now
        if self._note_until is not None and now >= self._note_until:
            self._note_until = None
            self._view.hide_note()
        self.helping.on_tick()
        if now - self._hours_at >= LOOK_AT_HOURS:
            self._hours_at = now
            self._run(self._office.opening, self._hours, no_matter)
            self._run(self._office.stopped, self._stopped, no_matter)
        elif self._is_stopped:
            self._run(self._office.stopped, self._stopped, no_matter)  # paired again: numbers at once
        if self._shown is not None and self._follow(self._shown, now - self._shown_at):
            self.on_done()
        elif not self._busy:
            self._watch_silence()

    def _clock_went_back(self, now: datetime) -> None:
        """Nothing may stand, or stay locked, until the old time comes again."""
        self._locked_until = None
        self._shown_at = now
        self._hours_at = now - LOOK_AT_HOURS
        if self._note_until is not None:
            self._note_until = now
        self._idle.restart()

    def _hours(self, opening: Opening) -> None:
        if opening != self._opening:
            self._opening = opening
            if self._pristine and self._shown is None:
                self._start()

    def _stopped(self, stop: Stopped | None) -> None:
        """Stands at the start, so that nobody chooses and touches in vain; taken away once numbers are given again."""
        was, self._is_stopped = self._is_stopped, stop is not None
        if stop is not None and self._pristine and self._shown is None and self._opening.is_open:
            self._failed(problem_of(StoppedError(Stop(stop.why))))
            self._note_until = None
        elif was and stop is None:
            self._view.hide_note()

    def _watch_silence(self) -> None:
        if self._pristine and self._shown is None:
            self._idle.restart()
            return
        phase = self._idle.phase()
        if phase is Phase.RESET:
            self.on_done()
        elif phase is Phase.WARN:
            self._view.show_warning(self._idle.seconds_left(), can_extend=self._idle.can_extend)
            if self._listens and not self._warned:
                self._speaker.say("still", self._mode.language)
            self._warned = True

    def _follow(self, shown: Issued, age: timedelta) -> bool:
        """Whether the number has stood long enough. Without paper only silence ends it: it may be photographed."""
        if shown.paper is PrintState.PENDING:
            if age >= PAPER_SLOW and not self._without_paper:
                # Told by the kiosk's own clock: whoever prints, or the store itself, may be what is down.
                self._without_paper = True
                self._view.show_paper(PrintState.PENDING, slow=True)
            key = shown.key
            self._run(lambda: self._office.paper(key), lambda state: self._paper(key, state), no_matter)
            return False
        return shown.paper is PrintState.PRINTED and age >= SHOW_NUMBER

    def _paper(self, key: str, state: PrintState) -> None:
        if self._shown is None or self._shown.key != key or self._shown.paper is state:
            return
        self._shown = replace(self._shown, paper=state)
        if state is PrintState.PRINTED and self._without_paper:
            self._shown_at = self._clock()  # the paper came after all: time to take it
        self._view.show_paper(state, slow=False)
