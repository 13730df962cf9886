"""The stand-in put together: its store, its three generations, its files, its admin."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sync.reference import tus
from sync.reference.admin import Admin
from sync.reference.catalogue import Catalogue
from sync.reference.database import Database
from sync.reference.faults import Faults
from sync.reference.feed import Feed
from sync.reference.files import Files
from sync.reference.g1 import Envelopes
from sync.reference.g2 import RestSteps
from sync.reference.g15 import BareArrays
from sync.reference.gate import Call, Gate
from sync.reference.intake import Intake
from sync.reference.journal import Journal
from sync.reference.logins import Habits, Logins
from sync.reference.openapi import description
from sync.reference.overview import Overview
from sync.reference.page import Pages
from sync.reference.replies import Rest, Worded
from sync.reference.shared import PREFIXES, Shared
from sync.reference.store import ProvinceStore
from sync.reference.uploads import Uploads


class Province:
    """Everything of one stand-in. url: its own address, for the links of files."""

    def __init__(self, folder: Path, url: str, habits: Habits, database: Database, faults: Faults) -> None:
        self.habits, self.faults, self.journal, self.logins = habits, faults, Journal(), Logins(habits)
        self.store, self.overview = ProvinceStore(database), Overview(database)
        self.files = Files(database, folder / "files")
        self.feed = Feed(self.store, faults, url)
        self.catalogue = Catalogue(folder / "catalogue")
        self._url, self._words, self._rest = url, Worded(faults), Rest(faults)
        uploads = Uploads(database, self.files, folder / "files", habits.upload_s)
        uploads.sweep()
        self._tus = tus.Tus(uploads)

    def worded_calls(self) -> list[Call]:
        """Of G1, G1.5 and what all generations share."""
        intake = Intake(self.store, self.faults, allocate=self.habits.allocate)
        return [
            *BareArrays(self.store, intake, self.logins, self._words).calls(),
            *Envelopes(self.store, intake, self.feed, self.catalogue, self.logins, self._words).calls(),
            *Shared(self.files, self.feed, self.catalogue, self.logins, self._words, self._url).calls(),
            *(call for prefix in PREFIXES for call in tus.calls(self._tus, self.logins.may_call, prefix)),
        ]

    def rest_calls(self) -> list[Call]:
        """Of G2."""
        return RestSteps(
            self.store, self.files, self.faults, self.feed, self.catalogue, self.habits, self.logins, self._rest
        ).calls()

    def routes(self) -> list[Route]:
        gate = Gate(self.faults, self.journal, self.logins)
        return [
            *(gate.route(call, self._words) for call in self.worded_calls()),
            *(gate.route(call, self._rest) for call in self.rest_calls()),
            *(route for prefix in PREFIXES for route in tus.options(self._tus, prefix)),
            Route("/openapi.json", self._describe, methods=["GET"]),
            *Pages(self.overview, self.journal, self.faults, self.catalogue).routes(),
            *Admin(self.store, self.files, self.faults, self.journal).routes(),
        ]

    async def _describe(self, _request: Request) -> Response:
        return JSONResponse(description([*self.worded_calls(), *self.rest_calls()], self._url))


def make_app(province: Province) -> Starlette:
    return Starlette(routes=province.routes())
