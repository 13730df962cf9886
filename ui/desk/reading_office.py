"""The door to what was read: pages of the stack as papers, pictures, confirmations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.clock import Clock, office_now
from kiosk.domain.confirmed import GUESS, Confirmed
from kiosk.domain.event import Actor
from kiosk.domain.keeping import KEY as KEPT
from kiosk.domain.procedure import Component
from kiosk.domain.scan import ScannedPage
from kiosk.errors import NotFoundError, RuleError
from kiosk.services.ports import UnitOfWork
from kiosk.services.understanding import confirm_paper, take_back
from kiosk.text import tidy
from ui.app import OpenedOffice
from ui.desk.model import Choice
from ui.desk.reading_model import (
    DAYS,
    FIELD_NAMES,
    Accepted,
    Box,
    PagePicture,
    ReadField,
    ReadPaper,
    day_shown,
)

DOUBTFUL_WORD = 0.6
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
SMALL, AIR = 0.3, 0.04  # shares of the page
DOUBTS_SHOWN = 120  # more would cover a page that is hard to read as a whole


class UnclearDayError(RuleError):
    """A day of a paper cannot be in any calendar. details: field."""

    code = "paper.unclear_day"


@dataclass(frozen=True)
class LiveReading:
    office: OpenedOffice
    actor: Actor
    clock: Clock = office_now

    def papers(self, draft_key: str, components: Sequence[Component]) -> Sequence[ReadPaper]:
        with self.office.reads() as look:
            pages = _pages(look, draft_key)
        return _papers([p for p in pages if GUESS in p.meta and not p.discarded and not p.blank], components)

    def picture(self, page_id: str) -> PagePicture:
        with self.office.reads() as look:
            page = look.papers.page(page_id)
            if "words_file" not in page.meta:
                raise NotFoundError(what="trang đã đọc", key=page_id)
            image, words = (look.papers.file(page.meta[name]) for name in ("image_file", "words_file"))
        places = self.office.vault.get(words)
        return PagePicture(self.office.vault.get(image), _doubtful(places), _area(places))

    def confirm(self, draft_key: str, accepted: Accepted) -> None:
        fields = {name: _stored(name, value) for name, value in accepted.fields.items() if tidy(value)}
        confirmed = Confirmed(accepted.kind, fields, accepted.pages)
        confirm_paper(self.office.units(), draft_key, confirmed, accepted.component, actor=self.actor, now=self.clock())

    def take_back(self, page_id: str) -> None:
        take_back(self.office.units(), page_id, actor=self.actor, now=self.clock())


def _pages(look: UnitOfWork, draft_key: str) -> list[ScannedPage]:
    """A draft that became a dossier meanwhile gave its pages to it."""
    if pages := look.papers.pages(draft_key):
        return pages
    dossier = look.dossiers.by_draft(draft_key)
    return look.papers.pages(dossier.key) if dossier else []


def _papers(pages: Sequence[ScannedPage], components: Sequence[Component]) -> list[ReadPaper]:
    from scanner.papers.guess import PageGuess, stacked

    known = {p.id: p for p in pages}
    taken: set[str] = {p.component for p in pages if p.component}
    made: list[ReadPaper] = []
    for paper in stacked([(p.id, PageGuess.of(p.meta[GUESS], p.id)) for p in pages]):
        mine = [known[page] for page in paper.pages]
        said = Confirmed.of(mine[0])
        kind = said.type if said else (paper.guess.kind.code if paper.guess.kind else "")
        given = next((p.component for p in mine if p.component), "")
        component = given or _component(kind, components, taken)
        taken.add(component)
        proposed = [ReadField(f.name, day_shown(f.value), f.confidence, f.page, f.box) for f in paper.guess.fields]
        made.append(
            ReadPaper(
                paper.pages,
                tuple(p.number for p in mine),
                _kinds([k.code for k in paper.guess.kinds]),
                kind,
                1.0 if said else (paper.guess.kind.confidence if paper.guess.kind else 0.0),
                component,
                _fields(proposed, said),
                paper.copy_of + 1,
                said is not None,
                str(mine[0].meta.get(KEPT, {}).get("way", "")),
            )
        )
    return made


def _kinds(likely: Sequence[str]) -> tuple[Choice, ...]:
    from scanner.classify import PAPER_TYPES, TYPE_NAMES

    rest = sorted((t.name, t.code) for t in PAPER_TYPES if t.code not in likely)
    return (*(Choice(code, TYPE_NAMES[code]) for code in likely), *(Choice(code, name) for name, code in rest))


def _component(kind: str, components: Sequence[Component], taken: set[str]) -> str:
    """The component whose name speaks of this kind of paper; one without pages before one that has some."""
    from scanner.classify import component_of_kind

    free = [c for c in components if c.code not in taken]
    for some in (free, components) if kind else ():
        if (found := component_of_kind(kind, some)) is not None:
            return found.code
    return ""


def _fields(proposed: Sequence[ReadField], said: Confirmed | None) -> tuple[ReadField, ...]:
    """In the order in which they are usually read; what was confirmed before replaces what is proposed."""
    found = {f.name: f for f in proposed}
    for name, value in (said.fields if said else {}).items():
        at = found.get(name)
        found[name] = ReadField(name, day_shown(value), 1.0, at.page if at else "", at.box if at else None)
    order = list(FIELD_NAMES)
    return tuple(sorted(found.values(), key=lambda f: order.index(f.name) if f.name in order else len(order)))


def _area(words: bytes) -> Box:
    """Where the words are, with some air; the whole page unless they leave most of it empty."""
    body = json.loads(words)
    across, down = max(1, body["width"]), max(1, body["height"])
    boxes = [(x, y, x + wide, y + high) for _text, x, y, wide, high, _sure, _line in body["words"]]
    if not boxes:
        return WHOLE
    left = max(0.0, min(b[0] for b in boxes) / across - AIR)
    top = max(0.0, min(b[1] for b in boxes) / down - AIR)
    right = min(1.0, max(b[2] for b in boxes) / across + AIR)
    foot = min(1.0, max(b[3] for b in boxes) / down + AIR)
    small = (right - left) * (foot - top) < SMALL
    return (left, top, right - left, foot - top) if small else WHOLE


def _doubtful(words: bytes) -> tuple[Box, ...]:
    body = json.loads(words)
    across, down = max(1, body["width"]), max(1, body["height"])
    places = [
        (x / across, y / down, wide / across, high / down)
        for _text, x, y, wide, high, sure, _line in body["words"]
        if sure < DOUBTFUL_WORD
    ]
    return tuple(places[:DOUBTS_SHOWN])


def _stored(name: str, value: str) -> str:
    """Raises: UnclearDayError."""
    from scanner.extract import as_date

    if name not in DAYS:
        return tidy(value)
    if day := as_date(value):
        return day
    raise UnclearDayError(field=FIELD_NAMES[name])
