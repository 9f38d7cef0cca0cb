#!/usr/bin/env bash
# Deploys artifacts/work_token.so, or upgrades the program to it. Refuses what is deployed already.
# Usage: 001_deploy.sh --url URL --keypair PAYER_AND_UPGRADE_AUTHORITY --program-keypair PROGRAM
arguments=("$@")
. "$(dirname "$0")/common.sh"
options url keypair program-keypair
needs solana

elf=$root/artifacts/work_token.so
(cd "$root/artifacts" && sha256sum --check --quiet work_token.so.sha256) || die "artifacts/ contradicts itself: run cargo xtask build --install"

# A program refuses to run at another address than the one compiled into it.
declared=$(program_id)
program=$(solana address --keypair "$program_keypair")
[ "$program" = "$declared" ] || die "the program is built for $declared, the keypair is $program: declare its id in interface/src/lib.rs and Anchor.toml, and rebuild"

if solana program show "$program" --url "$url" >/dev/null 2>&1; then
  deployed=$(mktemp)
  trap 'rm -f "$deployed"' EXIT
  solana program dump "$program" "$deployed" --url "$url" >/dev/null
  # The account may be longer than the ELF; the rest is zero.
  if cmp --silent --bytes "$(stat --format %s "$elf")" "$elf" "$deployed"; then die "this ELF is already deployed at $program"; fi
fi
solana program deploy "$elf" --program-id "$program_keypair" --url "$url" --keypair "$keypair"
