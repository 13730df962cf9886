"""What an officer types for a procedure finds the one that is meant, among all that are shipped."""

from __future__ import annotations

import pytest

from kiosk.catalogue.starter import load_starter
from ui.desk.search import find_procedures

STARTER = load_starter()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai sinh", "1.001193"),
        ("khai sinh lai", "1.004884"),
        ("ket hon", "1.000894"),
        ("khai tu", "1.000656"),
        ("trich luc", "2.000635"),
        ("tam tru", "1.004194"),
        ("hôn nhân", "1.004873"),
        ("ks", "1.001193"),
    ],
)
def test_the_plainest_name_comes_first(typed: str, meant: str) -> None:
    assert find_procedures(STARTER, typed)[0].code == meant
