#!/usr/bin/env bash
# Cargo calls this in place of rustc for SPL Governance. Optimised as a whole, its dispatcher takes in all
# thirty handlers, and the larger of those what they call: no frame of 4 KiB holds that. So the compiler is
# told by name to leave each function of the crate where it is. Which those are it says itself, before it
# optimises anything.
set -euo pipefail

here=$(realpath "$(dirname "$0")")
args=("$@")
if [[ " $* " == *" --crate-name spl_governance "* ]]; then
  probe=$(mktemp -d)
  trap 'rm -rf "$probe"' EXIT
  plain=()
  for arg in "${args[@]}"; do
    [[ $arg == --emit=* ]] || plain+=("$arg")
  done
  "${plain[@]}" -C no-prepopulate-passes --emit=llvm-ir="$probe/crate.ll"
  sed -n 's/^define .*@\(_RNv[0-9A-Za-z_]*14spl_governance[0-9A-Za-z_]*\)(.*/\1,noinline/p' "$probe/crate.ll" > "$probe/own.csv"
  grep -q process_instruction "$probe/own.csv" || { echo "toolchain: cannot tell the functions of SPL Governance" >&2; exit 1; }
  args+=(-C "llvm-args=-forceattrs-csv-path=$probe/own.csv")
fi
"$here/../rustc.sh" "${args[@]}"
