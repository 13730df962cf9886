"""The machines of the office at the desk: who runs, who fell silent, a code for a new one, shutting one out. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.clock import OFFICE_ZONE, Clock
from kiosk.domain.office import Counter
from kiosk.domain.pairing import Offer, grouped
from kiosk.domain.station import AT_COUNTER, SILENT_AFTER, Station, StationKind
from kiosk.pairing.errors import ExpiredCodeError, SpentCodeError
from kiosk.pairing.invitation import Address, Invitation
from ui.desk.model import Choice
from ui.pairing.words import KINDS, clock_is_off, state_of
from ui.tasks import Problem, Run, no_matter, problem_of

LOOK_EACH = timedelta(seconds=5)
COUNTER_ASKED = "station-counter"
OWN_KEY = "Máy này sẽ nhận cả khóa của cơ quan để đọc giấy tờ. Chỉ ghép máy do cơ quan giữ."
LIVE_KINDS = (StationKind.KIOSK, StationKind.DISPLAY, StationKind.RATING, StationKind.DESK)


@dataclass(frozen=True)
class StationLine:
    """A machine as it stands in the list. seen: when it was last heard from; tone, state: how it is."""

    name: str
    kind: StationKind
    kind_words: str
    letter: str
    seen: str
    tone: str
    state: str
    revoked: bool = False
    counter: str = ""


@dataclass(frozen=True)
class Shown:
    """A code on the screen. note: what the officer must know, "" for nothing."""

    title: str
    code: str
    qr: str
    places: str
    note: str = ""


class Host(Protocol):
    """`kiosk.pairing.host.PairingHost`, while it answers."""

    @property
    def offer(self) -> Offer: ...

    @property
    def code(self) -> str: ...

    @property
    def addresses(self) -> tuple[Address, ...]: ...

    @property
    def is_open(self) -> bool: ...

    @property
    def failure(self) -> Exception | None: ...

    def close(self) -> None: ...


class StationsOffice(Protocol):
    """Off the UI thread. Raises: KioskError."""

    def all(self) -> list[Station]: ...

    def counters(self) -> Sequence[Counter]: ...

    def invite(self, kind: StationKind, name: str = "", counter: str = "") -> Host: ...

    def revoke(self, name: str) -> None: ...


class StationsView(Protocol):
    def open(self) -> None: ...

    def show_stations(self, lines: Sequence[StationLine]) -> None: ...

    def show_code(self, shown: Shown | None) -> None:
        """None for the list again."""

    def show_left(self, words: str, tone: str) -> None: ...

    def tell(self, tone: str, message: str, fix: str) -> None:
        """Inside the panel."""


class DeskNotices(Protocol):
    def say(self, tone: str, message: str, fix: str) -> None: ...

    def show_stations_state(self, tone: str, words: str) -> None:
        """In the bar above; "" for nothing."""

    def ask(
        self, act: str, title: str, choices: Sequence[Choice], setting: str = "", settings: Sequence[Choice] = ()
    ) -> None:
        """Over the panel."""


def line_of(station: Station, now: datetime) -> StationLine:
    tone, state = state_of(station, now)
    seen = f"{station.seen_at.astimezone(OFFICE_ZONE):%H:%M:%S %d/%m}" if station.seen_at else "chưa lần nào"
    return StationLine(
        station.name,
        station.kind,
        KINDS[station.kind] + (f" {station.counter}" if station.counter else ""),
        station.letter,
        seen,
        tone,
        state,
        station.revoked_at is not None,
        station.counter,
    )


def left_words(left: timedelta) -> str:
    """ "Còn 9 phút 58 giây"."""
    minutes, seconds = divmod(max(round(left.total_seconds()), 0), 60)
    return f"Còn {minutes} phút {seconds:02d} giây" if minutes else f"Còn {seconds} giây"


class Troubles:
    """What is wrong with whom; tells what changed. The first look tells nothing: a desk opens before the kiosks do.

    While the office's server is away no machine can report. `lost` says so; afterwards each has the time of three beats
    before its silence counts, and nobody is told of it: what the desk took over stands on the screen then.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] | None = None
        self._told: set[str] = set()
        self._is_lost = False
        self._heard_from: datetime | None = None

    def lost(self) -> None:
        """The office's data cannot be read."""
        self._is_lost = True

    def excused(self, stations: Sequence[Station], now: datetime) -> set[str]:
        """Names of machines whose silence is only that of the server. To be asked at each look."""
        if self._is_lost:
            self._is_lost, self._heard_from = False, now
        if self._heard_from is None or abs(now - self._heard_from) > SILENT_AFTER:
            return set()
        return {s.name for s in stations if trouble_of(s, now) == "silent"}

    def look(self, stations: Sequence[Station], now: datetime) -> list[tuple[str, str, str]]:
        """Tone, message and what to do, for each machine that changed."""
        excused = self.excused(stations, now)
        found = {s.name: trouble_of(s, now) for s in stations if s.revoked_at is None and s.name not in excused}
        known, self._known = self._known, {**(self._known or {}), **found}
        if known is None:
            return [_notice(name, what) for name, what in found.items() if what == "doubtful"]
        changed = [(name, what) for name, what in found.items() if what != known.get(name, "")]
        over = {name for name, what in changed if not what and name in self._told}
        self._told = {name for name, what in changed if what in ("silent", "clock")} | (self._told - over)
        return [_notice(name, what) for name, what in changed if what or name in over]


