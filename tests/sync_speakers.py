"""One client of each generation, with the words it needs to say the same things in its own form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sync_fakes import AGENCY
from sync_samples import a_message, a_step

from sync.clients import client_of
from sync.connection import PATHS, Auth, Connection, Paths, Timeouts, Wrapping
from sync.messages.forms import Generation
from sync.messages.g1 import LATER
from sync.outcome import SuccessRule
from sync.province import ProvinceClient
from sync.settings import USUAL_AUTH, USUAL_RULE, USUAL_WRAPPING

Message = dict[str, Any]

_numbers = count(1)
# Below the stand-in's address; and what each says beyond the settings' usual ones.
PLACES = {Generation.G1: "/G1", Generation.G15: "", Generation.G2: "/G2"}


def connection_to(url: str, generation: Generation, timeouts: Timeouts = Timeouts(2, 5, 0)) -> Connection:  # noqa: B008
    """A connection to the stand-in at `url` with what its generation does by itself."""
    paths = PATHS.get(generation, Paths())
    return Connection(
        url + PLACES[generation],
        AGENCY,
        generation=generation,
        paths=replace(paths, file_info="/TaiTep") if generation is Generation.G2 else paths,
        wrapping=USUAL_WRAPPING.get(generation, Wrapping()),
        auth=Auth(USUAL_AUTH.get(generation, "none"), "xa", "mat-khau"),
        rule=USUAL_RULE.get(generation, SuccessRule()),
        timeouts=timeouts,
    )


@dataclass
class Speaker:
    """message, step, correction: one message about the dossier with this code; changes are members of its form."""

    client: ProvinceClient
    message: Callable[..., Message] = a_message
    step: Callable[[str, str], Message] = field(default=lambda code, status: a_step(code, TrangThai=status))
    correction: Callable[[str], Message] = field(default=lambda code: a_message(code, TrichYeuHoSo="khác"))

    def code(self) -> str:
        """A code that no other test uses: the stand-in keeps everything."""
        return self.client.allot("1.001193") or f"{AGENCY}-261123-{next(_numbers):05d}"


def speaker(url: str, generation: Generation) -> Speaker:
    client = client_of(connection_to(url, generation))
    match generation:
        case Generation.G1:
            return Speaker(client, a_g1_message, correction=lambda code: a_g1_message(code, TrichYeuHoSo="khác"))
        case Generation.G2:
            return Speaker(client, a_g2_message, a_g2_step, a_g2_status)
    return Speaker(client)


def a_g1_message(code: str, **changes: Any) -> Message:
    return {name: value for name, value in a_message(code, **changes).items() if name not in LATER}


def a_g2_message(code: str, **changes: Any) -> Message:
    message: Message = {
        "MaHoSo": code,
        "MaTTHC": "1.001193",
        "MaDichVuCong": "",
        "ChuHoSo": "Nguyễn Thị Ánh",
        "LoaiDoiTuong": 0,
        "MaDonViTiepNhan": AGENCY,
        "NgayNop": "2026-11-23 10:00:00",
        "NgayTiepNhan": "2026-11-23 10:00:00",
        "ThongTinNguoiNop": {"LoaiDoiTuong": 0, "ThongTinChiTiet": {"TenNguoiNop": "Nguyễn Thị Ánh"}},
        "ThanhPhanHoSo": [],
    }
    return {**message, **changes}


def a_g2_step(code: str, status: str) -> Message:
    return {
        "IDHoSo": "",
        "MaHoSo": code,
        "NguoiXuLy": "lan",
        "ThoiDiemXuLy": "2026-11-23T10:00:00.000",
        "TrangThai": int(status),
    }


def a_g2_status(code: str) -> Message:
    return {"IdHoSo": "", "MaHoSo": code, "TrangThai": 4, "NoiDungXuLy": "khác"}
