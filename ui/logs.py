"""Logs of a process: one line each on stderr, English, without the values that were being worked on."""

from __future__ import annotations

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def set_up_logs() -> None:
    """Tracebacks without local variables and without the errors' own words: both hold names and numbers of citizens."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _frames_only,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up at each line: tests swap it
        cache_logger_on_first_use=False,
    )


def _frames_only(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor: `exc_info` as kinds of errors and places in the program, from the first cause on."""
    raised = entry.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        entry["exception"] = " | ".join(_places(error))
    return entry


def _places(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f"{f.filename}:{f.lineno} {f.name}" for f in frames]
    return [*(_places(before) if before is not None else []), f"{type(error).__qualname__}: " + " > ".join(own)]
