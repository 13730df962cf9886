"""What one page seems to be, as JSON for its row, and what a stack of pages makes: papers, in feeding order.

A proposal with its confidence and the place of each value; an officer confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kiosk.identity import CardKind, CardReading, read_payload
from kiosk.text import fold
from scanner.classify import Proposal, likely_titles
from scanner.layout import lines_of
from scanner.official import MOTTO
from scanner.papers.anchors import Anchor
from scanner.papers.model import SURE, PaperModel
from scanner.papers.reading import paper_fields
from scanner.papers.traits import Sheet, traits_of

UNSURE_KIND = 0.85
OTHERS = 3  # kinds that are offered
PHOTO = "photo"
FEW_WORDS = 6
BEGINS = 0.93  # likeness of a title that begins a paper
ANOTHER = 0.8  # probability of another kind from which a page without a head is no further page of the paper before
HEAD_LINES = 10
CARD = "identity-card"
CARD_WORDS = 120  # more are a paper that shows a card somewhere
CARDS = {CardKind.CCCD_QR: 0.97, CardKind.CAN_CUOC_QR: 0.97, CardKind.MRZ: 0.9}  # codes of cards, and how sure they are
# Titles so general that they also stand inside other papers: no paper begins with one of them alone.
GENERAL = frozenset(("decision", "contract", "application", "minutes", "official-letter", "declaration", CARD))


@dataclass(frozen=True)
class Shown:
    """A proposed value and where it stands. box: x, y, width, height as shares (0..1) of the cleaned page; None for
    what a code says."""

    name: str
    value: str
    confidence: float
    box: tuple[float, float, float, float] | None
    page: str = ""

    def data(self) -> dict[str, Any]:
        box = list(self.box) if self.box else None
        return {"name": self.name, "value": self.value, "confidence": self.confidence, "box": box}


@dataclass(frozen=True)
class PageGuess:
    """kinds: the likeliest first; begins: a paper begins here; fields: of this page."""

    kinds: tuple[Proposal, ...] = ()
    begins: bool = False
    fields: tuple[Shown, ...] = ()

    @property
    def kind(self) -> Proposal | None:
        """What is likely enough to be proposed."""
        return self.kinds[0] if self.kinds and self.kinds[0].confidence >= SURE else None

    def data(self) -> dict[str, Any]:
        """JSON values that `of` reads back."""
        return {
            "kinds": [[k.code, k.confidence] for k in self.kinds],
            "begins": self.begins,
            "fields": [f.data() for f in self.fields],
        }

    @classmethod
    def of(cls, data: Mapping[str, Any], page: str = "") -> PageGuess:
        fields = []
        for field in data["fields"]:
            place = None
            if field["box"] is not None:
                x, y, wide, high = field["box"]
                place = (float(x), float(y), float(wide), float(high))
            fields.append(Shown(str(field["name"]), str(field["value"]), float(field["confidence"]), place, page))
        kinds = tuple(Proposal(str(code), float(sure)) for code, sure in data["kinds"])
        return cls(kinds, bool(data["begins"]), tuple(fields))


@dataclass(frozen=True)
class Stacked:
    """One paper of a stack. pages: ids; copy_of: place of the paper in the stack that this one repeats, -1 for none."""

    pages: tuple[str, ...]
    guess: PageGuess
    copy_of: int = -1


def guess_page(
    model: PaperModel,
    sheet: Sheet,
    anchors: Mapping[str, Sequence[Anchor]],
    *,
    photo: bool = False,
    codes: Sequence[str] = (),
) -> PageGuess:
    """anchors: learned labels by kind; photo: the picture looks like one of a person; codes: texts of the QR codes and
    machine-readable zones on the page."""
    guess = _by_words(model, sheet, anchors, photo=photo)
    for text in codes if len(sheet.words) < CARD_WORDS else ():
        card = read_payload(text)
        if card.kind in CARDS and card.fields.id_number:
            return _with_card(guess, card)
    return guess


def _with_card(guess: PageGuess, card: CardReading) -> PageGuess:
    """A card's code is believed over its print; a zone has no marks on names, so it does not replace a printed one."""
    sure = CARDS[card.kind]
    said = {name: getattr(card.fields, name) for name in ("id_number", "full_name", "born_on", "sex", "address")}
    places = {f.name: f.box for f in guess.fields}
    told = [
        Shown(name, value, sure, places.get(name))
        for name, value in said.items()
        if value and not (name == "full_name" and card.kind is CardKind.MRZ and name in places)
    ]
    known = {f.name for f in told}
    others = tuple(k for k in guess.kinds if k.code != CARD)[: OTHERS - 1]
    return PageGuess(
        (Proposal(CARD, sure), *others), guess.begins, (*told, *(f for f in guess.fields if f.name not in known))
    )


