"""The stand-in's own pages (no script): what arrived, what was answered, what goes back, which faults are on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.reference.catalogue import STATUS_NAMES, Catalogue
from sync.reference.fault_words import WORDS
from sync.reference.faults import Faults, Switches
from sync.reference.html import figures, link, page, size, table, text, when
from sync.reference.journal import Journal
from sync.reference.overview import Overview
from sync.reference.requests import MalformedRequestError, number_of, plain

AT_ONCE = 100
KIND_NAMES = {"TrangThai": "Trạng thái", "KetQua": "Kết quả", "HoSoTrucTuyen": "Hồ sơ trực tuyến"}
# Nothing of the page comes from elsewhere, and no script runs in it whatever somebody sent.
HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "no-store"}


class Pages:
    def __init__(self, overview: Overview, journal: Journal, faults: Faults, catalogue: Catalogue) -> None:
        self._overview, self._journal, self._faults, self._catalogue = overview, journal, faults, catalogue

    def routes(self) -> list[Route]:
        made: dict[str, Callable[[Request], bytes]] = {
            "/": self._dossiers,
            "/trang/ho-so/{row}": self._dossier,
            "/trang/tep": self._files,
            "/trang/tin": self._news,
            "/trang/nhat-ky": self._exchanges,
            "/trang/cong-tac": self._switches,
        }
        return [Route(path, _endpoint(make), methods=["GET"]) for path, make in made.items()]

    def _dossiers(self, request: Request) -> bytes:
        office, before = plain(request.query_params.get("xa", "")), number_of(request.query_params.get("truoc", ""))
        counts, rows = self._overview.counts(), self._overview.dossiers(AT_ONCE, before, office)
        numbers = [
            ("hồ sơ", counts["dossiers"]),
            ("cơ quan gửi", counts["offices"]),
            ("bước xử lý", counts["steps"]),
            ("tệp", counts["files"]),
            ("dung lượng tệp", size(counts["bytes"])),
            ("tệp đang gửi dở", counts["uploads"]),
            ("tin gửi về xã", counts["news"]),
        ]
        heads = ("Đến lúc", "Cơ quan", "Mã hồ sơ", "Mã chính thức", "Chủ hồ sơ", "Trạng thái", "Bước", "Sửa", "Thế hệ")
        listed = table(
            heads,
            [
                (
                    when(r.arrived_at),
                    link(f"/?xa={r.office}", r.office),
                    link(f"/trang/ho-so/{r.id}", r.code),
                    r.official or "–",
                    json.loads(r.body).get("ChuHoSo", ""),
                    status_name(r.status),
                    r.told,
                    r.updates,
                    r.generation,
                )
                for r in rows
            ],
            empty="Chưa có hồ sơ nào đến.",
            kinds="tccc  nn ",
        )
        more = f"/?xa={office}&truoc={rows[-1].id}" if len(rows) == AT_ONCE else ""
        older = f"<p>{link(more, 'Cũ hơn')}</p>" if more else ""
        here = f"<p>Chỉ của {text(office)}. {link('/', 'Xem tất cả')}</p>" if office else ""
        return page("Hồ sơ đã đến", "/", figures(numbers), here, listed, older)

    def _dossier(self, request: Request) -> bytes:
        row = self._overview.dossier(number_of(request.path_params["row"]))
        if row is None:
            raise MalformedRequestError("không có hồ sơ này")
        facts = [
            ("Cơ quan", row.office),
            ("Mã chính thức", row.official or "–"),
            ("Trạng thái", status_name(row.status)),
            ("Đến lúc", when(row.arrived_at)),
            ("Thế hệ giao tiếp", row.generation),
            ("Số lần cập nhật", row.updates),
        ]
        told = table(
            ("Thời điểm", "Trạng thái", "Người xử lý", "Nội dung", "Số lần đến"),
            [_step(s) for s in self._overview.steps(row.id)],
            empty="Chưa có bước nào.",
            kinds="t   n",
        )
        body = json.dumps(json.loads(row.body), ensure_ascii=False, indent=2)
        return page(
            f"Hồ sơ {row.code}",
            "/",
            table(("Mục", "Giá trị"), facts, empty=""),
            "<h2>Các bước xử lý</h2>",
            told,
            "<h2>Tin đã gửi về xã</h2>",
            _news_table(self._overview.news(AT_ONCE, row.code)),
            "<h2>Bản tin nguyên văn</h2>",
            f"<pre>{text(body)}</pre>",
        )

    def _files(self, _request: Request) -> bytes:
        waiting = table(
            ("Lượt gửi", "Đã nhận", "Tổng", "Tên"),
            [(u.id, size(u.received), size(u.length), u.file_id) for u in self._overview.uploads(AT_ONCE)],
            empty="Không có tệp nào đang gửi dở.",
            kinds="cnn ",
        )
        kept = table(
            ("SHA-256", "Cỡ", "Loại", "Tên", "Số lần đến"),
            [
                (link(f"/TepTin/{f.sha256}", f.sha256), size(f.size), f.media_type, f.file_id, f.times)
                for f in self._overview.files(AT_ONCE)
            ],
            empty="Chưa có tệp nào đến.",
            kinds="cn  n",
        )
        return page("Tệp đã đến", "/trang/tep", kept, "<h2>Đang gửi dở</h2>", waiting)

    def _news(self, _request: Request) -> bytes:
        listed = _news_table(self._overview.news(AT_ONCE))
        services = ", ".join(self._catalogue.services())
        return page("Tin gửi về xã", "/trang/tin", listed, "<h2>Danh mục có thể lấy</h2>", f"<p>{text(services)}</p>")

    def _exchanges(self, _request: Request) -> bytes:
        heads = ("Lúc", "Việc", "Cơ quan", "HTTP", "ms", "Lỗi cố ý", "Trả lời")
        listed = table(
            heads,
            [
                (when(e.at), e.operation, e.office, e.status, e.took_ms, e.fault, e.reply)
                for e in self._journal.last()[:AT_ONCE]
            ],
            empty="Chưa có yêu cầu nào từ khi máy chủ chạy.",
            kinds="tccnnc ",
            bad=5,
        )
        counts = sorted(self._journal.counts().items())
        return page("Yêu cầu và trả lời từ khi máy chủ chạy", "/trang/nhat-ky", figures(counts), listed)

    def _switches(self, _request: Request) -> bytes:
        usual, met = asdict(Switches()), self._journal.faults()
        rows = [
            (name, json.dumps(value, ensure_ascii=False), WORDS[name], met.get(name, ""), value != usual[name])
            for name, value in asdict(self._faults.now).items()
        ]
        listed = table(
            ("Công tắc", "Giá trị", "Nghĩa là", "Đã gặp", "Đã đổi"),
            [(*row[:4], "đã đổi" if row[4] else "") for row in rows],
            empty="",
            kinds="cc n ",
            bad=4,
        )
        how = (
            "<p>Đổi khi đang chạy: <code>motcua province faults http500=3</code>, trả về lúc đầu: "
            "<code>motcua province faults --clear</code>.</p>"
        )
        return page("Công tắc lỗi", "/trang/cong-tac", how, listed)


def status_name(code: str) -> str:
    """ "4" -> "4 Đang xử lý"."""
    if code.isascii() and code.isdigit() and 1 <= int(code) <= len(STATUS_NAMES):
        return f"{code} {STATUS_NAMES[int(code) - 1]}"
    return code


def _step(row: Row[Any]) -> tuple[object, ...]:
    body = json.loads(row.body)
    return when(row.at), status_name(row.status), body.get("NguoiXuLy", ""), body.get("NoiDungXuLy", ""), row.times


def _news_table(rows: Any) -> str:
    return table(
        ("Số", "Lúc", "Cơ quan", "Loại", "Mã hồ sơ", "Trạng thái", "Nội dung", "Tệp kết quả"),
        [
            (
                r.seq,
                when(r.at),
                r.office,
                KIND_NAMES.get(r.kind, r.kind),
                r.official or r.code,
                status_name(r.status),
                r.note,
                link(f"/TepTin/{r.file}", f"{r.file[:12]}…") if r.file else "",
            )
            for r in rows
        ],
        empty="Chưa có tin nào.",
        kinds="ntc c   ",
    )


def _endpoint(make: Callable[[Request], bytes]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            content = await run_in_threadpool(make, request)
        except MalformedRequestError as malformed:
            words = page("Không có trang này", "", f"<p>{text(malformed)}</p>")
            return Response(words, 404, HEADERS, media_type="text/html")
        return Response(content, 200, HEADERS, media_type="text/html")

    return endpoint
