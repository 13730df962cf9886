"""Whether a PDF carries signatures. What they are worth is not checked here: that needs the signer's certificate."""

from __future__ import annotations

from io import BytesIO

import pikepdf

DEEPEST = 8  # fields within fields; more is no form of a person


def count_signatures(content: bytes) -> int:
    """How many signature fields of a PDF are filled; 0 also for a file whose form cannot be read."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            form = pdf.Root.get("/AcroForm")
            return 0 if form is None else sum(_signed(field, 0) for field in form.get("/Fields", []))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RecursionError):
        return 0  # the file was opened page by page before; a broken form signs nothing


def _signed(field: pikepdf.Object, depth: int) -> int:
    if depth > DEEPEST:
        return 0
    if field.get("/FT") == "/Sig" and "/V" in field:
        return 1
    return sum(_signed(kid, depth + 1) for kid in field.get("/Kids", []))
