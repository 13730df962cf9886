"""Files that the province was told of and that are no longer there: told once more, as deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.domain.told import ToldFile
from sync.messages.canonical import CanonicalDossier, FileRef, SentComponent


def with_gone(dossier: CanonicalDossier, told: Sequence[ToldFile]) -> CanonicalDossier:
    """The dossier with what was taken away since, after what stands; in a full replace everything else is forgotten."""
    standing = {file.id for file in dossier.files}
    gone = [
        SentComponent(t.component, t.name, 0, (FileRef(t.file_id, t.name, t.sha256, t.size, t.url, is_gone=True),))
        for t in told
        if t.file_id not in standing
    ]
    return replace(dossier, components=(*dossier.components, *gone))


def told_of(dossier: CanonicalDossier) -> list[ToldFile]:
    """What this dossier tells of files that stand."""
    return [
        ToldFile(file.id, component.code, file.name, file.url, file.sha256, file.size)
        for component in dossier.components
        for file in component.files
        if not file.is_gone
    ]
