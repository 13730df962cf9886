"""`motcua print …` and `motcua printers`: any paper to a file, and how the printers are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.clock import OFFICE_ZONE, business_day, office_now
from kiosk.domain.job import Job, Wing
from kiosk.domain.slip import Slip, SlipKind
from kiosk.errors import DeviceError, NotFoundError
from kiosk.services.printing import TicketToPrint, paper_of, reprint_slip
from kiosk.services.queue_day import queue_day
from kiosk.services.slips import COPIES, brought_up_to_date
from kiosk.services.unprinted import Unprinted, print_here, unprinted_slips
from ui.app import OpenedOffice, open_kiosk, open_office
from ui.cli.console import frame, show
from ui.cli.print_contact import contact
from ui.cli.print_register import register_book
from ui.desk.unprinted_presenter import place_of
from ui.i18n.errors import explain
from ui.workers import print_worker

print_app = typer.Typer(help="In ra tệp, tờ ngăn, sổ theo dõi; giấy chưa in xong.", rich_markup_mode=None)

Out = Annotated[Path, typer.Option("--out", "-o", help="Tệp nhận kết quả.")]

FORM_WORDS = {
    SlipKind.RECEIPT: "giấy tiếp nhận và hẹn trả",
    SlipKind.SUPPLEMENT: "phiếu yêu cầu bổ sung",
    SlipKind.REFUSAL: "phiếu từ chối",
    SlipKind.APOLOGY: "văn bản xin lỗi, hẹn lại",
    SlipKind.STOP: "thông báo dừng giải quyết",
    SlipKind.CONTROL: "phiếu kiểm soát quá trình",
}
STATE_WORDS = {"ready": "sẵn sàng", "paper_low": "sắp hết giấy", "unknown": "không trả lời, vẫn in được"}


def register(app: typer.Typer) -> None:
    print_app.command("register")(register_book)
    print_app.command("contact")(contact)
    app.add_typer(print_app, name="print")
    app.command("printers")(printers)


@print_app.command("form")
def form(
    name: Annotated[str, typer.Argument(help="receipt, supplement, refusal, apology, stop, control; hoặc 01 đến 06.")],
    out: Out,
    dossier: Annotated[str, typer.Option("--dossier", "-d", help="Mã hồ sơ.")],
    copies: Annotated[int | None, typer.Option("--copies", min=1, max=9, help="Số liên; mặc định theo mẫu.")] = None,
) -> None:
    """Ghi phiếu mới nhất của hồ sơ ra tệp PDF."""
    from printing.devices.folder import write_whole
    from printing.forms import render_slip
    from ui.training import marked

    kind = _kind(name)
    _refuse_suffix(out, (".pdf",))
    with open_office(frame.data) as office:
        slip = _newest(office, dossier, kind)
        pdf = marked(office, render_slip(slip, copies))
    write_whole(out, pdf)
    data = {"file": str(out), "form": slip.kind.value, "number": slip.number, "dossier": slip.dossier_key}
    show(data, f"Đã ghi {FORM_WORDS[kind]} số {slip.number}/{slip.year} vào {out}")


@print_app.command("again")
def again(
    name: Annotated[str, typer.Argument(help="Như của print form.")],
    dossier: Annotated[str, typer.Option("--dossier", "-d", help="Mã hồ sơ.")],
) -> None:
    """In thêm phiếu mới nhất của hồ sơ ở máy này; mỗi trang ghi “BẢN IN LẠI”."""
    kind = _kind(name)
    with open_office(frame.data) as office:
        slip, where = _newest(office, dossier, kind), office.config.prints_at("slip")
        reprint_slip(office.units(), slip.id, COPIES[kind], actor=office.actor, now=office_now(), paper_at=where)
    data = {"form": kind.value, "number": slip.number, "dossier": slip.dossier_key, "station": where}
    show(data, f"{FORM_WORDS[kind].capitalize()} số {slip.number}/{slip.year} sẽ in lại ở máy {where}.")


@print_app.command("ticket")
def ticket(
    number: Annotated[str, typer.Argument(help="Số thứ tự của hôm nay, ví dụ A012.")],
    out: Out,
    width: Annotated[int | None, typer.Option("--width", help="Số điểm ngang: 384, 512, 576 hoặc 640.")] = None,
) -> None:
    """Ghi phiếu số thứ tự ra tệp: .png, .pdf, hoặc .bin (lệnh ESC/POS)."""
    from printing.devices.cups import ticket_pdf
    from printing.devices.folder import png, write_whole
    from printing.devices.library import encode
    from printing.worker import ticket_sheet

    _refuse_suffix(out, (".png", ".pdf", ".bin"))
    with open_office(frame.data) as office:
        dots = _width(width) if width is not None else _ticket_width(office)
        sheet = ticket_sheet(_ticket(office, number), dots)
    suffix = out.suffix.lower()
    content = png(sheet) if suffix == ".png" else ticket_pdf(sheet) if suffix == ".pdf" else encode(sheet.image)
    write_whole(out, content)
    data = {"file": str(out), "number": number.strip().upper(), "dots": list(sheet.image.size)}
    show(data, f"Đã ghi số {data['number']} vào {out}")


@print_app.command("waiting")
def waiting() -> None:
    """Các giấy chưa in xong của cơ quan, và máy phải in."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            found = unprinted_slips(look, office_now())
        rows = [_waiting_row(one, office.config.station.name) for one in found]
    lines = [f"{r['dossier']}  {r['words']:<34} {r['made_at'][:16].replace('T', ' ')}  {r['place']}" for r in rows]
    show({"papers": rows}, "\n".join(lines) or "Mọi giấy đã in xong.")


