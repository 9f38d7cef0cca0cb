#!/usr/bin/env bash
# Makes this machine able to turn the program into an sBPF v3 ELF, from package registries alone:
#   1. Debian's rustc with the matching library source, installed;
#   2. LLVM 23's shared library and what it links to, from Debian unstable, unpacked, never installed;
#   3. sbpf-linker, compiled against that library.
# Run it as often as you like: what is there is kept, and a complete set-up answers at once.
# Needs Debian 12 on x86-64, a rustup toolchain and a C compiler; steps 1 and 2 ask apt, so root or sudo.
set -euo pipefail

prefix=${SBF_TOOLCHAIN:-$HOME/.cache/sbf-toolchain}
linker_version=0.2.6
packages=(rustc-web rust-web-src cargo-web libstdc++-12-dev)

say() { printf 'toolchain: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

[ "$(uname -sm)" = "Linux x86_64" ] || die "only Linux on x86-64 is supported here; elsewhere use cargo build-sbf --arch v3"
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi

mkdir -p "$prefix"
exec 9>"$prefix/.lock"
flock 9

# 1. A rustc whose library source is a package too, so that core, alloc and std can be built for BPF.
if ! dpkg -s "${packages[@]}" >/dev/null 2>&1; then
  command -v apt-get >/dev/null || die "apt-get is missing: this set-up is for Debian 12"
  say "installing ${packages[*]}"
  "${as_root[@]}" apt-get update -q >&2
  "${as_root[@]}" apt-get install -y -q --no-install-recommends "${packages[@]}" >&2
fi

# 2. An apt of its own, with its own empty package status, fetches libllvm23 with its whole closure, libc
# included.
llvm=$prefix/llvm
lib=$llvm/usr/lib/x86_64-linux-gnu
mirror() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' | sed '/security/d' | sed -n 1p; }
if [ ! -e "$llvm/lib/libLLVM-23.so" ]; then
  site=$(mirror)
  if [ -z "$site" ]; then
    "${as_root[@]}" apt-get update -q >&2
    site=$(mirror)
  fi
  [ -n "$site" ] || die "apt knows no Debian mirror to take libllvm23 from"
  say "fetching libllvm23 from Debian unstable"
  own=$prefix/apt
  mkdir -p "$own"/{lists/partial,cache/archives/partial}
  : > "$own/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site sid main" > "$own/sources.list"
  apt=(-o "Dir::State=$own" -o "Dir::State::lists=$own/lists" -o "Dir::State::status=$own/status"
       -o "Dir::Cache=$own/cache" -o "Dir::Etc::SourceList=$own/sources.list" -o Dir::Etc::SourceParts=/dev/null
       -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Debug::NoLocking=1)
  apt-get "${apt[@]}" update -q >&2
  apt-get "${apt[@]}" install -y -q --download-only libllvm23 >&2
  rm -rf "$llvm"
  for deb in "$own"/cache/archives/*.deb; do dpkg -x "$deb" "$llvm"; done
  [ -e "$lib/libLLVM.so.23.1" ] || die "libllvm23 no longer ships libLLVM.so.23.1: this script needs an update"
  mkdir -p "$llvm/lib"
  # The second name is what the test above looks for, so it comes last.
  for name in libLLVM.so libLLVM-23.so; do ln -sf ../usr/lib/x86_64-linux-gnu/libLLVM.so.23.1 "$llvm/lib/$name"; done
fi

# 3. The linker runs on unstable's libc, through unstable's loader: LLVM 23 is newer than anything in Debian
# 12.
linker=$prefix/linker
# Read whole before it is compared: a grep that stops at the first line kills a writer that is not done, and
# pipefail calls that a failure.
if [[ $("$linker/bin/sbpf-linker" --version 2>/dev/null) != "sbpf-linker $linker_version"* ]]; then
  command -v cargo >/dev/null || die "cargo is missing: install Rust with rustup first"
  say "compiling sbpf-linker $linker_version"
  cd "$(dirname "$0")" # so that rustup takes the toolchain that the repository pins
  env -u CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR="$prefix/linker-target" LLVM_PREFIX="$llvm" \
    RUSTFLAGS="-L $llvm/lib -C link-arg=-Wl,--allow-shlib-undefined -C link-arg=-Wl,--dynamic-linker=$lib/ld-linux-x86-64.so.2" \
    cargo install sbpf-linker --version "$linker_version" --locked --force --root "$linker" \
      --no-default-features --features bpf-linker/llvm-23 --target x86_64-unknown-linux-gnu >&2
  rm -rf "$prefix/linker-target"
  mv "$linker/bin/sbpf-linker" "$linker/bin/sbpf-linker.elf"
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$lib:$llvm/lib" "$linker/bin/sbpf-linker.elf" > "$linker/bin/sbpf-linker"
  chmod +x "$linker/bin/sbpf-linker"
fi
say "ready in $prefix"
