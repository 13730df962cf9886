"""Two versions of a procedure, field by field, in words that an officer can check against the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.domain.procedure import Channel, Component, ComponentKind, Option, Procedure
from kiosk.domain.term_words import term_words
from kiosk.services.catalogue import Change, ChangeKind

CHANNELS = {Channel.COUNTER: "tại quầy", Channel.ONLINE: "trực tuyến", Channel.POST: "qua bưu chính"}
PAPERS = {ComponentKind.SUBMIT: "nộp", ComponentKind.PRESENT: "xuất trình", ComponentKind.EXPLANATION: "ghi chú"}
NONE = "không có"
SIMPLE = {
    "name": "tên",
    "field_name": "lĩnh vực",
    "field_code": "mã lĩnh vực",
    "decision": "quyết định công bố",
    "public": "công khai",
    "needs_receipt": "giấy tiếp nhận",
}
KIND_WORDS = {ChangeKind.ADDED: "Mới", ChangeKind.CHANGED: "Đổi", ChangeKind.ABSENT: "Bãi bỏ"}


@dataclass(frozen=True)
class Difference:
    """where: what of the procedure; before, after: in words, `NONE` where one has nothing of it."""

    where: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.where}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Compared:
    """Two lists. only_first, only_second: "code name"; differing: code -> differences."""

    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    differing: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    same: int = 0


def differences(one: Procedure, other: Procedure) -> tuple[Difference, ...]:
    """What a citizen or an officer would meet differently; () for the same content."""
    found = [
        Difference(words, _plain(getattr(one, name)), _plain(getattr(other, name)))
        for name, words in SIMPLE.items()
        if getattr(one, name) != getattr(other, name)
    ]
    found += _by_place(_terms(one.options), _terms(other.options))
    found += _by_place(_fees(one.options), _fees(other.options))
    found += _by_place(_papers(one.components), _papers(other.components))
    results = [", ".join(r.name for r in p.results) or NONE for p in (one, other)]
    if results[0] != results[1]:
        found.append(Difference("kết quả", *results))
    return tuple(found)


def compare(first: Sequence[Procedure], second: Sequence[Procedure]) -> Compared:
    """The same procedures from two sources."""
    one, other = {p.code: p for p in first}, {p.code: p for p in second}
    both = [code for code in one if code in other]
    found = {code: told for code in both if (told := differences(one[code], other[code]))}
    return Compared(
        tuple(f"{p.code} {p.name}" for code, p in one.items() if code not in other),
        tuple(f"{p.code} {p.name}" for code, p in other.items() if code not in one),
        found,
        len(both) - len(found),
    )


def lines_of(change: Change) -> list[str]:
    """One procedure of a proposal, for a person to decide on."""
    procedure = change.procedure
    head = f"{KIND_WORDS[change.kind]}: {procedure.code} {procedure.name}"
    if change.kind is ChangeKind.CHANGED and change.former is not None:
        told = [f"    {d}" for d in differences(change.former, procedure)]
        return [head, *(told or ["    chỉ đổi ghi chú hoặc nguồn"])]
    if change.kind is ChangeKind.ADDED:
        terms = "; ".join(dict.fromkeys(term_words(o.term) for o in procedure.options)) or "không ghi thời hạn"
        return [head, f"    {procedure.field_name or 'không ghi lĩnh vực'}; {terms}"]
    return [head]


def _terms(options: Iterable[Option]) -> dict[str, str]:
    return {f"thời hạn {_place(o)}": term_words(o.term) for o in options}


def _fees(options: Iterable[Option]) -> dict[str, str]:
    return {
        f"phí {_place(o)}, {fee.name}": fee.verbatim if fee.amount is None else f"{fee.amount:,} đ".replace(",", ".")
        for o in options
        for fee in o.fees
    }


def _papers(components: Iterable[Component]) -> dict[str, str]:
    return {
        f"giấy tờ “{c.name}”" + (f" [{c.case}]" if c.case else ""): (
            f"{PAPERS[c.kind]}, {'bắt buộc' if c.required else 'khi cần'}, {c.originals} chính, {c.copies} sao"
        )
        for c in components
    }


def _place(option: Option) -> str:
    return CHANNELS[option.channel] + (f" [{option.case}]" if option.case else "")


def _by_place(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    return [
        Difference(place, before.get(place, NONE), after.get(place, NONE))
        for place in dict.fromkeys([*before, *after])
        if before.get(place) != after.get(place)
    ]


def _plain(value: object) -> str:
    return {True: "có", False: "không"}[value] if isinstance(value, bool) else str(value) or NONE