def trouble_of(station: Station, now: datetime) -> str:
    """ "doubtful", "silent", "clock" or ""; a machine that has not begun yet is no trouble."""
    if station.is_doubtful:
        return "doubtful"
    if station.seen_at is not None and station.is_silent(now):
        return "silent"
    return "clock" if clock_is_off(station) else ""


def _notice(name: str, what: str) -> tuple[str, str, str]:
    match what:
        case "doubtful":
            return (
                "bad",
                f"Máy {name} có thể là bản sao, số của nó có thể trùng.",
                "Xem có hai máy cùng tên; bấm Ctrl+M.",
            )
        case "silent":
            return (
                "warn",
                f"Máy {name} không báo về.",
                "Xem nguồn điện và dây mạng của máy. Máy lấy số vẫn cấp số được.",
            )
        case "clock":
            return "warn", f"Đồng hồ của máy {name} lệch quá 10 phút.", "Chỉnh giờ trên máy đó."
        case _:
            return "good", f"Máy {name} đã báo về lại.", ""


def summary(lines: Sequence[StationLine]) -> tuple[str, str]:
    """Tone and words of the mark in the bar; no words while all is well."""
    bad = [line for line in lines if line.tone == "bad"]
    warn = [line for line in lines if line.tone == "warn"]
    if not bad and not warn:
        return "", ""
    worst = bad or warn
    words = f"Máy {worst[0].name}: {worst[0].state.lower()}" if len(worst) == 1 else f"{len(worst)} máy cần xem"
    return ("bad" if bad else "warn"), words


