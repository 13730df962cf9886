"""Before sending: what is missing or malformed, and what the index counts, in the officer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.errors import IncompleteMessageError
from sync.messages import g15_table
from sync.messages.profile import Profile
from sync.messages.table import Table, malformed, missing, uncounted


def missing_fields(message: Mapping[str, Any], profile: Profile, table: Table = g15_table.DOSSIER) -> list[str]:
    """Vietnamese names of what must be mended before this can be sent, in the order of the form; [] when complete."""
    return [*missing(message, table, profile), *malformed(message, table, profile)]


def index_warnings(message: Mapping[str, Any], profile: Profile, table: Table = g15_table.DOSSIER) -> list[str]:
    """Optional fields that the service-quality index counts (QĐ 766/QĐ-TTg) and that are still empty."""
    return uncounted(message, table, profile)


def require_complete(message: Mapping[str, Any], profile: Profile, table: Table = g15_table.DOSSIER) -> None:
    """Raises: IncompleteMessageError naming every problem at once."""
    if problems := missing_fields(message, profile, table):
        raise IncompleteMessageError(reason="; ".join(problems))
