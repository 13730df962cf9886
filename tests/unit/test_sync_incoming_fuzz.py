"""Whatever a province sends as news, the office's feed goes on behind it: nothing raises, nothing is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sync_fakes import Bench

from sync.hearing import Hearing
from sync.reading import change_of

KNOWN = "261123100016"  # the first dossier of the sample office
NAMES = (
    *("LoaiTin", "MaHoSo", "MaHoSoDonVi", "MaHoSoQuocGia", "TrangThai", "NoiDung", "NgayXuLy", "ChuHoSo", "MaTTHC"),
    *("NgayNopHoSo", "NgaySinh", "SoGiayToChuHoSo", "HinhThuc", "TaiLieuNop", "TepDonDangKy", "DanhSachGiayToKetQua"),
)
PAPER_NAMES = (
    "TepDinhKemId",
    "MaThanhPhanHoSo",
    "Base64",
    "DuongDanTaiTepTin",
    "MaBam",
    "KichThuoc",
    "NgayCap",
    "GiayToId",
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(
        ["KetQua", "HoSoTrucTuyen", "TrangThai", "20261123110000", "00000000000000", "10", "1.001193", KNOWN, "AAAA"]
    ),
)
PAPERS = st.lists(st.one_of(SCALARS, st.dictionaries(st.sampled_from(PAPER_NAMES), SCALARS, max_size=6)), max_size=3)
ITEMS = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(SCALARS, PAPERS, st.dictionaries(st.text(max_size=5), SCALARS))
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ITEMS, max_size=4))
def test_no_item_stops_the_news(items: list[dict[str, Any]]) -> None:
    bench = Bench()
    assert bench.receive().key == KNOWN
    hearing = Hearing(bench.units, bench.vault, bench.connection, bench.province, bench.clock)
    for _ in range(2):
        hearing.take([change_of(item) for item in items], "5")
    with bench.units() as uow:
        assert uow.exchange.cursor(bench.connection.name) == ("5" if items else "")
