"""A conversation with one province: calls that are signed in, and answers read by its success rule."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from kiosk.errors import KioskError
from sync.connection import Connection
from sync.errors import (
    BusyProvinceError,
    ForeignAddressError,
    NotAProvinceError,
    RefusedByProvinceError,
    ReplyLostError,
    SignedOutError,
    TooLargeError,
    WrongAgencyError,
)
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
            raise NotAProvinceError(connection=self._connection.name, reason=self._connection.base_url)
        raise problem_of(verdict, self._connection.name)

    def fetch(self, address: str, at_most: int) -> bytes:
        """A file at an address of the province's own machine. Raises: as `ProvinceClient.fetch`."""
        base, wanted = urlsplit(self._connection.base_url), urlsplit(address)
        if wanted.netloc and (wanted.scheme, wanted.netloc) != (base.scheme, base.netloc):
            # Our credentials go nowhere else, and nobody makes this machine call into its own network.
            raise ForeignAddressError(reason=wanted.netloc[:100])
        answer, content = self.line.fetch(address, self.login.headers(), at_most)
        if answer.status in (401, 403) and self.login.is_renewable:
            self.login.forget()
            answer, content = self.line.fetch(address, self.login.headers(), at_most)
        if len(content) > at_most:
            raise TooLargeError(reason=at_most // 2**20)
        match answer.status:
            case 200:
                return self._content_of(answer, content)
            case 401 | 403:
                raise SignedOutError(reason=f"HTTP {answer.status}")
            case 404 | 410:
                raise RefusedByProvinceError(reason=f"HTTP {answer.status}")
        raise ReplyLostError(connection=self._connection.name, reason=f"HTTP {answer.status}")

    def _content_of(self, answer: Answer, content: bytes) -> bytes:
        """The bytes, also where a gateway wraps them as Base64 text in `result`."""
        if "json" not in answer.media_type:
            return content
        verdict = judge_read(replace(answer, body=content.decode("utf-8", "replace")), self._connection.rule)
        if verdict.outcome is Outcome.DONE and isinstance(verdict.result, str):
            try:
                return b64decode(verdict.result, validate=True)
            except ValueError:
                raise ReplyLostError(connection=self._connection.name) from None
        if verdict.outcome is Outcome.DONE:
            raise ReplyLostError(connection=self._connection.name)  # a yes without the file
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
            is_agency = re.search(SuccessRule().agency, verdict.reason, re.IGNORECASE) is not None
            return (WrongAgencyError if is_agency else SignedOutError)(reason=verdict.reason)
        case Outcome.TRANSIENT:
            return BusyProvinceError(reason=verdict.reason, retry_after_s=verdict.retry_after_s)
    return ReplyLostError(connection=connection, reason=verdict.reason)
