"""G1, the form of 2019-2021: the dossier of G1.5 without its later fields, in an envelope that names the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sync.messages import g15
from sync.messages.canonical import CanonicalDossier
from sync.messages.profile import Profile
from sync.messages.wire import word

Message = dict[str, Any]

# What came with G1.5; a G1 system may refuse what it does not know.
LATER = frozenset(
    {
        *("KenhThucHien", "SoGiayToChuHoSo", "NgayNopHoSo", "NgayTuChoi", "NoiNopHoSo", "HoSoCoThanhPhanSoHoa"),
        *("TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen", "DinhDanhCHS", "DSKetNoiCSDL"),
    }
)
LATER_OF_FILES = frozenset({"DuocSoHoa", "DuocTaiSuDung", "DuocLayTuKhoDMQG", "MaKetQuaThayThe"})
LATER_OF_RESULTS = frozenset({"MaGiayToKetQua"})


def dossier_message(dossier: CanonicalDossier, profile: Profile) -> Message:
    """One DongBoHoSoMC object of G1."""
    message = _without(g15.dossier_message(dossier, profile), LATER)
    message["TaiLieuNop"] = [_without(e, LATER_OF_FILES) for e in message["TaiLieuNop"]]
    message["DanhSachGiayToKetQua"] = [_without(e, LATER_OF_RESULTS) for e in message["DanhSachGiayToKetQua"]]
    for supplement in message["DanhSachHoSoBoSung"]:
        supplement["DanhSachGiayToBoSung"] = [_without(e, LATER_OF_FILES) for e in supplement["DanhSachGiayToBoSung"]]
    return message


def envelope(
    service: str,
    agency: str,
    data: Sequence[Message] | None = None,
    *,
    updating: bool | None = None,
    members: Mapping[str, str] | None = None,
) -> Message:
    """What stands around the data. `session` is added where the login is known; isUpdating only where it is said."""
    made: Message = {"madonvi": agency, "service": service, **(members or {})}
    if updating is not None:
        made["isUpdating"] = word(updating)
    if data is not None:
        made["data"] = list(data)
    return made


def _without(message: Mapping[str, Any], names: frozenset[str]) -> Message:
    return {name: value for name, value in message.items() if name not in names}
