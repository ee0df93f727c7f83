#!/usr/bin/env bash
# Print a Python that dudao runs on: the one named as first argument, else the first that is in range.
set -euo pipefail

in_range() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

if [[ -n ${1:-} ]]; then
    if in_range "$1"; then
        echo "$1"
        exit 0
    fi
    echo "PYTHON=$1 is not a Python 3.11, 3.12 or 3.13 that runs here" >&2
    exit 1
fi
for candidate in python3.11 python3.12 python3.13 python3; do
    if in_range "$candidate"; then
        echo "$candidate"
        exit 0
    fi
done
echo "no Python 3.11, 3.12 or 3.13 was found: install one, or name it with make PYTHON=/path/to/python" >&2
exit 1
