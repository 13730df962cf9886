"""What a province's lists mean here: procedures in the form of LayThuTuc, days off as a calendar pack, names of states.

Days off and states have no public form; these are the names that the stand-in uses (docs/exchange.md). A province may
also hand out a whole calendar pack as the one entry.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiosk.catalogue.calendar_pack import CalendarPack, load_calendar_pack
from kiosk.catalogue.errors import CatalogueShapeError
from kiosk.catalogue.lay_thu_tuc import read_catalogue
from kiosk.domain.calendar import WorkingCalendar
from kiosk.domain.procedure import Procedure
from kiosk.text import fold, nfc

DAYS = ("%Y%m%d", "%Y%m%d%H%M%S", "%d/%m/%Y", "%Y-%m-%d")
OFF_WORDS, WORK_WORDS = ("nghi", "off", "1"), ("lam", "lam bu", "work", "2")
_CODE = re.compile(r"[0-9A-Za-z._-]{1,20}")


def procedures_of(content: Mapping[str, Any]) -> tuple[Procedure, ...]:
    """Raises: CatalogueShapeError."""
    records = list(content.get("records", ()))
    return read_catalogue(json.dumps({"result": records}, ensure_ascii=False).encode(), "tỉnh").procedures


def calendar_of(content: Mapping[str, Any], name: str, issued_on: date) -> dict[str, Any]:
    """A calendar pack as its JSON file holds it. name: of the source. Raises: CatalogueShapeError."""
    records = content.get("records", ())
    if len(records) == 1 and "pack" in records[0]:
        return dict(records[0])
    about = {"name": f"Lịch của {name}", "scope": "province", "issued_on": issued_on.isoformat()}
    return {"pack": about, "day": [_day(record) for record in records]}


def statuses_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Code -> name. Raises: CatalogueShapeError."""
    names = {}
    for record in content.get("records", ()):
        code = str(record.get("MATRANGTHAI") or record.get("MA") or "").strip()
        name = nfc(str(record.get("TENTRANGTHAI") or record.get("TEN") or "")).strip()
        if not _CODE.fullmatch(code) or not name:
            raise CatalogueShapeError(file="LayDanhMucTrangThai", problem="có trạng thái thiếu mã hoặc tên")
        names[code] = name[:200]
    return names


def changed_days(
    pack: Mapping[str, Any], under: Sequence[Path], years: Sequence[int], instead_of: Path
) -> tuple[str, ...]:
    """What the pack would change, a line a day. under: packs in force; instead_of: the one whose place it takes.

    Raises: PackError for a pack that cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        file = Path(folder) / instead_of.name
        file.write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
        before = load_calendar_pack(*under)
        after = load_calendar_pack(*(path for path in under if path != instead_of), file)
        return tuple(f"{day:%d/%m/%Y}: {was} → {now}" for day, was, now in differing_days(before, after, years))


def differing_days(before: CalendarPack, after: CalendarPack, years: Sequence[int]) -> list[tuple[date, str, str]]:
    """Each day that is not as it was: day, how it was, how it is."""
    one, other = before.calendar(), after.calendar()
    days = (date.fromordinal(n) for y in years for n in range(date(y, 1, 1).toordinal(), date(y + 1, 1, 1).toordinal()))
    told = ((day, _state(one, day), _state(other, day)) for day in days)
    return [(day, was, now) for day, was, now in told if was != now]


def _state(calendar: WorkingCalendar, day: date) -> str:
    spans = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in calendar.spans(day))
    return spans or f"nghỉ ({calendar.reason_off(day)})"


def _day(record: Mapping[str, Any]) -> dict[str, Any]:
    """NGAY, DENNGAY, LOAI ("nghỉ" or "làm bù"), LYDO or TENNGAYNGHI, CANCU."""
    kind = fold(str(record.get("LOAI") or "nghi"))
    if kind not in OFF_WORDS + WORK_WORDS:
        raise CatalogueShapeError(file="LayNgayNghi", problem=f"loại ngày lạ: {str(record.get('LOAI'))[:40]}")
    reason = nfc(str(record.get("LYDO") or record.get("TENNGAYNGHI") or "")).strip()
    row: dict[str, Any] = {
        "date": _date(record.get("NGAY")).isoformat(),
        "kind": "off" if kind in OFF_WORDS else "work",
        "reason": reason or "Theo lịch của tỉnh",
        "basis": nfc(str(record.get("CANCU") or "Danh mục ngày nghỉ của tỉnh")),
        "tag": "V2",
    }
    if record.get("DENNGAY"):
        row["until"] = _date(record["DENNGAY"]).isoformat()
    return row


def _date(value: object) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(str(value), form).date()
        except ValueError:
            continue
    raise CatalogueShapeError(file="LayNgayNghi", problem=f"ngày không đọc được: {str(value)[:40]}")
