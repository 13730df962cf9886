"""What comes back on the stick: for each dossier what the province holds of it, and its news since the office heard."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sync.folder.contents import BadContentError, as_bytes

NEWS_MAX = 20_000


@dataclass(frozen=True)
class FileReceipt:
    """sha256: as the province computed it from what it keeps; url: where."""

    sha256: str
    url: str


@dataclass(frozen=True)
class Receipt:
    """One dossier. sha256: of the message that came; code, official: under which it is known there; steps: seq of event
    -> SHA-256; refused: the province's reason, "" for taken; older: a newer picture was there already and stayed."""

    key: str
    sha256: str
    code: str = ""
    official: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, FileReceipt] = field(default_factory=dict)
    refused: str = ""
    older: bool = False


@dataclass(frozen=True)
class News:
    """One item in the form of polling (`sync.messages.incoming`). cursor: after it."""

    cursor: str
    item: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """bundle: digest of what it answers; after: where the news begin."""

    bundle: str
    receipts: tuple[Receipt, ...]
    after: str = ""
    news: tuple[News, ...] = ()

    def to_bytes(self) -> bytes:
        return as_bytes(asdict(self))

    def news_after(self, cursor: str) -> Sequence[News]:
        """Those that an office which stands at this cursor has not heard; none when it stands somewhere else, because
        the line told it more meanwhile."""
        if cursor == self.after:
            return self.news
        heard = max((place for place, one in enumerate(self.news, 1) if one.cursor == cursor), default=len(self.news))
        return self.news[heard:]


def read_answer(content: bytes) -> Answer:
    """Raises: BadContentError."""
    try:
        values = json.loads(content)
        receipts = tuple(read_receipt(r) for r in values["receipts"])
        news = tuple(News(str(n["cursor"]), dict(n["item"])) for n in values["news"][:NEWS_MAX])
        return Answer(str(values["bundle"]), receipts, str(values["after"]), news)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadContentError("trả lời không đọc được") from None


def read_receipt(values: Mapping[str, Any]) -> Receipt:
    files = {str(i): FileReceipt(str(f["sha256"]), str(f["url"])) for i, f in values["files"].items()}
    steps = {str(seq): str(sha256) for seq, sha256 in values["steps"].items()}
    key, sha256, code, official, refused = (
        str(values[name]) for name in ("key", "sha256", "code", "official", "refused")
    )
    return Receipt(key, sha256, code, official, steps, files, refused, bool(values["older"]))
