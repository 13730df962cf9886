from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.errors import DamagedFileError

if TYPE_CHECKING:
    from kiosk.storage import Store

CONTENT = "Trang giấy của bà Nguyễn Thị Ánh".encode() * 1000


def files_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("content", [b"", b"x", CONTENT, os.urandom(3_000_000)])
def test_a_file_is_read_back_bit_by_bit(store: Store, content: bytes) -> None:
    file = store.vault.put(content, "image/png")
    assert (file.sha256, file.size, file.media_type) == (hashlib.sha256(content).hexdigest(), len(content), "image/png")
    assert store.vault.get(file) == content


def test_the_same_content_twice_is_two_files_that_tell_nothing(store: Store, tmp_path: Path) -> None:
    first, second = store.vault.put(CONTENT, "text/plain"), store.vault.put(CONTENT, "text/plain")
    assert first.id != second.id
    assert first.sealed_key != second.sealed_key
    on_disk = [p.read_bytes() for p in files_of(tmp_path / "office") if p.name != "office.key"]
    assert not any("Nguyễn".encode() in content for content in on_disk)


def test_a_row_that_was_tampered_with_does_not_open(store: Store) -> None:
    file, other = store.vault.put(CONTENT, "t"), store.vault.put(b"other", "t")
    for wrong in (
        replace(file, sha256="0" * 64),
        replace(file, id=other.id),
        replace(file, sealed_key=other.sealed_key),
        replace(file, sealed_key=b""),
        replace(file, id="ff" * 16),
    ):
        with pytest.raises(DamagedFileError) as caught:
            store.vault.get(wrong)
        assert caught.value.details == {"file": wrong.id}
    assert store.vault.get(file) == CONTENT


def test_many_scanners_keep_files_at_once(store: Store) -> None:
    kept: list[bool] = []

    def scanner(name: int) -> None:
        for n in range(5):
            content = f"{name}/{n}".encode()
            kept.append(store.vault.get(store.vault.put(content, "t")) == content)

    threads = [threading.Thread(target=scanner, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [True] * 20
