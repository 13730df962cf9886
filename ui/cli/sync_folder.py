"""`motcua sync export/import/key/trust`: the exchange on a stick, for a commune without any line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.errors import KioskError, NotFoundError
from kiosk.services import folder_wait
from ui.cli.console import frame, show
from ui.i18n.errors import explain

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork
    from sync.connection import Connection
    from sync.folder.hear import Ear, Hear, Heard
    from sync.folder.keys import KnownCards, OwnKeys
    from sync.folder.pack import Brought, Load
    from sync.routes import Routes
    from ui.app import OpenedOffice

MB = 1024 * 1024
KEY_FILE = "khoa-cong-khai-{code}.json"

StickArgument = Annotated[Path, typer.Argument(help="Thư mục trên USB.")]
ConnectionOption = Annotated[str, typer.Option("--connection", help="Tên kết nối trong cấu hình.")]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Thay khóa cũ, sau khi đã gọi điện so dấu khóa.")]


def register(sync_app: typer.Typer) -> None:
    sync_app.command("export")(export)
    sync_app.command("import")(take_home)
    sync_app.command("key")(key)
    sync_app.command("trust")(trust)


def export(
    folder: StickArgument,
    dossiers: Annotated[list[str] | None, typer.Option("--dossier", help="Chỉ hồ sơ này; có thể lặp lại.")] = None,
    connection: ConnectionOption = "",
    max_size: Annotated[int, typer.Option("--max-size", min=0, help="Nhiều nhất bao nhiêu MB; 0: hết chỗ trống.")] = 0,
    again: Annotated[bool, typer.Option("--again", help="Cả những gì nằm trong gói chưa có biên nhận.")] = False,
    new_epoch: Annotated[
        bool, typer.Option("--new-epoch", help="Sau khi khôi phục dữ liệu từ bản sao lưu: mở kỳ gói mới.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Tệp JSON và PDF không khóa, khi tỉnh không có Một Cửa để mở gói.")
    ] = False,
) -> None:
    """Ghi những gì tỉnh chưa nhận ra USB thành gói đã khóa và ký; rút USB giữa chừng thì chạy lại để ghi tiếp."""
    with _open() as office:
        if new_epoch:
            folder_wait.raise_epoch(office.units(), actor=office.actor, now=office_now())
        if plain:
            _plain(office, folder, dossiers or [], connection)
            return
        loads = _loads(office, dossiers or [], connection, again=again)
        done = [_brought(office, load, folder, max_size) for load in loads]
        data: dict[str, Any] = {"folder": str(folder), **_total(done)}
        data["bundles"] = [b.folder for b in done if b.bundle]
        show(data, "\n".join(_told(b) for b in done) + _hints(data))


def take_home(folder: StickArgument) -> None:
    """Nhận biên nhận, trạng thái và kết quả mà tỉnh ghi trên USB; chạy lại nhiều lần cũng không sao."""
    from sync.folder.errors import NothingToBringError

    with _open() as office:
        ear = _ear(office)
        places = ear.answers(folder)
        if not places:
            raise NothingToBringError(folder=str(folder))
        heard: list[Heard] = []
        failed: list[KioskError] = []
        for place in places:
            try:
                heard.append(ear.take(place))
            except KioskError as problem:
                failed.append(problem)  # one bad answer must not keep the others on the stick
        if failed and not heard:
            raise failed[0]
        told = [explain(problem, frame.lang) for problem in failed]
        show(
            {"answers": [_heard(h) for h in heard], "problems": [asdict(t) for t in told]},
            "\n".join([*map(_heard_words, heard), *(f"{t.message} {t.fix}" for t in told)]),
        )
        if failed:
            raise typer.Exit(failed[0].exit_code)


def key(
    out: Annotated[Path | None, typer.Option("--out", help="Thư mục để ghi tệp khóa công khai.")] = None,
) -> None:
    """Dấu khóa của đơn vị; với --out ghi tệp khóa công khai để đưa cho tỉnh."""
    with _open() as office:
        own = _own(office)
        show_card(own, out, office.facts.agency_code)


def trust(
    file: Annotated[Path, typer.Argument(help="Tệp khóa công khai của tỉnh.")],
    connection: ConnectionOption = "",
    replace: ReplaceOption = False,
) -> None:
    """Tin khóa công khai của tỉnh, sau khi so dấu khóa qua điện thoại."""
    from sync.folder.keys import read_card

    with _open() as office:
        place = connection or _connections(office, "")[0].name
        card = read_card(file)
        _partners(office).trust(card, place, instead=replace)
        show(
            {"connection": place, "name": card.name, "fingerprint": card.fingerprint},
            f"Đã tin khóa của {card.name} cho kết nối “{place}”. Dấu khóa: {card.fingerprint}\n"
            "Gọi điện cho tỉnh, đọc dấu khóa này; nếu khác, không dùng.",
        )


def stick_data(look: UnitOfWork, routes: Routes, now: datetime) -> dict[str, Any]:
    """How much waits to be carried; all zero where every procedure has a line. Inside a `with`."""
    return asdict(folder_wait.waiting(look, routes.is_carried, now))


def stick_words(data: dict[str, Any]) -> list[str]:
    if not data["dossiers"]:
        return []
    return [
        f"Chờ mang đi bằng USB: {data['dossiers']} hồ sơ, {data['size'] / MB:.1f} MB, lâu nhất "
        f"{data['oldest_seconds'] // 86_400} ngày; {data['on_sticks']} hồ sơ đã ghi, chưa có biên nhận."
    ]


def show_card(own: OwnKeys, out: Path | None, code: str) -> None:
    """The fingerprint, and the public keys as a file when a folder is named."""
    from sync.folder.pack import write_card
    from sync.folder.stick import Stick

    name = KEY_FILE.format(code=code)
    if out is not None:
        write_card(Stick(out), own, name)
    card = own.card
    data = {**asdict(card), "fingerprint": card.fingerprint, "file": str(out / name) if out else None}
    where = f"\nĐã ghi {out / name}; đưa tệp này cho bên kia và đọc dấu khóa qua điện thoại." if out else ""
    show(data, f"{card.name}\nDấu khóa: {card.fingerprint}{where}")


def _open() -> OpenedOffice:
    from ui.app import open_office  # slow to load

    return open_office(frame.data)


def _own(office: OpenedOffice) -> OwnKeys:
    from sync.folder.keys import OwnKeys

    return OwnKeys(office.bundle_key, office.facts.name, office.facts.agency_code)


def _partners(office: OpenedOffice) -> KnownCards:
    from sync.folder.keys import KnownCards

    return KnownCards(office.paths.root / "province-keys")


def _connections(office: OpenedOffice, name: str) -> list[Connection]:
    """Those that a folder carries; where the settings name none, every one; without settings, one that takes all."""
    from sync.connection import Connection
    from sync.messages.forms import Generation
    from sync.routes import routes_of

    known = list(routes_of(office.config.provinces, office.facts.agency_code).connections)
    if not known:
        known = [Connection("", office.facts.agency_code, name="tinh", generation=Generation.FILES)]
    if name and all(c.name != name for c in known):
        raise NotFoundError(what="kết nối", key=name)
    return [c for c in known if c.name == name] if name else [c for c in known if not c.is_line] or known


def _loads(office: OpenedOffice, wanted: Sequence[str], name: str, *, again: bool) -> list[Load]:
    """Raises: NoPartnerKeyError for the first connection whose public key is not here, when none has one."""
    from sync.folder.pack import Load

    connections, partners = _connections(office, name), _partners(office)
    with_key = [c for c in connections if partners.get(c.name) is not None]
    if not with_key:
        partners.require(connections[0].name)
    routed = _keys_by_connection(office, wanted)
    return [
        Load(c, partners.require(c.name), routed.get(c.name, []), again or bool(wanted))
        for c in with_key
        if routed.get(c.name) or len(with_key) == 1
    ]


def _keys_by_connection(office: OpenedOffice, wanted: Sequence[str]) -> dict[str, list[str]]:
    """wanted: keys or codes; () for all that wait. Raises: NotFoundError."""
    from sync.errors import BrokenConnectionError, NoProvinceError
    from sync.routes import Routes

    routes = Routes(tuple(_connections(office, ""))) if not office.config.provinces else _routes(office)
    found: dict[str, list[str]] = {}
    with office.reads() as look:
        keys = [look.dossiers.get(one).key for one in wanted] or folder_wait.waiting_keys(look)
        for one in keys:
            try:
                name = routes.connection(look.dossiers.get(one).procedure_code).name
            except (NoProvinceError, BrokenConnectionError):
                continue
            found.setdefault(name, []).append(one)
    return found


def _routes(office: OpenedOffice) -> Routes:
    from sync.routes import routes_of

    return routes_of(office.config.provinces, office.facts.agency_code)


def _brought(office: OpenedOffice, load: Load, folder: Path, max_size: int) -> Brought:
    from filelock import FileLock

    from sync.folder.pack import Packer
    from sync.folder.stick import Stick

    packer = Packer(office.units, office.vault, _own(office), office.facts.name, office.actor, office_now)
    with FileLock(office.paths.root / ".export.lock"):
        return packer.bring(load, Stick(folder), max_size * MB if max_size else None)


def _plain(office: OpenedOffice, folder: Path, wanted: Sequence[str], name: str) -> None:
    from sync.folder.plain import export_plain
    from sync.folder.stick import Stick

    chosen = _connections(office, name)[0]
    with office.reads() as look:
        keys = [look.dossiers.get(one).key for one in wanted] or folder_wait.waiting_keys(look)
    done = export_plain(office.reads, office.vault, keys, Stick(folder), chosen, office.facts.name, office_now)
    text = (
        f"Đã xuất {done.dossiers} hồ sơ, {done.progress} bước xử lý, {done.files} tệp vào {folder}.\n"
        "Các tệp này KHÔNG được khóa: giữ USB như giữ hồ sơ giấy. Không có gì được tính là đã gửi."
    )
    show({"folder": str(folder), **asdict(done)}, text + _problem_lines(done.problems))


def _ear(office: OpenedOffice) -> Ear:
    from sync.folder.hear import Ear

    return Ear(office.units, _own(office), _partners(office), _hearer(office), office.actor, office_now)


def _hearer(office: OpenedOffice) -> Hear:
    from sync.folder.home import Home
    from ui.results import checked_result

    home = Home(office.units, office.vault, office_now, checked_result)

    def hear(name: str, items: Sequence[Mapping[str, Any]], cursor: str) -> int:
        [connection] = _connections(office, name)
        return home.hear(connection, items, cursor)

    return hear


def _total(done: Sequence[Brought]) -> dict[str, Any]:
    return {
        "dossiers": sum(b.dossiers for b in done),
        "progress": sum(b.steps for b in done),
        "files": sum(b.files for b in done),
        "size": sum(b.size for b in done),
        "kept_parts": sum(b.kept for b in done),
        "left": [k for b in done for k in b.left],
        "problems": {k: list(v) for b in done for k, v in b.problems.items()},
    }


def _told(brought: Brought) -> str:
    if brought.bundle is None:
        return "Không có hồ sơ nào mới để ghi."
    size = brought.size / MB
    return (
        f"Đã ghi gói {brought.folder}: {brought.dossiers} hồ sơ, {brought.steps} bước xử lý, {brought.files} tệp, "
        f"{size:.1f} MB."
    )


def _hints(data: dict[str, Any]) -> str:
    lines = ["", "Mang USB đến tỉnh; khi về chạy motcua sync import."] if data["bundles"] else []
    if data["left"]:
        lines.append(f"Còn {len(data['left'])} hồ sơ chưa đủ chỗ, sẽ ghi vào USB sau.")
    return "\n".join(lines) + _problem_lines(data["problems"])


def _problem_lines(problems: dict[str, Any]) -> str:
    lines = "".join(f"\n  {one}: {'; '.join(gaps)}" for one, gaps in problems.items())
    return f"\nChưa xuất được, cần sửa:{lines}" if lines else ""


def _heard(heard: Heard) -> dict[str, Any]:
    return {
        "bundle": heard.answer,
        "sent": heard.settled.sent,
        "refused": list(heard.settled.refused),
        "open": heard.settled.open,
        "news": heard.news,
        "again": heard.again,
    }


def _heard_words(heard: Heard) -> str:
    done = heard.settled
    if heard.again:
        return f"{heard.answer}: đã nhận trước đây, thêm {heard.news} tin mới."
    words = f"{heard.answer}: tỉnh đã ký nhận {done.sent} mục, {heard.news} tin từ tỉnh."
    if done.refused:
        words += f" Tỉnh từ chối {len(done.refused)} hồ sơ: {', '.join(done.refused)}."
    if done.open:
        words += f" {done.open} mục không có trong biên nhận, vẫn chờ gửi."
    return words
