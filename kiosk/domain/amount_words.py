"""An amount in words, as receipts must say it: 21.005 -> "hai mươi mốt nghìn không trăm linh năm"."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ")
MOST = 10**15 - 1


def amount_words(amount: int) -> str:
    """đồng in words, the first letter small. amount: 0 to `MOST`."""
    if not 0 <= amount <= MOST:
        raise ValueError(amount)
    groups = [amount // 1000**place % 1000 for place in range(len(_GROUPS))]
    highest = max((place for place, group in enumerate(groups) if group), default=0)
    parts = [
        f"{_three(group, whole=place < highest)} {_GROUPS[place]}".strip()
        for place, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(parts) or _DIGITS[0]


def _three(group: int, *, whole: bool) -> str:
    """whole: a group behind another one says its hundreds too ("không trăm")."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds or whole else []
    if tens == 0 and ones and parts:
        parts.append("linh")
    elif tens == 1:
        parts.append("mười")
    elif tens > 1:
        parts.append(f"{_DIGITS[tens]} mươi")
    if ones:
        parts.append(_one(tens, ones))
    return " ".join(parts)


def _one(tens: int, ones: int) -> str:
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return "lăm" if tens and ones == 5 else _DIGITS[ones]
