"""`motcua sync …`: the exchange with the province."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kiosk.clock import office_now
from kiosk.domain.job import Job, JobState, Wing
from kiosk.errors import NotFoundError
from kiosk.services import exchange
from ui.cli.console import frame, show
from ui.i18n.errors import TEXTS

if TYPE_CHECKING:
    from sync.routes import Routes
    from ui.app import OpenedOffice

sync_app = typer.Typer(help="Trao đổi với hệ thống của tỉnh.", rich_markup_mode=None)

PROBLEMS_SHOWN = 100


def register(app: typer.Typer) -> None:
    from ui.cli import sync_desk, sync_folder, sync_lines, sync_pull, sync_reconcile

    sync_desk.register(sync_app)
    sync_folder.register(sync_app)
    sync_pull.register(sync_app)
    sync_lines.register(sync_app)
    sync_reconcile.register(sync_app)
    app.add_typer(sync_app, name="sync")


@sync_app.command("once")
def once() -> None:
    """Một lượt trao đổi: nhận tin từ tỉnh, rồi gửi những gì đã đến hạn."""
    from sync.errors import NoProvinceError
    from ui.workers import sync_worker

    with _open() as office:
        routes = _routes(office)
        if not routes.connections:
            raise routes.broken[0].problem if routes.broken else NoProvinceError
        worker = sync_worker(office)
        try:
            done = worker.once()
        finally:
            worker.close()
        data = _status(office, "up" if done.is_up else "down")
        show({"done": done.sent, "news": done.news, **data}, f"Đã gửi {done.sent}, nhận {done.news}. {_words(data)}")


@sync_app.command("status")
def status() -> None:
    """Đang chờ gì, bao lâu rồi, vì sao; đường truyền thế nào."""
    from sync.worker import line_is_up
    from ui.cli.sync_folder import stick_words
    from ui.cli.sync_lines import broken_words
    from ui.cli.sync_uploads import files_words

    with _open() as office:
        data = _status(office, "up" if line_is_up(_routes(office).lines) else "down")
        lines = [f"  [{p['job']}] {p['dossier']} {p['stream']}: {p['message']} {p['fix']}" for p in data["problems"]]
        lines = [*broken_words(data["broken"]), *lines]
        show(data, "\n".join([_words(data), *stick_words(data["stick"]), files_words(data["files"]), *lines]))


@sync_app.command("resend")
def resend(job: Annotated[int, typer.Argument(help="Số của mục bị từ chối, xem ở motcua sync status.")]) -> None:
    """Gửi lại một mục đã bị từ chối, sau khi đã sửa."""
    with _open() as office:
        with office.reads() as look:
            rejected = look.jobs.listed(Wing.SYNC, (JobState.REJECTED,), limit=100_000)
        if all(j.id != job for j in rejected):
            raise NotFoundError(what="mục bị từ chối", key=job)
        exchange.resend(office.units(), job, actor=office.actor, now=office_now())
        show({"job": job}, f"Mục {job} sẽ được gửi lại.")


def _open() -> OpenedOffice:
    from ui.app import open_office  # slow to load

    return open_office(frame.data)


def _routes(office: OpenedOffice) -> Routes:
    from sync.routes import routes_of

    return routes_of(office.config.provinces, office.facts.agency_code)


def _status(office: OpenedOffice, line: Literal["up", "down"]) -> dict[str, Any]:
    """The stable shape; below `files` how they go, below `stick` what waits for one, below `broken` connections that
    cannot be used, below `problems` what met trouble, the refused ones first."""
    from ui.cli.sync_folder import stick_data
    from ui.cli.sync_lines import broken_data
    from ui.cli.sync_uploads import files_data

    now, routes = office_now(), _routes(office)
    with office.reads() as look:
        counts = exchange.status(look, now)
        refused = look.jobs.listed(Wing.SYNC, (JobState.REJECTED,), limit=PROBLEMS_SHOWN)
        waiting = look.jobs.listed(Wing.SYNC, (JobState.WAITING, JobState.LEASED), limit=PROBLEMS_SHOWN)
        files = files_data(look, office.config.uploads, now)
        stick = stick_data(look, routes, now)
    problems = [_problem(j, now) for j in [*refused, *(j for j in waiting if j.error)]]
    more = {"files": files, "stick": stick, "broken": broken_data(routes), "problems": problems}
    return {**asdict(counts), "line": line, **more}


def _problem(job: Job, now: datetime) -> dict[str, Any]:
    code, _, reason = job.error.partition(": ")
    text = TEXTS.get(code, TEXTS["sync.transient"])
    words = defaultdict(lambda: "?", reason=reason)
    return {
        "job": job.id,
        "dossier": job.payload.get("dossier", ""),
        "stream": job.payload.get("stream", ""),
        "state": job.state.value,
        "error": code,
        "reason": reason,
        "message": text.message.format_map(words),
        "fix": text.fix.format_map(words),
        "attempts": job.attempts,
        "seconds": int((now - job.created_at).total_seconds()) if job.created_at else 0,
    }


def _words(data: dict[str, Any]) -> str:
    line = "thông" if data["line"] == "up" else "mất"
    return (
        f"Chờ gửi {data['waiting']}, đã gửi {data['sent']}, bị từ chối {data['rejected']}; "
        f"lâu nhất {data['oldest_waiting_seconds']} giây; đường truyền {line}."
    )
