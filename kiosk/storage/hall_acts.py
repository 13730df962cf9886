"""What a public station may do to the office's tables, in the database's own words: functions that check, then act.

They run with the rights of the tables' owner, whoever calls them; so each names every table with its schema, looks
names up in pg_catalog only, and trusts nothing but `session_user`, which no station can change. What a station sends
is checked against the tables; its name, the officer and the hash of the log are the database's to say.
"""

from __future__ import annotations

from kiosk.clock import OFFICE_ZONE
from kiosk.domain.order import IN_TURN
from kiosk.domain.progress import ENDED, STEP_OF
from kiosk.domain.rating import Reason, Score
from kiosk.domain.station import OFFICE_SERIES
from kiosk.domain.ticket import OUTCOMES, PrintState, TicketAct, TicketState
from kiosk.services.admission import ISSUED
from kiosk.services.queueing import MAX_DOSSIERS
from kiosk.services.waiting import ESTIMATED
from kiosk.storage.hall import HALL, SAFE, column_list
from kiosk.storage.models import TicketRow, table_of

VOTE_S = 3600  # after the end of service, whatever the clocks; `services.rating` asks for two minutes
LOOK_UP_S = 0.25  # between two look-ups of one station: whoever tries codes is slow
REFUSED = "USING ERRCODE = 'insufficient_privilege'"
# What str.split() splits at.
SPACES = r"[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"


def _list(values: object) -> str:
    assert hasattr(values, "__iter__")
    return ", ".join(f"'{value}'" for value in sorted(map(str, values)))


STEPS = " ".join(f"WHEN '{state}' THEN {step}" for state, step in STEP_OF.items())

WHO = f"""
CREATE FUNCTION {HALL}.station() RETURNS text LANGUAGE sql STABLE {SAFE} AS $$
    SELECT CASE WHEN starts_with(session_user::text, '@prefix') THEN substr(session_user::text, @length) END $$;
CREATE FUNCTION {HALL}.is_in() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT EXISTS (SELECT 1 FROM @tables.stations WHERE name = {HALL}.station() AND revoked_at IS NULL) $$;
-- Whether a station's numbers are the caller's to tell of: its own, those of its former names on this computer, and
-- those of a station that was shut out, whose store may have moved here.
CREATE FUNCTION {HALL}.is_kin(other text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT EXISTS (SELECT 1 FROM @tables.stations o, @tables.stations me WHERE o.name = other
        AND me.name = {HALL}.station() AND me.revoked_at IS NULL
        AND (o.name = me.name OR o.revoked_at IS NOT NULL OR o.machine <> '' AND o.machine = me.machine)) $$;
CREATE FUNCTION {HALL}.may_number(epoch bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT may_number.epoch > {OFFICE_SERIES.epoch} AND NOT EXISTS (SELECT 1 FROM @tables.series_grants g
        WHERE g.epoch = may_number.epoch AND NOT {HALL}.is_kin(g.station)) $$;
CREATE FUNCTION {HALL}.gave(ticket_key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER {SAFE} AS $$
    SELECT EXISTS (SELECT 1 FROM @tables.events e WHERE e.subject = ticket_key AND e.kind = '{ISSUED}'
        AND {HALL}.is_kin(e.station)) $$;
CREATE FUNCTION {HALL}.refuse(what text) RETURNS void LANGUAGE plpgsql {SAFE} AS $$
BEGIN RAISE EXCEPTION 'a public station may not: %', what {REFUSED}; END $$;
"""

LOOK_UP = f"""
CREATE FUNCTION {HALL}.masked_name(full_name text) RETURNS text LANGUAGE sql IMMUTABLE {SAFE} AS $$
    SELECT coalesce(string_agg(left(part, 1) || repeat('*', length(part) - 1), ' ' ORDER BY place), '')
    FROM regexp_split_to_table(full_name, '{SPACES}') WITH ORDINALITY AS parts (part, place) WHERE part <> '' $$;
CREATE FUNCTION {HALL}.look_up(asked text) RETURNS TABLE (code text, procedure text, owner text, step integer,
    due_at timestamptz, needs_supplement boolean, field_name text, printed_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    number bigint;
BEGIN
    IF NOT {HALL}.is_in() THEN
        PERFORM {HALL}.refuse('look up');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('motcua look-up ' || session_user, 0));
    PERFORM pg_sleep({LOOK_UP_S});
    SELECT d.id INTO number FROM @tables.dossiers d WHERE d.key = asked;
    IF number IS NULL THEN
        SELECT max(c.dossier_id) INTO number FROM @tables.dossier_codes c WHERE c.code = asked;
    END IF;
    RETURN QUERY SELECT coalesce(nullif(d.code, ''), d.key), d.procedure_name,
        {HALL}.masked_name(d.owner ->> 'full_name'),
        CASE WHEN d.state IN ({_list(ENDED)}) THEN 0 ELSE CASE d.state {STEPS} END END,
        d.due_at, d.state = 'waiting_supplement', d.field_name,
        CASE WHEN d.original_due_at IS DISTINCT FROM d.due_at THEN d.original_due_at END
        FROM @tables.dossiers d WHERE d.id = number AND d.state <> 'draft';
EXCEPTION
    WHEN insufficient_privilege THEN RAISE;
    -- An error's own words may quote the row: none leaves this function.
    WHEN OTHERS THEN RAISE EXCEPTION 'look-up failed' USING ERRCODE = 'internal_error';
END $$;
"""

