"""The manager's figures in words: what each part of the screen reads. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.appointment import Arrival
from kiosk.domain.journey import MINUTE
from kiosk.domain.proposal import Proposal, ProposalKind
from kiosk.domain.queue_stats import Cell, CounterLoad, Spread
from kiosk.domain.ticket import TicketState
from kiosk.services.waiting_error import FEWEST_TO_JUDGE, Accuracy
from ui.manager.model import CounterState, Page, Period

NONE = "–"
PROPOSALS_SHOWN = 3
PROPOSAL_NAMES = {
    ProposalKind.PROCEDURES: "Danh mục thủ tục",
    ProposalKind.CALENDAR: "Lịch nghỉ",
    ProposalKind.STATUSES: "Danh mục trạng thái",
}
CHANGE_NAMES = {"added": "mới", "changed": "đổi", "absent": "bãi bỏ"}
GOAL_COVERED = (0.77, 0.83)
PERIODS = {Period.TODAY: "Hôm nay", Period.WEEK: "7 ngày", Period.MONTH: "30 ngày"}
SCORE_NAMES = {"very_good": "Rất hài lòng", "good": "Hài lòng", "neutral": "Bình thường", "bad": "Không hài lòng"}
COUNTER_STATES = {TicketState.CALLED: "đang gọi", TicketState.SERVING: "đang phục vụ"}

Row = tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One large figure. note: under it; tone: of the theme, "" for plain."""

    name: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Figures:
    """Rows are texts in the order of the headings below."""

    heads: tuple[Figure, ...]
    lines: tuple[Row, ...]
    hours: tuple[Row, ...]
    counters: tuple[Row, ...]
    votes: tuple[str, ...]
    proposals: tuple[str, ...] = ()


LINE_HEADS = ("Nhóm", "Lấy số", "Đang chờ", "Chờ P50", "P90", "P95", "Vắng")
HOUR_HEADS = ("Giờ", "Lấy số", "Chờ P50", "P90", "P95", "Vắng")
COUNTER_HEADS = ("Quầy", "Bây giờ", "Lượt", "Công suất")


@dataclass(frozen=True)
class Judged:
    """The error of the told waiting times. tone and verdict: what to make of it."""

    tone: str
    verdict: str
    rows: tuple[Row, ...]


def figures(page: Page) -> Figures:
    summary = page.summary
    total = summary.total
    names = {**page.lines, **{code: code for code in summary.by_group if code not in page.lines}}
    empty = Cell(0, 0, 0, 0, 0, 0, 0, Spread(), Spread())
    return Figures(
        heads=_heads(page),
        lines=tuple(
            _line(name, summary.by_group.get(code, empty), page.waiting.get(code, 0)) for code, name in names.items()
        ),
        hours=tuple(
            (f"{hour:02d}–{hour + 1:02d}", str(cell.issued), *_spread(cell.wait), share(cell.no_show, cell.called))
            for hour, cell in summary.by_hour.items()
        ),
        counters=tuple(_counter(one, summary.counters) for one in page.counters),
        votes=_votes(page, total.served),
        proposals=tuple(map(_proposal, page.proposals[:PROPOSALS_SHOWN])),
    )


def _proposal(one: Proposal) -> str:
    """ "Danh mục thủ tục từ tinh: 3 mới, 1 đổi · motcua catalogue proposals 4"."""
    told = ", ".join(f"{n} {CHANGE_NAMES.get(name, name)}" for name, n in one.counts.items() if n)
    return f"{PROPOSAL_NAMES[one.kind]} từ {one.source}: {told} · motcua catalogue proposals {one.id}"


def _heads(page: Page) -> tuple[Figure, ...]:
    total, waiting = page.summary.total, sum(page.waiting.values())
    gone = total.no_show + total.left
    level = total.within / total.promised if total.promised else None
    return (
        Figure("Đã lấy số", str(total.issued), f"{total.served} đã phục vụ"),
        Figure("Đang chờ", str(waiting), "ngay lúc này"),
        Figure("Chờ P50 / P90", " / ".join(_spread(total.wait)[:2]), "phút: một nửa, 9/10 số người"),
        Figure(
            f"Gọi trong {page.target_min} phút",
            share(total.within, total.promised),
            "trên số đã cấp",
            "" if level is None else "good" if level >= 0.8 else "warn",
        ),
        Figure("Vắng, bỏ về", str(gone), " · ".join(filter(None, (share(gone, total.issued), _missed(page))))),
        Figure("Phiếu chưa chắc đã in", str(page.no_paper), "hôm nay", "warn" if page.no_paper else ""),
    )


