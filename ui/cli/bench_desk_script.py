"""What an officer does at the measured desk: two intakes, a search, a dossier by its code, a result handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt

from kiosk.clock import office_now
from kiosk.domain.event import Actor
from kiosk.domain.person import Person
from kiosk.services.queueing import issue_ticket
from kiosk.text import fold
from ui.app import OpenedOffice
from ui.cli.bench_desk_hands import Hands
from ui.cli.bench_desk_store import Town, card_of, with_result
from ui.desk.dossier_panel import LIST, SHEET, DossierPanel
from ui.desk.paper_list import PaperList
from ui.desk.view import DeskWindow

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
RETURNING, NEW, SEARCH, CODE, RESULT = "người đã có", "người mới có thẻ", "tìm theo tên", "mở theo mã", "trả kết quả"
PLACES = "112334"  # which of the four papers each of six pages belongs to
PHONE = "0912345678"
SCANNING = "Đang quét…"


class Listing:
    """What the list of dossiers shows, and for which text: an answer to an earlier letter is not one to the last."""

    def __init__(self, panel: DossierPanel) -> None:
        self._asked, self._has_answer = "", False
        panel.list.asked.connect(self._ask)
        panel.list.lines.model().rowsInserted.connect(self._answer)

    def answers(self, text: str) -> bool:
        return self._asked == text and self._has_answer

    def _ask(self, text: str) -> None:
        self._asked, self._has_answer = text, False

    def _answer(self) -> None:
        self._has_answer = True


@dataclass
class Script:
    """One round of a desk's work after another; town: who comes."""

    office: OpenedOffice
    window: DeskWindow
    hands: Hands
    town: Town
    _panel: DossierPanel = field(init=False)
    _listing: Listing = field(init=False)

    def __post_init__(self) -> None:
        panel = self.window.findChild(DossierPanel)
        assert isinstance(panel, DossierPanel)
        self._panel, self._listing = panel, Listing(panel)

    def round(self) -> None:
        """Raises: DeskSilentError."""
        self._returning(self.town.returning())
        self._new(self.town.newcomer())
        self._search(self.town.returning().full_name)
        owner = self.town.newcomer()
        key = with_result(self.office, owner)
        self._by_code(key)
        self._result(key, owner)

    # --- intakes -------------------------------------------------------------------------------------------------

    def _returning(self, person: Person) -> None:
        self.hands.script = RETURNING
        self._call()
        self._card(person.id_number, person)
        self._choose()
        self._papers()
        self._receive()

    def _new(self, person: Person) -> None:
        self.hands.script = NEW
        self._call()
        self._card(card_of(person), person)
        phone = self.window.person.phone
        self.hands.press("về ô thẻ", Key.Key_L, lambda: self.window.person.card.hasFocus(), CONTROL)
        self.hands.press("sang ô sau", Key.Key_Tab, lambda: self.window.person.name.hasFocus())
        self.hands.press("sang ô sau", Key.Key_Tab, phone.hasFocus)
        self._write("số điện thoại", PHONE, phone.text)
        self.hands.press("về ô thủ tục", Key.Key_F, lambda: self.window.procedure.edit.hasFocus(), CONTROL)
        self._choose()
        self._papers()
        self._receive()

    def _call(self) -> None:
        actor = Actor("", "kiosk-1")
        units, now = self.office.units(), office_now()
        label = issue_ticket(units, self.office.facts, "ho-tich", actor=actor, now=now, touch=uuid4().hex).label
        self.hands.press("gọi số", Key.Key_F2, lambda: self.window.rail.number.text() == label)

    def _card(self, payload: str, person: Person) -> None:
        form = self.window.person
        self.hands.scan("quét thẻ", payload, lambda: form.name.text() == person.full_name)
        self.hands.wait("quét thẻ", self.window.procedure.edit.hasFocus)

    def _choose(self) -> None:
        procedure = self.window.procedure
        self._write("tìm thủ tục", "ks", procedure.edit.text)
        self.hands.press("chọn thủ tục", Key.Key_Return, lambda: isinstance(self.window.focusWidget(), PaperList))

    def _papers(self) -> None:
        papers, strip, state = self.window.papers, self.window.strip, self.window.scan_state
        self.hands.press("đủ giấy tờ", Key.Key_F6, lambda: papers.item(0).text().endswith("Bản chính"))
        button = self.window.scan_button.words
        # How long the scanner takes for its first page is its own affair: the key has worked when the desk says so.
        self.hands.press("quét giấy tờ", Key.Key_F8, lambda: button.text() == SCANNING or strip.count() > 0)
        self.hands.wait("quét giấy tờ", lambda: strip.count() == len(PLACES))
        for n, place in enumerate(PLACES, 1):
            left = f"{len(PLACES) - n} chưa gắn" if n < len(PLACES) else "đã gắn đủ"
            self.hands.letter("gắn trang", place, partial(_says, state.text, left))

    def _receive(self) -> None:
        side = self.window.side
        before = side.saved.key.text()
        self.hands.press("tiếp nhận", Key.Key_Return, lambda: side.saved.key.text() not in ("", before), CONTROL)
        self.hands.wait("tiếp nhận", self.window.person.card.hasFocus)

    # --- dossiers that are there ---------------------------------------------------------------------------------

    def _search(self, name: str) -> None:
        self.hands.script = SEARCH
        self._find(fold(name))
        self.hands.press("mở hồ sơ", Key.Key_Return, self._sheet_is_open)
        self._leave()

    def _by_code(self, key: str) -> None:
        self.hands.script = CODE
        self._find(key)
        self.hands.press("mở hồ sơ", Key.Key_Return, self._sheet_is_open)
        self._leave()

    def _find(self, text: str) -> None:
        """Each letter until it stands in its box, the last one until the list answers to all."""
        edit, panel = self._panel.list.edit, self._panel
        self.hands.press("mở danh sách", Key.Key_Y, lambda: panel.isVisible() and self._page() == LIST, CONTROL)
        self._write("gõ chữ", text[:-1], edit.text)
        self.hands.letter("chữ cuối: danh sách", text[-1], lambda: self._listing.answers(text))

    def _result(self, key: str, owner: Person) -> None:
        self.hands.script = RESULT
        panel = self._panel
        self.hands.scan("quét giấy hẹn", key, lambda: self._sheet_is_open() and "Quét thẻ" in panel.taker.text())
        self.hands.scan("quét thẻ", card_of(owner), lambda: "chủ hồ sơ" in panel.taker.text())
        given = "Đã trả kết quả"
        self.hands.press("trả kết quả", Key.Key_Return, lambda: given in panel.notice.accessibleName())
        self._leave()

    def _leave(self) -> None:
        """Not of the script: the next citizen's scan would close it, too."""
        kept, self.hands.strokes = self.hands.strokes, []
        self.hands.press("đóng", Key.Key_Escape, lambda: not self._panel.isVisible())
        self.hands.strokes = kept

    def _write(self, step: str, text: str, shown: Callable[[], str]) -> None:
        for n, letter in enumerate(text, 1):
            self.hands.letter(step, letter, partial(_is, shown, text[:n]))

    def _sheet_is_open(self) -> bool:
        return self._panel.isVisible() and self._page() == SHEET

    def _page(self) -> int:
        return self._panel.pages.currentIndex()


def _says(shown: Callable[[], str], words: str) -> bool:
    return words in shown()


def _is(shown: Callable[[], str], text: str) -> bool:
    return shown() == text
