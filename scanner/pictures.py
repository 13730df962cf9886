"""PNG and JPEG bytes to a page; the header is judged before a pixel is decoded."""

from __future__ import annotations

import warnings
from io import BytesIO

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from scanner.errors import DamagedInputError
from scanner.limits import check_pixels, kind_of, size_of
from scanner.page import PNG_KEY, PNG_PHOTO, Page, Pixels, plausible_dpi

STRIP = 256  # rows
LENS_NOTES = (ExifTags.Base.ExposureTime, ExifTags.Base.FNumber, ExifTags.Base.FocalLength)


def picture_page(content: bytes, name: str, *, dpi: int = 0, usual_dpi: int = 0) -> Page:
    """One PNG or JPEG as a page, turned as its camera says, transparency on white. dpi: 0 for what the file says;
    usual_dpi: believed when the file says nothing, 0 to guess.

    Raises: EmptyFileError, UnknownFormatError, TooManyPixelsError, DamagedInputError.
    """
    check_pixels(*size_of(content, kind_of(content, name), name), name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # broken camera notes do not spoil a picture
            with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
                stated = float(picture.info.get("dpi", (0, 0))[0])
                photo = PNG_PHOTO in picture.info or _is_of_camera(picture)
                key = str(picture.info.get(PNG_KEY, ""))
                pixels = bgr_of(picture)
    # A broken file finds many ways through a decoder; none of them is a bug that a page should wait for.
    except (
        OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, ArithmeticError, AttributeError,
        RuntimeError, UnidentifiedImageError,
    ) as e:  # fmt: skip
        raise DamagedInputError(file=name) from e
    height, width = pixels.shape[:2]
    if usual_dpi and not 100 <= stated <= 1200:
        dpi = dpi or usual_dpi
    return Page(pixels, dpi or plausible_dpi(stated, width, height), name, photo, key)


def _is_of_camera(picture: Image.Image) -> bool:
    """Whether the notes speak of a lens; scanners write their maker's name, but no exposure."""
    try:
        notes = picture.getexif().get_ifd(ExifTags.IFD.Exif)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, AttributeError):
        return False
    return any(tag in notes for tag in LENS_NOTES)


def bgr_of(picture: Image.Image) -> Pixels:
    """(height, width, 3) uint8 BGR of any Pillow picture; decodes it. Raises what Pillow raises."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        return bgr_of(Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8)))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        upright = Image.alpha_composite(paper, clear)
    rgb = upright if upright.mode == "RGB" else upright.convert("RGB")
    width, height = rgb.size
    pixels = np.empty((height, width, 3), np.uint8)
    # OpenCV turns the colours round ten times faster than NumPy; in strips, for Pillow gives its pixels as a copy.
    for top in range(0, height, STRIP):
        strip = np.asarray(rgb.crop((0, top, width, min(top + STRIP, height))))
        cv2.cvtColor(strip, cv2.COLOR_RGB2BGR, dst=pixels[top : top + STRIP])
    return pixels
