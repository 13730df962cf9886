"""A panel over the desk with a list, what belongs to the chosen line, and acts by key; some ask for words first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.desk.list_model import Act, Line
from ui.desk.over_panel import OverPanel
from ui.theme.fonts import role
from ui.theme.tokens import MD, SM, XL, XS
from ui.widgets.basics import Card, Chip, Elided, Notice, clear, key_hints, keycap, label, row

WIDTH, HEIGHT, LIST, FOOT = 1120, 640, 430, 76
SHEET = (250, 350)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ListPanel(OverPanel):
    """A `ListView`. pictures: lines have pages to look at. Signals: asked, acted(act, line, words)."""

    asked = Signal()
    acted = Signal(str, object, str)

    def __init__(self, over: QWidget, name: str, empty: str, acts: Sequence[Act], *, pictures: bool = False) -> None:
        super().__init__(over, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines: tuple[Line, ...] = ()
        self._acts = {act.id: act for act in acts}
        self._asking: Act | None = None
        self._page = 0
        card = Card(pad=XL, gap=SM)
        card.setFixedSize(WIDTH, HEIGHT)
        self.state, self.more = Chip(), Elided("", "body", "muted")
        head = row(gap=MD)
        head.addWidget(label(name, "title"))
        head.addWidget(self.state)
        head.addWidget(self.more, 1)
        card.body.addLayout(head)
        self.notice = Notice(closable=False)
        card.body.addWidget(self.notice)
        self.empty = label(empty, "body", "muted")
        card.body.addWidget(self.empty)
        body = row(gap=XL)
        body.addWidget(self._list(name))
        body.addWidget(self._detail(), 1)
        self.picture, self.page_name = QLabel(), label("", "caption", "muted", wrap=True)
        self._has_pictures = pictures
        if pictures:
            body.addLayout(self._pictures())
        card.body.addLayout(body, 1)
        self.foot = QStackedWidget()
        self.foot.addWidget(self._hints(acts, pictures=pictures))
        self.foot.addWidget(self._words())
        self.foot.setFixedHeight(FOOT)
        card.body.addWidget(self.foot)
        self.place(card)

    # --- building ------------------------------------------------------------------------------------------------

    def _list(self, name: str) -> QListWidget:
        self.list = QListWidget()
        self.list.setFont(role("body"))
        self.list.setFixedWidth(LIST)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        return self.list

    def _detail(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SM, 0)
        column.setSpacing(SM)
        self.title, self.where = label("", "strong", wrap=True), label("", "caption", "muted", wrap=True)
        self.why = label("", "body", wrap=True)
        for part in (self.title, self.where, self.why):
            column.addWidget(part)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(XS)
        column.addLayout(self.facts)
        column.addStretch(1)
        self.detail = QScrollArea()
        self.detail.setWidget(inside)
        self.detail.setWidgetResizable(True)
        self.detail.setFrameShape(QFrame.Shape.NoFrame)
        self.detail.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.detail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (inside, self.detail.viewport()):  # the card's own shows through
            ground.setAutoFillBackground(False)
        return self.detail

    def _pictures(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SM)
        self.picture.setFixedSize(*SHEET)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("Trang giấy"))
        self.page_name.setFixedWidth(SHEET[0])
        column.addWidget(self.picture)
        column.addWidget(self.page_name)
        column.addStretch(1)
        return column

    def _hints(self, acts: Sequence[Act], *, pictures: bool) -> QWidget:
        page = QWidget()
        foot = row(XS)
        self._act_parts: dict[str, tuple[QWidget, QWidget]] = {}
        for act in acts:
            self._act_parts[act.id] = (keycap(act.key), label(act.words, "body"))
            for part in self._act_parts[act.id]:
                foot.addWidget(part)
            foot.addSpacing(SM)
        moves = [("↑ ↓", self.tr("chọn")), ("Esc", self.tr("đóng"))]
        key_hints(foot, *([("← →", self.tr("trang")), *moves] if pictures else moves))
        foot.addStretch(1)
        page.setLayout(foot)
        return page

    def _words(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        self.question = label("", "strong")
        self.words = QLineEdit()
        self.words.setAccessibleName(self.tr("Lý do"))
        self.words.setPlaceholderText(self.tr("Gõ rồi bấm Enter. Esc: thôi."))
        column.addWidget(self.question)
        column.addWidget(self.words)
        return page

    # --- what the presenter shows --------------------------------------------------------------------------------

    def open(self) -> None:
        self.notice.hide()
        self.foot.setCurrentIndex(0)
        self.stand(self)

    def show_head(self, tone: str, words: str, more: str) -> None:
        self.state.say(words, tone)
        self.more.setText(more)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Keeps the chosen line, or the one that took its place."""
        if tuple(lines) == self._lines:
            return
        before = self.chosen()
        ids = [one.id for one in lines]
        same = ids.index(before.id) if before is not None and before.id in ids else self.list.currentRow()
        at = max(0, min(same, len(lines) - 1))
        self._lines = tuple(lines)
        self.list.blockSignals(True)
        self.list.clear()
        for one in lines:
            item = QListWidgetItem(f"{one.title}\n{one.place}")
            item.setToolTip(one.why)
            self.list.addItem(item)
        self.list.setCurrentRow(at if lines else -1)
        self.list.blockSignals(False)
        self.empty.setVisible(not lines)
        self._show_chosen(same_line=before is not None and bool(lines) and lines[at].id == before.id)

    def tell(self, tone: str, message: str, fix: str) -> None:
        self.notice.say(tone, message, fix)

    def chosen(self) -> Line | None:
        at = self.list.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _show_chosen(self, *, same_line: bool = False) -> None:
        one = self.chosen()
        self.title.setText(one.title if one else "")
        self.where.setText(one.place if one else "")
        self.why.setText(one.why if one else "")
        clear(self.facts)
        for name, value in one.facts if one else ():
            fact = label(f"{name}: {value}" if name else value, "body", wrap=True)
            fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            fact.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.facts.addWidget(fact)
        for act, parts in self._act_parts.items():
            for part in parts:
                part.setVisible(one is not None and act in one.acts)
        self._page = self._page if same_line else 0
        self._show_page()

    def _show_page(self) -> None:
        if not self._has_pictures:
            return
        one = self.chosen()
        pages = one.pages if one else ()
        self._page = max(0, min(self._page, len(pages) - 1))
        picture = QPixmap()
        name = ""
        if pages:
            name, png = pages[self._page]
            picture.loadFromData(QByteArray(png))
            name = f"{self._page + 1}/{len(pages)} · {name}"
        self.page_name.setText(name)
        if picture.isNull():
            self.picture.setText(self.tr("Chưa có trang để xem") if one and not pages else "")
        else:
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(picture.scaled(*SHEET, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._asking is not None:
            self._words_key(event, self._asking)
            return
        one, key = self.chosen(), event.key()
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._lines:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % len(self._lines))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._page += 1 if key == Qt.Key.Key_Right else -1
            self._show_page()
        elif one is not None and (act := self._act_of(event)) is not None and act.id in one.acts:
            self._begin(act, one)

    def _act_of(self, event: QKeyEvent) -> Act | None:
        name = "Enter" if event.key() in ENTER else event.text().upper()
        return next((act for act in self._acts.values() if act.key == name), None)

    def _begin(self, act: Act, line: Line) -> None:
        if not act.asks:
            self.acted.emit(act.id, line, "")
            return
        self._asking = act
        self.question.setText(act.asks)
        self.words.setAccessibleName(act.asks)
        self.words.clear()
        self.foot.setCurrentIndex(1)
        self.words.setFocus()

    def _words_key(self, event: QKeyEvent, act: Act) -> None:
        """Keys that the line of words left alone."""
        line, text = self.chosen(), self.words.text().strip()
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif event.key() in ENTER and line is not None and text:
            self._back()
            self.acted.emit(act.id, line, text)

    def _back(self) -> None:
        self._asking = None
        self.foot.setCurrentIndex(0)
        self.setFocus()

    def close_panel(self) -> None:
        self._asking = None
        super().close_panel()
