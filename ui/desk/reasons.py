"""Reasons that the panel offers, in the words of the slips. No Qt."""

from __future__ import annotations

SUPPLEMENT_REASONS = (
    "Thiếu giấy tờ theo quy định của thủ tục",
    "Tờ khai chưa điền đủ hoặc chưa ký",
    "Giấy tờ bị mờ, rách, không đọc được",
    "Thông tin giữa các giấy tờ chưa thống nhất",
    "Bản sao chưa được chứng thực",
)
REFUSAL_REASONS = (
    "Không thuộc thẩm quyền giải quyết của xã",
    "Không đủ điều kiện theo quy định của thủ tục",
    "Thủ tục đã có kết quả giải quyết trước đó",
    "Giấy tờ có dấu hiệu tẩy xóa, sửa chữa",
)
FLAW = "Cần sửa hoặc bổ sung"
