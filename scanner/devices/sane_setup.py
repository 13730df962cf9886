"""What SANE needs to be told: a private configuration, and a device's options in its own words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.errors import (
    CancelledError,
    CoverOpenError,
    DeviceBusyError,
    DeviceError,
    DeviceIOError,
    NotConnectedError,
    PaperJamError,
)
from scanner.devices.settings import ScanSettings
from scanner.errors import DeviceTimeoutError, FeederEmptyError, NoScanProgramError

PROGRAM = "scanimage"
PACKAGE = "sane-utils"
SYSTEM_CONFIG = Path("/etc/sane.d")
QUERY_TIMEOUT_S = 30.0
NO_DOCS = 7
# SANE status, which is also scanimage's exit code (sane.h).
BY_STATUS: Mapping[int, type[DeviceError]] = {
    2: CancelledError,
    3: DeviceBusyError,
    6: PaperJamError,
    NO_DOCS: FeederEmptyError,
    8: CoverOpenError,
    9: DeviceIOError,
}
# Where a device cannot be opened at all, scanimage ends with 1 and says why on stderr.
BY_WORDS: tuple[tuple[str, type[DeviceError]], ...] = (
    ("open of device", NotConnectedError),
    ("no SANE devices found", NotConnectedError),
    ("Invalid argument", NotConnectedError),
    ("Device busy", DeviceBusyError),
    ("jammed", PaperJamError),
    ("out of documents", FeederEmptyError),
    ("cover is open", CoverOpenError),
)
SOURCE = re.compile(r"^\s+--source (.+?) \[", re.MULTILINE)
MODE = re.compile(r"^\s+--mode (.+?) \[", re.MULTILINE)


def private_environment(
    folder: Path, backends: Sequence[str], configuration: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Environment with a SANE configuration of its own in `folder`: only these backends are loaded, so that start-up
    takes milliseconds and no other device is disturbed. No backends: the system's own configuration.

    configuration: file name -> text, instead of the system's file of that name.
    """
    environment = {**os.environ, "LC_ALL": "C"}
    if backends:
        (folder / "dll.conf").write_text("".join(f"{name}\n" for name in backends), encoding="ascii")
        for name in backends:
            if (conf := SYSTEM_CONFIG / f"{name}.conf").is_file():
                shutil.copy(conf, folder)
        for name, text in (configuration or {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        environment["SANE_CONFIG_DIR"] = str(folder)
    return environment


def query(program: str, arguments: Sequence[str], environment: Mapping[str, str], device: str) -> str:
    """Output of a short question to scanimage. Raises: DeviceError."""
    try:
        answer = subprocess.run(
            [program, *arguments],
            capture_output=True,
            env=dict(environment),
            timeout=QUERY_TIMEOUT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise NoScanProgramError(device=device, package=PACKAGE) from None
    except subprocess.TimeoutExpired:
        raise DeviceTimeoutError(device=device, seconds=round(QUERY_TIMEOUT_S)) from None
    if answer.returncode:
        raise failure(answer.returncode, answer.stderr.decode("utf-8", "replace"), device)
    return answer.stdout.decode("utf-8", "replace")


def failure(status: int, words: str, device: str) -> DeviceError:
    """Our error for scanimage's exit code and words."""
    kind = BY_STATUS.get(status) or next((e for w, e in BY_WORDS if w in words), DeviceIOError)
    return kind(f"scanimage status {status}", device=device)


def arguments(options: str, settings: ScanSettings) -> list[str]:
    """Command-line options for a device that described itself in `options` (scanimage -A)."""
    given = [f"--resolution={settings.dpi}"]
    modes = _choices(MODE, options)
    wanted = ("color", "colour") if settings.colour else ("gray", "grey")
    if mode := next((m for m in modes if m.lower().startswith(wanted)), None):
        given.append(f"--mode={mode}")
    if source := choose_source(options, settings):
        given.append(f"--source={source}")
    for letter, side in zip("xy", settings.size_mm, strict=True):
        if limit := re.search(rf"^\s+-{letter} [\d.]+\.\.([\d.]+)mm", options, re.MULTILINE):
            given += [f"-{letter}", f"{min(side, float(limit.group(1))):g}"]
    return given + list(settings.extra)


def choose_source(options: str, settings: ScanSettings) -> str:
    """The device's own name for feeder, duplex feeder or glass; "" where it has no choice."""
    sources = _choices(SOURCE, options)
    feeders = [s for s in sources if is_feeder(s)]
    if not settings.feeder or not feeders:
        return next((s for s in sources if not is_feeder(s)), "")
    both = [s for s in feeders if "duplex" in s.lower()]
    single = [s for s in feeders if s not in both]
    return (both or feeders)[0] if settings.duplex else (single or feeders)[0]


def abilities(options: str) -> tuple[str, ...]:
    """What a device that described itself in `options` can do, in the words of `DeviceInfo.can`."""
    sources = _choices(SOURCE, options)
    feeders = [s for s in sources if is_feeder(s)]
    found = [("glass", len(feeders) < len(sources)), ("feeder", feeders)]
    found.append(("duplex", [s for s in feeders if "duplex" in s.lower()]))
    return tuple(word for word, is_there in found if is_there)


def is_feeder(source: str) -> bool:
    folded = source.lower()
    return "feeder" in folded or "adf" in folded or "duplex" in folded


def _choices(pattern: re.Pattern[str], options: str) -> list[str]:
    match = pattern.search(options)
    return match.group(1).split("|") if match else []
