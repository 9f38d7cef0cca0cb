#!/usr/bin/env bash
# The one thing that the tests need beyond Rust and a C compiler: solana-program-test compiles its own
# OpenSSL, whose build wants make and the whole of perl. Nothing that users build needs either. Safe to run
# again.
set -euo pipefail

if command -v make >/dev/null && perl -MIPC::Cmd -MFindBin -e 1 2>/dev/null; then exit 0; fi
command -v apt-get >/dev/null || { echo "toolchain: install make and perl, then run this again" >&2; exit 1; }
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
"${as_root[@]}" apt-get update -q >&2
"${as_root[@]}" apt-get install -y -q --no-install-recommends make perl >&2
