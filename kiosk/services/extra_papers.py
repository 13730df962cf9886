"""A paper outside the catalogue (giấy tờ ngoài danh mục) is asked for on a legal basis only, which the slip says.

Source: NĐ 61/2018 Art 5.1; Tây Ninh 2070/UBND-HCC, 13/9/2019, 1 (10); Nghệ An 28/12/2023, 1.d. docs/legal.md#catalogue
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.dossier import Dossier
from kiosk.domain.procedure import Component, Procedure
from kiosk.errors import InputError
from kiosk.text import fold

PREFIX = "ngoai-"  # of the codes: no code of a catalogue begins so
_WORDS = re.compile(r"(?P<name>.*) \(căn cứ: (?P<basis>.*)\)")


class ExtraPaperError(InputError):
    """A paper outside the catalogue has no legal basis. details: paper."""

    code = "dossier.extra_paper"


class KnownPaperError(InputError):
    """The catalogue names this paper already. details: paper, component."""

    code = "dossier.known_paper"


@dataclass(frozen=True)
class ExtraPaper:
    """name, and the instrument and article that let the office ask for it."""

    name: str
    legal_basis: str


def extra_components(
    procedure: Procedure, wanted: Sequence[ExtraPaper], known: Dossier | None
) -> tuple[Component, ...]:
    """The further papers of an intake; those that a known dossier was asked for stay. Raises: ExtraPaperError,
    KnownPaperError."""
    before = tuple(p.component for p in known.papers if p.component.code.startswith(PREFIX)) if known else ()
    names = {fold(c.name): c.code for c in procedure.components}
    made = list(before)
    for paper in wanted:
        name, basis = paper.name.strip(), paper.legal_basis.strip()
        if not basis:
            raise ExtraPaperError(paper=name)
        if (code := names.get(fold(name))) is not None:
            raise KnownPaperError(paper=name, component=code)
        words = f"{name} (căn cứ: {basis})"
        if words not in [c.name for c in made]:
            made.append(Component(f"{PREFIX}{len(made) + 1}", words))
    return tuple(made)


def extra_of(dossier: Dossier) -> tuple[ExtraPaper, ...]:
    """What the dossier was asked for beyond the catalogue, as it was asked for."""
    named = (_WORDS.fullmatch(p.component.name) for p in dossier.papers if p.component.code.startswith(PREFIX))
    return tuple(ExtraPaper(found["name"], found["basis"]) for found in named if found is not None)
