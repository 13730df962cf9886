"""The yardsticks of reading: order counts on the whole page, faster means less CPU time than the peer's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ui.cli.bench_digitise_reading import ReadingOutcome, Run, text_errors

OURS = Run(
    pages=10,
    wall_s=6.0,
    cpu_s=12.0,
    peak_mb=500.0,
    cer=0.01,
    line_cer=0.01,
    steps={"ocr": 9.0},
    groups={"good": (0.01, 0.005), "bad": (0.02, 0.02)},
)
PEER = replace(OURS, cpu_s=100.0, cer=0.02, line_cer=0.02, groups={"good": (0.01, 0.005), "bad": (0.04, 0.04)})


def test_a_whole_page_is_judged_in_its_order_and_white_space_is_folded() -> None:
    assert text_errors("Kính  gửi\nỦy ban", "Kính gửi: Ủy ban") == (1, 16)
    wrong, letters = text_errors("hai\nmột", "một\nhai")
    assert (wrong > 3, letters) == (True, 7)
    assert text_errors("Nguye\u0302\u0303n", "Nguyễn") == (0, 6)


@pytest.mark.parametrize(("plain_s", "clean_s", "ok"), [(24.0, 50.0, True), (20.0, 50.0, False), (24.0, 40.0, False)])
def test_both_promises_to_the_peer_must_hold(plain_s: float, clean_s: float, ok: bool) -> None:
    peers = {"plain": replace(PEER, cpu_s=plain_s), "deskew+clean": replace(PEER, cpu_s=clean_s)}
    outcome = ReadingOutcome(OURS, peers)
    assert outcome.ok is ok
    assert outcome.data()["faster"]["plain"] == pytest.approx(plain_s / 12, abs=0.01)
    assert (outcome.data()["pages_per_minute"], outcome.data()["cpu_s_per_page"]) == (100.0, 1.2)
    assert "ocrmypdf plain" in outcome.text()


@pytest.mark.parametrize(
    ("peer", "ok"),
    [
        (PEER, True),
        (replace(PEER, cer=0.012), False),
        (replace(PEER, line_cer=0.012), False),
        (replace(PEER, groups={**PEER.groups, "good": (0.01, 0.004)}), False),
    ],
)
def test_fewer_letters_are_misread_than_by_the_peer_and_on_no_kind_of_pages_more(peer: Run, ok: bool) -> None:
    assert ReadingOutcome(OURS, {"plain": peer}).ok is ok
