"""`motcua notices …`: messages to citizens' telephones; what was told, what was not and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, office_now
from kiosk.domain.citizen_notice import CitizenNotice, NoticeState, Occasion, Skip
from kiosk.domain.sms import counted, masked
from kiosk.services import messages
from ui.cli.console import UsageError, frame, show
from ui.message_words import OCCASIONS, REASONS, STATES

if TYPE_CHECKING:
    from ui.app import OpenedOffice

notices_app = typer.Typer(help="Tin nhắn cho người dân: xem, gửi, ý muốn nhận tin.", rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    app.add_typer(notices_app, name="notices")


@notices_app.command("list")
def listed(
    dossier: Annotated[str, typer.Option("--dossier", help="Chỉ hồ sơ này.")] = "",
    state: Annotated[str, typer.Option("--state", help="waiting, handed hoặc skipped.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Nhiều nhất bao nhiêu.")] = 100,
) -> None:
    """Đã nhắn ai, khi nào, vì việc gì; chưa nhắn vì sao."""
    if state and state not in set(NoticeState):
        raise UsageError(problem=f"--state nhận {', '.join(NoticeState)}")
    with _open() as office, office.reads() as look:
        if dossier:
            found = look.citizen_notices.of_dossier(look.dossiers.get(dossier).key)
        else:
            found = look.citizen_notices.listed((NoticeState(state),) if state else (), limit=limit)
    found = [n for n in found if not state or n.state.value == state]
    show({"notices": [_notice(n) for n in found]}, "\n".join(map(_line, found)) or "Chưa có tin nhắn nào.")


@notices_app.command("send")
def send() -> None:
    """Soạn tin cho những gì vừa xảy ra và giao những tin đến giờ; chạy lại không gửi trùng."""
    from ui.workers import lease_owner, message_round

    with _open() as office:
        if office.config.training:
            raise UsageError(problem="văn phòng tập huấn không nhắn tin cho ai")
        if not office.notices.on:
            raise UsageError(problem="tin nhắn đang tắt; bật on = true trong notices.toml của thư mục dữ liệu")
        done = message_round(office, lease_owner("notify"))()
        with office.reads() as look:
            waiting = len(look.citizen_notices.listed((NoticeState.WAITING,), limit=10_000))
    folder = office.paths.messages
    show(
        {"queued": done.queued, "handed": done.handed, "waiting": waiting, "folder": str(folder)},
        f"Soạn {done.queued} tin, giao {done.handed} tin vào {folder}, còn {waiting} tin chờ giờ gửi.",
    )


@notices_app.command("sent")
def sent(keys: Annotated[list[str], typer.Argument(help="Khóa của tin, như ở motcua notices list.")]) -> None:
    """Nhà mạng đã gửi những tin này: hồ sơ có kết quả được ghi là đã báo người dân."""
    with _open() as office:
        for key in keys:
            messages.mark_told(office.units(), key, actor=office.actor, now=office_now())
    show({"sent": keys}, f"Đã ghi {len(keys)} tin là đã gửi.")


@notices_app.command("consent")
def consent(
    dossier: Annotated[str, typer.Argument(help="Mã hồ sơ.")],
    given: Annotated[bool, typer.Option("--yes/--no", help="Người dân đồng ý hay không nhận tin nhắn.")],
) -> None:
    """Ghi ý muốn nhận tin nhắn của người dân cho một hồ sơ."""
    with _open() as office:
        messages.set_consent(office.units(), dossier, given=given, actor=office.actor, now=office_now())
    show({"dossier": dossier, "given": given}, f"Đã ghi: {'đồng ý' if given else 'không'} nhận tin nhắn.")


@notices_app.command("texts")
def texts(
    file: Annotated[Path | None, typer.Argument(help="Tệp notices.toml; bỏ trống: tệp đang dùng.")] = None,
) -> None:
    """Mẫu tin, số ký tự và số tin phải trả tiền, có dấu và không dấu."""
    from dataclasses import replace

    from kiosk.catalogue.notice_pack import load_notices

    with _open() as office:
        rules, name = load_notices(file) if file else office.notices, office.facts.name
    code, at, rows, lines = "H26.107-261123-10007", office_now(), {}, []
    for occasion in Occasion:
        for marks in (True, False):
            text = replace(rules, marks=marks).text(occasion, code, name, at)
            size = counted(text)
            rows[f"{occasion.value}/{'marks' if marks else 'plain'}"] = {
                "text": text, "alphabet": size.alphabet, "units": size.units, "parts": size.parts
            }  # fmt: skip
            lines.append(f"{OCCASIONS[occasion]} ({size.alphabet}, {size.units} ký tự, {size.parts} tin): {text}")
    show({"on": rules.on, "texts": rows}, "\n".join(lines))


def _notice(notice: CitizenNotice) -> dict[str, Any]:
    return {
        "key": notice.key,
        "dossier": notice.dossier_key,
        "occasion": notice.occasion.value,
        "state": notice.state.value,
        "reason": notice.reason,
        "to": masked(notice.phone) if notice.phone else "",
        "text": notice.text,
        "parts": notice.parts,
        "made_at": notice.made_at,
        "due_at": notice.due_at,
        "handed_at": notice.handed_at,
        "reference": notice.reference,
    }


def _line(notice: CitizenNotice) -> str:
    at = (notice.handed_at or notice.due_at or notice.made_at).astimezone(OFFICE_ZONE)
    why = f": {REASONS[Skip(notice.reason)]}" if notice.reason else f" đến {masked(notice.phone)}"
    return f"{at:%d/%m %H:%M}  {notice.key}  {OCCASIONS[notice.occasion]}, {STATES[notice.state]}{why}"


def _open() -> OpenedOffice:
    from ui.app import open_office

    return open_office(frame.data)
