"""Results and originals by commands, on an office with a data directory; the notice as it is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fakes import FakeOffice
from office_commands import Run, commands_in, received_now
from printing_samples import codes, pages, texts
from samples import BIRTH, MOTHER, NOON, OFFICE, OFFICER, a_desk, an_intake

from kiosk.domain.dossier import ResultRecord
from kiosk.domain.event import Actor
from kiosk.domain.scan import StoredFile
from kiosk.domain.tracks import IllegalStepError
from kiosk.services import handover
from kiosk.services.notices import print_notice
from kiosk.services.reception import receive_dossier
from printing.devices import Chosen
from printing.devices.fake import FakePrinter
from printing.paper import PdfSheet
from printing.worker import PrintWorker
from scanner.signatures import count_signatures
from ui.app import open_office


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return commands_in(tmp_path, capsys)


def a_pdf(path: Path, *, signed: bool = False) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if signed:
            value = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"\0" * 8))
            field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Ky", V=value))
            group = pdf.make_indirect(pikepdf.Dictionary(T="Nhom", Kids=pikepdf.Array([field])))
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([group]))
        pdf.save(path)
    return path


def test_a_result_waits_is_told_and_goes_with_its_copy(run: Run, tmp_path: Path) -> None:
    key = received_now(tmp_path).key
    signed = a_pdf(tmp_path / "ket-qua.pdf", signed=True)
    assert run("dossier", "result", key, "--number", "12/TLKT", "--file", str(signed))[0] == 0
    with open_office(tmp_path) as office, office.reads() as look:
        known = look.dossiers.get(key).result
        assert known is not None
        assert office.vault.get(look.papers.file(known.file_id)) == signed.read_bytes()
        assert known.signature == "có 1 chữ ký số, chưa kiểm tra"

    code, told = run("dossier", "ready", "--untold")
    assert (code, [row["key"] for row in told["ready"]], told["ready"][0]["copy"]) == (0, [key], True)
    code, told = run("dossier", "notice", key)
    assert (code, told["phone"], key in told["text"]) == (0, MOTHER.phone, True)
    assert run("dossier", "notify", key, "--by", "Zalo")[0] == 0
    assert run("dossier", "ready", "--untold")[1]["ready"] == []
    assert "Zalo" in run("dossier", "ready")[1]["ready"][0]["told"]
    assert run("dossier", "return", key)[0] == 0
    assert run("dossier", "ready")[1]["ready"] == []
    assert run("dossier", "notice", key, "--print")[1]["error"]["code"] == "dossier.illegal_step"


def test_a_broken_file_is_no_result(run: Run, tmp_path: Path) -> None:
    key = received_now(tmp_path).key
    bad = tmp_path / "hong.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing here\n%%EOF")
    picture = tmp_path / "anh.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    for file in (bad, picture, tmp_path / "khong-co.pdf"):
        assert run("dossier", "result", key, "--number", "12", "--file", str(file))[0] == 2
    with open_office(tmp_path) as office, office.reads() as look:
        assert look.dossiers.get(key).result is None


def test_originals_are_held_and_given_back_by_command(run: Run, tmp_path: Path) -> None:
    dossier = received_now(tmp_path)
    first, second = (p.component.code for p in dossier.papers[:2])
    assert run("dossier", "hold", dossier.key, "--paper", first, "--paper", second)[1]["in_custody"] == [first, second]
    assert run("dossier", "give-back", dossier.key, "--paper", first)[1]["in_custody"] == [second]
    assert run("dossier", "give-back", dossier.key)[1]["in_custody"] == []
    assert run("dossier", "give-back", dossier.key)[1]["error"]["code"] == "original.not_in_custody"


def test_signatures_are_counted_and_a_file_that_is_none_has_none(tmp_path: Path) -> None:
    assert count_signatures(a_pdf(tmp_path / "a.pdf", signed=True).read_bytes()) == 1
    assert count_signatures(a_pdf(tmp_path / "b.pdf").read_bytes()) == 0
    assert count_signatures(b"%PDF-1.7 no more") == 0


def test_the_notice_is_printed_with_the_receipt_s_code_and_no_identity_number() -> None:
    office, printer = FakeOffice(), FakePrinter()
    office.shelf.procedures[BIRTH.code, 1] = BIRTH
    intake = replace(an_intake(), owner=replace(MOTHER, full_name="Nguyễn Thị Khánh Huyền Tôn Nữ Công Huyền " * 2))
    key = receive_dossier(office.units(), a_desk(), intake, actor=OFFICER, now=NOON).dossier.key
    office.shelf.jobs.clear()
    with pytest.raises(IllegalStepError):
        print_notice(office.units(), key, "", actor=OFFICER, now=NOON)
    file = StoredFile("f-1", "0" * 64, 10, "application/pdf", b"")
    handover.record_result(office.units(), key, ResultRecord("12/KS", NOON), actor=OFFICER, now=NOON, file=file)
    for _ in range(2):  # asked for again, it comes out again
        print_notice(office.units(), key, "", actor=OFFICER, now=NOON)
    printers = {"ticket": Chosen(FakePrinter()), "slip": Chosen(printer)}
    worker = PrintWorker(office.units, OFFICE, printers, Actor("", "in"), lambda: NOON, "w")
    assert worker.drain() == 2
    sheets = [sheet for sheet in printer.out if isinstance(sheet, PdfSheet)]
    assert len(sheets) == 2
    (page,) = texts(sheets[0].pdf)
    for words in ("GIẤY BÁO KẾT QUẢ", "12/KS", key, "Khánh Huyền", OFFICE.phone):
        assert words in page
    assert MOTHER.id_number not in page
    (picture,) = pages(sheets[0].pdf)
    assert codes(picture) == {"Code128": key, "QRCode": key}
