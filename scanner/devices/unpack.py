"""The child process that opens PDF and TIFF files: whatever is in them, only this process can fall over it.

Run as `python -m scanner.devices.unpack KIND PATH MODE`. On stdout one JSON line a message; a page is
{"width", "height", "dpi"} followed by its BGR bytes. MODE "check" opens everything and sends no pixels.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from kiosk.errors import InputError
from scanner.errors import DamagedInputError, HeavyFileError, LockedPdfError, TooManyPagesError
from scanner.limits import MAX_PAGES, MAX_PIXELS, PDF, check_pixels
from scanner.page import DEFAULT_DPI, Pixels, plausible_dpi
from scanner.pictures import bgr_of

MEMORY_BYTES = 1536 * 2**20
CPU_S = 600
LEAST_DPI = 72


def main(argv: list[str], out: BinaryIO) -> int:
    """Unpack one file; failures go out as messages, not as tracebacks."""
    kind, path, mode = argv
    _limit_self()
    name = Path(path).name
    try:
        for pixels, dpi in _pages(kind, Path(path), name):
            height, width = pixels.shape[:2]
            _say(out, width=width, height=height, dpi=dpi)
            if mode != "check":
                out.write(np.ascontiguousarray(pixels).tobytes())
            out.flush()
        _say(out, end=True)
    except InputError as e:
        _say(out, error=e.code, details=e.details)
    except MemoryError:
        _say(out, error=HeavyFileError.code, details={"file": name})
    return 0


def _say(out: BinaryIO, **message: Any) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def _limit_self() -> None:
    """Bounds that the system enforces; Windows has none of this kind and relies on the parent's clock."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pages(kind: str, path: Path, name: str) -> Iterator[tuple[Pixels, int]]:
    yield from _pdf_pages(path, name) if kind == PDF else _tiff_pages(path, name)


def _pdf_pages(path: Path, name: str) -> Iterator[tuple[Pixels, int]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as e:
        locked = "password" in str(e).lower()
        raise LockedPdfError(file=name) if locked else DamagedInputError(file=name) from e
    try:
        _check_count(len(document), name)
        document.init_forms()
        for number in range(len(document)):
            yield _rendered(document, number, name)
    except pypdfium2.PdfiumError as e:
        raise DamagedInputError(file=name) from e
    finally:
        document.close()


def _rendered(document: Any, number: int, name: str) -> tuple[Pixels, int]:
    page = document[number]
    try:
        wide, high = page.get_size()
        dpi = DEFAULT_DPI
        while dpi > LEAST_DPI and wide * high * (dpi / 72) ** 2 > MAX_PIXELS:
            dpi -= 10
        check_pixels(round(wide * dpi / 72), round(high * dpi / 72), name)
        bitmap = page.render(scale=dpi / 72, may_draw_forms=True)
        try:
            pixels = np.array(bitmap.to_numpy())
        finally:
            bitmap.close()
    finally:
        page.close()
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    return (np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]), dpi


def _tiff_pages(path: Path, name: str) -> Iterator[tuple[Pixels, int]]:
    from PIL import Image, UnidentifiedImageError

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and speaks our words
    try:
        with Image.open(path, formats=("TIFF",)) as picture:
            _check_count(getattr(picture, "n_frames", 1), name)
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                check_pixels(*picture.size, name)
                dpi = plausible_dpi(float(picture.info.get("dpi", (0, 0))[0]), *picture.size)
                yield bgr_of(picture), dpi
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, EOFError, UnidentifiedImageError) as e:
        raise DamagedInputError(file=name) from e


def _check_count(count: int, name: str) -> None:
    if count == 0:
        raise DamagedInputError(file=name)
    if count > MAX_PAGES:
        raise TooManyPagesError(file=name, pages=count, limit=MAX_PAGES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout.buffer))
