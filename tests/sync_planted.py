"""Bugs that other systems really had, planted between the worker and its line (docs/decisions/0004-exchange.md).

Each is a client that is wrong in one point; the ledger must see what it does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sync.outcome import Outcome, Verdict
from sync.province import Changes, FileReceipt, Found, ProvinceClient


class _Planted:
    def __init__(self, inner: ProvinceClient) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class NeverAsks(_Planted):
    """Sends again without asking: every look-up finds nothing."""

    def lookup(self, code: str) -> Found | None:
        return None


class TakesSilenceForYes(_Planted):
    """Done before the other side has committed: any answer, or none, is taken for success."""

    def _believed(self, verdict: Verdict) -> Verdict:
        return Verdict(Outcome.DONE) if verdict.outcome is Outcome.UNKNOWN else verdict

    def insert(self, dossiers: Sequence[Any]) -> Verdict:
        return self._believed(self._inner.insert(dossiers))

    def update(self, dossiers: Sequence[Any]) -> Verdict:
        return self._believed(self._inner.update(dossiers))

    def progress(self, entries: Sequence[Any]) -> Verdict:
        return self._believed(self._inner.progress(entries))


class CursorFirst:
    """The place in the news is kept when they are fetched, not with what they changed. Outlives its worker."""

    def __init__(self) -> None:
        self._cursor = ""

    def __call__(self, inner: ProvinceClient) -> Any:
        return _CursorFirstClient(inner, self)

    def fetched(self, inner: ProvinceClient) -> Changes:
        changes = inner.changes(self._cursor)
        self._cursor = changes.cursor
        return changes


class _CursorFirstClient(_Planted):
    def __init__(self, inner: ProvinceClient, keeper: CursorFirst) -> None:
        super().__init__(inner)
        self._keeper = keeper

    def changes(self, cursor: str) -> Changes:
        return self._keeper.fetched(self._inner)


class NamesByBeginning:
    """A file is known by its first bytes and its length, as by a widespread upload client. Outlives its worker."""

    def __init__(self) -> None:
        self._sent: dict[tuple[str, int], str] = {}

    def __call__(self, inner: ProvinceClient) -> Any:
        return _NamesByBeginningClient(inner, self._sent)


class _NamesByBeginningClient(_Planted):
    def __init__(self, inner: ProvinceClient, sent: dict[tuple[str, int], str]) -> None:
        super().__init__(inner)
        self._sent = sent

    def upload_file(self, file_id: str, content: bytes, sha256: str, media_type: str) -> FileReceipt:
        name = (hashlib.md5(content[:4096], usedforsecurity=False).hexdigest(), len(content))
        if name in self._sent:
            return FileReceipt(self._sent[name], sha256)
        receipt = self._inner.upload_file(file_id, content, sha256, media_type)
        self._sent[name] = receipt.url
        return receipt


class OneStepLate:
    """Steps leave in another order than they were done: one is held back until the next one is sent.

    Outlives its worker.
    """

    def __init__(self) -> None:
        self._held: list[Any] = []

    def __call__(self, inner: ProvinceClient) -> Any:
        return _OneStepLateClient(inner, self._held)


class _OneStepLateClient(_Planted):
    def __init__(self, inner: ProvinceClient, held: list[Any]) -> None:
        super().__init__(inner)
        self._held = held

    def progress(self, entries: Sequence[Any]) -> Verdict:
        mine = [e for e in self._held if e["MaHoSo"] == entries[0]["MaHoSo"]]
        if not mine and entries[0]["TrangThai"] == "2":
            self._held.extend(entries)
            return Verdict(Outcome.DONE)
        verdict = self._inner.progress(entries)
        if verdict.outcome is Outcome.DONE and mine:
            self._held[:] = [e for e in self._held if e not in mine]
            return self._inner.progress(mine)
        return verdict