def _by_words(model: PaperModel, sheet: Sheet, anchors: Mapping[str, Sequence[Anchor]], *, photo: bool) -> PageGuess:
    if len(sheet.words) < FEW_WORDS:
        return PageGuess((Proposal(PHOTO, 0.8),), begins=True) if photo else PageGuess()
    kinds = tuple(model.ranked(traits_of([sheet]))[:OTHERS])
    # Fields are looked for as on the likeliest kind, even where that is still to be asked: then each is doubted more.
    code = kinds[0].code if kinds else ""
    believed = 1.0 if kinds and kinds[0].confidence >= SURE else UNSURE_KIND
    fields = [
        Shown(f.name, f.value, round(believed * f.confidence, 2), _share(f.box, sheet))
        for f in paper_fields([sheet], code, anchors.get(code, ()))
    ]
    return PageGuess(kinds, begins_paper(sheet), tuple(fields))


def begins_paper(sheet: Sheet) -> bool:
    """The motto of the State or an obvious title stands in the head."""
    head = [" ".join(w.text for w in line) for line in lines_of(sheet.words)[:HEAD_LINES]]
    said = fold(" ".join(head[:4]))
    if MOTTO[0] in said or MOTTO[1].replace(" ", "") in said.replace(" - ", "").replace(" ", "").replace("-", ""):
        return True
    return any(likeness >= BEGINS and code not in GENERAL for code, likeness in likely_titles("\n".join(head)))


def stacked(pages: Sequence[tuple[str, PageGuess]]) -> list[Stacked]:
    """Pages of a stack as papers: what does not begin one belongs to the paper before it. Blank pages are left out
    before."""
    papers: list[Stacked] = []
    for page, guess in pages:
        last = papers[-1] if papers else None
        if last is not None and _goes_on(last.guess, guess):
            papers[-1] = Stacked((*last.pages, page), _together(last.guess, guess))
        else:
            papers.append(Stacked((page,), guess))
    return [replace(paper, copy_of=_copied(papers, n)) for n, paper in enumerate(papers)]


def _goes_on(before: PageGuess, now: PageGuess) -> bool:
    if now.begins:
        return False
    if now.kind is None or before.kind is None:
        return True
    if now.kind.code == PHOTO:
        return False
    return now.kind.code == before.kind.code or now.kind.confidence < ANOTHER


def _together(first: PageGuess, then: PageGuess) -> PageGuess:
    known = {f.name for f in first.fields}
    return PageGuess(
        first.kinds if first.kind is not None else then.kinds,
        first.begins,
        (*first.fields, *(f for f in then.fields if f.name not in known)),
    )


def _copied(papers: Sequence[Stacked], at: int) -> int:
    """The earlier paper of the same kind, length and values that this one repeats; -1 for none."""
    mine = papers[at]
    for n in range(at):
        other = papers[n]
        if len(other.pages) == len(mine.pages) and other.guess.kind and mine.guess.kind:
            same_kind = other.guess.kind.code == mine.guess.kind.code
            a, b = ({f.name: fold(f.value) for f in p.guess.fields} for p in (other, mine))
            shared = [name for name in a if a[name] == b.get(name)]
            if same_kind and len(shared) >= 3 and len(shared) >= 0.7 * max(len(a), len(b)):
                return n
    return -1


def _share(box: tuple[int, int, int, int], sheet: Sheet) -> tuple[float, float, float, float]:
    x, y, wide, high = box
    across, down = max(1, sheet.width), max(1, sheet.height)
    return (round(x / across, 4), round(y / down, 4), round(wide / across, 4), round(high / down, 4))
