#!/usr/bin/env bash
# Deploys a program of artifacts/, or upgrades it. Refuses what is deployed already.
# Usage: 001_deploy.sh --url URL --keypair PAYER_AND_UPGRADE_AUTHORITY --program-keypair PROGRAM [--name NAME]
# NAME: work_token, the protocol (default), or work_token_votes, by which its stakes vote.
arguments=("$@")
. "$(dirname "$0")/common.sh"
options url keypair program-keypair 'name?'
needs solana

name=${name:-work_token}
elf=$root/artifacts/$name.so
[ -f "$elf" ] || die "there is no program $name in artifacts/"
(cd "$root/artifacts" && sha256sum --check --quiet "$name.so.sha256") || die "artifacts/ contradicts itself: run cargo xtask build --install"

# A program refuses to run at another address than the one compiled into it.
declared=$(program_id "$name")
program=$(solana address --keypair "$program_keypair")
[ "$program" = "$declared" ] || die "the program is built for $declared, the keypair is $program: declare its id in interface/src and Anchor.toml, and rebuild"

if solana program show "$program" --url "$url" >/dev/null 2>&1; then
  deployed=$(mktemp)
  trap 'rm -f "$deployed"' EXIT
  solana program dump "$program" "$deployed" --url "$url" >/dev/null
  # The account may be longer than the ELF; the rest is zero.
  if cmp --silent --bytes "$(stat --format %s "$elf")" "$elf" "$deployed"; then die "this ELF is already deployed at $program"; fi
fi
solana program deploy "$elf" --program-id "$program_keypair" --url "$url" --keypair "$keypair"
