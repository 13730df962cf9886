"""A conversation with one province: calls that are signed in, and answers read by its success rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.errors import KioskError
from sync.connection import Connection
from sync.errors import BusyProvinceError, NotAProvinceError, RefusedByProvinceError, ReplyLostError, SignedOutError
from sync.line import Files, Line
from sync.login import Login, is_web_page
from sync.outcome import Answer, Outcome, SuccessRule, Verdict, judge, judge_read


@dataclass(frozen=True)
class Call:
    """One request, before it is signed. json: an object (an envelope) may get the session as a member."""

    method: str
    path: str
    json: Any = None
    content: bytes | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    files: Files | None = None


Decide = Callable[[Answer, SuccessRule], Verdict]


class Talk:
    """Logs in when the connection says so, once more when a session or token has run out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.line = Line(connection)
        self.login = Login(connection, self.line)

    def close(self) -> None:
        self.line.close()

    def write(self, call: Call) -> Verdict:
        """A write never raises for a lost reply: the caller must be told that it does not know."""
        try:
            return self._judged(call, judge)
        except NotAProvinceError:
            raise  # met at the login, before anything was sent
        except ReplyLostError:
            return Verdict(Outcome.UNKNOWN)

    def read(self, call: Call) -> Verdict:
        """DONE or ABSENT. Raises: what another answer stands for, named after who must act."""
        verdict = self._judged(call, judge_read)
        if verdict.outcome in (Outcome.DONE, Outcome.ABSENT):
            return verdict
        if is_web_page(Answer(200, "", verdict.body)):
            raise NotAProvinceError(connection=self._connection.name, host=self._connection.base_url)
        raise problem_of(verdict, self._connection.name)

    def _judged(self, call: Call, decide: Decide) -> Verdict:
        verdict = decide(self._send(call), self._connection.rule)
        if verdict.outcome is Outcome.SIGNED_OUT and self.login.is_renewable:
            self.login.forget()
            verdict = decide(self._send(call), self._connection.rule)
        return verdict

    def _send(self, call: Call) -> Answer:
        headers = {**self.login.headers(), **call.headers}
        json = call.json
        if isinstance(json, dict):
            json = {**self.login.members(), **json}
        return self.line.send(
            call.method,
            call.path,
            json=json,
            content=call.content,
            params=call.params or None,
            headers=headers,
            files=call.files,
        )


def problem_of(verdict: Verdict, connection: str) -> KioskError:
    """The failure that a verdict stands for, named after who must act; for anything but DONE."""
    match verdict.outcome:
        case Outcome.REJECTED | Outcome.EXISTS | Outcome.ABSENT:
            return RefusedByProvinceError(reason=verdict.reason)
        case Outcome.SIGNED_OUT:
            return SignedOutError(reason=verdict.reason)
        case Outcome.TRANSIENT:
            return BusyProvinceError(reason=verdict.reason, retry_after_s=verdict.retry_after_s)
    return ReplyLostError(connection=connection, reason=verdict.reason)
