"""Papers at a station: sides from a device or a file into the store, and slips out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.scan import ScannedPage
from kiosk.domain.separator import Placed, Sorting
from kiosk.services.digitisation import AT_THE_DESK, FROM_THE_ARCHIVE, keep_page
from kiosk.services.separators import doubt_pages, judge_for
from ui.app import OpenedOffice

if TYPE_CHECKING:
    from scanner.page import Page


def keep_sides(
    office: OpenedOffice,
    owner: str,
    sides: Iterable[Page],
    actor: Actor,
    *,
    component: str = "",
    id_prefix: str = "",
    in_place_of: str = "",
    priority: int = AT_THE_DESK,
    sorting: Sorting | None = None,
) -> Iterator[ScannedPage]:
    """Keep each side, and what the quality gate says of it, before the device is asked for the next. id_prefix: makes
    a repeat keep every side once, as a side's own key does. in_place_of: page that the first side replaces. sorting:
    follows the separator sheets of the stack; without one they are pages like others.

    Raises: DeviceError, DiskFullError; the sides yielded so far are safe.
    """
    from scanner.page import png_bytes
    from scanner.quality import findings

    for n, side in enumerate(sides):
        page_id = f"{id_prefix}-{n}" if id_prefix and n else id_prefix or side.key or uuid4().hex
        placed = _placed(sorting, page_id, side) if sorting else Placed(component)
        kept = keep_page(
            office.units,
            office.vault,
            owner,
            png_bytes(side),
            "image/png",
            source=side.source,
            actor=actor,
            now=office_now(),
            component=placed.paper,
            dpi=side.dpi,
            page_id=page_id,
            findings=() if placed.left_out else (*placed.findings, *findings(side)),
            in_place_of="" if n else in_place_of,
            priority=priority,
            left_out=placed.left_out,
            separator=placed.sheet,
        )
        if placed.doubt is not None:
            doubt_pages(office.units(), owner, placed.doubtful, placed.doubt, actor=actor, now=office_now())
        yield kept


def _placed(sorting: Sorting, page_id: str, side: Page) -> Placed:
    from scanner.separators import is_empty, separator_codes

    return sorting.place(page_id, separator_codes(side), lambda: is_empty(side))


def sorting_of(office: OpenedOffice, owner: str) -> Sorting:
    """For stacks of one draft or dossier."""
    return Sorting(judge_for(office.reads, office.separator_key, owner, office_now()))


def keep_file(
    office: OpenedOffice,
    owner: str,
    file: Path,
    actor: Actor,
    *,
    component: str = "",
    id_prefix: str = "",
    priority: int = AT_THE_DESK,
    sorting: Sorting | None = None,
) -> list[ScannedPage]:
    """Every side of an image or PDF file; a picture is kept byte for byte, as it came.

    Raises: InputError for a file that cannot be used; nothing of it is kept.
    """
    from scanner.devices.files import check_file, pages_of
    from scanner.limits import JPEG, PNG, content_of, kind_of, shown_name
    from scanner.quality import findings

    content = content_of(file)
    kind = kind_of(content, shown_name(file))
    if kind not in (JPEG, PNG):
        check_file(file)
        sides = pages_of(file)
        kept = keep_sides(
            office, owner, sides, actor, component=component, id_prefix=id_prefix, priority=priority, sorting=sorting
        )
        return list(kept)
    (side,) = pages_of(file)
    page = keep_page(
        office.units,
        office.vault,
        owner,
        content,
        f"image/{kind}",
        source=side.source,
        actor=actor,
        now=office_now(),
        component=component,
        dpi=side.dpi,
        page_id=id_prefix,
        findings=findings(side),
        priority=priority,
    )
    return [page]


def keep_scans(office: OpenedOffice, owner: str, folder: Path, scans: Mapping[str, Sequence[str]]) -> None:
    """The scans that a dossier file names, by component, once each. No citizen waits for them."""
    for component, names in scans.items():
        for name in names:
            # A file's name may be a person's, and the id of a page stands in the log.
            prefix = sha256(f"{owner}:{component}:{name}".encode()).hexdigest()[:32]
            file, late = folder / name, FROM_THE_ARCHIVE
            keep_file(office, owner, file, office.actor, component=component, id_prefix=prefix, priority=late)


def printed_slips(office: OpenedOffice, dossier_key: str) -> list[Path]:
    """Print what waits, here and now, and name the dossier's slips that went to the papers folder."""
    from ui.workers import print_worker

    print_worker(office).drain()
    return sorted(office.paths.papers.glob(f"mau*-{dossier_key}-*.pdf"))
