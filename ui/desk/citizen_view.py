"""The second screen at the desk, in large letters: the citizen checks name, papers, fee and date."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ui.desk.citizen_presenter import CitizenPage, Money, ShownPaper
from ui.theme.fonts import set_face
from ui.theme.tokens import LG, MD, SM, XL
from ui.widgets.basics import Card, Chip, Elided, clear, label, row
from ui.widgets.qr import QrView

WINDOW = QSize(1280, 720)
SIDE, QR_SIDE = 420, 280
GREETING = "Xin chào Ông/Bà"
INVITATION = "Mời Ông/Bà đưa giấy tờ cho cán bộ."
CHECK = "Nếu có chỗ sai, xin nói ngay với cán bộ."


class CitizenWindow(QWidget):
    """A window of its own, turned to the citizen. It never takes the keyboard from the desk."""

    def __init__(self, office_name: str, beside: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._beside = beside
        self._page = CitizenPage()
        self._faces: list[tuple[QLabel, int, int]] = []
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle("Màn hình cho người dân")
        self.setAccessibleName("Màn hình cho người dân")
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, LG, XL, LG)
        column.setSpacing(LG)
        column.addWidget(self._words(office_name, 24, 600, "accent"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._welcome())
        self._pages.addWidget(self._intake())
        column.addWidget(self._pages, 1)
        self.foot = self._words("", 22, 500, "muted")
        column.addWidget(self.foot)
        self.resize(WINDOW)

    def _welcome(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        for text, px, weight in ((GREETING, 64, 800), (INVITATION, 34, 500)):
            made = self._words(text, px, weight)
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(made)
        column.addStretch(1)
        return page

    def _intake(self) -> QWidget:
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(LG)
        left = Card(pad=XL, gap=SM)
        self.name, self.procedure = Elided(), self._words("", 26, 500, wrap=True)
        self._faces.append((self.name, 46, 800))
        left.body.addWidget(self.name)
        left.body.addWidget(self.procedure)
        left.body.addSpacing(MD)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(MD)
        left.body.addLayout(self._papers)
        left.body.addStretch(1)
        line.addWidget(left, 1)
        self._right = right = Card(pad=XL, gap=SM)
        self.due_title, self.due = self._words("", 24, 500, "muted"), self._words("", 34, 700, wrap=True)
        self.fee_title, self.fee = self._words("", 24, 500, "muted"), self._words("", 46, 800, wrap=True)
        self.qr, self.to = QrView(QR_SIDE, "Mã VietQR"), self._words("", 22, 600, wrap=True)
        for part in (self.due_title, self.due, self.fee_title, self.fee):
            right.body.addWidget(part)
        right.body.addStretch(1)
        right.body.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignHCenter)
        right.body.addWidget(self.to)
        line.addWidget(right)
        return page

    def _words(self, text: str, px: int, weight: int, tone: str = "", *, wrap: bool = False) -> QLabel:
        made = label(text, "body", tone, wrap=wrap)
        self._faces.append((made, px, weight))
        return made

    def _px(self, size: int) -> int:
        """Letters grow with the glass: it stands half a metre from one pair of eyes, whatever its size."""
        return round(size * max(1.0, min(self.width() / WINDOW.width(), self.height() / WINDOW.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        for words, size, weight in self._faces:
            set_face(words, self._px(size), weight)
        self._right.setFixedWidth(self._px(SIDE))
        self.qr.setFixedSize(self._px(QR_SIDE), self._px(QR_SIDE))
        self.show_page(self._page)

    def stand(self) -> bool:
        """On the second screen, filling it; with one screen only as a window."""
        if (other := self._other_screen()) is not None:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        else:
            self.show()
        return self.isVisible()

    def _other_screen(self) -> QScreen | None:
        own = self._beside.screen()
        return next((screen for screen in QGuiApplication.screens() if screen is not own), None)

    def leave(self) -> None:
        self.hide()

    def show_page(self, page: CitizenPage) -> None:
        self._page = page
        self._pages.setCurrentIndex(int(not page.is_empty))
        self.foot.setText("" if page.is_empty else CHECK)
        self.name.setText(page.name)
        self.procedure.setText(f"Đã tiếp nhận hồ sơ {page.done}" if page.done else page.procedure)
        self.procedure.setVisible(bool(self.procedure.text()))
        clear(self._papers)
        for paper in page.papers:
            self._papers.addLayout(self._line(paper))
        if page.more:
            more = label(f"và {page.more} giấy tờ khác", "body", "muted")
            set_face(more, self._px(22), 400)
            self._papers.addWidget(more)
        _fill(self.due_title, self.due, "Hẹn trả kết quả", page.due)
        self._show_money(page.fee, page.money)

    def _line(self, paper: ShownPaper) -> QHBoxLayout:
        name, state = Elided(paper.name), Chip(paper.state, paper.tone)
        set_face(name, self._px(26), 500)
        set_face(state, self._px(22), 600)
        line = row(gap=MD)
        line.addWidget(name, 1)
        line.addWidget(state)
        return line

    def _show_money(self, fee: str, money: Money | None) -> None:
        _fill(self.fee_title, self.fee, "Phí, lệ phí" if money is None else "Mời chuyển khoản", fee)
        if money is not None:
            _fill(self.fee_title, self.fee, "Mời chuyển khoản", money.amount)
        self.qr.show_text(money.qr if money else "")
        self.qr.setVisible(bool(money and money.qr))
        self.to.setText(f"Đến: {money.to}" if money and money.to else "")
        self.to.setVisible(bool(self.to.text()))


def _fill(title: QLabel, words: QLabel, name: str, text: str) -> None:
    title.setText(name if text else "")
    words.setText(text)
