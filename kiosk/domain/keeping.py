"""Which papers are archived as they look, whole: their ground, tones or relief say what letters on paper do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.text import nfc

KEY = "kept"  # of a page's meta


class KeptAs(StrEnum):
    """How a page stands in its document: its ink and its paper apart, or as one picture."""

    LAYERS = "layers"
    WHOLE = "whole"


@dataclass(frozen=True)
class Keeping:
    """An office's rule, data of office.toml. kinds: of papers (`scanner.classify.PAPER_TYPES`); words: in the name of a
    component, with their marks, whatever their case; procedures: codes of those all of whose papers are kept whole."""

    kinds: tuple[str, ...] = ("photo", "identity-card", "land-certificate")
    words: tuple[str, ...] = (
        *("bản đồ", "sơ đồ", "bản vẽ", "trích đo", "mảnh trích", "hồ sơ thiết kế"),
        *("ảnh chân dung", "ảnh chụp", "ảnh thẻ", "ảnh màu", "ảnh cỡ", "ảnh 3x4", "ảnh 4x6", "phim chụp", "dấu nổi"),
    )
    procedures: tuple[str, ...] = ()

    def why(self, kinds: Iterable[str], component: str = "", procedure: str = "") -> str:
        """What a paper is to be kept whole for: a code of the rule or the word found; "" where layers will do.

        kinds: what the paper, or its page, is taken for; component: its name; procedure: its code.
        """
        if procedure in self.procedures:
            return procedure
        if found := next((k for k in kinds if k in self.kinds), ""):
            return found
        name = nfc(component).lower()
        # Whole words: "ảnh thẻ" is no part of "cảnh thẻ"; and with their marks: "so do" may be a plan or a measure.
        return next((w for w in self.words if re.search(rf"(?<!\w){re.escape(nfc(w).lower())}(?!\w)", name)), "")
