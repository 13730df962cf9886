"""Which columns the hall's roles see, decided here one by one: a new table or column fails until somebody decides.

Read from PostgreSQL's own catalogue and tried with statements, as each role, on every column that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from roles_samples import PUBLIC, RoledOffice

from kiosk.domain.station import StationKind
from kiosk.storage.hall import HALL, schema_of

KIOSK, DISPLAY, RATING = PUBLIC

NUMBER = (
    "key label series n epoch business_day group priority issued_at effective_at state counter calls first_called_at "
    "last_called_at serving_at ended_at version serve_day line_at rank for_counter dossiers booked_at returns outcome "
    "appointment"
)
STATION = "name kind machine lease enrolled_at letter epoch seen_at clock_off_s version revoked_at is_doubtful counter"
EVENT = "seq kind subject at counter command data"  # data: see TOLD
HEAD, PAUSE, VERSION = "id seq", "counter since until", "version_num"

SEEN: dict[StationKind, dict[str, str]] = {
    KIOSK: {
        "alembic_version": VERSION,
        "appointments": "key code day at group state",  # of today alone
        "chain_head": HEAD,
        "events": EVENT,
        "pauses": PAUSE,
        "procedures": "code version name field_name valid_from valid_to body",
        "stations": STATION,
        "tickets": f"{NUMBER} print_state",
    },
    DISPLAY: {
        "alembic_version": VERSION,
        "chain_head": HEAD,
        "events": EVENT,
        "pauses": PAUSE,
        "stations": STATION,
        "tickets": NUMBER,
    },
    RATING: {
        "alembic_version": VERSION,
        "chain_head": HEAD,
        "events": "seq kind subject at command data",
        "stations": STATION,
        "tickets": "key label series n business_day group issued_at state counter ended_at serve_day",
    },
}
# Nobody in the hall sees these: names, numbers and papers of people, logins of officers, secrets of the office.
SHUT: dict[str, str] = {
    "appointments": "made_at name phone version",
    "blobs": "id content",
    "bundles": "epoch sequence body",
    "cash_counts": "id key day officer at by station opening expected notes reason",
    "chain_head": "hash",
    "citizen_notices": "key dossier_key occasion event made_at state phone text parts due_at handed_at carrier "
    "reference reason",
    "corrections": "id key dossier_key at officer reason changes salt",
    "conflicts": "id dossier_key connection kind theirs ours told_at at file_id seen_at seen_by",
    "counters": "name last",
    "cursors": "name value",
    "upload_places": "identity url",
    "told_files": "connection dossier_key file_id component name url sha256 size",
    "documents": "id owner component file_id page_ids text at confidence type_code fields remote",
    "dossier_codes": "code dossier_id",
    "dossier_people": "id_number dossier_id",
    "dossier_words": "id exact folded papers",
    "dossiers": "id key procedure_code procedure_version procedure_name field_name owner papers officer counter state "
    "code submitter channel case summary ticket_key created_at received_at due_at original_due_at term fee fee_note "
    "sets return_by_post supplements reason legal_basis result returned_at returned_to state_secret province_state "
    "external_codes draft_key clock consultations transferred_to money money_paper handed "
    "notified_at notified_by waybill proxy group_key steps competent_agency fee_lines quantity relief "
    "payment_elsewhere version words",
    "drafts": "key officer counter data updated_at",
    "events": "officer station prev_hash hash",
    "facts": "name value",
    "files": "id owner sha256 size media_type sealed_key",
    "jobs": "id wing key payload lane priority due_at expires_at state attempts owner leased_until error created_at "
    "done_at station",
    "money_asks": "key dossier_key method amount state asked_at officer payload reference ended_at version",
    "money_moves": "id key at day kind method amount dossier_key procedure_code procedure_name payer officer station "
    "counter lines receipt external reference reverses reason",
    "money_receipts": "key series year number dossier_key issued_at copies_printed cancelled_at cancelled_by "
    "cancel_reason body",
    "online_dossiers": "key connection procedure_code procedure_name owner submitted_at came_at case summary "
    "return_by_post files state dossier_key version",
    "pages": "id owner number file_id source at component dpi blank discarded meta",
    "pauses": "officer reason",
    "people": "key full_name id_number old_id_number born_on sex address phone email source linked_number saved_at",
    "proposals": "id kind source fetched_at digest content diff state decided_by decided_at reason counts",
    "queue_days": "day figures",
    "replies": "id job_id subject at operation outcome body",
    "sent_steps": "connection dossier_key event_seq sent_at",
    "series_grants": "epoch letter station since until",
    "slips": "id kind year number dossier_key issued_at copies_printed body",
    "tickets": "officer priority_reason touch",
}
# What the log's windows take out of `data`: no officer, no reason, no former value.
TOLD = {
    KIOSK: "label group counter state outcome calls minutes low high told plain priority by_label standing",
    DISPLAY: "label group counter state outcome calls minutes low high told plain priority by_label standing",
    RATING: "score reasons",
}

MAY: dict[StationKind, set[str]] = {
    KIOSK: {"chain_head UPDATE", "events INSERT", "stations UPDATE", "tickets INSERT", "tickets UPDATE"},
    DISPLAY: {"chain_head UPDATE", "events INSERT", "stations UPDATE"},
    RATING: {"chain_head UPDATE", "events INSERT", "stations UPDATE"},
}
CALLS: dict[StationKind, set[str]] = {
    KIOSK: {"station", "is_in", "lines_after", "look_up"},
    DISPLAY: {"station", "is_in", "lines_after"},
    RATING: {"station", "is_in", "lines_after"},
}
OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"


@pytest.fixture(scope="module")
def catalogue(roled: RoledOffice) -> Iterator[psycopg.Connection]:
    with psycopg.connect(roled.cluster.url("xa_mau"), autocommit=True) as connection:
        yield connection


def columns(catalogue: psycopg.Connection) -> dict[str, set[str]]:
    rows = catalogue.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
        "AND a.attnum > 0 AND NOT a.attisdropped"
    )
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


def test_every_column_of_the_office_is_decided_on(catalogue: psycopg.Connection) -> None:
    decided: dict[str, set[str]] = {table: set(names.split()) for table, names in SHUT.items()}
    for tables in SEEN.values():
        for table, names in tables.items():
            decided.setdefault(table, set()).update(names.split())
    assert columns(catalogue) == decided


def test_what_is_seen_by_one_role_is_never_shut() -> None:
    for tables in SEEN.values():
        for table, names in tables.items():
            assert not set(names.split()) & set(SHUT.get(table, "").split()), table


@pytest.mark.parametrize("kind", PUBLIC)
def test_no_column_of_a_table_is_read_but_through_a_window(
    roled: RoledOffice, catalogue: psycopg.Connection, kind: StationKind
) -> None:
    let_through = []
    with psycopg.connect(roled.stations[kind], autocommit=True) as station:
        for table, names in columns(catalogue).items():
            for column in (*names, "ctid", "*"):
                name = column if column == "*" else f'"{column}"'
                try:
                    station.execute(f'SELECT {name} FROM public."{table}"'.encode())
                except psycopg.errors.InsufficientPrivilege:
                    continue
                let_through.append(f"{table}.{column}")
    assert let_through == []


def used(catalogue: psycopg.Connection, schema: str) -> list[tuple[str, str, str]]:
    """View, what it reads from, column."""
    return catalogue.execute(
        "SELECT v.relname, t.relname, a.attname FROM pg_depend d "
        "JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass "
        "JOIN pg_class v ON v.oid = r.ev_class AND v.relnamespace = %s::regnamespace "
        "JOIN pg_class t ON t.oid = d.refobjid AND t.oid <> v.oid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid AND a.attnum > 0",
        (schema,),
    ).fetchall()


@pytest.mark.parametrize("kind", PUBLIC)
def test_the_windows_are_made_of_the_listed_columns_alone(catalogue: psycopg.Connection, kind: StationKind) -> None:
    found: dict[str, set[str]] = {}
    for window, table, column in used(catalogue, schema_of(kind)):
        if table == f"{kind.value}_{window}":  # a window in two steps: the first shows whole rows, and to nobody else
            step = {name for view, _, name in used(catalogue, HALL) if view == table}
            assert step >= {column}
            table = window
        assert window == table
        found.setdefault(table, set()).add(column)
    assert found == {table: set(names.split()) for table, names in SEEN[kind].items()}


@pytest.mark.parametrize("kind", PUBLIC)
def test_the_log_is_told_without_officers_reasons_and_former_values(roled: RoledOffice, kind: StationKind) -> None:
    with psycopg.connect(roled.cluster.url("xa_mau")) as connection:
        (view,) = connection.execute(
            "SELECT pg_get_viewdef(%s::regclass)", (f"{schema_of(kind)}.events",)
        ).fetchone() or ("",)
    taken = re.findall(r"'(\w+)'(?:::text)?, \((?:\w+\.)?data -> '(\w+)'", view)
    assert {mark for pair in taken for mark in pair} == set(TOLD[kind].split())
    # Once more as the name of what is told; PostgreSQL 16 no longer writes the table's name before a column.
    assert len(re.findall(r"\bdata\b", view)) == len(taken) + 1


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_role_may_write_through_its_windows_only(
    roled: RoledOffice, catalogue: psycopg.Connection, kind: StationKind
) -> None:
    login = psycopg.conninfo.conninfo_to_dict(roled.stations[kind])["user"]
    rows = catalogue.execute(
        "SELECT n.nspname, c.relname, p FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, "
        "unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p "
        f"WHERE {OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (has_table_privilege(%(who)s, c.oid, p) OR CASE "
        "WHEN p IN ('INSERT', 'UPDATE', 'REFERENCES') THEN has_any_column_privilege(%(who)s, c.oid, p) END)".encode(),
        {"who": login},
    ).fetchall()
    assert {schema for schema, _, _ in rows} == {schema_of(kind)}
    assert {f"{table} {act}" for _, table, act in rows} == MAY[kind]


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_role_calls_few_functions_and_makes_nothing(
    roled: RoledOffice, catalogue: psycopg.Connection, kind: StationKind
) -> None:
    login = psycopg.conninfo.conninfo_to_dict(roled.stations[kind])["user"]
    calls = catalogue.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        f"WHERE n.nspname LIKE '{HALL}%%' AND has_function_privilege(%s, p.oid, 'EXECUTE')".encode(),
        (login,),
    ).fetchall()
    assert {name for (name,) in calls} == CALLS[kind]
    makes = catalogue.execute(
        "SELECT n.nspname FROM pg_namespace n WHERE has_schema_privilege(%s, n.oid, 'CREATE')", (login,)
    ).fetchall()
    assert makes == []
    sequences = catalogue.execute(
        "SELECT c.relname FROM pg_class c "
        "WHERE CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(%s, c.oid, 'USAGE, SELECT') END",
        (login,),
    ).fetchall()
    assert sequences == []
    base = catalogue.execute(
        "SELECT has_database_privilege(%(who)s, 'xa_mau', 'TEMPORARY'), has_database_privilege(%(who)s, 'xa_mau',"
        " 'CREATE'), rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
        " FROM pg_roles WHERE rolname = %(who)s",
        {"who": login},
    ).fetchone()
    assert base == (False, False, False)


def test_every_function_of_the_hall_looks_names_up_in_the_catalogue_only(catalogue: psycopg.Connection) -> None:
    settings = catalogue.execute(
        "SELECT p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        f"WHERE n.nspname LIKE '{HALL}%'".encode()
    ).fetchall()
    assert len(settings) > 10
    safe = ["search_path=pg_catalog, pg_temp", "standard_conforming_strings=on"]
    assert [name for name, config in settings if config != safe] == []
