"""Pieces of plain HTML: tables and frames. Everything that comes from outside is escaped here, and only here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

STYLE = """
:root { color-scheme: light; }
body { margin: 0; font: 16px/1.5 "Noto Sans", "DejaVu Sans", sans-serif; color: #1b1f24; background: #f4f5f7; }
.warning { background: #1b1f24; color: #fff; border-left: 24px solid #f5a800; padding: 16px 24px; }
.warning b { display: block; font-size: 26px; letter-spacing: .02em; color: #ffc53d; }
nav { padding: 12px 24px; background: #fff; border-bottom: 1px solid #ccd1d7; }
nav a { display: inline-block; margin-right: 20px; padding: 4px 0; color: #0b5394; }
nav a[aria-current] { color: #1b1f24; font-weight: bold; text-decoration: none; border-bottom: 3px solid #f5a800; }
main { padding: 16px 24px 48px; }
h1 { font-size: 22px; margin: 8px 0 12px; }
h2 { font-size: 18px; margin: 28px 0 8px; }
table { border-collapse: collapse; background: #fff; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border: 1px solid #dfe3e8; overflow-wrap: anywhere; }
th { background: #e9ecf0; white-space: nowrap; }
td.number { text-align: right; white-space: nowrap; }
td.time, td.code { white-space: nowrap; }
td.code, pre { font-family: "DejaVu Sans Mono", monospace; font-size: 14px; }
tr.bad td { background: #fdecea; }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 0 0 16px; padding: 0; list-style: none; }
.figures li { background: #fff; border: 1px solid #dfe3e8; padding: 8px 16px; }
.figures b { display: block; font-size: 24px; }
pre { background: #fff; border: 1px solid #dfe3e8; padding: 12px; overflow-x: auto; white-space: pre-wrap; }
.empty { color: #57606a; }
"""
WARNING = """<div class="warning" role="note"><b>MÁY CHỦ ĐÓNG VAI TỈNH – KHÔNG PHẢI HỆ THỐNG CỦA TỈNH</b>
Chỉ để thử, tập huấn và trình diễn. Hồ sơ ở đây không đến cơ quan nào; đừng gửi dữ liệu thật của người dân.</div>"""
PAGES = (
    ("/", "Hồ sơ"),
    ("/trang/tep", "Tệp"),
    ("/trang/tin", "Tin gửi về xã"),
    ("/trang/nhat-ky", "Yêu cầu và trả lời"),
    ("/trang/cong-tac", "Công tắc lỗi"),
)


class Safe(str):
    """HTML that was made here."""


def text(value: object) -> Safe:
    return value if isinstance(value, Safe) else Safe(escape(str(value)))


def link(address: str, words: object) -> Safe:
    return Safe(f'<a href="{escape(quote(address, safe="/?=&%"))}">{text(words)}</a>')


def page(title: str, here: str, *parts: str) -> bytes:
    """here: address of the page in PAGES that is shown as chosen."""
    tabs = "".join(
        f'<a href="{address}"{" aria-current=page" if address == here else ""}>{name}</a>' for address, name in PAGES
    )
    body = "".join(parts)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{text(title)} – đóng vai tỉnh</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body>{WARNING}<nav>{tabs}</nav><main><h1>{text(title)}</h1>{body}</main></body></html>"
    ).encode()


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str, kinds: str = "", bad: int = -1) -> str:
    """kinds: one letter a column: "n" number, "t" time, "c" code, anything else text.

    bad: the column whose having something in it marks the row. empty: what is said instead of a table without rows.
    """
    classes = {"n": ' class="number"', "t": ' class="time"', "c": ' class="code"'}
    letters = kinds.ljust(len(heads))
    lines = []
    for row in rows:
        cells = "".join(f"<td{classes.get(k, '')}>{text(v)}</td>" for k, v in zip(letters, row, strict=True))
        mark = ' class="bad"' if bad >= 0 and row[bad] else ""
        lines.append(f"<tr{mark}>{cells}</tr>")
    if not lines:
        return f'<p class="empty">{text(empty)}</p>'
    head = "".join(f"<th>{text(h)}</th>" for h in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def figures(pairs: Iterable[tuple[str, object]]) -> str:
    return f'<ul class="figures">{"".join(f"<li><b>{text(n)}</b>{text(words)}</li>" for words, n in pairs)}</ul>'


def when(at: str) -> str:
    """ "20261123101500" -> "23/11/2026 10:15:00"; anything else as it is."""
    if len(at) != 14 or not at.isdigit():
        return at
    return f"{at[6:8]}/{at[4:6]}/{at[:4]} {at[8:10]}:{at[10:12]}:{at[12:]}"


def size(n: int) -> str:
    """Bytes in words: 1536 -> "1,5 KB"."""
    amount, unit = float(n), "B"
    for larger in ("KB", "MB", "GB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}".replace(".", ",")
