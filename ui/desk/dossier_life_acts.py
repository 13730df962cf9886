"""The acts of a dossier's life that an officer does at the desk after reception (docs/life.md). No Qt."""

from __future__ import annotations

import re
from datetime import date

from kiosk.clock import business_day
from kiosk.domain import life
from kiosk.domain.dossier import SupplementOnceError
from kiosk.domain.life import ON_CLOCK, IllegalDossierActError
from kiosk.domain.term_clock import ClockStandsError, CompetentKnownError, ExtendOnceError
from kiosk.domain.term_words import parse_term
from kiosk.domain.tracks import UNPAID
from kiosk.errors import InputError, NotFoundError
from kiosk.services import handover, term_clock
from kiosk.services.intake_again import intake_of
from kiosk.services.reception import refuse_dossier, request_supplement
from kiosk.services.supplement_return import return_by
from ui.desk.dossier_acts import Given, PanelAct, by_table
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_model import Ask
from ui.desk.reasons import REFUSAL_REASONS, SUPPLEMENT_REASONS
from ui.words import vietnamese_time

AGENCIES = ("Công an xã", "Phòng chuyên môn của Ủy ban nhân dân xã", "Cơ quan thuế", "Văn phòng đăng ký đất đai")
STOP_REASONS = ("Theo đề nghị của người nộp hồ sơ", "Theo quyết định của cơ quan có thẩm quyền")
WITHDRAW_REASONS = ("Người nộp không còn nhu cầu", "Người nộp lập hồ sơ khác", "Nộp nhầm thủ tục")
LATE_REASONS = ("Cần thẩm tra, xác minh thêm", "Chờ ý kiến của cơ quan phối hợp", "Sự cố hệ thống điện tử")
HERE, ELSEWHERE = "Tại đây: phí, lệ phí của hồ sơ", "Nơi khác: kho bạc, cơ quan thuế"
EXTENSIONS = ("1 ngày làm việc", "2 ngày làm việc", "3 ngày làm việc", "5 ngày làm việc")
_DAY = re.compile(r"(\d{1,2})\D?(\d{1,2})\D?(\d{4})")


class DayTextError(InputError):
    """Not a day as the desk writes it. details: value."""

    code = "dossier.day_text"


def day_of(text: str) -> date:
    """ "05/12/2026", "5.12.2026" or "05122026". Raises: DayTextError."""
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    except ValueError:
        raise DayTextError(value=text.strip()) from None


def numbered(case: Case) -> tuple[str, ...]:
    """The papers as the panel numbers them: "1. Tờ khai"."""
    return tuple(f"{n}. {paper.component.name}" for n, paper in enumerate(case.dossier.papers, 1))


def papers_of(case: Case, text: str) -> list[str]:
    """Codes of the papers whose numbers were typed: "1, 3". Raises: NotFoundError."""
    codes = [paper.component.code for paper in case.dossier.papers]
    wanted = re.findall(r"\d+", text)
    if bad := [number for number in wanted if not 1 <= int(number) <= len(codes)]:
        raise NotFoundError(what="giấy tờ số", key=bad[0])
    return [codes[int(number) - 1] for number in wanted]


# --- solving -----------------------------------------------------------------------------------------------------


def _start(at: At, case: Case, _given: Given) -> str:
    office = at.office
    handover.start_processing(office.units(), office.desk, case.dossier.key, actor=at.actor, now=at.now)
    return "Đã chuyển giải quyết. Phiếu kiểm soát (mẫu 06) đang in."