# As `domain.event.chain_hash`: the JSON that Python would write, keys in order of their letters.
CANONICAL = rf"""
CREATE FUNCTION {HALL}.canonical(value json) RETURNS text LANGUAGE plpgsql IMMUTABLE {SAFE} AS $$
DECLARE
    kind text := json_typeof(value);
    plain text := value::text;
BEGIN
    IF kind = 'object' THEN
        IF (SELECT count(*) <> count(DISTINCT o.key) FROM json_each(value) o) THEN
            PERFORM {HALL}.refuse('name a thing twice');
        END IF;
        RETURN '{{' || coalesce((SELECT string_agg(to_json(o.key)::text || ':' || {HALL}.canonical(o.value), ','
            ORDER BY o.key COLLATE "C") FROM json_each(value) o), '') || '}}';
    ELSIF kind = 'array' THEN
        RETURN '[' || coalesce((SELECT string_agg({HALL}.canonical(a.value), ',' ORDER BY a.ordinality)
            FROM json_array_elements(value) WITH ORDINALITY a), '') || ']';
    ELSIF kind = 'string' THEN
        RETURN to_json(value #>> '{{}}')::text;
    ELSIF kind = 'number' AND plain !~ '^(0|-?[1-9][0-9]{{0,14}}|-?(0|[1-9][0-9]{{0,8}})\.(0|[0-9]{{0,3}}[1-9]))$' THEN
        PERFORM {HALL}.refuse('write a number so');
    END IF;
    RETURN plain;
END $$;
CREATE FUNCTION {HALL}.chain_hash(before text, at timestamptz, command text, counter text, said text, kind text,
    station text, subject text) RETURNS text LANGUAGE sql STABLE {SAFE} AS $$
    SELECT encode(sha256(convert_to(before || E'\n{{"at":"'
        || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00","command":'
        || coalesce(to_json(command)::text, 'null') || ',"counter":' || coalesce(to_json(counter)::text, 'null')
        || ',"data":' || said || ',"kind":' || to_json(kind)::text || ',"officer":"","station":'
        || to_json(station)::text || ',"subject":' || to_json(subject)::text || '}}', 'UTF8')), 'hex') $$;
"""

