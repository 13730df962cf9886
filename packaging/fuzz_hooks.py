"""Hooks of schemathesis for `make fuzz`: bodies of tus and of files, and real uploads for the cases that need one.

Runs in the fuzzer's own environment, not in the project's: only schemathesis and the standard library are there.
"""

from __future__ import annotations

import os
import urllib.request
from typing import Any

import schemathesis

BASE = os.environ["FUZZ_URL"]
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "64"}


@schemathesis.serializer("application/offset+octet-stream", "application/octet-stream")
def as_bytes(ctx: Any, value: Any) -> Any:  # noqa: ARG001 -- the form that is asked for
    """Bytes as they are; a text in their place is one that a careless client would send."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:  # noqa: ARG001 -- as above
    """Every other case of an upload goes to one that is there."""
    parameters = dict(path_parameters or {})
    name = parameters.get("upload")
    if isinstance(name, str) and len(name) % 2:
        parameters["upload"] = _new_upload()
    return parameters


def _new_upload() -> str:
    headers = {**TUS, "Authorization": f"Bearer {os.environ['FUZZ_TOKEN']}"}
    request = urllib.request.Request(f"{BASE}/tus", b"", headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(answer.headers["Location"]).rpartition("/")[2]
