"""Made papers: what a birth notification, a land certificate or a letter says, filled with invented people.

A form is a text file under `forms`: `===` between versions of one paper; a line begins with ^ (middle), > (right) or
~ (columns, parted by ||), else it stands left; ? in front leaves it out half the time; [a|b] chooses; {kind} is an
invented value and {kind=field} one that a reader must find; {doc:…} ends a document number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from scanner.papers.values import APART, TAUGHT, Invented

MOTTO = ("^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "^Độc lập - Tự do - Hạnh phúc")
PLACES = {"^": "middle", ">": "right", "~": "columns"}
CHOICE = re.compile(r"\[([^\[\]]*)\]")
VALUE = re.compile(r"\{([A-Za-z]+)(?:=([a-z_]+))?(?::([^}]*))?\}")


@dataclass(frozen=True)
class SetLine:
    """place: "left", "middle", "right" or "columns"; cells: one text, or one for each column."""

    place: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Specimen:
    """code: kind of paper; form: which version; truth: values by field, dates as YYYY-MM-DD; card: of a card's size."""

    code: str
    form: str
    lines: tuple[SetLine, ...]
    truth: Mapping[str, str]
    card: bool = False

    @property
    def text(self) -> str:
        return "\n".join(" ".join(c for c in line.cells if c) for line in self.lines)


@cache
def forms(*, apart: bool = False) -> Mapping[str, tuple[str, ...]]:
    """Versions of each kind of paper: those that are taught, or those that are only measured."""
    folder = files("scanner.papers") / "forms" / ("apart" if apart else "taught")
    found = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            text = file.read_text(encoding="utf-8")
            found[file.name.removesuffix(".txt")] = tuple(part.strip("\n") for part in text.split("\n===\n"))
    return found


def specimens(count: int, seed: int, *, apart: bool = False) -> Iterator[Specimen]:
    """`count` papers of each version of each kind; the same seed gives the same papers."""
    for code, versions in forms(apart=apart).items():
        for number, form in enumerate(versions):
            for n in range(count):
                rng = Random(f"{seed}:{code}:{number}:{n}:{apart}")
                yield filled(code, form, rng, apart=apart, name=f"{code}-{number}")


def filled(code: str, form: str, rng: Random, *, apart: bool = False, name: str = "") -> Specimen:
    """One form with invented values."""
    invented = Invented(rng, APART if apart else TAUGHT)
    rows = form.splitlines()
    card = rows[0] == "#card"
    lines = []
    for row in rows[1:] if card else rows:
        for line in MOTTO if row == "@motto" else (row,):
            kept = line.removeprefix("?")
            if kept == line or rng.random() < 0.5:
                lines.append(_set(kept, invented))
    return Specimen(code, name or code, tuple(lines), dict(invented.truth), card)


def _set(row: str, invented: Invented) -> SetLine:
    place = PLACES.get(row[:1], "left")
    body = row if place == "left" else row[1:]
    cells = body.split("||") if place == "columns" else [body]
    return SetLine(place, tuple(_written(cell.strip(), invented) for cell in cells))


def _written(cell: str, invented: Invented) -> str:
    cell = CHOICE.sub(lambda m: invented.pick(m[1].split("|")), cell)
    said = ""
    at = 0
    for match in VALUE.finditer(cell):
        said += cell[at : match.start()]
        at = match.end()
        kind, name, _rest = match.groups()
        if kind == "doc":
            invented.truth["document_number"] = said.partition(":")[2].strip()
        elif kind == "same":
            said += invented.truth.get(name, "")
        else:
            printed, value = invented.of(kind)
            said += printed
            if name:
                invented.truth.setdefault(name, value)
    said += cell[at:]
    if "=addressee}" in cell:  # a letter goes to the whole of what follows, "Ủy ban nhân dân" included
        invented.truth["addressee"] = said.rpartition(":")[2].strip()
    return said
