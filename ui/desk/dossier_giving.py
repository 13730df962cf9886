"""Results at the desk: recorded, told, handed over or posted; originals kept and given back. No Qt."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain import life
from kiosk.domain.dossier import Dossier, PaperState, ResultRecord
from kiosk.domain.notice import BY, result_notice
from kiosk.domain.original import NothingToHoldError, NotInCustodyError
from kiosk.domain.receiver import Proof
from kiosk.domain.tracks import HAND_OVER, STEP_WORDS, HandOverAct, step_from
from kiosk.services import handover, originals
from kiosk.services.notices import print_notice
from ui.desk.dossier_acts import Given, PanelAct, by_table
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_life_acts import papers_of
from ui.desk.dossier_model import Ask
from ui.results import keep_result, taken_result, waiting_results

TYPED_REASONS = (
    "Không mang thẻ, có giấy hẹn",
    "Mất giấy hẹn, đã đối chiếu thông tin hồ sơ",
    "Nhận thay, có giấy ủy quyền",
)
NO_COPY_REASONS = ("Kết quả chỉ có bản giấy, không quét được", "Kết quả lưu ở hệ thống của cơ quan khác")


def _ask_result(at: At, case: Case) -> tuple[Ask, ...]:
    dossier, result = case.dossier, case.dossier.result
    number = Ask("number", "Số kết quả", value=result.number if result else "")
    name = Ask("name", "Tên kết quả", value=result.name if result else "", needed=False, hint="không bắt buộc")
    if dossier.state_secret:
        return (number, name)
    here = waiting_results(at.office, dossier.key, dossier.code or "")
    hint = "Ctrl+O: chọn tệp PDF; để trống nếu chưa có bản điện tử"
    return (
        number,
        name,
        Ask("file", "Tệp kết quả", str(here[0]) if here else "", hint=hint, is_file=True, needed=False),
    )


def _told_result(_at: At, case: Case) -> str:
    return "Kết quả thay thế: người dân được báo lại." if case.dossier.result else ""


def _record(at: At, case: Case, given: Given) -> str:
    office, path = at.office, given.get("file", "").strip()
    copy = keep_result(office, case.dossier, Path(path).expanduser()) if path else None
    signature = copy.signature if copy else ""
    result = ResultRecord(given["number"].strip(), at.now, "", given.get("name", "").strip(), signature)
    stored = copy.file if copy else None
    handover.record_result(office.units(), case.dossier.key, result, actor=at.actor, now=at.now, file=stored)
    if path:
        taken_result(office, Path(path).expanduser())
    kept = f"bản điện tử {signature}" if copy else "chưa có bản điện tử"
    return f"Đã ghi kết quả số {result.number}, {kept}. Bấm B để báo người dân."


def _may_notify(at: At, case: Case) -> None:
    step = step_from(HAND_OVER, HandOverAct.NOTIFY, case.dossier.handed)
    life.check_trust(STEP_WORDS[step.act], step.by, at.actor.roles)


def _ask_notify(_at: At, _case: Case) -> tuple[Ask, ...]:
    return (Ask("how", "Cách báo", choices=BY),)


def _told_notify(at: At, case: Case) -> str:
    phone = (case.dossier.submitter or case.dossier.owner).phone
    return f"{f'Điện thoại {phone}. ' if phone else ''}{result_notice(case.dossier, at.office.facts)}"


def _notify(at: At, case: Case, given: Given) -> str:
    handover.notify(at.office.units(), case.dossier.key, given["how"], actor=at.actor, now=at.now)
    return f"Đã ghi: đã báo người dân, {given['how']}."


def _print_notice(at: At, case: Case, _given: Given) -> str:
    office = at.office
    print_notice(office.units(), case.dossier.key, office.desk.paper_at, actor=at.actor, now=at.now)
    return "Giấy báo kết quả đang in. Khi đã đưa hoặc gửi, bấm B để ghi đã báo."


def _ask_return(_at: At, case: Case) -> tuple[Ask, ...]:
    asks = (
        Ask("to", "Người nhận", value=case.dossier.owner.full_name),
        Ask("note", "Lý do không đối chiếu bằng thẻ", choices=TYPED_REASONS),
    )
    return (*asks, *ask_copy(case.dossier))


def ask_copy(dossier: Dossier) -> tuple[Ask, ...]:
    return () if has_copy(dossier) else (Ask("without_copy", "Lý do chưa có bản điện tử", choices=NO_COPY_REASONS),)


def has_copy(dossier: Dossier) -> bool:
    """A result's electronic copy is in the vault, or none may be made."""
    return dossier.state_secret or (dossier.result is not None and bool(dossier.result.file_id))


def _told_return(_at: At, case: Case) -> str:
    return f"Còn giữ bản chính: {held_words(case)}. Trả bản chính trước (phím G)." if case.custody else ""


