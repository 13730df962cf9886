"""The dossier panel's door to a real office: every act and who may do it, what is shown, what a scan means."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from samples import MOTHER, NOON, OFFICER, marks
from ui_fakes import FakeClock

from kiosk.domain.dossier import Dossier, ResultRecord
from kiosk.domain.event import Actor
from kiosk.domain.life import DossierState, Role
from kiosk.domain.money import MoneyRules, PartRule
from kiosk.domain.proxy import Proxy, Standing
from kiosk.domain.receiver import Proof
from kiosk.domain.slip import SlipKind
from kiosk.domain.tracks import MoneyState
from kiosk.errors import KioskError, NotFoundError
from kiosk.services import handover, originals
from kiosk.services.reception import Intake, PaperMark, receive_dossier, request_supplement
from ui.app import OpenedOffice, open_office
from ui.desk.dossier_life_acts import DayTextError
from ui.desk.dossier_model import Found, Sheet, Taker
from ui.desk.dossier_office import LiveDossiers

MARRIAGE_STATUS = "1.004873"
CARD = "001195000007|012345678|Nguyeexn Thij Asnh|02031995|Nuwx|Thoon 1|01012022"  # as Telex spoils it
SON = replace(MOTHER, key="p-9", full_name="Trần Văn Bình", id_number="001095000011", phone="")
S, K = DossierState, SlipKind


ASKED = {"agency": "Công an xã", "question": "Có thường trú?", "until": "27/11/2026"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: the catalogue takes longer than most of what is tried here."""
    root = tmp_path_factory.mktemp("office")
    with open_office(root):
        return root


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[OpenedOffice]:
    with open_office(shutil.copytree(made, tmp_path / "office")) as opened:
        yield opened


@dataclass
class Panel:
    office: OpenedOffice
    live: LiveDossiers
    clock: FakeClock
    key: str = ""

    def received(self, draft: str = "d-1") -> str:
        with self.office.reads() as look:
            procedure = look.procedures.current(MARRIAGE_STATUS, NOON.date())
        assert procedure is not None
        brought = marks(*(c.code for c in procedure.papers(procedure.options[0].case)))
        papers = {code: replace(mark, asked="Bản đã lưu không còn giá trị") for code, mark in brought.items()}
        intake = Intake(draft, MARRIAGE_STATUS, MOTHER, papers, case=procedure.options[0].case)
        outcome = receive_dossier(self.office.units(), self.office.desk, intake, actor=OFFICER, now=NOON)
        self.key = outcome.dossier.key
        return self.key

    def with_result(self, draft: str = "d-1") -> str:
        self.received(draft)
        file = self.office.vault.put(b"%PDF result", "application/pdf")
        record = ResultRecord("12/TLKT", NOON)
        handover.record_result(self.office.units(), self.key, record, actor=OFFICER, now=NOON, file=file)
        return self.key

    def do(self, act: str, **given: str) -> str:
        """As the panel does: what is asked first, then the act with what is proposed where nothing was typed."""
        form = self.live.form(act, self.key)
        assert set(given) <= {ask.name for ask in form.asks}
        return self.live.do(act, self.key, {ask.name: given.get(ask.name, ask.value) for ask in form.asks})

    def dossier(self) -> Dossier:
        with self.office.reads() as look:
            return look.dossiers.get(self.key)

    def slips(self) -> list[SlipKind]:
        with self.office.reads() as look:
            return [slip.kind for slip in look.slips.of_dossier(self.key)]

    def sheet(self) -> Sheet:
        return self.live.sheet(self.key)

    def allowed(self) -> set[str]:
        return {offer.id for offer in self.sheet().offers if not offer.why_not}

    def why_not(self, act: str) -> str:
        return next(offer.why_not for offer in self.sheet().offers if offer.id == act)

    def facts(self) -> dict[str, str]:
        return {fact.name: fact.words for section in self.sheet().sections for fact in section.facts}


@pytest.fixture
def panel(office: OpenedOffice) -> Panel:
    clock = FakeClock(NOON)
    return Panel(office, LiveDossiers(office, OFFICER, clock), clock)