def _waiting_row(one: Unprinted, here: str) -> dict[str, Any]:
    return {
        "dossier": one.slip.dossier_key,
        "form": one.slip.kind.value if isinstance(one.slip, Slip) else str(one.job.payload["paper"]),
        "words": FORM_WORDS[one.slip.kind] if isinstance(one.slip, Slip) else one.called,
        "made_at": one.slip.issued_at.astimezone(OFFICE_ZONE).isoformat(),
        "station": one.job.station,
        "state": one.job.state.value,
        "place": place_of(one, here, office_now()),
    }


@print_app.command("here")
def here(dossier: Annotated[str, typer.Argument(help="Mã hồ sơ.")]) -> None:
    """In ở máy này những giấy chưa in xong của một hồ sơ, thay cho máy đã lập."""
    with open_office(frame.data) as office:
        with office.reads() as look:
            key = look.dossiers.get(dossier.strip()).key
            mine = [u for u in unprinted_slips(look, office_now()) if u.slip.dossier_key == key]
        where = office.config.prints_at("slip")
        for one in mine:
            print_here(office.units(), one.job.key, where, actor=office.actor, now=office_now())
    words = f"{len(mine)} giấy sẽ in ở máy {where}." if mine else "Hồ sơ này không còn giấy nào chưa in."
    show({"dossier": key, "papers": len(mine), "station": where}, words)


@print_app.command("separators")
def separators(
    out: Out,
    dossier: Annotated[str, typer.Option("--dossier", "-d", help="Mã hồ sơ: bộ dùng một lần cho hồ sơ này.")] = "",
    procedure: Annotated[str, typer.Option("--procedure", help="Mã thủ tục: mỗi thành phần hồ sơ một tờ.")] = "",
    count: Annotated[int, typer.Option("--count", min=0, max=999, help="Số tờ chung, cho kho lưu trữ.")] = 0,
    size: Annotated[str, typer.Option("--size", help="Khổ giấy: A4 hoặc A5.")] = "A4",
) -> None:
    """Ghi một bộ tờ ngăn ra tệp PDF: của một hồ sơ, của một thủ tục, hoặc một số tờ chung."""
    from kiosk.domain.separator import separator_code
    from kiosk.services.separators import print_separators
    from printing.devices.folder import write_whole
    from printing.forms.separator import SIZES, render_separators, set_mark
    from ui.cli.console import UsageError
    from ui.training import marked

    _refuse_suffix(out, (".pdf",))
    if size not in SIZES:
        raise UsageError(problem=f"--size chỉ nhận {', '.join(SIZES)}")
    if sum(map(bool, (dossier, procedure, count))) != 1:
        raise UsageError(problem="chọn đúng một trong --dossier, --procedure, --count")
    now = office_now()
    with open_office(frame.data) as office:
        owner, papers = _papers(office, dossier, procedure)
        made = print_separators(office.units, owner, papers, actor=office.actor, now=now, count=count)
        key = office.separator_key
        pdf = render_separators(made, lambda sheet: separator_code(sheet, key), office.facts.name, now, size)
        pdf = marked(office, pdf)
    write_whole(out, pdf)
    mark = set_mark(made.nonce)
    data = {"file": str(out), "set": mark, "sheets": made.count, "papers": [code for code, _ in made.papers]}
    show(data, f"Đã ghi {made.count} tờ ngăn, bộ {mark}, vào {out}")


