"""Where a connection's password comes from, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from sync_keyring import InMemory, keyring_in_memory

from kiosk.province_config import ProvinceConfig
from sync.errors import BadConnectionError, MissingSecretError, NoKeyringError
from sync.secrets import SERVICE, Keyring, Secrets, is_readable_by_others, secret_of
from ui.i18n.errors import explain

URL = "https://tinh.example"


@pytest.fixture
def backend() -> Iterator[InMemory]:
    with keyring_in_memory() as used:
        yield used


@pytest.fixture
def headless() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@dataclass
class FakeSecrets:
    kept: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.kept.get(name, "")

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


def settings(**more: str) -> ProvinceConfig:
    return ProvinceConfig(name="tinh", url=URL, auth="bearer", **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def outside_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


@pytest.mark.parametrize("made", [FakeSecrets, Keyring])
def test_what_is_put_is_got_until_it_is_forgotten(backend: InMemory, made: type[Secrets]) -> None:
    secrets = made()
    assert secrets.get("tinh") == ""
    secrets.put("tinh", "mật khẩu")
    secrets.put("tu-phap", "khác")
    assert secrets.get("tinh") == "mật khẩu"
    secrets.forget("tinh")
    secrets.forget("tinh")
    assert (secrets.get("tinh"), secrets.get("tu-phap")) == ("", "khác")


def test_the_keyring_keeps_it_under_the_program_s_name(backend: InMemory) -> None:
    Keyring().put("tinh", "mat-khau")
    assert backend.kept == {(SERVICE, "tinh"): "mat-khau"}
    assert secret_of(settings()) == "mat-khau"


def test_a_named_file_comes_first_then_the_credential_then_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, folder = tmp_path / "token", tmp_path / "credentials"
    file.write_text("tu-tep\n")
    folder.mkdir()
    (folder / "tinh").write_text("tu-systemd\n")
    kept = FakeSecrets({"tinh": "tu-kho", "rieng": "tu-kho-rieng"})
    assert secret_of(settings(), kept) == "tu-kho"
    assert secret_of(settings(secret_name="rieng"), kept) == "tu-kho-rieng"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    assert secret_of(settings(), kept) == "tu-systemd"
    assert secret_of(settings(secret_file=str(file)), kept) == "tu-tep"


def test_a_named_file_that_cannot_be_used_is_an_error_and_not_passed_over(tmp_path: Path) -> None:
    kept = FakeSecrets({"tinh": "tu-kho"})
    (tmp_path / "empty").write_text(" \n")
    for file in ("empty", "nowhere"):
        with pytest.raises(BadConnectionError):
            secret_of(settings(secret_file=str(tmp_path / file)), kept)


def test_a_machine_without_a_keyring_is_told_what_to_do_instead(headless: None) -> None:
    with pytest.raises(NoKeyringError) as caught:
        secret_of(settings())
    told = explain(caught.value)
    assert "LoadCredential=tinh:" in told.fix
    assert "secret_file" in told.fix
    with pytest.raises(NoKeyringError):
        Keyring().put("tinh", "x")
    with pytest.raises(NoKeyringError):
        Keyring().forget("tinh")


def test_a_missing_secret_names_the_command_that_keeps_it(backend: InMemory) -> None:
    with pytest.raises(MissingSecretError) as caught:
        secret_of(settings())
    assert "motcua sync secret tinh" in explain(caught.value).fix


def test_a_secret_s_file_that_others_can_read_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("t")
    file.chmod(0o600)
    assert not is_readable_by_others(file)
    file.chmod(0o644)
    assert is_readable_by_others(file)
