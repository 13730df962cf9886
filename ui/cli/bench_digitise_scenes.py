"""Photographs of good pages, for the measure and the tests of clean-up: a camera over a sheet that lies on a desk.

The sheet may be bent about an upright axis, as a page of a book is, and every point of it is known in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.page import Page

# BGR of usual desks, and how much their pattern changes that (levels).
DESKS = {
    "dark": ((45, 48, 52), 6),
    "wood": ((62, 96, 140), 22),
    "light": ((186, 194, 198), 5),
    "cloth": ((120, 90, 70), 45),
}
COARSE = 8  # the map from picture to sheet is smooth: every eighth pixel is enough
HIGH = 2.2  # of the camera above the sheet, in heights of the sheet


@dataclass(frozen=True)
class Scene:
    """desk: a name of DESKS; turn_deg: of the sheet on the desk; tilt: of the camera, (across, down) in sheet heights;
    bend: height of the bow in sheet widths; shift: of the sheet, in its own sizes; fill: share of the picture's height;
    shadow: how much light a hand takes away; thumb: one holds the sheet at its left; seed: of grain and pattern."""

    desk: str = "dark"
    turn_deg: float = 0.0
    tilt: tuple[float, float] = (0.0, 0.0)
    bend: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    fill: float = 0.8
    shadow: float = 0.0
    thumb: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Photo:
    """page: the picture; corners: (4, 2) of the sheet in its pixels, from the sheet's top left clockwise."""

    page: Page
    corners: NDArray[np.float64]


def photographed(page: Page, scene: Scene) -> Photo:
    """The page as a camera of about as many pixels would see it."""
    size = (page.width, page.height)
    where = _sheet_coordinates(size, scene)
    shot = cv2.remap(page.pixels, where[0], where[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    inside = (where[0] >= 0) & (where[0] < size[0]) & (where[1] >= 0) & (where[1] < size[1])
    cover = inside.astype(np.float32)
    cover = cv2.blur(cover, (3, 3))
    rng = np.random.default_rng(scene.seed)
    pixels = shot * cover[..., None] + _desk(size, scene.desk, rng, cover) * (1 - cover[..., None])
    if scene.thumb:
        _hold(pixels, where)
    pixels *= _light(size, scene, rng)[..., None]
    pixels = cv2.GaussianBlur(pixels, (0, 0), 0.6)
    pixels += rng.standard_normal((*pixels.shape[:2], 1), dtype=np.float32) * 3
    seen = page.with_pixels(np.clip(pixels, 0, 255).astype(np.uint8))
    return Photo(replace(seen, photo=True), _corners(size, where))


def _sheet_coordinates(size: tuple[int, int], scene: Scene) -> NDArray[np.float32]:
    """(2, height, width): for each pixel of the picture the x and y on the flat sheet, in its pixels."""
    width, height = size
    xs, ys = np.meshgrid(np.arange(0, width + COARSE, COARSE), np.arange(0, height + COARSE, COARSE))
    # Rays from the camera through the picture; lengths in sheet heights, the sheet around the origin at z = 0.
    ratio = width / height
    ray = np.stack([(xs / width - 0.5) * ratio / scene.fill, (ys / height - 0.5) / scene.fill]) / HIGH
    ray[0] -= scene.shift[0] * ratio / HIGH
    ray[1] -= scene.shift[1] / HIGH
    eye = np.array([scene.tilt[0], scene.tilt[1], HIGH])
    # The camera is moved aside and turned back to the middle of the sheet.
    ray_x, ray_y, ray_z = _turned_back(ray, eye)
    turn = np.radians(scene.turn_deg)
    bow = np.zeros_like(ray_x)
    for _ in range(8):  # a low bow: walking down to its height a few times finds it
        times = (bow - eye[2]) / ray_z
        x, y = eye[0] + times * ray_x, eye[1] + times * ray_y
        u, v = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        bow = scene.bend * ratio * np.sin(np.pi * np.clip(u / ratio + 0.5, 0, 1))
    along = np.linspace(-0.5, 0.5, 201)
    slope = np.gradient(scene.bend * np.sin(np.pi * (along + 0.5)), along)
    length = np.concatenate([[0], np.cumsum(np.hypot(1, slope)[:-1] * np.diff(along))])
    length = length / length[-1]
    share = np.where(
        np.abs(u / ratio) <= 0.5, np.interp(u / ratio, along, length), u / ratio + 0.5
    )  # beside the sheet: the desk
    found = np.stack([share * width, (v + 0.5) * height]).astype(np.float32)
    return np.stack([cv2.resize(f, None, fx=COARSE, fy=COARSE, interpolation=cv2.INTER_LINEAR) for f in found])[
        :, COARSE // 2 : COARSE // 2 + height, COARSE // 2 : COARSE // 2 + width
    ]


def _turned_back(ray: NDArray[np.float64], eye: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Rays in the desk's directions of a camera at `eye` that looks at the origin."""
    forward = -eye / np.linalg.norm(eye)
    right = np.cross([0, 1, 0], -forward)
    right /= np.linalg.norm(right)
    down = np.cross(forward, right) * -1
    down = down if down[1] > 0 else -down
    return tuple(ray[0] * right[k] + ray[1] * down[k] + forward[k] for k in range(3))


def _desk(
    size: tuple[int, int], name: str, rng: np.random.Generator, cover: NDArray[np.float32]
) -> NDArray[np.float32]:
    colour, pattern = DESKS[name]
    grain = cv2.resize(rng.standard_normal((size[1] // 6, size[0] // 60)).astype(np.float32), size)
    if name == "cloth":
        xs, ys = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
        grain = (((xs // 40) + (ys // 40)) % 2 * 2 - 1).astype(np.float32)
    near = cv2.blur(cover, (25, 25))  # the sheet's own shadow
    return np.asarray((np.array(colour, np.float32) + grain[..., None] * pattern) * (1 - 0.4 * near[..., None]))


def _hold(pixels: NDArray[np.float32], where: NDArray[np.float32]) -> None:
    """A thumb over the left edge of the sheet, half way down."""
    height, width = pixels.shape[:2]
    on_edge = np.abs(where[0]) + np.abs(where[1] - height * 0.5)
    y, x = np.unravel_index(int(on_edge.argmin()), on_edge.shape)
    cv2.ellipse(pixels, (int(x) - 20, int(y)), (width // 14, width // 32), 8, 0, 360, (120, 150, 205), -1, cv2.LINE_AA)
    cv2.ellipse(pixels, (int(x) - width // 8, int(y)), (width // 8, width // 26), 8, 0, 360, (120, 150, 205), -1)


def _light(size: tuple[int, int], scene: Scene, rng: np.random.Generator) -> NDArray[np.float32]:
    """Uneven light over the whole picture, and the shadow of a hand."""
    rough = rng.uniform(0.8, 1.0, (3, 3)).astype(np.float32)
    light = np.asarray(cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC))
    if scene.shadow:
        xs, ys = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
        edge = 1 / (1 + np.exp(-(xs * 0.8 + ys - 0.3) * 25))
        light = light * (1 - scene.shadow * edge).astype(np.float32)
    return np.asarray(light, np.float32)


def _corners(size: tuple[int, int], where: NDArray[np.float32]) -> NDArray[np.float64]:
    width, height = size
    wanted = ((0, 0), (width, 0), (width, height), (0, height))
    found = []
    for x, y in wanted:
        far = np.abs(where[0] - x) + np.abs(where[1] - y)
        row, column = np.unravel_index(int(far.argmin()), far.shape)
        found.append((column, row))
    return np.array(found, np.float64)
