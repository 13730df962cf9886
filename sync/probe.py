"""Trying a connection step by step, so that whoever sets it up learns which step fails. Changes nothing anywhere."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.clock import OFFICE_ZONE, Clock
from kiosk.errors import KioskError, RejectedSyncError, TransientSyncError
from sync.certificates import Shown, address_of, kept_in, shown_by
from sync.clients import client_of
from sync.clocks import clock_off, read_date
from sync.connection import Connection
from sync.errors import (
    BusyProvinceError,
    CertificateTimeError,
    LineDownError,
    NotAProvinceError,
    SignedOutError,
    UnknownHostError,
)
from sync.line import Line
from sync.login import Login, is_web_page
from sync.outcome import Answer
from sync.tls import failure_of, verification

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """name: of STEP_WORDS. detail: what was seen, in Vietnamese; failure: why it failed, None when it did not;
    is_warning: worth a look, but dossiers would go."""

    name: str
    detail: str = ""
    failure: KioskError | None = None
    is_warning: bool = False
    seconds: float = 0.0

    @property
    def is_ok(self) -> bool:
        return self.failure is None


STEP_WORDS = {
    "settings": "Cấu hình",
    "host": "Tìm tên máy chủ",
    "port": "Mở cổng",
    "tls": "Bảo mật đường truyền (TLS)",
    "clock": "Đồng hồ",
    "login": "Đăng nhập",
    "ask": "Hỏi thử một hồ sơ",
    "news": "Hỏi tin mới",
}


def try_line(connection: Connection, clock: Clock) -> Iterator[Step]:
    """The steps in order, as they end; after a failure that the next ones cannot do without, no more."""
    for step in (_host, _port, _tls):
        done = _timed(step, connection, clock)
        yield done
        if not done.is_ok:
            return
    yield (clocks := _timed(_clock, connection, clock))
    if isinstance(clocks.failure, NotAProvinceError | LineDownError):
        return
    yield (login := _timed(_login, connection, clock))
    if not login.is_ok:
        return
    yield (asked := _timed(_ask, connection, clock))
    if asked.is_ok:
        yield _timed(_news, connection, clock)


def _timed(act: Callable[[Connection, Clock], Step], connection: Connection, clock: Clock) -> Step:
    start = time.monotonic()
    step = act(connection, clock)
    return Step(step.name, step.detail, step.failure, step.is_warning, time.monotonic() - start)


def _host(connection: Connection, _: Clock) -> Step:
    host, port = address_of(connection)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        return Step("host", failure=UnknownHostError(connection=connection.name, reason=host))
    return Step("host", f"{host} là {', '.join(dict.fromkeys(str(f[4][0]) for f in found))}")


def _port(connection: Connection, _: Clock) -> Step:
    host, port = address_of(connection)
    try:
        socket.create_connection((host, port), connection.timeouts.connect_s).close()
    except OSError:
        return Step("port", f"cổng {port}", LineDownError(connection=connection.name))
    return Step("port", f"cổng {port} mở")


def _tls(connection: Connection, clock: Clock) -> Step:
    if not connection.base_url.startswith("https"):
        secret = connection.auth.kind != "none"
        words = "không mã hóa: mật khẩu và hồ sơ đi qua mạng ở dạng đọc được" if secret else "không mã hóa"
        return Step("tls", words, is_warning=True)
    host, port = address_of(connection)
    context = verification(connection)
    assert isinstance(context, ssl.SSLContext)
    try:
        with (
            socket.create_connection((host, port), connection.timeouts.connect_s) as plain,
            context.wrap_socket(plain, server_hostname=host) as wrapped,
        ):
            version = wrapped.version() or ""
    except OSError as error:
        seen, now = shown_by(connection), clock()
        failure = failure_of(error, connection)
        off = clock_off(seen.told_at, now) if seen else None
        if isinstance(failure, CertificateTimeError) and off is not None:
            return Step("tls", _seen(seen, now), off)
        return Step("tls", _seen(seen, now), failure)
    return _trusted(version, connection, clock())


def _trusted(version: str, connection: Connection, now: datetime) -> Step:
    seen = shown_by(connection)
    mine = kept_in(Path(connection.tls.client_cert)) if connection.tls.client_cert else None
    ends = [words for words in (_ends("chứng thư của tỉnh", seen, now), _ends("chứng thư của xã", mine, now)) if words]
    return Step("tls", "; ".join([version, *ends]), is_warning=any("chỉ còn" in e or "đã hết" in e for e in ends))


def _ends(whose: str, shown: Shown | None, now: datetime) -> str:
    if shown is None:
        return ""
    until = f"{shown.valid_to.astimezone(OFFICE_ZONE):%d/%m/%Y}"
    if shown.valid_to < now:
        return f"{whose} đã hết hạn ngày {until}"
    left = shown.valid_to - now
    return f"{whose} chỉ còn {left.days} ngày, đến {until}" if left < SOON else f"{whose} còn hạn đến {until}"


def _seen(shown: Shown | None, now: datetime) -> str:
    """What the server's certificate says, for whoever has to tell the province."""
    if shown is None:
        return "máy chủ không đưa chứng thư"
    days = [f"{at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}" for at in (shown.valid_from, shown.valid_to)]
    return (
        f"chứng thư của {', '.join(shown.names)}, do {shown.issuer} ký, hiệu lực {days[0]} đến {days[1]}; "
        f"giờ máy này {now.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
    )


