#!/usr/bin/env bash
# Prints the compiler arguments that let every instruction but those of `hot-handlers` be compiled for size.
# Usage: cold-handlers.sh RUSTC
#
# Anchor's walk over the accounts is unrolled into each handler, and so is the table of system errors: two fifths of the ELF, for some
# ten compute units an account. Rust's attribute for it is unstable and the `#[program]` macro would not pass it on, so LLVM is
# told by name. A name that does not exist is ignored: the ELF would be larger, which `xtask bench` compares.
set -euo pipefail

root=$(realpath "$(dirname "$0")/..")
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
# A symbol begins with the crate's name and the hash of its identity; a crate of one function with the same identity shows it, and how the allocator is called.
echo '#![no_std] extern crate alloc; #[inline(never)] pub fn probe(n: u64) -> alloc::boxed::Box<u64> { alloc::boxed::Box::new(n) }' > "$probe/lib.rs"
"$1" --crate-name work_token --crate-type lib -C metadata="$CARGO_PKG_NAME-$CARGO_PKG_VERSION" -C symbol-mangling-version=v0 \
  --emit=llvm-ir="$probe/lib.ll" "$probe/lib.rs"
crate=$(sed -n 's/^define .*@_RNv\(Cs[0-9A-Za-z]*_10work_token\)5probe(.*/\1/p' "$probe/lib.ll")
allocator=$(grep -o '_RNvCs[0-9A-Za-z]*_7___rustc12___rust_alloc\b' "$probe/lib.ll" | head -1)
[ -n "$crate" ] && [ -n "$allocator" ] || { echo "toolchain: cannot tell how the compiler names the program's functions" >&2; exit 1; }

sed -n 's/^    pub fn \([a-z_]*\)(ctx: .*/\1/p' "$root/programs/work-token/src/lib.rs" | while read -r name; do
  grep -qx "$name" "$root/toolchain/hot-handlers" && continue
  printf -- '-Cllvm-args=-force-attribute=_RNvNt%s10___handlers%d%s:optsize\n' "$crate" "${#name}" "$name"
done
# Every event would carry a copy of the allocator.
echo "-Cllvm-args=-force-attribute=$allocator:noinline"
