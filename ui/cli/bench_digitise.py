"""`motcua bench digitise`: what the digitiser promises, measured page by page. Each measure is a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from ui.cli.bench_digitise_pages import BenchPage, own_pages, pages_in
from ui.cli.bench_digitise_quality import measure_quality
from ui.cli.bench_digitise_reading import measure_reading
from ui.cli.bench_digitise_size import measure_size
from ui.cli.console import show, tell


class Measure(StrEnum):
    """Names on the command line."""

    SIZE = "size"
    READING = "reading"
    QUALITY = "quality"


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
    peer: Annotated[bool, typer.Option("--peer", help="Đo cả OCRmyPDF trên cùng các trang, nếu máy có cài.")] = False,
) -> None:
    """Đo số hóa: lỗi ảnh tìm thấy, dung lượng, độ giống ảnh gốc; số trang mỗi phút, chữ đọc sai, bộ nhớ."""
    pages = pages_in(folder, count) if folder else own_pages(count)
    tell(f"{len(pages)} trang …")
    found = {name: MEASURES[name](pages, peer) for name in only or list(Measure)}
    ok = all(outcome.ok for outcome in found.values())
    data = {name.value: outcome.data() for name, outcome in found.items()}
    show({"pages": len(pages), **data, "ok": ok}, "\n".join(outcome.text() for outcome in found.values()))
    if not ok:
        raise typer.Exit(1)
