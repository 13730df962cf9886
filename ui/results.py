"""The electronic copy of a result: a PDF from a file or from the folder of results, opened before it is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.domain.dossier import Dossier, StateSecretError
from kiosk.domain.scan import StoredFile
from kiosk.errors import InputError
from ui.app import OpenedOffice


class ResultFileError(InputError):
    """The document of a result is no PDF. details: file."""

    code = "dossier.result_file"


@dataclass(frozen=True)
class ResultCopy:
    """signature: what the file says of one, in words; never verified here."""

    file: StoredFile
    signature: str


def keep_result(office: OpenedOffice, dossier: Dossier, path: Path) -> ResultCopy:
    """Into the vault; its row is written with the act that records the result.

    Raises: StateSecretError, ResultFileError, the InputErrors of `scanner.errors`, DiskFullError, StorageError.
    """
    from scanner.devices.files import check_file
    from scanner.limits import PDF, content_of, kind_of, shown_name
    from scanner.signatures import count_signatures

    if dossier.state_secret:
        raise StateSecretError
    content = content_of(path)
    if kind_of(content, shown_name(path)) != PDF:
        raise ResultFileError(file=shown_name(path))
    check_file(path)
    return ResultCopy(office.vault.put(content, "application/pdf"), signature_words(count_signatures(content)))


def checked_result(content: bytes, name: str) -> str:
    """What a result that came from outside is signed with, in words, once it was opened within the office's bounds.

    Raises: ResultFileError, the InputErrors of `scanner.errors`.
    """
    from scanner.devices.files import check_file
    from scanner.limits import PDF, kind_of
    from scanner.signatures import count_signatures

    if kind_of(content, name) != PDF:
        raise ResultFileError(file=name)
    with TemporaryDirectory(prefix="motcua-") as folder:
        place = Path(folder) / "result.pdf"
        place.write_bytes(content)
        check_file(place)
    return signature_words(count_signatures(content))


def signature_words(count: int) -> str:
    return f"có {count} chữ ký số, chưa kiểm tra" if count else "không có chữ ký số"


def waiting_results(office: OpenedOffice, *codes: str) -> list[Path]:
    """PDFs in the folder of results: those whose name holds one of the codes, newest first, else none: a result must
    not go to another's dossier by a guess."""
    try:
        files = [p for p in office.paths.results.iterdir() if p.suffix.lower() == ".pdf" and p.is_file()]
        mine = [p for p in files if any(code and code in p.name for code in codes)]
        return sorted(mine, key=lambda p: p.stat().st_mtime, reverse=True)
    except OSError:  # not made yet, or a share that is away: the file can be named by hand
        return []


def taken_result(office: OpenedOffice, path: Path) -> None:
    """The copy is in the vault and the act is done: nothing of it stays in the folder of results."""
    if path.resolve().parent == office.paths.results.resolve():
        with suppress(OSError):
            path.unlink()
