"""The report of a run over many papers: one page for people, one table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from ui.cli.tables import csv_bytes

HTML, CSV = "report.html", "report.csv"
COLUMNS = ("trang", "văn bản", "nguồn", "loại", "dpi", "trắng", "độ nghiêng", "tin cậy", "cần xem")
STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:24px;color:#211c18}"
    "table{border-collapse:collapse;margin:8px 0 24px}"
    "td,th{border:1px solid #cfc6bd;padding:4px 8px;text-align:left;vertical-align:top}th{background:#f3efe9}"
    "h2{margin-top:28px}"
)


def report_csv(result: Mapping[str, Any]) -> bytes:
    """A line a page, UTF-8 with a mark in front, as spreadsheets want it. What begins like a formula is only text."""
    return csv_bytes(COLUMNS, _rows(result))


def report_html(result: Mapping[str, Any]) -> bytes:
    """Self-contained: no script, no picture, nothing from elsewhere."""
    documents, pages = result["documents"], result["pages"]
    doubtful = [row for row in _rows(result) if row[-1]]
    twice, same = result["duplicates"]["files"], result["duplicates"]["pages"]
    parts = [
        f"<h1>Kết quả số hóa</h1><p>{len(documents)} văn bản, {len(pages)} trang, "
        f"{len(result['refused'])} tệp không dùng được, {len(doubtful)} trang cần xem, "
        f"{len(twice)} nhóm tệp giống hệt, {len(same)} cặp trang gần giống.</p>",
        _section(
            "Tệp không dùng được",
            ("tệp", "vì sao", "cần làm"),
            ((f"{r['heap']}", r["message"], r["fix"]) for r in result["refused"]),
        ),
        _section("Trang cần xem", COLUMNS, doubtful),
        _section("Tệp giống hệt nhau", ("các tệp",), ((" · ".join(names),) for names in twice)),
        _section(
            "Trang có thể là cùng một giấy tờ (không bị xóa)",
            ("trang", "nguồn", "trang", "nguồn", "giống"),
            ((t["pages"][0], t["sources"][0], t["pages"][1], t["sources"][1], f"{t['likeness']:.0%}") for t in same),
        ),
        _section(
            "Văn bản",
            ("tệp", "nguồn", "loại", "trang", "trường đọc được"),
            ((d["file"], d["source"], _type(d), _span(d["pages"]), _fields(d)) for d in documents),
        ),
    ]
    head = f"<!doctype html><html lang='vi'><meta charset='utf-8'><title>Kết quả số hóa</title><style>{STYLE}</style>"
    return (head + "".join(parts) + "</html>").encode()


def _rows(result: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    homes = {number: d for d in result["documents"] for number in d["pages"]}
    return [
        (
            page["number"],
            homes[page["number"]]["file"] if page["number"] in homes else "",
            page["source"],
            _type(homes[page["number"]]) if page["number"] in homes else "",
            page["dpi"],
            "có" if page["blank"] else "",
            page["skew_deg"],
            page["confidence"],
            " ".join(dict.fromkeys([*(f["words"] for f in page.get("findings", ())), *page["warnings"]])),
        )
        for page in result["pages"]
    ]


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    if not body:
        return ""
    return f"<h2>{escape(title)}</h2><table><tr>{''.join(f'<th>{escape(h)}</th>' for h in heads)}</tr>{body}</table>"


def _type(document: Mapping[str, Any]) -> str:
    from scanner.classify import TYPE_NAMES

    kind = document["type"]
    return "" if kind is None else TYPE_NAMES.get(kind["code"], kind["code"])


def _span(numbers: Sequence[int]) -> str:
    return f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _fields(document: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in document["fields"].items())
