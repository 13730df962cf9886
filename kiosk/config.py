"""The office's settings, read once from `config.toml` in the data directory into a frozen, typed object."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import InputError
from kiosk.province_config import ListenConfig, ProvinceConfig
from kiosk.text import toml_fault
from kiosk.uploads_config import UploadsConfig

# docs/legal.md#digitisation
LEAST_DPI = 200


class ConfigError(InputError):
    """The file is not TOML, or a key has a wrong value. details: file, problem."""

    code = "config.invalid"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StationConfig(_Section):
    """This machine. counter and officer are those of a desk; px_per_mm: of a kiosk's glass, as measured.

    keeps_hours: whether a kiosk closes outside the office's hours. staff_code: 4 to 8 digits that open a kiosk's staff
    screen after its upper left corner was held; "" for none. reader: serial port of a kiosk's code reader; "" for
    none, or for one that types like a keyboard. theme, zoom (percent), compact: how a desk looks; its keys write them.
    """

    kind: Literal["kiosk", "desk", "display", "rating", "manager"] = "desk"
    name: str = "tram-1"
    counter: str = "1"
    officer: str = "can-bo-1"
    px_per_mm: float | None = Field(default=None, gt=0, lt=40)
    keeps_hours: bool = True
    reader: str = ""
    reader_baud: int = Field(default=9600, ge=1200, le=921600)
    staff_code: str = Field(default="", pattern=r"^(\d{4,8})?$")
    theme: Literal["light", "dark", "contrast"] = "light"
    zoom: Literal[100, 110, 125, 150, 175, 200] = 100
    compact: bool = False


class PrinterConfig(_Section):
    """Where a kind of paper goes. address: host:port, device file, or CUPS queue; "" for the papers folder. kind
    "station": another machine of the office prints it, whose name is the address."""

    papers: tuple[Literal["ticket", "slip"], ...] = ("ticket", "slip")
    kind: Literal["file", "escpos-tcp", "escpos-file", "cups", "station"] = "file"
    address: str = ""
    width_dots: Literal[384, 512, 576, 640] = 576


class ScannerConfig(_Section):
    """How one device is used. device: as `motcua scanners` names it, "folder:PATH" for a hot folder, "" for the first
    one found; name: a short one for `--device`, "" for none. watch: files of a hot folder are taken as they come, not
    only at F8. source: "auto" for the glass when the feeder is empty. mode: "photo" for a camera over the table or a
    telephone.
    """

    name: str = ""
    device: str = ""
    dpi: Literal[200, 300, 400, 600] = 200
    colour: bool = True
    duplex: bool = True
    source: Literal["feeder", "glass", "auto"] = "feeder"
    size: Literal["A3", "A4", "A5", "A6", "legal"] = "A4"
    mode: Literal["scan", "photo"] = "scan"
    watch: bool = True


class DisplayConfig(_Section):
    """The hall's screen and its voice; one section a machine.

    diagonal_in: of the screen, inches; back_row_m: how far away the last seat is. visible_s: each call stays at least
    so long. notices: texts between calls; posters: folder of pictures and .txt notices, "" for `notices` in the data
    directory. accent: of the shipped voice; recordings: a sealed folder of clips to use instead.
    """

    diagonal_in: float = Field(default=55, ge=15, le=120)
    back_row_m: float = Field(default=6, ge=2, le=20)
    visible_s: float = Field(default=6, ge=4, le=60)
    notices: tuple[str, ...] = ()
    posters: str = ""
    notice_s: float = Field(default=12, ge=4, le=600)
    accent: Literal["north", "south"] = "north"
    recordings: str = ""
    player: Literal["auto", "qt", "aplay", "pacat", "off"] = "auto"


class PairingConfig(_Section):
    """Where this desk answers new machines while it shows a code. address: to listen on, "" for every network."""

    address: str = Field(default="", pattern=r"^(\d{1,3}(\.\d{1,3}){3})?$")
    port: int = Field(default=27110, ge=1024, le=65535)


class Config(_Section):
    """database: "" for the file in the data directory, or a PostgreSQL URL for an office with several stations.

    officers: login -> name as it stands on slips. scanner: the desk's, for F8; scanners: profiles of others. training:
    an office for exercises: no database server and no province, whatever its file says.
    """

    station: StationConfig = StationConfig()
    database: str = Field(default="", pattern=r"^(postgres(ql)?(\+psycopg)?://.+)?$")
    printers: tuple[PrinterConfig, ...] = ()
    provinces: tuple[ProvinceConfig, ...] = ()
    uploads: UploadsConfig = UploadsConfig()
    listen: ListenConfig = ListenConfig()
    scanner: ScannerConfig = ScannerConfig()
    scanners: tuple[ScannerConfig, ...] = ()
    display: DisplayConfig = DisplayConfig()
    pairing: PairingConfig = PairingConfig()
    counting: Literal["end-of-day", "exact-hours"] = "end-of-day"
    officers: dict[str, str] = {}
    training: bool = False

    def prints_at(self, paper: Literal["ticket", "slip"]) -> str:
        """Name of the machine that makes a kind of paper for this one: itself, unless it has that paper made."""
        takes = (p for p in self.printers if paper in p.papers and (paper == "ticket" or "escpos" not in p.kind))
        first = next(takes, None)
        return first.address if first and first.kind == "station" and first.address else self.station.name


def read_config(file: Path) -> Config:
    """The settings, or the defaults when there is no file. Raises: ConfigError naming the key and what it allows."""
    if not file.exists():
        return Config()
    try:
        # Notepad on Windows puts a byte order mark before UTF-8.
        config = Config.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
        return config.model_copy(update={"database": "", "provinces": ()}) if config.training else config
    except OSError:
        raise ConfigError(file=file.name, problem="không mở được; cần một tệp đọc được") from None
    except UnicodeDecodeError:
        raise ConfigError(file=file.name, problem="không phải chữ UTF-8") from None
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(file=file.name, problem=toml_fault(wrong)) from None
    except ValidationError as wrong:
        raise ConfigError(file=file.name, problem="; ".join(map(_in_words, wrong.errors()))) from None


def keep_px_per_mm(file: Path, px_per_mm: float) -> None:
    """Write the measure of this station's glass into its settings. Raises: as `keep_station`."""
    keep_station(file, {"px_per_mm": f"{px_per_mm:.3f}"})


