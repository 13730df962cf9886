"""Pages on their way between processes: given whole, and not kept by whoever gave them."""

from __future__ import annotations

import pickle

import numpy as np
from PIL import Image

from scanner.page import Handed, Page
from scanner.pictures import STRIP, bgr_of


def test_a_page_that_is_sent_is_whole_there_and_no_longer_here() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (60, 40, 3), dtype=np.uint8)
    given = Handed(Page(pixels, 200, "a.jpg", photo=True))
    there = pickle.loads(pickle.dumps(given))
    assert given.page is None
    page = there.taken()
    assert (page.dpi, page.source, page.photo) == (200, "a.jpg", True)
    assert (page.pixels == pixels).all()
    assert there.page is None


def test_every_strip_of_a_picture_has_its_colours_in_our_order() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (2 * STRIP + 3, 50, 3), dtype=np.uint8)
    assert (bgr_of(Image.fromarray(rgb)) == rgb[:, :, ::-1]).all()
    grey = rgb[:, :, 0]
    assert (bgr_of(Image.fromarray(grey)) == grey[:, :, None]).all()
