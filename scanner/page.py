"""One captured side, and its way to and from bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Protocol, Self

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

Pixels = NDArray[np.uint8]

# One thread an engine, one worker a core: OpenCV's own threads only get in each other's way.
cv2.setNumThreads(1)

DEFAULT_DPI = 200
A4_RATIO = 297 / 210
PNG_PHOTO, PNG_KEY = "motcua:photo", "motcua:key"


@dataclass(frozen=True)
class Page:
    """pixels: (height, width, 3) uint8, BGR; dpi: dots per inch on both axes; source: device or file, for people.

    photo: a paper seen by a camera, in perspective and uneven light, rather than a scanned sheet. key: the same for
    the same side however often a file gives it, so that a repeat after a crash is kept once; "" from a machine.
    mended: its file was broken, and what could be read may lack something: to be compared with the paper.
    """

    pixels: Pixels
    dpi: int
    source: str = ""
    photo: bool = False
    key: str = ""
    mended: bool = False

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    def with_pixels(self, pixels: Any) -> Self:
        """The same side with other pixels (any array of uint8, BGR)."""
        return replace(self, pixels=np.ascontiguousarray(pixels, dtype=np.uint8))

    def grey(self) -> Pixels:
        """(height, width) uint8."""
        return as_pixels(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY))


@dataclass
class Handed:
    """A page given away: whoever sends it to another process, or takes it, leaves nothing of its dozen megabytes
    behind, however long the envelope is kept."""

    page: Page | None

    def taken(self) -> Page:
        """Once only."""
        page, self.page = self.page, None
        assert page is not None
        return page

    def __reduce__(self) -> tuple[type[Handed], tuple[Page]]:
        return Handed, (self.taken(),)


def as_pixels(array: Any) -> Pixels:
    """What OpenCV returns, as our type."""
    return np.asarray(array, dtype=np.uint8)


def guess_dpi(width: int, height: int) -> int:
    """For pictures that do not say: A4 if the proportions fit, else the usual 200."""
    short, long = sorted((width, height))
    if short and abs(long / short / A4_RATIO - 1) < 0.06:
        return int(min(max(round(short / 8.27), 50), 600))
    return DEFAULT_DPI


def plausible_dpi(stated: float, width: int, height: int) -> int:
    """Stated resolution, unless it is missing or the screen default that cameras write (72, 96)."""
    if 100 <= stated <= 1200:
        return round(stated)
    return guess_dpi(width, height)


def png_bytes(page: Page) -> bytes:
    """Lossless, resolution kept (pHYs written by Pillow), and what `Page` says beside its pixels as text chunks."""
    out, notes = BytesIO(), PngInfo()
    if page.photo:
        notes.add_text(PNG_PHOTO, "1")
    if page.key:
        notes.add_text(PNG_KEY, page.key)
    picture = Image.fromarray(np.ascontiguousarray(page.pixels[:, :, ::-1]))
    picture.save(out, "PNG", dpi=(page.dpi, page.dpi), compress_level=1, pnginfo=notes)
    return out.getvalue()


def jpeg_bytes(pixels: Pixels, quality: int, *, is_progressive: bool = False, sharp_colour: bool = False) -> bytes:
    """JPEG of BGR or grey pixels, optimised tables, no metadata: the same bytes for the same pixels.

    sharp_colour: colour at the full resolution of the picture rather than at half.
    """
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    options += [cv2.IMWRITE_JPEG_PROGRESSIVE, int(is_progressive)]
    if sharp_colour:
        options += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
    done, packed = cv2.imencode(".jpg", pixels, options)
    if not done:  # only for pixels that are no picture at all
        raise ValueError("not a picture")
    return bytes(packed)


def halved(pixels: Pixels) -> Pixels:
    """Half as wide and high, each pixel the mean of four; an odd last row or column is left out, for sharing it out
    among the others costs ten times as much. Grey or BGR."""
    high, wide = (max(1, side // 2) for side in pixels.shape[:2])
    return as_pixels(cv2.resize(pixels[: 2 * high, : 2 * wide], (wide, high), interpolation=cv2.INTER_AREA))


def glance(grey: Pixels, width: int) -> Pixels:
    """Grey picture at most `width` wide: halved while it is more than twice as wide, then interpolated (cheap)."""
    while grey.shape[1] >= 2 * width:
        grey = halved(grey)
    if grey.shape[1] <= width:
        return grey
    size = (width, max(1, round(grey.shape[0] * width / grey.shape[1])))
    return as_pixels(cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR))


class CaptureDevice(Protocol):
    """A machine, folder or file that gives pages."""

    def capture(self) -> Iterator[Page]:
        """Yield sides in feeding order until the feeder is empty; blocks. Raises: DeviceError, never a vendor's own.

        Sides that were yielded stay good whatever happens to later ones, and the next capture goes on with what is
        then in the feeder. Files may also raise InputError.
        """

    def cancel(self) -> None:
        """Stop a running capture, from any thread; it ends with CancelledError. Without one, nothing happens."""
