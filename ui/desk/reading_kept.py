"""How a read paper is archived, in an officer's words: as whole pictures, or with its letters apart from its ground."""

from __future__ import annotations

from kiosk.domain.keeping import Keeping, KeptAs
from kiosk.domain.procedure import Procedure
from ui.desk.reading_model import ReadPaper

WHOLE = "nguyên ảnh từng trang"
LAYERS = "tách lớp chữ và nền, tệp nhỏ"


def kept_words(paper: ReadPaper, keeping: Keeping, procedure: Procedure | None) -> str:
    """What was done with it; before that, what the office's rule will do with its kind and component as they stand."""
    if paper.kept:
        return f"Đã lưu {WHOLE if paper.kept == KeptAs.WHOLE else LAYERS}."
    component = next((c.name for c in procedure.components if c.code == paper.component), "") if procedure else ""
    why = keeping.why([paper.kind], component, procedure.code if procedure else "")
    if not why:
        return f"Sẽ lưu {LAYERS}."
    kinds = {c.id: c.words for c in paper.kinds}
    named = "mọi giấy tờ của thủ tục này" if procedure and why == procedure.code else kinds.get(why, why).lower()
    return f"Sẽ lưu {WHOLE}: {named}."
