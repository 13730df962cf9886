"""Receipt printers (ESC/POS): one raster a ticket, status asked before and after."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from kiosk.errors import CoverOpenError, DeviceBusyError, OutOfPaperError
from printing.devices.base import Health
from printing.devices.channels import Channel, Wire
from printing.devices.library import encode
from printing.errors import WrongPaperKindError
from printing.paper import Paper, TicketSheet

# Real-time questions (DLE EOT n), answered even when the buffer stands still.
ASK_ONLINE, ASK_CAUSE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
# GS r 1 waits in the buffer behind the ticket: its answer comes when the ticket has been printed.
ASK_WHEN_DONE = b"\x1dr\x01"

OFFLINE, COVER, PAPER_NEAR, PAPER_OUT = 0x08, 0x04, 0x0C, 0x60


def _is_status(byte: int) -> bool:
    """The bits that every real-time answer has."""
    return byte & 0x93 == 0x12


def _is_done(byte: int) -> bool:
    """The bits of an answer to GS r. Ink that looks like a question inside the raster makes some printers answer
    unasked, with a real-time answer; once this one is here, all of those are behind us."""
    return byte & 0x90 == 0


@dataclass(frozen=True)
class EscposPrinter:
    """A receipt printer on a wire. answer_s: patience with a status question; settle_s: with a ticket being printed.

    Cheap clones never answer: their state is then UNKNOWN and they print all the same.
    """

    wire: Wire
    answer_s: float = 1.0
    settle_s: float = 6.0

    @property
    def name(self) -> str:
        return self.wire.name

    def check(self) -> Health:
        with closing(self.wire.open()) as channel:
            return self._health(channel)

    def print(self, paper: Paper) -> str:
        if not isinstance(paper, TicketSheet):
            raise WrongPaperKindError(device=self.name, paper=paper.title)
        with closing(self.wire.open()) as channel:
            before = self._health(channel)
            channel.send(encode(paper.image))
            if before is not Health.UNKNOWN:
                # No answer at all: the buffer stands still, and the questions after it tell why.
                channel.ask(ASK_WHEN_DONE, self.settle_s, _is_done)
                self._health(channel)
        return self.name

    def _health(self, channel: Channel) -> Health:
        """Raises: OutOfPaperError, CoverOpenError, DeviceBusyError for another reason to be offline."""
        online = self._answer(channel, ASK_ONLINE)
        if online is None:
            return Health.UNKNOWN
        if online & OFFLINE:
            self._explain(self._answer(channel, ASK_CAUSE) or 0, self._answer(channel, ASK_PAPER) or 0)
        paper = self._answer(channel, ASK_PAPER)
        if paper is None:
            return Health.READY
        if paper & PAPER_OUT:
            raise OutOfPaperError(device=self.name)
        return Health.PAPER_LOW if paper & PAPER_NEAR else Health.READY

    def _explain(self, cause: int, paper: int) -> None:
        if cause & COVER:
            raise CoverOpenError(device=self.name)
        if paper & PAPER_OUT or cause & 0x20:
            raise OutOfPaperError(device=self.name)
        raise DeviceBusyError(device=self.name)

    def _answer(self, channel: Channel, question: bytes) -> int | None:
        return channel.ask(question, self.answer_s, _is_status)
