"""What `motcua sync status` tells of the files, and the settings it comes from."""

from __future__ import annotations

from datetime import datetime

import pytest
from pydantic import ValidationError
from sync_fakes import Bench

from kiosk.clock import OFFICE_ZONE
from kiosk.uploads_config import UploadsConfig
from sync.uploads import courtesy_of, settings_of
from ui.cli.sync_uploads import files_data, files_words

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=OFFICE_ZONE)
NIGHT = NOON.replace(hour=19)


def told(config: UploadsConfig, now: datetime) -> str:
    bench = Bench()
    bench.attach(bench.receive().key, "tp-1", b"page")
    with bench.units() as look:
        return files_words(files_data(look, config, now))


def test_an_office_without_settings_is_told_what_waits() -> None:
    assert told(UploadsConfig(), NOON) == "Tệp giấy tờ chờ gửi: 1."


def test_limits_and_hours_are_told_with_what_they_mean_now() -> None:
    config = UploadsConfig(limit_kib_s=40, hours="18:00-06:00", weak_kib_s=64)
    assert told(config, NOON) == (
        "Tệp giấy tờ chờ gửi: 1; gửi tối đa 40 KiB/giây; "
        "chỉ gửi trong giờ 18:00-06:00 khi đường truyền dưới 64 KiB/giây "
        "(còn 6 giờ 0 phút mới đến giờ); hồ sơ đến hạn trong một ngày gửi ngay."
    )
    assert "(đang trong giờ gửi)" in told(config, NIGHT)


def test_the_settings_reach_what_acts_by_them() -> None:
    config = UploadsConfig(limit_kib_s=40, hours="18:00-06:00", weak_kib_s=64, congestion="system", streams=2)
    settings, courtesy = settings_of(config), courtesy_of(config)
    assert (settings.limit, settings.congestion, settings.streams) == (40 * 1024, "system", 2)
    assert courtesy.wait_s(NOON, 1_000) == 6 * 3600
    assert courtesy.wait_s(NOON, 64 * 1024) == 0.0


@pytest.mark.parametrize(
    "wrong", [{"hours": "18:00"}, {"hours": "24:00-06:00"}, {"limit_kib_s": -1}, {"streams": 5}, {"congestion": "reno"}]
)
def test_settings_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        UploadsConfig(**wrong)  # type: ignore[arg-type]
