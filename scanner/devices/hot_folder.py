"""A hot folder as a device: gives what has arrived, and then ends; ask again for later files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kiosk.errors import CancelledError, InputError
from scanner.devices.inbox import Claim, Inbox
from scanner.page import Page


@dataclass
class HotFolderDevice:
    """Files that an earlier run left in the middle come first. A file counts as done after its last page was taken
    over: a crash in between gives its pages again, with the same keys, rather than losing them.

    photo: what arrives was taken with a camera.
    """

    inbox: Inbox
    photo: bool = False
    _cancelled: threading.Event = field(default_factory=threading.Event, init=False, repr=False)

    def capture(self) -> Iterator[Page]:
        """Raises: NotConnectedError when the folder is away, CancelledError. Bad files are set aside, not raised."""
        self._cancelled.clear()
        for claim in self.inbox.interrupted():
            yield from self._pages(claim)
        for path in self.inbox.arrived():
            if claimed := self.inbox.take(path):
                yield from self._pages(claimed)

    def cancel(self) -> None:
        self._cancelled.set()

    def _pages(self, claim: Claim) -> Iterator[Page]:
        try:
            for page in self.inbox.pages(claim):
                if self._cancelled.is_set():
                    raise CancelledError(device=str(self.inbox.folder))
                yield replace(page, photo=page.photo or self.photo)
        except InputError as e:
            self.inbox.refuse(claim, e)
        else:
            self.inbox.finish(claim)
