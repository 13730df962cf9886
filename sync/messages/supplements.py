"""The times that papers were asked for, out of the dossier's own log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain import life
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Event
from kiosk.domain.life import DossierState
from kiosk.services.exchange import Snapshot
from sync.messages.canonical import SentComponent, Supplement


def supplements_of(snapshot: Snapshot, components: Sequence[SentComponent]) -> tuple[Supplement, ...]:
    """Oldest first. papers: the components that were missing then and have files now."""
    return tuple(
        _supplement(snapshot, place, components)
        for place, event in enumerate(snapshot.events)
        if event.kind == life.SUPPLEMENT.event
    )


def _supplement(snapshot: Snapshot, place: int, components: Sequence[SentComponent]) -> Supplement:
    asked, before, after = snapshot.events[place], snapshot.events[:place], snapshot.events[place + 1 :]
    came = next((e for e in after if e.kind == life.RECEIVE.event), None)
    missing = {str(code) for code in asked.data.get("missing", ())}
    names = [p.component.name for p in snapshot.dossier.papers if p.component.code in missing]
    return Supplement(
        id=str(asked.seq),
        asked_by=asked.actor.officer,
        content=_content(snapshot.dossier, names),
        asked_at=asked.at,
        taken_by=came.actor.officer if came else "",
        came_at=came.at if came else None,
        due_before=_due(before),
        due_after=_due([came]) if came else None,
        papers=tuple(c for c in components if c.files and c.name in names) if came else (),
    )


def _content(dossier: Dossier, names: Sequence[str]) -> str:
    """What was asked for, and why while the dossier still says so: a later act writes its own reason over it."""
    papers = "; ".join(names)
    reason = dossier.reason if dossier.state in (DossierState.WAITING_SUPPLEMENT, DossierState.RECEIVED) else ""
    return ". ".join(words for words in (reason, papers) if words) or "Yêu cầu bổ sung giấy tờ"


def _due(events: Sequence[Event]) -> datetime | None:
    """The return time that the last receipt among these events promised."""
    told = next((e.data.get("due_at") for e in reversed(events) if e.kind == life.RECEIVE.event), None)
    return datetime.fromisoformat(told) if isinstance(told, str) and told else None
