"""The money panel over the desk: amount and reason at the left, the way to pay below, the VietQR at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.money import PayMethod
from ui.desk.dossier_form import ENTER, ActForm
from ui.desk.dossier_model import Form
from ui.desk.letter_keys import LetterKeys
from ui.desk.money_model import MoneySheet
from ui.desk.over_panel import OverPanel, choice_button
from ui.desk.side import spaced
from ui.theme.look import px, type_px
from ui.theme.tokens import LG, MD, SM, XL, XS
from ui.theme.zoom import OWN_SIZE
from ui.widgets.basics import Card, Chip, Elided, Notice, clear, key_hints, keycap, label, row, rule, stacked
from ui.widgets.qr import QrView
from ui.words import dong

LEAST, MOST = (1000, 600), (1080, 660)  # px; a smaller window gives what it has
QR_SIDE, WAY_WIDTH = 320, 300
SHEET, FORM = range(2)
WAYS = (
    ("T", PayMethod.CASH, "Tiền mặt"),
    ("Q", PayMethod.VIETQR, "Chuyển khoản VietQR"),
    ("O", PayMethod.ONLINE, "Trực tuyến, có mã giao dịch"),
)
BY_LETTER = {letter: method for letter, method, _words in WAYS}
ENTER_WORDS = {
    PayMethod.CASH: "Enter: đã nhận đủ tiền mặt, in biên lai",
    PayMethod.VIETQR: "Khi ngân hàng báo tiền đã đến, bấm Enter để ghi đã thu và in biên lai",
    PayMethod.ONLINE: "Enter: ghi mã giao dịch đã nhận",
}


class MoneyPanel(OverPanel):
    """A `MoneyView`. Signals: chosen(method), confirmed, fee_asked, again_asked, code_asked, drawer_asked,
    form_given(values), sheet_shown(MoneySheet), closed."""

    chosen = Signal(object)
    confirmed = Signal()
    fee_asked = Signal()
    again_asked = Signal()
    code_asked = Signal()
    drawer_asked = Signal()
    form_given = Signal(dict)
    sheet_shown = Signal(object)
    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Thu phí, lệ phí")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.letters = LetterKeys(self)
        self.letters.pressed.connect(self._letter)
        self.card = Card(pad=LG, gap=SM)
        self.card.setProperty(OWN_SIZE, True)
        self.pages = QStackedWidget()
        self.form = ActForm()
        self.pages.addWidget(self._sheet_page())
        self.pages.addWidget(self.form)
        self.card.body.addWidget(self.pages, 1)
        self.form.given.connect(self.form_given)
        self.form.cancelled.connect(self.closed)
        self.place(self.card)

    # --- building ------------------------------------------------------------------------------------------------

    def _sheet_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SM)
        self.code, self.state = label("", "title"), Chip()
        head = row(label(self.tr("Thu phí, lệ phí"), "title", "accent"), self.code, self.state, gap=MD)
        head.addStretch(1)
        column.addLayout(head)
        self.title, self.payer = Elided("", "lead"), Elided("", "strong")
        self.notice = Notice(closable=False)
        for part in (self.title, self.payer, self.notice):
            column.addWidget(part)
        body = row(gap=XL)
        body.addLayout(self._amounts(), 1)
        body.addWidget(self._transfer())
        column.addLayout(body, 1)
        column.addWidget(rule())
        column.addLayout(self._foot())
        return page

    def _amounts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(XS)
        column.addWidget(label(self.tr("Còn phải thu"), "label", "muted"))
        self.amount = label("", "figure")
        self.amount.setAccessibleName(self.tr("Số tiền còn phải thu"))
        column.addWidget(self.amount)
        self._reasons, self._paid = QVBoxLayout(), QVBoxLayout()
        column.addLayout(self._reasons)
        column.addSpacing(SM)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(XS)
        column.addLayout(self._ways)
        self.enter = label("", "body", "muted", wrap=True)
        column.addWidget(self.enter)
        column.addSpacing(SM)
        column.addLayout(self._paid)
        column.addStretch(1)
        return column

    def _transfer(self) -> QWidget:
        side = self.side = QWidget()
        side.setFixedWidth(QR_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        self.qr = QrView(QR_SIDE, self.tr("Mã VietQR để người dân quét"))
        self.no_code = label(self.tr("Bấm Q để hiện mã chuyển khoản VietQR"), "body", "muted", wrap=True)
        self.no_code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place_of_code = stacked(self.no_code, self.qr)
        self.place_of_code.setFixedSize(QR_SIDE, QR_SIDE)
        column.addWidget(self.place_of_code)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        column.addLayout(self._facts)
        column.addStretch(1)
        return side

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        line = row()
        key_hints(
            line,
            ("Enter", "đã nhận tiền"),
            ("S", "tính lại mức thu"),
            ("P", "in giấy có mã"),
            ("I", "in lại biên lai"),
            ("K", "kiểm quỹ"),
            ("Esc", "đóng"),
        )
        line.addStretch(1)
        foot.addLayout(line)
        return foot

    # --- what the presenter shows --------------------------------------------------------------------------------

    def show_sheet(self, sheet: MoneySheet, method: PayMethod) -> None:
        self.sheet_shown.emit(sheet)
        if not self.isVisible() or self.code.text() != spaced(sheet.key):
            self.notice.hide()
        self.code.setText(spaced(sheet.key))
        self.state.say(sheet.state, sheet.tone)
        self.title.setText(sheet.title)
        self.payer.setText(self.tr("Người nộp: {name}").format(name=sheet.payer))
        self.amount.setText(self.tr("Chưa rõ") if sheet.asks else dong(sheet.owed or 0))
        self._show_reasons(sheet)
        self._show_ways(sheet, method)
        self.enter.setText(self._enter_words(sheet, method))
        self._show_paid(sheet)
        self.side.setVisible(sheet.owed is not None)
        self._show_code(sheet if method is PayMethod.VIETQR else None)
        self._show(SHEET, self)

    def show_form(self, form: Form) -> None:
        self.form.ask(form)
        self._show(FORM, self.form.focusWidget() or self.form)

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None:
        self.form.show_errors(errors, words, fix)

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    def leave(self) -> None:
        self.letters.forget()
        if self.isVisible():
            self.close_panel()

    def _enter_words(self, sheet: MoneySheet, method: PayMethod) -> str:
        if sheet.asks:
            return self.tr("Chưa rõ phải thu bao nhiêu. Enter: ghi số bản, số trang hoặc mức thu")
        return sheet.why_not or ENTER_WORDS[method]

    def _show_reasons(self, sheet: MoneySheet) -> None:
        clear(self._reasons)
        for words in (*sheet.reasons, *(self.tr("Cần: {what}").format(what=ask) for ask in sheet.asks)):
            self._reasons.addWidget(label(words, "body", wrap=True))

    def _show_ways(self, sheet: MoneySheet, chosen: PayMethod) -> None:
        clear(self._ways)
        for letter, method, words in WAYS if sheet.owed is not None else ():
            button = choice_button(words, on=method is chosen)
            button.setMinimumWidth(WAY_WIDTH)
            button.clicked.connect(lambda _=False, way=method: self.chosen.emit(way))
            line = row(keycap(letter), button, gap=SM)
            line.addStretch(1)
            self._ways.addLayout(line)

    def _show_paid(self, sheet: MoneySheet) -> None:
        clear(self._paid)
        if sheet.paid:
            self._paid.addWidget(label(self.tr("Biên lai"), "label", "muted"))
        for words in sheet.paid:
            self._paid.addWidget(label(words, "caption", wrap=True))

    def _show_code(self, sheet: MoneySheet | None) -> None:
        code = sheet.code if sheet is not None else None
        self.qr.show_text(code.payload if code else "")
        self.place_of_code.setCurrentIndex(int(code is not None))
        clear(self._facts)
        if code is not None:
            for name, words in code.facts:
                self._facts.addWidget(label(f"{name}: {words}", "strong", wrap=True))
            self._facts.addWidget(label(code.state[:1].upper() + code.state[1:], "body", "warn"))

    def _show(self, page: int, focus: QWidget) -> None:
        self.letters.forget()
        self._fit()
        self.pages.setCurrentIndex(page)
        self.stand(focus)

    def _fit(self) -> None:
        wide, high = self._over.width() - 2 * LG, self._over.height() - 2 * LG
        across, down = max(wide, type_px(LEAST[0])), max(high, px(LEAST[1]))  # zoomed, the panel scrolls
        self.card.setFixedSize(min(across, type_px(MOST[0])), min(down, px(MOST[1])))

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.pages.currentIndex() != SHEET:
            return
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in ENTER:
            self.letters.forget()
            if not event.isAutoRepeat():  # a key that is held takes money once
                self.confirmed.emit()
        elif event.text().isprintable() and event.text():
            self.letters.type(event.text())

    def _letter(self, letter: str) -> None:
        if not self.isVisible() or self.pages.currentIndex() != SHEET:
            return
        if letter in BY_LETTER:
            self.chosen.emit(BY_LETTER[letter])
        elif letter in ("S", "I", "P", "K"):
            asked = {"S": self.fee_asked, "I": self.again_asked, "P": self.code_asked, "K": self.drawer_asked}
            asked[letter].emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
