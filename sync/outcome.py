"""What an answer means: the one place that tells done, already there, busy, refused and unknown apart.

Known systems answer HTTP 200 to everything, `error_code` 0 or "00" as number or text, and say in words what happened
(docs/decisions/0004-exchange.md). What is not clearly one of these is UNKNOWN: ask before sending again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kiosk.text import nfc

REASON_MAX = 500
_DEPTH = 3


class Outcome(StrEnum):
    """ABSENT: the province does not know this code. SIGNED_OUT: log in again."""

    DONE = "done"
    EXISTS = "exists"
    ABSENT = "absent"
    TRANSIENT = "transient"
    SIGNED_OUT = "signed_out"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """One HTTP answer as it came. body: at most what the line reads, decoded; headers: names in lower case."""

    status: int
    media_type: str
    body: str
    retry_after_s: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """reason: the province's own words; result: its `result` member; body: the raw answer, for the record."""

    outcome: Outcome
    reason: str = ""
    result: Any = None
    body: str = ""
    retry_after_s: float | None = None


@dataclass(frozen=True)
class SuccessRule:
    """How one province says yes and no. codes: numeric; patterns are searched in the NFC message, in either case.

    worded_codes: more codes under which the words alone decide, as at provinces that answer 3 or -3 to a success.
    code_names, message_names: members of a reply that hold them; wrapped_in: those that may hold a whole reply as text;
    answers: members that are an answer to a question by themselves, where a reply has no code. agency: who sends is not
    known, or not taken; of the dossier nothing was said.
    needs_words: a success code without the words of `done` is not success (so it is at known provinces).
    """

    success_codes: frozenset[int] = frozenset({0})
    worded_codes: frozenset[int] = frozenset({3, -3})
    needs_words: bool = True
    done: str = r"(?<!không )(?<!chưa )thành công"
    exists: str = r"(?<!không )(?<!chưa )(đã )?tồn tại|trùng (mã )?hồ sơ"
    absent: str = r"(không|chưa) (tồn tại|tìm thấy|có hồ sơ)"
    busy: str = r"đang bận|quá tải|thử lại sau|tạm dừng|bảo trì"
    signed_out: str = r"session|phiên (làm việc|đăng nhập)|token|chưa đăng nhập|xác thực (thất bại|không)"
    agency: str = (
        r"mã (định danh )?(của )?(đơn vị|cơ quan)( \S+)? (bị )?(sai|không (đúng|hợp lệ|tồn tại|được phép))"
        r"|^(đơn vị|cơ quan)( gửi)?( \S+)? (không|chưa) (tồn tại|được (phép|cấp|đăng ký)|có quyền)"
    )
    code_names: tuple[str, ...] = ("error_code", "errorCode", "code")
    message_names: tuple[str, ...] = ("message", "Message", "DESCRIPTION")
    wrapped_in: tuple[str, ...] = ("message", "Message", "DESCRIPTION")
    answers: tuple[str, ...] = ()


def judge(answer: Answer, rule: SuccessRule) -> Verdict:
    """What a write's answer means."""
    if (early := _by_status(answer)) is not None:
        return early
    reply = read_reply(answer, rule)
    if reply is None:
        # HTML of a captive portal, half a body, an empty one: nothing is known about what happened.
        return Verdict(Outcome.UNKNOWN, body=answer.body)
    return _by_words(answer, reply, rule)


def judge_read(answer: Answer, rule: SuccessRule) -> Verdict:
    """What a read's answer means: a success code is enough, words are not asked for. REJECTED is a plain no."""
    if (early := _by_status(answer)) is not None:
        return early
    reply = read_reply(answer, rule)
    if reply is None:
        return Verdict(Outcome.UNKNOWN, body=answer.body)
    code = _code(reply, rule)
    if code in rule.success_codes or (code is None and any(reply.get(name) for name in rule.answers)):
        return Verdict(Outcome.DONE, _message(reply, rule), reply.get("result"), answer.body)
    return _by_words(answer, reply, rule)


def read_reply(answer: Answer, rule: SuccessRule) -> Mapping[str, Any] | None:
    """The JSON object of an answer, unwrapped where a gateway put it as text into `message`; None for anything else."""
    return _unwrap(as_object(answer.body), rule, _DEPTH)


def _by_status(answer: Answer) -> Verdict | None:
    """What the HTTP status alone decides; None when the body must be read."""
    reason = f"HTTP {answer.status}"
    match answer.status:
        case 200 | 201:
            return None
        case 401 | 403:
            return Verdict(Outcome.SIGNED_OUT, reason, body=answer.body)
        case 429:
            return Verdict(Outcome.TRANSIENT, reason, body=answer.body, retry_after_s=answer.retry_after_s)
        case 400 | 409 | 413 | 422:
            return None if as_object(answer.body) else Verdict(Outcome.REJECTED, reason, body=answer.body)
        case 404 | 405:
            # A wrong address in the settings must not reject the dossiers of a whole day.
            return None if as_object(answer.body) else Verdict(Outcome.TRANSIENT, reason, body=answer.body)
    return Verdict(Outcome.UNKNOWN, reason, body=answer.body, retry_after_s=answer.retry_after_s)


def _by_words(answer: Answer, reply: Mapping[str, Any], rule: SuccessRule) -> Verdict:
    code, message = _code(reply, rule), _message(reply, rule)
    outcome = _outcome(code, message, rule, answer.status in (200, 201))
    return Verdict(outcome, message, reply.get("result"), answer.body)


def _outcome(code: int | None, message: str, rule: SuccessRule, http_ok: bool) -> Outcome:
    words = nfc(message)

    def says(pattern: str) -> bool:
        return re.search(pattern, words, re.IGNORECASE) is not None

    if code in rule.success_codes | rule.worded_codes and http_ok and says(rule.done):
        return Outcome.DONE
    if says(rule.agency):
        return Outcome.SIGNED_OUT  # whoever sends is not known; of the dossier nothing was said
    if says(rule.absent):
        return Outcome.ABSENT
    if says(rule.exists):
        return Outcome.EXISTS
    if says(rule.signed_out):
        return Outcome.SIGNED_OUT
    if says(rule.busy):
        return Outcome.TRANSIENT
    if code is None:
        return Outcome.UNKNOWN
    if code in rule.success_codes:
        # "0" without its words, or under a failing HTTP status: known systems do not mean success by it.
        return Outcome.DONE if http_ok and not rule.needs_words else Outcome.UNKNOWN
    return Outcome.REJECTED


def as_object(text: str) -> Mapping[str, Any] | None:
    """The JSON object of a text; None for anything else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _unwrap(reply: Mapping[str, Any] | None, rule: SuccessRule, depth: int) -> Mapping[str, Any] | None:
    """The innermost object that still has a code: LGSP gateways answer {"message": "<JSON text>"}."""
    if reply is None or depth == 0:
        return reply
    for name in rule.wrapped_in:
        inner = as_object(reply[name]) if isinstance(reply.get(name), str) else None
        if inner is not None and _code(inner, rule) is not None:
            return _unwrap(inner, rule, depth - 1)
    return reply


def _code(reply: Mapping[str, Any], rule: SuccessRule) -> int | None:
    """0 for 0, "0" and "00"; None when there is no number."""
    for name in rule.code_names:
        value = reply.get(name)
        if isinstance(value, bool) or value is None:
            continue
        try:
            return int(str(value).strip())
        except ValueError:
            continue
    return None


def _message(reply: Mapping[str, Any], rule: SuccessRule) -> str:
    for name in rule.message_names:
        if isinstance(reply.get(name), str):
            return nfc(str(reply[name]))[:REASON_MAX]
    return ""
