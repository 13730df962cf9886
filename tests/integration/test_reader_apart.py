"""The process that pages are read in: what falls over there falls over there."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import psutil
import pytest
from scanner_samples import DECLARATION, PreparedEngine, drawn

from kiosk.errors import InputError
from scanner.apart import LostReaderError, ReaderApart
from scanner.ocr import AUTO, Word
from scanner.page import Pixels, png_bytes
from scanner.reader import Way

PAGE = png_bytes(drawn(dpi=100))


class FallingEngine(PreparedEngine):
    """Takes its process down with it."""

    def recognise(self, pixels: Pixels, dpi: int, mode: int = AUTO) -> list[Word]:
        os.kill(os.getpid(), signal.SIGSEGV)
        return []


@pytest.fixture
def reader() -> Iterator[ReaderApart]:
    made = ReaderApart(PreparedEngine)
    yield made
    made.stop()


def test_pages_are_read_by_one_process_that_stays(reader: ReaderApart) -> None:
    read = reader.read(PAGE, "máy quét", 100)
    assert (read.text, read.source) == ("\n".join(DECLARATION), "máy quét")
    first = reader.pid
    assert reader.read(PAGE, "máy quét", 100, Way.UNREAD).words == ()
    assert reader.pid == first != os.getpid()


def test_as_it_is_neither_cleans_nor_reads(reader: ReaderApart) -> None:
    read = reader.read(PAGE, "máy quét", 100, Way.AS_IT_IS)
    assert (read.words, read.width, read.skew_deg) == ((), drawn(dpi=100).width, 0.0)


def test_a_bad_picture_is_told_in_its_own_words(reader: ReaderApart) -> None:
    with pytest.raises(InputError) as caught:
        reader.read(PAGE[:3000], "ảnh", 100)
    assert (caught.value.code, caught.value.details) == ("scan.damaged", {"file": "ảnh"})


def test_a_page_that_fells_its_process_fells_nothing_else() -> None:
    reader = ReaderApart(FallingEngine)
    with pytest.raises(LostReaderError):
        reader.read(PAGE, "ảnh", 100)
    assert reader.read(PAGE, "ảnh", 100, Way.AS_IT_IS).words == ()
    reader.stop()


def test_a_process_without_work_goes_and_the_next_page_has_a_new_one() -> None:
    times = iter((0.0, 59.0, 61.0, 62.0))
    reader = ReaderApart(PreparedEngine, clock=lambda: next(times))
    reader.read(PAGE, "ảnh", 100, Way.AS_IT_IS)
    first = reader.pid
    assert first is not None
    reader.rest()
    assert reader.pid == first
    reader.rest()
    assert not psutil.pid_exists(first)
    assert reader.read(PAGE, "ảnh", 100, Way.AS_IT_IS).dpi == 100
    reader.stop()
