"""Codes on the wire: dossier, agency, procedure, identity (docs/decisions/0004-exchange.md)."""

from __future__ import annotations

import re

from kiosk.domain.dossier import check_digit

# Old 13-character form (000.03.19.H26), or the current one (H26.107); QĐ 20/2020/QĐ-TTg as amended by 09/2025.
AGENCY = r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})"
_AGENCY = re.compile(AGENCY)
_DOSSIER = re.compile(rf"{AGENCY}-(?:\d{{6}}|\d{{8}})-\d{{4,7}}")
_NATIONAL_PROCEDURE = re.compile(r"\d\.\d{6}")


def is_agency_code(text: str) -> bool:
    return _AGENCY.fullmatch(text) is not None


def is_dossier_code(text: str) -> bool:
    """The usual form; other systems' free patterns exist and are accepted elsewhere with a warning."""
    return _DOSSIER.fullmatch(text) is not None


def provisional_code(agency: str, key: str) -> str:
    """Our key in the form that every province reads: "H26.107", "261123100078" -> "H26.107-261123-10007".

    The station's digit stays in front of the serial, so two stations never make the same code; the check digit goes.
    """
    return f"{agency}-{key[:6]}-{key[6:-1]}"


def key_of_provisional(agency: str, code: str) -> str:
    """The reverse of `provisional_code`; "" for a code that is not one of ours."""
    head, _, rest = code.partition(f"{agency}-")
    day, _, number = rest.partition("-")
    body = day + number
    if head or len(day) != 6 or len(number) < 5 or not (body.isascii() and body.isdigit()):
        return ""
    return body + check_digit(body)


def national_procedure(code: str) -> str:
    """ "1.000894.000.00.00.H26" -> "1.000894"; what has no national code in it is returned as it is."""
    found = _NATIONAL_PROCEDURE.match(code)
    return found.group() if found else code


def is_national_procedure(code: str) -> bool:
    return _NATIONAL_PROCEDURE.fullmatch(code) is not None


def identity_kind(number: str) -> str:
    """LoaiDinhDanh: "1" citizen number (12 digits), "2" old card (9 digits), "" for anything else: never guessed."""
    if number.isascii() and number.isdigit():
        return {12: "1", 9: "2"}.get(len(number), "")
    return ""