def _papers(office: OpenedOffice, dossier: str, procedure: str) -> tuple[str, list[tuple[str, str]]]:
    """Whom the set is for, and the papers that get a sheet. Raises: NotFoundError."""
    with office.reads() as look:
        if dossier:
            found = look.dossiers.get(dossier.strip())
            return found.key, [(p.component.code, p.component.name) for p in found.papers]
        if not procedure:
            return "", []
        current = look.procedures.current(procedure, business_day(office_now()))
    if current is None:
        raise NotFoundError(what="thủ tục", key=procedure)
    return "", [(c.code, c.name) for c in current.papers()]


def printers() -> None:
    """Các máy in của máy này và tình trạng của chúng."""
    # A kiosk's printer is its own: looked at without the office, for which the kiosk's settings have no login.
    with open_kiosk(frame.data) as office:
        rows = [
            _row(kind, chosen.printer) | _elsewhere(office, kind)
            for kind, chosen in print_worker(office).printers.items()
        ]
    lines = [f"{r['paper_words']:<12} {r['printer']:<32} {r['words']}" for r in rows]
    show({"printers": rows}, "\n".join(lines))


def _row(kind: str, printer: Any) -> dict[str, Any]:
    row = {"paper": kind, "paper_words": "Số thứ tự" if kind == "ticket" else "Phiếu A5", "printer": printer.name}
    try:
        state = printer.check().value
    except DeviceError as trouble:
        words = explain(trouble, frame.lang)
        return row | {"state": "trouble", "problem": words.code, "words": f"{words.message} {words.fix}"}
    return row | {"state": state, "problem": None, "words": STATE_WORDS[state]}


def _elsewhere(office: OpenedOffice, kind: str) -> dict[str, Any]:
    """What stands in the row of a paper that another machine makes."""
    where = office.config.prints_at("ticket" if kind == "ticket" else "slip")
    if where == office.config.station.name:
        return {}
    return {"printer": where, "state": "elsewhere", "words": "in ở máy đó"}


def _kind(name: str) -> SlipKind:
    from printing.errors import UnknownFormError
    from printing.forms import NAMES

    known = NAMES | {kind.value: kind for kind in SlipKind}
    if name.lower() not in known:
        raise UnknownFormError(name=name, known=", ".join(known))
    return known[name.lower()]


def _newest(office: OpenedOffice, code: str, kind: SlipKind) -> Slip:
    with office.reads() as look:
        dossier = look.dossiers.get(code.strip())
        slips = [s for s in look.slips.of_dossier(dossier.key) if s.kind is kind]
        if not slips:
            raise NotFoundError(what=FORM_WORDS[kind], key=code)
        return brought_up_to_date(look, office.desk, slips[-1])


def _ticket(office: OpenedOffice, number: str) -> TicketToPrint:
    now = office_now()
    with office.reads() as look:
        key = look.tickets.by_label(queue_day(look, now), number.strip().upper()).key
    looking = Job(Wing.PRINT, "look", {"paper": "ticket", "ticket": key})
    content = paper_of(office.reads, office.facts, looking, now)
    assert isinstance(content, TicketToPrint)
    return content


def _ticket_width(office: OpenedOffice) -> int:
    return print_worker(office).printers["ticket"].width_dots


def _width(width: int) -> int:
    from printing.tickets import WIDTHS
    from ui.cli.console import UsageError

    if width not in WIDTHS:
        raise UsageError(problem=f"--width chỉ nhận {', '.join(map(str, WIDTHS))}")
    return width


def _refuse_suffix(out: Path, known: tuple[str, ...]) -> None:
    from printing.errors import UnknownFileKindError

    if out.suffix.lower() not in known:
        raise UnknownFileKindError(file=out.name, known=", ".join(known))
