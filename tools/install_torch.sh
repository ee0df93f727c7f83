#!/usr/bin/env bash
# Install the pinned torch into the virtual environment named as first argument.
# TORCH_INDEX_URL, when set, is the package index for this step alone.
set -euo pipefail
cd "$(dirname "$0")/.."

pip="$1/bin/pip"
pin=$(grep -o -m1 'torch==[0-9.]*' pyproject.toml)

if "$pip" freeze 2>/dev/null | grep -qE "^${pin//./\\.}(\+|$)"; then
    echo "$pin is there already"
    exit 0
fi
if [[ -n ${TORCH_INDEX_URL:-} ]]; then
    exec "$pip" install --index-url "$TORCH_INDEX_URL" "$pin"
fi
# pip prefers a build with a local suffix, so a CPU build is taken wherever one is offered.
offered=$("$pip" index versions torch 2>/dev/null || true)
if [[ $(uname -s) == Linux && $offered != *"${pin#torch==}+cpu"* ]]; then
    cat >&2 <<EOF
NOTE: on Linux the public build of $pin may bring several GB of CUDA packages, of no use without an NVIDIA GPU.
      To avoid that, stop now (Ctrl-C) and name PyTorch's package index of CPU builds, which its own
      installation page shows:  make setup TORCH_INDEX_URL=<address>
EOF
fi
exec "$pip" install "$pin"
