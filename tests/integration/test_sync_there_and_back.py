"""An online dossier and a result, from the stand-in's own process through the worker to the office and back."""

from __future__ import annotations

import hashlib
import json
import time
import urllib.request
from pathlib import Path
from typing import Any

from office_commands import MARRIAGE_STATUS, received_now
from scanner_samples import printed_pdf
from sync_stand_in import StandIn

from kiosk.clock import office_now
from kiosk.domain.incoming import OnlineState
from kiosk.domain.job import Job, JobState, Wing
from kiosk.domain.life import DossierState
from kiosk.services import online_inbox
from sync.messages.codes import provisional_code
from ui.app import OpenedOffice, open_office
from ui.online_papers import keep_papers
from ui.workers import sync_worker

PATIENCE_S = 90.0


def asked(province: StandIn, method: str, path: str, body: bytes) -> dict[str, Any]:
    request = urllib.request.Request(f"{province.url}{path}", body, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def connect(root: Path, province: StandIn) -> None:
    settings = f'[[provinces]]\nurl = "{province.url}"\ntimeout_s = 10\nnews_every_s = 0\n'
    codes = '[provinces.field_codes]\n"Hộ tịch" = "G15-HT"\n'
    (root / "config.toml").write_text(settings + codes, encoding="utf-8")


def _open(office: OpenedOffice) -> list[Job]:
    with office.reads() as look:
        return look.jobs.listed(Wing.SYNC, (JobState.WAITING, JobState.LEASED, JobState.REJECTED))


def work(office: OpenedOffice) -> None:
    """Until nothing waits, and the feed was asked once more."""
    worker, end = sync_worker(office), time.monotonic() + PATIENCE_S
    try:
        for _ in range(2):
            while True:
                worker.once()
                if not _open(office):
                    break
                assert not [j.error for j in _open(office) if j.state is JobState.REJECTED]
                assert time.monotonic() < end, [(j.payload, j.error) for j in _open(office)]
                time.sleep(0.05)
            worker.close()
            worker = sync_worker(office)
    finally:
        worker.close()


def test_what_a_citizen_sent_online_is_accepted_and_the_portal_hears_of_it(tmp_path: Path) -> None:
    root = tmp_path / "office"
    with StandIn(tmp_path / "province") as province, open_office(root) as first:
        agency = first.facts.agency_code
        connect(root, province)
        with first.reads() as look:
            procedure = look.procedures.current(MARRIAGE_STATUS, office_now().date())
        assert procedure is not None
        pdf = printed_pdf([["Tờ khai"]], tmp_path / "to-khai.pdf").read_bytes()
        sha256 = hashlib.sha256(pdf).hexdigest()
        asked(province, "PUT", f"/_admin/files/{sha256}", pdf)
        papers = [
            {
                "TepDinhKemId": c.code,
                "TenTepDinhKem": f"{n}.pdf",
                "MaThanhPhanHoSo": c.code,
                "DuongDanTaiTepTin": f"{province.url}/TepTin/{sha256}",
                "MaBam": sha256,
                "KichThuoc": str(len(pdf)),
            }
            for n, c in enumerate(procedure.components)
        ]
        dossier = {
            "MaHoSo": "G22.99-20261122-0000042",
            "MaTTHC": procedure.code,
            "TenTTHC": procedure.name,
            "TruongHop": procedure.options[0].case,
            "ChuHoSo": "Nguyễn Thị Ánh",
            "SoGiayToChuHoSo": "001195000007",
            "TrichYeuHoSo": "Xin xác nhận tình trạng hôn nhân",
            "TaiLieuNop": papers,
        }
        sent = asked(province, "POST", "/_admin/online", json.dumps({"office": agency, "dossier": dossier}).encode())
        code = str(sent["MaHoSo"])
        with open_office(root) as office:
            work(office)
            with office.reads() as look:
                online = look.online.get(code)
            assert (online.state, online.awaited) == (OnlineState.WAITING, ())
            keep_papers(office, online, office.actor)
            key = online_inbox.accept(
                office.units(), office.desk, code, actor=office.actor, now=office_now()
            ).dossier.key
            work(office)
            with office.reads() as look:
                kept = look.dossiers.get(code)
            assert (kept.key, kept.code) == (key, code)
            there = province.shown(code)
            assert there["TrangThaiHoSo"] == "2"
            assert [s["TrangThai"] for s in there["DanhSachTienTrinh"]][-1] == "2"
            assert province.report()["doubled"] == []


def test_a_result_of_the_province_is_fetched_checked_and_waits_to_be_handed_over(tmp_path: Path) -> None:
    root = tmp_path / "office"
    with StandIn(tmp_path / "province") as province:
        key = received_now(root).key
        connect(root, province)
        with open_office(root) as office:
            work(office)
            code = provisional_code(office.facts.agency_code, key)
            pdf = printed_pdf([["GIẤY XÁC NHẬN"]], tmp_path / "kq.pdf").read_bytes()
            sha256 = hashlib.sha256(pdf).hexdigest()
            asked(province, "PUT", f"/_admin/files/{sha256}", pdf)
            province.decide(code, "9", result=sha256, result_name="Giấy xác nhận")
            work(office)
            with office.reads() as look:
                dossier = look.dossiers.get(key)
                assert dossier.result is not None
                assert office.vault.get(look.papers.file(dossier.result.file_id)) == pdf
                assert [d.key for d in look.dossiers.ready()] == [key]
            assert (dossier.state, dossier.result.signature) == (DossierState.RESULT_READY, "không có chữ ký số")
