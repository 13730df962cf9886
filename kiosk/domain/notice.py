"""Word to the citizen that the result is there (thông báo có kết quả). Source: docs/legal.md#no-result"""

from __future__ import annotations

from kiosk.domain.dossier import Dossier
from kiosk.domain.office import Office

BY = ("Điện thoại", "Tin nhắn SMS", "Zalo", "Thư điện tử", "Giấy báo gửi về nhà", "Báo trực tiếp tại quầy")


def result_notice(dossier: Dossier, office: Office) -> str:
    """What is sent, read out on the telephone, or printed; it names the receipt's code, no identity number."""
    to = (dossier.submitter or dossier.owner).full_name
    number = f" số {dossier.result.number}" if dossier.result else ""
    bring = "giấy tiếp nhận và thẻ căn cước" + (", giấy ủy quyền nếu nhận thay" if dossier.submitter is None else "")
    call = f" Điện thoại: {office.phone}." if office.phone else ""
    way = "được gửi qua bưu chính" if dossier.return_by_post else f"chờ ông/bà đến nhận, mang theo {bring}"
    return (
        f"{office.name} kính báo ông/bà {to}: hồ sơ {dossier.code or dossier.key}, {dossier.procedure_name},"
        f" đã có kết quả{number}. Kết quả {way}.{call}"
    )
