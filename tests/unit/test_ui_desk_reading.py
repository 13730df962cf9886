"""Papers as read, confirmed and corrected by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from samples import BIRTH
from ui_fakes import LANES, Remember

from kiosk.domain.keeping import Keeping, KeptAs
from kiosk.domain.procedure import Component
from ui.desk.model import Choice, PageThumb
from ui.desk.reading_model import Accepted, PagePicture, ReadField, ReadPaper, day_shown
from ui.desk.reading_office import UnclearDayError
from ui.desk.reading_presenter import ReadingPresenter
from ui.desk.work import Work

KINDS = (Choice("birth-declaration", "Tờ khai đăng ký khai sinh"), Choice("decision", "Quyết định"))
NAME = ReadField("full_name", "Lê Thị Hoa", 0.95, "p1", (0.1, 0.2, 0.3, 0.02))
DOUBTED = ReadField("born_on", "31/02/1995", 0.2, "p2", (0.4, 0.2, 0.1, 0.02))
SURE = ReadPaper(("p1",), (1,), KINDS, "birth-declaration", 0.95, "tp-1", (NAME,))
UNSURE = ReadPaper(("p2", "p3"), (2, 3), KINDS, "", 0.0, "", (replace(NAME, page="p3"), DOUBTED))


@dataclass
class FakeReading:
    stack: Sequence[ReadPaper] = (SURE, UNSURE)
    confirmed: list[Accepted] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    refuses: bool = False

    def papers(self, draft_key: str, components: Sequence[Component]) -> Sequence[ReadPaper]:
        return self.stack

    def picture(self, page_id: str) -> PagePicture:
        return PagePicture(page_id.encode())

    def confirm(self, draft_key: str, accepted: Accepted) -> None:
        if self.refuses:
            raise UnclearDayError(field="Ngày sinh")
        self.confirmed.append(accepted)

    def take_back(self, page_id: str) -> None:
        self.taken_back.append(page_id)


@dataclass
class Desk:
    office: FakeReading = field(default_factory=FakeReading)
    view: Remember = field(default_factory=Remember)
    desk: Remember = field(default_factory=Remember)
    strip: Remember = field(default_factory=Remember)
    work: Work = field(default_factory=lambda: Work("draft-1", procedure=BIRTH))

    def __post_init__(self) -> None:
        self.work.pages = [(PageThumb(f"p{n}", n, 0), "") for n in (1, 2, 3)]
        work = self.work
        self.reading = ReadingPresenter(self.view, self.desk, self.office, LANES, lambda: work, self.strip, Keeping())

    def open(self) -> ReadingPresenter:
        self.reading.on_open()
        return self.reading

    def line(self) -> int:
        return int(self.view.last("show_paper")[1])

    def lines(self) -> dict[str, tuple[str, str]]:
        return {n.label: (n.value, n.tone) for n in self.view.last("show_paper")[0].lines}


def test_one_key_takes_a_paper_that_nothing_is_doubtful_about() -> None:
    desk = Desk()
    desk.open().on_enter()
    assert desk.office.confirmed == [Accepted(("p1",), "birth-declaration", "tp-1", {"full_name": "Lê Thị Hoa"})]
    assert [code for _, code in desk.work.pages] == ["tp-1", "", ""]
    assert desk.work.mark("tp-1").state.is_settled
    assert desk.view.last("show_paper")[0].title == "Giấy 2/2 · trang 2, 3"


def test_what_is_not_clear_is_asked_and_not_guessed() -> None:
    desk = Desk(FakeReading((UNSURE,)))
    reading = desk.open()
    assert desk.lines()["Loại giấy"] == ("Chưa rõ loại, có thể là Tờ khai đăng ký khai sinh", "bad")
    for _ in range(4):
        reading.on_enter()
    assert desk.office.confirmed == []
    assert "Chọn loại giấy" in desk.view.last("warn")
    assert desk.line() == 0
    reading.on_turn(1)
    assert desk.lines()["Loại giấy"][0] == "Tờ khai đăng ký khai sinh"


def test_each_doubtful_line_is_stood_on_before_the_paper_is_taken() -> None:
    desk = Desk(FakeReading((replace(UNSURE, kind="decision", confidence=0.6),)))
    reading = desk.open()
    seen = [desk.line()]
    while not desk.office.confirmed:
        reading.on_enter()
        seen.append(desk.line())
    assert seen[:3] == [0, 1, 3]
    assert desk.office.confirmed[0].component == ""


def test_a_typed_value_is_what_is_confirmed_and_an_emptied_one_is_left_out() -> None:
    desk = Desk(FakeReading((replace(SURE, fields=(NAME, DOUBTED)),)))
    reading = desk.open()
    assert desk.line() == 3
    reading.on_typed("05/03/1995")
    reading.on_line(2)
    reading.on_typed("")
    reading.on_enter()
    assert desk.office.confirmed[0].fields == {"born_on": "05/03/1995"}


def test_the_arrows_go_through_kinds_and_components_and_round() -> None:
    desk = Desk()
    reading = desk.open()
    reading.on_turn(1)
    assert desk.lines()["Loại giấy"] == ("Quyết định", "")
    reading.on_move(1)
    for _ in BIRTH.components:
        reading.on_turn(1)
    assert desk.lines()["Thành phần hồ sơ"] == ("Chưa gắn vào giấy tờ nào", "warn")
    reading.on_turn(1)
    assert desk.lines()["Thành phần hồ sơ"][0].startswith("1. ")


def test_the_page_shown_is_the_one_that_the_value_stands_on() -> None:
    desk = Desk(FakeReading((UNSURE,)))
    reading = desk.open()
    assert desk.view.last("show_picture").jpeg == b"p2"
    reading.on_line(2)
    assert desk.view.last("show_picture").jpeg == b"p3"
    assert desk.view.last("mark") == ([NAME.box], NAME.box)


def test_a_refused_day_stays_on_the_screen_with_the_reason() -> None:
    desk = Desk(FakeReading((SURE,), refuses=True))
    desk.open().on_enter()
    assert "Ngày sinh" in desk.view.last("warn")
    assert desk.view.all("leave") == []


def test_the_last_paper_closes_the_panel_and_a_confirmed_one_can_be_taken_back() -> None:
    desk = Desk(FakeReading((SURE,)))
    desk.open().on_enter()
    assert desk.view.all("leave") == [()]
    assert desk.desk.last("say")[1] == "Đã xác nhận 1 giấy tờ."
    desk = Desk(FakeReading((replace(SURE, confirmed=True),)))
    reading = desk.open()
    assert desk.view.last("show_paper")[0].state == "Đã xác nhận"
    reading.on_take_back()
    assert desk.office.taken_back == ["p1"]
    assert desk.view.last("show_paper")[0].state == "Chờ xác nhận"


def test_before_anything_was_read_the_desk_says_so() -> None:
    desk = Desk(FakeReading(()))
    desk.open()
    assert desk.desk.last("say")[0] == "info"
    assert desk.view.all("show_paper") == []


def test_news_tells_how_many_papers_wait_and_a_heartbeat_asks_for_nothing() -> None:
    desk = Desk(FakeReading((SURE, replace(UNSURE, confirmed=True))))
    for seq in (7, 7):
        desk.reading.on_news(seq)
    assert desk.desk.all("show_read") == [(1, 0)]
    desk.work.pages = []
    desk.reading.on_news(8)
    assert desk.desk.last("show_read") == (0, 0)


def test_papers_read_meanwhile_offer_themselves_by_how_many_want_a_look() -> None:
    unassigned = replace(SURE, component="")
    desk = Desk(FakeReading((SURE, UNSURE, unassigned, replace(UNSURE, confirmed=True))))
    desk.reading.on_news(7)
    assert desk.desk.last("show_read") == (3, 2)
    assert desk.view.calls == []


def test_the_panel_says_how_a_paper_will_be_kept_and_how_it_was() -> None:
    desk = Desk(FakeReading((SURE, replace(SURE, kept=KeptAs.WHOLE))))
    reading = desk.open()
    assert desk.view.last("show_paper")[0].kept == "Sẽ lưu tách lớp chữ và nền, tệp nhỏ."
    photo = replace(SURE, kinds=(Choice("photo", "Ảnh chân dung"), *KINDS), kind="photo")
    desk.office.stack = (photo, replace(SURE, kept=KeptAs.WHOLE))
    reading.on_open()
    assert desk.view.last("show_paper")[0].kept == "Sẽ lưu nguyên ảnh từng trang: ảnh chân dung."
    reading.on_step(1)
    assert desk.view.last("show_paper")[0].kept == "Đã lưu nguyên ảnh từng trang."


def test_days_are_shown_as_people_write_them() -> None:
    assert [day_shown(v) for v in ("1995-03-05", "31/02/1995", "12/QĐ-UBND")] == [
        "05/03/1995",
        "31/02/1995",
        "12/QĐ-UBND",
    ]
