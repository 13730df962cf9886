"""Corrections after reception as an act of the open dossier: the fields that the law leaves to the office. No Qt."""

from __future__ import annotations

import re

from kiosk.domain import life
from kiosk.domain.life import DossierState, IllegalDossierActError
from kiosk.domain.proxy import Proxy, StandingError
from kiosk.services.corrections import BY, HAS_RECEIPT, Correction, UnknownFieldError, correct_dossier, standing_words
from kiosk.text import tidy
from ui.desk.dossier_acts import Given, PanelAct
from ui.desk.dossier_case import At, Case
from ui.desk.dossier_model import Ask
from ui.desk.standing_asks import proxy_of, standing_asks

ACT = "correct"
REASONS = ("Cán bộ ghi sai khi tiếp nhận", "Người dân báo thông tin đã đổi", "Đếm lại số bản giấy tờ")
OWNER = (
    ("full_name", "Họ và tên chủ hồ sơ"),
    ("id_number", "Số định danh"),
    ("phone", "Điện thoại"),
    ("address", "Nơi cư trú"),
)
COUNTS = re.compile(r"\s*(?:\d{1,2}\s*=\s*\d{1,3}\s*(?:[,;]\s*|$))*")
COUNT = re.compile(r"(\d{1,2})\s*=\s*(\d{1,3})")


def _may(at: At, case: Case) -> None:
    life.check_trust("sửa hồ sơ đã tiếp nhận", BY, at.actor.roles)
    if case.dossier.state is DossierState.DRAFT:
        raise IllegalDossierActError(state=case.dossier.state.value, act=ACT)


def _ask(_at: At, case: Case) -> tuple[Ask, ...]:
    dossier = case.dossier
    asks = [Ask(f"owner.{name}", words, getattr(dossier.owner, name), needed=False) for name, words in OWNER]
    if dossier.submitter is not None:
        asks += [
            Ask("submitter.full_name", "Họ và tên người nộp hộ", dossier.submitter.full_name, needed=False),
            Ask("submitter.phone", "Điện thoại người nộp hộ", dossier.submitter.phone, needed=False),
            *standing_asks(dossier.proxy),
        ]
    asks.append(Ask("counts", "Số bản giấy tờ", needed=False, hint="Chỉ ghi giấy cần sửa, ví dụ 1=2, 3=1"))
    asks.append(Ask("reason", "Lý do sửa", choices=REASONS, needed=dossier.state in HAS_RECEIPT))
    return tuple(asks)


def _told(_at: At, case: Case) -> str:
    papers = "; ".join(f"{n}. {p.component.name} ({p.count})" for n, p in enumerate(case.dossier.papers, 1))
    again = "Giấy tiếp nhận được in lại, ghi “Sửa đổi”." if case.dossier.state in HAS_RECEIPT else ""
    return f"{papers}. {again}".strip()


def _correct(at: At, case: Case, given: Given) -> str:
    owner = _changed(at, given, "owner", case.dossier.owner)
    submitter = _changed(at, given, "submitter", case.dossier.submitter) if case.dossier.submitter else {}
    names = [*(f"owner.{name}" for name in owner), *(f"submitter.{name}" for name in submitter)]
    seen = {name: at.shown[name] for name in names if name in at.shown}
    proxy = _standing(at, case, given) if case.dossier.submitter is not None else None
    if proxy is not None and case.dossier.proxy is not None and (shown := proxy_of(at.shown)) is not None:
        seen["proxy"] = standing_words(shown)
    correction = Correction(owner, submitter, proxy, _counts(given.get("counts", ""), case), seen)
    units, desk, key = at.office.units(), at.office.desk, case.dossier.key
    outcome = correct_dossier(units, desk, key, correction, given.get("reason", ""), actor=at.actor, now=at.now)
    if outcome.slip is None:
        return "Đã sửa."
    return f"Đã sửa. Đang in giấy tiếp nhận sửa đổi lần {outcome.slip.amendment}."


def _changed(at: At, given: Given, who: str, person: object) -> dict[str, str]:
    """Only what this officer changed in the form: another desk may have mended the rest since it was opened."""
    changed: dict[str, str] = {}
    for name, text in given.items():
        of_whom, _, field = name.partition(".")
        if of_whom == who and tidy(text) != at.shown.get(name, getattr(person, field)):
            changed[field] = tidy(text)
    return changed


def _standing(at: At, case: Case, given: Given) -> Proxy | None:
    """None where the officer left it as it was shown. Raises: StandingError for one that nobody knows."""
    if all(tidy(given.get(ask.name, "")) == at.shown.get(ask.name, "") for ask in standing_asks(None)):
        return None
    if (proxy := proxy_of(given)) is None:
        raise StandingError(standing=given.get("standing", ""), field=case.dossier.field_name)
    return proxy


def _counts(text: str, case: Case) -> dict[str, int]:
    """ "1=2, 3=1": the papers by their number in the list. Raises: UnknownFieldError when it is written otherwise, for
    a number that is half read is a wrong one."""
    if not COUNTS.fullmatch(text):
        raise UnknownFieldError(fields=text.strip())
    codes = {n: p.component.code for n, p in enumerate(case.dossier.papers, 1)}
    found = ((int(number), int(count)) for number, count in COUNT.findall(text))
    return {codes.get(number, str(number)): count for number, count in found}


MENDING_ACTS: tuple[PanelAct, ...] = (PanelAct(ACT, _may, _correct, _ask, _told),)
