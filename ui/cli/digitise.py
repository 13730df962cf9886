"""`motcua digitise`, `motcua scan`, `motcua scanners`: paper and files to searchable documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.clock import business_day, office_now
from kiosk.errors import NotFoundError
from ui.cli.console import frame, show, tell

if TYPE_CHECKING:
    from kiosk.domain.procedure import Component

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
) -> None:
    """Số hóa: ảnh, PDF hoặc thư mục thành PDF/A có chữ tìm được, kèm result.json."""
    from scanner.batch import digitise as run
    from scanner.batch import report
    from scanner.devices.files import readable_files
    from scanner.keep import make_folder, write_durably

    components = _components(procedure) if procedure else ()
    batch = run(readable_files(inputs), at=office_now(), components=components, workers=jobs, faithful=faithful)
    names = [f"{n:02d}.pdf" for n in range(1, len(batch.documents) + 1)]
    make_folder(out)
    for name, document in zip(names, batch.documents, strict=True):
        write_durably(out / name, document.pdf)
    result = report(batch, names)
    write_durably(out / "result.json", json.dumps(result, ensure_ascii=False, indent=1).encode())
    pages, seconds = len(batch.pages), batch.seconds["total"]
    show(result, f"{len(names)} văn bản, {pages} trang, {seconds:.1f} giây: {out}")


def scan(
    device: Annotated[str, typer.Option("--device", "-d", help="Tên thiết bị; xem motcua scanners.")],
    out: OutOption,
    dpi: Annotated[
        int, typer.Option("--dpi", min=75, max=1200, help="Độ phân giải; tối thiểu theo quy định: 200.")
    ] = 200,
    duplex: Annotated[bool, typer.Option("--duplex", help="Quét hai mặt.")] = False,
    grey: Annotated[bool, typer.Option("--grey", help="Quét thang xám thay vì màu.")] = False,
    flatbed: Annotated[bool, typer.Option("--flatbed", help="Quét trên mặt kính, một tờ.")] = False,
) -> None:
    """Quét vào thư mục; mỗi trang được ghi chắc chắn trước khi kéo tờ tiếp theo."""
    from scanner.devices import ScanSettings, open_device
    from scanner.keep import keep_pages

    settings = ScanSettings(dpi=dpi, colour=not grey, feeder=not flatbed, duplex=duplex)
    kept: list[str] = []
    for path in keep_pages(open_device(device, settings=settings), out):
        kept.append(path.name)
        tell(f"Đã lưu {path}")
    show({"device": device, "out": str(out), "pages": kept}, f"{len(kept)} trang: {out}")


def scanners(
    backend: Annotated[list[str] | None, typer.Option("--backend", help="Chỉ hỏi các bộ điều khiển SANE này.")] = None,
) -> None:
    """Các máy quét đang dùng được."""
    from scanner.devices import list_devices

    found = list_devices(backend or ())
    rows = [{"name": d.name, "label": d.label, "kind": d.kind} for d in found]
    text = "\n".join(f"{d.name}  {d.label}" for d in found)
    show({"devices": rows}, text or "Không thấy máy quét nào: kiểm tra dây và nguồn điện.")


def _components(code: str) -> tuple[Component, ...]:
    """Components of the version in force today. Raises: NotFoundError."""
    from ui.app import open_office

    with open_office(frame.data) as office, office.reads() as look:
        found = look.procedures.current(code, business_day(office_now()))
    if found is None:
        raise NotFoundError(what="thủ tục", key=code)
    return found.papers()
