"""Messages to citizens: once an occasion, with nothing in them but code and office, by day, to whoever wants them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from fakes import FakeOffice
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import BIRTH, MOTHER, NOON, OFFICER, a_desk, an_intake

from kiosk.catalogue.errors import PackError
from kiosk.catalogue.notice_pack import load_notices
from kiosk.domain.citizen_notice import NoticeState, Occasion
from kiosk.domain.dossier import Dossier, ResultRecord
from kiosk.domain.notice_rules import NoticeRules, fault_in_text
from kiosk.domain.procedure import Channel
from kiosk.domain.sms import Counted, counted, dialled, is_mobile, masked, unmarked
from kiosk.domain.tracks import HandOverState
from kiosk.errors import DeviceIOError
from kiosk.services import handover, messages
from kiosk.services.reception import receive_dossier, refuse_dossier
from sync.outbox_folder import CSV, OutboxFolder
from ui.message_words import OCCASIONS, REASONS, STATES, message_words

ON = replace(load_notices(), on=True)
OFFICE_NAME = "UBND xã Mẫu"


@dataclass
class FakeCarrier:
    """failures: how often it fails before it works."""

    failures: int = 0
    handed: list[messages.Message] = field(default_factory=list)
    name: str = "fake"

    def hand(self, message: messages.Message) -> str:
        if self.failures:
            self.failures -= 1
            raise DeviceIOError(device="fake")
        self.handed.append(message)
        return f"ref-{len(self.handed)}"


@dataclass
class Post:
    """One office with its messages; the clock stands until it is moved."""

    office: FakeOffice = field(default_factory=FakeOffice)
    carrier: FakeCarrier = field(default_factory=FakeCarrier)
    rules: NoticeRules = ON
    now: datetime = NOON

    def __post_init__(self) -> None:
        with self.office.units() as uow:
            uow.procedures.add(BIRTH)
            uow.commit()
        self.gather()

    def gather(self) -> int:
        return messages.gather(self.office.units, self.rules, OFFICE_NAME, actor=OFFICER, now=self.now)

    def round(self) -> int:
        self.gather()
        return messages.send(self.office.units, self.carrier, "w", actor=OFFICER, clock=lambda: self.now)

    def received(
        self, phone: str = "0912 000 111", draft: str = "draft-1", channel: Channel = Channel.COUNTER
    ) -> Dossier:
        intake = an_intake(owner=replace(MOTHER, phone=phone), draft=draft, channel=channel)
        return receive_dossier(self.office.units(), a_desk(), intake, actor=OFFICER, now=self.now).dossier

    def solved(self, key: str) -> None:
        result = ResultRecord("12/TLKT", self.now)
        handover.record_result(self.office.units(), key, result, actor=OFFICER, now=self.now)

    def notices(self) -> list[tuple[Occasion, NoticeState, str]]:
        with self.office.units() as uow:
            return [(n.occasion, n.state, n.reason) for n in reversed(uow.citizen_notices.listed())]


def test_a_result_is_told_once_with_code_and_office_alone() -> None:
    post = Post()
    dossier = post.received()
    post.solved(dossier.key)
    for _ in range(3):
        post.round()
    [message] = post.carrier.handed
    assert message.phone == "0912000111"
    assert dossier.key in message.text
    assert message.text.startswith("UBND xa Mau: ho so")
    for personal in (*MOTHER.full_name.split(), MOTHER.id_number, BIRTH.name):
        assert unmarked(personal) not in message.text
    assert (message.parts, counted(message.text).alphabet) == (1, "GSM-7")
    with post.office.units() as uow:
        [told] = [e for e in uow.events.of(dossier.key) if e.kind == messages.HANDED]
        assert told.data == {"occasion": "result", "to": "091****111", "carrier": "fake", "parts": 1}
        assert message_words(told.data) == "có kết quả, đến 091****111"


def test_what_was_before_the_first_look_or_while_off_is_told_to_nobody() -> None:
    office = FakeOffice()
    post = Post(office)
    post.rules = replace(ON, on=False)
    dossier = post.received()
    post.solved(dossier.key)
    post.gather()
    post.rules = ON
    post.round()
    post.round()
    assert post.carrier.handed == []


def test_a_carrier_that_fails_is_tried_again_and_gets_each_once() -> None:
    post = Post(carrier=FakeCarrier(failures=2))
    post.solved(post.received().key)
    post.round()
    assert post.carrier.handed == []
    for _ in range(6):
        post.now += timedelta(minutes=20)
        post.round()
    assert len(post.carrier.handed) == 1
    assert post.notices() == [(Occasion.RESULT, NoticeState.HANDED, "")]


def test_at_night_a_message_waits_for_the_morning_and_may_have_become_untrue() -> None:
    late = NOON.replace(hour=21)
    post = Post(now=late)
    kept, returned = post.received(), post.received(draft="draft-2")
    post.solved(kept.key)
    post.solved(returned.key)
    assert post.round() == 0
    post.now = late.replace(hour=6, minute=59) + timedelta(days=1)
    assert post.round() == 0
    handover.hand_over(post.office.units(), returned.key, "Ánh", actor=OFFICER, now=post.now, without_copy="giấy")
    post.now = late.replace(hour=7) + timedelta(days=1)
    post.round()
    assert [m.code for m in post.carrier.handed] == [kept.key]
    assert (Occasion.RESULT, NoticeState.SKIPPED, "stale") in post.notices()


@pytest.mark.parametrize(("phone", "why"), [("", "no_phone"), ("0240 3821 234", "not_mobile"), ("12345", "not_mobile")])
def test_without_a_mobile_number_the_officer_sees_why_nobody_was_told(phone: str, why: str) -> None:
    post = Post()
    post.solved(post.received(phone).key)
    post.round()
    assert post.carrier.handed == []
    assert post.notices() == [(Occasion.RESULT, NoticeState.SKIPPED, why)]


def test_whoever_said_no_is_not_messaged_even_when_it_was_queued_before() -> None:
    post = Post()
    before, after = post.received(), post.received(draft="draft-2")
    messages.set_consent(post.office.units(), before.key, given=False, actor=OFFICER, now=NOON)
    post.solved(before.key)
    post.solved(after.key)
    post.gather()
    messages.set_consent(post.office.units(), after.key, given=False, actor=OFFICER, now=NOON)
    post.round()
    assert post.carrier.handed == []
    assert [why for *_, why in post.notices()] == ["refused", "refused"]


def test_where_consent_is_asked_silence_is_a_no() -> None:
    post = Post(rules=replace(ON, asked_consent=True))
    silent, willing = post.received(), post.received(draft="draft-2")
    messages.set_consent(post.office.units(), willing.key, given=True, actor=OFFICER, now=NOON)
    post.solved(silent.key)
    post.solved(willing.key)
    post.round()
    assert [m.code for m in post.carrier.handed] == [willing.key]


def test_acceptance_and_refusal_are_told_of_what_came_online_only() -> None:
    post = Post()
    post.received()
    online = post.received(draft="draft-2", channel=Channel.ONLINE)
    intake = an_intake(owner=replace(MOTHER, phone="0912000111"), draft="draft-3", channel=Channel.ONLINE)
    refuse_dossier(post.office.units(), a_desk(), intake, "Không thuộc thẩm quyền", "NĐ 61", actor=OFFICER, now=NOON)
    post.round()
    assert [m.key.split(":")[1] for m in post.carrier.handed] == ["accepted", "refused"]
    assert online.due_at is not None
    assert f"{online.due_at:%d/%m/%Y}" in post.carrier.handed[0].text


def test_the_operators_word_ends_the_wait_for_the_citizen_to_be_told() -> None:
    post = Post()
    dossier = post.received()
    post.solved(dossier.key)
    post.round()
    key = post.carrier.handed[0].key
    for _ in range(2):
        messages.mark_told(post.office.units(), key, actor=OFFICER, now=NOON)
    with post.office.units() as uow:
        told = uow.dossiers.get(dossier.key)
    assert (told.handed, told.notified_by) == (HandOverState.NOTIFIED, "Tin nhắn SMS")


def test_the_folder_holds_one_file_a_message_and_a_table_for_the_operator(tmp_path: Path) -> None:
    carrier = OutboxFolder(tmp_path / "tin-nhan")
    message = messages.Message("1:result:7", "0912000111", "=UBND; hồ sơ 1\ncó kết quả", 1, "1", NOON)
    for _ in range(2):
        assert carrier.hand(message) == "2026-11-23/1-result-7.json"
    carrier.hand(replace(message, key="2:result:8", text="Ho so 2"))
    day = tmp_path / "tin-nhan" / "2026-11-23"
    assert json.loads((day / "1-result-7.json").read_text(encoding="utf-8"))["phone"] == "0912000111"
    with (day / CSV).open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [r["noi_dung"] for r in rows] == ["'=UBND; hồ sơ 1\ncó kết quả", "Ho so 2"]
    assert not list(day.glob("*.part"))
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceIOError):
        OutboxFolder(tmp_path / "file").hand(message)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", Counted("GSM-7", 0, 0)),
        ("a" * 160, Counted("GSM-7", 160, 1)),
        ("a" * 161, Counted("GSM-7", 161, 2)),
        ("a" * 152 + "€" + "a" * 152, Counted("GSM-7", 306, 3)),
        ("ồ" * 70, Counted("UCS-2", 70, 1)),
        ("ồ" * 71, Counted("UCS-2", 71, 2)),
        ("ồ" * 66 + "😀" + "ồ" * 66, Counted("UCS-2", 134, 3)),
    ],
)
def test_messages_are_counted_as_the_network_counts_them(text: str, told: Counted) -> None:
    assert counted(text) == told


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậ ĐƠ–“”…", max_size=300))
def test_words_without_marks_always_fit_the_cheap_alphabet(text: str) -> None:
    assert counted(unmarked(text)).alphabet == "GSM-7"


@pytest.mark.parametrize(
    ("written", "number", "mobile"),
    [
        ("+84 912.345.678", "0912345678", True),
        ("84912345678", "0912345678", True),
        ("(0)32-234-5678", "0322345678", True),
        ("0162345678", "0162345678", False),
        ("01623456789", "01623456789", False),
        ("02403821234", "02403821234", False),
    ],
)
def test_numbers_are_dialled_as_inside_the_country(written: str, number: str, mobile: bool) -> None:
    assert (dialled(written), is_mobile(dialled(written))) == (number, mobile)
    assert number[3:-3] not in masked(number)


def test_quiet_hours_may_lie_over_midnight_within_a_day_or_nowhere() -> None:
    night = replace(ON, quiet=(time(20), time(7)))
    assert night.sendable_at(NOON) == NOON
    assert night.sendable_at(NOON.replace(hour=23)) == NOON.replace(hour=7) + timedelta(days=1)
    assert night.sendable_at(NOON.replace(hour=3)) == NOON.replace(hour=7)
    assert replace(ON, quiet=(time(9), time(11))).sendable_at(NOON) == NOON.replace(hour=11)
    assert replace(ON, quiet=(time(7), time(7))).sendable_at(NOON) == NOON


def test_a_text_may_name_nothing_but_code_office_and_date(tmp_path: Path) -> None:
    assert fault_in_text("{office}: {code} {date}") == ""
    for bad in ("{name} {code}", "{office}", "{code", "{code.__class__}", "{} {code}"):
        assert fault_in_text(bad), bad
    file = tmp_path / "notices.toml"
    file.write_text('[texts]\nresult = "{owner}: {code}"\n', encoding="utf-8")
    with pytest.raises(PackError):
        load_notices(file)
    file.write_text('[send]\non = true\nmarks = true\noccasions = ["late"]\n[plain]\nlate = "{code} cham"\n')
    rules = load_notices(file)
    assert (rules.on, rules.occasions) == (True, frozenset({Occasion.LATE}))
    assert "hẹn trả lại lúc 10:00 23/11/2026" in rules.text(Occasion.LATE, "1", "UBND", NOON)
    assert replace(rules, marks=False).text(Occasion.LATE, "1", "UBND", NOON) == "1 cham"


def test_every_occasion_state_and_reason_has_words_and_shipped_texts_cost_at_most_two_parts() -> None:
    from kiosk.domain.citizen_notice import Skip

    assert set(OCCASIONS) == set(Occasion) == set(ON.texts)
    assert set(STATES) == set(NoticeState)
    assert set(REASONS) == set(Skip)
    name = "Trung tâm Phục vụ hành chính công xã Mẫu"
    for occasion in Occasion:
        assert counted(ON.text(occasion, "H26.107-261123-10007", name, NOON)).parts <= 2
