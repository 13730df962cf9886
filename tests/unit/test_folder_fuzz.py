"""Whatever happens to the bytes of a bundle on its way, it is taken in whole or refused with a reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from folder_samples import Carrying
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.folder.errors import BundleError
from sync.folder.sealed import TO_PROVINCE, candidates

STRANGE = (
    b"{}",
    b"null",
    b"[" * 5_000,
    b"\xff\xfe",
    b"",
    b'{"ban_ke": 1, "chu_ky": 2}',
    b'{"ban_ke": "{}", "chu_ky": ""}',
    b'{"ban_ke": "\\ud800", "chu_ky": ""}',
)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Carrying]:
    """A bundle of three dossiers with papers, in several parts."""
    way = Carrying(tmp_path_factory.mktemp("fuzz"))
    for n in range(3):
        dossier = way.bench.receive(f"draft-{n}")
        way.bench.attach(dossier.key, "tp-1", f"paper {n} ".encode() * 400)
    way.out(part_size=2_000)
    yield way
    way.close()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bundle_is_whole_or_refused(sent: Carrying, data: st.DataObject) -> None:
    stick = sent.root / "try"
    shutil.rmtree(stick, ignore_errors=True)
    shutil.copytree(sent.stick, stick)
    [place] = candidates(stick, TO_PROVINCE)
    file = data.draw(st.sampled_from(sorted(place.iterdir())))
    _spoil(file, data)
    with pytest.raises(BundleError) as caught:
        sent.far_end.take(place)
    assert caught.value.details["reason"]
    assert not sent.shelf.dossiers
    assert not sent.shelf.files


def _spoil(file: Path, data: st.DataObject) -> None:
    content = bytearray(file.read_bytes())
    match data.draw(st.sampled_from(("flip", "cut", "longer", "gone", "strange", "swap"))):
        case "flip":
            content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        case "cut":
            del content[data.draw(st.integers(0, len(content) - 1)) :]
        case "longer":
            content += data.draw(st.binary(min_size=1, max_size=50))
        case "gone":
            file.unlink()
            return
        case "strange":
            content = bytearray(data.draw(st.sampled_from(STRANGE)))
        case "swap":
            others = [f for f in file.parent.iterdir() if f != file]
            content = bytearray(data.draw(st.sampled_from(sorted(others))).read_bytes())
    file.write_bytes(content)
