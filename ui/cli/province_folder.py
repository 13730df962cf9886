"""`motcua province import/key/trust`: the stand-in's side of a stick."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.clock import office_now
from kiosk.errors import KioskError
from ui.cli.console import frame, show
from ui.cli.sync_folder import ReplaceOption, StickArgument, show_card
from ui.i18n.errors import explain

if TYPE_CHECKING:
    from sync.folder.far_end import TakenIn
    from sync.folder.keys import KnownCards, OwnKeys

KEY = "province.key"


def register(province_app: typer.Typer) -> None:
    province_app.command("import")(take_in)
    province_app.command("key")(key)
    province_app.command("trust")(trust)


def take_in(
    folder: StickArgument,
    url: Annotated[
        str, typer.Option("--url", help="Địa chỉ máy chủ đóng vai tỉnh, cho đường dẫn tệp.")
    ] = "http://127.0.0.1:8766",
    database: Annotated[str, typer.Option("--database", help="postgresql://…; bỏ trống: tệp SQLite riêng.")] = "",
    allocate: Annotated[bool, typer.Option("--allocate", help="Cấp mã hồ sơ chính thức.")] = False,
) -> None:
    """Nhận các gói của xã trên USB, ghi biên nhận có chữ ký và tin mới trở lại USB; nhận lại lần nữa cũng không sao."""
    from sync.folder.errors import NothingToBringError
    from sync.folder.far_end import FarEnd
    from sync.folder.taken import TakenBook
    from sync.reference.by_folder import FolderShelf

    root = _folder()
    done: list[TakenIn] = []
    failed: list[KioskError] = []
    with (
        closing(TakenBook(root)) as book,
        closing(FolderShelf(root, url, database, allocate=allocate)) as shelf,
    ):
        far = FarEnd(_own(root), _offices(root), book, shelf, office_now)
        places = far.bundles(folder)
        if not places:
            raise NothingToBringError(folder=str(folder))
        for place in places:
            try:
                done.append(far.take(place))
            except KioskError as problem:
                failed.append(problem)  # one bad bundle must not keep the other offices' away
    if failed and not done:
        raise failed[0]
    told = [explain(problem, frame.lang) for problem in failed]
    show(
        {"bundles": [_taken(t) for t in done], "problems": [asdict(t) for t in told]},
        "\n".join([*map(_words, done), *(f"{t.message} {t.fix}" for t in told)]),
    )
    if failed:
        raise typer.Exit(failed[0].exit_code)


def key(
    out: Annotated[Path | None, typer.Option("--out", help="Thư mục để ghi tệp khóa công khai.")] = None,
    name: Annotated[str, typer.Option("--name", help="Tên của tỉnh trong tệp khóa.")] = "Tỉnh (máy đóng vai)",
) -> None:
    """Dấu khóa của tỉnh; với --out ghi tệp khóa công khai để đưa cho các xã."""
    from dataclasses import replace

    show_card(replace(_own(_folder()), name=name), out, "tinh")


def trust(
    file: Annotated[Path, typer.Argument(help="Tệp khóa công khai của một xã.")], replace: ReplaceOption = False
) -> None:
    """Tin khóa công khai của một xã, sau khi so dấu khóa qua điện thoại."""
    from sync.folder.errors import BadKeyCardError
    from sync.folder.keys import read_card

    card = read_card(file)
    if not card.code:
        raise BadKeyCardError(file=file.name)
    _offices(_folder()).trust(card, card.code, instead=replace)
    show(
        {"office": card.code, "name": card.name, "fingerprint": card.fingerprint},
        f"Đã tin khóa của {card.name} ({card.code}). Dấu khóa: {card.fingerprint}",
    )


def _folder() -> Path:
    from ui.cli.province import province_folder

    return province_folder()


def _own(root: Path) -> OwnKeys:
    """Made on first use, and kept beside the stand-in's rows."""
    from kiosk.storage.keys import derived, office_key
    from sync.folder.keys import OwnKeys

    return OwnKeys(derived(office_key(root / KEY, database_exists=False), "bundles"), "Tỉnh (máy đóng vai)")


def _offices(root: Path) -> KnownCards:
    from sync.folder.keys import KnownCards

    return KnownCards(root / "office-keys")


def _taken(taken: TakenIn) -> dict[str, Any]:
    return {
        "bundle": taken.bundle,
        "office": taken.office,
        "answer": taken.answer,
        "dossiers": len(taken.receipts),
        "refused": {r.key: r.refused for r in taken.refused},
        "older": [r.key for r in taken.receipts if r.older],
        "news": taken.news,
        "again": taken.again,
    }


def _words(taken: TakenIn) -> str:
    if taken.again:
        return f"{taken.bundle}: đã nhận trước đây; ghi lại biên nhận và {taken.news} tin mới vào {taken.answer}."
    words = f"{taken.bundle}: nhận {len(taken.receipts) - len(taken.refused)} hồ sơ của {taken.office}, "
    words += f"biên nhận và {taken.news} tin ở {taken.answer}."
    return words + (f" Từ chối {len(taken.refused)} hồ sơ." if taken.refused else "")
