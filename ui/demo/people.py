"""The people of the sample office: nobody real; every number and name is made up."""

from __future__ import annotations

import random
from dataclasses import dataclass

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Giàng", "Quàng")
MIDDLE = {"Nam": ("Văn", "Đức", "Hữu", "Quang", "Minh"), "Nữ": ("Thị", "Ngọc", "Thu", "Hồng", "Kim")}
GIVEN = {
    "Nam": ("Dũng", "Hùng", "Tuấn", "Sơn", "Phúc", "Khánh", "Thắng"),
    "Nữ": ("Ánh", "Hường", "Nguyệt", "Thủy", "Yến", "Quỳnh", "Mẩy"),
}
VILLAGES = ("Bản Khuổi Ngọa", "Thôn Nà Lầu", "Xóm Đồi Chè", "Bản Pắc Ngàm", "Thôn Thượng Giáp")


@dataclass(frozen=True)
class Citizen:
    """A visitor of the sample office. card: payload of the citizen card's code, as printed on the card.

    forgets: index of the required paper left at home on the first visit, None for a complete dossier.
    """

    name: str
    card: str
    phone: str
    group: str
    procedure: str
    priority: str = ""
    forgets: int | None = None


# The three visitors of the demo: complete; priority; and one who forgot a paper.
_PLANS: tuple[tuple[str, str, str, int | None], ...] = (
    ("ho-tich", "1.001193", "", None),
    ("ho-tich", "1.004884", "", 0),
    ("ho-tich", "1.001193", "elderly", None),
)


def citizens(count: int, seed: int, priority: str, groups: dict[str, str]) -> list[Citizen]:
    """`count` visitors, always the same for a seed. priority: code of the class that every third one has.

    groups: procedure code -> service group that its number is taken from.
    """
    rng = random.Random(seed)
    return [_citizen(rng, n, priority, groups) for n in range(count)]


def _citizen(rng: random.Random, n: int, priority: str, groups: dict[str, str]) -> Citizen:
    _, procedure, wants, forgets = _PLANS[n % len(_PLANS)]
    sex = rng.choice(("Nam", "Nữ"))
    year = rng.randint(1950, 1962) if wants else rng.randint(1975, 2003)
    name = f"{rng.choice(FAMILY)} {rng.choice(MIDDLE[sex])} {rng.choice(GIVEN[sex])}"
    century = ("0" if sex == "Nam" else "1") if year < 2000 else ("2" if sex == "Nam" else "3")
    number = f"004{century}{year % 100:02d}{rng.randrange(10**6):06d}"
    born = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{year}"
    address = f"{rng.choice(VILLAGES)}, Xã Mẫu Sơn, Tỉnh Cao Bằng"
    card = f"{number}||{name}|{born}|{sex}|{address}|15042022"
    phone = f"09{rng.randrange(10**8):08d}"
    return Citizen(name, card, phone, groups[procedure], procedure, priority if wants else "", forgets)
