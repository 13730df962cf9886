"""What a new machine needs to be a station of the office: one message, sealed under the code."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from kiosk.domain.station import StationKind

PROTOCOL = 1


@dataclass(frozen=True)
class Program:
    """version: of the program; tables: of the database that it works with, which both sides must share."""

    version: str
    tables: str


@dataclass(frozen=True)
class Bundle:
    """office: its name; lease: the first one; database: URL with the station's own login; office_toml: the whole file,
    "" where the office has none; calendars: name -> text of each of its calendar packs; catalogue: procedures in force
    there; office_key: 64 hex digits, for a desk only, which reads and writes the papers; counter: of a desk or a rating
    screen, "" to be set there."""

    office: str
    name: str
    kind: StationKind
    letter: str
    epoch: int
    lease: str
    database: str
    office_toml: str = ""
    calendars: dict[str, str] = field(default_factory=dict)
    catalogue: int = 0
    office_key: str = ""
    counter: str = ""

    def packed(self) -> dict[str, object]:
        return asdict(self)


def unpacked(values: object) -> Bundle | None:
    """None for what is no bundle."""
    from pydantic import TypeAdapter, ValidationError  # a desk that shows its machines needs none of it

    try:
        return TypeAdapter(Bundle).validate_python(values)
    except ValidationError:
        return None
