"""What every generation's client promises, against the stand-in's own process speaking that generation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from sync_golden import FULL, PROFILE, STEP
from sync_stand_in import StandIn

from kiosk.province_config import ProvinceConfig
from sync.clients import client_of
from sync.connection import Connection
from sync.messages.canonical import CanonicalDossier, FileRef, ProgressEntry, SentComponent, Status
from sync.messages.wire import wire_time
from sync.outcome import Outcome
from sync.province import ProvinceClient
from sync.settings import connection_of

AGENCY = "H26.107"
_numbers = count(1)


@dataclass
class Office:
    """One office's side of a conversation in one generation."""

    connection: Connection
    client: ProvinceClient
    stand_in: StandIn

    def a_dossier(self) -> CanonicalDossier:
        """New, accepted, with one file that is up; under the code that the province gives, where it gives one."""
        code = self.client.allot(FULL.procedure_code) or f"{AGENCY}-261123-{next(_numbers):05d}"
        part = SentComponent("000.01", "Tờ khai", 1, (self.a_file(code),))
        return replace(FULL, code=code, other_codes=(), status=Status.ACCEPTED, components=(part,), supplements=())

    def a_file(self, code: str) -> FileRef:
        content = f"%PDF {code}".encode()
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.connection.form.allots:
            return FileRef("doc-1", "Tờ khai.pdf", sha256, len(content), f"http://tinh.test/{sha256}")
        receipt = self.client.upload_file("doc-1", content, sha256, "application/pdf")
        assert receipt.sha256 == sha256
        return FileRef("doc-1", "Tờ khai.pdf", sha256, len(content), receipt.url)

    def insert(self, dossier: CanonicalDossier) -> Outcome:
        return self.client.insert([self.connection.form.insertion(dossier, PROFILE)]).outcome

    def update(self, dossier: CanonicalDossier) -> Outcome:
        return self.client.update(self.connection.form.replacements(dossier, PROFILE)).outcome

    def tell(self, *steps: ProgressEntry) -> Outcome:
        return self.client.progress([self.connection.form.progress(step) for step in steps]).outcome


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with StandIn(tmp_path_factory.mktemp("province")) as running:
        yield running


def settings_of(generation: str, url: str, secret: Path) -> ProvinceConfig:
    place = {"g1": "/G1", "g15": "", "g2": "/G2"}[generation]
    return ProvinceConfig.model_validate(
        {
            "generation": generation,
            "url": url + place,
            "username": "xa-mau",
            "secret_file": str(secret),
            "timeout_s": 5,
            "settle_s": 0,
        }
    )


@pytest.fixture(params=["g1", "g15", "g2"])
def office(request: pytest.FixtureRequest, stand_in: StandIn, tmp_path: Path) -> Iterator[Office]:
    stand_in.misbehave()
    (tmp_path / "secret").write_text("mat-khau")
    connection = connection_of(settings_of(request.param, stand_in.url, tmp_path / "secret"), AGENCY)
    client = client_of(connection)
    yield Office(connection, client, stand_in)
    client.close()


def test_a_dossier_is_inserted_once_found_and_brought_up_to_date(office: Office) -> None:
    dossier = office.a_dossier()
    assert office.client.lookup(dossier.code) is None
    assert office.insert(dossier) is Outcome.DONE
    assert office.insert(dossier) is Outcome.EXISTS
    assert office.update(replace(dossier, status=Status.IN_PROGRESS)) is Outcome.DONE
    found = office.client.lookup(dossier.code)
    assert found is not None
    assert (found.code, found.status) == (dossier.code, "4")


def test_what_is_not_there_is_clearly_absent(office: Office) -> None:
    nowhere = replace(office.a_dossier(), code=f"{AGENCY}-20200101-9999999")
    assert office.client.lookup(nowhere.code) is None
    assert office.update(nowhere) is Outcome.ABSENT
    assert office.tell(replace(STEP, code=nowhere.code)) is Outcome.ABSENT


def test_steps_are_told_and_seen_in_one_form(office: Office) -> None:
    dossier = office.a_dossier()
    office.insert(dossier)
    assert office.tell(replace(STEP, code=dossier.code)) is Outcome.DONE
    found = office.client.lookup(dossier.code)
    assert found is not None
    assert found.steps is not None
    assert (wire_time(STEP.at), "4") in found.steps


def test_a_result_arrives_whatever_became_of_the_dossier_meanwhile(office: Office) -> None:
    dossier = office.a_dossier()
    assert FULL.result is not None
    result = replace(FULL.result, file=office.a_file(f"result {dossier.code}"))
    office.insert(dossier)
    assert office.update(replace(dossier, status=Status.RETURNED, result=result)) is Outcome.DONE
    found = office.client.lookup(dossier.code)
    assert found is not None
    assert found.status == "10"


def test_a_reply_lost_after_storing_is_unknown_and_asking_finds_it(office: Office) -> None:
    dossier = office.a_dossier()
    office.stand_in.misbehave(drop_reply_after_commit=1)
    assert office.insert(dossier) is Outcome.UNKNOWN
    assert office.client.lookup(dossier.code) is not None


def test_a_session_that_the_province_forgot_is_renewed_in_passing(office: Office) -> None:
    dossier = office.a_dossier()
    assert office.insert(dossier) is Outcome.DONE
    office.stand_in.misbehave(sign_out=1)
    assert office.update(dossier) is Outcome.DONE


def test_news_is_asked_for_and_its_cursor_kept(office: Office) -> None:
    dossier = office.a_dossier()
    office.insert(dossier)
    start = office.client.changes("")
    office.stand_in.decide(dossier.code, "9")
    news = office.client.changes(start.cursor)
    assert [(c.our_code or c.code, c.status) for c in news.items] == [(dossier.code, "9")]
    assert office.client.changes(news.cursor).items == ()


def test_every_number_that_is_given_is_new(office: Office) -> None:
    if office.connection.form.allots:
        given = {office.client.allot(FULL.procedure_code) for _ in range(5)}
        assert len(given) == 5
    else:
        assert office.client.allot(FULL.procedure_code) == ""