# --- acts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "act", "given", "state", "paper"),
    [
        ((), "start", {}, S.PROCESSING, K.CONTROL),
        (
            (),
            "consult",
            {"agency": "Công an xã", "question": "Có thường trú?", "until": "27/11/2026"},
            S.CONSULTATION,
            None,
        ),
        (("consult",), "answer", {"answer": "Có"}, S.PROCESSING, None),
        ((), "demand_payment", {"evidence": "TB 15"}, S.WAITING_PAYMENT, None),
        (("demand_payment",), "payment_done", {"paper": "Kho bạc 7"}, S.PROCESSING, None),
        ((), "extend", {"reason": "Xác minh", "by": "2 ngày làm việc"}, S.RECEIVED, K.APOLOGY),
        ((), "supplement", {"papers": "1, 2", "reason": "Thiếu chữ ký"}, S.WAITING_SUPPLEMENT, K.SUPPLEMENT),
        ((), "refuse", {"reason": "Không thuộc thẩm quyền"}, S.REFUSED, K.REFUSAL),
        ((), "stop", {"reason": "Theo đề nghị"}, S.STOPPED, K.STOP),
        ((), "withdraw", {"reason": "Đổi ý"}, S.WITHDRAWN, None),
        ((), "transfer", {"agency": "Xã bên", "reason": "Thường trú ở xã bên"}, S.TRANSFERRED, None),
        ((), "competent", {}, S.RECEIVED, None),
        ((), "result", {"number": "12/TLKT"}, S.RESULT_READY, None),
    ],
)
def test_each_act_leads_where_the_life_table_says_with_its_slip(
    panel: Panel, before: tuple[str, ...], act: str, given: dict[str, str], state: DossierState, paper: SlipKind | None
) -> None:
    first = {
        "consult": {**ASKED, "until": "27.11.2026"},
        "demand_payment": {"evidence": "TB 1"},
    }
    panel.received()
    for step in before:
        panel.do(step, **first[step])
        panel.clock.pass_s(60)
    assert act in panel.allowed()
    assert panel.do(act, **given)
    assert panel.dossier().state is state
    assert [kind for kind in panel.slips() if kind is not K.RECEIPT] == ([paper] if paper else [])


def test_a_bad_day_and_a_wrong_number_of_a_paper_change_nothing(panel: Panel) -> None:
    panel.received()
    with pytest.raises(DayTextError):
        panel.do("consult", agency="Công an xã", question="?", until="31/02/2026")
    with pytest.raises(NotFoundError):
        panel.do("supplement", papers="99", reason="Thiếu")
    assert panel.dossier().state is S.RECEIVED


def test_an_officer_sees_only_what_the_role_allows_and_why_not_else(office: OpenedOffice, panel: Panel) -> None:
    panel.with_result()
    cashier = Actor("tien", "ban-1", "1", frozenset({Role.CASHIER.value}))
    panel.live = LiveDossiers(office, cashier, panel.clock)
    assert not panel.allowed() & {"return", "post", "notify", "notice", "result", "hold"}
    assert "Bạn chưa được giao việc “trả kết quả”" in panel.why_not("return")
    assert panel.sheet().hand_over is None
    with pytest.raises(KioskError):
        panel.live.form("return", panel.key)


def test_what_is_out_of_turn_names_the_states_in_which_it_is_done(panel: Panel) -> None:
    panel.received()
    assert panel.why_not("answer") == "Hồ sơ đã tiếp nhận. Việc này chỉ làm khi hồ sơ: đang lấy ý kiến."
    panel.do("extend", reason="Xác minh", by="1 ngày làm việc")
    assert "một lần" in panel.why_not("extend")


def test_every_act_that_is_offered_opens_its_form(panel: Panel) -> None:
    panel.with_result()
    for act in panel.allowed():
        assert panel.live.form(act, panel.key).title


# --- what is shown -----------------------------------------------------------------------------------------------


def test_the_sheet_tells_the_state_the_date_and_why_and_hides_the_number(panel: Panel) -> None:
    panel.received()
    sheet, facts = panel.sheet(), panel.facts()
    assert (sheet.state.words, sheet.due) == ("Đã tiếp nhận", "Hẹn trả trước 17:00, Thứ Sáu 27/11/2026")
    assert "24/11" in sheet.due_why
    assert sheet.left is not None
    assert (sheet.left.words, sheet.left.tone) == ("còn 3 ngày làm việc", "good")
    assert facts["Chủ hồ sơ"] == "Nguyễn Thị Ánh · ••••••••0007"
    assert MOTHER.id_number not in repr(sheet)
    assert sheet.history[-1].words == "Tiếp nhận"


