# Một Cửa: every command sets up what it needs (Debian 12, Ubuntu 24.04).
.PHONY: setup setup-dev run test check interop lock fuzz

setup:
	@packaging/setup.sh

setup-dev:
	@packaging/setup.sh --dev

run: setup
	@.venv/bin/motcua demo

check: setup-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

test: check
	.venv/bin/python -m pytest

# Uploads against programs of others; skipped where there is no node.
interop: setup
	packaging/interop/run.sh

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build --extra dev pyproject.toml -o requirements-dev.lock

# The stand-in of a province against made-up requests, in an environment of its own (docs/stand-in.md).
fuzz:
	@packaging/fuzz.sh
