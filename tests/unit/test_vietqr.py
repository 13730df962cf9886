"""The VietQR of a payment, against NAPAS's own samples, other writers' codes, and everything that must be refused."""

from __future__ import annotations

import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.vietqr import (
    MOST_DONG,
    BadVietQrError,
    Service,
    VietQr,
    crc16,
    decode,
    encode,
    transfer_words,
)

# NAPAS, Technical Specifications on NAPAS QR Switching, Part IV: QR code format, version 1.5.2 (January 2021), samples.
# The first one declares twelve signs for an account of thirteen, a slip of the document: good for the checksum only.
TO_ACCOUNT = "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5"
TO_CARD = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52"
DYNAMIC = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang63042E2E"
)
DYNAMIC_CARD = (
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang6304A203"
)
# Written by two other programs, as their own documents show them (vietnam-qr-pay, subiz/vietqr).
BY_OTHERS = {
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN62150811Chuyen tien630453E6": VietQr(  # noqa: E501
        "970416", "257678859", 10_000, "", "Chuyen tien"
    ),
    "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F": VietQr(
        "970416", "257678859"
    ),
}


@pytest.mark.parametrize("sample", [TO_ACCOUNT, TO_CARD, DYNAMIC, DYNAMIC_CARD])
def test_the_checksum_of_every_napas_sample_is_ours(sample: str) -> None:
    assert crc16(sample[:-4]) == sample[-4:]


def test_the_checksum_is_the_standard_one() -> None:
    assert crc16("123456789") == "29B1"


@pytest.mark.parametrize(
    ("sample", "asked"),
    [
        (TO_CARD, VietQr("970403", "9704031101234567", service=Service.CARD)),
        (DYNAMIC, VietQr("970403", "0011012345678", 180_000, "NPS6869", "thanh toan don hang")),
        (DYNAMIC_CARD, VietQr("970403", "9704031101234567", 180_000, "NPS6869", "thanh toan don hang", Service.CARD)),
        *BY_OTHERS.items(),
    ],
)
def test_samples_are_read_and_written_to_the_letter(sample: str, asked: VietQr) -> None:
    assert decode(sample) == asked
    assert encode(asked) == sample


def test_the_sample_with_a_wrong_length_is_refused_although_its_checksum_fits() -> None:
    with pytest.raises(BadVietQrError):
        decode(TO_ACCOUNT)


ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=25)
ACCOUNTS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=19)
ASKED = st.builds(
    VietQr,
    st.text("0123456789", min_size=6, max_size=6),
    ACCOUNTS,
    st.none() | st.integers(1, MOST_DONG),
    ASCII,
    ASCII,
    st.sampled_from(Service),
)


@given(ASKED)
def test_what_is_written_is_read_back(asked: VietQr) -> None:
    assert decode(encode(asked)) == asked


@given(ASKED, st.data())
def test_no_single_wrong_letter_passes(asked: VietQr, data: st.DataObject) -> None:
    text = encode(asked)
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.characters(min_codepoint=32, max_codepoint=126).filter(lambda c: c != text[at]))
    with pytest.raises(BadVietQrError):
        decode(text[:at] + wrong + text[at + 1 :])


@given(st.text(max_size=120))
def test_a_stranger_is_refused_and_never_a_fault(text: str) -> None:
    with pytest.raises(BadVietQrError):
        decode(text)


@given(st.text(st.characters(min_codepoint=0, max_codepoint=127), max_size=80))
def test_our_checksum_is_the_library_s(text: str) -> None:
    assert crc16(text) == f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def sealed(body: str) -> str:
    return body + "6304" + crc16(body + "6304")


START, BANK = "000201010212", "38570010A00000072701270006970403011300110123456780208QRIBFTTA"
END = "530370454061800005802VN"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("010212" + "000201" + BANK + END, "000201"),
        ("000202010212" + BANK + END, "000201"),
        (START + BANK + "530384054061800005802VN", "704"),
        (START + BANK + "530370454061800005802US", "VN"),
        ("000201010213" + BANK + END, "01"),
        (START + END, "38"),
        (START + BANK.replace("A000000727", "A000000728") + END, "NAPAS"),
        (START + BANK.replace("QRIBFTTA", "QRIBFTTX") + END, "dịch vụ"),
        (START + BANK + "5303704540818000.505802VN", "số đồng nguyên"),
        (START + BANK + "5303704540601800" + "05802VN", "số đồng nguyên"),
        (START + BANK + END + "5802VN", "hai lần"),
        (START + BANK + END + "62040800", "ngắn hơn"),
        (START + BANK + END + "2102ab", "lạ 21"),
        (START + BANK + "5303704" + "5A061800005802VN", "độ dài"),
        (START + BANK + END + "62300826" + "x" * 26, "25"),
    ],
)
def test_a_code_that_is_sealed_but_wrong_says_what_is_wrong(body: str, problem: str) -> None:
    with pytest.raises(BadVietQrError) as caught:
        decode(sealed(body))
    assert problem in str(caught.value.details["problem"])


@pytest.mark.parametrize(
    "asked",
    [
        VietQr("97043", "1"),
        VietQr("970436", ""),
        VietQr("970436", "1" * 20),
        VietQr("970436", "1 2"),
        VietQr("970436", "1", 0),
        VietQr("970436", "1", -5),
        VietQr("970436", "1", MOST_DONG + 1),
        VietQr("970436", "1", 5, "x" * 26),
        VietQr("970436", "1", 5, "", "Hồ sơ"),
    ],
)
def test_nothing_impossible_is_asked_for(asked: VietQr) -> None:
    with pytest.raises(BadVietQrError):
        encode(asked)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HS 261123100078", "HS 261123100078"),
        ("Hồ sơ Đặng, số 1/2026", "HO SO DANG SO 12026"),
        ("Một hai ba bốn năm sáu bảy tám", "MOT HAI BA BON NAM SAU BA"),
    ],
)
def test_words_of_a_transfer_are_what_banks_leave_as_it_is(text: str, words: str) -> None:
    assert transfer_words(text) == words
