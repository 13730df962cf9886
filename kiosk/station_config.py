"""Values written into an existing `config.toml`; every other line stays as a person wrote it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

Values = Mapping[str, Mapping[str, str | None]]


def with_values(text: str, values: Values) -> str:
    """`text` with keys set: section ("" for the top) -> key -> value, None to take the key out.

    A text that is no TOML is given up: its owner keeps a copy (`config.toml.before`).
    """
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        text = ""
    for section, keys in values.items():
        text = _in_section(text, section, keys)
    return text


def _in_section(text: str, section: str, keys: Mapping[str, str | None]) -> str:
    head = "" if not section else f"[{section}]\n"
    pattern = r"\A.*?(?=^\s*\[|\Z)" if not section else rf"^[ \t]*\[{re.escape(section)}\][^\n]*\n?.*?(?=^\s*\[|\Z)"
    found = re.search(pattern, text, re.MULTILINE | re.DOTALL)
    if found is None:
        text = f"{text.rstrip()}\n\n" if text.strip() else ""
        return text + head + _lines(keys)
    part = found[0]
    for key in keys:
        part = re.sub(rf"(?m)^[ \t]*{re.escape(key)}[ \t]*=[^\n]*\n?", "", part)
    if section:
        first, _, rest = part.partition("\n")
        part = f"{first}\n{_lines(keys)}{rest}"
    else:
        part = _lines(keys) + part
    return text[: found.start()] + part + text[found.end() :]


def _lines(keys: Mapping[str, str | None]) -> str:
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items() if value)
