"""How a call is said: a ticket's number and a counter as names of recorded units. North and south differ in data only.

Rules of reading: mốt, tư and lăm after "mươi"; lăm after "mười" too; linh (north) or lẻ (south) for an empty ten;
"không trăm" after a thousand that has no hundred but has something below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.text import fold, nfc
from ui.audio.errors import BadSpokenNumberError

DIGITS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
LARGEST = 9999
TEN, TENS, ONE_AFTER_TENS, FIVE_AFTER_TEN, HUNDRED = "muoi", "muoi-ngang", "mot-sac", "lam", "tram"
INVITE, LOOK = "moi-so", "moi-xem-man-hinh"
PLACES = {"quầy": "quay", "bàn": "ban", "phòng": "phong", "cửa": "cua", "ô": "o"}


@dataclass(frozen=True)
class Accent:
    """What the north and the south say differently. four: after "mươi"; empty_ten: 105; thousand: 1000."""

    code: str
    four: str
    empty_ten: str
    thousand: str


ACCENTS = {
    "north": Accent("north", four="tu", empty_ten="linh", thousand="nghin"),
    "south": Accent("south", four="bon", empty_ten="le", thousand="ngan"),
}
NORTH = ACCENTS["north"]

_LABEL = re.compile(r"([A-ZĐ]*)[\s.-]*(\d{1,9})", re.IGNORECASE)
_COUNTER = re.compile(r"(?:(?P<place>\w+)\s+)?(?:số\s+)?(?P<letters>[A-ZĐ]?)(?P<number>\d{0,4})", re.IGNORECASE)

Phrases = tuple[tuple[str, ...], ...]


def say_number(n: int, accent: Accent = NORTH) -> list[str]:
    """Units of 0..9999. Raises: BadSpokenNumberError beyond."""
    if not 0 <= n <= LARGEST:
        raise BadSpokenNumberError(text=n)
    thousands, below = divmod(n, 1000)
    if not thousands:
        return _below_thousand(n, accent)
    spoken = [DIGITS[thousands], accent.thousand]
    if below and below < 100:
        spoken += [DIGITS[0], HUNDRED]
        return spoken + (_empty_ten(below, accent) if below < 10 else _below_hundred(below, accent))
    return spoken + (_below_thousand(below, accent) if below else [])


def _below_thousand(n: int, accent: Accent) -> list[str]:
    hundreds, rest = divmod(n, 100)
    if not hundreds:
        return _below_hundred(rest, accent)
    spoken = [DIGITS[hundreds], HUNDRED]
    if not rest:
        return spoken
    return spoken + (_empty_ten(rest, accent) if rest < 10 else _below_hundred(rest, accent))


def _empty_ten(n: int, accent: Accent) -> list[str]:
    return [accent.empty_ten, DIGITS[n]]


def _below_hundred(n: int, accent: Accent) -> list[str]:
    tens, ones = divmod(n, 10)
    if not tens:
        return [DIGITS[ones]]
    spoken = [TEN] if tens == 1 else [DIGITS[tens], TENS]
    if not ones:
        return spoken
    after_tens = {1: ONE_AFTER_TENS, 4: accent.four} if tens > 1 else {}
    return [*spoken, FIVE_AFTER_TEN if ones == 5 else after_tens.get(ones, DIGITS[ones])]


def say_letter(letter: str) -> str:
    """The unit of a letter; đ has its own."""
    return "chu-dd" if letter.upper() == "Đ" else f"chu-{letter.lower()}"


def say_label(label: str, accent: Accent = NORTH) -> list[str]:
    """ "A012" is said "A, mười hai"; more than four figures one by one. Raises: BadSpokenNumberError."""
    parts = _LABEL.fullmatch(nfc(label).strip())
    if parts is None:
        raise BadSpokenNumberError(text=label)
    figures = parts[2]
    letters = [say_letter(letter) for letter in parts[1]]
    if int(figures) > LARGEST:
        return letters + [DIGITS[int(figure)] for figure in figures]
    return letters + say_number(int(figures), accent)


def counter_unit(name: str) -> str:
    """The unit that a recording of a counter's own name carries: "Quầy Tư pháp" is quay-tu-phap."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def say_counter(name: str, accent: Accent = NORTH, recorded: frozenset[str] = frozenset()) -> Phrases:
    """Where to go. recorded: further units of the voice, such as a counter's own name.

    A name that cannot be read aloud sends people to the screen: better than a wrong place.
    """
    if (own := counter_unit(name)) in recorded:
        return (("den",), (own,))
    parts = _COUNTER.fullmatch(nfc(name).strip())
    place = PLACES.get((parts["place"] or "quầy").lower()) if parts else None
    if parts is None or place is None or not (parts["letters"] or parts["number"]):
        return ((LOOK,),)
    said = [say_letter(parts["letters"])] if parts["letters"] else []
    said += say_number(int(parts["number"]), accent) if parts["number"] else []
    return ((f"den-{place}" + ("" if parts["letters"] else "-so"),), tuple(said))


def announcement(label: str, counter: str, accent: Accent = NORTH, recorded: frozenset[str] = frozenset()) -> Phrases:
    """One call, as phrases with a short rest between them: "Mời số | A mười hai | đến quầy số | ba".

    Raises: BadSpokenNumberError for a label that is no number.
    """
    return ((INVITE,), tuple(say_label(label, accent)), *say_counter(counter, accent, recorded))


# fmt: off
_LETTERS = (
    "a", "bê", "xê", "dê", "e", "ép", "giê", "hát", "i", "gi", "ca", "lờ", "mờ",
    "nờ", "o", "pê", "quy", "rờ", "sờ", "tê", "u", "vê", "vê kép", "ích", "i dài", "dét",
)
_FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# fmt: on

# Unit -> what is recorded. The order is the order of the recording script (docs/voice.md).
COMMON: dict[str, str] = {
    INVITE: "Mời số",
    LOOK: "Mời xem màn hình",
    "den": "đến",
    **{f"den-{unit}-so": f"đến {place} số" for place, unit in PLACES.items()},
    **{f"den-{unit}": f"đến {place}" for place, unit in PLACES.items()},
    **dict(zip(DIGITS, _FIGURES, strict=True)),
    TEN: "mười",
    TENS: "mươi",
    ONE_AFTER_TENS: "mốt",
    FIVE_AFTER_TEN: "lăm",
    HUNDRED: "trăm",
    **{f"chu-{letter}": name for letter, name in zip("abcdefghijklmnopqrstuvwxyz", _LETTERS, strict=True)},
    "chu-dd": "đê",
}
OF_ACCENT: dict[str, dict[str, str]] = {
    "north": {"tu": "tư", "linh": "linh", "nghin": "nghìn"},
    "south": {"le": "lẻ", "ngan": "ngàn"},
}
CHIME = "chime"


def units_of(accent: str) -> dict[str, str]:
    """Every unit that a voice of this accent must have, with the words to record; the chime is a sound of its own."""
    return {**COMMON, **OF_ACCENT[accent]}
