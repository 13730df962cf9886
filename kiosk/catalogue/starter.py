"""The catalogue that comes with the program: facts in our own words, each procedure marked with its confidence.

Sources and what A..D mean: docs/legal.md#catalogue.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

from kiosk.catalogue.linked_steps import read_steps
from kiosk.catalogue.toml_reader import Table, shipped_pack
from kiosk.domain.linked import whole_words
from kiosk.domain.procedure import (
    Channel,
    Component,
    ComponentKind,
    Fee,
    Option,
    Procedure,
    ResultType,
    Term,
    Unclear,
)
from kiosk.domain.term_words import UnknownTermError, parse_term

SOURCE = "Danh mục khởi đầu"
NOT_CATALOGUE = ("calendar.toml", "fees.toml", "notices.toml", "office.toml", "people.toml")
_UNCHECKED = "Thời hạn chưa kiểm chứng"
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}")
# Consonants only: Telex marks need a vowel, and w or a second d would change letters by themselves.
_MNEMONIC = re.compile(r"(?!.*d.*d)[bcdghklmnpqrstvx]{1,5}")
_PROCEDURE_KEYS = (
    *("code", "mnemonic", "name", "field", "decision", "source", "confidence", "levels", "result", "channels"),
    *("needs_receipt", "valid_from", "papers", "option", "term", "term_verbatim", "term_checked", "fees", "steps"),
)
_PAPER_KEYS = (
    *("code", "name", "originals", "copies", "required", "kind", "case", "form", "replaced_by", "database", "secret"),
)


def load_starter() -> list[Procedure]:
    """Every shipped procedure, version 1, by code. Raises: PackError naming file and key."""
    names = sorted(f.name for f in files("kiosk.catalogue").joinpath("starter").iterdir() if f.name.endswith(".toml"))
    procedures: dict[str, Procedure] = {}
    mnemonics: set[str] = set()
    for name in names:
        if name in NOT_CATALOGUE:
            continue
        for row, procedure in read_procedures(shipped_pack(name)):
            if procedure.code in procedures:
                row.fail("code", f"mã {procedure.code} đã có ở tệp hoặc dòng khác")
            if procedure.mnemonic in mnemonics:
                row.fail("mnemonic", f"mã gõ nhanh “{procedure.mnemonic}” đã dùng")
            mnemonics |= {procedure.mnemonic} - {""}
            procedures[procedure.code] = procedure
    return [procedures[code] for code in sorted(procedures)]


def read_procedures(pack: Table) -> list[tuple[Table, Procedure]]:
    """The procedures of one catalogue pack, with their place. Raises: PackError."""
    pack.allow("valid_from", "field", "procedure")
    field, since = pack.text("field", ""), pack.day("valid_from")
    return [(row, _procedure(row, field, since)) for row in pack.tables("procedure")]


def _procedure(row: Table, field: str, since: date) -> Procedure:
    row.allow(*_PROCEDURE_KEYS)
    code, name = row.text("code"), row.text("name")
    if not _PROCEDURE_CODE.fullmatch(code):
        row.fail("code", f"“{code}” không phải mã thủ tục dạng 1.001193")
    field = row.text("field", field)
    if not name or not field:
        row.fail("name" if field else "field", "không được để trống")
    confidence = row.text("confidence")
    if confidence not in ("A", "B", "C", "D"):
        row.fail("confidence", "chỉ là A, B, C hoặc D")
    steps = read_steps(row)
    options = _options(row, whole_words(steps))
    return Procedure(
        code=code,
        version=1,
        name=name,
        field_code="",
        field_name=field,
        options=options,
        components=_components(row, {o.case for o in options}),
        results=_results(row),
        levels=row.texts("levels") or ("Cấp xã",),
        decision=row.text("decision", ""),
        source=row.text("source", SOURCE),
        confidence=confidence,
        valid_from=row.day("valid_from", since),
        mnemonic=_mnemonic(row),
        needs_receipt=row.flag("needs_receipt", True),
        unclear=() if steps else _unclear(options),
        steps=steps,
    )


def _mnemonic(row: Table) -> str:
    text = row.text("mnemonic", "")
    if text and not _MNEMONIC.fullmatch(text):
        row.fail("mnemonic", f"“{text}” có thể bị Telex đổi chữ; chỉ dùng phụ âm, không w, không hai chữ d")
    return text


def _options(row: Table, linked: str) -> tuple[Option, ...]:
    """linked: the terms of the steps in words, which stand for a term of the whole; "" without steps."""
    rows = row.tables("option")
    if rows and ({"term", "term_verbatim", "fees"} & row.values.keys()):
        row.fail("option", "đã có [[procedure.option]] thì không ghi thời hạn, phí ở ngoài")
    default = _channels(row, ("1", "2", "3"))
    options: list[Option] = []
    for line in rows or [row]:
        if rows:
            line.allow("channels", "case", "term", "term_verbatim", "term_checked", "fees", "note")
        note = line.text("note", "") if rows else ""
        if not line.flag("term_checked", True):
            note = f"{_UNCHECKED}. {note}".strip()
        term = Term(None, None, linked) if linked else _term(line)
        fees = tuple(_fee(fee) for fee in line.tables("fees"))
        for channel in _channels(line, default):
            options.append(Option(Channel(channel), term, fees, line.text("case", "") if rows else "", note))
    return tuple(options)


def _channels(row: Table, default: tuple[str, ...]) -> tuple[str, ...]:
    channels = row.texts("channels") or default
    if not set(channels) <= {c.value for c in Channel}:
        row.fail("channels", "chỉ gồm 1 (trực tiếp), 2 (trực tuyến), 3 (bưu chính)")
    return channels


def _term(row: Table) -> Term:
    known, verbatim = row.text("term", ""), row.text("term_verbatim", "")
    if bool(known) == bool(verbatim):
        row.fail("term", "ghi đúng một trong hai: term (đã rõ) hoặc term_verbatim (chưa rõ)")
    if verbatim:
        return Term(None, None, verbatim)
    try:
        return parse_term(known)
    except UnknownTermError:
        row.fail("term", f"không hiểu thời hạn “{known}”")


def _fee(row: Table) -> Fee:
    row.allow("name", "amount", "note", "verbatim", "code")
    amount = row.number("amount") if "amount" in row.values else None
    verbatim = row.text("verbatim", "")
    if amount is None and not verbatim:
        row.fail("amount", "cần số tiền, hoặc verbatim khi chưa rõ")
    return Fee(row.text("name"), amount, row.text("code", ""), row.text("note", ""), verbatim)


def _components(row: Table, cases: set[str]) -> tuple[Component, ...]:
    components: list[Component] = []
    for paper in row.tables("papers"):
        paper.allow(*_PAPER_KEYS)
        code = paper.text("code")
        if not re.fullmatch(r"[a-z0-9-]{2,40}", code) or code in (c.code for c in components):
            paper.fail("code", f"“{code}” trùng hoặc không phải chữ thường không dấu")
        try:
            kind = ComponentKind(paper.text("kind", "submit"))
        except ValueError:
            paper.fail("kind", "chỉ là submit, present hoặc explanation")
        case, required = paper.text("case", ""), paper.flag("required", True)
        if case and (case not in cases or required):
            paper.fail("case", f"“{case}” phải là trường hợp của một [[procedure.option]], với required = false")
        originals = paper.number("originals", 1, high=20)
        copies = paper.number("copies", 0, high=20)
        components.append(
            Component(
                code,
                paper.text("name"),
                originals,
                copies,
                required,
                kind,
                case,
                paper.text("form", ""),
                paper.text("replaced_by", ""),
                paper.text("database", ""),
                paper.flag("secret", False),
            )
        )
    if not components:
        row.fail("papers", "cần ít nhất một thành phần hồ sơ")
    return tuple(components)


def _results(row: Table) -> tuple[ResultType, ...]:
    if "result" not in row.values:
        return ()
    table = row.table("result").allow("code", "name")
    return (ResultType(table.text("code"), table.text("name")),)


def _unclear(options: tuple[Option, ...]) -> tuple[Unclear, ...]:
    terms = {o.term.verbatim: None for o in options if not o.term.is_known}
    return tuple(Unclear("Thời hạn", verbatim, "Chưa rõ số ngày hoặc đơn vị") for verbatim in terms)
