"""The papers of a dossier as they are told: brought, used again, without a file, given by a database."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.dossier import Dossier, Paper, PaperState
from kiosk.domain.scan import Document
from kiosk.services.exchange import Snapshot
from kiosk.services.extra_papers import PREFIX as EXTRA_PREFIX
from sync.messages.canonical import CopyKind, FileRef, OtherPaper, SentComponent

OTHER_PAPERS = "Giấy tờ khác"
COPY_OF_PAPER = {
    PaperState.ORIGINAL: CopyKind.ORIGINAL,
    PaperState.COPY: CopyKind.COPY,
    PaperState.CERTIFIED: CopyKind.COPY,
    PaperState.FROM_DATABASE: CopyKind.ELECTRONIC,
    PaperState.HELD: CopyKind.ELECTRONIC,
}
BROUGHT = {PaperState.ORIGINAL, PaperState.COPY, PaperState.CERTIFIED}
NO_CODE_PREFIX = "tp-"  # our own numbering of papers to which the authority gave no code


def components_of(snapshot: Snapshot) -> tuple[SentComponent, ...]:
    """The papers that were brought, then what was scanned without belonging to one of them."""
    dossier = snapshot.dossier
    sent = [d for d in snapshot.documents if d.remote]
    known = {p.component.code for p in dossier.papers if p.state.is_settled}
    components = [_component(p, snapshot, sent) for p in dossier.papers if p.component.code in known]
    if others := [d for d in sent if d.component not in known]:
        components.append(SentComponent("", OTHER_PAPERS, len(others), _refs(snapshot, OTHER_PAPERS, others)))
    return tuple(components)


def _component(paper: Paper, snapshot: Snapshot, sent: Sequence[Document]) -> SentComponent:
    component = paper.component
    held = snapshot.held.get(component.code)
    mine = [held] if held and held.remote else [d for d in sent if d.component == component.code]
    return SentComponent(
        code="" if component.code.startswith((NO_CODE_PREFIX, EXTRA_PREFIX)) else component.code,
        name=component.name,
        count=paper.count,
        files=_refs(snapshot, component.name, mine),
        replaced_by=component.replaced_by,
        is_reused=paper.state is PaperState.HELD,
        copy=COPY_OF_PAPER.get(paper.state, CopyKind.COPY),
    )


def _refs(snapshot: Snapshot, name: str, mine: Sequence[Document]) -> tuple[FileRef, ...]:
    files = snapshot.files
    return tuple(FileRef(d.id, file_name(name), files[d.id].sha256, files[d.id].size, d.remote) for d in mine)


def other_papers(dossier: Dossier, components: Sequence[SentComponent]) -> tuple[OtherPaper, ...]:
    """Brought on paper, and no file of it is up: one that comes later takes its place."""
    with_file = {c.name for c in components if c.files}
    return tuple(
        OtherPaper(p.component.name, p.count)
        for p in dossier.papers
        if p.state in BROUGHT and p.component.name not in with_file and not p.component.secret
    )


def databases_of(dossier: Dossier) -> tuple[str, ...]:
    """Names of the national databases that gave a paper, each once."""
    given = (p.component.database for p in dossier.papers if p.state is PaperState.FROM_DATABASE)
    return tuple(dict.fromkeys(name for name in given if name))


def file_name(component_name: str) -> str:
    return f"{component_name}.pdf"
