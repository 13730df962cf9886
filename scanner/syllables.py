"""Vietnamese syllables: which can exist, and what a misread one must have been where only one can.

Onset, rime and tone by the rules of spelling; a rime that ends in c, ch, p or t takes only the acute or dot-below tone.
Names from other languages break these rules (Krông, Đắk): they are doubted, never rewritten.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from kiosk.text import nfc
from scanner.ocr import Word

TONES = {"\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}
STOPPED_TONES = {"", "\u0301", "\u0323"}
BEGINNINGS = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p q r s t v x"
ENDINGS = """
a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
"""
ONSETS = (*BEGINNINGS.split(), "")
RIMES = frozenset(ENDINGS.split())
LETTERS = "".join(
    nfc(letter + tone) if letter in "aăâeêioôơuưy" else letter
    for letter in "aăâeêioôơuưybcdđghklmnpqrstvx"
    for tone in (["", *sorted(TONES)] if letter in "aăâeêioôơuưy" else [""])
)
# One letter of print that was read as two.
SPLIT = ("rr", "ir", "ri", "rn", "ii", "il", "li", "vv", "r:", "r.", "r;", "i:", "l:")
EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
DOUBT = 0.5
SURE = 0.9
LEAST = 3


@lru_cache(maxsize=20_000)
def is_syllable(text: str) -> bool:
    """Whether Vietnamese could spell it; capitals count as small letters."""
    marks = unicodedata.normalize("NFD", text.lower())
    tones = [c for c in marks if c in TONES]
    bare = nfc("".join(c for c in marks if c not in TONES))
    if len(tones) > 1:
        return False
    tone = tones[0] if tones else ""
    return any(_fits(bare.removeprefix(onset), tone) for onset in ONSETS if bare.startswith(onset))


def checked(word: Word) -> Word:
    """The word itself; repaired where it cannot exist and only one syllable can have been meant; doubted where not.

    Numbers, symbols (QĐ-UBND), capitals (UBND) and addresses are not judged.
    """
    before, core, after = _parts(word.text)
    if not _is_judged(core) or is_syllable(core):
        return word
    meant = meant_by(core) if word.confidence < SURE else None
    doubted = min(word.confidence, DOUBT)
    return replace(word, text=before + meant + after if meant else word.text, confidence=doubted)


def meant_by(core: str) -> str | None:
    """The only syllable that a misread text can stand for: one sign that is no letter, or a letter read as two.

    None where there are several, or none.
    """
    found = {
        made
        for start, end in _suspects(core)
        for letter in LETTERS
        if is_syllable(made := nfc(core[:start] + letter + core[end:])) and len(made) >= LEAST
    }
    return found.pop() if len(found) == 1 else None


def _suspects(core: str) -> list[tuple[int, int]]:
    """Places that may be one letter."""
    signs = [i for i, c in enumerate(core) if not c.isalpha()]
    pairs = [(i, i + 2) for i in range(len(core) - 1) if core[i : i + 2] in SPLIT]
    if len(signs) > 1:
        return []
    return pairs + [(i, i + 1) for i in signs if 0 < i < len(core) - 1]


def _parts(text: str) -> tuple[str, str, str]:
    match = EDGES.match(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


def _is_judged(core: str) -> bool:
    small = sum(c.islower() for c in core)
    others = sum(not c.isalpha() for c in core)
    return small >= 2 and others <= 1 and not any(c in "@/-_" for c in core) and not core[1:].isupper()


def _fits(rime: str, tone: str) -> bool:
    return rime in RIMES and (tone in STOPPED_TONES or not rime.endswith(("c", "ch", "p", "t")))
