"""Who may do what inside PostgreSQL: a group role for each kind of station, a login for each station.

The tables stay with the login that made them, the office's own. `motcua_<office>:office` may do a desk's work;
`…:kiosk`, `…:display` and `…:rating` see the windows of `kiosk.storage.hall` and nothing else. A station's login,
`motcua_<office>_<station>`, is in one group. Roles belong to the server, so the database's name is part of theirs.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, text

from kiosk.domain.station import StationKind
from kiosk.errors import StorageError
from kiosk.storage.errors import ForeignDatabaseError
from kiosk.storage.hall import (
    CALLS,
    HALL,
    KIOSK_CALLS,
    PUBLIC_KINDS,
    WINDOW_CALLS,
    WINDOWS,
    column_list,
    schema_of,
    window_statements,
)
from kiosk.storage.models import Base

if TYPE_CHECKING:
    import psycopg

PASSWORD_BYTES = 24
LONGEST_OFFICE = 20  # signs; PostgreSQL cuts names of roles at 63
LIMITS = {"statement_timeout": "10s", "idle_in_transaction_session_timeout": "15s"}
CONNECTIONS = 12  # of one public station
DIGEST = "roles"  # fact: the rights as they were given last
TABLES = "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'events'::regclass"
SCHEMAS = (HALL, *(schema_of(kind) for kind in PUBLIC_KINDS))
# Schemas of ours hold no table; one that does is somebody else's, and is not dropped.
TABLES_IN_WINDOWS = (
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    f"WHERE c.relkind IN ('r', 'p', 'f', 'm') AND n.nspname IN ({', '.join(repr(name) for name in SCHEMAS)})"
)


class NoRolePowerError(StorageError):
    """The office's login may not make roles. details: login, sql: what an administrator runs once."""

    code = "storage.no_role_power"
    exit_code = 1


def login_name(database: str, station: str) -> str:
    return f"motcua_{_office(database)}_{station}"


def group_name(database: str, kind: StationKind) -> str:
    return f"motcua_{_office(database)}:{'office' if kind is StationKind.DESK else kind.value}"


