"""The kept engine against the reference: the same words, and whatever happens to its process, the page is read."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest
from scanner_samples import DECLARATION, NOTIFICATION, PreparedEngine, drawn, letter_errors, scanned

from scanner.errors import MissingEngineError, MissingLanguageError, OcrError, OcrTimeoutError
from scanner.legible import legible
from scanner.loaded import LoadedTesseract, Reserved, usual_engine
from scanner.ocr import AUTO, ONE_BLOCK, TesseractEngine, Word
from scanner.page import Page

pytest.importorskip("tesserocr", reason="no wheel for this machine: pytesseract reads alone")

PAGES = (scanned(drawn(), 1.2), drawn(NOTIFICATION), scanned(drawn(DECLARATION * 2, size_pt=11), -0.7, noise=8))


@pytest.fixture(scope="module")
def kept() -> LoadedTesseract:
    return LoadedTesseract()


def read(engine: LoadedTesseract | TesseractEngine, page: Page, mode: int = AUTO) -> list[Word]:
    picture = legible(page)
    return engine.recognise(picture.pixels, picture.dpi, mode)


def said(words: list[Word]) -> str:
    return " ".join(w.text for w in words)


def children() -> set[int]:
    return {p.pid for p in psutil.Process().children() if "scanner.loaded_child" in p.cmdline()}


@pytest.mark.parametrize("mode", [AUTO, ONE_BLOCK])
@pytest.mark.parametrize("page", PAGES, ids=["declaration", "notification", "dense"])
def test_the_kept_engine_reads_what_the_reference_reads(kept: LoadedTesseract, page: Page, mode: int) -> None:
    ours, theirs = read(kept, page, mode), read(TesseractEngine(), page, mode)
    # Two releases of one engine: a letter in two hundred may differ, words, lines and places do not.
    assert letter_errors(said(ours), said(theirs)) < 0.005
    assert [w.line for w in ours] == [w.line for w in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.box == pytest.approx(other.box, abs=4)
        assert 0 <= mine.confidence <= 1
    assert sum(w.confidence for w in ours) == pytest.approx(sum(w.confidence for w in theirs), rel=0.05)


def test_a_page_is_read_the_same_whatever_was_read_before(kept: LoadedTesseract) -> None:
    first = read(LoadedTesseract(), PAGES[0])
    for page in PAGES:
        read(kept, page)
    assert read(kept, PAGES[0]) == first


def test_letters_tell_which_way_is_up_as_the_reference_does(kept: LoadedTesseract) -> None:
    grey = drawn(DECLARATION * 2, size_pt=11).grey()
    for turned in (grey, grey[::-1, ::-1], grey.T[::-1], grey.T[:, ::-1]):
        assert kept.turn_of(turned, 200) == TesseractEngine().turn_of(turned.copy(), 200)
    assert kept.turn_of(drawn(()).grey(), 200) is None


def test_one_process_is_kept_and_ends_with_its_engine() -> None:
    before = children()
    engine = LoadedTesseract()
    assert children() == before
    grey = drawn(("Một dòng chữ",)).grey()
    engine.recognise(grey, 200)
    (pid,) = children() - before
    engine.recognise(grey, 200)
    assert children() - before == {pid}
    del engine
    assert children() == before


def test_a_crash_kills_only_its_process_and_the_next_page_is_read() -> None:
    before = children()
    engine = LoadedTesseract()
    grey = drawn(("Một dòng chữ",)).grey()
    engine.recognise(grey, 200)
    (pid,) = children() - before
    os.kill(pid, signal.SIGSEGV)
    with pytest.raises(OcrError):
        engine.recognise(grey, 200)
    assert said(engine.recognise(grey, 200)) == "Một dòng chữ"


def test_what_takes_too_long_is_ended_and_not_tried_again() -> None:
    engine = LoadedTesseract()
    grey = drawn(DECLARATION * 2, size_pt=11).grey()
    engine.recognise(grey[:200], 200)
    assert engine._child is not None
    engine._child.timeout_s = 0.01
    reserve = PreparedEngine()
    with pytest.raises(OcrTimeoutError):
        Reserved(engine, reserve).recognise(grey, 200)
    assert reserve.seen == []


def test_missing_language_data_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(MissingLanguageError) as caught:
        Reserved(LoadedTesseract(data_dir=str(tmp_path)), PreparedEngine()).recognise(PAGES[1].grey(), 200)
    assert caught.value.details["package"] == "tesseract-ocr-vie"


def test_broken_language_data_leaves_the_page_to_the_reserve(tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").write_bytes(b"no model")
    engine = LoadedTesseract(data_dir=str(tmp_path))
    with pytest.raises(MissingEngineError):
        engine.recognise(PAGES[1].grey(), 200)
    assert said(Reserved(engine, PreparedEngine(("Tờ khai",))).recognise(PAGES[1].grey(), 200)) == "Tờ khai"


def test_the_usual_engine_is_the_kept_one_with_the_reference_in_reserve() -> None:
    engine = usual_engine()
    assert isinstance(engine, Reserved)
    assert isinstance(engine.first, LoadedTesseract)
    assert isinstance(engine.reserve, TesseractEngine)