def _missed(page: Page) -> str:
    """How many had an appointment and did not come; "" where nobody has any."""
    kept = page.summary.appointments
    missed = kept.get("missed", 0)
    booked = missed + sum(kept.get(came.value, 0) for came in Arrival)
    return f"vắng hẹn {missed}/{booked}" if booked else ""


def _line(name: str, cell: Cell, waiting: int) -> Row:
    return name, str(cell.issued), str(waiting), *_spread(cell.wait), share(cell.no_show, cell.called)


def _counter(one: CounterState, loads: Mapping[str, CounterLoad]) -> Row:
    load = loads.get(one.code, CounterLoad(0, 0, 0))
    if one.paused:
        now = one.paused
    elif one.state is not None:
        now = f"{one.number} {COUNTER_STATES.get(one.state, '')}".strip()
    else:
        now = "trống"
    return one.name, now, str(load.tickets), share(load.serving_us, load.open_us)


def _votes(page: Page, served: int) -> tuple[str, ...]:
    """Under five votes nothing but their number is told, whoever looks."""
    found = page.satisfaction
    if found.total is None:
        return (f"Chưa đủ mẫu: {found.votes} lượt đánh giá, cần từ 5 lượt.",)
    total = found.total
    told = [
        f"{100 * total.content:.0f} % hài lòng · {total.n} lượt, {share(found.votes, served)} số đã phục vụ",
        " · ".join(f"{SCORE_NAMES.get(code, code)} {n}" for code, n in total.scores.items()),
    ]
    shown = {code: part for code, part in found.by_group.items() if part is not None}
    told += [f"{page.lines.get(code, code)}: {100 * p.content:.0f} % ({p.n} lượt)" for code, p in shown.items()]
    if len(shown) < len(found.by_group):
        told.append("Các nhóm còn lại: chưa đủ mẫu" if shown else "Từng nhóm: chưa đủ mẫu")
    return tuple(told)


def judged(found: Accuracy) -> Judged:
    """How well the told waits came true, against what most queue systems tell."""
    if found.mae is None or found.bias is None or found.covered is None or found.late is None or not found.plain_mae:
        return Judged("", "Chưa có số nào được báo giờ chờ", ())
    rows = (
        ("Sai số trung bình", f"{_decimal(found.mae)} phút"),
        ("Tính thường (thứ tự × trung bình) sẽ sai", f"{_decimal(found.plain_mae)} phút"),
        ("Được gọi trong khoảng tính (mục tiêu 80 %)", f"{100 * found.covered:.0f} %"),
        (
            "Trung bình báo dài hơn thật" if found.bias >= 0 else "Trung bình báo ngắn hơn thật",
            f"{_decimal(abs(found.bias))} phút",
        ),
        ("Chờ lâu hơn đã báo quá 10 phút", f"{100 * found.late:.0f} %"),
    )
    told = f" · {found.numbers} số"
    if found.numbers < FEWEST_TO_JUDGE:
        return Judged("", f"Còn ít số, chưa kết luận{told}", rows)
    if found.is_worse_than_plain:
        return Judged("bad", f"Kém cách tính thường: xem có bấm tạm nghỉ không{told}", rows)
    low, high = GOAL_COVERED
    if not low <= found.covered <= high:
        return Judged("warn", f"Tốt hơn cách tính thường, khoảng báo lệch{told}", rows)
    return Judged("good", f"Tốt hơn cách tính thường{told}", rows)


def minutes(span_us: int, of: Spread) -> str:
    return f"{span_us / MINUTE:.0f}" if of.n else NONE


def _spread(wait: Spread) -> Row:
    return minutes(wait.p50, wait), minutes(wait.p90, wait), minutes(wait.p95, wait)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else NONE


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
