"""What an officer changed of the intake on the screen, step by step, to go back and forth in. No Qt.

Only the intake itself: nothing that was printed, received or sent has a step here, for each of these ends the intake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from kiosk.domain.person import Person
from ui.desk.work import Work

STEPS = 20
# Not the officer's to undo: what the number at the counter, the scanner and the draft store say; and the mark of a
# state secret, which goes only by the command that says so, before a page can come.
NOT_EDITED = frozenset(
    {"key", "pages", "current_page", "ticket", "ticket_key", "changed", "loose_told", "scanned", "held", "group_key"}
    | {"state_secret"}
)
EDITED = tuple(f.name for f in fields(Work) if f.name not in NOT_EDITED)
WORDS = {
    "person": "thông tin người nộp",
    "procedure": "thủ tục",
    "case": "trường hợp",
    "marks": "giấy tờ",
    "pages": "gắn trang",
    "submitter": "người nộp thay",
    "proxy": "người nộp thay",
    "competent_agency": "cơ quan giải quyết",
    "extra_papers": "giấy tờ ngoài danh mục",
}


@dataclass(frozen=True)
class Snapshot:
    """values: field of `Work` -> its value; pages: page id -> (component code, left out, thought blank)."""

    key: str
    values: Mapping[str, Any]
    pages: Mapping[str, tuple[str, bool, bool]]


@dataclass(frozen=True)
class Step:
    """before, after: how the intake was; at: when it was last changed; typed: the one field of the person that was
    being typed, "" for any other change."""

    before: Snapshot
    after: Snapshot
    at: datetime
    typed: str = ""

    @property
    def words(self) -> str:
        """What was changed: "thủ tục, giấy tờ"."""
        names = [n for n in EDITED if self.before.values[n] != self.after.values[n]]
        names += ["pages"] if self.before.pages != self.after.pages else []
        return ", ".join(dict.fromkeys(WORDS[n] for n in names if n in WORDS)) or "hồ sơ"


def snapshot(work: Work) -> Snapshot:
    # The marks are changed in place, so they are copied; all the rest is replaced as a whole.
    values = {name: dict(v) if isinstance(v := getattr(work, name), dict) else v for name in EDITED}
    return Snapshot(work.key, values, {t.id: (code, t.discarded, t.blank) for t, code in work.pages})


class History:
    """At most `STEPS` steps back. Another intake begins an empty history."""

    def __init__(self) -> None:
        self._last: Snapshot | None = None
        self._back: list[Step] = []
        self._forth: list[Step] = []

    @property
    def changed_at(self) -> datetime | None:
        """When the step that would be undone was made."""
        return self._back[-1].at if self._back else None

    def note(self, now: Snapshot, at: datetime) -> None:
        """Look at the intake; what is not as it was is a step. Letters typed in one field are one step."""
        last = self._last
        if last is None or last.key != now.key:
            self._back, self._forth = [], []
        else:
            before = _with_pages_of(last, now)
            if before != now:
                self._add(Step(before, now, at, _typed(before, now)))
        self._last = now

    def _add(self, step: Step) -> None:
        self._forth = []
        if step.typed and self._back and self._back[-1].typed == step.typed:
            step = Step(self._back.pop().before, step.after, step.at, step.typed)
        self._back = [*self._back, step][-STEPS:]

    def undo(self) -> Step | None:
        """The step that is taken back: the intake is to be as `before` says."""
        return self._move(self._back, self._forth, lambda step: step.before)

    def redo(self) -> Step | None:
        """The step that is done again: the intake is to be as `after` says."""
        return self._move(self._forth, self._back, lambda step: step.after)

    def _move(self, source: list[Step], target: list[Step], state: Any) -> Step | None:
        if not source:
            return None
        step = source.pop()
        target.append(step)
        if self._last is not None:
            self._last = _with_pages_of(state(step), self._last)
        return step


def _with_pages_of(one: Snapshot, other: Snapshot) -> Snapshot:
    """A page that came in the meantime is no change of the officer's: it stands as it came."""
    return Snapshot(one.key, one.values, {page: one.pages.get(page, state) for page, state in other.pages.items()})


def _typed(before: Snapshot, after: Snapshot) -> str:
    """The one field of the person that differs, "" when more does."""
    one, other = before.values["person"], after.values["person"]
    differing = [n for n in EDITED if before.values[n] != after.values[n]]
    if differing != ["person"] or before.pages != after.pages or not isinstance(other, Person):
        return ""
    base = one if isinstance(one, Person) else Person(other.key, "")
    changed = [f.name for f in fields(Person) if getattr(base, f.name) != getattr(other, f.name)]
    return changed[0] if len(changed) == 1 else ""
