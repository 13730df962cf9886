"""Files of hot folders into the store: claimed for this desk and this dossier, kept page by page, then done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import ScannerConfig
from kiosk.domain.event import Actor
from kiosk.domain.separator import Sorting
from kiosk.errors import InputError
from ui.app import OpenedOffice
from ui.i18n.errors import explain
from ui.papers import keep_sides, sorting_of
from ui.scan_profiles import FOLDER, desk_name

if TYPE_CHECKING:
    from scanner.devices.inbox import Claim, Inbox


@dataclass(frozen=True)
class Arrived:
    """A file to take, or (claim) one that this desk took before it was interrupted."""

    inbox: Inbox
    path: Path
    claim: Claim | None = None
    photo: bool = False


@dataclass
class LiveInbox:
    """profiles: hot folders to watch; desk: this desk's name there."""

    office: OpenedOffice
    actor: Actor
    desk: str
    profiles: Sequence[ScannerConfig]
    _inboxes: list[Inbox] = field(default_factory=list)

    def arrived(self) -> Sequence[Arrived]:
        """Complete files, interrupted ones first. Raises: NotConnectedError; InputError of a file set aside as bad."""
        found: list[Arrived] = []
        for profile, inbox in zip(self.profiles, self._opened(), strict=True):
            photo = profile.mode == "photo"
            found += [Arrived(inbox, claim.path, claim, photo) for claim in inbox.interrupted()]
            found += [Arrived(inbox, path, None, photo) for path in inbox.arrived()]
            if inbox.set_aside:
                raise inbox.set_aside.pop()
        return found

    def take(self, draft_key: str, arrived: Sequence[Arrived]) -> int:
        """Keep their pages; returns how many. An interrupted file goes on to the dossier it was taken for.

        Raises: NotConnectedError, StorageError: what was not finished is given again; InputError for a bad file, after
        the others were taken.
        """
        count, bad = 0, None
        stacks: dict[str, Sorting] = {}
        for one in arrived:
            claim = one.claim or one.inbox.take(one.path, draft_key)
            if claim is None or not claim.path.exists():  # another desk's, or done meanwhile
                continue
            sides = (replace(page, photo=page.photo or one.photo) for page in one.inbox.pages(claim))
            try:
                owner = claim.owner or draft_key
                # Files that came together are one stack: some copiers write a file for each page.
                sorting = stacks.setdefault(owner, sorting_of(self.office, owner))
                count += sum(1 for _ in keep_sides(self.office, owner, sides, self.actor, sorting=sorting))
                one.inbox.finish(claim)
            except InputError as e:
                one.inbox.refuse(claim, e)
                bad = e
        if bad is not None:
            raise bad
        return count

    def _opened(self) -> Sequence[Inbox]:
        from scanner.devices.inbox import Inbox

        if not self._inboxes:
            folders = (Path(p.device.removeprefix(FOLDER)).expanduser() for p in self.profiles)
            self._inboxes = [Inbox(folder, desk_name(self.desk), words=_words) for folder in folders]
        return self._inboxes


def _words(reason: InputError) -> str:
    """For the note beside a bad file."""
    text = explain(reason)
    return f"{text.message} {text.fix}"
