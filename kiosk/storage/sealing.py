"""How a file's content is sealed: AES-256-GCM under a key of its own, which the office key wraps."""

from __future__ import annotations

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.domain.scan import StoredFile
from kiosk.errors import DamagedFileError

MAGIC = b"MCV1"
NONCE = 12


def seal(content: bytes, media_type: str, vault_key: bytes) -> tuple[StoredFile, bytes]:
    """The row of a new file and the bytes to keep. The random id is bound in, so files cannot be swapped."""
    file_id, own_key = secrets.token_hex(16), secrets.token_bytes(32)
    sha256 = hashlib.sha256(content).hexdigest()
    sealed = MAGIC + _encrypt(own_key, content, file_id)
    return StoredFile(file_id, sha256, len(content), media_type, _encrypt(vault_key, own_key, file_id)), sealed


def unseal(file: StoredFile, sealed: bytes, vault_key: bytes) -> bytes:
    """Raises: DamagedFileError when a bit is not as it was, or the row belongs to another file or office."""
    try:
        own_key = _decrypt(vault_key, file.sealed_key, file.id)
        content = _decrypt(own_key, sealed[len(MAGIC) :], file.id)
    except (InvalidTag, ValueError):
        raise DamagedFileError(file=file.id) from None
    if not sealed.startswith(MAGIC) or hashlib.sha256(content).hexdigest() != file.sha256:
        raise DamagedFileError(file=file.id)
    return content


def _encrypt(key: bytes, plain: bytes, file_id: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, file_id.encode())


def _decrypt(key: bytes, sealed: bytes, file_id: str) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], file_id.encode())
