#!/usr/bin/env bash
# Creates a network from a parameter file. The same file makes one network per chain.
# Usage: 002_create_network.sh --url URL --keypair CREATOR --params FILE.toml
arguments=("$@")
. "$(dirname "$0")/common.sh"
options url keypair params
needs solana work-token
[ -r "$params" ] || die "cannot read $params"

once "$(sha256sum "$params" | cut -c 1-16)"
created=$(work-token network create --params "$params" --url "$url" --keypair "$keypair" --output json)
printf '%s\n' "$created" | tee "$record"
