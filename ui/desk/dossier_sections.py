"""What the panel of a dossier shows beside its acts: sections of facts, each a function in `SECTIONS`. No Qt.

To add a section: a function from `At` and `Case` to a `Section`, in `SECTIONS`; one without facts is not shown.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.clock import OFFICE_ZONE, business_day
from kiosk.domain.days_left import left_words
from kiosk.domain.dossier import Dossier
from kiosk.domain.due import STOP_WORDS
from kiosk.domain.due_words import due_reason
from kiosk.domain.life import ON_CLOCK, DossierState
from kiosk.domain.receiver import PROOF_WORDS, Proof
from kiosk.domain.slip import slip_name
from kiosk.domain.tracks import HAND_OVER_WORDS, MONEY_WORDS, ExchangeState, HandOverState, MoneyState, exchange_of
from kiosk.services.money import is_over
from kiosk.services.slips import KIND_WORDS
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_exchange import exchange
from ui.desk.dossier_giving import has_copy, held_words
from ui.desk.dossier_linked import elsewhere, linked
from ui.desk.dossier_model import Fact, Section
from ui.desk.money_acts import money_section
from ui.mended_words import masked_number, mended_words
from ui.words import DOSSIER_STATES, dong, due_line, vietnamese_time

EXCHANGE_WORDS = {
    ExchangeState.LOCAL: ("tại xã", ""),
    ExchangeState.WAITING: ("chờ gửi lên tỉnh", "info"),
    ExchangeState.SENT: ("tỉnh đã nhận", "good"),
    ExchangeState.REJECTED: ("tỉnh từ chối, cần sửa", "bad"),
}
MONEY_TONES = {MoneyState.OWED: "warn", MoneyState.PAID: "good", MoneyState.UNKNOWN: "warn"}
HAND_OVER_TONES = {HandOverState.READY: "warn", HandOverState.NOTIFIED: "info"}
STATE_TONES = {
    DossierState.RESULT_READY: "good",
    DossierState.WAITING_SUPPLEMENT: "warn",
    DossierState.WAITING_PAYMENT: "warn",
    DossierState.REFUSED: "bad",
    DossierState.STOPPED: "bad",
}


def state_of(dossier: Dossier) -> Fact:
    words = DOSSIER_STATES[dossier.state]
    return Fact("Trạng thái", words[:1].upper() + words[1:], STATE_TONES.get(dossier.state, "info"))


def left_of(at: At, dossier: Dossier) -> Fact | None:
    """How much of the term is left; None where no term runs."""
    if dossier.clock.stands:
        return Fact("Thời hạn", "thời hạn tạm dừng", "warn")
    if dossier.due_at is None or dossier.state not in ON_CLOCK:
        return None
    soon = at.office.facts.limits_on(business_day(at.now)).alarm_days
    words, tone = left_words(at.office.calendar(dossier.field_name), at.now, dossier.due_at, soon)
    return Fact("Thời hạn", words, tone)


def due_of(case: Case) -> tuple[str, str]:
    """The promise, and why."""
    dossier = case.dossier
    why = (
        f"Vì: {due_reason(case.due)}." if case.due is not None else f"Thời hạn: {dossier.term}." if dossier.term else ""
    )
    return due_line(dossier) or "Chưa có ngày hẹn trả", why


def alarms_of(case: Case) -> tuple[str, ...]:
    """In red, above everything."""
    dossier, alarms = case.dossier, []
    if case.custody:
        alarms.append(f"Đang giữ bản chính của người dân: {held_words(case)}")
    if dossier.state is DossierState.RESULT_READY and not has_copy(dossier):
        alarms.append("Kết quả chưa có bản điện tử: bấm K để thêm tệp PDF")
    if dossier.state is DossierState.RESULT_READY and dossier.money is MoneyState.OWED:
        alarms.append(f"Chưa thu phí, lệ phí {dong(dossier.fee)}")
    if dossier.money is MoneyState.PAID and is_over(dossier):
        alarms.append("Kết thúc không có kết quả mà đã thu tiền: xem có phải hoàn không (phím W)")
    if dossier.state_secret:
        alarms.append("Bí mật nhà nước: không quét, không gửi qua mạng")
    return tuple(alarms)


def people(_at: At, case: Case) -> Section:
    dossier = case.dossier
    owner = dossier.owner
    facts = [Fact("Chủ hồ sơ", _named(owner.full_name, owner.id_number))]
    if owner.phone:
        facts.append(Fact("Điện thoại", owner.phone))
    if owner.address:
        facts.append(Fact("Địa chỉ", owner.address))
    if dossier.submitter is not None:
        standing = f", {dossier.proxy.words.lower()}" if dossier.proxy else ""
        submitter = dossier.submitter
        facts.append(Fact("Người nộp thay", _named(submitter.full_name, submitter.id_number) + standing))
    return Section("Người", tuple(facts))


def _named(name: str, number: str) -> str:
    return f"{name} · {masked_number(number)}" if number else name


def states(at: At, case: Case) -> Section:
    dossier = case.dossier
    way, tone = EXCHANGE_WORDS[exchange_of(dossier.received_at is not None, dossier.state_secret, case.waiting)]
    if at.office.config.training:
        way, tone = "tập huấn, không gửi lên tỉnh", ""
    money = MONEY_WORDS[dossier.money] if dossier.fee is None else f"{dong(dossier.fee)}, {MONEY_WORDS[dossier.money]}"
    facts = [
        Fact("Phí, lệ phí", money, MONEY_TONES.get(dossier.money, "")),
        Fact("Trả kết quả", HAND_OVER_WORDS[dossier.handed], HAND_OVER_TONES.get(dossier.handed, "")),
        Fact("Đường lên tỉnh", f"{way}: {dossier.province_state}" if dossier.province_state else way, tone),
    ]
    if dossier.transferred_to:
        facts.append(Fact("Chuyển cho", dossier.transferred_to))
    if dossier.reason:
        facts.append(Fact("Lý do", dossier.reason))
    return Section("Tình trạng", tuple(facts))


def clock(_at: At, case: Case) -> Section:
    """Pauses, the extension, another agency's opinion."""
    kept = case.dossier.clock
    facts = []
    if kept.competent_at is not None:
        facts.append(Fact("Cơ quan thẩm quyền nhận", vietnamese_time(kept.competent_at)))
    for stop in kept.stops:
        until = f"đến {vietnamese_time(stop.until)}" if stop.until else "chưa xong"
        since = f"{stop.since.astimezone(OFFICE_ZONE):%H:%M %d/%m}"
        facts.append(Fact(STOP_WORDS[stop.kind], f"từ {since} {until} ({stop.evidence})", "" if stop.until else "warn"))
    if kept.extension is not None:
        facts.append(Fact("Đã hẹn lại", f"{kept.extension_reason} ({kept.extension_paper})", "warn"))
    for asked in case.dossier.consultations:
        answer = asked.answer or f"chưa trả lời, hạn {asked.until:%d/%m/%Y}"
        facts.append(Fact(f"Hỏi {asked.agency}", answer, "" if asked.answer else "warn"))
    return Section("Tạm dừng, hẹn lại, lấy ý kiến", tuple(facts))


