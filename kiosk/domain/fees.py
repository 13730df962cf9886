"""What a citizen pays for a procedure, worked out from data alone, with the reason line by line.

Phí and lệ phí are kept apart (Luật Phí và lệ phí 97/2015/QH13). A level that nobody has decided stays unknown: it is
asked for, never guessed. Source: docs/legal.md#fees
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kiosk.domain.procedure import Channel, Procedure
from kiosk.errors import InputError
from kiosk.text import fold


class FeeKind(StrEnum):
    """UNTOLD: the catalogue writes "phí, lệ phí" and no more."""

    FEE = "phi"
    CHARGE = "le-phi"
    UNTOLD = "phi-le-phi"


class FeeUnit(StrEnum):
    """What an amount is for: one handling, each copy, each page of a copy, each person."""

    CASE = "case"
    COPY = "copy"
    PAGE = "page"
    PERSON = "person"


KIND_WORDS = {FeeKind.FEE: "phí", FeeKind.CHARGE: "lệ phí", FeeKind.UNTOLD: "phí, lệ phí"}
UNIT_WORDS = {FeeUnit.CASE: "lần", FeeUnit.COPY: "bản", FeeUnit.PAGE: "trang", FeeUnit.PERSON: "người"}
CHANNEL_WORDS = {Channel.COUNTER: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POST: "bưu chính"}
NOT_TOLD = "Danh mục không ghi mức thu"


class UnknownReliefError(InputError):
    """No such reason for an exemption is in force for this procedure. details: relief, known."""

    code = "fees.unknown_relief"


class BadQuantityError(InputError):
    """Copies, pages and people are counted from 1. details: what, value."""

    code = "fees.bad_quantity"


@dataclass(frozen=True)
class Tier:
    """Pages up to `upto` (None for all that follow) at `price` đồng each."""

    upto: int | None
    price: int


@dataclass(frozen=True)
class Rate:
    """One level of the tariff. amount: đồng a unit, None where `tiers` say it, or where it is not decided (`verbatim`).

    most: of one copy; channels: () for every one; case: "" for every one; valid_to: exclusive, None while in force;
    rank: of two packs the higher one wins; tag: how well it is verified (docs/legal.md).
    """

    procedure: str
    name: str
    kind: FeeKind
    amount: int | None
    unit: FeeUnit = FeeUnit.CASE
    tiers: tuple[Tier, ...] = ()
    most: int | None = None
    channels: tuple[Channel, ...] = ()
    case: str = ""
    basis: str = ""
    tag: str = ""
    valid_from: date = date.min
    valid_to: date | None = None
    verbatim: str = ""
    rank: int = 0


@dataclass(frozen=True)
class Relief:
    """A reason to pay less (miễn, giảm). percent: taken off, 100 for an exemption; proof: what shows it; procedures:
    codes, () for every one; kinds: () for both."""

    code: str
    words: str
    percent: int
    proof: str
    basis: str
    procedures: tuple[str, ...] = ()
    kinds: tuple[FeeKind, ...] = ()
    tag: str = ""
    valid_from: date = date.min
    valid_to: date | None = None


@dataclass(frozen=True)
class Tariff:
    rates: tuple[Rate, ...] = ()
    reliefs: tuple[Relief, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """How much is asked for; pages: of one copy, None while nobody has counted them."""

    copies: int = 1
    pages: int | None = None
    people: int = 1


@dataclass(frozen=True)
class FeeLine:
    """One line of the reckoning. amount: đồng, None while unknown; how: the sum in words; basis: the text behind it."""

    name: str
    kind: FeeKind
    amount: int | None
    how: str = ""
    basis: str = ""


@dataclass(frozen=True)
class FeeAnswer:
    """total: đồng, None while something must be asked for (`asks`); relief: the one that was used."""

    lines: tuple[FeeLine, ...]
    asks: tuple[str, ...] = ()
    relief: Relief | None = None
    reliefs: tuple[Relief, ...] = field(default=())

    @property
    def total(self) -> int | None:
        amounts = [line.amount for line in self.lines]
        return None if self.asks or None in amounts else sum(amount or 0 for amount in amounts)

    def of(self, kind: FeeKind) -> int:
        return sum_of(self.lines, kind)


def sum_of(lines: Iterable[FeeLine], kind: FeeKind) -> int:
    return sum(line.amount or 0 for line in lines if line.kind is kind)


def work_out(
    procedure: Procedure,
    tariff: Tariff,
    channel: Channel,
    day: date,
    *,
    case: str = "",
    quantity: Quantity = Quantity(),
    relief: str = "",
) -> FeeAnswer:
    """The amount, line by line, on a day. relief: code of a reason for exemption or reduction, "" for none.

    Raises: UnknownReliefError, BadQuantityError.
    """
    _check(quantity)
    known = tuple(r for r in tariff.reliefs if _is_for(r, procedure.code, day))
    chosen = next((r for r in known if r.code == relief), None)
    if relief and chosen is None:
        raise UnknownReliefError(relief=relief, known=", ".join(r.code for r in known) or "không có")
    rates = rates_of(procedure, tariff, channel, case, day)
    asks: list[str] = []
    lines = [_line(rate, quantity, asks) for rate in rates]
    if not rates:
        asks.append("mức thu")
        lines = [FeeLine(NOT_TOLD, FeeKind.UNTOLD, None, NOT_TOLD, "")]
    if chosen is not None:
        lines = [_relieved(line, chosen) for line in lines]
        asks = asks if any(line.amount is None for line in lines) else []
    return FeeAnswer(tuple(lines), tuple(dict.fromkeys(asks)), chosen, known)


def rates_of(procedure: Procedure, tariff: Tariff, channel: Channel, case: str, day: date) -> list[Rate]:
    """Of each name the closest level in force: the office's before the shipped one, of the case before the general
    one, of the channel before all channels, the newer before the older. Without any, what the catalogue says."""
    best: dict[str, Rate] = {}
    for rate in tariff.rates:
        if rate.procedure != procedure.code or not _in_force(rate.valid_from, rate.valid_to, day):
            continue
        if (rate.channels and channel not in rate.channels) or rate.case not in ("", case):
            continue
        other = best.get(rate.name)
        if other is None or _closeness(rate) > _closeness(other):
            best[rate.name] = rate
    return list(best.values()) or _of_catalogue(procedure, channel, case)


def _closeness(rate: Rate) -> tuple[int, bool, bool, date]:
    return rate.rank, bool(rate.case), bool(rate.channels), rate.valid_from


def _of_catalogue(procedure: Procedure, channel: Channel, case: str) -> list[Rate]:
    option = procedure.option(channel, case)
    basis = " ".join(part for part in (procedure.source, procedure.decision) if part)
    return [
        Rate(procedure.code, fee.name, kind_of(fee.name), fee.amount, basis=basis, verbatim=fee.verbatim or fee.note)
        for fee in (option.fees if option else ())
    ]


def kind_of(name: str) -> FeeKind:
    """By the name that the catalogue gives a fee."""
    folded = fold(name)
    if folded.startswith("le phi"):
        return FeeKind.CHARGE
    return FeeKind.FEE if folded.startswith("phi") and "le phi" not in folded else FeeKind.UNTOLD


def _line(rate: Rate, quantity: Quantity, asks: list[str]) -> FeeLine:
    line = FeeLine(rate.name, rate.kind, None, rate.verbatim, rate.basis)
    if rate.tiers:
        if quantity.pages is None:
            asks.append("số trang của một bản")
            return replace(line, how=rate.verbatim or _tier_words(rate))
        amount, how = _by_page(rate, quantity.pages, quantity.copies)
        return replace(line, amount=amount, how=how)
    if rate.amount is None:
        asks.append("mức thu")
        return replace(line, how=rate.verbatim or NOT_TOLD)
    if rate.amount == 0:
        return replace(line, amount=0, how=rate.verbatim or "không thu")
    times = {FeeUnit.COPY: quantity.copies, FeeUnit.PERSON: quantity.people}.get(rate.unit, 1)
    if rate.unit is FeeUnit.PAGE:
        if quantity.pages is None:
            asks.append("số trang của một bản")
            return replace(line, how=f"{dong(rate.amount)}/trang")
        times = quantity.pages * quantity.copies
    how = f"{dong(rate.amount)} × {times} {UNIT_WORDS[rate.unit]}"
    return replace(line, amount=rate.amount * times, how=how)


def _by_page(rate: Rate, pages: int, copies: int) -> tuple[int, str]:
    """đồng, and the sum in words: "2 trang × 2.000 đồng + 3 trang × 1.000 đồng = 7.000 đồng/bản, × 2 bản"."""
    one, before, parts = 0, 0, []
    for tier in rate.tiers:
        many = (pages if tier.upto is None else min(pages, tier.upto)) - before
        if many <= 0:
            break
        one += many * tier.price
        before += many
        parts.append(f"{many} trang × {dong(tier.price)}")
    how = f"{' + '.join(parts)} = {dong(one)}/bản"
    if rate.most is not None and one > rate.most:
        one = rate.most
        how += f", thu tối đa {dong(one)}/bản"
    return one * copies, how + (f", × {copies} bản" if copies > 1 else "")


def _tier_words(rate: Rate) -> str:
    return "; ".join(f"{dong(t.price)}/trang" + (f" đến trang {t.upto}" if t.upto else "") for t in rate.tiers)


def _relieved(line: FeeLine, relief: Relief) -> FeeLine:
    """Less by the relief; a level that nobody knows is none only when all of it is forgiven."""
    if relief.kinds and line.kind not in relief.kinds:
        return line
    basis = "; ".join(part for part in (line.basis, relief.basis) if part)
    if relief.percent == 100:
        return replace(line, amount=0, how=f"miễn: {relief.words}", basis=basis)
    if line.amount is None or line.amount == 0:
        return line
    left = line.amount - line.amount * relief.percent // 100
    how = f"{line.how} = {dong(line.amount)}, giảm {relief.percent}%: {relief.words}"
    return replace(line, amount=left, how=how, basis=basis)


def _is_for(relief: Relief, code: str, day: date) -> bool:
    return (not relief.procedures or code in relief.procedures) and _in_force(relief.valid_from, relief.valid_to, day)


def _in_force(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)


def _check(quantity: Quantity) -> None:
    counted = (("số bản", quantity.copies), ("số trang", quantity.pages), ("số người", quantity.people))
    for what, value in counted:
        if value is not None and not 1 <= value <= 10_000:
            raise BadQuantityError(what=what, value=value)


def dong(amount: int) -> str:
    """8000 -> "8.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def reasons(answer: FeeAnswer) -> Sequence[str]:
    """Each line in one sentence: what, how much and why, and from which text."""
    return [_sentence(line) for line in answer.lines]


def _sentence(line: FeeLine) -> str:
    amount = "chưa rõ" if line.amount is None else dong(line.amount)
    how = f" ({line.how})" if line.how else ""
    return f"{line.name}: {amount}{how}" + (f". Căn cứ: {line.basis}" if line.basis else "")
