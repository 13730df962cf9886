"""Separator sheets through a real office: printed at the desk, fed with the papers, sorted, used once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import segno
from samples import OFFICER
from scanner_samples import DECLARATION, PreparedEngine, drawn, empty_sheet, picture_file, tiff_of
from ui_fakes import LANES, FakeClock, Remember

from kiosk.clock import office_now
from kiosk.config import ScannerConfig
from kiosk.domain.scan import ScannedPage
from kiosk.errors import PaperJamError
from scanner.devices.fake import FakeCaptureDevice
from scanner.devices.inbox import Inbox
from scanner.page import Page
from scanner.reader import PageReader
from scanner.worker import DigitiseWorker
from ui.app import OpenedOffice, open_office
from ui.cli.bench_digitise_codes import modules
from ui.desk.inbox_office import LiveInbox
from ui.desk.intake_presenter import IntakePresenter
from ui.desk.office import LiveIntake
from ui.workers import print_worker

DRAFT = "draft-1"
DPI = 100  # coarse, so that seven stacks do not take a minute
PAPERS = [("tp-1", "Tờ khai đăng ký khai sinh"), ("tp-2", "Giấy chứng sinh"), ("tp-3", "Giấy ủy quyền")]
CARD = "001195047382||Trần Thị Bích Ngọc|05031995|Nữ|Xã Mẫu Sơn, tỉnh Lạng Sơn|01012021"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(tmp_path) as office:
        yield office


def desk(office: OpenedOffice, *sides: Page, jam_after: int | None = None) -> LiveIntake:
    feeder = FakeCaptureDevice(sides, jam_after)
    return LiveIntake(office, "1", office.at_counter("1"), feeder.capture, office_now)


def printed_sheets(office: OpenedOffice, owner: str = DRAFT) -> list[Page]:
    """As the printer of the slips gives them, scanned."""
    before = set(office.paths.papers.iterdir())
    mark = desk(office).separators(owner, PAPERS)
    print_worker(office).drain()
    (file,) = set(office.paths.papers.iterdir()) - before
    assert f"to-ngan-{mark}-" in file.name
    sheets = pypdfium2.PdfDocument(file)
    return [Page(np.ascontiguousarray(s.render(scale=DPI / 72).to_numpy()[:, :, :3]), DPI) for s in sheets]


def kept(office: OpenedOffice, owner: str = DRAFT) -> list[ScannedPage]:
    with office.reads() as look:
        return sorted(look.papers.pages(owner), key=lambda page: page.number)


def paper(n: int) -> Page:
    return drawn([*DECLARATION, f"Trang {n}"], DPI)


def test_a_two_sided_stack_is_sorted_and_its_sheets_are_left_out_but_kept(office: OpenedOffice) -> None:
    first, second, third = printed_sheets(office)
    back = empty_sheet(dpi=DPI)
    sides = [first, back, paper(1), paper(2), second, back, paper(3), back, third, back, paper(4), back]
    assert desk(office, *sides).scan(DRAFT) == 12
    assert [(p.component, p.discarded) for p in kept(office)] == [
        *(("", True), ("", True), ("tp-1", False), ("tp-1", False)),
        *(("", True), ("", True), ("tp-2", False), ("tp-2", False)),
        *(("", True), ("", True), ("tp-3", False), ("tp-3", False)),
    ]


def test_a_jam_in_the_middle_does_not_lose_the_paper_under_way(office: OpenedOffice) -> None:
    first, second, _ = printed_sheets(office)
    intake = desk(office, first, paper(1), paper(2), second, paper(3), jam_after=2)
    with pytest.raises(PaperJamError):
        intake.scan(DRAFT)
    intake.scan(DRAFT)
    assert [p.component for p in kept(office) if not p.discarded] == ["tp-1", "tp-1", "tp-2"]


def test_a_missing_sheet_takes_back_what_it_leaves_in_doubt(office: OpenedOffice) -> None:
    first, _, third = printed_sheets(office)
    desk(office, first, paper(1), paper(2), third, paper(3)).scan(DRAFT)
    pages = [p for p in kept(office) if not p.discarded]
    assert [p.component for p in pages] == ["", "", "tp-3"]
    assert ["Thiếu tờ ngăn số 2" in str(p.meta.get("findings")) for p in pages] == [True, True, False]


def test_another_citizens_sheets_stay_pages_with_a_sentence(office: OpenedOffice) -> None:
    own, other = printed_sheets(office)[0], printed_sheets(office, "draft-2")[0]
    desk(office, own, paper(1), other, paper(2)).scan(DRAFT)
    pages = kept(office)
    assert [(p.component, p.discarded) for p in pages] == [("", True), ("tp-1", False), ("", False), ("", False)]
    assert "hồ sơ khác" in str(pages[2].meta["findings"])


def test_a_used_set_is_refused_in_the_next_stack(office: OpenedOffice) -> None:
    first, *_ = printed_sheets(office)
    desk(office, first, paper(1)).scan(DRAFT)
    desk(office, first, paper(2)).scan(DRAFT)  # another window: nothing is remembered but the log
    pages = kept(office)
    assert [(p.component, p.discarded) for p in pages[2:]] == [("", False), ("", False)]
    assert "đã dùng" in str(pages[2].meta["findings"])


def test_files_of_a_copier_are_sorted_too_one_page_each_or_many(office: OpenedOffice, tmp_path: Path) -> None:
    first, second, third = printed_sheets(office)
    share = tmp_path / "share"
    share.mkdir()
    tiff_of([first, paper(1), second], share / "a.tif")
    for n, side in enumerate((paper(2), third, paper(3)), 1):
        picture_file(side, share / f"b{n}.png")
    os.utime(share / "a.tif", (1000, 1000))
    profile = ScannerConfig.model_validate({"device": f"folder:{share}"})
    inbox = Inbox(share, "Quầy_1", settle_s=0, patience_s=0)
    watching = LiveInbox(office, office.actor, "Quầy 1", [profile], [inbox])
    watching.take(DRAFT, watching.arrived())
    assert [p.component for p in kept(office) if not p.discarded] == ["tp-1", "tp-2", "tp-3"]


def test_a_card_laid_on_the_glass_is_offered_and_fills_the_intake(office: OpenedOffice) -> None:
    sheet = drawn(["Bản sao thẻ căn cước"])
    code = np.repeat(np.repeat(modules("qr", CARD), 4, axis=0), 4, axis=1)
    sheet.pixels[400 : 400 + code.shape[0], 300 : 300 + code.shape[1]] = code[:, :, None]
    intake, view = desk(office, sheet), Remember()
    presenter = IntakePresenter(view, intake, LANES, FakeClock())
    presenter.open()
    presenter.pages.on_scan()
    reader = PageReader(PreparedEngine(["Bản sao thẻ căn cước"]))
    DigitiseWorker(office.units, office.vault, OFFICER, office_now, "w", reader).drain()
    presenter.pages.on_news()
    assert view.last("say")[1] == "Trang 1 là thẻ căn cước của Trần Thị Bích Ngọc."
    presenter.on_take()
    person = presenter.work.person
    assert person is not None
    assert (person.full_name, person.id_number, person.born_on) == ("Trần Thị Bích Ngọc", "001195047382", "1995-03-05")


def test_the_code_of_a_sheet_names_nobody(office: OpenedOffice) -> None:
    from scanner.separators import separator_codes

    (code,) = set(separator_codes(printed_sheets(office)[0]))
    assert code.isdigit()
    assert segno.make(code, error="h").designator == "3-H"
