"""The log of one dossier in the officers' words. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.dossier import Dossier
from kiosk.domain.event import Event
from kiosk.domain.life import ACT_WORDS, TABLE
from kiosk.domain.original import GIVEN_BACK, HELD
from kiosk.domain.receiver import PROOF_WORDS, Proof
from kiosk.domain.tracks import HAND_OVER, MONEY, STEP_WORDS
from kiosk.services.folder_receipt import CONFIRMED as BUNDLE_CONFIRMED
from kiosk.services.folder_receipt import REFUSED as BUNDLE_REFUSED
from kiosk.services.messages import CONSENT
from kiosk.services.messages import HANDED as NOTICE_HANDED
from kiosk.services.messages import SKIPPED as NOTICE_SKIPPED
from kiosk.services.money import PART_TAKEN
from kiosk.services.notices import PRINTED as NOTICE_PRINTED
from kiosk.services.recount import MOVED
from ui.desk.dossier_model import Line
from ui.message_words import message_words

OTHER_WORDS = {
    "dossier.extended": "hẹn lại, xin lỗi",
    "dossier.competent_received": "cơ quan có thẩm quyền nhận",
    MOVED: "đổi ngày hẹn theo lịch làm việc mới",
    "dossier.corrected": "sửa thông tin đã ghi",
    "slip.printed": "in mẫu",
    NOTICE_PRINTED: "in giấy báo kết quả",
    "slip.reprint_asked": "yêu cầu in lại",
    "slip.print_moved": "chuyển in sang máy khác",
    "money.asked": "yêu cầu chuyển khoản",
    "money.demand_printed": "in giấy có mã chuyển khoản",
    PART_TAKEN: "thu một phần",
    "receipt.printed": "in biên lai",
    "receipt.reprint_asked": "yêu cầu in lại biên lai",
    "province.status": "tỉnh báo trạng thái",
    "exchange.resent": "gửi lại lên tỉnh",
    "exchange.sent_again": "gửi lại lên tỉnh dù đã gửi",
    "result.copy_attached": "tỉnh gửi bản điện tử của kết quả",
    NOTICE_HANDED: "nhắn tin cho người dân",
    NOTICE_SKIPPED: "không nhắn tin",
    CONSENT: "ý muốn nhận tin nhắn",
    BUNDLE_CONFIRMED: "tỉnh ký nhận qua USB",
    BUNDLE_REFUSED: "tỉnh từ chối gói qua USB",
    HELD: "giữ bản chính",
    GIVEN_BACK: "trả bản chính",
}
WORDS: dict[str, str] = {
    **{move.event: ACT_WORDS[move.act] for move in TABLE},
    **{step.event: STEP_WORDS[step.act] for step in MONEY},
    **{step.event: STEP_WORDS[step.act] for step in HAND_OVER if step.event},
    **OTHER_WORDS,
}


def history_of(dossier: Dossier, events: Sequence[Event], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Newest first. names: login -> name. What has no words here, such as pages that were scanned, is left out."""
    papers = {paper.component.code: paper.component.name for paper in dossier.papers}
    return tuple(
        Line(
            f"{event.at.astimezone(OFFICE_ZONE):%d/%m %H:%M}",
            _words(event, papers),
            names.get(event.actor.officer, event.actor.officer) or event.actor.station,
        )
        for event in reversed(events)
        if event.kind in WORDS
    )


def _words(event: Event, papers: Mapping[str, str]) -> str:
    words, data = WORDS[event.kind], event.data
    said = f"{words[:1].upper()}{words[1:]}"
    if event.kind in (HELD, GIVEN_BACK):
        return f"{said}: {papers.get(str(data.get('component')), '')}"
    if event.kind == "slip.printed":
        return f"{said} {data.get('form')}" + (f", lần {data['times']}" if data.get("times", 1) != 1 else "")
    if event.kind in (NOTICE_HANDED, NOTICE_SKIPPED, CONSENT):
        return f"{said}: {message_words(data)}"
    if (by := data.get("by")) == "post":
        return f"{said} qua bưu chính"
    if by in set(Proof):
        return f"{said}, theo {PROOF_WORDS[Proof(by)]}"
    return said