ADD_EVENT = f"""
CREATE FUNCTION {HALL}.add_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    head record;
    ticket @tables.tickets%ROWTYPE;
    said text;
BEGIN
    IF NOT {HALL}.is_in() OR NOT coalesce(NEW.kind = ANY (TG_ARGV), false) THEN
        PERFORM {HALL}.refuse('add such an event');
    END IF;
    SELECT h.seq, h.hash INTO STRICT head FROM @tables.chain_head h WHERE h.id = 1 FOR UPDATE;
    NEW.station := {HALL}.station();
    NEW.officer := '';
    NEW.counter := NULL;
    NEW.at := least(NEW.at, clock_timestamp());  -- the log follows the server's clock
    IF NEW.kind LIKE 'ticket.%' OR NEW.kind LIKE 'rating.%' THEN
        SELECT t.* INTO ticket FROM @tables.tickets t WHERE t.key = NEW.subject;
        IF NOT FOUND THEN
            PERFORM {HALL}.refuse('speak of an unknown number');
        END IF;
    ELSE
        NEW.subject := NEW.station;
    END IF;
    IF NEW.kind LIKE 'rating.%' AND ticket.counter IS DISTINCT FROM
        (SELECT nullif(s.counter, '') FROM @tables.stations s WHERE s.name = NEW.station) THEN
        PERFORM {HALL}.refuse('rate another counter');
    END IF;
    IF NEW.kind LIKE 'ticket.%' THEN
        PERFORM {HALL}.check_number(NEW.kind, NEW.data, ticket);
    ELSIF NEW.kind = 'rating.given' THEN
        IF ticket.state <> 'finished' OR abs(extract(epoch FROM now() - ticket.ended_at)) > {VOTE_S}
            OR NOT coalesce(NEW.data ->> 'score' IN ({_list(Score)}), false) THEN
            PERFORM {HALL}.refuse('rate so');
        END IF;
        NEW.counter := ticket.counter;
        NEW.command := 'rating/' || ticket.key;
        NEW.data := json_build_object('score', NEW.data ->> 'score', 'group', ticket."group",
            'counter', coalesce(ticket.counter, ''), 'officer', coalesce(ticket.officer, ''));
    ELSIF NEW.kind = 'rating.explained' THEN
        IF NOT EXISTS (SELECT 1 FROM @tables.events e WHERE e.command = 'rating/' || ticket.key)
            OR EXISTS (SELECT 1 FROM json_array_elements_text(NEW.data -> 'reasons') r
                       WHERE r NOT IN ({_list(Reason)})) THEN
            PERFORM {HALL}.refuse('explain so');
        END IF;
        NEW.counter := ticket.counter;
        NEW.command := 'rating-reasons/' || ticket.key;
        NEW.data := json_build_object('reasons', NEW.data -> 'reasons');
    END IF;
    said := {HALL}.canonical(NEW.data);
    -- A vote's key taken by another event would shut the vote out.
    IF length(said) > 4000 OR length(NEW.command) > 200
        OR NEW.command LIKE 'rating%' AND NEW.kind NOT LIKE 'rating.%' THEN
        PERFORM {HALL}.refuse('say so much');
    END IF;
    NEW.seq := head.seq + 1;
    NEW.prev_hash := head.hash;
    NEW.hash := {HALL}.chain_hash(
        head.hash, NEW.at, NEW.command, NEW.counter, said, NEW.kind, NEW.station, NEW.subject);
    NEW.data := said::json;
    INSERT INTO @tables.events (seq, kind, subject, at, officer, station, counter, data, command, prev_hash, hash)
        VALUES (NEW.seq, NEW.kind, NEW.subject, NEW.at, NEW.officer, NEW.station, NEW.counter, NEW.data, NEW.command,
                NEW.prev_hash, NEW.hash);
    UPDATE @tables.chain_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1;
    RETURN NEW;
END $$;
-- What a station says of a number must be what the table says, in a form that every reader of the log understands.
CREATE FUNCTION {HALL}.check_number(kind text, data json, ticket @tables.tickets) RETURNS void
    LANGUAGE plpgsql STABLE {SAFE} AS $$
DECLARE
    plain text[] := ARRAY['minutes', 'low', 'high', 'plain'];
BEGIN
    IF kind = '{ISSUED}' THEN
        IF EXISTS (SELECT 1 FROM @tables.events e WHERE e.subject = ticket.key)
            OR NOT {HALL}.may_number(ticket.epoch) OR coalesce(data ->> 'group', '') <> ticket."group" THEN
            PERFORM {HALL}.refuse('issue so');
        END IF;
    ELSIF NOT {HALL}.gave(ticket.key) THEN
        PERFORM {HALL}.refuse('speak of a number of another');
    END IF;
    IF data ->> 'label' IS DISTINCT FROM ticket.label
        OR coalesce(data ->> 'group', ticket."group") <> ticket."group"
        OR coalesce(data ->> 'priority', ticket.priority) <> ticket.priority THEN
        PERFORM {HALL}.refuse('speak so of this number');
    END IF;
    IF kind = '{ESTIMATED}' AND (
        (SELECT count(*) FROM unnest(plain) name WHERE json_typeof(data -> name) = 'number') < 4
        OR coalesce(data ->> 'priority', '?') <> ticket.priority
        OR coalesce(data ->> 'told', '') !~ '^\\[[0-9]{{1,5}}, ?[0-9]{{1,5}}\\]$') THEN
        PERFORM {HALL}.refuse('estimate so');
    END IF;
END $$;
CREATE FUNCTION {HALL}.move_head() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
BEGIN RETURN NEW; END $$;  -- the head moves with the event itself
"""

