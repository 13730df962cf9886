"""The desk's queue on either side of an outage: the office's database while it answers, the numbers on the papers else.

No Qt; everything but `is_lost` and `since` off the UI thread, one act at a time. An act that was under way when the
server went is done again by label: if the office had taken it, taking over the journal finds that out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from kiosk.clock import Clock
from kiosk.domain.by_label import WaitsForServerError, visits_of
from kiosk.domain.ticket import TicketAct
from kiosk.errors import KioskError
from kiosk.services.by_label import How, Settled, reconcile
from kiosk.services.label_journal import LastKnown
from kiosk.services.ports import Units
from ui.desk.by_label import LabelDesk
from ui.desk.model import AtCounter, Choice, Proposal, Queue, QueueOffice

T = TypeVar("T")

OFFLINE = "storage.offline"  # and its kinds
KEEP_EACH = timedelta(seconds=5)  # the line is kept so often at most; what is at the counter always


class ServerJustLostError(KioskError):
    """The server went while the next citizen was being called; nobody is at the counter."""

    code = "desk.server_just_lost"


class LineOffice(QueueOffice, Protocol):
    def line(self) -> LastKnown:
        """The waiting numbers of this counter, what is at it, and what it may call back."""


class SwitchedQueue:
    """A `QueueOffice`."""

    def __init__(self, live: LineOffice, by_label: LabelDesk, units: Units, clock: Clock) -> None:
        self._live, self._by_label, self._units, self._clock = live, by_label, units, clock
        self._since: datetime | None = None
        self._kept_at: datetime | None = None
        self._kept_current = ""

    @property
    def is_lost(self) -> bool:
        return self._since is not None

    @property
    def since(self) -> datetime | None:
        """Since when the server is away."""
        return self._since

    def lose(self) -> None:
        self._since = self._since or self._clock()

    def queue(self) -> Queue:
        if not self.is_lost:
            try:
                return self._online()
            except KioskError as error:
                self._note_loss(error)
        return self._by_label.queue()

    def _online(self) -> Queue:
        queue = self._live.queue()
        current = queue.current.key if queue.current else ""
        now = self._clock()
        if self._kept_at is None or current != self._kept_current or abs(now - self._kept_at) >= KEEP_EACH:
            self._keep()
        held = self._by_label.open_visit()
        if held is None:
            return queue
        # The kiosk has not brought this number yet; whoever stands here stays on the screen meanwhile.
        return Queue(self._by_label.at(held), queue.lines, queue.parked, queue.paused)

    def _keep(self) -> None:
        known = self._live.line()
        self._by_label.keep(known)
        self._kept_at, self._kept_current = known.at, known.current.key if known.current else ""

    def proposals(self) -> tuple[datetime | None, Sequence[Proposal]]:
        """As of when, and who would come next."""
        known = self._by_label.known
        return (known.at if known else None), self._by_label.proposals()

    def come_back(self) -> list[Settled]:
        """Give the journal to the office and work with it again. What still waits is given again later.

        Raises: StoreOfflineError while it is away still.
        """
        settled = reconcile(self._units, visits_of(self._by_label.entries), now=self._clock())
        self._keep()  # first: what the journal no longer says, the line then says
        for one in settled:
            if one.how is not How.WAITS:
                self._by_label.settled(one.visit, one.how.value)
        self._since = None
        return settled

    @property
    def waits(self) -> bool:
        """Whether the office has something to take over still."""
        return self._by_label.waits

    # --- acts ----------------------------------------------------------------------------------------------------

    def call_next(self, command: str) -> AtCounter:
        """Raises: ServerJustLostError; by label a number has to be named (`call_back`)."""
        if not self.is_lost:
            try:
                return self._called(self._live.call_next(command))
            except KioskError as error:
                self._note_loss(error)
        raise ServerJustLostError

    def call_back(self, key: str) -> AtCounter:
        """key: of a number set aside; by label also what was typed or scanned."""
        if not self.is_lost:
            try:
                return self._called(self._live.call_back(key))
            except KioskError as error:
                self._note_loss(error)
        return self._by_label.call(key)

    def _called(self, at: AtCounter) -> AtCounter:
        """Known here before anything else is done with it."""
        try:
            self._keep()
        except KioskError as error:
            self._note_loss(error)
            self._by_label.go_on_with(at)
        return at

    def recall(self, key: str) -> None:
        self._act(key, self._live.recall, TicketAct.RECALL)

    def serve(self, key: str) -> None:
        self._act(key, self._live.serve, TicketAct.SERVE)

    def park(self, key: str) -> None:
        self._act(key, self._live.park, TicketAct.PARK)

    def finish(self, key: str) -> None:
        self._act(key, self._live.finish, TicketAct.FINISH)

    def miss(self, key: str) -> None:
        self._act(key, self._live.miss, TicketAct.MISS)

    def _act(self, key: str, live: Callable[[str], None], act: TicketAct) -> None:
        held = self._by_label.open_visit()
        if not self.is_lost and (held is None or self._by_label.at(held).key != key):
            try:
                return live(key)
            except KioskError as error:
                self._note_loss(error)
        return self._by_label.act(act)

    def targets(self, group: str) -> Sequence[Choice]:
        return self._with_server(lambda: self._live.targets(group))

    def transfer(self, key: str, target: str, place: str) -> None:
        self._with_server(lambda: self._live.transfer(key, target, place))

    def undo(self) -> str:
        return self._with_server(self._live.undo)

    def pause(self, reason: str, minutes: int) -> None:
        self._with_server(lambda: self._live.pause(reason, minutes))

    def open_counter(self) -> None:
        self._with_server(self._live.open_counter)

    def _with_server(self, work: Callable[[], T]) -> T:
        """Raises: WaitsForServerError."""
        if not self.is_lost:
            try:
                return work()
            except KioskError as error:
                self._note_loss(error)
        raise WaitsForServerError

    def _note_loss(self, error: KioskError) -> None:
        """Raises what is no loss of the server."""
        if not error.code.startswith(OFFLINE):
            raise error
        self.lose()
