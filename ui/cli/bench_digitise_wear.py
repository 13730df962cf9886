"""Small pictures of codes as paper and glass spoil them, for the measure and the tests of the reader of codes.

Each way is a function of a picture and a strength 0..1: at 0 nothing to speak of, at 1 a paper that a person still
holds for readable. All keep the picture's size but `coarse`. Pictures are (height, width) uint8 at 200 dpi.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np

from scanner.page import Pixels, as_pixels

Wear = Callable[[Pixels, float, np.random.Generator], Pixels]


def blurred(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    return as_pixels(cv2.GaussianBlur(grey, (0, 0), 0.4 + 1.8 * strength))


def noisy(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    grain = rng.standard_normal(grey.shape, dtype=np.float32) * np.float32(10 + 60 * strength)
    return _clipped(grey + grain)


def turned(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    """Up to a half turn, so every direction occurs."""
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 180 * strength, 1)
    return as_pixels(cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=250))


def in_perspective(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    height, width = grey.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inward = rng.uniform(0, 0.28 * strength, (4, 2)).astype(np.float32) * np.array([width, height], np.float32)
    signs = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, corners + inward * signs)
    return as_pixels(cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=250))


def coarse(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    """From 200 dpi down to 80, as a fax or a messenger's picture; given back at the size it then has."""
    scale = 1 - 0.6 * strength
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    return as_pixels(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))


def pale(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    """Toner that ran out, on grey paper, in uneven light."""
    paper, ink = 225 - 60 * strength, 40 + 100 * strength
    light = np.linspace(1.0, 1.0 - 0.45 * strength, grey.shape[1], dtype=np.float32)[None, :]
    faded = (ink + (paper - ink) * (grey.astype(np.float32) / 255)) * light
    return noisy(_clipped(faded), 0.0, rng)


def crumpled(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    """Folds: the surface shifts and the light breaks along them."""
    height, width = grey.shape
    small = rng.standard_normal((max(3, height // 60), max(3, width // 60), 2)).astype(np.float32)
    bumps = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    moved = cv2.remap(
        grey, columns + 7 * strength * bumps[..., 0], rows + 7 * strength * bumps[..., 1], cv2.INTER_LINEAR,
        borderValue=250,
    )  # fmt: skip
    slope = np.gradient(bumps[..., 0], axis=1) + np.gradient(bumps[..., 1], axis=0)
    light = 1 + 4.0 * strength * slope
    return _clipped(np.asarray(moved, np.float32) * light)


def compressed(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:  # noqa: ARG001
    _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, round(60 - 55 * strength)])
    return as_pixels(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))


def everything(grey: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    """A telephone's picture of a worn paper: a little of all."""
    for wear in (crumpled, in_perspective, turned, pale, blurred, noisy, compressed):
        grey = wear(grey, 0.45 * strength * float(rng.uniform(0.4, 1.0)), rng)
    return grey


WEARS: Mapping[str, Wear] = {
    "blur": blurred,
    "noise": noisy,
    "rotation": turned,
    "perspective": in_perspective,
    "low resolution": coarse,
    "low contrast": pale,
    "crumple": crumpled,
    "jpeg": compressed,
    "all": everything,
}


def _clipped(values: np.ndarray) -> Pixels:
    return as_pixels(np.clip(values, 0, 255))
