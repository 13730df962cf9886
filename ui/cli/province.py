"""`motcua province …`: the stand-in that plays a province, and its admin's hand while it runs."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.console import UsageError, frame, show

if TYPE_CHECKING:
    from sync.reference.faults import Switches
    from sync.reference.hand import AdminHand

province_app = typer.Typer(help="Máy chủ đóng vai tỉnh, để thử, tập huấn và trình diễn.", rich_markup_mode=None)

Url = Annotated[
    str, typer.Option("--url", help="Địa chỉ máy chủ đóng vai tỉnh; bỏ trống: máy chủ chạy với --data này.")
]


def register(app: typer.Typer) -> None:
    from ui.cli import province_folder as by_folder

    by_folder.register(province_app)
    app.add_typer(province_app, name="province")


@province_app.command("serve")
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Cổng; 0: cổng trống bất kỳ.")] = 8766,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ lắng nghe.")] = "127.0.0.1",
    public_url: Annotated[str, typer.Option("--public-url", help="Địa chỉ mà các xã thấy, cho đường dẫn tệp.")] = "",
    database: Annotated[str, typer.Option("--database", help="postgresql://…; bỏ trống: tệp SQLite riêng.")] = "",
    allocate: Annotated[bool, typer.Option("--allocate", help="Cấp mã hồ sơ chính thức.")] = False,
    naive: Annotated[bool, typer.Option("--naive", help="Nhận trùng mã, như hệ thống không có khóa duy nhất.")] = False,
    auth: Annotated[str, typer.Option("--auth", help="none, bearer hoặc session (của G1.5).")] = "none",
    secret_file: Annotated[Path | None, typer.Option("--secret-file", help="Tệp chứa mật khẩu hoặc token.")] = None,
    session_s: Annotated[float, typer.Option("--session-s", min=0.1, help="Phiên, token sống bao nhiêu giây.")] = 1800,
    auto_s: Annotated[
        float, typer.Option("--auto", min=0, help="Tự giải quyết hồ sơ, mỗi lượt cách bấy nhiêu giây.")
    ] = 0,
    push: Annotated[list[str] | None, typer.Option("--push", help="MÃ-CƠ-QUAN=http://… để đẩy tin; lặp lại.")] = None,
    push_secret_file: Annotated[Path | None, typer.Option("--push-secret-file", help="Tệp khóa ký tin đẩy.")] = None,
    push_ca: Annotated[Path | None, typer.Option("--push-ca", help="Tệp CA của các xã, khi đẩy qua https.")] = None,
    fault: Annotated[list[str] | None, typer.Option("--fault", help="TÊN=GIÁ TRỊ, ví dụ slow_s=2; lặp lại.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Hạt giống cho lỗi ngẫu nhiên.")] = 0,
) -> None:
    """Chạy máy chủ đóng vai tỉnh đến khi bị dừng. Dữ liệu ở --data; dòng "ready" được in ra khi đã lắng nghe."""
    from sync.reference.logins import Habits
    from sync.reference.serve import Place
    from sync.reference.serve import serve as serve_province

    if auth not in ("none", "bearer", "session") or (auth != "none" and secret_file is None):
        raise UsageError(problem="--auth nhận none, bearer, session; hai loại sau cần --secret-file")
    habits = Habits(
        allocate=allocate,
        auth=auth,
        secret=_secret(secret_file),
        session_s=session_s,
        auto_s=auto_s,
        doors=_doors(push or []),
        door_secret=_secret(push_secret_file),
        door_ca=_ca(push_ca),
    )
    switches = _switches([*(fault or ()), f"seed={seed}", *(["naive=true"] if naive else [])])
    place = Place(province_folder(), host, port, database, public_url)
    serve_province(place, habits, switches, _say_ready)


@province_app.command("faults")
def faults(
    switches: Annotated[list[str] | None, typer.Argument(help="TÊN=GIÁ TRỊ, ví dụ http500=3; bỏ trống: xem.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Trước hết đưa mọi công tắc về lúc khởi động.")] = False,
    url: Url = "",
) -> None:
    """Xem hoặc đổi công tắc lỗi của máy chủ đang chạy."""
    from sync.reference.faults import named_values

    hand = _hand(url)
    wanted = named_values(switches or ())
    now = hand.switch({"clear": True, **wanted} if clear else wanted) if wanted or clear else hand.switches()
    show(now, "\n".join(f"{name} = {value}" for name, value in now.items()))


@province_app.command("decide")
def decide(
    code: Annotated[str, typer.Argument(help="Mã hồ sơ, của xã hoặc chính thức.")],
    status: Annotated[str, typer.Argument(help="Trạng thái 1…10.")],
    note: Annotated[str, typer.Option("--note", help="Nội dung gửi xã.")] = "",
    official: Annotated[str, typer.Option("--official", help="Mã hồ sơ chính thức được cấp.")] = "",
    result: Annotated[Path | None, typer.Option("--result", help="Tệp kết quả gửi kèm.")] = None,
    url: Url = "",
) -> None:
    """Cán bộ tỉnh quyết định một hồ sơ: đổi trạng thái, cấp mã, trả kết quả."""
    hand = _hand(url)
    decision = {"code": code, "status": status, "note": note, "official": official}
    if result is not None:
        decision |= {"result": hand.keep(_read(result)), "result_name": result.name}
    show(hand.decide(decision), f"Đã ghi trạng thái {status} cho hồ sơ {code}; các xã sẽ nhận ở lần hỏi tới.")


@province_app.command("hand-in")
def hand_in(
    office: Annotated[str, typer.Argument(help="Mã định danh cơ quan nhận, ví dụ H26.107.")],
    procedure: Annotated[str, typer.Option("--procedure", help="Mã thủ tục.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Chủ hồ sơ.")] = "",
    by_url: Annotated[bool, typer.Option("--by-url", help="Giấy tờ để tải về, không nằm trong tin.")] = False,
    url: Url = "",
) -> None:
    """Đóng vai người dân nộp một hồ sơ trực tuyến cho một xã."""
    wanted = {name: value for name, value in (("MaTTHC", procedure), ("ChuHoSo", owner)) if value}
    dossier = _hand(url).hand_in(office, wanted, by_url=by_url)
    show(dossier, f"Đã nộp hồ sơ trực tuyến {dossier['MaHoSo']} cho {office}.")


def _hand(url: str) -> AdminHand:
    from sync.reference.hand import AdminHand, address_in

    return AdminHand(url or address_in(province_folder()))


def _switches(words: list[str]) -> Switches:
    from sync.reference.faults import UnknownFaultError, switches_of

    try:
        return switches_of(words)
    except UnknownFaultError as unknown:
        raise UsageError(problem=f"--fault không có công tắc hoặc giá trị này: {unknown}") from None


def _doors(words: list[str]) -> dict[str, str]:
    doors = dict(word.partition("=")[::2] for word in words)
    if not all(office and url.startswith(("http://", "https://")) for office, url in doors.items()):
        raise UsageError(problem="--push nhận MÃ-CƠ-QUAN=http://…")
    return doors


def _ca(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ssl.SSLError):
        raise UsageError(problem=f"--push-ca không đọc được {file}") from None
    return str(file)


def _say_ready(url: str) -> None:
    show({"ready": True, "url": url}, f"ready {url}")


def province_folder() -> Path:
    if frame.data is not None:
        return frame.data
    import platformdirs

    return platformdirs.user_data_path("motcua-province", appauthor=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise UsageError(problem=f"không đọc được tệp {file}") from None


def _secret(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        from sync.errors import BadConnectionError

        raise BadConnectionError(field="secret_file", value=str(file)) from None
