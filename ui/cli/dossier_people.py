"""`motcua dossier …`: people and papers of a dossier: corrections after reception, several dossiers of one citizen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.clock import office_now
from kiosk.domain.dossier import Dossier
from kiosk.services.corrections import Correction, correct_dossier
from kiosk.services.group_reception import receive_group
from kiosk.services.groups import group_of, print_group
from kiosk.text import tidy
from ui.app import OpenedOffice, open_office
from ui.cli.console import UsageError, frame, show
from ui.cli.dossier_rows import dossier_lines, dossier_row
from ui.cli.file_intake import file_intake
from ui.cli.intake_file import person_problem
from ui.papers import printed_slips

Code = Annotated[str, typer.Argument(help="Mã hồ sơ (của xã hoặc của tỉnh).")]


def register(app: typer.Typer) -> None:
    app.command("correct")(correct)
    app.command("group")(group)


def correct(
    code: Code,
    full_name: Annotated[str | None, typer.Option("--name", help="Họ và tên.")] = None,
    id_number: Annotated[str | None, typer.Option("--id-number", help="Số định danh.")] = None,
    born_on: Annotated[str | None, typer.Option("--born-on", help="Ngày sinh, năm-tháng-ngày.")] = None,
    address: Annotated[str | None, typer.Option("--address", help="Địa chỉ.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Điện thoại.")] = None,
    submitter: Annotated[str | None, typer.Option("--submitter", help="Họ và tên người nộp hộ.")] = None,
    submitter_phone: Annotated[str | None, typer.Option("--submitter-phone", help="Điện thoại người nộp hộ.")] = None,
    count: Annotated[list[str] | None, typer.Option("--count", help="Số bản của thành phần, ví dụ to-khai=2.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Lý do sửa, bắt buộc khi đã có giấy tiếp nhận.")] = "",
) -> None:
    """Sửa thông tin ghi sai sau khi tiếp nhận; in lại giấy tiếp nhận ghi “Sửa đổi lần n”."""
    owner = {"full_name": full_name, "id_number": id_number, "born_on": born_on, "address": address, "phone": phone}
    beside = {"full_name": submitter, "phone": submitter_phone}
    correction = Correction(_given(owner), _given(beside), None, dict(map(_count, count or [])))
    if correction == Correction():
        raise UsageError(problem="chưa ghi mục nào cần sửa, ví dụ --address")
    if problem := person_problem(correction.owner) or person_problem(correction.submitter):
        raise UsageError(problem=problem)
    with open_office(frame.data) as office:
        key = _key(office, code)
        outcome = correct_dossier(
            office.units(), office.desk, key, correction, reason, actor=office.actor, now=office_now()
        )
        _show(office, [outcome.dossier], amendment=outcome.slip.amendment if outcome.slip else 0)


def group(
    files: Annotated[list[Path], typer.Argument(help="Các tệp JSON, mỗi tệp một hồ sơ của cùng một người.")],
    sheet: Annotated[bool, typer.Option("--sheet", help="In thêm một phiếu chung.")] = False,
) -> None:
    """Tiếp nhận nhiều hồ sơ của một người trong một lượt: mỗi hồ sơ một mã, một ngày hẹn, một giấy tiếp nhận."""
    with open_office(frame.data) as office:
        intakes = [file_intake(office, file) for file in files]  # a file that is wrong lets none be received
        actor = office.at_counter(office.config.station.counter)
        received = receive_group(office.units(), office.desk, intakes, actor=actor, now=office_now())
        if sheet:
            print_group(office.units(), office.desk, received[0].key, actor=office.actor, now=office_now())
        with office.reads() as look:
            whole = group_of(look, received[0].key)
        _show(office, whole)


def _show(office: OpenedOffice, dossiers: list[Dossier], **more: object) -> None:
    slips = [str(path) for d in dossiers for path in printed_slips(office, d.key)]
    rows = [dossier_row(d) for d in dossiers]
    data = {**rows[0], "slips": slips, **more} if len(rows) == 1 else {"dossiers": rows, "slips": slips}
    show(data, "\n".join([*map(dossier_lines, dossiers), *slips]))


def _given(values: dict[str, str | None]) -> dict[str, str]:
    return {name: tidy(value) for name, value in values.items() if value is not None}


def _count(text: str) -> tuple[str, int]:
    code, _, number = text.partition("=")
    if not (code and number.isascii() and number.isdigit() and int(number) <= 999):
        raise UsageError(problem=f"--count {text}: ghi dạng to-khai=2, số từ 0 đến 999")
    return code, int(number)


def _key(office: OpenedOffice, code: str) -> str:
    with office.reads() as look:
        return look.dossiers.get(code).key
