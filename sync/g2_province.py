"""A province that speaks G2: it gives the codes, takes files before dossiers, and creates a dossier once.

Known from one source (docs/exchange.md). The look-up, the feed of news and the list of steps have no public form: they
are asked as in G1.5.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from sync.connection import Connection
from sync.errors import ReplyLostError
from sync.messages.forms import Message
from sync.outcome import Answer, Outcome, Verdict, as_object, read_reply
from sync.province import Changes, FileReceipt, Found
from sync.reading import changes_of, entries_of, found_of, id_of
from sync.talk import Call, Talk

REMEMBERED = 10_000
# Names of the province's number of a dossier: in a status call, in a step.
STATUS_ID, STEP_ID = "IdHoSo", "IDHoSo"


class G2Province:
    """ProvinceClient of G2. Remembers the ids that the server gave; after a restart it asks for them by code."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._paths = connection, connection.paths
        self._talk = Talk(connection)
        self._ids: OrderedDict[str, str] = OrderedDict()

    def allot(self, procedure_code: str) -> str:
        asked = procedure_code if self._connection.allot_by == "procedure" else self._connection.agency_code
        verdict = self._talk.read(Call("GET", self._paths.allot, params={"code": asked}))
        code = _value(verdict)
        if not code:
            raise ReplyLostError(connection=self._connection.name)
        return code

    def lookup(self, code: str) -> Found | None:
        question = {"mahoso": code, "madonvi": self._connection.agency_code}
        verdict = self._talk.read(Call("POST", self._paths.lookup, json=question))
        if verdict.outcome is Outcome.ABSENT:
            return None
        reply = self._reply(verdict)
        if "result" not in reply and "data" not in reply:
            raise ReplyLostError(connection=self._connection.name)
        entry = next(iter(entries_of(_data(reply))), None)
        if not entry:
            return None
        found = found_of(code, entry, verdict.body)
        self._remember(code, found.remote_id)
        return found

    def insert(self, dossiers: Sequence[Message]) -> Verdict:
        """One call a dossier, for NoiHoSo takes one; the first that is not done ends it."""
        verdict = Verdict(Outcome.DONE)
        for dossier in dossiers:
            verdict = self._talk.write(Call("POST", self._paths.create, json=dossier))
            if verdict.outcome is not Outcome.DONE:
                break
            for entry in entries_of(_data(self._reply(verdict))):
                self._remember(str(dossier["MaHoSo"]), id_of(entry))
        return verdict

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        return self._told(self._paths.status, STATUS_ID, dossiers)

    def progress(self, entries: Sequence[Message]) -> Verdict:
        return self._told(self._paths.progress, STEP_ID, entries)

    def find_file(self, sha256: str) -> FileReceipt | None:
        """None where no address for it is set: G2 is not known to tell of files by their content."""
        if not self._paths.file_info:
            return None
        verdict = self._talk.read(Call("GET", f"{self._paths.file_info}/{sha256}"))
        return None if verdict.outcome is Outcome.ABSENT else _receipt(self._reply(verdict))

    def upload_file(
        self,
        file_id: str,
        content: bytes,
        sha256: str,  # noqa: ARG002 -- the port's; G2 tells the hash back and is not told it
        media_type: str,
    ) -> FileReceipt:
        """FileReceipt.url is the id by which a dossier names the file."""
        form = {"files": (f"{file_id}.pdf" if media_type == "application/pdf" else file_id, content, media_type)}
        verdict = self._talk.read(Call("POST", self._paths.upload, files=form))
        receipt = _receipt(self._reply(verdict))
        if receipt is None:
            raise ReplyLostError(connection=self._connection.name)
        return receipt

    def fetch(self, address: str, at_most: int) -> bytes:
        return self._talk.fetch(address, at_most)

    def changes(self, cursor: str) -> Changes:
        question = {"contro": cursor, "madonvi": self._connection.agency_code}
        return changes_of(self._reply(self._talk.read(Call("GET", self._paths.changes, params=question))), cursor)

    def service(self, name: str, members: Mapping[str, str]) -> Any:
        """`result` of a catalogue service. Raises: as the other reads."""
        return self._talk.read(Call("GET", f"{self._paths.services}/{name}", params=members)).result

    def close(self) -> None:
        self._talk.close()

    def _told(self, path: str, name: str, entries: Sequence[Message]) -> Verdict:
        """An array whose entries name the dossier by the server's id. ABSENT when it does not have the dossier."""
        told = []
        for entry in entries:
            try:
                remote_id = self._id(str(entry["MaHoSo"]))
            except ReplyLostError:
                return Verdict(Outcome.UNKNOWN)
            if remote_id is None:
                return Verdict(Outcome.ABSENT)
            told.append({**entry, name: remote_id})
        return self._talk.write(Call("POST", path, json=told))

    def _id(self, code: str) -> str | None:
        """The server's id of a dossier, "" when it tells none; None when it clearly does not have the dossier."""
        if code not in self._ids and self.lookup(code) is None:
            return None
        return self._ids.get(code, "")

    def _remember(self, code: str, remote_id: str) -> None:
        if not remote_id:
            return
        self._ids[code] = remote_id
        self._ids.move_to_end(code)
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)

    def _reply(self, verdict: Verdict) -> Mapping[str, Any]:
        return read_reply(Answer(200, "", verdict.body), self._connection.rule) or (as_object(verdict.body) or {})


def _data(reply: Mapping[str, Any]) -> object:
    return reply["data"] if "data" in reply else reply.get("result")


def _value(verdict: Verdict) -> str:
    """`value`, at the top or inside `data` or `result`; "" for anything else."""
    reply = as_object(verdict.body) or {}
    inside = next((e["value"] for e in entries_of(_data(reply)) if "value" in e), "")
    return str(reply.get("value") or inside or "").strip()


def _receipt(reply: Mapping[str, Any]) -> FileReceipt | None:
    entry = next(iter(entries_of(_data(reply))), None)
    if entry is None or not entry.get("IdTepTin"):
        return None
    return FileReceipt(str(entry["IdTepTin"]), str(entry.get("HashTepTin") or "").lower())
