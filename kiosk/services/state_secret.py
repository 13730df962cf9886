"""State secrets (bí mật nhà nước) are never scanned and never sent: NĐ 118/2025 Art 18.2. docs/legal.md#state-secret.

A whole dossier is marked so at its intake, a single paper in the catalogue (`Component.secret`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.domain.dossier import Dossier, StateSecretError
from kiosk.domain.scan import Document, ScannedPage
from kiosk.errors import NotFoundError

if TYPE_CHECKING:
    from kiosk.services.ports import UnitOfWork


def refuse_secret(look: UnitOfWork, owner: str, component: str = "") -> None:
    """Before a page is kept, or given to a paper. owner: dossier key or draft key; component: "" for no paper yet.

    Inside a `with`. Raises: StateSecretError.
    """
    dossier = _home(look, owner)
    if dossier is None:
        _refuse_for_draft(look, owner, component)
    elif dossier.state_secret or component in secret_papers(dossier):
        raise StateSecretError


def refuse_scanned(dossier: Dossier, pages: Sequence[ScannedPage]) -> None:
    """Before a dossier is received with the pages of its draft. Raises: StateSecretError."""
    hidden = secret_papers(dossier)
    if (dossier.state_secret and pages) or any(page.component in hidden for page in pages):
        raise StateSecretError


def secret_papers(dossier: Dossier) -> frozenset[str]:
    """Codes of the papers that stay paper."""
    return frozenset(p.component.code for p in dossier.papers if p.component.secret)


def may_be_sent(dossier: Dossier, documents: Sequence[Document]) -> list[Document]:
    """What another system may get: nothing of a secret dossier, and no document of a secret paper."""
    hidden = secret_papers(dossier)
    return [] if dossier.state_secret else [d for d in documents if d.component not in hidden]


def _home(look: UnitOfWork, owner: str) -> Dossier | None:
    if (of_draft := look.dossiers.by_draft(owner)) is not None:
        return of_draft
    try:
        return look.dossiers.get(owner)
    except NotFoundError:
        return None


def _refuse_for_draft(look: UnitOfWork, owner: str, component: str) -> None:
    draft = look.drafts.get(owner)
    if draft is None:
        return
    code, day = str(draft.data.get("procedure", "")), draft.updated_at.date()
    procedure = look.procedures.current(code, day) if code and component else None
    hidden = {c.code for c in procedure.components if c.secret} if procedure else set()
    if draft.data.get("state_secret") or component in hidden:
        raise StateSecretError
