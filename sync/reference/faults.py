"""How the stand-in can misbehave: the ways in which real systems were seen to, switched on one by one or by a seed."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

# Counted faults: how many of the next requests meet it. Each request meets at most one, in this order.
COUNTED = (
    "drop_request",
    "drop_reply_after_commit",
    "half_body",
    "http500",
    "http500_after_commit",
    "captive_portal",
    "garbage",
    "busy",
    "wrong_hash",
    "sign_out",
)
# Those that only make sense for a request that stores something.
WRITES_ONLY = ("drop_reply_after_commit", "http500_after_commit")


class UnknownFaultError(Exception):
    """No such switch, or a value of the wrong kind."""


@dataclass
class Switches:
    """away: hangs up on everybody. code_form: how "0" is written ("0", "00", "number").

    no_words: success code without its text. hide_steps: a look-up does not tell the steps. reject: code -> reason.
    rate, seed, kinds: a random fault of `kinds` for this share of all requests.
    """

    away: bool = False
    slow_s: float = 0.0
    double_encoded: bool = False
    no_words: bool = False
    hide_steps: bool = False
    code_form: str = "0"
    reject: dict[str, str] = field(default_factory=dict)
    rate: float = 0.0
    seed: int = 0
    kinds: list[str] = field(default_factory=list)
    drop_request: int = 0
    drop_reply_after_commit: int = 0
    half_body: int = 0
    http500: int = 0
    http500_after_commit: int = 0
    captive_portal: int = 0
    garbage: int = 0
    busy: int = 0
    wrong_hash: int = 0
    sign_out: int = 0


class Faults:
    """The switches, and which fault the next request meets. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = Switches()
        self._dice = random.Random(0)

    def switch(self, wanted: Mapping[str, Any]) -> Switches:
        """Set some switches; {"clear": true} puts all back first. Raises: UnknownFaultError, changing nothing."""
        with self._lock:
            rest = {name: value for name, value in wanted.items() if name != "clear"}
            base = Switches() if wanted.get("clear") else self.now
            kinds = {f.name: type(getattr(base, f.name)) for f in fields(Switches)}
            for name, value in rest.items():
                if name not in kinds or not _fits(kinds[name], value):
                    raise UnknownFaultError(name)
            self.now = Switches(**{**{n: getattr(base, n) for n in kinds}, **rest})
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


def _concerns(name: str, is_write: bool, is_upload: bool) -> bool:
    if name == "wrong_hash":
        return is_upload
    return is_write or name not in WRITES_ONLY


def _fits(kind: type[Any], value: object) -> bool:
    if isinstance(value, bool) or kind is bool:
        return kind is bool and isinstance(value, bool)
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)
