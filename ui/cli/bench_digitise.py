"""`motcua bench digitise`: what the digitiser promises, measured page by page. Each measure is a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from ui.cli.bench_digitise_blanks import measure_blanks
from ui.cli.bench_digitise_clean import measure_clean
from ui.cli.bench_digitise_codes import measure_codes
from ui.cli.bench_digitise_contact import write_sheets
from ui.cli.bench_digitise_endurance import measure_endurance
from ui.cli.bench_digitise_hostile import measure_hostile
from ui.cli.bench_digitise_pages import BenchPage, own_pages, pages_in
from ui.cli.bench_digitise_photos import measure_photos
from ui.cli.bench_digitise_quality import measure_quality
from ui.cli.bench_digitise_reading import measure_reading
from ui.cli.bench_digitise_size import measure_size
from ui.cli.bench_papers_fields import measure_fields
from ui.cli.bench_papers_types import measure_types
from ui.cli.console import show, tell


class Measure(StrEnum):
    """Names on the command line."""

    SIZE = "size"
    READING = "reading"
    QUALITY = "quality"
    HOSTILE = "hostile"
    ENDURANCE = "endurance"
    CLEAN = "clean"
    BLANKS = "blanks"
    PHOTOS = "photos"
    CODES = "codes"
    TYPES = "types"
    FIELDS = "fields"


class Outcome(Protocol):
    """What a measure found."""

    @property
    def ok(self) -> bool:
        """Every promise kept."""

    def data(self) -> dict[str, Any]:
        """JSON values."""

    def text(self) -> str:
        """A few lines for people."""


MEASURES: dict[Measure, Callable[[Sequence[BenchPage], bool], Outcome]] = {
    Measure.SIZE: measure_size,
    Measure.READING: measure_reading,
    Measure.QUALITY: measure_quality,
    Measure.CLEAN: measure_clean,
    Measure.BLANKS: measure_blanks,
    Measure.PHOTOS: measure_photos,
    Measure.CODES: measure_codes,
    Measure.TYPES: measure_types,
    Measure.FIELDS: measure_fields,
}

# These make their own: number of pages -> what they found.
WITHOUT_PAGES: dict[Measure, Callable[[int], Outcome]] = {
    Measure.HOSTILE: lambda _pages: measure_hostile(),
    Measure.ENDURANCE: measure_endurance,
}


def register(bench: typer.Typer) -> None:
    bench.command("digitise")(digitise)


def digitise(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Thư mục ảnh trang, mỗi ảnh kèm tệp .txt cùng tên; bỏ qua thì tự in và tự quét giấy mẫu."),
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="Nhiều nhất bao nhiêu trang.")] = 8,
    only: Annotated[list[Measure] | None, typer.Option("--only", help="Chỉ đo các mục này.")] = None,
    pages_read: Annotated[int, typer.Option("--pages", min=1, help="Số trang của mục endurance.")] = 300,
    peer: Annotated[bool, typer.Option("--peer", help="Đo cả OCRmyPDF trên cùng các trang, nếu máy có cài.")] = False,
    sheets: Annotated[
        Path | None, typer.Option("--sheets", help="Ghi thêm ảnh trước và sau khi làm sạch (PNG) vào thư mục này.")
    ] = None,
) -> None:
    """Đo số hóa: lỗi ảnh tìm thấy, làm sạch, mặt trắng, dung lượng, tốc độ, chữ đọc sai, bộ nhớ; tệp độc, bền bỉ."""
    chosen = only or list(Measure)
    pages: Sequence[BenchPage] = ()
    if set(chosen) - set(WITHOUT_PAGES) or sheets:
        pages = pages_in(folder, count) if folder else own_pages(count)
        tell(f"{len(pages)} trang …")
    for path in write_sheets(pages, sheets) if sheets else ():
        tell(f"Đã ghi {path}")
    found = {
        name: WITHOUT_PAGES[name](pages_read) if name in WITHOUT_PAGES else MEASURES[name](pages, peer)
        for name in chosen
    }
    ok = all(outcome.ok for outcome in found.values())
    data = {name.value: outcome.data() for name, outcome in found.items()}
    show({"pages": len(pages), **data, "ok": ok}, "\n".join(outcome.text() for outcome in found.values()))
    if not ok:
        raise typer.Exit(1)
