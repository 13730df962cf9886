"""Logs of a process: one line each on stderr, English, without the values that were being worked on."""

from __future__ import annotations

import sys

import structlog


def set_up_logs() -> None:
    """Plain tracebacks without local variables: those hold names and numbers of citizens."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up at each line: tests swap it
        cache_logger_on_first_use=False,
    )
