"""One connection to a province: where, how to log in, how it says yes, how long to wait. Frozen once built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.config import ProvinceConfig
from sync.errors import BadConnectionError
from sync.messages.codes import is_agency_code
from sync.messages.profile import Profile
from sync.outcome import SuccessRule

CONNECT_LONGEST_S = 10.0
SETTLE_LONGEST_S = 30.0


@dataclass(frozen=True)
class Paths:
    """Below the base URL. files: `/{sha256}` is added."""

    insert: str = "/DongBoHoSoMC/ThemMoi"
    update: str = "/DongBoHoSoMC/CapNhat"
    progress: str = "/CapNhatTienDoHoSoMC"
    lookup: str = "/TraCuuHoSo"
    files: str = "/TepTin"
    changes: str = "/TrangThaiHoSo"
    login: str = "/DangNhap"


@dataclass(frozen=True)
class Auth:
    """kind: "none", "bearer" (secret is the token) or "session" (log in with the secret, then a header)."""

    kind: str = "none"
    username: str = ""
    secret: str = field(default="", repr=False)
    header: str = "session"


@dataclass(frozen=True)
class Timeouts:
    """Seconds. settle: after a lost reply, how long a "not found" is not believed: the server may still be at it."""

    connect_s: float = CONNECT_LONGEST_S
    read_s: float = 60.0
    settle_s: float = SETTLE_LONGEST_S


@dataclass(frozen=True)
class Connection:
    """name: for people. procedures: codes or beginnings of codes that go here, () for all that nobody else takes.

    verify: False only for a test line; ca_file: pinned CA of the province, "" for the system's.
    """

    base_url: str
    agency_code: str
    name: str = "tỉnh"
    procedures: tuple[str, ...] = ()
    paths: Paths = field(default_factory=Paths)
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: Auth = field(default_factory=Auth)
    rule: SuccessRule = field(default_factory=SuccessRule)
    profile: Profile = field(default_factory=Profile)
    timeouts: Timeouts = field(default_factory=Timeouts)
    verify: bool = True
    ca_file: str = ""

    def __post_init__(self) -> None:
        """Raises: BadConnectionError naming the setting."""
        if not _is_web_address(self.base_url):
            raise BadConnectionError(field="url", value=self.base_url)
        if not is_agency_code(self.agency_code):
            raise BadConnectionError(field="agency_code", value=self.agency_code)
        if self.ca_file and not Path(self.ca_file).is_file():
            raise BadConnectionError(field="ca_file", value=self.ca_file)
        for pattern in (self.rule.done, self.rule.exists, self.rule.absent, self.rule.busy, self.rule.signed_out):
            if not _is_pattern(pattern):
                raise BadConnectionError(field="success_pattern", value=pattern)


def connection_of(config: ProvinceConfig, agency_code: str) -> Connection:
    """The connection that the configuration describes. Raises: BadConnectionError, also for a missing secret."""
    codes = frozenset(config.success_codes)
    rule = SuccessRule(success_codes=codes, needs_words=bool(config.success_pattern))
    if codes != SuccessRule.success_codes:
        rule = replace(rule, worded_codes=frozenset())  # its own codes, so nobody else's habits
    if config.success_pattern not in ("", "thành công"):
        rule = replace(rule, done=config.success_pattern)
    return Connection(
        base_url=config.url.rstrip("/"),
        agency_code=config.agency_code or agency_code,
        name=config.name,
        procedures=tuple(config.procedures),
        paths=_paths(config.paths),
        headers=dict(config.headers),
        auth=Auth(config.auth, config.username, _secret(config)),
        rule=rule,
        profile=Profile(field_codes=dict(config.field_codes)),
        timeouts=Timeouts(
            min(CONNECT_LONGEST_S, config.timeout_s), config.timeout_s, min(SETTLE_LONGEST_S, config.timeout_s)
        ),
        ca_file=config.ca_file,
    )


def _paths(given: Mapping[str, str]) -> Paths:
    try:
        return Paths(**given)
    except TypeError:
        raise BadConnectionError(field="paths", value=", ".join(given)) from None


def _secret(config: ProvinceConfig) -> str:
    """From a file that only the office's account can read (a systemd credential, say), never from the settings."""
    if config.auth == "none":
        return ""
    try:
        secret = Path(config.secret_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        raise BadConnectionError(field="secret_file", value=config.secret_file)
    return secret


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
