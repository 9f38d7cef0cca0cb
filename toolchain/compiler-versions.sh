#!/usr/bin/env bash
# Prints, as TOML, everything whose change may change the ELF's bytes. artifacts/build.toml keeps this for the
# committed ELF; bytes are compared only between builds that print the same.
set -euo pipefail

prefix=${SBF_TOOLCHAIN:-$HOME/.cache/sbf-toolchain}
debian() { dpkg-query --show --showformat '${Version}' "$1"; }

rustc=$(/usr/bin/rustc --version)
rustc_web=$(debian rustc-web)
rust_web_src=$(debian rust-web-src)
sbpf_linker=$("$prefix/linker/bin/sbpf-linker" --version | awk '/^sbpf-linker / {print $2}')
# The package was unpacked, not installed, so dpkg cannot say which version it is; its changelog can.
libllvm23=$(gzip -dc "$prefix/llvm/usr/share/doc/libllvm23/changelog.Debian.gz" | sed -n '1s/^[^(]*(\([^)]*\)).*/\1/p')
libllvm23_sha256=$(sha256sum "$(realpath "$prefix/llvm/lib/libLLVM-23.so")" | cut -d ' ' -f 1)

for name in rustc rustc_web rust_web_src sbpf_linker libllvm23 libllvm23_sha256; do
  [ -n "${!name}" ] || { echo "toolchain: cannot tell $name" >&2; exit 1; }
  printf '%s = "%s"\n' "$name" "${!name}"
done
