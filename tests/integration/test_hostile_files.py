"""Some of every group of hostile files through a hot folder; `motcua bench digitise --only hostile` has all."""

from __future__ import annotations

from collections.abc import Iterator

from ui.cli.bench_digitise_hostile import HostileOutcome, through_the_desk
from ui.cli.hostile.corpus import hostile_files
from ui.cli.hostile.item import Item

# Gigabytes to inflate and pages without end: the bench waits for those.
SLOW = ("bomb", "strip bomb", "drawing")


def some() -> Iterator[Item]:
    seen: set[str] = set(SLOW)
    for item in hostile_files():
        if item.group not in seen or item.group in ("no file", "sparse"):
            yield item
        seen.add(item.group)


def failures(found: HostileOutcome) -> list[str]:
    return [
        f"{fate.name!r}: {fate.outcome}, {fate.cpu_s} s, {fate.mb} MB, {fate.message}"
        for fate in found.fates
        if not fate.ok
    ]


def test_the_corpus_is_large_and_the_same_each_time() -> None:
    first = [(item.name, item.group) for item in hostile_files()]
    assert len(first) >= 200
    assert len({name for name, _group in first}) == len(first)
    assert first == [(item.name, item.group) for item in hostile_files()]


def test_hostile_files_are_refused_with_a_sentence_or_read_and_nothing_else_falls() -> None:
    found = through_the_desk(some())
    assert len(found.fates) >= 30
    assert failures(found) == []


def test_what_is_refused_lies_in_bad_with_words() -> None:
    found = through_the_desk(item for item in hostile_files() if item.name in ("rong.pdf", "khoa-aes-256.pdf"))
    assert {fate.name: fate.message for fate in found.fates} == {
        "rong.pdf": "Tệp rong.pdf rỗng (0 byte).",
        "khoa-aes-256.pdf": "Tệp PDF khoa-aes-256.pdf có mật khẩu.",
    }
