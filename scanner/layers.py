"""A page's picture in layers: coarse paper, a sharp mask of its ink with the ink's colours, and faithful patches."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from scanner.bilevel import mask_of
from scanner.page import Pixels, as_pixels


@dataclass(frozen=True)
class Picture:
    """JPEG bytes and their size in pixels."""

    jpeg: bytes
    width: int
    height: int

    def pixels(self) -> Pixels:
        """(height, width, 3) uint8 BGR."""
        return as_pixels(cv2.imdecode(np.frombuffer(self.jpeg, np.uint8), cv2.IMREAD_COLOR))


@dataclass(frozen=True)
class Ink:
    """code: CCITT Group 4 of the mask, black where there is ink, width x height; colours: stretched over the same;
    across: how many of the mask's pixels lie side by side in one of the page's."""

    code: bytes
    width: int
    height: int
    colours: Picture
    across: int = 1


@dataclass(frozen=True)
class Patch:
    """A part of the page at full resolution; x, y: its upper left corner in page pixels."""

    x: int
    y: int
    picture: Picture


@dataclass(frozen=True)
class PageLayers:
    """width, height: of the page in pixels. Painted in order: background (each pixel `cell` page pixels wide and high,
    reaching over the right and lower edge by less than a cell), ink, patches."""

    width: int
    height: int
    background: Picture
    cell: int = 1
    ink: Ink | None = None
    patches: tuple[Patch, ...] = ()

    @property
    def is_faithful(self) -> bool:
        """The whole page is one picture."""
        return self.cell == 1

    @property
    def size(self) -> int:
        """Bytes of all layers."""
        inked = len(self.ink.code) + len(self.ink.colours.jpeg) if self.ink else 0
        return len(self.background.jpeg) + inked + sum(len(p.picture.jpeg) for p in self.patches)


def restored(layers: PageLayers) -> Pixels:
    """What a viewer shows: (height, width, 3) uint8 BGR."""
    ink = layers.ink
    mask = mask_of(ink.code, ink.width, ink.height) if ink else None
    return composed(layers, layers.background.pixels(), ink.colours.pixels() if ink else None, mask)


def composed(layers: PageLayers, background: Pixels, colours: Pixels | None, mask: Pixels | None) -> Pixels:
    """The same from layers that are already unpacked."""
    page = _stretched(background, layers.cell)
    if mask is not None and colours is not None:
        size = (page.shape[1], page.shape[0])
        painted = as_pixels(cv2.resize(colours, size, interpolation=cv2.INTER_LINEAR))
        if mask.shape[1] == size[0]:
            cv2.copyTo(painted, mask, page)
        else:
            cover = cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
            page = as_pixels(cv2.blendLinear(painted, page, cover, np.float32(1) - cover))
    page = np.ascontiguousarray(page[: layers.height, : layers.width])
    for patch in layers.patches:
        box = (slice(patch.y, patch.y + patch.picture.height), slice(patch.x, patch.x + patch.picture.width))
        page[box] = patch.picture.pixels()
    return page


def _stretched(pixels: Pixels, cell: int) -> Pixels:
    if cell == 1:
        return pixels
    size = (pixels.shape[1] * cell, pixels.shape[0] * cell)
    return as_pixels(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR))