def papers(_at: At, case: Case) -> Section:
    made = {document.component for document in case.documents}
    facts = []
    for number, paper in enumerate(case.dossier.papers, 1):
        code = paper.component.code
        pages = case.pages.get(code, 0)
        file = f", {pages} trang" + (", có PDF" if code in made else ", đang ghép") if pages else ""
        note = f" ({paper.note})" if paper.note else ""
        facts.append(Fact(f"{number}. {paper.component.name}", f"{KIND_WORDS[paper.state]}{file}{note}"))
    return Section("Giấy tờ", tuple(facts))


def result(_at: At, case: Case) -> Section:
    dossier, known = case.dossier, case.dossier.result
    if known is None:
        return Section("Kết quả", ())
    name = f", {known.name}" if known.name else ""
    facts = [Fact("Số", f"{known.number}{name}"), Fact("Có lúc", vietnamese_time(known.at))]
    if known.file_id:
        facts.append(Fact("Bản điện tử", f"đã lưu, {known.signature or 'chưa xem chữ ký số'}", "good"))
    elif not dossier.state_secret:
        facts.append(Fact("Bản điện tử", known.without_copy or "chưa có", "" if known.without_copy else "bad"))
    if dossier.notified_at is not None:
        facts.append(Fact("Đã báo", f"{dossier.notified_by}, {vietnamese_time(dossier.notified_at)}"))
    elif dossier.state is DossierState.RESULT_READY:
        facts.append(Fact("Người dân", "chưa được báo", "warn"))
    if dossier.returned_at is not None:
        facts.append(Fact("Người nhận", f"{dossier.returned_to}, {vietnamese_time(dossier.returned_at)}", "good"))
        facts.append(Fact("Căn cứ trao", _proof(dossier)))
    return Section("Kết quả", tuple(facts))


def _proof(dossier: Dossier) -> str:
    known = dossier.result
    if dossier.waybill:
        return f"bưu chính, vận đơn {dossier.waybill}"
    if known is None or not known.proof:
        return "chưa ghi"
    note = f": {known.proof_note}" if known.proof_note else ""
    return PROOF_WORDS[Proof(known.proof)] + note


def slips(_at: At, case: Case) -> Section:
    return Section(
        "Phiếu đã lập",
        tuple(
            Fact(slip_name(slip.kind, slip.number, slip.year), vietnamese_time(slip.issued_at)) for slip in case.slips
        ),
    )


def mended(at: At, case: Case) -> Section:
    """What was put right after reception, oldest first."""
    names = at.office.desk.officer_names
    facts = []
    for one in case.mended:
        when = f"{one.at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
        told = f"{mended_words(one, case.dossier)} · {names.get(one.officer, one.officer)}"
        facts.append(Fact(when, told, "" if one.is_whole else "bad"))
    return Section("Đã sửa sau tiếp nhận", tuple(facts))


SECTIONS: tuple[Callable[[At, Case], Section], ...] = (
    *(people, states, linked, elsewhere, money_section),
    *(result, clock, papers, slips, mended, exchange),
)


def sections_of(at: At, case: Case) -> tuple[Section, ...]:
    return tuple(section for make in SECTIONS if (section := make(at, case)).facts)
