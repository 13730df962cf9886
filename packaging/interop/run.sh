#!/usr/bin/env bash
# Our tus client against a server that we did not write (@tus/server), and clients that we did not write (tus-js-client,
# tuspy) against the stand-in; every line is cut at random while files go. Needs node 18+ and npm; asks the registries
# for the pinned packages, and installs them in a folder of its own under the temporary directory, never here.
# Usage: packaging/interop/run.sh   or   make interop
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "interop: bỏ qua, máy này không có node và npm" >&2
  exit 0
fi

work="${TMPDIR:-/tmp}/motcua-interop"
mkdir -p "$work"
npm install --silent --no-audit --no-fund --prefix "$work" \
  @tus/server@2.4.5 @tus/file-store@2.1.1 tus-js-client@4.3.1
cp packaging/interop/*.mjs "$work/"
if [ ! -x "$work/tuspy/bin/python" ]; then
  python3 -m venv "$work/tuspy"
  "$work/tuspy/bin/pip" install -q tuspy==1.1.0 || rm -rf "$work/tuspy"
fi
PYTHONPATH=. .venv/bin/python packaging/interop/interop.py "$work"
