"""Statutory slips as A5 pages; the layout of each form is a module, the circular's words are in `sets`."""

from __future__ import annotations

from kiosk.domain.slip import Slip, SlipKind
from printing.forms import apology, control, receipt, refusal, stop, supplement
from printing.forms import feedback as feedback_slip
from printing.forms.blocks import code_of
from printing.forms.sets import form_set
from printing.forms.sheet import Sheet, render

MODULES = {
    SlipKind.RECEIPT: receipt,
    SlipKind.SUPPLEMENT: supplement,
    SlipKind.REFUSAL: refusal,
    SlipKind.APOLOGY: apology,
    SlipKind.STOP: stop,
    SlipKind.CONTROL: control,
}
NAMES = {kind.name.lower(): kind for kind in MODULES}
COPIES = {kind: 2 if kind is SlipKind.RECEIPT else 1 for kind in MODULES}


def render_slip(slip: Slip, copies: int | None = None, reprint: int = 0, *, feedback: bool = False) -> bytes:
    """A slip as PDF, every copy on pages of its own; the same slip gives the same bytes.

    copies: None for what the form asks (receipt 2, else 1). A single copy of a two-leaf form is the citizen's.
    reprint: how many times it was printed before; above 0 every page is marked. feedback: with the feedback slip as its
    last page, where one goes with this form. Raises: UnknownFormSetError,
    UnknownFormError for a form that the set has not.
    """
    rules = form_set(slip.form_set)
    form = rules.form(slip.kind)
    module = MODULES[slip.kind]
    count = COPIES[slip.kind] if copies is None else max(copies, 1)
    sheet = Sheet(" ".join(form.title).capitalize(), code_of(slip), rules.legal_footer(slip.kind), reprint)
    with_it = feedback_slip.page(slip) if feedback and slip.kind in feedback_slip.GOES_WITH else []
    return render(sheet, lambda leaf: module.story(slip, form, leaf), _leaves(slip.kind, count), with_it)


def _leaves(kind: SlipKind, count: int) -> list[str]:
    labels = list(MODULES[kind].LEAVES)
    if count == 1:
        return [labels[-1] if COPIES[kind] > 1 else ""]
    return labels[:count] + [f"Liên {n}: Bản thêm" for n in range(len(labels) + 1, count + 1)]
