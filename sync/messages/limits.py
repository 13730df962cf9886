"""How long texts may be on the wire, in characters (docs/exchange.md#messages)."""

from __future__ import annotations

CODE = 50
OFFICER = 50
SUMMARY = 1000
RESULT_NAME = 2000
FILE_NAME = 4000
