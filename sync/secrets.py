"""Passwords and tokens of connections: from a file, a systemd credential or the keyring, never from the settings.

The one module that knows the keyring library (docs/exchange.md).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.province_config import ProvinceConfig
from sync.errors import BadConnectionError, MissingSecretError, NoKeyringError

SERVICE = "motcua"


class Secrets(Protocol):
    """A place that keeps secrets by name."""

    def get(self, name: str) -> str:
        """ "" when there is none under this name. Raises: NoKeyringError."""

    def put(self, name: str, secret: str) -> None:
        """Raises: NoKeyringError."""

    def forget(self, name: str) -> None:
        """Nothing happens when there is none. Raises: NoKeyringError."""


class Keyring:
    """The keyring of the account that runs the program: Credential Locker on Windows, Secret Service on Linux."""

    def get(self, name: str) -> str:
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(SERVICE, name) or ""
        except (KeyringError, OSError) as missing:
            raise NoKeyringError(name=name) from missing

    def put(self, name: str, secret: str) -> None:
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(SERVICE, name, secret)
        except (KeyringError, OSError) as missing:
            raise NoKeyringError(name=name) from missing

    def forget(self, name: str) -> None:
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, name)
        except PasswordDeleteError:
            return
        except (KeyringError, OSError) as missing:
            raise NoKeyringError(name=name) from missing


@dataclass(frozen=True)
class SystemdCredentials:
    """Files that systemd laid out for this unit (LoadCredential=); folder: $CREDENTIALS_DIRECTORY, "" outside one."""

    folder: str

    def get(self, name: str) -> str:
        return _text(Path(self.folder) / name) if self.folder else ""


def secret_of(config: ProvinceConfig, keyring: Secrets | None = None) -> str:
    """secret_file when it is named; else the credential of that name; else the keyring.

    Raises: BadConnectionError for a named file that cannot be used, MissingSecretError, NoKeyringError.
    """
    if config.secret_file:
        if secret := _text(Path(config.secret_file)):
            return secret
        raise BadConnectionError(field="secret_file", value=config.secret_file)
    name = config.secret_name or config.name
    credentials = SystemdCredentials(os.environ.get("CREDENTIALS_DIRECTORY", ""))
    if secret := credentials.get(name) or (keyring or Keyring()).get(name):
        return secret
    raise MissingSecretError(name=name)


def is_readable_by_others(file: Path) -> bool:
    """Whether other accounts of this machine can read a secret's file. Always False where modes mean nothing."""
    return sys.platform != "win32" and file.is_file() and bool(file.stat().st_mode & 0o077)


def _text(file: Path) -> str:
    """What stands in it, "" when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
