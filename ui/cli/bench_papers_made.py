"""Papers for the measures of understanding: versions and people that were never taught, as text and as read pages."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from scanner.loaded import usual_engine
from scanner.papers.reading import sheet_of
from scanner.papers.specimen import Specimen, filled, specimens
from scanner.papers.teach import sheet_of as typed_sheet
from scanner.papers.traits import Sheet
from scanner.pipeline import read_page
from ui.cli.bench_papers_pages import drawn_page

SEED = 20261121
RATES = (0.0, 0.02, 0.05)  # letters misread
SEVERITIES = (1, 2, 3)

# A form that only one office has; its kind is none that its words speak of.
UNUSUAL = (
    (
        "minutes",
        """^PHIẾU GHI NHẬN CỦA TỔ TỰ QUẢN
Tổ trưởng: {name}
Chủ nhân của thửa vườn: {name}
Tổ chúng tôi đồng tình với phương án mở rộng lối đi chung, gửi kèm bản vẽ của các hộ liền kề
Số hộ tán thành: {few}   Số hộ vắng mặt: {few}   Nhà sinh hoạt lưu một bản
>{spoken}
>Tổ trưởng tổ tự quản""",
    ),
    (
        "residence-confirmation",
        """~KHU TRỌ {COMMUNE} || Phiếu số: {n}
^SỔ TẠM VẮNG CỦA NHÀ TRỌ
Người thuê: {name}   Phòng: {few}   Ở từ: {date}
Chủ nhà trọ {name} cho biết người thuê còn ở trọ, đã nộp tiền điện nước hằng tháng
>Chủ nhà trọ""",
    ),
)


@dataclass(frozen=True)
class MadePaper:
    """way: "text 2 %" or "scan 3"."""

    specimen: Specimen
    sheet: Sheet
    way: str


def typed(count: int, *, apart: bool) -> list[MadePaper]:
    """`count` papers of each version, misread at each rate in turn."""
    rng = Random(SEED)
    made = specimens(count, SEED, apart=apart)
    return [
        MadePaper(s, typed_sheet(s, rng, rate), f"text {rate:.0%}")
        for s, rate in zip(made, itertools.cycle(RATES), strict=False)
    ]


@cache
def scanned(count: int) -> tuple[MadePaper, ...]:
    """`count` papers of versions kept apart, printed, worn in three severities, and read by the engine."""
    engine = usual_engine()
    made = []
    for n, specimen in enumerate(_spread(list(specimens(3, SEED, apart=True)), count)):
        severity = SEVERITIES[n % len(SEVERITIES)]
        read = read_page(drawn_page(specimen, severity, SEED + n), engine)
        made.append(MadePaper(specimen, sheet_of(read), f"scan {severity}"))
    return tuple(made)


def unusual(count: int, seed: int) -> list[MadePaper]:
    """`count` papers of each unusual form."""
    made = []
    for code, form in UNUSUAL:
        for n in range(count):
            rng = Random(f"{SEED}:{seed}:{code}:{n}")
            specimen = filled(code, form, rng, apart=True)
            made.append(MadePaper(specimen, typed_sheet(specimen, rng, 0.02), "text 2%"))
    return made


def _spread(papers: Sequence[Specimen], count: int) -> list[Specimen]:
    """Evenly over the versions: the first of each, then the second."""
    ordered = [p for start in range(3) for p in papers[start::3]]
    return ordered[:count]
