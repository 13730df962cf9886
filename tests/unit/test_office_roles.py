"""What officers are trusted with, as office.toml says."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.office_pack import load_office
from kiosk.domain.life import Role


def a_pack(tmp_path: Path, officer: str) -> Path:
    shipped = files("kiosk.catalogue").joinpath("starter", "office.toml").read_text("utf-8")
    path = tmp_path / "office.toml"
    path.write_text(f"{shipped}\n[[officer]]\n{officer}\n", "utf-8")
    return path


def test_an_officer_has_the_roles_of_the_pack_and_others_have_all(tmp_path: Path) -> None:
    office = load_office(a_pack(tmp_path, 'login = "hoa"\nroles = ["reception", "returning"]'))
    assert office.roles_of("hoa") == frozenset[str]({Role.RECEPTION, Role.RETURNING})
    assert office.roles_of("lan") is None
    assert load_office(a_pack(tmp_path, 'login = "hoa"')).roles_of("hoa") is None


def test_a_role_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_office(a_pack(tmp_path, 'login = "hoa"\nroles = ["chủ tịch"]'))
    assert caught.value.details["key"] == "officer[1].roles"
    assert "chủ tịch" in str(caught.value.details["problem"])
