"""Several files of a folder replaced together: all of them or none, whatever breaks in between.

They are written into a folder of their own (`stage_files`), which is then renamed (`put_in_place`: that is the moment),
and moved from there. Whoever opens the folder after a crash moves the rest first (`finish_replacing`).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from kiosk.storage.folders import disk_error, sync_folder, write_synced

DRAFT, READY = ".replacing.new", ".replacing"
GONE = ".gone"  # suffix of an empty file that stands for a file to take away


def stage_files(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Names in `root` -> content, None to take the file away. Files are for this user alone.

    Raises: DiskFullError, StorageError; then nothing is left of it.
    """
    draft = root / DRAFT
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        finish_replacing(root)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        for name, content in files.items():
            write_synced(draft / (name if content is not None else name + GONE), content or b"")
        sync_folder(draft)
    except OSError as error:
        drop_staged(root)
        raise disk_error(error) from error


def drop_staged(root: Path) -> None:
    shutil.rmtree(root / DRAFT, ignore_errors=True)


def put_in_place(root: Path) -> None:
    """Needs no room on the disk. Raises: StorageError; then nothing has changed, or `finish_replacing` ends it."""
    try:
        (root / DRAFT).rename(root / READY)
        sync_folder(root)
    except OSError as error:
        raise disk_error(error) from error
    finish_replacing(root)


def finish_replacing(root: Path) -> None:
    """Move what a `put_in_place` that was cut off had ready. Raises: StorageError; it may be called again."""
    ready = root / READY
    if not ready.exists():
        return
    try:
        for one in sorted(ready.iterdir()):
            if one.name.endswith(GONE):
                (root / one.name.removesuffix(GONE)).unlink(missing_ok=True)
                one.unlink()
            else:
                one.replace(root / one.name)
        sync_folder(root)
        ready.rmdir()
    except OSError as error:
        raise disk_error(error) from error
