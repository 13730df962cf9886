"""python-escpos, tamed: it encodes for us and knows the commands' names; it never opens a device.

Its import makes a directory in /tmp that it never removes and puts a handler on the root logger; both are undone here.
Its Network driver leaks a socket on a refused connection and its File driver cannot time out (docs/decisions/0003).
"""

from __future__ import annotations

import logging
import os
import shutil
from functools import lru_cache
from typing import Any

from PIL.Image import Image

BAND = 256
"""Lines in one GS v 0 command: clones with small buffers choke on a whole ticket."""


@lru_cache(maxsize=1)
def _library() -> tuple[Any, Any]:
    """(capabilities, Dummy); imported at first need, 0.3 s."""
    quiet = logging.NullHandler()
    logging.getLogger().addHandler(quiet)  # basicConfig() does nothing while there is one
    try:
        from escpos import capabilities
        from escpos.printer import Dummy
    finally:
        logging.getLogger().removeHandler(quiet)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return capabilities, Dummy


def encode(image: Image) -> bytes:
    """A 1-bit image as ESC/POS: initialise, GS v 0 raster bands, feed, cut. Nothing is dithered or scaled."""
    capabilities, dummy = _library()
    profile = capabilities.Profile(features={"paperFullCut": True})
    # Our own width: its table calls some 576-dot heads 512 wide and refuses, and an unknown width prints to stdout.
    profile.profile_data = {**profile.profile_data, "media": {"width": {"pixels": image.width, "mm": image.width / 8}}}
    printer = dummy(profile=profile)
    printer.hw("INIT")
    printer.image(image, impl="bitImageRaster", fragment_height=BAND)
    printer.cut()
    return bytes(printer.output)
