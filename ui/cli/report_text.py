"""The figures of a report as plain text for a terminal; the same numbers as its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.domain.office import Office

SCORES = {
    "very_good": "Rất hài lòng",
    "good": "Hài lòng",
    "neutral": "Bình thường",
    "bad": "Không hài lòng",
}
REASONS = {
    "time": "thời gian",
    "attitude": "thái độ",
    "guidance": "hướng dẫn",
    "papers": "giấy tờ",
    "trips": "số lần đi lại",
    "place": "chỗ chờ",
}
TOO_FEW = "chưa đủ mẫu"
COLUMNS = f"{'chờ P50':>9}{'P90':>7}{'P95':>7}{'lâu nhất':>10}"


def queue_text(office: Office, data: Mapping[str, Any]) -> str:
    """One screen: the total, then by group, class, hour and counter."""
    if not data["issued"]:
        return f"{_period(data)}: không có số nào."
    groups = {g.code: g.name for g in office.groups}
    classes = {p.code: p.name for p in office.priorities} | {"": "Không ưu tiên"}
    counters = {c.code: c.name for c in office.counters}
    lines = [f"Số thứ tự, {_period(data)} (chờ và phục vụ tính bằng phút)", "", *_totals(data), ""]
    level = f"≤ {data['target_minutes']} phút"
    lines.append(f"{'':<28}{'số':>6}{'phục vụ':>9}{level:>10}{COLUMNS}")
    lines += [_row("Tất cả", data["total"])]
    lines += _rows("Theo nhóm", data["by_group"], groups)
    lines += _rows("Theo diện", data["by_class"], classes)
    lines += _rows("Theo giờ lấy số", data["by_hour"], {hour: f"{hour} giờ" for hour in data["by_hour"]})
    lines += ["", f"{'Theo quầy':<28}{'lượt':>6}{'phục vụ':>9}{'mở':>10}{'công suất':>11}"]
    for code, load in data["counters"].items():
        name = counters.get(code, f"Quầy {code}")
        times = f"{load['serving_s'] / 60:>9.0f}{load['open_s'] / 60:>10.0f}"
        lines.append(f"  {name:<26}{load['tickets']:>6}{times}{percent(load['occupancy']):>11}")
    return "\n".join(lines)


def _totals(data: Mapping[str, Any]) -> Iterable[str]:
    outcomes, away, total = data["outcomes"], data["abandoned"], data["total"]
    yield (
        f"Cấp {data['issued']} số: phục vụ xong {outcomes['served']}, gọi không có mặt {outcomes['no_show']}, "
        f"bỏ về {outcomes['left']}, hủy {outcomes['voided']}, hết ngày {outcomes['expired']}, "
        f"còn lại {outcomes['open']}."
    )
    level = percent(total["service_level"])
    yield f"Được gọi trong {data['target_minutes']} phút: {level}. Bỏ cuộc: {percent(away['share'])}."
    yield (
        f"Từ lúc gọi đến lúc ngồi vào quầy P50 {minutes(total['walk']['p50_s'])}; cả lượt P50 "
        f"{minutes(total['lead']['p50_s'])}, P90 {minutes(total['lead']['p90_s'])}."
    )
    yield (
        f"Gọi lại {data['recalls']} lần; tạm hoãn {data['parked']['n']} số, trong đó {data['parked']['over_15_min']} "
        f"quá 15 phút; chuyển sang ngày khác {data['carried_over']} số."
    )
    if any((booked := data["appointments"]).values()):
        yield (
            f"Lịch hẹn: đặt {booked['booked']}, dời {booked['moved']}, hủy {booked['cancelled']}; đến "
            f"{booked['came']} (đúng giờ {booked['on_time']}, sớm {booked['early']}, muộn {booked['late']}), không đến "
            f"{booked['missed']} ({percent(booked['no_show_share'])})."
        )
    if data["equity"] is not None:
        yield f"Chờ P90 của diện ưu tiên bằng {percent(data['equity'])} của người không ưu tiên."


def _rows(title: str, cells: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    return ["", title, *(_row(f"  {names.get(code, code)}", cell) for code, cell in cells.items())]


def _row(name: str, cell: Mapping[str, Any]) -> str:
    wait = cell["wait"]
    times = (
        f"{minutes(wait['p50_s']):>9}{minutes(wait['p90_s']):>7}{minutes(wait['p95_s']):>7}{minutes(wait['max_s']):>10}"
    )
    return f"{name[:27]:<28}{cell['issued']:>6}{cell['served']:>9}{percent(cell['service_level']):>10}{times}"


def rating_text(office: Office, officers: Mapping[str, str], data: Mapping[str, Any]) -> str:
    lines = [f"Đánh giá, {_period(data)}", f"{data['votes']} lượt trên {data['served']} số phục vụ xong."]
    lines.append(_tally("Tất cả", data["total"]))
    if data["total"]:
        lines += _distribution(data["total"])
    parts = (
        ("Theo nhóm", data["by_group"], {g.code: g.name for g in office.groups}),
        ("Theo quầy", data["by_counter"], {c.code: c.name for c in office.counters}),
        ("Theo cán bộ", data["by_officer"], officers),
    )
    for title, cells, names in parts:
        if cells:
            lines += ["", title, *(_tally(f"  {names.get(code, code)}", cell) for code, cell in cells.items())]
    return "\n".join(lines)


def _distribution(total: Mapping[str, Any]) -> Iterable[str]:
    for code, words in SCORES.items():
        count = total["scores"][code]
        yield f"  {words:<18}{count:>6}  {percent(count / total['n'])}"
    praise = _reasons(total["reasons"], "+")
    better = _reasons(total["reasons"], "-")
    yield from (f"  {title}: {said}" for title, said in (("Khen", praise), ("Cần tốt hơn", better)) if said)


def _reasons(counts: Mapping[str, int], sign: str) -> str:
    mine = sorted(((n, key[1:]) for key, n in counts.items() if key[0] == sign), reverse=True)
    return ", ".join(f"{REASONS[key]} {n}" for n, key in mine)


def _tally(name: str, cell: Mapping[str, Any] | None) -> str:
    said = TOO_FEW if cell is None else f"{cell['n']} lượt, hài lòng {percent(cell['content'])}"
    return f"{name:<28}{said}"


def minutes(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds / 60:.1f}".replace(".", ",")


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"


def _period(data: Mapping[str, Any]) -> str:
    first, last = (f"{day[8:10]}/{day[5:7]}/{day[:4]}" for day in (data["from"], data["to"]))
    return f"ngày {first}" if first == last else f"từ {first} đến {last}"


def reuse_text(data: Mapping[str, Any]) -> str:
    share = f" ({data['share']:.0%})" if data["share"] is not None else ""
    lines = [
        f"Giấy tờ không phải nộp từ {data['from']} đến {data['to']}",
        f"Không phải nộp: {data['not_asked']} giấy tờ, ở {data['dossiers_spared']}/{data['dossiers']} hồ sơ{share}",
        f"Đã có tại cơ quan: {data['held']}; khai thác từ CSDL: {data['database']}",
    ]
    lines += [f"Đã có mà vẫn nhận, {reason}: {count}" for reason, count in data["asked_anyway"].items()]
    return "\n".join(lines)