@pytest.mark.parametrize(("days", "tone"), [(3, "warn"), (4, "warn"), (5, "bad")])
def test_the_date_turns_amber_then_red(panel: Panel, days: int, tone: str) -> None:
    panel.received()
    panel.clock.now = NOON + timedelta(days=days)
    left = panel.sheet().left
    assert left is not None
    assert left.tone == tone


def test_a_clock_that_stands_and_a_consultation_are_told(panel: Panel) -> None:
    panel.received()
    panel.do("consult", **ASKED)
    assert panel.facts()["Hỏi Công an xã"] == "chưa trả lời, hạn 27/11/2026"
    panel.do("answer", answer="Có")
    assert panel.facts()["Hỏi Công an xã"] == "Có"
    panel.do("demand_payment", evidence="TB 15")
    stands = panel.dossier().clock.stands
    left = panel.sheet().left
    assert left is not None
    assert ("tạm dừng" in left.words) is stands


def test_money_asked_for_here_ends_the_waiting_when_it_is_taken_and_goes_back_in_parts(panel: Panel) -> None:
    panel.received()
    panel.do("fee", amount="20.000", basis="Nghị quyết 01")
    assert "Thu đủ ở đây" in panel.do("demand_payment", evidence="TB 15")
    assert panel.live.form("payment_done", panel.key).asks[0].needed
    panel.do("pay")
    assert (panel.dossier().state, panel.dossier().money) == (S.PROCESSING, MoneyState.PAID)
    history = [line.words for line in panel.sheet().history]
    assert history.index("Đã nộp tiền") < history.index("Thu tiền"), "newest first"
    panel.do("withdraw", reason="Đổi ý")
    assert "xem có phải hoàn không" in " ".join(panel.sheet().alarms)
    assert panel.do("refund", amount="5.000", reason="Thu thừa") == "Đã hoàn 5.000 ₫. Còn giữ 15.000 ₫."
    assert panel.live.form("refund", panel.key).asks[0].value == "15000"
    assert "hoàn một phần tiền" in panel.why_not("cancel_receipt")
    assert panel.do("refund", reason="Công dân rút hồ sơ") == "Đã hoàn 15.000 ₫."
    assert "refund" not in panel.allowed()
    assert panel.sheet().alarms == ()


def test_the_receipt_of_a_part_is_cancelled_while_the_dossier_goes_on_and_refunded_after_its_end(panel: Panel) -> None:
    panel.office.facts = replace(panel.office.facts, money=MoneyRules(parts=PartRule.COMPLETE))
    panel.received()
    panel.do("fee", amount="20.000", basis="Nghị quyết 01")
    panel.do("pay", amount="5.000")
    assert "hủy biên lai của phần ấy" in panel.why_not("refund")
    assert panel.do("cancel_receipt", reason="Ghi nhầm hồ sơ").startswith("Đã hủy biên lai")
    assert {"refund", "cancel_receipt"}.isdisjoint(panel.allowed())
    panel.do("pay", amount="6.000")
    panel.do("withdraw", reason="Đổi ý")
    assert panel.do("refund", reason="Công dân rút hồ sơ") == "Đã hoàn 6.000 ₫."
    assert panel.dossier().money is MoneyState.REFUNDED


def test_money_for_the_treasury_is_told_with_its_paper(panel: Panel) -> None:
    panel.received()
    panel.do("demand_payment", evidence="TB 15", where="Nơi khác: kho bạc, cơ quan thuế")
    asked = panel.live.form("payment_done", panel.key).asks[0]
    assert (asked.name, asked.needed) == ("paper", False)
    panel.do("payment_done", paper="KB 7")
    assert panel.dossier().state is S.PROCESSING


def test_what_was_mended_stands_in_the_panel_with_before_and_after(panel: Panel) -> None:
    panel.received()
    panel.do("correct", **{"owner.phone": "0912000222", "reason": "Người dân báo thông tin đã đổi"})
    [mended] = next(s.facts for s in panel.sheet().sections if s.title == "Đã sửa sau tiếp nhận")
    assert mended.words.startswith("điện thoại chủ hồ sơ: 0912000111 → 0912000222. Lý do: Người dân báo")


