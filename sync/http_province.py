"""A province over HTTP: the addresses, envelopes and answers of one connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kiosk.errors import KioskError
from sync.connection import Connection
from sync.errors import BusyProvinceError, RefusedByProvinceError, ReplyLostError, SignedOutError
from sync.line import Line
from sync.messages.g15 import Message
from sync.outcome import Answer, Outcome, Verdict, judge, judge_read, read_reply
from sync.province import Change, Changes, FileReceipt, Found


class HttpProvince:
    """ProvinceClient on a Line. Logs in when the connection says so, once more when a session has run out."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._paths, self._rule = connection, connection.paths, connection.rule
        self._line = Line(connection)
        self._session = ""

    def lookup(self, code: str) -> Found | None:
        question = {"mahoso": code, "madonvi": self._connection.agency_code}
        verdict = self._read("POST", self._paths.lookup, json=question)
        if verdict.outcome is Outcome.ABSENT:
            return None
        reply = read_reply(Answer(200, "", verdict.body), self._rule) or {}
        if "result" not in reply:
            # "Yes" to something else: taking this for "there is none" would send the dossier twice.
            raise ReplyLostError(connection=self._connection.name)
        entries = _entries(verdict.result if isinstance(verdict.result, list) else [verdict.result])
        return _found(code, entries[0], verdict.body) if entries and entries[0] else None

    def insert(self, dossiers: Sequence[Message]) -> Verdict:
        return self._write(self._paths.insert, dossiers)

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        return self._write(self._paths.update, dossiers)

    def progress(self, entries: Sequence[Message]) -> Verdict:
        return self._write(self._paths.progress, entries)

    def find_file(self, sha256: str) -> FileReceipt | None:
        verdict = self._read("GET", f"{self._paths.files}/{sha256}/thong-tin")
        return None if verdict.outcome is Outcome.ABSENT else _receipt(verdict)

    def upload_file(self, file_id: str, content: bytes, sha256: str, media_type: str) -> FileReceipt:
        headers = {"Content-Type": media_type, "X-Ma-Tep": file_id}
        verdict = self._read("PUT", f"{self._paths.files}/{sha256}", content=content, headers=headers)
        receipt = _receipt(verdict)
        if receipt is None:
            raise ReplyLostError(connection=self._connection.name)
        return receipt

    def changes(self, cursor: str) -> Changes:
        question = {"contro": cursor, "madonvi": self._connection.agency_code}
        answer = self._signed(lambda: self._send("GET", self._paths.changes, params=question), judge_read)
        reply = read_reply(Answer(200, "", answer.body), self._rule) or {}
        items = tuple(_change(e) for e in _entries(answer.result))
        return Changes(items, str(reply.get("contro", cursor)), bool(reply.get("con_nua", False)))

    def close(self) -> None:
        self._line.close()

    def _write(self, path: str, entries: Sequence[Message]) -> Verdict:
        """A write never raises for a lost reply: the caller must be told that it does not know."""
        try:
            return self._judged(lambda: self._send("POST", path, json=list(entries)), judge)
        except ReplyLostError:
            return Verdict(Outcome.UNKNOWN)

    def _read(self, method: str, path: str, **body: Any) -> Verdict:
        return self._signed(lambda: self._send(method, path, **body), judge_read)

    def _signed(self, ask: Callable[[], Answer], decide: Callable[..., Verdict]) -> Verdict:
        """Raises unless the answer is DONE or ABSENT."""
        verdict = self._judged(ask, decide)
        if verdict.outcome in (Outcome.DONE, Outcome.ABSENT):
            return verdict
        raise problem_of(verdict, self._connection.name)

    def _judged(self, ask: Callable[[], Answer], decide: Callable[..., Verdict]) -> Verdict:
        verdict = decide(ask(), self._rule)
        if verdict.outcome is Outcome.SIGNED_OUT and self._connection.auth.kind == "session":
            self._session = ""
            verdict = decide(ask(), self._rule)
        return verdict

    def _send(self, method: str, path: str, **body: Any) -> Answer:
        headers = {**self._credentials(), **body.pop("headers", {})}
        return self._line.send(method, path, headers=headers, **body)

    def _credentials(self) -> dict[str, str]:
        """Headers that prove who we are. Raises: SignedOutError when the login is refused."""
        auth = self._connection.auth
        if auth.kind == "bearer":
            return {"Authorization": f"Bearer {auth.secret}"}
        if auth.kind == "session":
            self._session = self._session or self._log_in()
            return {auth.header: self._session}
        return {}

    def _log_in(self) -> str:
        auth = self._connection.auth
        answer = self._line.send("POST", self._paths.login, json={"username": auth.username, "password": auth.secret})
        verdict = judge_read(answer, self._rule)
        session = (read_reply(answer, self._rule) or {}).get("session")
        if verdict.outcome is Outcome.DONE and isinstance(session, str) and session:
            return session
        raise SignedOutError(reason=verdict.reason)


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


def _entries(result: object) -> list[Mapping[str, Any]]:
    return [e for e in result if isinstance(e, Mapping)] if isinstance(result, list) else []


def _found(code: str, entry: Mapping[str, Any], body: str) -> Found:
    steps = entry.get("DanhSachTienTrinh")
    return Found(
        code=str(entry.get("MaHoSo") or code),
        official_code=str(entry.get("MaHoSoQuocGia") or ""),
        status=str(entry.get("TrangThaiHoSo") or ""),
        steps=None
        if not isinstance(steps, list)
        else frozenset((str(s.get("ThoiDiemXuLy")), str(s.get("TrangThai"))) for s in _entries(steps)),
        body=body,
    )


def _receipt(verdict: Verdict) -> FileReceipt | None:
    entries = _entries(verdict.result)
    if not entries or not entries[0].get("DuongDan"):
        return None
    return FileReceipt(str(entries[0]["DuongDan"]), str(entries[0].get("MaBam") or "").lower())


def _change(entry: Mapping[str, Any]) -> Change:
    """One notice in the form of DongBoTrangThaiHoSo: MaHoSo is the portal's code, MaHoSoDonVi ours."""
    return Change(
        code=str(entry.get("MaHoSo") or ""),
        our_code=str(entry.get("MaHoSoDonVi") or ""),
        status=str(entry.get("TrangThai") or ""),
        note=str(entry.get("NoiDung") or ""),
        at=str(entry.get("NgayXuLy") or ""),
        official_code=str(entry.get("MaHoSoQuocGia") or ""),
        raw=dict(entry),
    )