class StationsPresenter:
    """on_tick comes about twice a second, while the panel stands or not."""

    def __init__(
        self, view: StationsView, desk: DeskNotices, office: StationsOffice, run: Run, clock: Clock, here: str = ""
    ) -> None:
        """here: this desk's own counter."""
        self._view, self._desk, self._office, self._run, self._clock = view, desk, office, run, clock
        self._here = here
        self._host: Host | None = None
        self._failure: Exception | None = None
        self._troubles, self._looked_at = Troubles(), clock() - LOOK_EACH
        self._reading = self._asking = False
        self._closed = False
        self._known: Sequence[Station] = ()
        self._wanted: tuple[StationKind, str] | None = None  # waits for its counter: kind, name

    def on_open(self) -> None:
        self._view.open()
        self._read()

    def on_new(self, kind: StationKind) -> None:
        """A counter that has no such machine yet is the likely one."""
        held = {s.counter for s in self._known if s.kind is kind and s.revoked_at is None}
        held |= {self._here} if kind is StationKind.DESK else set()
        free = next((c.code for c in self._office.counters() if c.code not in held), "")
        self._place(kind, "", free)

    def on_again(self, line: StationLine) -> None:
        """A machine that was replaced, or shut out: the same name and kind, a new place in the office."""
        self._place(line.kind, line.name, line.counter)

    def _place(self, kind: StationKind, name: str, likely: str) -> None:
        """Ask at which counter it will stand, where that is a question. likely: code of the counter that is marked."""
        counters = self._office.counters() if kind in AT_COUNTER else ()
        if self._host is not None or self._asking:
            return
        if len(counters) < 2:
            self._invite(kind, name, "")
            return
        self._wanted = kind, name
        machine = KINDS[kind] + (f" {name}" if name else "")
        choices = [Choice(c.code, c.name, c.code == likely) for c in counters]
        self._desk.ask(COUNTER_ASKED, f"{machine}: đặt ở quầy nào?", choices)

    def on_chosen(self, act: str, choice: str, _setting: str) -> None:
        if act == COUNTER_ASKED and self._wanted is not None:
            kind, name = self._wanted
            self._invite(kind, name, choice)

    def on_revoke(self, line: StationLine) -> None:
        self._run(lambda: self._office.revoke(line.name), lambda _: self._revoked(line.name), self._fail)

    def on_stop(self) -> None:
        """The code is taken off the screen, or the panel closed."""
        host, self._host = self._host, None
        if host is not None:
            self._run(host.close, lambda _: None, no_matter)
            self._view.show_code(None)

    def on_tick(self) -> None:
        now = self._clock()
        if self._host is not None:
            self._watch_code(self._host, now)
        if not self._reading and abs(now - self._looked_at) >= LOOK_EACH:
            self._read()

    def close(self) -> None:
        """With the window."""
        self._closed = True
        host, self._host = self._host, None
        if host is not None:
            host.close()

    def _invite(self, kind: StationKind, name: str, counter: str) -> None:
        if self._host is None and not self._asking:
            self._asking, self._wanted = True, None
            self._run(lambda: self._office.invite(kind, name, counter), self._invited, self._not_invited)

    def _not_invited(self, problem: Problem) -> None:
        self._asking = False
        self._fail(problem)

    def _invited(self, host: Host) -> None:
        self._asking = False
        if self._closed:
            host.close()
            return
        self._host, self._failure = host, None
        offer = host.offer
        places = ", ".join(f"{place}:{port}" for place, port in host.addresses)
        note = OWN_KEY if offer.kind is StationKind.DESK else ""
        place = f", quầy {offer.counter}" if offer.counter else ""
        title = f"Ghép {KINDS[offer.kind].lower()} {offer.name}{place}"
        text = Invitation(host.code, host.addresses).text
        self._view.show_code(Shown(title, grouped(host.code), text, places, note))
        self._watch_code(host, self._clock())

    def _watch_code(self, host: Host, now: datetime) -> None:
        left = host.offer.until - now
        self._view.show_left(left_words(left), "warn" if left < timedelta(minutes=1) else "")
        if host.failure is not None and host.failure is not self._failure:
            self._failure = host.failure
            self._fail(problem_of(host.failure))
        if host.is_open:
            return
        self.on_stop()
        if host.offer.kept:
            self._view.tell("good", f"Đã ghép máy {host.offer.name}.", "Máy báo về trong vòng mười giây sau khi mở.")
            self._read()
        else:
            self._fail(problem_of(SpentCodeError() if host.offer.is_spent else ExpiredCodeError()))

    def _revoked(self, name: str) -> None:
        self._view.tell("good", f"Đã ngắt máy {name}.", "Muốn dùng lại thì ghép lại bằng mã mới.")
        self._read()

    def _read(self) -> None:
        self._reading, self._looked_at = True, self._clock()
        self._run(self._office.all, self._show, self._not_read)

    def _not_read(self, _problem: Problem) -> None:
        self._reading = False  # the desk tells by itself that the office's data is away
        self._troubles.lost()

    def _show(self, stations: list[Station]) -> None:
        self._reading, self._known = False, stations
        now = self._clock()
        lines = [line_of(station, now) for station in stations]
        self._view.show_stations(lines)
        excused = self._troubles.excused(stations, now)
        self._desk.show_stations_state(*summary([line for line in lines if line.name not in excused]))
        for notice in self._troubles.look(stations, now):
            self._desk.say(*notice)

    def _fail(self, problem: Problem) -> None:
        self._view.tell("bad", problem.message, problem.fix)
