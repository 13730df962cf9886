"""Every form of both sets in the longest words: the text of the PDF is the data, codes scan, nothing is cut."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from printing_samples import codes, pages, pixels, texts

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.slip import Slip, SlipKind
from kiosk.text import tidy
from printing.contact import Exhibit, as_file, contact_sheet
from printing.forms import blocks, render_slip
from printing.forms.sets import FORM_SETS
from printing.forms.words import fee_words, time_words
from ui.cli import main
from ui.specimens import COMPONENTS, specimen_register, specimens

EDGE_MM = 4  # no printer reaches closer to the edge
SLIPS = [slip for one in FORM_SETS for slip in specimens(one)]


def named(slip: Slip) -> str:
    return f"{slip.form_set}-{slip.kind.name}"


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {named(slip): render_slip(slip, 1) for slip in SLIPS}


def facts(slip: Slip) -> list[str]:
    """Every word that the form has to bear, in the order of the form."""
    person = [slip.applicant, slip.address, slip.phone]
    head = [slip.office.parent.upper(), slip.office.name.upper(), blocks.code_of(slip)]
    asked = [f"{slip.procedure_name} (mã thủ tục {slip.procedure_code})"]
    papers = [part for n, p in enumerate(slip.papers, 1) for part in (f"{n} {p.name}", p.kind)]
    match slip.kind:
        case SlipKind.RECEIPT:
            steps = [w for s in slip.steps for w in (s.name, s.agency, s.term, f"{s.due_at:%d/%m/%Y}")]
            dates = [time_words(at) for at in (slip.received_at, slip.due_at, slip.unit_due_at) if at]
            also = [slip.email, fee_words(slip.fee, slip.fee_note), slip.due_reason, slip.submitter, slip.officer]
            return [*head, *person, *asked, *papers, *steps, *dates, *also]
        case SlipKind.SUPPLEMENT | SlipKind.REFUSAL:
            notes = [p.note for p in slip.papers if p.note]
            return [*head, *person, *asked, *papers, *notes, slip.reason, slip.legal_basis, slip.officer]
        case SlipKind.APOLOGY:
            dates = [time_words(at) for at in (slip.received_at, slip.previous_due_at, slip.due_at) if at]
            return [*head, *person, *asked, slip.reason, *dates]
        case SlipKind.STOP:
            return [*head, *person, *asked, *papers, slip.reason, fee_words(slip.fee, slip.fee_note)]
        case _:
            rows = [
                w for p in slip.passings for w in (time_words(p.at), p.giver, p.receiver, p.gave, p.outcome, p.note)
            ]
            return [*head, slip.applicant, slip.phone, *asked, *rows]


def squeezed(text: str) -> str:
    """Without blanks: where a line is broken is the paper's business."""
    return re.sub(r"\s+", "", tidy(text))


def test_the_specimens_are_every_form_of_both_sets_with_25_components() -> None:
    assert [named(s) for s in SLIPS] == [f"{one.id}-{kind.name}" for one in FORM_SETS for kind in one.forms]
    assert {len(s.papers) for s in SLIPS} == {COMPONENTS} == {25}
    assert min(len(p.name) for p in SLIPS[0].papers) >= 50


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_the_text_of_the_pdf_is_the_data(slip: Slip, printed: dict[str, bytes]) -> None:
    text = squeezed(" ".join(texts(printed[named(slip)])))
    assert [fact for fact in facts(slip) if squeezed(fact) not in text] == []


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_its_codes_are_read_from_a_scan(slip: Slip, dpi: int, printed: dict[str, bytes]) -> None:
    first, *_ = pages(printed[named(slip)], dpi)
    assert codes(first) == {"Code128": slip.dossier_code, "QRCode": slip.lookup}


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_nothing_reaches_into_the_margins(slip: Slip, printed: dict[str, bytes]) -> None:
    for page in pages(printed[named(slip)], 100):
        assert not _ink_at_the_edge(page)


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_every_page_is_numbered_out_of_all_and_the_later_ones_name_the_dossier(
    slip: Slip, printed: dict[str, bytes]
) -> None:
    found = texts(printed[named(slip)])
    assert [f"Trang {n}/{len(found)}" in text for n, text in enumerate(found, 1)] == [True] * len(found)
    assert [f"Mã hồ sơ: {slip.dossier_code} (tiếp theo)" in text for text in found[1:]] == [True] * (len(found) - 1)


@pytest.mark.parametrize("one", FORM_SETS, ids=lambda s: s.id)
def test_the_register_bears_its_lines_its_closing_and_its_instrument(one: object) -> None:
    pdf = specimen_register(one)  # type: ignore[arg-type]
    text = squeezed(" ".join(texts(pdf)))
    receipt = SLIPS[0]
    for words in (receipt.applicant, receipt.procedure_name, receipt.address, "từ số 01 đến số 12", receipt.submitter):
        assert squeezed(words) in text
    assert squeezed(one.register_footer) in text  # type: ignore[attr-defined]
    assert not any(_ink_at_the_edge(page) for page in pages(pdf, 100))
    assert [page.count("Mã hồ sơ") for page in texts(pdf)] == [1] * len(texts(pdf)), "no heads without lines"


def test_a_slip_whose_words_are_cut_would_be_found() -> None:
    """The check itself: a form that leaves the last letters out does not pass."""
    slip = SLIPS[0]
    text = squeezed(" ".join(texts(render_slip(replace(slip, address=slip.address[:-3]), 1))))
    assert [fact for fact in facts(slip) if squeezed(fact) not in text] == [slip.address]


def test_the_contact_sheet_has_every_page_beside_the_others(tmp_path: Path) -> None:
    two = [Exhibit("một", render_slip(SLIPS[0], 1)), Exhibit("hai", render_slip(SLIPS[1], 1))]
    count = sum(len(texts(e.pdf)) for e in two)
    sheet = contact_sheet(two)
    dark = np.asarray(sheet.convert("L")) < 128
    thumbs = [dark[28 + n // 4 * 899 :, :][:827, 28 + n % 4 * 611 :][:, :583] for n in range(count)]
    assert all(thumb.any() for thumb in thumbs)
    assert Image.open(io.BytesIO(as_file(sheet, ".png"))).size == sheet.size
    assert as_file(sheet, ".pdf").startswith(b"%PDF")


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "mau.png"
    assert main(["print", "contact", "--set", "TT03-2025", "--out", str(out)]) == 0
    with Image.open(out) as sheet:
        assert sheet.size[0] > 2000
    assert main(["print", "contact", "--set", "TT99", "--out", str(out)]) == 2
    assert main(["print", "contact", "--out", str(tmp_path / "mau.txt")]) == 2
    assert "TT01-2018" in capsys.readouterr().err


def _ink_at_the_edge(page: Image.Image) -> bool:
    dark, edge = pixels(page) < 128, round(EDGE_MM / 25.4 * 100)
    sides = [dark[:edge].ravel(), dark[-edge:].ravel(), dark[:, :edge].ravel(), dark[:, -edge:].ravel()]
    return bool(np.concatenate(sides).any())


def test_the_times_are_the_office_s() -> None:
    assert {s.issued_at.tzinfo for s in SLIPS} == {OFFICE_ZONE}