def _clock(connection: Connection, clock: Clock) -> Step:
    """By the time that the server writes on its answers; the first real request, so a web site is seen here too."""
    try:
        with Line(connection) as line:
            answer, now = line.send("GET", connection.paths.changes), clock()
    except TransientSyncError as trouble:
        return Step("clock", failure=trouble)
    if is_web_page(answer) and answer.status in (200, 301, 302, 303, 307, 308):
        return Step("clock", failure=NotAProvinceError(connection=connection.name, reason=connection.base_url))
    return _compared(answer, now)


def _compared(answer: Answer, now: datetime) -> Step:
    theirs = read_date(answer.headers.get("date", ""))
    if theirs is None:
        return Step("clock", "máy chủ không cho biết giờ của nó")
    return Step("clock", "" if (off := clock_off(theirs, now)) else "khớp giờ của tỉnh", off)


def _login(connection: Connection, _: Clock) -> Step:
    if connection.auth.kind in ("none", "bearer"):
        return Step("login", "không có bước đăng nhập riêng")
    try:
        with Line(connection) as line:
            login = Login(connection, line)
            login.headers()
            login.members()
    except KioskError as refused:
        return Step("login", f"tài khoản “{connection.auth.username}”", refused)
    return Step("login", f"tài khoản “{connection.auth.username}” được nhận")


def _ask(connection: Connection, _: Clock) -> Step:
    """For a dossier that cannot be there: the answer must be a clear no."""
    code = f"{connection.agency_code}-000101-00000"
    client = client_of(connection)
    try:
        client.lookup(code)
    except KioskError as trouble:
        return Step("ask", f"mã đơn vị {connection.agency_code}", trouble)
    finally:
        client.close()
    return Step("ask", f"tỉnh trả lời rõ ràng cho đơn vị {connection.agency_code}")


def _news(connection: Connection, _: Clock) -> Step:
    client = client_of(connection)
    try:
        client.changes("")
    except (SignedOutError, LineDownError) as trouble:
        return Step("news", failure=trouble)
    except (BusyProvinceError, TransientSyncError, RejectedSyncError):
        return Step("news", "tỉnh không có hàng đợi tin ở địa chỉ này; vẫn gửi được hồ sơ", is_warning=True)
    finally:
        client.close()
    return Step("news", "nhận được")