def held_words(case: Case) -> str:
    return "; ".join(original.name for original in case.custody)


def _return(at: At, case: Case, given: Given) -> str:
    _hand_over(at, case, given, proof=Proof.TYPED, note=given["note"])
    return f"Đã trả kết quả cho {given['to']}."


def _hand_over(at: At, case: Case, given: Given, *, proof: Proof, note: str = "", waybill: str = "") -> None:
    handover.hand_over(
        at.office.units(),
        case.dossier.key,
        given["to"],
        actor=at.actor,
        now=at.now,
        waybill=waybill,
        proof=proof,
        note=note,
        without_copy=given.get("without_copy", ""),
    )


def _ask_post(_at: At, case: Case) -> tuple[Ask, ...]:
    asks = (
        Ask("waybill", "Số vận đơn"),
        Ask("to", "Người nhận", value=case.dossier.owner.full_name),
    )
    return (*asks, *ask_copy(case.dossier))


def _told_post(_at: At, case: Case) -> str:
    return f"Địa chỉ: {case.dossier.owner.address or 'chưa ghi'}. Điện thoại: {case.dossier.owner.phone or 'chưa ghi'}."


def _post(at: At, case: Case, given: Given) -> str:
    waybill = given["waybill"].strip()
    _hand_over(at, case, given, proof=Proof.RECEIPT, waybill=waybill)
    return f"Đã gửi bưu chính, vận đơn {waybill}."


def _may_hold(at: At, case: Case) -> None:
    life.check_trust(originals.HOLD_WORDS, originals.HELD_BY, at.actor.roles)
    originals.check_may_hold(case.dossier)
    here = {original.component for original in case.custody}
    if not any(p.state is PaperState.ORIGINAL and p.component.code not in here for p in case.dossier.papers):
        raise NothingToHoldError


def _ask_hold(_at: At, case: Case) -> tuple[Ask, ...]:
    here = {original.component for original in case.custody}
    numbers = [
        str(n)
        for n, paper in enumerate(case.dossier.papers, 1)
        if paper.state is PaperState.ORIGINAL and paper.component.code not in here
    ]
    return (Ask("papers", "Số của giấy tờ giữ bản chính", value=", ".join(numbers)),)


def _told_hold(_at: At, case: Case) -> str:
    lines = [f"{n}. {p.component.name}" for n, p in enumerate(case.dossier.papers, 1) if p.state is PaperState.ORIGINAL]
    return "Giữ bản chính để đối chiếu, trả lại cho người nộp khi xong.\n" + "\n".join(lines)


def _hold(at: At, case: Case, given: Given) -> str:
    codes = papers_of(case, given["papers"])
    held = originals.hold(at.office.units(), case.dossier.key, codes, actor=at.actor, now=at.now)
    return f"Đang giữ bản chính: {'; '.join(original.name for original in held)}."


def _may_give_back(at: At, case: Case) -> None:
    life.check_trust(originals.GIVE_BACK_WORDS, originals.HELD_BY, at.actor.roles)
    if not case.custody:
        raise NotInCustodyError


def _ask_give_back(_at: At, case: Case) -> tuple[Ask, ...]:
    """A single one goes back with the key alone."""
    held = {original.component for original in case.custody}
    numbers = [str(n) for n, paper in enumerate(case.dossier.papers, 1) if paper.component.code in held]
    return (Ask("papers", "Số của giấy tờ trả lại", value=", ".join(numbers)),) if len(numbers) > 1 else ()


def _told_give_back(_at: At, case: Case) -> str:
    held = {original.component for original in case.custody}
    lines = [f"{n}. {p.component.name}" for n, p in enumerate(case.dossier.papers, 1) if p.component.code in held]
    return "\n".join(lines)


def _give_back(at: At, case: Case, given: Given) -> str:
    papers = given.get("papers", "")
    codes = papers_of(case, papers) if papers else [original.component for original in case.custody]
    back = originals.give_back(at.office.units(), case.dossier.key, codes, actor=at.actor, now=at.now)
    return f"Đã trả bản chính: {'; '.join(original.name for original in back)}."


GIVING_ACTS: tuple[PanelAct, ...] = (
    PanelAct("result", by_table(life.RESULT), _record, _ask_result, _told_result),
    PanelAct("notify", _may_notify, _notify, _ask_notify, _told_notify),
    PanelAct("notice", _may_notify, _print_notice),
    PanelAct("return", by_table(life.RETURN), _return, _ask_return, _told_return),
    PanelAct("post", by_table(life.RETURN), _post, _ask_post, _told_post),
    PanelAct("hold", _may_hold, _hold, _ask_hold, _told_hold),
    PanelAct("give_back", _may_give_back, _give_back, _ask_give_back, _told_give_back),
)
