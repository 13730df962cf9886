#!/usr/bin/env bash
# Makes this checkout runnable: Debian packages, then a virtual environment from the hash-locked list.
# Usage: packaging/setup.sh [--dev]      Debian 12, Ubuntu 24.04; does nothing when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=run lock=requirements.lock
[ "${1:-}" = --dev ] && mode=dev lock=requirements-dev.lock

qt="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4
    libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-util1
    libxcb-xfixes0 libxcb-xkb1 libx11-xcb1 libbrotli1 libpulse0 libwayland-cursor0 libxrandr2"
tools="python3 python3-venv libzbar0 tesseract-ocr tesseract-ocr-vie sane-utils cups-client pulseaudio-utils alsa-utils"
tests="xvfb xauth xdotool postgresql sane-airscan cups cups-ipp-utils poppler-utils"
packages="$qt $tools"
[ "$mode" = dev ] && packages="$packages $tests"

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
  for name in $packages; do
    # On Ubuntu 24.04 some names are provided by a …t64 package; dpkg knows both.
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' && continue
    dpkg-query -W -f='${Status}' "${name}t64" 2>/dev/null | grep -q 'install ok installed' && continue
    printf '%s ' "$name"
  done
}

install_packages() {
  local missing; missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || { say "Máy này không có apt-get. Hãy tự cài: $missing"; exit 1; }
  local as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say "Cần quyền quản trị để cài: $missing. Hãy chạy lại bằng root hoặc cài sudo."; exit 1; }
    as_root=sudo
  fi
  say "Cài gói hệ thống: $missing"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null
}

usable_python() {
  for candidate in "${PYTHON:-}" python3 /usr/bin/python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null &&
      "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
      { command -v "$candidate"; return; }
  done
  say "Cần Python 3.11 trở lên (kèm venv). Đặt biến PYTHON=đường/dẫn/python rồi chạy lại."
  exit 1
}

install_python() {
  local stamp=".venv/.installed-$mode" wanted
  wanted=$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)
  [ -x .venv/bin/motcua ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
  [ -x .venv/bin/python ] || "$(usable_python)" -m venv .venv
  say "Cài thư viện Python vào .venv (theo $lock)"
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  rm -f .venv/.installed-*
  echo "$wanted" > "$stamp"
  [ "$mode" = run ] || echo "$(cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)" > .venv/.installed-run
}

install_packages
install_python
