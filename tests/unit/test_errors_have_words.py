from __future__ import annotations

import pkgutil
import re
import string
from importlib import import_module
from pathlib import Path

import pytest

import kiosk
import printing
import scanner
import sync
import ui
from kiosk.errors import DiskFullError, KioskError
from ui.i18n.errors import TEXTS, WHATS, explain


def _all_failures() -> set[type[KioskError]]:
    for package in (kiosk, printing, scanner, sync, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("__main__", ".env")) and ".versions." not in module.name:
                import_module(module.name)
    found, seen = [KioskError], set[type[KioskError]]()
    while found:
        one = found.pop()
        seen.add(one)
        found += one.__subclasses__()
    return {f for f in seen if not f.__module__.startswith("test")}


def test_every_failure_has_its_own_words() -> None:
    missing = sorted(f"{f.__name__}: {f.code}" for f in _all_failures() if f.code not in TEXTS)
    assert missing == []


def test_no_two_failures_share_a_code() -> None:
    codes: dict[str, list[str]] = {}
    for failure in _all_failures():
        if "code" in vars(failure):
            codes.setdefault(failure.code, []).append(failure.__name__)
    assert {c: names for c, names in codes.items() if len(names) > 1} == {}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_words_are_whole_sentences_in_both_languages(code: str) -> None:
    text = TEXTS[code]
    for words in (text.message, text.fix, text.message_en, text.fix_en):
        assert words.strip() == words
        assert words
        list(string.Formatter().parse(words))


def test_a_bug_is_told_without_its_own_text() -> None:
    told = explain(ZeroDivisionError("Nguyễn Văn A"))
    assert told.code == "internal"
    assert "Nguyễn" not in told.message + told.fix


def test_a_missing_detail_never_hides_the_message() -> None:
    assert "đầy" in explain(DiskFullError()).message
    assert "full" in explain(DiskFullError(), "en").message


def test_whatever_was_not_found_has_an_english_name() -> None:
    named = re.compile(r'what="([^"?]+)"|^WHAT = "([^"]+)"|, row, "([^"]+)"', re.MULTILINE)
    sources = [
        file for package in (kiosk, printing, scanner, sync, ui) for file in Path(package.__path__[0]).rglob("*.py")
    ]
    found = {"".join(match) for file in sources for match in named.findall(file.read_text(encoding="utf-8"))}
    assert len(found) > 15
    assert sorted(found - set(WHATS)) == []
