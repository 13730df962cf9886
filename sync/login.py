"""Proving who we are: a token, a session that is logged in to, or an OAuth token kept until it runs out."""

from __future__ import annotations

import time
from collections.abc import Callable

from kiosk.clock import Clock, office_now
from sync.clocks import clock_off, read_date
from sync.connection import Connection
from sync.errors import BusyProvinceError, LineDownError, NotAProvinceError, ReplyLostError, SignedOutError
from sync.line import Line
from sync.outcome import Answer, Outcome, Verdict, as_object, judge_read, read_reply

# A token is renewed a little before it ends, so that it does not end on the way.
EARLY_S = 30.0
# Where the province does not say how long a token lives.
USUAL_LIFE_S = 300.0


class Login:
    """One connection's credentials. monotonic: seconds that never go back; clock: of this machine, for the words."""

    def __init__(
        self,
        connection: Connection,
        line: Line,
        monotonic: Callable[[], float] = time.monotonic,
        clock: Clock = office_now,
    ) -> None:
        self._connection, self._line, self._now, self._clock = connection, line, monotonic, clock
        self._token, self._until = "", 0.0

    @property
    def is_renewable(self) -> bool:
        return self._connection.auth.kind in ("session", "oauth")

    def forget(self) -> None:
        self._token = ""

    def headers(self) -> dict[str, str]:
        """Headers that prove who we are. Raises: SignedOutError when the login is refused; LineDownError."""
        auth = self._connection.auth
        match auth.kind:
            case "bearer":
                return {"Authorization": f"Bearer {auth.secret}"}
            case "oauth":
                return {"Authorization": f"Bearer {self._current()}"}
            case "session" if not self._connection.wrapping.envelope:
                return {auth.header: self._current()}
        return {}

    def members(self) -> dict[str, str]:
        """What an envelope carries of it. Raises: as `headers`."""
        inside = self._connection.auth.kind == "session" and self._connection.wrapping.envelope
        return {self._connection.auth.header: self._current()} if inside else {}

    def _current(self) -> str:
        if not self._token or self._now() >= self._until:
            try:
                self._token, life_s = self._log_in()
            except NotAProvinceError:
                raise
            except ReplyLostError:
                # Of the entry itself nothing was sent.
                raise LineDownError(connection=self._connection.name) from None
            self._until = self._now() + life_s
        return self._token

    def _log_in(self) -> tuple[str, float]:
        """The session or token, and its life in seconds."""
        return self._oauth() if self._connection.auth.kind == "oauth" else self._session()

    def _session(self) -> tuple[str, float]:
        auth = self._connection.auth
        words = {"username": auth.username, "password": auth.secret}
        answer = self._line.send("POST", self._connection.paths.login, json=words)
        verdict = judge_read(answer, self._connection.rule)
        session = (read_reply(answer, self._connection.rule) or {}).get("session")
        if verdict.outcome is Outcome.DONE and isinstance(session, str) and session:
            return session, float("inf")
        raise self._refused(answer, verdict)

    def _oauth(self) -> tuple[str, float]:
        auth = self._connection.auth
        words = {"client_id": auth.username, "client_secret": auth.secret}
        if auth.token_body == "form":
            form = {"grant_type": "client_credentials", **words}
            answer = self._line.send("POST", self._connection.paths.token, data=form)
        else:
            answer = self._line.send("POST", self._connection.paths.token, json=words)
        reply = as_object(answer.body) or {}
        token = reply.get("access_token")
        if answer.status in (200, 201) and isinstance(token, str) and token:
            return token, _life_s(reply.get("expires_in"))
        raise self._refused(answer, judge_read(answer, self._connection.rule))

    def _refused(self, answer: Answer, verdict: Verdict) -> Exception:
        if is_web_page(answer):
            return NotAProvinceError(connection=self._connection.name, reason=self._connection.base_url)
        if verdict.outcome is Outcome.TRANSIENT or answer.status >= 500:
            return BusyProvinceError(reason=verdict.reason, retry_after_s=verdict.retry_after_s)
        # A wrong clock makes a right password look wrong: tokens seem used up, or made in the future.
        off = clock_off(read_date(answer.headers.get("date", "")), self._clock())
        return off or SignedOutError(reason=verdict.reason or f"HTTP {answer.status}")


def is_web_page(answer: Answer) -> bool:
    """HTML where JSON was asked for: somebody's web site, or the login page of a router."""
    return "html" in answer.media_type.lower() or answer.body.lstrip()[:15].lower().startswith(("<!doctype", "<html"))


def _life_s(expires_in: object) -> float:
    try:
        told = float(str(expires_in))
    except ValueError:
        return USUAL_LIFE_S
    # A short-lived token is used for most of its life, not never.
    return max(told - EARLY_S, told / 2) if told > 0 else USUAL_LIFE_S
