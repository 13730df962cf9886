"""`motcua station …`: the machines of the office: let one in, join, list them, shut one out."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.domain.pairing import TRIES, grouped
from kiosk.domain.station import Station, StationKind
from kiosk.pairing.errors import ExpiredCodeError, SpentCodeError
from kiosk.pairing.host import PairingHost
from kiosk.pairing.invitation import Invitation, read_address, read_invitation
from ui.app import OpenedOffice, data_root, open_office
from ui.cli.console import UsageError, frame, show, tell
from ui.pairing.keep import NewStation, place_of
from ui.pairing.office import LiveStations
from ui.pairing.words import KINDS, explained, state_of

LOOK_S = 0.2


def register(app: typer.Typer) -> None:
    area = typer.Typer(help="Các máy của cơ quan: ghép máy mới, danh sách, ngắt máy.", no_args_is_help=False)
    for name, command in (("pair", pair), ("join", join), ("list", list_stations), ("revoke", revoke)):
        area.command(name)(command)
    app.add_typer(area, name="station")


def pair(
    kind: Annotated[StationKind, typer.Option(help="Loại máy: kiosk, display, rating hoặc desk.")] = StationKind.KIOSK,
    name: Annotated[str, typer.Option(help="Tên máy, ví dụ kiosk-1; để trống thì tự đặt.")] = "",
    counter: Annotated[str, typer.Option(help="Mã quầy của máy ở quầy hay màn hình đánh giá.")] = "",
    address: Annotated[str, typer.Option(help="Chỉ nghe ở địa chỉ này; mặc định theo cấu hình.")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Cổng; 0: mặc định theo cấu hình.")] = 0,
) -> None:
    """Hiện mã để một máy mới ghép vào cơ quan; mã có hiệu lực 10 phút, dùng một lần."""
    with open_office(frame.data) as office:
        stations = LiveStations(_placed(office, address, port), office.actor)
        host = stations.invite(kind, name, counter)
        try:
            there = {s.name for s in stations.all() if s.revoked_at is None}
            _show_invitation(host, replaces=host.offer.name in there)
            _wait(host)
        finally:
            host.close()
        tell(f"Đã ghép máy {host.offer.name}.")


def join(
    code: Annotated[str, typer.Argument(help="Mã trên màn hình quầy, hoặc nội dung mã QR.")] = "",
    address: Annotated[str, typer.Option(help="Địa chỉ quầy, dạng 192.168.1.10:27110, khi không tự tìm được.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Ghép lại máy đã có cấu hình.")] = False,
    window: Annotated[bool, typer.Option("--window", help="Mở trang nhập mã.")] = False,
    first: Annotated[bool, typer.Option("--first", hidden=True)] = False,
) -> None:
    """Ghép máy này vào cơ quan bằng mã đang hiện ở quầy."""
    root = data_root(frame.data)
    if window:
        from ui.pairing.window import ask_for_code

        raise typer.Exit(ask_for_code(NewStation(root, again), may_be_alone=first))
    if not code:
        raise UsageError(problem="còn thiếu mã; xem mã trên màn hình quầy, hoặc thêm --window để mở trang nhập mã")
    invitation = read_invitation(code)
    if address:
        invitation = Invitation(invitation.code, (read_address(address),))
    bundle = NewStation(root, again).join(invitation)
    data = {
        "station": bundle.name,
        "kind": bundle.kind.value,
        "counter": bundle.counter,
        "letter": bundle.letter,
        "epoch": bundle.epoch,
        "office": bundle.office,
        "database": place_of(bundle.database),
        "office_key": bool(bundle.office_key),
        "config": str(Path(root) / "config.toml"),
    }
    show(data, "\n".join(explained(bundle)))


def list_stations() -> None:
    """Các máy của cơ quan và tình trạng của chúng."""
    now = office_now()
    with open_office(frame.data) as office:
        stations = LiveStations(office, office.actor).all()
    lines = [_in_columns(s, state_of(s, now)[1]) for s in stations]
    show({"stations": [_row(s) for s in stations]}, "\n".join(lines) or "Chưa ghép máy nào.")


def revoke(name: Annotated[str, typer.Argument(help="Tên máy.")]) -> None:
    """Ngắt một máy khỏi cơ quan."""
    with open_office(frame.data) as office:
        LiveStations(office, office.actor).revoke(name)
    show({"revoked": name}, f"Đã ngắt máy {name}. Muốn dùng lại thì ghép lại bằng mã mới.")


def _placed(office: OpenedOffice, address: str, port: int) -> OpenedOffice:
    place = office.config.pairing
    wanted = place.model_copy(update={"address": address or place.address, "port": port or place.port})
    return replace(office, config=office.config.model_copy(update={"pairing": wanted}))


def _show_invitation(host: PairingHost, *, replaces: bool) -> None:
    offer, invitation = host.offer, Invitation(host.code, host.addresses)
    data = {
        "name": offer.name,
        "kind": offer.kind.value,
        "counter": offer.counter,
        "code": grouped(host.code),
        "qr": invitation.text,
        "addresses": [f"{place}:{port}" for place, port in host.addresses],
        "until": offer.until,
        "replaces": replaces,
    }
    import segno

    picture = io.StringIO()
    segno.make(invitation.text, error="m", micro=False).terminal(out=picture, compact=True)
    places = ", ".join(data["addresses"]) if isinstance(data["addresses"], list) else ""
    stands = f", quầy {offer.counter}" if offer.counter else ""
    old = f"\nĐã có máy tên {offer.name}: máy mới thay máy đó, máy cũ hết quyền ngay khi ghép." if replaces else ""
    key = "\nMáy này sẽ nhận cả khóa của cơ quan để đọc giấy tờ." if offer.kind is StationKind.DESK else ""
    show(
        data,
        f"{picture.getvalue()}\nMã ghép {KINDS[offer.kind].lower()} {offer.name}{stands}:  {grouped(host.code)}\n"
        f"Có hiệu lực đến {offer.until.astimezone(OFFICE_ZONE):%H:%M:%S}, dùng một lần. Quầy ở {places}.{old}{key}\n"
        f"Ở máy mới: quét mã QR, hoặc gõ mã vào trang ghép máy (motcua station join MÃ).",
    )


def _wait(host: PairingHost) -> None:
    """Until a machine is in. Raises: ExpiredCodeError, SpentCodeError, and why the office could not take it in."""
    while host.is_open:
        if host.failure is not None:
            raise host.failure
        time.sleep(LOOK_S)
    if host.offer.is_spent:
        raise SpentCodeError(tries=TRIES)
    if not host.offer.kept:
        raise ExpiredCodeError


def _in_columns(station: Station, state: str) -> str:
    letter, version = station.letter or "–", station.version or "–"
    kind = f"{KINDS[station.kind]} {station.counter}"
    return f"{station.name:<14} {kind:<20} {letter:<3} {_seen(station):<15} {version:<8} {state}"


def _seen(station: Station) -> str:
    return f"{station.seen_at.astimezone(OFFICE_ZONE):%d/%m %H:%M:%S}" if station.seen_at else "chưa báo về"


def _row(station: Station) -> dict[str, object]:
    now = office_now()
    return {
        "name": station.name,
        "kind": station.kind.value,
        "counter": station.counter,
        "letter": station.letter,
        "epoch": station.epoch,
        "version": station.version,
        "enrolled_at": station.enrolled_at.isoformat(),
        "seen_at": station.seen_at.isoformat() if station.seen_at else None,
        "silent": station.is_silent(now),
        "clock_off_s": station.clock_off_s,
        "doubtful": station.is_doubtful,
        "revoked": station.revoked_at is not None,
        "state": state_of(station, now)[1],
    }
