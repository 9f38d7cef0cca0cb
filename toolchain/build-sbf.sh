#!/usr/bin/env bash
# Builds a program's crate into an sBPF v3 ELF with what setup.sh installed.
# Usage: build-sbf.sh CRATE OUTPUT.so [cargo arguments]      CRATE: a directory of the checkout
# Where a file rustc.sh lies in that, Cargo calls it in place of the one here, which it ends by calling.
# Same sources, same lockfile, same compilers (compiler-versions.sh): same bytes, whatever the directory.
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: build-sbf.sh CRATE OUTPUT.so [cargo arguments]" >&2; exit 2; }
root=$(realpath "$(dirname "$0")/..")
crate=$1 output=$(realpath -m "$2"); shift 2
prefix=${SBF_TOOLCHAIN:-$HOME/.cache/sbf-toolchain}
target=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")/sbf

[ -x "$prefix/linker/bin/sbpf-linker" ] || { echo "toolchain: nothing in $prefix; run toolchain/setup.sh first" >&2; exit 1; }

# Whatever a host build left in the environment would change the bytes or start the wrong compiler.
unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_ENCODED_RUSTFLAGS RUSTC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER LD_LIBRARY_PATH \
      "${!CARGO_BUILD_@}" "${!CARGO_PROFILE_@}" "${!CARGO_TARGET_BPFEL_@}" CARGO_INCREMENTAL

# BPF claims neither atomics nor an operating system, and std refuses to build without them. A program is one
# thread, so plain loads and stores are atomic. Of the systems that std knows, "zkvm" is the one without
# files, threads and clock; "csky" lends std an alignment constant that it has for every architecture but BPF.
cfg=(target_os=\"solana\" target_feature=\"static-syscalls\" target_os=\"zkvm\" target_arch=\"csky\"
     target_has_atomic target_has_atomic_load_store)
for width in 8 16 32 64 ptr; do
  cfg+=(target_has_atomic=\"$width\" target_has_atomic_load_store=\"$width\"
        target_has_atomic_primitive_alignment=\"$width\" target_has_atomic_equal_alignment=\"$width\")
done

flags="-C linker=sbpf-linker -Zunstable-options -C panic=immediate-abort -C relocation-model=static -C target-cpu=v4"
flags+=" -C target-feature=+allows-misaligned-mem-access -A explicit_builtin_cfgs_in_flags"
flags+=" -C link-arg=--arch=v3 -C link-arg=--export=__multi3"
# Frames of 4 KiB, and only instructions that sBPF v3 has.
for arg in -bpf-stack-size=4096 --bpf-max-stores-per-memfunc=5 --disable-gotox --disable-ldsx --disable-movsx --disable-bswap; do
  flags+=" -C link-arg=--llvm-args=$arg"
done
for c in "${cfg[@]}"; do flags+=" --cfg=$c"; done

# RUSTC_BOOTSTRAP opens -Z in a stable compiler; the second variable lets it take a target that it knows no
# std for.
cd "$root/$crate"
wrapper=$root/toolchain/rustc.sh
[ ! -e rustc.sh ] || wrapper=$PWD/rustc.sh
name=$(sed -n '/^\[package\]/,/^\[/s/^name = "\(.*\)"/\1/p' Cargo.toml)
built=$target/bpfel-unknown-none/release/lib${name//-/_}.so
PATH="$prefix/linker/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_WRAPPER=$wrapper CARGO_TARGET_DIR=$target \
RUSTC_BOOTSTRAP=1 RUSTC_BOOTSTRAP_SYNTHETIC_TARGET=1 CARGO_TARGET_BPFEL_UNKNOWN_NONE_RUSTFLAGS=$flags \
  /usr/bin/cargo build --release --target bpfel-unknown-none -Z build-std=std,panic_abort -Z build-std-features= "$@"

mkdir -p "$(dirname "$output")"
cp "$built" "$output"