def test_a_result_without_a_copy_and_originals_are_told_in_red(panel: Panel) -> None:
    panel.received()
    panel.do("result", number="12/TLKT")
    originals.hold(panel.office.units(), panel.key, [panel.dossier().papers[0].component.code], actor=OFFICER, now=NOON)
    alarms = " ".join(panel.sheet().alarms)
    assert "bản chính" in alarms
    assert "chưa có bản điện tử" in alarms
    ready = panel.sheet().hand_over
    assert ready is not None
    assert (len(ready.originals), [ask.name for ask in ready.asks]) == (1, ["without_copy"])
    panel.live.give(panel.key, Taker("Nguyễn Thị Ánh", Proof.OWNER_CARD), {"without_copy": "Chỉ có bản giấy"})
    assert "Đang giữ bản chính" in " ".join(panel.sheet().alarms)  # also after the end
    assert panel.facts()["Căn cứ trao"] == "thẻ của chủ hồ sơ"
    assert "give_back" in panel.allowed()
    assert "Trả kết quả, theo thẻ của chủ hồ sơ" in [line.words for line in panel.sheet().history]


def test_a_fee_that_is_still_owed_is_told_when_the_result_is_there(panel: Panel) -> None:
    panel.with_result()
    assert not any("Chưa thu" in alarm for alarm in panel.sheet().alarms)
    with panel.office.units() as uow:
        dossier = uow.dossiers.get(panel.key)
        dossier.fee, dossier.money = 8000, MoneyState.OWED
        uow.dossiers.save(dossier)
        uow.commit()
    assert "Chưa thu phí, lệ phí 8.000 ₫" in panel.sheet().alarms


# --- scans and the list ------------------------------------------------------------------------------------------


def test_a_scan_means_a_dossier_a_supplement_a_card_or_nothing(panel: Panel) -> None:
    key = panel.received()
    assert panel.live.scan(key, "").key == key
    assert panel.live.scan(f"https://tra-cuu.example/{key}", "").found is Found.OPEN
    card = panel.live.scan(CARD, key)
    assert (card.found, card.taker) == (Found.CARD, Taker("Nguyễn Thị Ánh", Proof.OWNER_CARD))
    number = panel.live.scan(MOTHER.id_number, key)
    assert (number.found, number.taker) == (Found.CARD, None)
    assert panel.live.scan("hoàn toàn khác", key).found is Found.NOTHING
    panel.do("supplement", papers="1", reason="Thiếu chữ ký")
    assert panel.live.scan(key, "").found is Found.SUPPLEMENT


def test_the_card_of_the_submitter_who_may_collect_takes_the_result(panel: Panel) -> None:
    key = panel.with_result()
    with panel.office.units() as uow:
        dossier = uow.dossiers.get(key)
        dossier.submitter, dossier.proxy = SON, Proxy(Standing.AUTHORISED, "12")
        uow.dossiers.save(dossier)
        uow.commit()
    taker = panel.live.scan(CARD.replace(MOTHER.id_number, SON.id_number), key).taker
    assert taker == Taker("Trần Văn Bình", Proof.PROXY_CARD)
    panel.live.give(key, taker, {})
    assert panel.dossier().returned_to == "Trần Văn Bình"


def test_the_list_has_what_waits_and_finds_by_words_number_and_card(panel: Panel) -> None:
    open_one, ready = panel.received("d-1"), panel.with_result(draft="d-2")
    assert [line.key for line in panel.live.listed("", untold=False)] == [ready]
    assert {line.key for line in panel.live.listed("anh nguyen", untold=False)} == {open_one, ready}
    assert [line.key for line in panel.live.listed(open_one, untold=False)] == [open_one]
    for text in (CARD, MOTHER.id_number):
        assert [line.key for line in panel.live.listed(text, untold=False)] == [ready, open_one]
    handover.notify(panel.office.units(), ready, "Zalo", actor=OFFICER, now=NOON)
    assert panel.live.listed("", untold=True) == []


def test_a_dossier_asked_for_again_before_its_receipt_is_no_dossier_to_open(panel: Panel) -> None:
    with panel.office.reads() as look:
        procedure = look.procedures.current(MARRIAGE_STATUS, NOON.date())
    assert procedure is not None
    intake = Intake("d-7", MARRIAGE_STATUS, MOTHER, dict[str, PaperMark](), case=procedure.options[0].case)
    outcome = request_supplement(
        panel.office.units(), panel.office.desk, intake, "Thiếu giấy tờ", actor=OFFICER, now=NOON
    )
    assert panel.live.scan(outcome.dossier.key, "").found is Found.SUPPLEMENT
