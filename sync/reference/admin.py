"""The admin's own addresses, only for this computer: what arrived, decisions, online dossiers, the fault switch."""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sync.reference.faults import Faults, UnknownFaultError
from sync.reference.files import Files, WrongContentError
from sync.reference.journal import Journal
from sync.reference.officers import result_facts
from sync.reference.portal import paper_entries, sample
from sync.reference.requests import MalformedRequestError, check_path, now_text, object_of, text_of
from sync.reference.rules_g2 import AGENCY
from sync.reference.store import News, ProvinceStore, Result, UnknownDossierError

STATUSES = {str(n) for n in range(1, 11)}

Act = Callable[[Request], Awaitable[Response]]


class Admin:
    """Errors are {"error": …} with a status of 4xx."""

    def __init__(self, store: ProvinceStore, files: Files, faults: Faults, journal: Journal) -> None:
        self._store, self._files = store, files
        self._faults, self._journal = faults, journal

    def routes(self) -> list[Route]:
        return [
            Route("/_admin/report", _only_here(self._report), methods=["GET"]),
            Route("/_admin/dossiers/{code}", _only_here(self._show), methods=["GET"]),
            Route("/_admin/journal", _only_here(self._told), methods=["GET"]),
            Route("/_admin/decide", _only_here(self._decide), methods=["POST"]),
            Route("/_admin/online", _only_here(self._hand_in), methods=["POST"]),
            Route("/_admin/files/{sha256}", _only_here(self._keep), methods=["PUT"]),
            Route("/_faults", _only_here(self._switches), methods=["GET"]),
            Route("/_faults", _only_here(self._switch), methods=["POST"]),
        ]

    async def _report(self, _request: Request) -> Response:
        report = await run_in_threadpool(self._store.report)
        again = {"inserted again": n} if (n := report.pop("inserted_again")) else {}
        return JSONResponse({**report, "requests": {**self._journal.counts(), **again}})

    async def _show(self, request: Request) -> Response:
        found = await run_in_threadpool(self._store.find, request.path_params["code"])
        return JSONResponse(found) if found else _no("unknown code", 404)

    async def _told(self, _request: Request) -> Response:
        return JSONResponse({"last": [asdict(e) for e in self._journal.last()], "faults": self._journal.faults()})

    async def _decide(self, request: Request) -> Response:
        """{"code", "status", "note", "official", "result", "result_name"}: the province takes a decision of its own.

        result: SHA-256 of a file that is here (sent to /TepTin before), "" for none.
        """
        asked = await object_of(request)
        words = {n: text_of(asked.get(n)) for n in ("code", "status", "note", "official", "result", "result_name")}
        if words["status"] not in STATUSES:
            return _no("code and status 1..10 are needed", 400)
        result = None
        if words["result"]:
            kept = await run_in_threadpool(self._files.find, words["result"])
            if kept is None:
                return _no("unknown result", 404)
            result = Result(kept.sha256, result_facts(words["code"], words["result_name"], kept.size))
        news = News(words["status"], now_text(), words["note"], words["official"], result)
        try:
            await run_in_threadpool(self._store.decide, words["code"], news)
        except UnknownDossierError:
            return _no("unknown code", 404)
        return JSONResponse({"ok": True})

    async def _hand_in(self, request: Request) -> Response:
        """{"office", "dossier": {members instead of the sample's}, "by_url"}: a citizen hands in at the portal.

        by_url: the paper is kept here and fetched, instead of coming as base64.
        """
        asked = await object_of(request)
        office, wanted = text_of(asked.get("office")), asked.get("dossier") or {}
        if not AGENCY.fullmatch(office) or not isinstance(wanted, dict) or not text_of(wanted.get("MaHoSo", "-")):
            return _no("office (an agency code) is needed, dossier is an object", 400)
        at = now_text()
        number = await run_in_threadpool(self._store.next_number, f"online {at[:8]}")
        dossier = {**sample(office, f"G22.99-{at[:8]}-{number:07d}", at), **wanted}
        if asked.get("by_url") is True:
            dossier["TaiLieuNop"] = [await run_in_threadpool(self._kept, p) for p in paper_entries(dossier)]
        await run_in_threadpool(self._store.hand_in, office, dossier, at)
        return JSONResponse(dossier)

    def _kept(self, paper: dict[str, Any]) -> dict[str, Any]:
        """The same paper with the hash of a file that is here in place of its bytes."""
        content = base64.b64decode(paper.pop("Base64"))
        sha256 = self._files.keep(content, "", text_of(paper.get("TenTepDinhKem")), "application/pdf")
        return {**paper, "MaBam": sha256, "KichThuoc": str(len(content))}

    async def _keep(self, request: Request) -> Response:
        """A result's file, for `decide`."""
        content = await request.body()
        try:
            sha256 = await run_in_threadpool(
                self._files.keep, content, request.path_params["sha256"], "result", "application/pdf"
            )
        except WrongContentError:
            return _no("the bytes do not have this hash", 400)
        return JSONResponse({"sha256": sha256})

    async def _switches(self, _request: Request) -> Response:
        return JSONResponse(asdict(self._faults.now))

    async def _switch(self, request: Request) -> Response:
        asked = await object_of(request)
        try:
            return JSONResponse(asdict(self._faults.switch(asked)))
        except UnknownFaultError as unknown:
            return _no(f"no such switch: {unknown}", 400)


def _only_here(act: Act) -> Act:
    """Whoever else could reach this port must not turn the switches."""

    async def endpoint(request: Request) -> Response:
        if request.client is None or not _is_loopback(request.client.host):
            return _no("only from this computer", 403)
        try:
            check_path(request)
            return await act(request)
        except MalformedRequestError:
            return _no("a JSON object is needed", 400)

    return endpoint


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _no(error: str, status: int) -> Response:
    body: dict[str, Any] = {"error": error}
    return JSONResponse(body, status)
