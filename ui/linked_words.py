"""How a step of a linked procedure stands, in words, for commands and for the desk."""

from __future__ import annotations

from datetime import datetime

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.linked import StepRecord


def step_words(record: StepRecord) -> str:
    if record.number:
        return f"có kết quả số {record.number}"
    if record.reason:
        return f"từ chối: {record.reason}"
    if record.due_at is None:
        return "chưa giao"
    return f"đang giải quyết, hạn {record.due_at.astimezone(OFFICE_ZONE):%d/%m/%Y}"


def step_tone(record: StepRecord, now: datetime) -> str:
    """A colour of the theme's tones, "" for none."""
    if record.is_done:
        return "bad" if record.reason else "good"
    return "bad" if record.due_at is not None and now > record.due_at else ""
