"""What a public station sees of the office's tables: for each kind of station, which columns of which rows.

A public station has no right on any table, only on these windows: views under the tables' own names, in a schema that
the station's login finds first, so that the same statements serve a desk and a hall. A column that is not listed here
is there, but empty; a table that is not listed is not there at all. A new one is therefore shut until somebody decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Boolean, Column, Date, DateTime, Dialect, Integer, LargeBinary, Table
from sqlalchemy.dialects import postgresql

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.station import StationKind
from kiosk.services.admission import HELP_UNHEARD, SAME_LABEL, TOLD
from kiosk.services.help import HELP_COMING
from kiosk.services.rating import EXPLAINED, GIVEN
from kiosk.services.waiting import ESTIMATED
from kiosk.storage.models import Base

DIALECT: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
HALL = "motcua_hall"  # schema of what the windows call
# No setting of the caller's may change what a function's words mean.
SAFE = "SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on"
PUBLIC_KINDS = (StationKind.KIOSK, StationKind.DISPLAY, StationKind.RATING)

OF_ITSELF = ("station.doubtful", "station.clock_off")
# What each kind of station may put in the log, in its own name.
ADDS: Mapping[StationKind, tuple[str, ...]] = {
    StationKind.KIOSK: (*TOLD, SAME_LABEL, HELP_UNHEARD, ESTIMATED, *OF_ITSELF),
    StationKind.DISPLAY: OF_ITSELF,
    StationKind.RATING: (GIVEN, EXPLAINED, *OF_ITSELF),
}


@dataclass(frozen=True)
class Window:
    """shows: columns as they are; instead: column -> what stands there instead; only: which rows; may: besides SELECT;
    acts: INSERT or UPDATE -> the function that does it instead (`hall_acts`); free: also for a station shut out."""

    shows: frozenset[str]
    instead: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    may: tuple[str, ...] = ()
    acts: Mapping[str, str] = field(default_factory=dict)
    free: bool = False


def _columns(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Places, times and classes of numbers that nobody can tell a person by: what waiting times are estimated from.
NUMBERS = _columns(
    "key label series n epoch business_day group priority issued_at effective_at state counter calls first_called_at "
    "last_called_at serving_at ended_at version serve_day line_at rank for_counter dossiers booked_at returns outcome "
    "appointment"
)
EVENT = _columns("seq kind subject at counter command")
# Of `data`: no officer, no reason, no former value.
MARKS = "label group counter state outcome calls minutes low high told plain priority by_label standing"
VOTE = "score reasons"
HEAD = Window(_columns("id seq"), may=("UPDATE",), acts={"UPDATE": "move_head"}, free=True)
OWN_STATION = Window(
    _columns(
        "name kind machine lease enrolled_at letter epoch seen_at clock_off_s version revoked_at is_doubtful counter"
    ),
    only=f"name = {HALL}.station()",
    may=("UPDATE",),
    acts={"UPDATE": "keep_station"},
    free=True,
)
PAUSES = Window(_columns("counter since until"))


def _log(kind: StationKind, only: str, shows: frozenset[str] = EVENT, marks: str = MARKS) -> Window:
    told = ", ".join(f"'{mark}', data -> '{mark}'" for mark in marks.split())
    return Window(
        shows,
        {"data": f"json_strip_nulls(json_build_object({told}))"},
        only,
        ("INSERT",),
        {"INSERT": f"add_event({', '.join(repr(k) for k in ADDS[kind])})"},
    )


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(k) for k in kinds)})"


QUEUE = "kind LIKE 'ticket.%'"
WINDOWS: Mapping[StationKind, Mapping[str, Window]] = {
    StationKind.KIOSK: {
        "chain_head": HEAD,
        "stations": OWN_STATION,
        "pauses": PAUSES,
        "tickets": Window(
            NUMBERS | {"print_state"},
            may=("INSERT", "UPDATE"),
            acts={"INSERT": "add_ticket", "UPDATE": "keep_ticket"},
        ),
        "events": _log(StationKind.KIOSK, f"({QUEUE} OR {_one_of((*ADDS[StationKind.KIOSK], HELP_COMING))})"),
        # Whether a code is right, and whose line it is: no name, and no day but the own one.
        "appointments": Window(
            _columns("key code day at group state"),
            only=f"state = 'booked' AND day = (now() AT TIME ZONE '{OFFICE_ZONE}')::date",
        ),
        "procedures": Window(_columns("code version name field_name valid_from valid_to body")),
    },
    StationKind.DISPLAY: {
        "chain_head": HEAD,
        "stations": OWN_STATION,
        "pauses": PAUSES,
        "tickets": Window(NUMBERS),
        "events": _log(StationKind.DISPLAY, QUEUE),
    },
    StationKind.RATING: {
        "chain_head": HEAD,
        "stations": OWN_STATION,
        "tickets": Window(
            _columns("key label series n business_day group issued_at state counter ended_at serve_day"),
            {"effective_at": "issued_at", "line_at": "issued_at"},
        ),
        # Whether the citizen at the glass has voted; how others did is not for whoever holds a tablet.
        "events": _log(
            StationKind.RATING,
            f"{_one_of((GIVEN, EXPLAINED))} AND at > now() - interval '2 hours'",
            EVENT - {"counter"},
            VOTE,
        ),
    },
}
CALLS = ("station()", "is_in()")  # what the windows call
WINDOW_CALLS = ("lines_after(bigint, integer, text[])",)  # in the windows' own schema
KIOSK_CALLS = ("look_up(text)",)


def schema_of(kind: StationKind) -> str:
    return f"{HALL}_{kind.value}"


def window_statements(kind: StationKind, tables: str) -> list[str]:
    """The views of a kind of station. tables: schema of the office's tables, quoted."""
    schema = schema_of(kind)
    made = [f"CREATE SCHEMA {schema}"]
    made.append(f"CREATE VIEW {schema}.alembic_version AS SELECT version_num FROM {tables}.alembic_version")
    for name, window in WINDOWS[kind].items():
        table = Base.metadata.tables[name]
        source = f"{tables}.{name}"
        if window.only and window.instead:
            # Two steps: the planner then makes what stands instead for the rows asked for, not for all that pass.
            made.append(_view(f"{HALL}.{kind.value}_{name}", column_list(table), source, window))
            source = f"{HALL}.{kind.value}_{name}"
            made += _in_order(schema, tables, window.only)
            window = replace(window, only="", free=True)
        shown = ", ".join(_shown(c, window) for c in table.columns)
        made.append(_view(f"{schema}.{name}", shown, source, window))
        for act, does in window.acts.items():
            call = does if "(" in does else f"{does}()"
            made.append(
                f"CREATE TRIGGER {act.lower()}_instead INSTEAD OF {act} ON {schema}.{name} "
                f"FOR EACH ROW EXECUTE FUNCTION {HALL}.{call}"
            )
    return made


