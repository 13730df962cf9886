"""From the configuration to connections: what a generation does by itself, then what the office set differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.province_config import ProvinceConfig
from sync.connection import PATHS, Auth, Connection, Paths, Timeouts, Tls, Wrapping
from sync.errors import BadConnectionError
from sync.messages.canonical import OwnerKind
from sync.messages.codes import is_agency_code
from sync.messages.forms import Generation
from sync.messages.profile import Profile
from sync.outcome import SuccessRule
from sync.secrets import Secrets, secret_of

USUAL_AUTH = {Generation.G1: "session", Generation.G2: "oauth"}
USUAL_WRAPPING = {Generation.G1: Wrapping(envelope=True, flag="body")}
# G2 answers with codes alone, and to a question for a code with nothing but the value.
G2_RULE = SuccessRule(success_codes=frozenset({0, 200}), needs_words=False, answers=("value", "data"))
USUAL_RULE = {Generation.G2: G2_RULE}
OWNER_KINDS = {
    "citizen": OwnerKind.CITIZEN,
    "company": OwnerKind.COMPANY,
    "state_body": OwnerKind.STATE_BODY,
    "organisation": OwnerKind.ORGANISATION,
}


def connection_of(config: ProvinceConfig, agency_code: str, secrets: Secrets | None = None) -> Connection:
    """The connection that the configuration describes. agency_code: of the office, where the settings name none.

    Raises: BadConnectionError naming the setting; MissingSecretError, NoKeyringError.
    """
    generation = Generation(config.generation)
    if config.agency_code and not is_agency_code(config.agency_code):
        raise BadConnectionError(field="agency_code", value=config.agency_code)
    return Connection(
        base_url=config.url.rstrip("/"),
        agency_code=config.agency_code or agency_code,
        name=config.name,
        generation=generation,
        procedures=tuple(config.procedures),
        paths=_paths(generation, config.paths),
        headers=dict(config.headers),
        wrapping=_wrapping(generation, config),
        auth=_auth(generation, config, secrets),
        rule=_rule(generation, config),
        profile=_profile(config),
        timeouts=Timeouts(
            min(config.connect_s, config.timeout_s), config.timeout_s, min(config.settle_s, config.timeout_s)
        ),
        tls=Tls(config.ca_file, config.client_cert, config.client_key),
        allot_by=config.allot_by,
        calls_per_minute=config.calls_per_minute,
        news_every_s=config.news_every_s,
        dossiers_at_once=config.dossiers_at_once,
        compresses=config.compresses,
    )


def _paths(generation: Generation, given: Mapping[str, str]) -> Paths:
    try:
        return replace(PATHS.get(generation, Paths()), **given)
    except TypeError:
        raise BadConnectionError(field="paths", value=", ".join(given)) from None


def _wrapping(generation: Generation, config: ProvinceConfig) -> Wrapping:
    usual = USUAL_WRAPPING.get(generation, Wrapping())
    envelope = usual.envelope if config.envelope is None else config.envelope
    flag = config.flag or (usual.flag if envelope == usual.envelope else "body" if envelope else "url")
    return Wrapping(envelope, flag, config.agency_query)


def _auth(generation: Generation, config: ProvinceConfig, secrets: Secrets | None) -> Auth:
    kind = config.auth or USUAL_AUTH.get(generation, "none")
    secret = "" if kind == "none" or generation is Generation.FILES else secret_of(config, secrets)
    return Auth(kind, config.username, secret, token_body=config.token_body)


def _rule(generation: Generation, config: ProvinceConfig) -> SuccessRule:
    rule = USUAL_RULE.get(generation, SuccessRule())
    codes = frozenset(config.success_codes)
    if codes and codes != rule.success_codes:
        rule = replace(rule, success_codes=codes, worded_codes=frozenset())  # its own codes, so nobody else's habits
    if config.success_pattern is not None:
        rule = replace(rule, needs_words=bool(config.success_pattern))
    if config.success_pattern not in (None, "", "thành công"):
        rule = replace(rule, done=config.success_pattern)
    names = {n: getattr(config, n) for n in ("code_names", "message_names", "wrapped_in") if getattr(config, n)}
    return replace(rule, **names)


def _profile(config: ProvinceConfig) -> Profile:
    return Profile(
        submitted_to=config.submitted_to,
        unpaid_online=config.unpaid_online,
        paid_online=config.paid_online,
        identity_required=config.identity_required,
        field_codes=dict(config.field_codes),
        owner_kinds={OWNER_KINDS[name]: value for name, value in config.owner_kinds.items()},
        databases=dict(config.databases),
        services=dict(config.services),
    )
