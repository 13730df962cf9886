"""A keyring of the operating system in memory, in the place of the real one while a test runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class InMemory(KeyringBackend):
    """The system's keyring, as far as the library asks of it."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@contextmanager
def keyring_in_memory() -> Iterator[InMemory]:
    before, used = keyring.get_keyring(), InMemory()
    keyring.set_keyring(used)
    try:
        yield used
    finally:
        keyring.set_keyring(before)
