"""`motcua digitise`, `motcua scan`, `motcua scanners`: paper and files to searchable documents."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import business_day, office_now
from kiosk.errors import NotFoundError, StorageError
from scanner.grouping import One
from ui.cli.console import frame, show, tell
from ui.i18n.errors import explain

if TYPE_CHECKING:
    from kiosk.config import Config, ScannerConfig
    from kiosk.domain.procedure import Component
    from kiosk.domain.separator import Judge
    from scanner.heaps import Heap, ReadHeap
    from scanner.papers.office import Known

KINDS = {
    "profile": "cấu hình trong config.toml",
    "escl": "máy quét mạng, eSCL",
    "sane": "SANE",
    "wia": "Windows, WIA",
    "folder": "thư mục quét",
}
ABLE = {"glass": "mặt kính", "feeder": "khay nạp", "duplex": "hai mặt"}
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Thư mục ghi kết quả.")]


def register(app: typer.Typer) -> None:
    app.command("digitise")(digitise)
    app.command("scan")(scan)
    app.command("scanners")(scanners)


def digitise(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="Ảnh (PNG, JPEG, TIFF), PDF hoặc thư mục.")],
    out: OutOption,
    procedure: Annotated[str, typer.Option("--procedure", help="Mã thủ tục: đề xuất theo thành phần hồ sơ.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Số trang đọc cùng lúc.")] = 2,
    faithful: Annotated[
        bool, typer.Option("--faithful", help="Giữ nguyên từng trang thành một ảnh (ảnh chụp, thẻ): tệp lớn hơn.")
    ] = False,
    separators: Annotated[
        bool, typer.Option("--separators", help="Tách văn bản tại các tờ ngăn do cơ quan này in (motcua print).")
    ] = False,
    one: Annotated[
        One, typer.Option("--one", help="Một văn bản là: theo tiêu đề trên trang (auto), mỗi tệp, hay mỗi thư mục.")
    ] = One.AUTO,
    again: Annotated[bool, typer.Option("--again", help="Làm lại từ đầu, kể cả tệp đã xong.")] = False,
    gently: Annotated[bool, typer.Option("--gently", help="Nhường máy cho việc đang làm tại quầy.")] = False,
) -> None:
    """Số hóa: ảnh, PDF hoặc thư mục thành PDF/A có chữ tìm được, kèm result.json và báo cáo.

    Bị ngắt giữa chừng: chạy lại cùng lệnh, tệp đã xong không làm lại. Tệp hỏng trong thư mục được ghi vào báo cáo.
    """
    from scanner.batch import cpu_seconds
    from scanner.heaps import HeapWays, heaps_of, read_heaps
    from ui.cli.digitise_run import Journal, digitise_heaps, one_heap, whole_or_none, write_result

    if gently and hasattr(os, "nice"):
        os.nice(10)
    components, known = _components(procedure) if procedure else (), known_papers()
    heaps, now = heaps_of(inputs, one, out), office_now()
    heaps = one_heap(heaps) if separators else heaps
    whole_or_none(heaps)
    given = {"inputs": [str(path.resolve()) for path in inputs], "procedure": procedure, "one": one.value}
    journal = Journal(out, {**given, "faithful": faithful, "separators": separators, "version": version("motcua")})
    journal.open(afresh=again)
    started, spent = time.perf_counter(), cpu_seconds()
    with _judged(separators) as judge:

        def read(left: Sequence[Heap]) -> Iterator[ReadHeap]:
            ways = HeapWays(components, faithful=faithful, whole=one is not One.AUTO, judge=judge, known=known)
            return read_heaps(left, at=now, workers=jobs, ways=ways)

        result = digitise_heaps(heaps, journal, read, tell)
    result["seconds"]["total"] = round(time.perf_counter() - started, 3)
    result["cpu_seconds"] = round(cpu_seconds() - spent, 2)
    write_result(out, result)
    refused, twice = len(result["refused"]), len(result["duplicates"]["files"]) + len(result["duplicates"]["pages"])
    more = f"; {refused} tệp không dùng được" if refused else ""
    more += f"; {twice} chỗ trùng" if twice else ""
    count, seconds = len(result["documents"]), result["seconds"]["total"]
    show(result, f"{count} văn bản, {len(result['pages'])} trang, {seconds:.1f} giây{more}: {out}")


def scan(
    device: Annotated[str, typer.Option("--device", "-d", help="Tên thiết bị hoặc cấu hình; xem motcua scanners.")],
    out: OutOption,
    dpi: Annotated[int | None, typer.Option("--dpi", help="Độ phân giải, 200 đến 600; tối thiểu 200.")] = None,
    duplex: Annotated[bool | None, typer.Option("--duplex/--simplex", help="Quét hai mặt hay một mặt.")] = None,
    grey: Annotated[bool, typer.Option("--grey", help="Quét thang xám thay vì màu.")] = False,
    flatbed: Annotated[bool, typer.Option("--flatbed", help="Quét trên mặt kính, một tờ.")] = False,
    size: Annotated[str, typer.Option("--size", help="Khổ giấy: A3, A4, A5, A6, legal.")] = "",
    photo: Annotated[bool, typer.Option("--photo", help="Ảnh chụp bằng máy ảnh, điện thoại.")] = False,
) -> None:
    """Quét vào thư mục; mỗi trang được ghi chắc chắn trước khi kéo tờ tiếp theo.

    Kẹt giấy giữa chừng: gỡ giấy, đặt lại từ tờ chưa quét rồi chạy lại cùng lệnh; số trang nối tiếp.
    """
    from kiosk.config import ScannerConfig
    from scanner.devices import open_device
    from scanner.devices.settings import checked, size_called
    from scanner.keep import keep_pages
    from ui.scan_profiles import profile_called, settings_of

    profile = profile_called(_config(), device) or ScannerConfig(device=device, duplex=False)
    settings = settings_of(profile)
    settings = replace(
        settings,
        dpi=settings.dpi if dpi is None else dpi,
        duplex=settings.duplex if duplex is None else duplex,
        colour=settings.colour and not grey,
        feeder=settings.feeder and not flatbed,
        size_mm=size_called(size) if size else settings.size_mm,
        photo=settings.photo or photo,
    )
    kept: list[str] = []
    for path in keep_pages(open_device(profile.device, settings=checked(settings)), out):
        kept.append(path.name)
        tell(f"Đã lưu {path}")
    show({"device": profile.device, "out": str(out), "pages": kept}, f"{len(kept)} trang: {out}")


def scanners(
    backend: Annotated[list[str] | None, typer.Option("--backend", help="Chỉ hỏi các bộ điều khiển SANE này.")] = None,
) -> None:
    """Các máy quét đang dùng được: cấu hình của máy này, máy quét mạng, USB, thư mục quét."""
    from scanner.devices import list_devices
    from ui.scan_profiles import profiles

    own = profiles(_config())
    found = list_devices(backend or ())
    rows = [
        {"name": p.name or p.device, "label": p.device, "kind": "profile", "can": [], "settings": _settings(p)}
        for p in own
    ]
    rows += [{"name": d.name, "label": d.label, "kind": d.kind, "can": list(d.can)} for d in found]
    text = "\n".join(_scanner_line(row) for row in rows)
    show({"devices": rows}, text or "Không thấy máy quét nào: kiểm tra dây và nguồn điện.")


def _settings(profile: ScannerConfig) -> dict[str, object]:
    return profile.model_dump(mode="json", exclude={"name", "device"})


def _scanner_line(row: dict[str, Any]) -> str:
    able = ", ".join(ABLE[word] for word in row["can"])
    return f"{row['name']}  {row['label']} ({KINDS[row['kind']]}{': ' + able if able else ''})"


def _config() -> Config:
    from kiosk.config import read_config
    from ui.app import Paths, data_root

    return read_config(Paths(data_root(frame.data)).config)


@contextmanager
def _judged(asked: bool) -> Iterator[Judge | None]:
    """Who tells good separator sheets, by this office's log; None where they are pages like others."""
    if not asked:
        yield None
        return
    from kiosk.services.separators import judge_for
    from ui.app import open_office

    with open_office(frame.data) as office:
        yield judge_for(office.reads, office.separator_key, "", office_now())


def known_papers() -> Known | None:
    """With what this office's officers have confirmed; None on a PC without an office, or while it cannot be reached:
    an archive does not wait for that."""
    from scanner.papers.office import Known, OfficeModel
    from ui.app import has_office, open_office

    if not has_office(frame.data):
        return None
    try:
        with open_office(frame.data) as office:
            known = OfficeModel(units=office.reads).refresh()
    except StorageError as error:
        words = explain(error)
        tell(f"Chưa dùng được những gì cán bộ đã xác nhận: {words.message} Giấy tờ vẫn được đọc như máy chưa học thêm.")
        return None
    return Known(known.model, known.anchors)


def _components(code: str) -> tuple[Component, ...]:
    """Components of the version in force today. Raises: NotFoundError."""
    from ui.app import open_office

    with open_office(frame.data) as office, office.reads() as look:
        found = look.procedures.current(code, business_day(office_now()))
    if found is None:
        raise NotFoundError(what="thủ tục", key=code)
    return found.papers()
