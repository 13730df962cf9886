"""Money for the dossier at hand: the amount and why, one key for the way, Enter for money received. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import uuid4

from kiosk.domain.money import PayMethod
from ui.desk.dossier_model import Ask, Form
from ui.desk.money_model import MoneyOffice, MoneySheet
from ui.tasks import Problem, Run

FEE, ONLINE = "fee", "online"
ONLINE_FORM = Form(
    ONLINE,
    "Đã nhận tiền trực tuyến",
    (
        Ask("reference", "Mã giao dịch", hint="Như ngân hàng hoặc cổng thanh toán báo"),
        Ask("external", "Số biên lai điện tử", hint="Nếu cổng đã cấp biên lai; không có thì để trống", needed=False),
    ),
)
NO_BANK = ("Cơ quan chưa khai tài khoản nhận chuyển khoản.", "Thu tiền mặt, hoặc ghi mục [bank] trong office.toml.")


class MoneyView(Protocol):
    def show_sheet(self, sheet: MoneySheet, method: PayMethod) -> None:
        """Open the panel, or show in it what has changed."""

    def show_form(self, form: Form) -> None: ...

    def show_errors(self, errors: Mapping[str, str], words: str, fix: str) -> None: ...

    def tell(self, tone: str, message: str, fix: str) -> None: ...

    def leave(self) -> None: ...


class MoneyPresenter:
    """say: tells on the desk itself while the panel is closed; command: a new name for one press."""

    def __init__(
        self,
        view: MoneyView,
        office: MoneyOffice,
        run: Run,
        say: Callable[[str, str, str], None],
        command: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._view, self._office, self._run, self._say, self._new = view, office, run, say, command
        self._sheet: MoneySheet | None = None
        self._form: Form | None = None
        self._method = PayMethod.CASH
        self._command = ""
        self._is_busy = False

    def open(self, key: str) -> None:
        self._method, self._command = PayMethod.CASH, self._new()
        self._run(lambda: self._office.sheet(key), self._show, lambda p: self._say("bad", p.message, p.fix))

    def _show(self, sheet: MoneySheet) -> None:
        self._sheet, self._form = sheet, None
        self._view.show_sheet(sheet, self._method)

    def on_close(self) -> None:
        """Escape: the form, then the panel."""
        if self._form is not None and self._sheet is not None:
            self._show(self._sheet)
            return
        self._sheet = None
        self._view.leave()

    def on_news(self) -> None:
        """Another station, or word from the bank, may have changed it; a form being filled in is left alone."""
        if self._sheet is None or self._form is not None or self._is_busy:
            return
        key = self._sheet.key
        self._run(lambda: self._office.sheet(key), self._again, lambda _problem: None)

    def _again(self, sheet: MoneySheet) -> None:
        before = self._sheet
        if before is not None and before.key == sheet.key and self._form is None and sheet != before:
            self._show(sheet)

    def on_method(self, method: PayMethod) -> None:
        sheet = self._sheet
        if sheet is None or self._form is not None or self._is_busy or not self._may_take(sheet):
            return
        if method is PayMethod.VIETQR and not sheet.has_bank:
            self._view.tell("warn", *NO_BANK)
            return
        self._method = method
        if method is PayMethod.VIETQR:
            self._run(lambda: self._office.show_code(sheet.key), self._show, self._failed)
        else:
            self._show(sheet)

    def on_confirm(self) -> None:
        """Enter: the money is here. Nothing else makes it paid."""
        sheet = self._sheet
        if sheet is None or self._form is not None or self._is_busy:
            return
        if sheet.asks:
            self.on_fee()
        elif self._may_take(sheet) and self._method is PayMethod.ONLINE:
            self._ask(ONLINE_FORM)
        elif self._may_take(sheet):
            self._take(sheet, {})

    def on_fee(self) -> None:
        """S: copies, pages, people, a relief; or the amount itself."""
        sheet = self._sheet
        if sheet is not None and self._form is None and not self._is_busy:
            self._run(lambda: self._office.fee_form(sheet.key), self._ask, self._failed)

    def on_form(self, given: Mapping[str, str]) -> None:
        form, sheet = self._form, self._sheet
        if form is None or sheet is None or self._is_busy:
            return
        missing = {a.name: f"Chưa ghi {a.words.lower()}" for a in form.asks if a.needed and not given[a.name].strip()}
        if missing:
            self._view.show_errors(missing, "; ".join(missing.values()) + ".", "Ghi đủ rồi bấm Enter.")
        elif form.act == ONLINE:
            self._take(sheet, given)
        else:
            self._work(lambda: self._office.settle(sheet.key, given))

    def on_print_again(self) -> None:
        sheet = self._sheet
        if sheet is not None and self._form is None and sheet.paid:
            self._work(lambda: self._office.print_again(sheet.key))

    def on_print_code(self) -> None:
        sheet = self._sheet
        if sheet is not None and self._form is None and sheet.code is not None:
            self._work(lambda: self._office.print_code(sheet.key))

    def _may_take(self, sheet: MoneySheet) -> bool:
        if sheet.why_not:
            self._view.tell("info", sheet.why_not, "")
        return not sheet.why_not and sheet.owed is not None

    def _ask(self, form: Form) -> None:
        if self._sheet is not None:
            self._form = form
            self._view.show_form(form)

    def _take(self, sheet: MoneySheet, given: Mapping[str, str]) -> None:
        """The same press has the same command until the answer is here: what arrives twice counts once."""
        owed, method, command = sheet.owed or 0, self._method, self._command
        self._work(lambda: self._office.take(sheet.key, owed, method, command, given))

    def _work(self, work: Callable[[], str]) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._run(work, self._done, self._failed)

    def _done(self, words: str) -> None:
        self._is_busy, self._form, self._command = False, None, self._new()
        if self._sheet is None:
            return
        key = self._sheet.key
        self._run(lambda: self._office.sheet(key), lambda sheet: self._show_done(sheet, words), self._failed)

    def _show_done(self, sheet: MoneySheet, words: str) -> None:
        self._show(sheet)
        self._view.tell("good", words, "")

    def _failed(self, problem: Problem) -> None:
        self._is_busy = False
        if self._form is not None:
            self._view.show_errors({}, problem.message, problem.fix)
        elif self._sheet is not None:
            self._view.tell("bad", problem.message, problem.fix)
