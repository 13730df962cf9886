"""The frame of every command: global options at any place, one JSON object or plain text, errors in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import InputError
from ui.i18n.errors import Explained


class UsageError(InputError):
    """The command line itself is wrong. details: problem."""

    code = "usage"


@dataclass
class Frame:
    """Global options of this run. data: directory of the office, None for the configured one."""

    data: Path | None = None
    json: bool = False
    lang: str = "vi"


frame = Frame()


def take_global_options(argv: Sequence[str]) -> list[str]:
    """Fill `frame` from --data DIR, --json and --lang CODE wherever they stand; returns the rest.

    Raises: UsageError for an option without its value or an unknown language.
    """
    frame.data, frame.json, frame.lang = None, False, "vi"
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            return [*rest, word, *words]
        if word == "--json":
            frame.json = True
        elif name in ("--data", "--lang"):
            chosen = value if equals else next(words, "")
            if not chosen:
                raise UsageError(problem=f"{name} cần một giá trị")
            _choose(name, chosen)
        else:
            rest.append(word)
    return rest


def _choose(name: str, value: str) -> None:
    if name == "--data":
        frame.data = Path(value).expanduser()
    elif value in ("vi", "en"):
        frame.lang = value
    else:
        raise UsageError(problem=f"--lang {value}: chỉ có vi hoặc en")


def show(data: dict[str, Any], text: str) -> None:
    """The command's answer on stdout: `data` as one JSON object with --json, else `text`."""
    print(json.dumps(data, ensure_ascii=False, default=str) if frame.json else text, flush=True)  # noqa: T201


def tell(text: str) -> None:
    """Progress for a person, on stderr; silent with --json."""
    if not frame.json:
        print(text, file=sys.stderr, flush=True)  # noqa: T201


def show_failure(failure: Explained) -> None:
    """A failure: the error object on stdout with --json, else two sentences on stderr."""
    if frame.json:
        error = {"code": failure.code, "message": failure.message, "fix": failure.fix}
        print(json.dumps({"error": error}, ensure_ascii=False), flush=True)  # noqa: T201
    else:
        print(f"{failure.message}\n{failure.fix}", file=sys.stderr, flush=True)  # noqa: T201
