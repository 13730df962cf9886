"""The citizen's word on one service (đánh giá mức độ hài lòng): one vote per ticket, no name, no face, no phone.

Source: docs/legal.md#rating. The identity of who answers is kept confidential, so few votes are shown to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kiosk.errors import InputError, RuleError

RATE_WITHIN = timedelta(minutes=2)
ENOUGH = 5  # votes; fewer could be told apart by an officer who remembers the day


class Score(StrEnum):
    """The four levels in use at one-stop desks, best first."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"

    @property
    def is_content(self) -> bool:
        return self in (Score.VERY_GOOD, Score.GOOD)


class Reason(StrEnum):
    """What the citizen's judgement is about; praise after a content face, else what should be better."""

    TIME = "time"
    ATTITUDE = "attitude"
    GUIDANCE = "guidance"
    PAPERS = "papers"
    TRIPS = "trips"
    PLACE = "place"


class RatingClosedError(RuleError):
    """This ticket is not finished, or was finished too long ago. details: number."""

    code = "rating.closed"


class OtherCounterError(RuleError):
    """A rating screen asks only about the counter that it was paired for. details: counter, "" for none."""

    code = "rating.other_counter"


class NotRatedError(RuleError):
    """A reason without a vote. details: number."""

    code = "rating.no_vote"


class UnknownScoreError(InputError):
    """details: score, known."""

    code = "rating.unknown_score"


class UnknownReasonError(InputError):
    """details: reason, known."""

    code = "rating.unknown_reason"


@dataclass(frozen=True)
class Vote:
    """One ticket's vote. officer: login of who served it; reasons come a moment later, or never."""

    ticket: str
    score: Score
    group: str
    counter: str
    officer: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Tally:
    """What some votes add up to. content: share of the two good levels."""

    n: int
    scores: Mapping[str, int]
    reasons: Mapping[str, int]
    content: float


def tally(votes: Iterable[Vote]) -> Tally | None:
    """None ("chưa đủ mẫu") under five votes."""
    kept = list(votes)
    if len(kept) < ENOUGH:
        return None
    scores = Counter(v.score.value for v in kept)
    reasons = Counter(f"{'+' if v.score.is_content else '-'}{r.value}" for v in kept for r in v.reasons)
    content = sum(v.score.is_content for v in kept) / len(kept)
    return Tally(len(kept), {s.value: scores[s.value] for s in Score}, dict(sorted(reasons.items())), round(content, 4))


def tallies(votes: Iterable[Vote], by: str) -> dict[str, Tally | None]:
    """By "group", "counter" or "officer"; None for those with too few votes.

    When the hidden ones together are too few, they could be worked out from the total and the ones that are shown; then
    the smallest one shown is hidden with them.
    """
    parts: dict[str, list[Vote]] = {}
    for vote in votes:
        parts.setdefault(getattr(vote, by), []).append(vote)
    shown = {name: tally(mine) for name, mine in sorted(parts.items())}
    hidden = sum(len(parts[name]) for name, found in shown.items() if found is None)
    if 0 < hidden < ENOUGH:
        rest = [name for name, found in shown.items() if found is not None]
        if rest:
            shown[min(rest, key=lambda name: len(parts[name]))] = None
    return shown
