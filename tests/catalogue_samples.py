"""National catalogue records in the shape of LayThuTuc, invented here, with the faults that the real ones have."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


def way(
    kenh: str = "1", value: str = "3", unit: str = "Ngày làm việc", mota: str = "Miễn phí", sotien: str = "0"
) -> Json:
    fee = {"MAPHILEPHI": "", "SOTIEN": sotien, "DONVI": "đồng", "MOTA": ""}
    return {
        "KENH": kenh,
        "THOIGIAN": [{"THOIGIANGIAIQUYET": value, "DONVITINH": unit, "MOTA": mota, "PHILEPHI": [fee]}],
    }


def paper(name: str, originals: str = "1", copies: str = "0", **more: str) -> Json:
    empty = {"MAGIAYTO": "", "TENMAUDON": "", "URL": "", "MA_KQ_THAYTHE": ""}
    return {"TENGIAYTO": name, "SOBANCHINH": originals, "SOBANSAO": copies, **empty, **more}


def papers(*rows: Json, case: str = "") -> Json:
    return {"TRUONGHOP": case, "GIAYTO": list(rows)}


def record(code: str = "1.999001", name: str = "thủ tục mẫu", **changes: Any) -> Json:
    base: Json = {
        "MATTHC": code,
        "TENTTHC": name,
        "TRANGTHAI": "1",
        "QUYETDINH": "1/QĐ-MAU",
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "", "TENCAP": "Cấp xã"}],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "MAU-01", "TENLINHVUC": "Hộ tịch"}],
        "CACHTHUCTHUCHIEN": [way()],
        "THANHPHANHOSO": [papers(paper("Tờ khai", MAGIAYTO="TK1"))],
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G00.000001", "TENKETQUA": "Giấy mẫu", "TENTEP": "", "URL": ""}],
    }
    return base | changes


def answer(*records: Json) -> bytes:
    return json.dumps({"error_code": 0, "message": "ok", "result": list(records)}, ensure_ascii=False).encode()
