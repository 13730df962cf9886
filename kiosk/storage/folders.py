"""Folders that the store can trust: local ones, synced to disk."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

from kiosk.errors import DiskFullError, StorageError
from kiosk.storage.errors import DiskTroubleError, NetworkFolderError, ReadOnlyFolderError

# Locks over these are unreliable and WAL's shared memory does not work (durability notes, section 1, row 28).
NETWORK_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "fuse.davfs2"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.google-drive-ocamlfuse", "fuse.onedriver"}
)
MOUNTS = Path("/proc/self/mountinfo")


def refuse_network_folder(folder: Path, mounts: str | None = None) -> None:
    """mounts: text of /proc/self/mountinfo, read here when None. Raises: NetworkFolderError."""
    if str(folder).startswith(("\\\\", "//")) and sys.platform == "win32":
        raise NetworkFolderError(folder=str(folder), kind="UNC")
    if mounts is None:
        mounts = MOUNTS.read_text("utf-8", "replace") if MOUNTS.exists() else ""
    kind = mount_kind(folder.absolute(), mounts)
    if kind in NETWORK_KINDS:
        raise NetworkFolderError(folder=str(folder), kind=kind)


def mount_kind(folder: Path, mounts: str) -> str:
    """File system type of the innermost mount that holds a folder; "" when unknown."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        left, dash, right = line.partition(" - ")
        if not dash:
            continue
        point = Path(left.split(" ")[4].encode().decode("unicode_escape"))
        if len(point.parts) >= best and folder.is_relative_to(point):
            best, kind = len(point.parts), right.split(" ")[0]
    return kind


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in this folder survive a power cut. Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_synced(path: Path, content: bytes, mode: int = 0o600) -> None:
    """A new file, on the disk when this returns. Raises: OSError, FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


# Locked, not allowed, a file where the folder should be, or no place for one.
_NOT_WRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM, errno.EEXIST, errno.ENOTDIR, errno.ENOENT)
_NEARLY_NOTHING = 256 * 1024  # bytes; less than a commit with its log and its shared memory may need


def disk_error(error: OSError) -> StorageError:
    """An operating-system error as whom to call."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return DiskFullError(str(error))
    if error.errno in _NOT_WRITABLE and error.filename:
        place = Path(error.filename)
        is_file = error.errno in (errno.EEXIST, errno.ENOTDIR)
        return ReadOnlyFolderError(str(error), folder=str(place if is_file else place.parent))
    return DiskTroubleError(str(error))


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder has no room left."""
    try:
        return shutil.disk_usage(folder).free < _NEARLY_NOTHING
    except OSError:
        return False
