"""The fields of G1: those of G1.5 without what came later, and the envelope around them."""

from __future__ import annotations

from dataclasses import replace

from sync.messages import g15_table
from sync.messages.g1 import LATER, LATER_OF_FILES, LATER_OF_RESULTS
from sync.messages.g15_table import TRUTH
from sync.messages.table import Field, Kind, Must, Table

FILE: Table = tuple(row for row in g15_table.FILE if row.name not in LATER_OF_FILES)
RESULT: Table = tuple(row for row in g15_table.RESULT if row.name not in LATER_OF_RESULTS)
SUPPLEMENT: Table = tuple(
    replace(row, members=FILE) if row.name == "DanhSachGiayToBoSung" else row for row in g15_table.SUPPLEMENT
)
_MEMBERS = {"TaiLieuNop": FILE, "DanhSachGiayToKetQua": RESULT, "DanhSachHoSoBoSung": SUPPLEMENT}
DOSSIER: Table = tuple(
    replace(row, members=_MEMBERS.get(row.name, row.members)) for row in g15_table.DOSSIER if row.name not in LATER
)
PROGRESS: Table = g15_table.PROGRESS
DOSSIERS_SENT: Table = (
    Field("session", "Phiên làm việc"),
    Field("madonvi", "Mã định danh đơn vị", Must.YES),
    Field("service", "Dịch vụ", Must.YES, among=("DongBoHoSoMC",)),
    Field("isUpdating", "Cập nhật", Must.YES, among=TRUTH),
    Field("data", "Hồ sơ", Must.YES, Kind.ITEMS, members=DOSSIER),
)
PROGRESS_SENT: Table = (
    Field("session", "Phiên làm việc"),
    Field("madonvi", "Mã định danh đơn vị", Must.YES),
    Field("service", "Dịch vụ", Must.YES, among=("CapNhatTienDoHoSoMC",)),
    Field("data", "Bước xử lý", Must.YES, Kind.ITEMS, members=PROGRESS),
)
