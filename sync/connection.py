"""One connection to a province: where, how to log in, how it says yes, how long to wait. Frozen once built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sync.errors import BadConnectionError
from sync.messages.codes import is_agency_code
from sync.messages.forms import FORMS, Form, Generation
from sync.messages.profile import Profile
from sync.outcome import SuccessRule

CONNECT_LONGEST_S = 10.0
SETTLE_LONGEST_S = 30.0


@dataclass(frozen=True)
class Paths:
    """Below the base URL. files: `/{sha256}` is added; services: `/{name}` is added, but where an envelope names it.

    allot, create, status, upload, token: of G2 only; file_info: of G2, `/{sha256}` is added, "" where there is none.
    tus: where the province takes resumable uploads (docs/exchange.md#files), "" where it takes whole files only.
    """

    insert: str = "/DongBoHoSoMC/ThemMoi"
    update: str = "/DongBoHoSoMC/CapNhat"
    progress: str = "/CapNhatTienDoHoSoMC"
    lookup: str = "/TraCuuHoSo"
    files: str = "/TepTin"
    changes: str = "/TrangThaiHoSo"
    login: str = "/DangNhap"
    services: str = "/KetNoiMotCuaQuocGia"
    token: str = "/token"
    allot: str = "/GetNextValue"
    create: str = "/NoiHoSo"
    status: str = "/CapNhatTrangThai"
    upload: str = "/TaiTep"
    file_info: str = ""
    tus: str = ""


# G1 has one address for dossiers and one for catalogues; the envelope names the service.
G1_PATHS = Paths(
    **dict.fromkeys(("insert", "update", "progress", "lookup", "changes"), "/integration"),
    login="/auth",
    services="/share",
)
PATHS = {Generation.G1: G1_PATHS}


@dataclass(frozen=True)
class Auth:
    """kind: "none", "bearer" (secret is the token), "session" (log in with the secret; the session then stands in a
    header, or in the envelope) or "oauth" (username is the client_id). token_body: "json" or "form"."""

    kind: str = "none"
    username: str = ""
    secret: str = field(default="", repr=False)
    header: str = "session"
    token_body: str = "json"


@dataclass(frozen=True)
class Tls:
    """ca_file: the one CA that is trusted, "" for the system's; verify: False only for a test line.

    client_cert, client_key: PEM files of this office, for a province that asks who calls; "" for none.
    """

    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    verify: bool = True


@dataclass(frozen=True)
class Wrapping:
    """How entries travel. envelope: inside {"session", "madonvi", "service", "data"}, else a bare array.

    flag: where isUpdating stands: "url" (an address of its own for each), "query" or "body" (of the envelope).
    agency_query: name of the query parameter that carries the agency, "" for none.
    """

    envelope: bool = False
    flag: str = "url"
    agency_query: str = ""


@dataclass(frozen=True)
class Timeouts:
    """Seconds. settle: after a lost reply, how long a "not found" is not believed: the server may still be at it."""

    connect_s: float = CONNECT_LONGEST_S
    read_s: float = 60.0
    settle_s: float = SETTLE_LONGEST_S


@dataclass(frozen=True)
class Connection:
    """name: for people. procedures: codes or beginnings of codes that go here, () for all that nobody else takes.

    calls_per_minute: at most, 0 for no bound; news_every_s: seconds between two questions for news.
    dossiers_at_once: new ones in one call; compresses: the province reads bodies with Content-Encoding: gzip.
    """

    base_url: str
    agency_code: str
    name: str = "tỉnh"
    generation: Generation = Generation.G15
    procedures: tuple[str, ...] = ()
    paths: Paths = field(default_factory=Paths)
    headers: Mapping[str, str] = field(default_factory=dict)
    wrapping: Wrapping = field(default_factory=Wrapping)
    auth: Auth = field(default_factory=Auth)
    rule: SuccessRule = field(default_factory=SuccessRule)
    profile: Profile = field(default_factory=Profile)
    timeouts: Timeouts = field(default_factory=Timeouts)
    tls: Tls = field(default_factory=Tls)
    allot_by: str = "agency"
    calls_per_minute: int = 0
    news_every_s: float = 0.0
    dossiers_at_once: int = 100
    compresses: bool = False

    def __post_init__(self) -> None:
        """Raises: BadConnectionError naming the setting."""
        if self.is_line and not _is_web_address(self.base_url):
            raise BadConnectionError(field="url", value=self.base_url)
        if not is_agency_code(self.agency_code):
            raise BadConnectionError(field="agency_code", value=self.agency_code)
        for name in ("ca_file", "client_cert", "client_key"):
            file = getattr(self.tls, name)
            if file and not Path(file).is_file():
                raise BadConnectionError(field=name, value=file)
        if self.wrapping.flag == "body" and not self.wrapping.envelope:
            # A bare array has no place for it.
            raise BadConnectionError(field="flag", value="body")
        for pattern in (self.rule.done, self.rule.exists, self.rule.absent, self.rule.busy, self.rule.signed_out):
            if not _is_pattern(pattern):
                raise BadConnectionError(field="success_pattern", value=pattern)

    @property
    def is_line(self) -> bool:
        """False where a folder is carried instead."""
        return self.generation is not Generation.FILES

    @property
    def form(self) -> Form:
        return FORMS[self.generation]


def _is_web_address(text: str) -> bool:
    try:
        url = urlsplit(text)
        return url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:
        return False


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