def _in_order(schema: str, tables: str, only: str) -> list[str]:
    """The numbers of the log's next lines that a window shows, found by the index."""
    definer = f"LANGUAGE sql STABLE SECURITY DEFINER {SAFE}"
    return [
        f"CREATE FUNCTION {schema}.lines_after(after bigint, most integer, kinds text[]) RETURNS SETOF bigint "
        f"{definer} AS $$ SELECT seq FROM {tables}.events WHERE seq > after AND {only} AND (cardinality(kinds) = 0 "
        "OR kind = ANY (kinds)) ORDER BY seq LIMIT most $$",
        f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC",
    ]


def _view(name: str, columns: str, source: str, window: Window) -> str:
    only = " AND ".join(filter(None, (window.only, "" if window.free else f"(SELECT {HALL}.is_in())")))
    # A barrier: no condition of the asker's own is tried on a row that the window does not show. It costs the order of
    # every index, so it stands only where rows are left out.
    barrier = " WITH (security_barrier)" if window.only else ""
    return f"CREATE VIEW {name}{barrier} AS SELECT {columns} FROM {source}" + (f" WHERE {only}" if only else "")


def column_list(table: Table, row: str = "") -> str:
    """The names of a table's columns, each of `row` where one is given."""
    return ", ".join(f"{row}{_quoted(c)}" for c in table.columns)


def _shown(column: Column[object], window: Window) -> str:
    name = _quoted(column)
    if column.name in window.shows:
        return name
    return f"{window.instead.get(column.name) or _nothing(column)} AS {name}"


def _nothing(column: Column[object]) -> str:
    """An empty value of the column's type that the program can read."""
    kind = column.type.compile(DIALECT)
    if column.nullable:
        return f"NULL::{kind}"
    asked = column.type.dialect_impl(DIALECT)
    for known, empty in (
        (Boolean, "false"),
        (Integer, "0"),
        (Date, "'0001-01-01'"),
        (DateTime, "'0001-01-02 00:00:00Z'"),
        (LargeBinary, "''"),
    ):
        if isinstance(getattr(asked, "impl", asked), known):
            return f"{empty}::{kind}"
    if kind == "JSON":
        return "'{}'::json"
    return "'pending'::text" if column.name == "print_state" else f"''::{kind}"


def _quoted(column: Column[object]) -> str:
    return DIALECT.identifier_preparer.quote(column.name)