def _ask_consult(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (
        Ask("agency", "Cơ quan được hỏi", choices=AGENCIES),
        Ask("question", "Nội dung hỏi"),
        Ask("until", "Hạn trả lời", hint="ngày/tháng/năm"),
    )


def _consult(at: At, case: Case, given: Given) -> str:
    until = day_of(given["until"])
    handover.consult(
        at.office.units(), case.dossier.key, given["agency"], given["question"], until, actor=at.actor, now=at.now
    )
    return f"Đã lấy ý kiến {given['agency']}, hạn trả lời {until:%d/%m/%Y}. Thời hạn vẫn tính."


def _ask_answer(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (Ask("answer", "Ý kiến trả lời", choices=("Đồng ý", "Không đồng ý")),)


def _answer(at: At, case: Case, given: Given) -> str:
    handover.note_answer(at.office.units(), case.dossier.key, given["answer"], actor=at.actor, now=at.now)
    return "Đã ghi ý kiến trả lời. Hồ sơ đang giải quyết."


def _ask_transfer(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (Ask("agency", "Cơ quan nhận", choices=AGENCIES), Ask("reason", "Lý do"))


def _transfer(at: At, case: Case, given: Given) -> str:
    handover.transfer(at.office.units(), case.dossier.key, given["agency"], given["reason"], actor=at.actor, now=at.now)
    return f"Đã chuyển hồ sơ cho {given['agency']}."


# --- the clock ---------------------------------------------------------------------------------------------------


def _ask_demand(_at: At, case: Case) -> tuple[Ask, ...]:
    where = HERE if case.dossier.money in UNPAID else ELSEWHERE
    return Ask("evidence", "Số thông báo nộp tiền"), Ask("where", "Nộp ở đâu", where, choices=(HERE, ELSEWHERE))


def _demand(at: At, case: Case, given: Given) -> str:
    office = at.office
    dossier, _due = term_clock.demand_payment(
        office.units(),
        office.desk,
        case.dossier.key,
        given["evidence"],
        actor=at.actor,
        now=at.now,
        elsewhere=bool(given.get("where")) and given["where"] != HERE,
    )
    runs = "thời hạn tạm dừng" if dossier.clock.stands else "thời hạn vẫn tính"
    fee = " Thu đủ ở đây (phím N) thì hồ sơ tự trở lại giải quyết." if dossier.waits_for_fee else ""
    return f"Chờ nộp tiền; {runs}.{fee}"


def _ask_paid(_at: At, case: Case) -> tuple[Ask, ...]:
    owed_here = case.dossier.waits_for_fee and case.dossier.money in UNPAID
    return (Ask("paper", "Số chứng từ nộp tiền", hint="Của kho bạc, cơ quan thuế, ngân hàng", needed=owed_here),)


def _told_paid(_at: At, case: Case) -> str:
    if case.dossier.waits_for_fee:
        return "Phí, lệ phí nộp ở đây: bấm Esc rồi N để thu, hồ sơ tự trở lại. Ở đây chỉ ghi tiền nộp nơi khác."
    return "Thời hạn tính tiếp từ lúc này."


def _paid(at: At, case: Case, given: Given) -> str:
    office, paper = at.office, given.get("paper", "")
    dossier, _due = term_clock.note_payment(
        office.units(), office.desk, case.dossier.key, actor=at.actor, now=at.now, paper=paper
    )
    due = f" Hẹn trả {vietnamese_time(dossier.due_at)}." if dossier.due_at else ""
    return f"Đã ghi nộp tiền; thời hạn tính tiếp.{due}"


def _may_extend(at: At, case: Case) -> None:
    life.check_trust("gia hạn", life.EXTENDED_BY, at.actor.roles)
    _on_clock(case)
    if case.dossier.clock.extension is not None:
        raise ExtendOnceError
    if case.dossier.clock.stands:
        raise ClockStandsError


def _ask_extend(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (
        Ask("reason", "Giải trình, lý do chậm", choices=LATE_REASONS),
        Ask("by", "Hẹn thêm", choices=EXTENSIONS, hint="ví dụ 5 ngày làm việc"),
    )


def _told_extend(_at: At, _case: Case) -> str:
    return "Chỉ được hẹn lại một lần. Văn bản xin lỗi, đề nghị gia hạn (mẫu 04) in ra trước khi có ngày hẹn mới."


def _extend(at: At, case: Case, given: Given) -> str:
    office = at.office
    dossier, _due = term_clock.extend(
        office.units(),
        office.desk,
        case.dossier.key,
        parse_term(given["by"]),
        given["reason"],
        actor=at.actor,
        now=at.now,
    )
    assert dossier.due_at is not None, "an extension gives a date, or raises"
    return f"Hẹn lại {vietnamese_time(dossier.due_at)}. {dossier.clock.extension_paper} đang in."


def _may_begin_elsewhere(_at: At, case: Case) -> None:
    _on_clock(case)
    if (known := case.dossier.clock.competent_at) is not None:
        raise CompetentKnownError(at=vietnamese_time(known))


def _begin_elsewhere(at: At, case: Case, _given: Given) -> str:
    office = at.office
    dossier, _due = term_clock.received_elsewhere(
        office.units(), office.desk, case.dossier.key, at.now, actor=at.actor, now=at.now
    )
    due = f" Hẹn trả {vietnamese_time(dossier.due_at)}." if dossier.due_at else ""
    return f"Thời hạn tính từ lúc này, khi cơ quan có thẩm quyền nhận.{due}"


def _on_clock(case: Case) -> None:
    if case.dossier.state not in ON_CLOCK:
        raise IllegalDossierActError(state=case.dossier.state.value, act="clock")


# --- ends --------------------------------------------------------------------------------------------------------


def _may_supplement(at: At, case: Case) -> None:
    by_table(life.SUPPLEMENT)(at, case)
    most = at.office.facts.limits_on(business_day(at.now)).supplements
    if case.dossier.supplements >= most:
        raise SupplementOnceError(most=most)


def _ask_supplement(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (
        Ask("papers", "Số của giấy tờ còn thiếu", hint="ví dụ 1, 3"),
        Ask("reason", "Lý do", choices=SUPPLEMENT_REASONS),
        Ask("basis", "Căn cứ pháp lý", needed=False),
    )


def _told_supplement(at: At, case: Case) -> str:
    most = at.office.facts.limits_on(business_day(at.now)).supplements
    told = [f"Chỉ được yêu cầu bổ sung {most} lần, ghi hết giấy tờ còn thiếu."]
    if (until := return_by(at.office.desk, case.dossier)) is not None:
        late = " Đã quá hạn này: nhật ký ghi là trả lại chậm." if at.now > until else ""
        told.append(f"Hồ sơ chưa đủ điều kiện thì trả lại chậm nhất {vietnamese_time(until)}.{late}")
    return "\n".join([*told, *numbered(case)])


def _supplement(at: At, case: Case, given: Given) -> str:
    office, intake = at.office, intake_of(case.dossier, papers_of(case, given["papers"]))
    request_supplement(
        office.units(), office.desk, intake, given["reason"], given.get("basis", ""), actor=at.actor, now=at.now
    )
    return "Đã yêu cầu bổ sung. Phiếu yêu cầu bổ sung (mẫu 02) đang in."


def _ask_refuse(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (Ask("reason", "Lý do", choices=REFUSAL_REASONS), Ask("basis", "Căn cứ pháp lý", needed=False))


def _refuse(at: At, case: Case, given: Given) -> str:
    office, intake = at.office, intake_of(case.dossier)
    refuse_dossier(
        office.units(), office.desk, intake, given["reason"], given.get("basis", ""), actor=at.actor, now=at.now
    )
    return "Đã từ chối. Phiếu từ chối (mẫu 03) đang in."


def _ask_stop(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (Ask("reason", "Lý do", choices=STOP_REASONS),)


def _stop(at: At, case: Case, given: Given) -> str:
    office = at.office
    handover.stop(office.units(), office.desk, case.dossier.key, given["reason"], actor=at.actor, now=at.now)
    return "Đã dừng giải quyết. Thông báo dừng (mẫu 05) đang in."


def _ask_withdraw(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (Ask("reason", "Lý do", choices=WITHDRAW_REASONS),)


def _withdraw(at: At, case: Case, given: Given) -> str:
    handover.withdraw(at.office.units(), case.dossier.key, given["reason"], actor=at.actor, now=at.now)
    return "Đã ghi công dân rút hồ sơ."


LIFE_ACTS: tuple[PanelAct, ...] = (
    PanelAct("start", by_table(life.START), _start),
    PanelAct("consult", by_table(life.CONSULT), _consult, _ask_consult),
    PanelAct("answer", by_table(life.ANSWER), _answer, _ask_answer),
    PanelAct("demand_payment", by_table(life.DEMAND_PAYMENT), _demand, _ask_demand),
    PanelAct("payment_done", by_table(life.PAYMENT_DONE), _paid, _ask_paid, _told_paid),
    PanelAct("extend", _may_extend, _extend, _ask_extend, _told_extend),
    PanelAct("supplement", _may_supplement, _supplement, _ask_supplement, _told_supplement),
    PanelAct("refuse", by_table(life.REFUSE), _refuse, _ask_refuse),
    PanelAct("stop", by_table(life.STOP), _stop, _ask_stop),
    PanelAct("withdraw", by_table(life.WITHDRAW), _withdraw, _ask_withdraw),
    PanelAct("transfer", by_table(life.TRANSFER), _transfer, _ask_transfer),
    PanelAct("competent", _may_begin_elsewhere, _begin_elsewhere),
)
