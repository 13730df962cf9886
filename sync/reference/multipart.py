"""multipart/form-data (RFC 7578) read as it comes: each file to its own place on the disk, little in memory."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sync.reference.requests import MalformedRequestError

HEAD_MAX = 16 * 1024
PARTS_MAX = 50
_BOUNDARY = re.compile(r"""boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE)
_FILE_NAME = re.compile(r'filename="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


@dataclass(frozen=True)
class FilePart:
    """One file of a form. part: its bytes, synced; the reader must take or delete it."""

    name: str
    media_type: str
    part: Path


async def file_parts(
    content_type: str, chunks: AsyncIterator[bytes], new_part: Callable[[], Path], largest: int
) -> list[FilePart]:
    """All files of a form; other fields are passed over. largest: bytes of the whole body.

    Raises: MalformedRequestError, and nothing is left behind; MemoryError never.
    """
    found = _BOUNDARY.search(content_type)
    if found is None or not content_type.lower().startswith("multipart/form-data"):
        raise MalformedRequestError("phải là multipart/form-data")
    reader = _Reader((found[1] or found[2]).encode("latin-1", "replace"), new_part)
    size = 0
    try:
        async for chunk in chunks:
            size += len(chunk)
            if size > largest:
                raise MalformedRequestError("tệp quá lớn")
            reader.feed(chunk)
        reader.end()
    except BaseException:
        reader.discard()
        raise
    return reader.files


class _Reader:
    """Bytes in, files out. Between parts it reads a head, inside a part everything up to the next boundary."""

    def __init__(self, boundary: bytes, new_part: Callable[[], Path]) -> None:
        self.files: list[FilePart] = []
        self._mark = b"\r\n--" + boundary
        self._new_part = new_part
        self._rest = b"\r\n"  # the first boundary has no line before it
        self._in_part = self._is_over = False
        self._sink: BinaryIO | None = None
        self._parts = 0

    def feed(self, chunk: bytes) -> None:
        self._rest += chunk
        while not self._is_over and (self._content() if self._in_part else self._head()):
            pass

    def end(self) -> None:
        if not self._is_over:
            raise MalformedRequestError("biểu mẫu bị cắt giữa chừng")

    def discard(self) -> None:
        if self._sink is not None:
            self._sink.close()
            self._sink = None
        for file in self.files:
            file.part.unlink(missing_ok=True)

    def _head(self) -> bool:
        """The boundary and the lines up to an empty one. Returns whether there may be more to do."""
        start = self._rest.find(self._mark)
        after = self._rest[start + len(self._mark) :]
        if start >= 0 and after.startswith(b"--"):
            self._is_over = True
            return False
        end = after.find(b"\r\n\r\n")
        if start < 0 or end < 0:
            if len(self._rest) > HEAD_MAX:
                raise MalformedRequestError("phần đầu của biểu mẫu quá dài")
            return False
        self._begin(after[:end].decode("utf-8", "replace"))
        # What ends a part begins with a line break; the content may be empty and begin with it at once.
        self._rest, self._in_part = after[end + 4 :], True
        return True

    def _begin(self, head: str) -> None:
        self._parts += 1
        if self._parts > PARTS_MAX:
            raise MalformedRequestError("quá nhiều tệp trong một lần gửi")
        name = _FILE_NAME.search(head)
        if name is None:
            return
        kind = re.search(r"^content-type:\s*([\w.+/-]+)", head, re.IGNORECASE | re.MULTILINE)
        part = self._new_part()
        self._sink = part.open("wb")
        self.files.append(FilePart(name[1].replace("\0", ""), kind[1] if kind else "", part))

    def _content(self) -> bool:
        end = self._rest.find(self._mark)
        # The last bytes may be the beginning of a boundary.
        ready = end if end >= 0 else max(0, len(self._rest) - len(self._mark) + 1)
        if self._sink is not None:
            self._sink.write(self._rest[:ready])
        self._rest = self._rest[ready:]
        if end >= 0:
            self._finish()
        return end >= 0

    def _finish(self) -> None:
        self._in_part = False
        if self._sink is not None:
            self._sink.flush()
            os.fsync(self._sink.fileno())
            self._sink.close()
            self._sink = None