ACTS = f"""
CREATE FUNCTION {HALL}.add_ticket() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
BEGIN
    IF NOT {HALL}.is_in() OR NOT coalesce(
        NEW.label = NEW.series || lpad(NEW.n::text, greatest(length(NEW.n::text), 3), '0')
        -- A number of a later day would take the whole office to that day.
        AND NEW.serve_day = NEW.business_day AND NEW.business_day <= greatest(
            (clock_timestamp() AT TIME ZONE '{OFFICE_ZONE}')::date,
            (SELECT max(t.business_day) FROM @tables.tickets t WHERE t.state <> '{TicketState.VOIDED}'))
        AND NEW.state = '{TicketState.WAITING}' AND NEW.calls = 0 AND NEW.rank = {IN_TURN}
        AND NEW.dossiers BETWEEN 1 AND {MAX_DOSSIERS} AND NEW.returns = 0
        AND NEW.effective_at BETWEEN NEW.issued_at - interval '1 day' AND NEW.issued_at + interval '1 day'
        AND NEW.print_state IN ({_list(PrintState)}) AND length(NEW.priority_reason) <= 1000, false)
        OR coalesce(NEW.counter, NEW.officer, NEW.for_counter, NEW.first_called_at::text, NEW.last_called_at::text,
                    NEW.serving_at::text, NEW.ended_at::text) IS NOT NULL THEN
        PERFORM {HALL}.refuse('give such a number');
    END IF;
    IF NOT {HALL}.may_number(NEW.epoch) THEN
        -- Told as a place that is taken, which it is: `services.reporting` then finds another for the number.
        RAISE EXCEPTION 'this epoch is another''s' USING ERRCODE = 'unique_violation',
            CONSTRAINT = 'uq_tickets_business_day_series_epoch_n';
    END IF;
    INSERT INTO @tables.tickets (@ticket_columns) VALUES (@ticket_values);
    RETURN NEW;
END $$;
CREATE FUNCTION {HALL}.keep_ticket() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
DECLARE
    asked record := NEW;
BEGIN
    NEW.print_state := OLD.print_state;
    NEW.version := OLD.version;
    IF OLD.state = '{TicketState.WAITING}' AND NEW.state = '{TicketState.VOIDED}' THEN
        NEW.state := OLD.state;
        NEW.outcome := OLD.outcome;
        NEW.ended_at := OLD.ended_at;
    END IF;
    IF NOT {HALL}.gave(OLD.key) OR NEW IS DISTINCT FROM OLD
        OR NOT coalesce(asked.print_state IN ({_list(PrintState)}), false)
        OR asked.state <> OLD.state AND NOT coalesce(asked.outcome IN ({_list(OUTCOMES[TicketAct.VOID])}), false) THEN
        PERFORM {HALL}.refuse('change more of a number than its paper');
    END IF;
    UPDATE @tables.tickets t SET print_state = asked.print_state, state = asked.state, outcome = asked.outcome,
        ended_at = asked.ended_at, version = OLD.version + 1 WHERE t.key = OLD.key AND t.version = OLD.version;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE FUNCTION {HALL}.keep_station() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
BEGIN
    IF NOT {HALL}.is_in() OR OLD.name <> {HALL}.station() OR length(NEW.lease) > 64 OR length(NEW.version) > 60
        OR OLD.is_doubtful AND NOT NEW.is_doubtful
        OR (NEW.name, NEW.kind, NEW.machine, NEW.enrolled_at, NEW.letter, NEW.epoch, NEW.revoked_at, NEW.counter)
           IS DISTINCT FROM
           (OLD.name, OLD.kind, OLD.machine, OLD.enrolled_at, OLD.letter, OLD.epoch, OLD.revoked_at, OLD.counter) THEN
        PERFORM {HALL}.refuse('change more of itself than its heartbeat');
    END IF;
    UPDATE @tables.stations s SET lease = NEW.lease, seen_at = NEW.seen_at, clock_off_s = NEW.clock_off_s,
        version = NEW.version, is_doubtful = NEW.is_doubtful WHERE s.name = OLD.name;
    RETURN NEW;
END $$;
"""


def act_statements(tables: str, prefix: str) -> list[str]:
    """tables: schema of the office's tables, quoted; prefix: of its stations' logins."""
    row = table_of(TicketRow)
    words = {
        "@tables": tables,
        "@prefix": prefix,
        "@length": str(len(prefix) + 1),
        "@ticket_columns": column_list(row),
        "@ticket_values": column_list(row, "NEW."),
    }
    made = [f"CREATE SCHEMA {HALL}"]
    for text in (WHO, LOOK_UP, CANONICAL, ADD_EVENT, ACTS):
        for name, value in words.items():
            text = text.replace(name, value)
        made.append(text)
    # Whoever is not named below may call none of it.
    made.append(f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {HALL} FROM PUBLIC")
    return made