def keep_look(file: Path, theme: str, zoom: int, *, compact: bool) -> None:
    """Write how a desk looks into its settings. Raises: as `keep_station`."""
    keep_station(file, {"theme": f'"{theme}"', "zoom": str(zoom), "compact": str(compact).lower()})


def keep_station(file: Path, values: Mapping[str, str]) -> None:
    """Write keys of [station], as TOML has them; every other line stays as it was written.

    Raises: ConfigError when the file cannot be read or written; it is then unchanged.
    """
    read_config(file)
    line = "\n".join(f"{key} = {value}" for key, value in values.items())
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        part = re.compile(r"(?ms)^\[station\][^\n]*\n.*?(?=^\[|\Z)").search(text)
        if part is None:
            changed = f"{text.rstrip()}\n\n[station]\n{line}\n".lstrip()
        else:
            kept = re.sub(rf"(?m)^\s*({'|'.join(values)})\s*=.*\n?", "", part[0])
            head, _, rest = kept.partition("\n")
            changed = f"{text[: part.start()]}{head}\n{line}\n{rest}{text[part.end() :]}"
        spare = file.with_suffix(".new")
        spare.write_text(changed, encoding="utf-8")
        read_config(spare)
        spare.replace(file)
    except OSError as wrong:
        raise ConfigError(file=file.name, problem=f"không ghi được ({wrong.strerror})") from None


def _in_words(error: object) -> str:
    assert isinstance(error, dict)
    key = ".".join(str(part) for part in error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"không có khóa “{key}”"
    if kind == "literal_error" and error["loc"][-1] == "dpi" and error["input"] in range(1, LEAST_DPI):
        return (
            f"“{key}” là {error['input']}, thấp hơn {LEAST_DPI} dpi: mức tối thiểu của hồ sơ số hóa "
            "(Nghị định 30/2020/NĐ-CP, Phụ lục I); chọn 200, 300, 400 hoặc 600"
        )
    if kind == "literal_error":
        return f"“{key}” chỉ nhận {str(context.get('expected', '')).replace(' or ', ' hoặc ')}"
    if kind == "string_pattern_mismatch" and key == "pairing.address":
        return f"“{key}” cần để trống hoặc ghi địa chỉ dạng 192.168.1.10"
    if kind == "string_pattern_mismatch":
        return f"“{key}” cần để trống hoặc ghi dạng postgresql://tên:mật-khẩu@máy/cơ-sở-dữ-liệu"
    return f"“{key}” có giá trị không hợp lệ"
