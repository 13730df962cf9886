"""The steps of a linked procedure in a catalogue pack: [[procedure.steps]]."""

from __future__ import annotations

import re

from kiosk.catalogue.toml_reader import Table
from kiosk.domain.procedure import LinkedStep, TermUnit
from kiosk.domain.term_words import UnknownTermError, parse_term

_CODE = re.compile(r"[a-z0-9-]{2,40}")


def read_steps(row: Table) -> tuple[LinkedStep, ...]:
    """() for an ordinary procedure. Raises: PackError; also for a step that waits for one that stands after it."""
    steps: list[LinkedStep] = []
    for line in row.tables("steps"):
        steps.append(_step(line, [s.code for s in steps]))
    if steps and {"term", "term_verbatim", "option"} & row.values.keys():
        row.fail("steps", "thủ tục liên thông lấy thời hạn từ các bước; bỏ term, option")
    return tuple(steps)


def _step(line: Table, before: list[str]) -> LinkedStep:
    line.allow("code", "name", "agency", "term", "procedure", "field", "here", "after")
    code, after = line.text("code"), line.texts("after")
    if not _CODE.fullmatch(code) or code in before:
        line.fail("code", f"“{code}” trùng hoặc không phải chữ thường không dấu")
    if unknown := [one for one in after if one not in before]:
        line.fail("after", f"bước {', '.join(unknown)} phải đứng trước bước này")
    words = line.text("term")
    try:
        term = parse_term(words)
    except UnknownTermError:
        line.fail("term", f"không hiểu thời hạn “{words}”")
    if term.unit is TermUnit.SAME_DAY and after:
        line.fail("term", "bước sau không thể xong trong ngày: ghi 1 working days")
    agency, name = line.text("agency"), line.text("name")
    if not agency or not name:
        line.fail("agency" if name else "name", "không được để trống")
    return LinkedStep(
        code, name, agency, term, line.text("procedure", ""), line.text("field", ""), line.flag("here", False), after
    )
