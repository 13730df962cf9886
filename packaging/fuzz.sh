#!/bin/sh
# Schema fuzzing of the stand-in (docs/stand-in.md): every address gets right and wrong requests made from
# /openapi.json; an answer of 5xx fails. The fuzzer lives in a throw-away environment, never in the project's.
#   packaging/fuzz.sh [examples per address and phase] [postgresql://…]
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
examples=${1:-100}
database=${2:-}
work=$(mktemp -d)
stop() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT INT TERM

"$here/.venv/bin/python" -m venv "$work/venv"
"$work/venv/bin/pip" install -q "schemathesis>=4.32,<5"

cd "$here"
.venv/bin/motcua province serve --data "$work/province" --port 0 ${database:+--database "$database"} >"$work/log" 2>&1 &
server=$!
tries=0
until [ -s "$work/province/port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] || { cat "$work/log"; exit 1; }
    sleep 0.2
done
FUZZ_URL="http://127.0.0.1:$(cat "$work/province/port")"
FUZZ_TOKEN=$("$work/venv/bin/python" - "$FUZZ_URL" <<'PY'
import json, sys, urllib.request

body = json.dumps({"client_id": "fuzz", "client_secret": "fuzz"}).encode()
request = urllib.request.Request(sys.argv[1] + "/G2/token", body, {"Content-Type": "application/json"})
print(json.load(urllib.request.urlopen(request))["access_token"])
PY
)
export FUZZ_URL FUZZ_TOKEN SCHEMATHESIS_HOOKS=fuzz_hooks PYTHONPATH="$here/packaging" PYTHONDONTWRITEBYTECODE=1

cd "$work"
status=0
"$work/venv/bin/st" run "$FUZZ_URL/openapi.json" --checks not_a_server_error --mode all \
    --max-examples "$examples" --seed 1 --suppress-health-check all \
    --header "Tus-Resumable: 1.0.0" --header "Authorization: Bearer $FUZZ_TOKEN" || status=$?
# The server must have outlived it, and must have nothing to say.
kill -0 "$server" || { echo "the stand-in has died"; status=1; }
[ "$(grep -c Traceback "$work/log" || true)" = 0 ] || { cat "$work/log"; status=1; }
exit "$status"
