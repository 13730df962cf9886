"""`motcua sync waiting/retry/show/again/online/listen`: what waits for the province, and what comes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.domain.job import JobState
from kiosk.domain.person import masked_name
from kiosk.errors import NotFoundError
from kiosk.services import exchange, online_inbox
from kiosk.services.exchange_view import Lane, overview
from ui.cli.console import frame, show
from ui.exchange_words import conflict_words, line_words, load_words, moment, raw_words, reply_words, span, stream_of
from ui.exchange_words import why_of as words_of
from ui.words import vietnamese_time

if TYPE_CHECKING:
    from ui.app import OpenedOffice

Key = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh), hoặc số của mục.")]


def register(sync_app: typer.Typer) -> None:
    for name, command in (
        ("waiting", waiting),
        ("retry", retry),
        ("show", show_one),
        ("again", again),
        ("seen", seen),
        ("online", online),
        ("listen", listen),
    ):
        sync_app.command(name)(command)


def waiting() -> None:
    """Từng hồ sơ đang chờ hoặc bị từ chối: cái gì, vì sao, từ bao giờ, lúc nào thử lại; và những điều khác với tỉnh."""
    with _open() as office:
        now = office_now()
        with office.reads() as look:
            seen = overview(look, now)
    _tone, line = line_words(seen, now)
    load = load_words(seen.waiting, seen.rejected, seen.oldest_s, seen.empty_in_s)
    lanes = [_lane(lane) for lane in seen.lanes]
    conflicts = [{"id": c.id, "key": c.dossier_key, "words": " ".join(conflict_words(c))} for c in seen.conflicts]
    data = {
        "line": seen.line,
        "waiting": seen.waiting,
        "rejected": seen.rejected,
        "oldest_s": seen.oldest_s,
        "empty_in_s": seen.empty_in_s,
        "dossiers": lanes,
        "conflicts": conflicts,
    }
    rows = [f"  [{n['job']}] {n['key']} {n['what']}: {n['why']}" for n in lanes]
    rows += [f"  (khác {c['id']}) {c['key']}: {c['words']}" for c in conflicts]
    show(data, "\n".join([f"{line}. {load}.", *rows]))


def retry(key: Key) -> None:
    """Gửi ngay những mục đang chờ hoặc bị từ chối của một hồ sơ. Bấm nhiều lần cũng chỉ gửi một lần."""
    with _open() as office:
        jobs = _jobs_of(office, key)
        for job in jobs:
            exchange.resend(office.units(), job, actor=office.actor, now=office_now())
    show({"jobs": jobs}, f"Đã xếp hàng gửi ngay {len(jobs)} mục." if jobs else "Không có mục nào chờ gửi.")


def show_one(key: Key) -> None:
    """Mọi lần trao đổi của một hồ sơ, cũ trước, kèm câu trả lời nguyên văn của tỉnh."""
    with _open() as office, office.reads() as look:
        dossier = look.dossiers.get(key)
        replies = look.exchange.replies(dossier.key)
        conflicts = look.exchange.conflicts(unseen=False, dossier_key=dossier.key)
    history = [
        {"at": r.at.isoformat(), "job": r.job_id, "operation": r.operation, "outcome": r.outcome, "body": r.body}
        for r in replies
    ]
    codes = list(dict.fromkeys([*([dossier.code] if dossier.code else []), *dossier.external_codes]))
    rows = [f"Hồ sơ {dossier.key}, mã ở tỉnh: {', '.join(codes) or 'chưa có'}; tỉnh: {dossier.province_state or '–'}."]
    for reply in replies:
        raw = raw_words(reply)
        rows.append(f"  {moment(reply.at)} {reply_words(reply)}" + (f"\n      {raw}" if raw else ""))
    rows += [f"  khác với tỉnh: {' '.join(conflict_words(c))}" for c in conflicts]
    told = [{"id": c.id, "kind": c.kind.value, "theirs": c.theirs, "ours": c.ours} for c in conflicts]
    show({"key": dossier.key, "codes": codes, "history": history, "conflicts": told}, "\n".join(rows))


def again(
    key: Key, reason: Annotated[str, typer.Option("--reason", help="Vì sao gửi lại hồ sơ đã gửi; được lưu.")]
) -> None:
    """Gửi lại một hồ sơ tỉnh đã nhận, đúng mã cũ."""
    with _open() as office:
        queued = exchange.send_again(office.units(), key, reason, actor=office.actor, now=office_now())
    show({"key": key, "queued": queued}, "Hồ sơ sẽ được gửi lại." if queued else "Hồ sơ này đã chờ gửi sẵn.")


def seen(number: Annotated[int, typer.Argument(help="Số của điều khác với tỉnh, xem ở motcua sync waiting.")]) -> None:
    """Ghi là đã xem một điều khác nhau giữa tỉnh và cơ quan."""
    with _open() as office, office.units() as uow:
        uow.exchange.note_seen(number, office.actor.officer, office_now())
        uow.commit()
    show({"id": number}, "Đã ghi là đã xem.")


def online() -> None:
    """Hồ sơ trực tuyến chờ tiếp nhận, gấp nhất trước; mở và tiếp nhận ở quầy bằng Ctrl+Shift+O."""
    with _open() as office, office.reads() as look:
        rows = online_inbox.in_line(look, office.desk, office_now())
    data = [
        {
            "code": row.dossier.key,
            "owner": masked_name(row.dossier.owner.full_name),
            "procedure": row.dossier.procedure_name,
            "submitted_at": row.dossier.submitted_at.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in rows
    ]
    lines = [
        f"{row.dossier.key} · {masked_name(row.dossier.owner.full_name)} · {row.dossier.procedure_name} · "
        f"{'trước ' + vietnamese_time(row.until) if row.until else 'không rõ thủ tục'}"
        for row in rows
    ]
    show({"online": data}, "\n".join(lines) or "Không có hồ sơ trực tuyến nào chờ tiếp nhận.")


def listen() -> None:
    """Nhận tin tỉnh gửi đến (mục [listen] của config.toml) cho đến khi bị dừng; tỉnh hỏi hay gửi đều như nhau."""
    from kiosk.province_config import ProvinceConfig
    from sync import listening
    from sync.clients import client_of
    from sync.hearing import Hearing
    from sync.routes import routes_of
    from sync.secrets import secret_of

    with _open() as office:
        config = office.config.listen
        lines = routes_of(office.config.provinces, office.facts.agency_code).lines
        connection = next((c for c in lines if config.connection in ("", c.name)), None)
        if connection is None:
            raise NotFoundError(what="kết nối", key=config.connection or "[[provinces]]")
        needs_secret = bool(config.secret_file) or not config.client_ca
        place = ProvinceConfig(name="listen", secret_file=config.secret_file, secret_name=config.secret_name)
        secret = secret_of(place) if needs_secret else ""
        client = client_of(connection)
        hearing = Hearing(office.units, office.vault, connection, client, office_now)
        try:
            listening.listen(config, lambda items: hearing.take(items, None), secret, _say_ready)
        finally:
            client.close()


def _say_ready(url: str) -> None:
    show({"ready": True, "url": url}, f"ready {url}")


def _open() -> OpenedOffice:
    from ui.app import open_office  # slow to load

    return open_office(frame.data)


def _jobs_of(office: OpenedOffice, key: str) -> list[int]:
    """By the number of an entry, or by any code of a dossier: what of it waits or was refused."""
    with office.reads() as look:
        lanes = overview(look, office_now()).lanes
        wanted = {key}
        if not any(str(lane.job.id) == key for lane in lanes):
            wanted.add(look.dossiers.get(key).key)
    mine = [lane for lane in lanes if str(lane.job.id) == key or lane.key in wanted]
    return [lane.job.id for lane in mine if lane.job.state is not JobState.LEASED]


def _lane(lane: Lane) -> dict[str, Any]:
    message, fix = words_of(lane.job)
    created = lane.job.created_at
    age = (office_now() - created).total_seconds() if created else 0
    behind = f", thêm {lane.behind} mục sau" if lane.behind else ""
    return {
        "job": lane.job.id,
        "key": lane.key,
        "what": f"{stream_of(lane.job)}{behind}, {'bị từ chối' if lane.is_rejected else 'chờ'} {span(age)}",
        "state": lane.job.state.value,
        "why": f"{message} {fix}".strip(),
        "error": lane.job.error,
        "attempts": lane.job.attempts,
        "behind": lane.behind,
        "seconds": int(age),
        "next_try": lane.next_try.isoformat() if lane.next_try else None,
    }
