"""The national catalogue of procedures: the answer of the service LayThuTuc as a JSON file (interop section 1.8).

Every record becomes a procedure; what its text leaves open is listed for an officer and never guessed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.catalogue.errors import (
    CatalogueFileError,
    CatalogueShapeError,
    CatalogueTooLargeError,
    CatalogueTruncatedError,
    unreadable,
)
from kiosk.catalogue.lay_papers import components_of
from kiosk.catalogue.lay_reading import Doubts, Record
from kiosk.catalogue.lay_terms import options_of
from kiosk.domain.procedure import Procedure, ResultType, Unclear

SOURCE = "LayThuTuc"
MAX_BYTES = 200 * 1024 * 1024
_CODE = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z.]{1,20})?")


@dataclass(frozen=True)
class Finding:
    """One open point: of which procedure ("" for a record without a code), and what."""

    code: str
    name: str
    unclear: Unclear


@dataclass(frozen=True)
class NationalCatalogue:
    """What a file holds. findings: every open point of every procedure, and the records that were left out."""

    procedures: tuple[Procedure, ...]
    findings: tuple[Finding, ...]


def read_file(path: Path) -> NationalCatalogue:
    """Raises: CatalogueFileError, CatalogueTruncatedError, CatalogueShapeError, CatalogueTooLargeError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CatalogueTooLargeError(file=path.name, megabytes=size // 1024**2)
        content = path.read_bytes()
    except OSError as error:
        raise CatalogueFileError(file=path.name, problem=unreadable(error)) from error
    return read_catalogue(content, path.name)


def read_catalogue(content: bytes, name: str) -> NationalCatalogue:
    """As `read_file`, from bytes."""
    return _catalogue(_records(_parsed(content, name), name))


def _parsed(content: bytes, name: str) -> Any:
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise CatalogueFileError(file=name, problem="không phải chữ UTF-8") from error
    if not text:
        raise CatalogueFileError(file=name, problem="tệp rỗng")
    if text[0] not in "{[":
        raise CatalogueFileError(file=name, problem="không phải JSON")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CatalogueTruncatedError(file=name, line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise CatalogueShapeError(file=name, problem="lồng quá sâu hoặc có số quá dài") from error


def _records(answer: Any, name: str) -> list[dict[str, Any]]:
    """The list under `result`, also inside the `message` text of a provincial wrapper; or the bare list."""
    if isinstance(answer, dict) and "result" not in answer and str(answer.get("message", "")).lstrip()[:1] == "{":
        answer = _parsed(str(answer["message"]).encode(), name)
    if isinstance(answer, dict):
        if str(answer.get("error_code", "0")).strip().lstrip("0"):
            raise CatalogueShapeError(file=name, problem=f"nguồn báo lỗi {answer['error_code']}")
        answer = answer.get("result", [answer] if "MATTHC" in answer else None)
    if not isinstance(answer, list):
        raise CatalogueShapeError(file=name, problem="không có danh sách “result”")
    records = [item for item in answer if isinstance(item, dict)]
    if not any("MATTHC" in record for record in records):
        problem = "không có thủ tục nào (thiếu khóa MATTHC)" if answer else "danh sách rỗng"
        raise CatalogueShapeError(file=name, problem=problem)
    return records


def _catalogue(records: Sequence[dict[str, Any]]) -> NationalCatalogue:
    found: dict[str, Procedure] = {}
    left_out: list[Finding] = []
    for values in records:
        procedure = _procedure(Record(values, Doubts()))
        code, name = procedure.code, procedure.name
        if not code or not name:
            left_out.append(Finding(code, name, Unclear("Bản ghi", code or name, "Thiếu mã hoặc tên, không nhập được")))
        elif code in found:
            same = found[code] == procedure
            why = "Mã lặp lại trong tệp, giống hệt bản đầu" if same else "Mã lặp lại với nội dung khác; giữ bản đầu"
            left_out.append(Finding(code, name, Unclear("Bản ghi", name, why)))
        else:
            found[code] = procedure
    procedures = tuple(_with_shared_name(p, found) for p in found.values())
    findings = [Finding(p.code, p.name, u) for p in procedures for u in p.unclear]
    return NationalCatalogue(procedures, (*left_out, *findings))


def _with_shared_name(procedure: Procedure, found: dict[str, Procedure]) -> Procedure:
    """The source shifts titles between procedures; one title under several codes gives it away."""
    others = [code for code, p in found.items() if p.name == procedure.name and code != procedure.code]
    if not others:
        return procedure
    shown = ", ".join(others[:5]) + ("…" if len(others) > 5 else "")
    doubt = Unclear("Tên thủ tục", procedure.name, f"Cùng tên với mã {shown}; tên có thể bị lệch")
    return replace(procedure, unclear=(*procedure.unclear, doubt))


def _procedure(record: Record) -> Procedure:
    code, name = record.text("MATTHC"), record.text("TENTTHC")
    if code and not _CODE.fullmatch(code):
        record.doubts.add("Mã thủ tục", code, "Không đúng dạng 1.001193")
    fields = record.items("LINHVUCTHUCHIEN")
    field_name = fields[0].text("TENLINHVUC") if fields else ""
    field_code = fields[0].text("MALINHVUC") if fields else ""
    if len(fields) > 1:
        names = "; ".join(f.text("TENLINHVUC") for f in fields)
        record.doubts.add("Lĩnh vực", names, "Nhiều lĩnh vực; lấy lĩnh vực đầu")
    if not field_name:
        record.doubts.add("Lĩnh vực", "", "Nguồn không ghi lĩnh vực")
    options, components = options_of(record), components_of(record)
    _missing_codes(record, field_code, [c.code for c in components])
    return Procedure(
        code=code,
        version=1,
        name=name[:1].upper() + name[1:],
        field_code=field_code,
        field_name=field_name,
        options=options,
        components=components,
        results=_results(record),
        levels=tuple(dict.fromkeys(level.text("TENCAP") for level in record.items("CAPTHUCHIEN"))),
        decision=record.text("QUYETDINH"),
        source=SOURCE,
        public=record.text("TRANGTHAI") == "1",
        unclear=record.doubts.listed(),
    )


def _missing_codes(record: Record, field_code: str, components: Sequence[str]) -> None:
    missing = [] if field_code else ["mã lĩnh vực"]
    if any(re.fullmatch(r"tp-\d+", code) for code in components):
        missing.append("mã thành phần hồ sơ (tạm đánh tp-1, tp-2…)")
    if missing:
        record.doubts.add("Mã", "", f"Nguồn không ghi {' và '.join(missing)}")
    for code, times in Counter(components).items():
        if times > 1:
            record.doubts.add("Mã", code, "Mã thành phần hồ sơ lặp lại")


def _results(record: Record) -> tuple[ResultType, ...]:
    rows = record.items("KETQUATHUCHIEN")
    return tuple(dict.fromkeys(ResultType(row.text("MAKETQUA"), row.text("TENKETQUA")) for row in rows))