def make_login(url: str, station: str, kind: StationKind) -> str:
    """Give a station a login of its own and return its password, which is kept nowhere else. One that it had before
    ends, with its connections. url: the office's own. Raises: NoRolePowerError, StorageError."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with _Connected(url) as connection:
        office = connection.info.dbname
        _need_power(connection)
        _lock(connection)
        _grant(connection)
        login = login_name(office, station)
        act = "ALTER" if _drop(connection, login) else "CREATE"
        # The server is told a verifier only, so the password stands in no log of its own.
        verifier = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
        limit = "" if kind is StationKind.DESK else f"CONNECTION LIMIT {CONNECTIONS}"
        _run(connection, f"{act} ROLE {_quote(login)} LOGIN {limit} PASSWORD '{verifier}'")
        _run(connection, f"GRANT {_quote(group_name(office, kind))} TO {_quote(login)}")
        if kind is not StationKind.DESK:
            for name, value in (LIMITS | {"search_path": schema_of(kind)}).items():
                _run(connection, f"ALTER ROLE {_quote(login)} IN DATABASE {_quote(office)} SET {name} = '{value}'")
    return password


def drop_login(url: str, station: str) -> None:
    """Shut a station out of the server at once; nothing happens when it has no login. Raises: as `make_login`."""
    with _Connected(url) as connection:
        _need_power(connection)
        _drop(connection, login_name(connection.info.dbname, station))


def station_url(url: str, station: str, password: str) -> str:
    """The office's address with a station's own login."""
    from kiosk.storage.postgres import postgres_url

    address = postgres_url(url)
    login = login_name(address.database or "", station)
    own = address.set(drivername="postgresql", username=login, password=password)
    return own.render_as_string(hide_password=False)


def grant_roles(engine: Engine) -> None:
    """Make the groups, their windows and their rights, or make them again. Raises: NoRolePowerError, StorageError."""
    with _Connected(engine.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        _need_power(connection)
        _lock(connection)
        _grant(connection)


def withdraw(connection: Connection) -> None:
    """Before the tables change: no window may stand in the way. `refresh` opens them again."""
    if connection.scalar(text(TABLES_IN_WINDOWS)):
        raise ForeignDatabaseError(file=HALL)
    for schema in SCHEMAS:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
    if connection.scalar(text("SELECT to_regclass('facts')")) is not None:
        connection.execute(text("DELETE FROM facts WHERE name = :name"), {"name": DIGEST})


def refresh(engine: Engine) -> None:
    """Give the rights of this version where an earlier one has given its own; needs no right to make roles."""
    with engine.connect() as look:
        database = engine.url.database or ""
        stale = look.scalar(
            text(
                "SELECT pg_has_role(c.relowner, 'USAGE') AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :group) "
                "AND (SELECT value FROM facts WHERE name = :name) IS DISTINCT FROM :digest "
                "FROM pg_class c WHERE c.oid = 'events'::regclass"
            ),
            {"group": group_name(database, StationKind.KIOSK), "name": DIGEST, "digest": _digest(database)},
        )
    if stale:
        with _Connected(engine.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
            _lock(connection)
            _grant(connection)


def _grant(connection: psycopg.Connection[Any]) -> None:
    office = connection.info.dbname
    if _value(connection, TABLES_IN_WINDOWS) != "0":
        raise ForeignDatabaseError(file=HALL)
    for kind in StationKind:
        group = group_name(office, kind)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (group,)).fetchone():
            _run(connection, f"CREATE ROLE {_quote(group)} NOLOGIN")
    # Not current_schema(): for a login named "motcua" that is the schema of the windows themselves.
    tables = _value(connection, TABLES)
    for statement in _statements(office, tables):
        _run(connection, statement)
    connection.execute(
        "INSERT INTO facts (name, value) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (DIGEST, _digest(office)),
    )


def _statements(office: str, tables: str) -> list[str]:
    from kiosk.storage.hall_acts import act_statements

    made = [f"DROP SCHEMA IF EXISTS {schema} CASCADE" for schema in SCHEMAS]
    made += act_statements(tables, login_name(office, ""))
    for kind in PUBLIC_KINDS:
        made += window_statements(kind, tables) + _window_rights(kind, _quote(group_name(office, kind)))
    return made + _desk_rights(_quote(group_name(office, StationKind.DESK)), tables, _quote(office))


def _window_rights(kind: StationKind, group: str) -> list[str]:
    schema = schema_of(kind)
    calls = (*CALLS, *KIOSK_CALLS) if kind is StationKind.KIOSK else CALLS
    made = [f"GRANT USAGE ON SCHEMA {HALL}, {schema} TO {group}"]
    made += [f"GRANT EXECUTE ON FUNCTION {HALL}.{call} TO {group}" for call in calls]
    made += [f"GRANT EXECUTE ON FUNCTION {schema}.{call} TO {group}" for call in WINDOW_CALLS]
    made.append(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {group}")
    for name, window in WINDOWS[kind].items():
        # Column by column: whoever may write to a whole window may also lock the table behind it.
        columns = column_list(Base.metadata.tables[name])
        made += [f"GRANT {act} ({columns}) ON {schema}.{name} TO {group}" for act in window.may]
    return made


def _desk_rights(group: str, tables: str, office: str) -> list[str]:
    return [
        f"REVOKE TEMPORARY ON DATABASE {office} FROM PUBLIC",
        f"REVOKE CREATE ON SCHEMA {tables} FROM PUBLIC",
        f"GRANT TEMPORARY ON DATABASE {office} TO {group}",
        f"GRANT USAGE ON SCHEMA {tables} TO {group}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {tables} TO {group}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {tables} TO {group}",
        # The log and the ledger only grow; what the database is, its owner alone says.
        f"REVOKE UPDATE, DELETE ON {tables}.events, {tables}.money_moves FROM {group}",
        f"REVOKE INSERT, UPDATE, DELETE ON {tables}.facts, {tables}.alembic_version FROM {group}",
    ]


def _drop(connection: psycopg.Connection[Any], login: str) -> bool:
    """Whether something of it is left: a name without password, groups or connections, because it owns something in
    another database of the server, which only an administrator can clear away."""
    import psycopg

    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone():
        return False
    name = _quote(login)
    _run(connection, f"ALTER ROLE {name} NOLOGIN PASSWORD NULL")
    _run(connection, f"GRANT {name} TO CURRENT_USER")  # only a member may end its connections
    connection.commit()  # from here on it does not come back
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (login,))
    _run(connection, f"DROP OWNED BY {name}")
    groups = connection.execute(
        "SELECT quote_ident(g.rolname) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "JOIN pg_roles me ON me.oid = m.member WHERE me.rolname = %s",
        (login,),
    ).fetchall()
    for (group,) in groups:
        _run(connection, f"REVOKE {group} FROM {name}")
    _run(connection, f"REVOKE {name} FROM CURRENT_USER")
    try:
        with connection.transaction():
            _run(connection, f"DROP ROLE {name}")
    except psycopg.errors.DependentObjectsStillExist:
        return True
    return False


def _need_power(connection: psycopg.Connection[Any]) -> None:
    """Raises: NoRolePowerError."""
    me, database, may_make, owns_base, owns_tables = connection.execute(
        "SELECT current_user, current_database(), r.rolsuper OR r.rolcreaterole,"
        " has_database_privilege(current_database(), 'CREATE'), pg_has_role(c.relowner, 'USAGE')"
        " FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = 'events'::regclass"
    ).fetchone() or ("", "", False, False, False)
    needed = [] if may_make else [f"ALTER ROLE {_quote(me)} CREATEROLE;"]
    needed += [] if owns_base else [f"GRANT CREATE ON DATABASE {_quote(database)} TO {_quote(me)};"]
    if not owns_tables:
        owner = _value(connection, "SELECT relowner::regrole::text FROM pg_class WHERE oid = 'events'::regclass")
        needed.append(f"GRANT {owner} TO {_quote(me)};")
    if needed:
        raise NoRolePowerError(login=me, sql=" ".join(needed))


def _lock(connection: psycopg.Connection[Any]) -> None:
    from kiosk.storage.schema import OFFICE_LOCK

    connection.execute("SELECT pg_advisory_xact_lock(%s)", (OFFICE_LOCK,))


class _Connected:
    """One transaction on a connection of its own; database errors are told as the store's, without the statement."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> psycopg.Connection[Any]:
        import psycopg

        from kiosk.storage.postgres import plain_url

        try:
            self._connection = psycopg.connect(plain_url(self._url), connect_timeout=5, application_name="motcua")
        except psycopg.Error as error:
            self._tell(error)
            raise
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, at: object) -> None:
        import psycopg

        try:
            if error is None:
                self._connection.commit()
        except psycopg.Error as late:
            self._tell(late)
            raise
        finally:
            self._connection.close()
        if isinstance(error, psycopg.Error):
            self._tell(error)

    @staticmethod
    def _tell(error: Exception) -> None:
        from kiosk.storage.faults import from_postgres

        if (told := from_postgres(error)) is not None:
            raise told from None


def _run(connection: psycopg.Connection[Any], statement: str) -> None:
    connection.execute(statement.encode())


def _value(connection: psycopg.Connection[Any], query: str) -> str:
    return str((connection.execute(query.encode()).fetchone() or ("",))[0])


def _digest(office: str) -> str:
    return hashlib.sha256("\n".join(_statements(office, "")).encode()).hexdigest()


def _office(database: str) -> str:
    """The database's name as a part of a role's name that holds neither "_" nor ":"."""
    if re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_OFFICE}}}", database):
        return database
    plain = re.sub(r"[^a-z0-9]+", "-", database.lower()).strip("-")[: LONGEST_OFFICE - 7]
    return f"{plain}-{hashlib.sha256(database.encode()).hexdigest()[:6]}"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
