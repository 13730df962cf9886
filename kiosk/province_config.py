"""Settings of one connection to another system: what systems in the field differ in is data here, not code."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ProvinceConfig(BaseModel):
    """One `[[provinces]]` table. "" and None stand for "as the generation does it" (docs/exchange.md).

    generation: "g1" one address with an envelope, "g15" bare arrays, "g2" OAuth and codes of the server, "files" no
    line at all: a folder. procedures: codes, or beginnings of codes, that go here; () for all that no other connection
    takes. agency_code: "" for the office's own. paths: operation -> path below the URL, where it differs.

    envelope, flag, agency_query: whether data stands inside an object with `madonvi` and `service`; where isUpdating
    stands; name of the query parameter that carries the agency, "" for none.
    auth: username is the login name, or the client_id with "oauth"; the secret is never here but in secret_file, a
    systemd credential or the keyring, under secret_name ("" for the connection's name). token_body: how OAuth asks.
    ca_file: the one CA that is trusted; client_cert, client_key: of this office, where the province asks for them.
    success_codes, success_pattern: what a yes is, "" for no words; code_names, message_names, wrapped_in: members of a
    reply: its code, its words, and a whole reply as text.
    owner_kinds: "citizen", "company", "state_body", "organisation" -> LoaiDoiTuong there. databases: our name of a
    national database -> its MaCSDL there. field_codes: name of a field -> its code, for procedures whose catalogue
    entry has none. services: procedure -> MaDichVuCong. allot_by: what a new code is asked for with.
    calls_per_minute: at most, 0 for no bound; news_every_s: how often the province is asked what it decided.
    dossiers_at_once: new ones in one call, where the generation takes arrays. compresses: whether the province reads
    bodies with Content-Encoding: gzip; only its own people know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "tinh"
    generation: Literal["g1", "g15", "g2", "files"] = "g15"
    url: str = ""
    agency_code: str = ""
    procedures: tuple[str, ...] = ()
    paths: dict[str, str] = {}
    headers: dict[str, str] = {}

    envelope: bool | None = None
    flag: Literal["", "body", "query", "url"] = ""
    agency_query: str = ""

    auth: Literal["", "none", "bearer", "session", "oauth"] = ""
    username: str = ""
    secret_file: str = ""
    secret_name: str = ""
    token_body: Literal["json", "form"] = "json"

    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""

    success_codes: tuple[int, ...] = ()
    success_pattern: str | None = None
    code_names: tuple[str, ...] = ()
    message_names: tuple[str, ...] = ()
    wrapped_in: tuple[str, ...] = ()

    timeout_s: float = Field(default=60, gt=0, le=600)
    connect_s: float = Field(default=10, gt=0, le=60)
    settle_s: float = Field(default=30, ge=0, le=600)

    owner_kinds: dict[Literal["citizen", "company", "state_body", "organisation"], str] = {}
    databases: dict[str, str] = {}
    field_codes: dict[str, str] = {}
    services: dict[str, str] = {}
    submitted_to: str = "2"
    unpaid_online: Literal["0", "3"] = "3"
    paid_online: Literal["1", "2"] = "2"
    identity_required: bool = True
    allot_by: Literal["agency", "procedure"] = "agency"

    calls_per_minute: int = Field(default=600, ge=0, le=60_000)
    news_every_s: float = Field(default=15, ge=0, le=3600)
    dossiers_at_once: int = Field(default=100, ge=1, le=1000)
    compresses: bool = False


class ListenConfig(BaseModel):
    """Where `motcua sync listen` waits for what a province pushes. host: loopback, or an address of this machine, then
    with cert_file and key_file. connection: name of the `[[provinces]]` it belongs to, "" for the first.

    Who pushes shows that it may: by a shared secret (secret_file, or kept under secret_name), by a certificate that
    client_ca signed, or by both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8767, ge=0, le=65535)
    connection: str = ""
    secret_file: str = ""
    secret_name: str = "listen"
    cert_file: str = ""
    key_file: str = ""
    client_ca: str = ""
    largest_mb: int = Field(default=16, ge=1, le=200)
