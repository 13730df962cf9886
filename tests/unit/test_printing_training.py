"""Nothing leaves a printer in training without the mark across it, and the words below it stay readable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from printing_samples import APOLOGY, CONTROL, RECEIPT, REFUSAL, STOP, SUPPLEMENT, a_slip, a_ticket, codes, pages, texts

from kiosk.catalogue.office_pack import load_office
from kiosk.domain.dossier import dossier_key, is_dossier_key
from kiosk.domain.slip import Slip
from kiosk.domain.training import training_facts
from printing.devices import Chosen, Health
from printing.forms import render_slip
from printing.paper import Paper, PdfSheet, TicketSheet
from printing.training import BELOW, WORDS, in_training, stamp_pdf, stamp_ticket


@dataclass
class Tray:
    """A printer that keeps what it was given."""

    out: list[Paper] = field(default_factory=list)
    name: str = "khay"

    def check(self) -> Health:
        return Health.READY

    def print(self, paper: Paper) -> str:
        self.out.append(paper)
        return "khay"


@pytest.mark.parametrize("slip", [RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY, STOP, CONTROL], ids=lambda s: s.kind.name)
def test_every_page_of_every_form_carries_the_mark_and_keeps_its_words_and_codes(slip: Slip) -> None:
    plain = render_slip(slip)
    stamped = stamp_pdf(plain)
    before, after = texts(plain), texts(stamped)
    assert len(before) == len(after)
    assert all(WORDS in page and BELOW in page for page in after)
    assert not any(WORDS in page for page in before)
    for page, marked in zip(before, after, strict=True):
        assert [word for word in page.split() if word not in marked] == []
    assert codes(pages(stamped)[0]) == codes(pages(plain)[0])


def test_a_ticket_stands_between_two_bands_with_the_mark() -> None:
    ticket = a_ticket().image
    stamped = stamp_ticket(ticket)
    assert stamped.width == ticket.width
    band = (stamped.height - ticket.height) // 2
    inner = stamped.crop((0, band, ticket.width, band + ticket.height))
    assert inner.tobytes() == ticket.tobytes()
    for top in (0, stamped.height - band):
        dark = stamped.crop((0, top, stamped.width, top + band)).convert("L").histogram()[0]
        assert 0.5 < dark / (stamped.width * band) < 0.97  # letters on a full band


def test_both_kinds_of_paper_are_marked_whatever_the_printer() -> None:
    tray = Tray()
    printers = in_training({"ticket": Chosen(tray), "slip": Chosen(tray)})
    for kind, paper in (("ticket", a_ticket()), ("slip", a_slip())):
        assert printers[kind].printer.print(paper) == "khay"
        assert printers[kind].printer.check() is Health.READY
    ticket, slip = tray.out
    assert isinstance(ticket, TicketSheet)
    assert isinstance(slip, PdfSheet)
    assert WORDS in texts(slip.pdf)[0]
    assert ticket.name.startswith("tap-huan-")
    assert slip.title.startswith("Tập huấn")


def test_numbers_of_training_cannot_be_taken_for_real_ones() -> None:
    real = load_office(None)
    facts = training_facts(real)
    day = date(2026, 11, 23)
    assert (real.key_day(day), facts.key_day(day)) == ("261123", "991123")
    assert is_dossier_key(dossier_key(facts.key_day(day), 1, 7))
    assert not {g.series for g in facts.groups} & {g.series for g in real.groups}
    assert all(g.series.startswith("TH-") for g in facts.groups)
    assert facts.name.startswith("TẬP HUẤN")
    assert facts.agency_code != real.agency_code
