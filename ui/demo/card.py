"""A picture of the code on a citizen card, as a camera sees it: a little turned, grey and grainy."""

from __future__ import annotations

import io

import cv2
import numpy as np
import segno
from PIL import Image


def card_picture(payload: str) -> bytes:
    """PNG with the QR of a payload (UTF-8 bytes, no ECI, as on the real card)."""
    flat = io.BytesIO()
    segno.make(payload.encode("utf-8"), mode="byte", error="m").save(flat, kind="png", scale=5, border=4)
    grey = np.array(Image.open(flat).convert("L"))
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 4, 1)
    seen = cv2.GaussianBlur(cv2.warpAffine(grey, turn, (width, height), borderValue=(235,)), (0, 0), 0.8)
    noise = np.random.default_rng(1).normal(0, 6, seen.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(seen + noise, 0, 255).astype(np.uint8)).convert("RGB").save(out, "PNG")
    return out.getvalue()
