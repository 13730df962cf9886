"""The officers of the stand-in's province when nobody sits there: they take up every dossier, then finish it."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError

from sync.reference.files import Files, hash_of_bytes
from sync.reference.portal import EMPTY_PDF
from sync.reference.requests import now_text
from sync.reference.store import News, ProvinceStore, Result, UnknownDossierError

AT_ONCE = 50
RESULT_NAME = "Kết quả giải quyết (mẫu tập huấn)"

log = structlog.get_logger()


class Officers:
    """One round a pause. Taken up (4) in one round, done (9) with a result in the next."""

    def __init__(self, store: ProvinceStore, files: Files) -> None:
        self._store, self._files = store, files

    def once(self) -> int:
        """Returns how many decisions were taken."""
        later = self._store.undecided("4", AT_ONCE)
        new = self._store.undecided("", AT_ONCE)
        for code in later:
            self._decide(code, "9", "Đã giải quyết xong", self._result(code))
        for code in new:
            self._decide(code, "4", "Đang thẩm định")
        return len(later) + len(new)

    def _decide(self, code: str, status: str, note: str, result: Result | None = None) -> None:
        try:
            self._store.decide(code, News(status, now_text(), note, result=result))
        except UnknownDossierError:
            log.info("dossier gone before its decision")

    def _result(self, code: str) -> Result:
        # A comment behind the end: each dossier has a result of its own, as in life.
        content = EMPTY_PDF + f"% {code}\n".encode()
        sha256 = self._files.keep(content, hash_of_bytes(content), f"kq-{code}", "application/pdf")
        return Result(sha256, result_facts(code, RESULT_NAME, len(content)))


def result_facts(code: str, name: str, size: int) -> dict[str, str]:
    """What a result's entry says besides its file."""
    return {
        "GiayToId": f"kq-{code}",
        "TenGiayTo": name,
        "SoKyHieu": "",
        "NgayCap": now_text(),
        "MaGiayToKetQua": "",
        "KichThuoc": str(size),
    }


def work(officers: Officers, pause_s: float, stop: threading.Event) -> None:
    """Until told to stop."""
    while not stop.wait(pause_s):
        try:
            officers.once()
        except SQLAlchemyError:
            log.warning("officers wait for the database", exc_info=True)
