#!/usr/bin/env bash
# Install Chromium and a Chinese font from the distribution's packages, where that is allowed without asking.
# Never fails: the browser tests themselves say whether a browser was to be had.
set -uo pipefail

if type -P chromium chromium-browser google-chrome >/dev/null && [[ -n $(fc-list :lang=zh 2>/dev/null) ]]; then
    exit 0
fi
if ! type -P apt-get >/dev/null; then
    echo "no apt-get here: install Chromium and a Chinese font yourself to run the browser tests" >&2
    exit 0
fi
as_root=()
if [[ $EUID -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
        echo "no right to install packages: run 'sudo apt-get install chromium fonts-noto-cjk' for the browser tests" >&2
        exit 0
    fi
    as_root=(sudo -n)
fi
echo '[test] Chromium and a Chinese font from the distribution'
install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk)
"${as_root[@]}" "${install[@]}" || {
    "${as_root[@]}" apt-get update && "${as_root[@]}" "${install[@]}"
} || echo "Chromium could not be installed; the browser tests will say so" >&2
exit 0
