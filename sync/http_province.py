"""A province that speaks G1 or G1.5 over HTTP: addresses, envelopes and answers of one connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sync.connection import Connection
from sync.errors import ReplyLostError
from sync.messages.forms import Message
from sync.messages.g1 import envelope
from sync.messages.wire import word
from sync.outcome import Answer, Outcome, Verdict, read_reply
from sync.province import Changes, FileReceipt, Found
from sync.reading import changes_of, entries_of, found_of, receipt_of
from sync.talk import Call, Talk

# What an envelope calls each operation.
SERVICES = {
    "insert": "DongBoHoSoMC",
    "update": "DongBoHoSoMC",
    "progress": "CapNhatTienDoHoSoMC",
    "lookup": "TraCuuHoSo",
    "changes": "TrangThaiHoSo",
}


class HttpProvince:
    """ProvinceClient of G1 (one address, an envelope that names the service) and G1.5 (an address for each)."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._paths, self._wrapping = connection, connection.paths, connection.wrapping
        self._talk = Talk(connection)

    def allot(self, procedure_code: str) -> str:  # noqa: ARG002 -- the port's name; here the office makes the codes
        return ""

    def lookup(self, code: str) -> Found | None:
        verdict = self._talk.read(self._question("lookup", {"mahoso": code}))
        if verdict.outcome is Outcome.ABSENT:
            return None
        if "result" not in self._reply(verdict):
            # "Yes" to something else: taking this for "there is none" would send the dossier twice.
            raise ReplyLostError(connection=self._connection.name)
        entry = next(iter(entries_of(verdict.result)), None)
        return found_of(code, entry, verdict.body) if entry else None

    def insert(self, dossiers: Sequence[Message]) -> Verdict:
        return self._talk.write(self._data("insert", dossiers, updating=False))

    def update(self, dossiers: Sequence[Message]) -> Verdict:
        return self._talk.write(self._data("update", dossiers, updating=True))

    def progress(self, entries: Sequence[Message]) -> Verdict:
        return self._talk.write(self._data("progress", entries))

    def find_file(self, sha256: str) -> FileReceipt | None:
        verdict = self._talk.read(Call("GET", f"{self._paths.files}/{sha256}/thong-tin"))
        return None if verdict.outcome is Outcome.ABSENT else receipt_of(verdict.result)

    def upload_file(self, file_id: str, content: bytes, sha256: str, media_type: str) -> FileReceipt:
        headers = {"Content-Type": media_type, "X-Ma-Tep": file_id}
        verdict = self._talk.read(Call("PUT", f"{self._paths.files}/{sha256}", content=content, headers=headers))
        receipt = receipt_of(verdict.result)
        if receipt is None:
            raise ReplyLostError(connection=self._connection.name)
        return receipt

    def fetch(self, address: str, at_most: int) -> bytes:
        return self._talk.fetch(address, at_most)

    def changes(self, cursor: str) -> Changes:
        if self._wrapping.envelope:
            call = self._question("changes", {"contro": cursor})
        else:
            question = {"contro": cursor, "madonvi": self._connection.agency_code}
            call = Call("GET", self._paths.changes, params=question)
        return changes_of(self._reply(self._talk.read(call)), cursor)

    def service(self, name: str, members: Mapping[str, str]) -> Any:
        """`result` of a catalogue service (LayThuTuc, LayDanhSachTTHC …). Raises: as the other reads."""
        if self._wrapping.envelope:
            asked = envelope(name, self._connection.agency_code, members=members)
            return self._talk.read(Call("POST", self._paths.services, json=asked)).result
        return self._talk.read(Call("GET", f"{self._paths.services}/{name}", params=members)).result

    def close(self) -> None:
        self._talk.close()

    def _data(self, operation: str, entries: Sequence[Message], *, updating: bool | None = None) -> Call:
        """A write: the entries in the dress of this connection."""
        params = {self._wrapping.agency_query: self._connection.agency_code} if self._wrapping.agency_query else {}
        path = getattr(self._paths, operation)
        if updating is not None and self._wrapping.flag != "url":
            path = self._paths.insert  # one address for both
        if updating is not None and self._wrapping.flag == "query":
            params["isUpdating"] = word(updating)
        if not self._wrapping.envelope:
            return Call("POST", path, json=list(entries), params=params)
        flag = updating if self._wrapping.flag == "body" else None
        told = envelope(SERVICES[operation], self._connection.agency_code, entries, updating=flag)
        return Call("POST", path, json=told, params=params)

    def _question(self, operation: str, members: Mapping[str, str]) -> Call:
        agency = self._connection.agency_code
        asked = (
            envelope(SERVICES[operation], agency, members=members)
            if self._wrapping.envelope
            else {**members, "madonvi": agency}
        )
        return Call("POST", getattr(self._paths, operation), json=asked)

    def _reply(self, verdict: Verdict) -> Mapping[str, Any]:
        return read_reply(Answer(200, "", verdict.body), self._connection.rule) or {}
