#!/usr/bin/env bash
# Cargo calls this in place of rustc (RUSTC_WRAPPER). Cargo gives each crate an identity, `-C metadata`, and
# for a path dependency outside the workspace's directory (math, interface, bpf-builtins) it contains the
# absolute path. The identity decides the order of functions and constants, so two checkouts would build
# different ELFs from the same sources. Crates of this repository are therefore identified by name and
# version; all others stay as they are.
set -euo pipefail

root=$(realpath "$(dirname "$0")/..")
args=("$@")
if [[ ${CARGO_MANIFEST_DIR:-} == "$root"/* ]]; then
  for i in "${!args[@]}"; do
    [[ ${args[i]} != metadata=* ]] || args[i]="metadata=$CARGO_PKG_NAME-$CARGO_PKG_VERSION"
  done
fi
exec "${args[@]}"
