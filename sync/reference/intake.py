"""Taking entries in the form of G1 and G1.5, whichever address they came to: check all, keep all or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sync.reference.faults import Faults
from sync.reference.replies import DENIED, DONE, PARTLY
from sync.reference.requests import now_text, text_of
from sync.reference.rules import fault_in_dossier, fault_in_g1_dossier, fault_in_progress
from sync.reference.store import Arrival, KnownDossierError, ProvinceStore, Step, UnknownDossierError

PROGRESS_AT_ONCE = 10
DOSSIERS_AT_ONCE = 1000

G1, G15 = "G1", "G1.5"
RULES = {G1: fault_in_g1_dossier, G15: fault_in_dossier}

Entry = Mapping[str, Any]
Answer = tuple[int, str]  # error_code and message


class Intake:
    """Blocking; safe on any thread."""

    def __init__(self, store: ProvinceStore, faults: Faults, *, allocate: bool) -> None:
        self._store, self._faults, self._allocate = store, faults, allocate

    def insert(self, entries: object, generation: str, office: str = "") -> Answer:
        """office: the sender; "" to read it from the codes."""

        def keep(taken: Sequence[Entry]) -> None:
            arrivals = [_arrival(e, generation, office) for e in taken]
            self._store.insert(arrivals, naive=self._faults.now.naive, allocate=self._allocate)

        return self._take(entries, RULES[generation], keep, DOSSIERS_AT_ONCE)

    def update(self, entries: object, generation: str, office: str = "") -> Answer:
        def keep(taken: Sequence[Entry]) -> None:
            self._store.update([_arrival(e, generation, office) for e in taken])

        return self._take(entries, RULES[generation], keep, DOSSIERS_AT_ONCE)

    def progress(self, entries: object) -> Answer:
        def keep(taken: Sequence[Entry]) -> None:
            self._store.add_steps([Step(e["MaHoSo"], e["ThoiDiemXuLy"], e["TrangThai"], e) for e in taken])

        return self._take(entries, fault_in_progress, keep, PROGRESS_AT_ONCE)

    def _take(
        self, entries: object, fault_in: Callable[[object], str], keep: Callable[[Sequence[Entry]], None], at_most: int
    ) -> Answer:
        if not isinstance(entries, list) or not 0 < len(entries) <= at_most:
            return DENIED, f"Dữ liệu phải là mảng từ 1 đến {at_most} phần tử"
        for entry in entries:
            if reason := fault_in(entry) or rejected(entry, self._faults):
                return DENIED, reason
        try:
            keep(entries)
        except KnownDossierError as known:
            return PARTLY, f"Hồ sơ {known} đã tồn tại"
        except UnknownDossierError as unknown:
            return DENIED, f"Hồ sơ {unknown} không tồn tại"
        return DONE, "Cập nhật dữ liệu thành công"


def rejected(entry: Entry, faults: Faults) -> str:
    """The reason that the switches give for refusing this dossier or its procedure, "" for none."""
    reject = faults.now.reject
    return reject.get(text_of(entry.get("MaHoSo")), "") or reject.get(text_of(entry.get("MaTTHC")), "")


def office_of(code: str) -> str:
    """ "H26.107-261123-10007" -> "H26.107"."""
    return code.partition("-")[0]


def _arrival(entry: Entry, generation: str, office: str) -> Arrival:
    code, status = entry["MaHoSo"], entry["TrangThaiHoSo"]
    return Arrival(office or office_of(code), code, status, generation, entry, now_text())
