"""`motcua sync check/test/secret`: is a dossier complete, is a connection right, where is its password."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.errors import KioskError, NotFoundError
from ui.cli.console import UsageError, frame, show
from ui.i18n.errors import explain

if TYPE_CHECKING:
    from kiosk.province_config import ProvinceConfig
    from sync.check import Checked
    from sync.probe import Step
    from sync.routes import Routes
    from ui.app import OpenedOffice


def register(sync_app: typer.Typer) -> None:
    sync_app.command("check")(check)
    sync_app.command("test")(try_out)
    sync_app.command("secret")(secret)


def check(
    dossier: Annotated[str, typer.Argument(help="Mã hồ sơ, của ta hay của tỉnh.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Mọi hồ sơ tỉnh chưa xác nhận.")] = False,
) -> None:
    """Xem trước khi gửi: hồ sơ còn thiếu trường bắt buộc nào, và trường nào chỉ số phục vụ có đếm mà còn trống."""
    from sync.check import check_dossier, unsent_dossiers
    from sync.routes import routes_of

    if bool(dossier) == every:
        raise UsageError(problem="cần một mã hồ sơ, hoặc --all")
    with _open() as office:
        routes = routes_of(office.config.provinces, office.facts.agency_code)
        keys = unsent_dossiers(office.reads) if every else [dossier]
        found = [check_dossier(office.reads, routes, office.facts.name, key) for key in keys]
    checked = [c for c in found if c is not None]
    ready = sum(c.can_go for c in checked)
    data = {"checked": len(checked), "ready": ready, "dossiers": [_checked(c) for c in checked]}
    show(data, "\n".join([*(_told(c) for c in checked), f"{ready}/{len(checked)} hồ sơ gửi được."]))
    if ready < len(checked):
        raise typer.Exit(1)


def try_out(name: Annotated[str, typer.Argument(help="Tên kết nối; để trống: mọi kết nối.")] = "") -> None:
    """Thử kết nối từng bước (tên máy chủ, cổng, TLS, đồng hồ, đăng nhập, hỏi thử) và nói bước nào hỏng, phải làm gì."""
    with _open() as office:
        configs = [c for c in office.config.provinces if name in ("", c.name)]
        if not configs:
            raise NotFoundError(what="kết nối", key=name or "[[provinces]]")
        tried = [_tried(config, office.facts.agency_code) for config in configs]
    show({"ok": all(t["ok"] for t in tried), "connections": tried}, "\n".join(_lines(tried)))
    if not all(t["ok"] for t in tried):
        raise typer.Exit(1)


def secret(
    name: Annotated[str, typer.Argument(help="Tên kết nối trong cấu hình.")],
    file: Annotated[Path | None, typer.Option("--file", help="Đọc từ tệp này thay vì bàn phím.")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Xóa khỏi kho mật khẩu.")] = False,
) -> None:
    """Cất mật khẩu hoặc token của một kết nối vào kho mật khẩu của hệ điều hành; gõ vào, hoặc đọc từ tệp hay stdin."""
    from sync.secrets import Keyring

    with _open() as office:
        config = next((c for c in office.config.provinces if c.name == name), None)
        if config is None:
            raise NotFoundError(what="kết nối", key=name)
    entry = config.secret_name or config.name
    if forget:
        Keyring().forget(entry)
        show({"name": entry, "kept": False}, f"Đã xóa mật khẩu của “{entry}”.")
        return
    typed = _typed(file)
    if not typed:
        raise UsageError(problem="mật khẩu trống")
    Keyring().put(entry, typed)
    show({"name": entry, "kept": True}, f"Đã cất mật khẩu của “{entry}”. Thử bằng motcua sync test {name}.")


def broken_data(routes: Routes) -> list[dict[str, str]]:
    """Connections whose settings cannot be used, and why."""
    return [
        {"connection": b.name, "error": told.code, "message": told.message, "fix": told.fix}
        for b in routes.broken
        for told in [explain(b.problem, frame.lang)]
    ]


def broken_words(broken: list[dict[str, str]]) -> list[str]:
    return [f"  {b['connection']}: {b['message']} {b['fix']}" for b in broken]


def _typed(file: Path | None) -> str:
    """Without showing it on a terminal; the first line of stdin otherwise. Raises: BadConnectionError."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            from sync.errors import BadConnectionError

            raise BadConnectionError(field="secret_file", value=str(file)) from None
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("Mật khẩu hoặc token: ").strip()
    return sys.stdin.readline().strip()


def _tried(config: ProvinceConfig, agency_code: str) -> dict[str, Any]:
    steps = [_step(step) for step in _steps(config, agency_code)]
    ok = all(s["ok"] for s in steps)
    return {"name": config.name, "generation": config.generation, "url": config.url, "ok": ok, "steps": steps}


def _steps(config: ProvinceConfig, agency_code: str) -> Iterator[Step]:
    from sync.probe import Step, try_line
    from sync.secrets import is_readable_by_others
    from sync.settings import connection_of

    try:
        connection = connection_of(config, agency_code)
    except KioskError as wrong:
        yield Step("settings", failure=wrong)
        return
    if config.secret_file and is_readable_by_others(Path(config.secret_file)):
        words = f"tài khoản khác trên máy đọc được {config.secret_file}; đặt quyền 600"
        yield Step("settings", words, is_warning=True)
    else:
        yield Step("settings", f"thế hệ {config.generation}, đơn vị {connection.agency_code}")
    if connection.is_line:
        yield from try_line(connection, office_now)


def _step(step: Step) -> dict[str, Any]:
    from sync.probe import STEP_WORDS

    told = explain(step.failure, frame.lang) if step.failure is not None else None
    return {
        "step": step.name,
        "words": STEP_WORDS[step.name],
        "ok": step.is_ok,
        "warning": step.is_warning,
        "detail": step.detail,
        "seconds": round(step.seconds, 3),
        "error": told.code if told else "",
        "message": told.message if told else "",
        "fix": told.fix if told else "",
    }


def _lines(tried: list[dict[str, Any]]) -> Iterator[str]:
    for one in tried:
        yield f"{one['name']}: {'dùng được' if one['ok'] else 'chưa dùng được'}"
        for step in one["steps"]:
            yield _line(step)
            if not step["ok"]:
                yield f"      {step['message']}"
                yield f"      {step['fix']}"


def _line(step: dict[str, Any]) -> str:
    mark = "hỏng" if not step["ok"] else "lưu ý" if step["warning"] else "được"
    return f"  [{mark}] {step['words']}" + (f": {step['detail']}" if step["detail"] else "")


def _checked(checked: Checked) -> dict[str, Any]:
    return {
        "dossier": checked.key,
        "connection": checked.connection,
        "generation": checked.generation,
        "ok": checked.can_go,
        "problems": list(checked.problems),
        "warnings": list(checked.warnings),
        "files_waiting": checked.files_waiting,
    }


def _told(checked: Checked) -> str:
    lines = [f"{checked.key} ({checked.connection}): {'gửi được' if checked.can_go else 'chưa gửi được'}"]
    lines += [f"  thiếu: {words}" for words in checked.problems]
    lines += [f"  chỉ số: {words}" for words in checked.warnings]
    if checked.files_waiting:
        lines.append(f"  {checked.files_waiting} tệp chưa lên kho của tỉnh, sẽ gửi sau")
    return "\n".join(lines)


def _open() -> OpenedOffice:
    from ui.app import open_office  # slow to load

    return open_office(frame.data)
