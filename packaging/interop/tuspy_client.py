"""tuspy, run by interop.py in an environment of its own. Arguments: address, file, SHA-256, where it remembers."""

from __future__ import annotations

import sys

from tusclient.client import TusClient
from tusclient.storage.filestorage import FileStorage

address, path, sha256, remembered = sys.argv[1:]
uploader = TusClient(address).uploader(
    path,
    chunk_size=512 * 1024,
    metadata={"filename": "interop.bin", "filetype": "application/pdf", "sha256": sha256},
    retries=60,
    retry_delay=1,
    store_url=True,
    url_storage=FileStorage(remembered),
)
uploader.upload()
