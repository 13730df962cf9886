"""The ticket: a number to be read across the hall, and nothing about the person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from printing_samples import TICKET, codes, pixels

from printing.tickets import WIDTHS, render_ticket

DOTS_18_MM = 144


def _tallest_block(image: Image.Image) -> int:
    """Height in dots of the tallest run of lines with ink, above the QR code."""
    inked = (pixels(image)[: image.height // 2] < 128).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    return int((edges[1::2] - edges[::2]).max())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", ["A012", "B999", "C1234"])
def test_number_is_18_mm_high_on_every_width_of_paper(width: int, number: str) -> None:
    image = render_ticket(replace(TICKET, width=width, number=number))
    assert image.width == width
    assert image.mode == "1"
    assert _tallest_block(image) >= DOTS_18_MM


@pytest.mark.parametrize("width", WIDTHS)
def test_code_is_read_from_the_dots(width: int) -> None:
    assert codes(render_ticket(replace(TICKET, width=width))) == {"QRCode": TICKET.lookup}


def test_same_ticket_is_the_same_dots() -> None:
    assert (pixels(render_ticket(TICKET)) == pixels(render_ticket(TICKET))).all()


def test_unknown_wait_and_code_take_no_paper() -> None:
    bare = render_ticket(replace(TICKET, ahead=None, wait_minutes=None, lookup=""))
    assert bare.height < render_ticket(TICKET).height - 200
    assert codes(bare) == {}


def test_long_names_wrap_inside_the_paper() -> None:
    image = render_ticket(replace(TICKET, width=384, group="Đất đai, xây dựng, môi trường, hạ tầng kỹ thuật đô thị"))
    assert (pixels(image)[:, :8] == 255).all()
    assert (pixels(image)[:, -8:] == 255).all()
