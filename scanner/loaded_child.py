"""The child process in which Tesseract's library stays loaded: if the library falls over, only this process does.

Run as `python -m scanner.loaded_child DATA_DIR LANG`. Each question on stdin is one JSON line, {"do": "words" | "line"
| "turn", "width", "height", "dpi", "mode", "letters"}, followed by width x height grey bytes; each answer on stdout is
one JSON line, {"size"} followed by that many bytes of Tesseract's TSV or text, {"turn", "trust"}, or {"error"}. It ends
when stdin ends.

Nothing heavy is imported here: a page must not wait for libraries that only the parent needs.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any, BinaryIO

MEMORY_BYTES = 1536 * 2**20
LIBRARY = "tesserocr"
LAYOUT_AND_WORDS, ONE_LINE, ORIENTATION_ONLY = 3, 7, 0  # Tesseract's page segmentation modes
ONLY = "tessedit_char_whitelist"
# Wheels may be built with OpenMP: its threads make a page three times slower on a small machine.
os.environ["OMP_THREAD_LIMIT"] = "1"


class Library:
    """Tesseract with one language, and its orientation model once somebody asks for it."""

    def __init__(self, data_dir: str, lang: str) -> None:
        self._data_dir = data_dir
        self._reader = self._opened(lang, LAYOUT_AND_WORDS)
        self._orienter: Any = None

    def words(self, pixels: bytes, question: dict[str, Any]) -> bytes:
        """TSV without its heading."""
        self._reader.SetPageSegMode(question["mode"])
        _show(self._reader, pixels, question)
        self._reader.Recognize()
        table = str(self._reader.GetTSVText(0))
        # What one page taught it must not change how the next is read.
        self._reader.ClearAdaptiveClassifier()
        self._reader.Clear()
        return table.encode()

    def line(self, pixels: bytes, question: dict[str, Any]) -> bytes:
        """One line of text, of certain letters only."""
        self._reader.SetPageSegMode(ONE_LINE)
        self._reader.SetVariable(ONLY, question["letters"])
        try:
            _show(self._reader, pixels, question)
            text = str(self._reader.GetUTF8Text())
        finally:
            self._reader.SetVariable(ONLY, "")
        self._reader.ClearAdaptiveClassifier()
        self._reader.Clear()
        return text.encode()

    def turn(self, pixels: bytes, question: dict[str, Any]) -> dict[str, Any]:
        """Degrees clockwise that set the page upright, and how sure that is; too few letters: not at all."""
        if self._orienter is None:
            self._orienter = self._opened("osd", ORIENTATION_ONLY)
        _show(self._orienter, pixels, question)
        found = self._orienter.DetectOrientationScript()
        self._orienter.Clear()
        return {"turn": -found["orient_deg"] % 360, "trust": found["orient_conf"]} if found else {"turn": 0, "trust": 0}

    def _opened(self, lang: str, mode: int) -> Any:
        return import_module(LIBRARY).PyTessBaseAPI(
            path=self._data_dir, lang=lang, psm=mode, variables={"debug_file": os.devnull}
        )


def main(argv: list[str], questions: BinaryIO, answers: BinaryIO) -> int:
    """Answer until there are no more questions."""
    _limit_self()
    try:
        library = Library(*argv)
    except (ImportError, RuntimeError) as e:
        _say(answers, b"", error=type(e).__name__)
        return 1
    _say(answers, b"", ready=True)
    while line := questions.readline():
        question = json.loads(line)
        pixels = questions.read(question["width"] * question["height"])
        try:
            if question["do"] == "turn":
                _say(answers, b"", **library.turn(pixels, question))
            elif question["do"] == "line":
                text = library.line(pixels, question)
                _say(answers, text, size=len(text))
            else:
                table = library.words(pixels, question)
                _say(answers, table, size=len(table))
        except RuntimeError as e:
            _say(answers, b"", error=type(e).__name__)
    return 0


def _show(api: Any, pixels: bytes, question: dict[str, Any]) -> None:
    width, height = question["width"], question["height"]
    api.SetImageBytes(pixels, width, height, 1, width)
    api.SetSourceResolution(question["dpi"])


def _say(out: BinaryIO, content: bytes, **message: Any) -> None:
    out.write(json.dumps(message).encode() + b"\n" + content)
    out.flush()


def _limit_self() -> None:
    """Bounds that the system enforces; Windows has none of this kind and relies on the parent's clock."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
