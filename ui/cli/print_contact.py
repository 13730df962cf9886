"""`motcua print contact`: every form of every set on one picture, in the longest words, to be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import show

Out = Annotated[Path, typer.Option("--out", "-o", help="Tệp PNG hoặc PDF nhận tờ liên.")]
Set = Annotated[str, typer.Option("--set", help="Chỉ một bộ mẫu: TT01-2018 hoặc TT03-2025.")]


def contact(out: Out, form_set: Set = "") -> None:
    """Ghi mọi biểu mẫu của các bộ mẫu, với tên dài nhất và 25 thành phần, lên một tờ để soát mắt."""
    from printing.contact import Exhibit, as_file, contact_sheet
    from printing.devices.folder import write_whole
    from printing.errors import UnknownFileKindError
    from printing.forms import render_slip
    from printing.forms.sets import FORM_SETS
    from printing.forms.sets import form_set as set_named
    from ui.specimens import specimen_register, specimens

    if out.suffix.lower() not in (".png", ".pdf"):
        raise UnknownFileKindError(file=out.name, known=".png, .pdf")
    exhibits = []
    for one in (set_named(form_set),) if form_set else FORM_SETS:
        for slip in specimens(one):
            pdf = render_slip(slip, 1, feedback=True)
            exhibits.append(Exhibit(f"{one.id} · {one.form(slip.kind).label}", pdf))
        exhibits.append(Exhibit(f"{one.id} · {one.register}", specimen_register(one)))
    write_whole(out, as_file(contact_sheet(exhibits), out.suffix.lower()))
    show({"file": str(out), "forms": [e.label for e in exhibits]}, f"Đã ghi {len(exhibits)} biểu mẫu vào {out}")
