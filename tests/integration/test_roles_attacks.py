"""Somebody has a kiosk's settings and with them its password: what they try, and that no name comes out of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from roles_samples import OWNER, PARTS, PUBLIC, SECRET, RoledOffice, pair, receive
from samples import NOON, OFFICE, OFFICER

from kiosk.clock import office_now
from kiosk.domain.event import Actor, Event
from kiosk.domain.station import StationKind
from kiosk.errors import KioskError, NewerDatabaseError
from kiosk.services.queueing import issue_ticket
from kiosk.services.stations import revoke
from kiosk.storage import drop_login, grant_roles, make_login, open_public, open_server, station_url
from kiosk.storage.errors import ForeignDatabaseError, NoRightError, OlderDatabaseError, StoreOfflineError
from kiosk.storage.hall import HALL
from kiosk.storage.roles import NoRolePowerError, group_name, login_name, withdraw
from kiosk.storage.schema import HEAD
from ui.app import open_office
from ui.i18n.errors import explain

KIOSK, DISPLAY, RATING = PUBLIC
OFFICE_GROUP = group_name("xa_mau", StationKind.DESK)


@pytest.fixture
def owner(roled: RoledOffice) -> Iterator[psycopg.Connection]:
    with psycopg.connect(roled.url, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("kind", PUBLIC)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT full_name FROM public.people",
        "SELECT * FROM people",
        "SELECT owner FROM public.dossiers",
        "SELECT words FROM public.dossiers",
        "SELECT data FROM public.drafts",
        "SELECT text FROM public.documents",
        "SELECT body FROM public.slips",
        "SELECT payload FROM public.jobs",
        "SELECT data FROM public.events",
        "SELECT count(*) FROM public.people",
        "SELECT 1 FROM public.people WHERE full_name LIKE 'N%'",
        "EXPLAIN SELECT * FROM public.people WHERE full_name = 'x'",
        "COPY public.people TO STDOUT",
        "COPY (SELECT * FROM public.people) TO STDOUT",
        "TABLE public.people",
        "DO $$ BEGIN LOCK TABLE public.people; END $$",
        "DO $$ BEGIN LOCK TABLE chain_head IN ACCESS EXCLUSIVE MODE; END $$",
        "DO $$ BEGIN LOCK TABLE events IN SHARE MODE; END $$",
        "DO $$ BEGIN PERFORM full_name FROM public.people; END $$",
        "SELECT query_to_xml('SELECT * FROM public.people', true, false, '')",
        "SELECT table_to_xml('public.people', true, false, '')",
        "SELECT * FROM ts_stat('SELECT exact FROM public.dossier_words')",
        "SELECT currtid2('public.people', '(0,1)')",
        "SELECT stavalues1 FROM pg_statistic",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT rolpassword FROM pg_authid",
        f"SET ROLE {OWNER}",
        f'SET ROLE "{OFFICE_GROUP}"',
        f"SET SESSION AUTHORIZATION {OWNER}",
        f"SELECT {HALL}.masked_name('x')",
        f"SELECT {HALL}.canonical('[]')",
        f"SELECT {HALL}.gave('x')",
        f"SELECT data FROM {HALL}.kiosk_events",
        f"SELECT officer FROM {HALL}.display_events",
        "CREATE TEMP TABLE people (full_name text)",
        "CREATE TABLE public.mine (a int)",
        "CREATE TABLE mine (a int)",
        "CREATE SCHEMA mine",
        f"CREATE FUNCTION {HALL}.station() RETURNS text LANGUAGE sql AS $$ SELECT 'kiosk-9' $$",
        "CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$",
        "CREATE VIEW public.look AS SELECT 1",
        "CREATE RULE r AS ON SELECT TO tickets DO INSTEAD SELECT 1",
        "ALTER TABLE public.events DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TABLE public.people",
        "DROP VIEW tickets",
        "DROP SCHEMA public CASCADE",
        "TRUNCATE public.events",
        "UPDATE public.events SET kind = 'x'",
        "UPDATE events SET kind = 'x'",
        "DELETE FROM public.events",
        "DELETE FROM events",
        "DELETE FROM tickets",
        "UPDATE public.chain_head SET seq = 0",
        "INSERT INTO public.events (seq) VALUES (1)",
        "GRANT SELECT ON public.people TO PUBLIC",
        f'GRANT "{OFFICE_GROUP}" TO CURRENT_USER',
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "CREATE ROLE other LOGIN",
    ],
)
def test_it_is_refused_and_the_refusal_tells_no_name(roled: RoledOffice, kind: StationKind, statement: str) -> None:
    words = roled.refused(kind, statement)
    assert any(reason in words for reason in ("permission denied", "must ", "not exist", "cannot ")), words
    assert not any(part in words for part in PARTS)


def test_a_display_and_a_rating_screen_cannot_look_up_receipts(roled: RoledOffice) -> None:
    key = receive(roled.store, "draft-other").key
    for kind in (DISPLAY, RATING):
        assert "permission denied" in roled.refused(kind, f"SELECT * FROM {HALL}.look_up('{key}')")
        assert "permission denied" in roled.refused(kind, "INSERT INTO tickets (key) VALUES ('x')")


def test_settings_of_the_caller_change_no_function(roled: RoledOffice, owner: psycopg.Connection) -> None:
    key = receive(roled.store, "draft-settings").key
    plain = roled.asked(KIOSK, f"SELECT * FROM {HALL}.look_up('{key}')")
    with psycopg.connect(roled.stations[KIOSK], autocommit=True) as kiosk:
        for setting in (
            "search_path = public, pg_temp",
            "standard_conforming_strings = off",
            "transform_null_equals = on",
            "client_min_messages = debug5",
            "debug_print_plan = on",
            "row_security = off",
        ):
            kiosk.execute(f"SET {setting}".encode())
        notices: list[str] = []
        kiosk.add_notice_handler(lambda diag: notices.append(f"{diag.message_primary} {diag.message_detail}"))
        assert kiosk.execute(f"SELECT * FROM {HALL}.look_up(%s)", (key,)).fetchall() == plain
        kiosk.execute("SET standard_conforming_strings = off")
        with pytest.raises(psycopg.Error):
            kiosk.execute(add_event("help.asked", data='{"n": 1e5}'))
    assert not any(part in repr((plain, notices)) for part in PARTS)
    assert roled.store.first_broken() is None


def add_event(kind: str, subject: str = "kiosk-1", data: str = "{}", more: str = "") -> bytes:
    return (
        "INSERT INTO events (seq, kind, subject, at, officer, station, data, prev_hash, hash, command) "
        f"VALUES (9, '{kind}', '{subject}', now(), 'lan', 'ban-1', '{data}', 'x', 'y', {more or 'NULL'})"
    ).encode()


def test_an_error_inside_the_look_up_quotes_no_row(roled: RoledOffice, owner: psycopg.Connection) -> None:
    key = receive(roled.store, "draft-broken").key
    owner.execute(
        """UPDATE dossiers SET owner = ('{"full_name": "\\u0000 ' || %s || '"}')::json WHERE key = %s""",
        (SECRET, key),
    )
    words = roled.refused(KIOSK, f"SELECT * FROM {HALL}.look_up('{key}')")
    assert "look-up failed" in words
    assert not any(part in words for part in PARTS)


def test_statistics_activity_and_notifications_tell_no_name(roled: RoledOffice, owner: psycopg.Connection) -> None:
    for number in range(40):
        owner.execute(
            "INSERT INTO people SELECT %s, full_name, id_number || %s, old_id_number, born_on, sex, address, phone,"
            " email, source, saved_at FROM people WHERE key = 'p-1'",
            (f"many-{number}", f"{number}"),
        )
    owner.execute("ANALYZE")
    with psycopg.connect(roled.url, autocommit=True) as busy, psycopg.connect(roled.stations[KIOSK]) as kiosk:
        kiosk.autocommit = True
        kiosk.execute("LISTEN motcua_events")
        sleeper = threading.Thread(target=lambda: busy.execute(f"SELECT pg_sleep(1), '{SECRET}'".encode()))
        sleeper.start()
        told = repr(
            [
                kiosk.execute(f"SELECT * FROM {view}".encode()).fetchall()
                for view in ("pg_stats", "pg_stats_ext", "pg_stat_activity", "pg_prepared_statements", "pg_cursors")
            ]
            + kiosk.execute("SELECT database_to_xml(true, false, '')").fetchall()
        )
        with roled.store.units() as uow:
            uow.events.append(Event("dossier.received", "khoa", office_now(), OFFICER, {"owner": SECRET}))
            uow.commit()
        told += repr(list(kiosk.notifies(timeout=2, stop_after=1)))
        told += repr(kiosk.execute("SELECT * FROM events").fetchall())
        sleeper.join()
    assert "motcua_events" in told
    assert "'public'" not in told
    assert SECRET not in told
    assert not any(part in told for part in PARTS)


def test_no_condition_is_tried_on_a_row_that_the_window_does_not_show(roled: RoledOffice) -> None:
    with roled.store.units() as uow:
        uow.events.append(Event("dossier.noted", "ho-so-kin", office_now(), OFFICER, {"label": SECRET}))
        uow.commit()
    seen: list[str] = []
    with psycopg.connect(roled.stations[KIOSK], autocommit=True) as kiosk:
        kiosk.add_notice_handler(lambda diag: seen.append(str(diag.message_primary)))
        # Fails on every row that it is tried on; the words of the failure would quote the value.
        kiosk.execute("SELECT seq FROM events WHERE kind LIKE 'dossier%' AND subject::int = 1")
        kiosk.execute("SELECT seq FROM events WHERE kind LIKE 'dossier%' AND (data ->> 'label')::int = 1")
    assert seen == []


@pytest.mark.parametrize(
    ("kind", "subject", "data"),
    [
        ("dossier.received", "x", "{}"),
        ("ticket.called", "x", "{}"),
        ("rating.given", "x", '{"score": "bad"}'),
        ("station.revoked", "kiosk-1", "{}"),
        ("ticket.issued", "khong-co", '{"label": "A001", "group": "ho-tich"}'),
        ("help.asked", "kiosk-1", '{"a": 1, "a": 2}'),
        ("help.asked", "kiosk-1", '{"a": -0}'),
    ],
)
def test_a_kiosk_adds_no_event_that_is_not_its_own_act(roled: RoledOffice, kind: str, subject: str, data: str) -> None:
    with roled.store.reads() as look:
        before = look.events.last_seq()
    assert "may not" in roled.refused(KIOSK, add_event(kind, subject, data).decode())
    with roled.store.reads() as look:
        assert look.events.last_seq() == before


def test_an_event_is_in_the_kiosks_own_name_and_hashed_by_the_database(roled: RoledOffice) -> None:
    roled.asked(KIOSK, add_event("help.asked", "kiosk-7").decode())
    with roled.store.reads() as look:
        last = look.events.after(look.events.last_seq() - 1)[0]
    assert (last.subject, last.actor) == ("kiosk-1", Actor("", "kiosk-1"))
    assert roled.store.first_broken() is None
    assert "may not" in roled.refused(KIOSK, add_event("help.asked", more="'rating/x'").decode())


def test_a_kiosk_touches_no_number_that_another_gave(roled: RoledOffice) -> None:
    ticket = issue_ticket(
        roled.store.units(), OFFICE, "ho-tich", actor=OFFICER, now=office_now(), touch="cua-ban-1"
    )  # fmt: skip
    for change in ("print_state = 'failed'", "state = 'voided', outcome = 'voided_print'", "rank = 0", "counter = '1'"):
        assert "may not" in roled.refused(KIOSK, f"UPDATE tickets SET {change} WHERE key = '{ticket.key}'")
    said = f'{{"label": "{ticket.label}", "group": "{ticket.group}"}}'
    for kind in ("ticket.voided", "ticket.paper_failed", "ticket.issued"):
        assert "may not" in roled.refused(KIOSK, add_event(kind, ticket.key, said).decode())


@pytest.mark.parametrize(
    "change",
    [
        {"business_day": "current_date + 2", "serve_day": "current_date + 2"},
        {"serve_day": "current_date - 1"},
        {"rank": "0"},
        {"label": "'B999'"},
        {"state": "'called'", "counter": "'1'"},
        {"officer": "'lan'"},
        {"for_counter": "'1'"},
        {"effective_at": "now() - interval '3 days'"},
        {"epoch": "1"},
    ],
)
def test_a_kiosk_gives_no_number_out_of_the_ordinary(roled: RoledOffice, change: dict[str, str]) -> None:
    plain = {
        **{"key": "'tu-che'", "label": "'A777'", "series": "'A'", "n": "777", "epoch": "77"},
        **{"business_day": "current_date", "serve_day": "current_date", '"group"': "'ho-tich'", "priority": "''"},
        **{
            "issued_at": "now()",
            "effective_at": "now()",
            "line_at": "now()",
            "touch": "'tu-che'",
            "state": "'waiting'",
        },
        **{"priority_reason": "''", "calls": "0", "print_state": "'printed'", "version": "0", "rank": "1"},
        **{"dossiers": "1", "returns": "0", "outcome": "''", "appointment": "''"},
    }
    for values, is_refused in ((plain | change, True), (plain, False)):
        statement = f"INSERT INTO tickets ({', '.join(values)}) VALUES ({', '.join(values.values())})"
        with psycopg.connect(roled.stations[KIOSK]) as kiosk:
            if is_refused:
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UniqueViolation)):
                    kiosk.execute(statement.encode())
            else:
                kiosk.execute(statement.encode())
            kiosk.rollback()


def test_a_station_changes_nothing_of_itself_but_its_heartbeat(roled: RoledOffice) -> None:
    pair(roled.store, roled.url, "man-hinh-7", DISPLAY)
    for change in (
        "name = 'kiosk-9'",
        "kind = 'desk'",
        "letter = 'K'",
        "epoch = 99",
        "machine = 'may-khac'",
        "counter = '9'",
    ):
        assert "may not" in roled.refused(DISPLAY, f"UPDATE stations SET {change}")
    assert roled.asked(DISPLAY, "SELECT name FROM stations") == [("display-1",)]
    assert roled.asked(DISPLAY, "UPDATE stations SET version = 'x' WHERE name = 'man-hinh-7' RETURNING name") == []


def test_a_rating_screen_votes_once_on_what_was_just_finished(roled: RoledOffice) -> None:
    old = issue_ticket(roled.store.units(), OFFICE, "ho-tich", actor=OFFICER, now=office_now(), touch="cu")
    vote = (
        "INSERT INTO events (seq, kind, subject, at, officer, station, data, prev_hash, hash) VALUES "
        f"(1, 'rating.given', '{old.key}', now(), '', '', '{{\"score\": \"bad\"}}', '', '')"
    )
    assert "may not" in roled.refused(RATING, vote)
    with psycopg.connect(roled.url) as owner:
        owner.execute(
            "UPDATE tickets SET state = 'finished', counter = '1', ended_at = now() - interval '1 day' WHERE key = %s",
            (old.key,),
        )
    assert "may not" in roled.refused(RATING, vote)


def test_a_rating_screen_votes_on_no_other_counters_service_whatever_it_says_of_itself(roled: RoledOffice) -> None:
    said = "INSERT INTO events (seq, kind, subject, at, officer, station, counter, data, prev_hash, hash) VALUES "
    votes, keys = {}, []
    for counter in ("1", "2"):
        done = issue_ticket(
            roled.store.units(), OFFICE, "ho-tich", actor=OFFICER, now=office_now(), touch=f"q{counter}"
        )
        with psycopg.connect(roled.url) as owner:
            owner.execute(
                "UPDATE tickets SET state = 'finished', counter = %s, ended_at = now() WHERE key = %s",
                (counter, done.key),
            )
        keys.append(done.key)
        votes[counter] = (
            f"{said}(1, 'rating.given', '{done.key}', now(), '', '', '{counter}', '{{\"score\": \"bad\"}}', '', '')"
        )
    assert "rate another counter" in roled.refused(RATING, votes["2"])
    nowhere = pair(roled.store, roled.url, "danh-gia-9", RATING)
    with psycopg.connect(roled.url) as owner:
        owner.execute("UPDATE stations SET counter = '' WHERE name = 'danh-gia-9'")
    with psycopg.connect(nowhere) as screen, pytest.raises(psycopg.errors.InsufficientPrivilege):
        screen.execute(votes["1"])
    roled.asked(RATING, votes["1"])
    with psycopg.connect(roled.url) as owner:
        given = owner.execute(
            "SELECT subject, counter, station FROM events WHERE kind = 'rating.given' AND subject = ANY (%s)", (keys,)
        ).fetchall()
    assert given == [(keys[0], "1", "rating-1")]


def test_who_is_shut_out_sees_and_says_nothing_even_before_the_login_is_gone(roled: RoledOffice) -> None:
    url = pair(roled.store, roled.url, "kiosk-5", KIOSK)
    receipt = receive(roled.store, "draft-shut").key
    issue_ticket(roled.store.units(), OFFICE, "ho-tich", actor=OFFICER, now=office_now(), touch="kin")
    with psycopg.connect(url, autocommit=True) as kiosk:
        assert kiosk.execute("SELECT count(*) FROM tickets").fetchone() != (0,)
        revoke(roled.store.units(), "kiosk-5", actor=OFFICER, now=office_now())
        for window in ("tickets", "events", "procedures", "pauses"):
            assert kiosk.execute(f"SELECT count(*) FROM {window}".encode()).fetchone() == (0,)
        for statement in (add_event("help.asked"), f"SELECT * FROM {HALL}.look_up('{receipt}')".encode()):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                kiosk.execute(statement)
        drop_login(roled.url, "kiosk-5")
        with pytest.raises(psycopg.OperationalError):
            kiosk.execute("SELECT 1")
    with pytest.raises(StoreOfflineError):
        open_public(url)
    drop_login(roled.url, "kiosk-5")  # once more does no harm


def test_who_left_something_in_another_database_is_shut_out_all_the_same(roled: RoledOffice) -> None:
    url = pair(roled.store, roled.url, "kiosk-3", KIOSK)
    with psycopg.connect(url.replace("/xa_mau?", "/postgres?"), autocommit=True) as elsewhere:
        elsewhere.execute("SELECT lo_creat(-1)")
    drop_login(roled.url, "kiosk-3")
    with pytest.raises(StoreOfflineError):
        open_public(url)
    again = station_url(roled.url, "kiosk-3", make_login(roled.url, "kiosk-3", DISPLAY))
    with psycopg.connect(again) as station:
        assert station.execute("SHOW search_path").fetchone() == ("motcua_hall_display",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            station.execute(f"SELECT * FROM {HALL}.look_up('x')")


def test_a_station_that_is_paired_again_has_one_password(roled: RoledOffice) -> None:
    first = pair(roled.store, roled.url, "man-hinh-8", DISPLAY)
    second = pair(roled.store, roled.url, "man-hinh-8", RATING)
    with pytest.raises(StoreOfflineError) as caught:
        open_public(first)
    assert str(psycopg.conninfo.conninfo_to_dict(first)["password"]) not in str(caught.value)
    with psycopg.connect(second, autocommit=True) as station:
        groups = station.execute(
            "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
            "JOIN pg_roles me ON me.oid = m.member WHERE me.rolname = current_user"
        ).fetchall()
    assert groups == [(group_name("xa_mau", RATING),)]


def test_a_password_stands_in_no_message_and_the_server_keeps_a_verifier(
    roled: RoledOffice, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with psycopg.connect(roled.cluster.url("postgres"), autocommit=True) as server:
        server.execute("ALTER SYSTEM SET log_statement = 'all'")
        server.execute("SELECT pg_reload_conf()")
    password = make_login(roled.url, "man-hinh-6", DISPLAY)
    with psycopg.connect(roled.cluster.url("postgres"), autocommit=True) as server:
        server.execute("ALTER SYSTEM RESET log_statement")
        server.execute("SELECT pg_reload_conf()")
        (kept,) = server.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", (login_name("xa_mau", "man-hinh-6"),)
        ).fetchone() or ("",)
        (log,) = server.execute("SELECT pg_read_file('../log')").fetchone() or ("",)
    assert kept.startswith("SCRAM-SHA-256$")
    assert "CREATE ROLE" in log
    assert password not in log
    wrong = station_url(roled.url, "man-hinh-6", password + "x")
    with pytest.raises(StoreOfflineError) as caught:
        open_public(wrong)
    told = f"{caught.value!r} {explain(caught.value)} {caught.value.__cause__!r} {capfd.readouterr()} {caplog.text}"
    assert password not in told


@pytest.mark.parametrize("address", ["[x/y", "h:cong/b", "khong-co-may-nay.invalid/b", "h/b?sslmode=gi"])
@pytest.mark.parametrize("password", ["mat-khau-kin", "mat%2Fkhau-kin", "mat/khau-kin"])
def test_a_wrong_address_is_told_without_its_password(tmp_path: Path, address: str, password: str) -> None:
    database = f"postgresql://a:{password}@{address}"
    (tmp_path / "config.toml").write_text(f'database = "{database}"\n[station]\nkind = "kiosk"\n', encoding="utf-8")
    with pytest.raises(KioskError) as caught:
        open_office(tmp_path)
    assert "khau-kin" not in f"{caught.value} {explain(caught.value)}"


def test_a_login_that_may_not_make_roles_is_told_what_to_run(roled: RoledOffice) -> None:
    with psycopg.connect(roled.cluster.url("postgres"), autocommit=True) as server:
        server.execute(f"ALTER ROLE {OWNER} NOCREATEROLE")
    try:
        with pytest.raises(NoRolePowerError) as caught:
            make_login(roled.url, "kiosk-4", KIOSK)
    finally:
        with psycopg.connect(roled.cluster.url("postgres"), autocommit=True) as server:
            server.execute(f"ALTER ROLE {OWNER} CREATEROLE")
    assert f'ALTER ROLE "{OWNER}" CREATEROLE;' in explain(caught.value).fix
    with pytest.raises(NoRolePowerError) as caught:
        make_login(roled.stations[StationKind.DESK], "kiosk-4", KIOSK)
    assert "GRANT" in str(caught.value.details["sql"])


def test_a_desk_can_add_to_the_log_and_never_change_it(roled: RoledOffice, owner: psycopg.Connection) -> None:
    for statement in ("UPDATE events SET kind = 'x'", "DELETE FROM events", "TRUNCATE events"):
        assert "permission denied" in roled.refused(StationKind.DESK, statement)
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(statement.encode())
    for statement in ("UPDATE facts SET value = 'x'", "DELETE FROM alembic_version", "CREATE TABLE x (a int)"):
        assert "permission denied" in roled.refused(StationKind.DESK, statement)


def test_public_statements_are_cut_off(roled: RoledOffice) -> None:
    for kind in PUBLIC:
        assert roled.asked(kind, "SHOW statement_timeout") == [("10s",)]


def test_older_newer_and_foreign_tables_are_told(roled: RoledOffice, owner: psycopg.Connection) -> None:
    def at(version: str) -> None:
        owner.execute("UPDATE alembic_version SET version_num = %s", (version,))

    try:
        at("0001")
        with pytest.raises(OlderDatabaseError):
            open_public(roled.stations[KIOSK])
        with pytest.raises(OlderDatabaseError):
            open_server(roled.stations[StationKind.DESK], roled.key)
        at("9999")
        with pytest.raises(NewerDatabaseError):
            open_public(roled.stations[KIOSK])
    finally:
        at(HEAD)
    open_public(roled.stations[KIOSK]).close()
    with pytest.raises(ForeignDatabaseError):
        open_public(roled.stations[KIOSK].replace("xa_mau?", "postgres?"))


def test_rights_are_given_again_when_the_program_or_the_tables_change(
    roled: RoledOffice, owner: psycopg.Connection
) -> None:
    owner.execute("UPDATE facts SET value = 'cũ' WHERE name = 'roles'")
    owner.execute(f"DROP SCHEMA {HALL} CASCADE")
    open_server(roled.url, roled.key).close()
    open_public(roled.stations[DISPLAY]).close()
    assert roled.asked(DISPLAY, f"SELECT {HALL}.station()") == [("display-1",)]
    grant_roles(roled.store.engine)
    assert roled.asked(KIOSK, f"SELECT {HALL}.station()") == [("kiosk-1",)]


def test_a_schema_that_holds_somebodys_tables_is_not_dropped(roled: RoledOffice, owner: psycopg.Connection) -> None:
    owner.execute(f"CREATE TABLE {HALL}.kept (a int)")
    try:
        with pytest.raises(ForeignDatabaseError):
            grant_roles(roled.store.engine)
        with pytest.raises(ForeignDatabaseError), roled.store.engine.begin() as connection:
            withdraw(connection)
    finally:
        owner.execute(f"DROP TABLE {HALL}.kept")


def test_what_a_public_station_may_not_do_is_told_in_words(roled: RoledOffice) -> None:
    store = roled.open(KIOSK)
    try:
        with store.units() as uow, pytest.raises(NoRightError):
            uow.events.append(Event("dossier.received", "x", NOON, OFFICER))
    finally:
        store.close()


def test_a_kiosks_data_directory_opens_without_the_office_key(roled: RoledOffice, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        f'database = "{roled.stations[DISPLAY]}"\n[station]\nkind = "display"\nname = "display-1"\n', encoding="utf-8"
    )
    with open_office(tmp_path) as office:
        assert office.store.is_public
        with office.reads() as look:
            assert look.events.last_seq() > 0
    assert not (tmp_path / "office.key").exists()
