"""How the stand-in can misbehave: the ways in which real systems were seen to, switched on one by one or by a seed."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

# Counted faults: how many of the next requests meet it. Each request meets at most one, in this order.
COUNTED = (
    "drop_request",
    "drop_reply_after_commit",
    "half_body",
    "http500",
    "http500_after_commit",
    "hang",
    "hang_after_commit",
    "captive_portal",
    "garbage",
    "busy",
    "too_many",
    "too_large",
    "duplicate",
    "late",
    "sign_out",
    "wrong_hash",
    "rot",
    "cut_upload",
    "locked",
    "gone",
    "not_found",
)
# Answers that are lost or odd: whoever asks before sending again comes to the same end, whatever else is at fault.
LOST_OR_ODD = (
    *("drop_request", "drop_reply_after_commit", "half_body", "http500", "http500_after_commit"),
    *("captive_portal", "garbage", "busy", "sign_out"),
)
# Those that only make sense for a request that stores something, and those for bytes of files.
WRITES_ONLY = ("drop_reply_after_commit", "http500_after_commit", "hang_after_commit", "too_large", "duplicate", "late")
UPLOADS_ONLY = ("wrong_hash", "rot", "cut_upload", "locked", "gone", "not_found")
# Of bytes that stream past nothing can be repeated or put off.
NEVER_UPLOADS = ("duplicate", "late")

CODE_FORMS = ("0", "00", "number", "raw00")
SHAPES = ("error_code", "STATUS", "Status")


class UnknownFaultError(Exception):
    """No such switch, or a value of the wrong kind."""


@dataclass
class Switches:
    """Standing habits first, counted faults below (the meaning of each: docs/stand-in.md).

    away: hangs up on everybody. code_form: how "0" is written: "0", "00", "number" (0) or "raw00" (00, not even JSON).
    shape: how code and message are named. no_words: success code without its text. hide_steps: a look-up does not tell
    the steps. reject: code -> reason. naive: takes the same code twice. repeat_news: each answer for news begins with
    so many old ones; shuffle_news: they come out of order. rate, seed, kinds: a random fault of `kinds` for this
    share of all requests. slow_s, hang_s, late_s, retry_after_s: seconds.
    """

    away: bool = False
    slow_s: float = 0.0
    hang_s: float = 60.0
    late_s: float = 1.0
    retry_after_s: int = 2
    double_encoded: bool = False
    no_words: bool = False
    hide_steps: bool = False
    naive: bool = False
    code_form: str = "0"
    shape: str = "error_code"
    repeat_news: int = 0
    shuffle_news: bool = False
    reject: dict[str, str] = field(default_factory=dict)
    rate: float = 0.0
    seed: int = 0
    kinds: list[str] = field(default_factory=list)
    drop_request: int = 0
    drop_reply_after_commit: int = 0
    half_body: int = 0
    http500: int = 0
    http500_after_commit: int = 0
    hang: int = 0
    hang_after_commit: int = 0
    captive_portal: int = 0
    garbage: int = 0
    busy: int = 0
    too_many: int = 0
    too_large: int = 0
    duplicate: int = 0
    late: int = 0
    sign_out: int = 0
    wrong_hash: int = 0
    rot: int = 0
    cut_upload: int = 0
    locked: int = 0
    gone: int = 0
    not_found: int = 0


KINDS = {f.name: type(getattr(Switches(), f.name)) for f in fields(Switches)}


class Faults:
    """The switches, and which fault the next request meets. Thread-safe."""

    def __init__(self, initial: Switches | None = None) -> None:
        self._lock = threading.Lock()
        self._initial = initial or Switches()
        self.now = replace(self._initial)
        self._dice = random.Random(self.now.seed)

    def switch(self, wanted: Mapping[str, Any]) -> Switches:
        """Set some; {"clear": true} first puts all back as at the start. Raises: UnknownFaultError, then none is."""
        with self._lock:
            rest = {name: value for name, value in wanted.items() if name != "clear"}
            for name, value in rest.items():
                if name not in KINDS or not _fits(name, value):
                    raise UnknownFaultError(name)
            self.now = replace(self._initial if wanted.get("clear") else self.now, **rest)
            self._dice = random.Random(self.now.seed)
            return self.now

    def meet(self, *, is_write: bool, is_upload: bool) -> str:
        """The fault of this request, "" for none; counted ones are used up."""
        with self._lock:
            for name in COUNTED:
                left: int = getattr(self.now, name)
                if left > 0 and _concerns(name, is_write, is_upload):
                    setattr(self.now, name, left - 1)
                    return name
            possible = [k for k in self.now.kinds or COUNTED if _concerns(k, is_write, is_upload)]
            if self.now.rate and possible and self._dice.random() < self.now.rate:
                return self._dice.choice(possible)
            return ""

    def shuffled(self, items: list[Any]) -> list[Any]:
        """In another order when the switches say so; the seed decides which."""
        with self._lock:
            return self._dice.sample(items, len(items)) if self.now.shuffle_news else items


def switches_of(words: Iterable[str]) -> Switches:
    """From a command line: "slow_s=2", "http500=3", "away=true", "kinds=[\"busy\"]". Raises: UnknownFaultError."""
    return Faults().switch(named_values(words))


def named_values(words: Iterable[str]) -> dict[str, object]:
    """ "slow_s=2" -> {"slow_s": 2}; JSON where it is JSON, text otherwise."""
    pairs = (word.partition("=") for word in words)
    return {name: _value(value) for name, _, value in pairs}


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _concerns(name: str, is_write: bool, is_upload: bool) -> bool:
    if name in UPLOADS_ONLY:
        return is_upload
    return not (is_upload and name in NEVER_UPLOADS) and (is_write or name not in WRITES_ONLY)


def _fits(name: str, value: object) -> bool:
    kind = KINDS[name]
    if isinstance(value, bool) or kind is bool:
        return kind is bool and isinstance(value, bool)
    if kind in (int, float):
        # Longer than a day is a slip of the hand, and NaN is no number to wait for.
        return isinstance(value, int if kind is int else int | float) and 0 <= value <= 86_400
    return isinstance(value, kind) and _is_known_word(name, value)


def _is_known_word(name: str, value: Any) -> bool:
    match name:
        case "kinds":
            return all(k in COUNTED for k in value)
        case "reject":
            return all(isinstance(reason, str) for reason in value.values())
        case "code_form":
            return value in CODE_FORMS
        case "shape":
            return value in SHAPES
    return True
