"""Training: an office of its own beside the real one, in which nothing counts and from which nothing leaves."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import threading
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from kiosk.clock import office_now
from kiosk.config import Config, ScannerConfig, read_config
from kiosk.domain.person import Person
from kiosk.services.queueing import issue_ticket
from ui.app import OpenedOffice, Paths, data_root, open_office

FOLDER = "tap-huan"
NUMBERS_WAITING = 4  # in the first line, whenever training begins

# Nobody real: the province code 099 is given to no province.
PEOPLE = (
    ("099190000017", "Nguyễn Thị Tập", "1990-03-05", "Nữ", "Thôn Mẫu Một, Xã Tập Huấn"),
    ("099085000024", "Trần Văn Huấn", "1985-11-20", "Nam", "Thôn Mẫu Hai, Xã Tập Huấn"),
    ("099201000031", "Lò Thị Mẫu", "2001-07-01", "Nữ", "Bản Mẫu Ba, Xã Tập Huấn"),
)


def training_root(data: Path | None) -> Path:
    """Where the training office of a data directory is; the directory itself where it is one already."""
    root = data_root(data)
    return root if read_config(Paths(root).config).training else root / FOLDER


def open_training(data: Path | None) -> OpenedOffice:
    """The training office of this machine, made on first use after the real one's settings; the real one is only read.

    Raises: as `open_office`.
    """
    root = training_root(data)
    real = root.parent if root.name == FOLDER else root
    if real != root:
        _prepare(real, root)
    office = open_office(root)
    _people_and_numbers(office)
    return office


def _prepare(real: Path, root: Path) -> None:
    """The settings are written anew each time: what changed in the real office is there in training too."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for pack in (real / "office.toml", *real.glob("calendar*.toml"), *real.glob("calendar*.json")):
        if pack.is_file():
            shutil.copyfile(pack, root / pack.name)
    spare = root / "config.new"
    spare.write_text(_settings(read_config(real / "config.toml")), encoding="utf-8")
    spare.replace(root / "config.toml")


def _settings(real: Config) -> str:
    """Only what an exercise needs. No database, no province, no other machine, no hot folder with real papers."""
    station = real.station
    lines = ["# Tập huấn: máy tự ghi tệp này từ cấu hình thật.", "training = true", f'counting = "{real.counting}"', ""]
    values = {"name": station.name, "counter": station.counter, "officer": station.officer, "theme": station.theme}
    lines += [
        "[station]",
        *_keys(values.items()),
        f"zoom = {station.zoom}",
        f"compact = {str(station.compact).lower()}",
    ]
    lines += ["", "[officers]", *_keys(real.officers.items())]
    lines += _scanner(real.scanner)
    for printer in (p for p in real.printers if p.kind != "station"):
        lines += ["", "[[printers]]", f"papers = {json.dumps(list(printer.papers))}"]
        lines += [*_keys({"kind": printer.kind, "address": printer.address}.items())]
        lines += [f"width_dots = {printer.width_dots}"]
    return "\n".join(lines) + "\n"


def _scanner(scanner: ScannerConfig) -> list[str]:
    if scanner.device.startswith("folder:"):
        return []
    values = {"device": scanner.device, "source": scanner.source, "size": scanner.size, "mode": scanner.mode}
    flags = {"colour": scanner.colour, "duplex": scanner.duplex}
    lines = ["", "[scanner]", *_keys(values.items()), f"dpi = {scanner.dpi}", "watch = false"]
    return lines + [f"{name} = {str(value).lower()}" for name, value in flags.items()]


def _keys(values: Iterable[tuple[str, str]]) -> list[str]:
    """Texts as TOML has them, which quotes like JSON; keys stand bare where they may, as `keep_station` wants them."""
    return [f"{_key(k)} = {json.dumps(v, ensure_ascii=False)}" for k, v in values]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _people_and_numbers(office: OpenedOffice) -> None:
    """Somebody to receive: made-up people, and a few numbers in the first line."""
    with office.units() as uow:
        for number, name, born, sex, address in PEOPLE:
            uow.people.save(Person(number, name, number, born_on=born, sex=sex, address=address))
        uow.commit()
    line = office.facts.groups[0].code
    now = office_now()
    for _ in range(NUMBERS_WAITING):
        issue_ticket(office.units(), office.facts, line, actor=office.actor, now=now, touch=uuid4().hex)


class TrainingWorkers:
    """The workers of the training office, inside the desk's own process: nobody else works there."""

    def __init__(self, office: OpenedOffice) -> None:
        self._office, self._stop = office, threading.Event()
        self._thread = threading.Thread(target=self._run, name="training-work")

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        from ui.workers import AlreadyWorkingError, run_workers

        with contextlib.suppress(AlreadyWorkingError):  # another window of this training office does it
            run_workers(self._office, self._stop)

    def close(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()


def marked(office: OpenedOffice, pdf: bytes) -> bytes:
    """A paper that is written to a file: of the training office with the mark across it."""
    from printing.training import stamp_pdf

    return stamp_pdf(pdf) if office.config.training else pdf
