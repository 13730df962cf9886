from __future__ import annotations

from datetime import timedelta

import pytest
from samples import NOON

from kiosk.config import Config
from kiosk.domain.pairing import (
    ALPHABET,
    LENGTH,
    LIKELY,
    TRIES,
    VALID,
    CodeLengthError,
    ConfusableSignError,
    ForeignSignError,
    Offer,
    Refusal,
    free_name,
    grouped,
    new_code,
    read_code,
)
from kiosk.domain.station import StationKind
from kiosk.errors import KioskError
from kiosk.pairing.errors import AddressError, NewerProgramError, OlderProgramError
from kiosk.pairing.invitation import PORT, Invitation, read_address, read_invitation
from kiosk.station_config import with_values
from ui.i18n.errors import explain
from ui.pairing.office import reachable_database

CODE = "ABCDEFGHJKLM"


def an_offer() -> Offer:
    return Offer("kiosk-2", StationKind.KIOSK, NOON + VALID)


def test_a_code_has_sixty_bits_and_every_sign_is_as_likely() -> None:
    assert len(ALPHABET) ** LENGTH == 2**60
    assert {new_code(bytes([n]) * LENGTH) for n in range(256)} == {sign * LENGTH for sign in ALPHABET}
    assert not set(LIKELY) & set(ALPHABET)


@pytest.mark.parametrize(
    "typed", ["ABCD-EFGH-JKLM", "abcd efgh jklm", "  abcdEFGHjklm\n", "ABCD–EFGH–JKLM", "a b c d e f g h j k l m", CODE]
)
def test_a_code_is_read_in_any_case_and_with_any_separators(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("sign", ["0", "O", "o", "1", "I", "i"])
def test_a_sign_that_no_code_has_is_refused_with_what_it_may_be(sign: str) -> None:
    with pytest.raises(ConfusableSignError) as caught:
        read_code(f"{sign}BCD-EFGH-JKLM")
    assert LIKELY[sign.upper()] in explain(caught.value).fix


@pytest.mark.parametrize("typed", ["ÂBCD-EFGH-JKLM", "đBCD-EFGH-JKLM", "A\u0302BCD-EFGH-JKLM", "ABCD+EFGH-JKLM"])
def test_a_sign_of_an_input_method_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(ForeignSignError) as caught:
        read_code(typed)
    assert "bộ gõ" in explain(caught.value).fix


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKLMN"])
def test_a_code_of_another_length_is_refused(typed: str) -> None:
    with pytest.raises(CodeLengthError):
        read_code(typed)


def test_a_code_is_shown_in_groups_of_four_also_while_it_is_typed() -> None:
    assert [grouped(CODE), grouped("ABCDE"), grouped("")] == ["ABCD-EFGH-JKLM", "ABCD-E", ""]


def test_an_offer_ends_after_ten_minutes() -> None:
    offer = an_offer()
    assert offer.refusal("may-1", NOON + VALID - timedelta(seconds=1)) is None
    assert offer.refusal("may-1", NOON + VALID) is Refusal.EXPIRED
    assert not offer.is_open(NOON + VALID)


def test_an_offer_ends_after_five_wrong_tries_for_the_right_code_too() -> None:
    offer = an_offer()
    for _ in range(TRIES):
        assert offer.refusal("may-1", NOON) is None
        offer.note_wrong()
    assert offer.refusal("may-1", NOON) is Refusal.SPENT


def test_an_offer_is_for_one_machine_which_may_begin_again_until_it_has_everything() -> None:
    offer = an_offer()
    offer.machine = "may-1"
    assert offer.refusal("may-1", NOON) is None
    assert offer.refusal("may-2", NOON) is Refusal.USED
    offer.kept = True
    assert offer.refusal("may-1", NOON) is Refusal.USED


def test_a_new_station_gets_the_next_name_of_its_kind() -> None:
    assert free_name(StationKind.KIOSK, {"kiosk-1", "kiosk-2", "ban-1"}) == "kiosk-3"
    assert free_name(StationKind.DISPLAY, {"kiosk-1"}) == "man-hinh-1"


@pytest.mark.parametrize("addresses", [(), (("192.0.2.10", 27110),), (("192.0.2.10", 27110), ("10.0.0.2", 4711))])
def test_an_invitation_says_the_same_after_it_was_scanned(addresses: tuple[tuple[str, int], ...]) -> None:
    invitation = Invitation(CODE, addresses)
    assert read_invitation(invitation.text.lower()) == invitation
    assert set(invitation.text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")  # QR's small alphabet


@pytest.mark.parametrize(("text", "failure"), [("MOTCUA/2/X", OlderProgramError), ("MOTCUA/0/X", NewerProgramError)])
def test_an_invitation_of_another_protocol_says_which_side_is_older(text: str, failure: type[KioskError]) -> None:
    with pytest.raises(failure):
        read_invitation(text)


def test_an_address_needs_no_port() -> None:
    assert read_address("192.0.2.10") == ("192.0.2.10", PORT)
    assert read_address("Quay-1.local:99") == ("quay-1.local", 99)
    assert Config().pairing.port == PORT
    for wrong in ("", "192.0.2.10:", "192.0.2.10:99999", "a b", "http://192.0.2.10"):
        with pytest.raises(AddressError):
            read_address(wrong)


@pytest.mark.parametrize(
    ("url", "here", "reached"),
    [
        ("postgresql://u:p@192.0.2.9/office", "192.0.2.10", "postgresql://u:p@192.0.2.9/office"),
        ("postgresql://u:p@localhost:5433/office", "192.0.2.10", "postgresql://u:p@192.0.2.10:5433/office"),
        ("postgresql://u:p@127.0.0.1/office?sslmode=require", "192.0.2.10", "postgresql://u:p@192.0.2.10/office?sslmode=require"),
        ("postgresql://u@/office?host=/run/postgresql", "192.0.2.10", "postgresql://u@192.0.2.10/office"),
        ("postgresql:///office", "192.0.2.10", "postgresql://192.0.2.10/office"),
        ("postgresql://u@localhost/office", "127.0.0.1", "postgresql://u@localhost/office"),
        ("postgresql://u@/office?host=db.xa", "192.0.2.10", "postgresql://u@/office?host=db.xa"),
    ],
)  # fmt: skip
def test_a_database_on_the_desks_own_pc_is_named_as_others_reach_it(url: str, here: str, reached: str) -> None:
    assert reachable_database(url, here) == reached


TOP, STATION = 'database = "postgresql://x"\n', 'kind = "display"\nname = "tv"\n'
NEW = {"": {"database": "postgresql://x"}, "station": {"kind": "display", "name": "tv"}}
OWN = '# của xã\ndatabase = "cũ"\n\n[station]  # máy này\nname = "a"\npx_per_mm = 4.1\n[scanner]\ndpi = 300\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{TOP}\n[station]\n{STATION}"),
        (OWN, f"{TOP}# của xã\n\n[station]  # máy này\n{STATION}px_per_mm = 4.1\n[scanner]\ndpi = 300\n"),
        ("[scanner]\ndpi = 300\n", f"{TOP}[scanner]\ndpi = 300\n\n[station]\n{STATION}"),
        ("không phải TOML", f"{TOP}\n[station]\n{STATION}"),
    ],
)
def test_pairing_changes_only_its_own_keys_of_the_settings(before: str, after: str) -> None:
    assert with_values(before, NEW) == after


def test_a_kiosk_keeps_no_login_in_its_settings() -> None:
    assert "database" not in with_values('database = "cũ"\n', {"": {"database": None}})
