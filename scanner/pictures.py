"""PNG and JPEG bytes to a page; the header is judged before a pixel is decoded."""

from __future__ import annotations

import warnings
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from scanner.errors import DamagedInputError
from scanner.limits import check_pixels, kind_of, size_of
from scanner.page import Page, Pixels, plausible_dpi


def picture_page(content: bytes, name: str, *, dpi: int = 0) -> Page:
    """One PNG or JPEG as a page, turned as its camera says, transparency on white. dpi: 0 for what the file says.

    Raises: EmptyFileError, UnknownFormatError, TooManyPixelsError, DamagedInputError.
    """
    check_pixels(*size_of(content, kind_of(content, name), name), name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # broken camera notes do not spoil a picture
            with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
                stated = picture.info.get("dpi", (0, 0))[0]
                pixels = bgr_of(picture)
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, EOFError) as e:
        raise DamagedInputError(file=name) from e
    height, width = pixels.shape[:2]
    return Page(pixels, dpi or plausible_dpi(float(stated), width, height), name)


def bgr_of(picture: Image.Image) -> Pixels:
    """(height, width, 3) uint8 BGR of any Pillow picture; decodes it. Raises what Pillow raises."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        return bgr_of(Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8)))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        upright = Image.alpha_composite(paper, clear)
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])
