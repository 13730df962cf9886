"""PNG, JPEG and TIFF files as pages. Runs in the unpacking process only."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from scanner.devices.open_pdf import check_count
from scanner.devices.png_whole import is_whole
from scanner.errors import DamagedInputError
from scanner.limits import JPEG, MAX_PAGES, check_pixels, kind_of
from scanner.page import Page, plausible_dpi
from scanner.pictures import bgr_of, picture_page

COMPLAINT = b"Corrupt JPEG"


def picture_pages(path: Path, name: str, dpi: int) -> Iterator[Page]:
    """The one page of a PNG or JPEG. dpi: believed when the file says nothing. Raises: InputError (`picture_page`)."""
    content = path.read_bytes()
    page = picture_page(content, name, usual_dpi=dpi)
    is_jpeg = kind_of(content, name) == JPEG
    if not is_jpeg and not is_whole(content):
        raise DamagedInputError(file=name)
    yield replace(page, mended=is_jpeg and _has_holes(content))


def tiff_pages(path: Path, name: str, dpi: int) -> Iterator[Page]:
    """Raises: DamagedInputError, TooManyPagesError, TooManyPixelsError."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and speaks our words
    count = _count(path.read_bytes(), name)
    try:
        with Image.open(path, formats=("TIFF",)) as picture:
            for number in range(count):
                picture.seek(number)
                check_pixels(*picture.size, name)
                stated = float(picture.info.get("dpi", (0, 0))[0])
                true = dpi if dpi and not 100 <= stated <= 1200 else plausible_dpi(stated, *picture.size)
                yield Page(bgr_of(picture), true, name)
    # A file may be broken in as many ways as the decoder has lines; this process has nothing else to do.
    except (
        OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, ArithmeticError, AttributeError,
        RuntimeError, UnidentifiedImageError,
    ) as e:  # fmt: skip
        raise DamagedInputError(file=name) from e


def _count(content: bytes, name: str) -> int:
    """Pages, along the chain of their directories; Pillow would read every one whole, however many there are.

    Raises: DamagedInputError where the chain leads out of the file, TooManyPagesError.
    """
    order: Literal["little", "big"] = "little" if content.startswith(b"II") else "big"
    at, seen = int.from_bytes(content[4:8], order), set[int]()
    while at and at not in seen and len(seen) <= MAX_PAGES:
        seen.add(at)
        end = at + 2 + 12 * int.from_bytes(content[at : at + 2], order)
        if end + 4 > len(content):
            raise DamagedInputError(file=name)
        at = int.from_bytes(content[end : end + 4], order)
    check_count(len(seen), name)
    return len(seen)


def _has_holes(content: bytes) -> bool:
    """Whether the decoder had to leave out or guess at a part. Only OpenCV's says so, on the process's stderr."""
    reading, writing = os.pipe()
    kept = os.dup(2)
    try:
        os.set_blocking(writing, False)
        os.dup2(writing, 2)
        cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    except cv2.error:
        return True
    finally:
        os.dup2(kept, 2)
        for handle in (kept, writing):
            os.close(handle)
        with os.fdopen(reading, "rb") as told:
            said = told.read()
    return COMPLAINT in said
