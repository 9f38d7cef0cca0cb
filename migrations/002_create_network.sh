#!/usr/bin/env bash
# Creates a network. `work-token network defaults` prints parameters to start from. Refuses where the
# creator's network of this number exists. What follows `--` goes to `work-token network create`, such as
# --mode, --admin, --guardian, --arbiter.
# Usage: 002_create_network.sh --url URL --keypair CREATOR --network-id NUMBER --params FILE.toml --mint MINT
#   [-- OPTIONS]
arguments=() more=()
while [ $# -gt 0 ]; do
  if [ "$1" = -- ]; then shift; more=("$@"); break; fi
  arguments+=("$1"); shift
done
. "$(dirname "$0")/common.sh"
options url keypair network-id params mint
needs work-token
[ -r "$params" ] || die "cannot read $params"

on=(--url "$url" --keypair "$keypair" --network-id "$network_id")
if work-token network show "${on[@]}" >/dev/null 2>&1; then die "this creator's network $network_id exists already"; fi
work-token network create --params "$params" --mint "$mint" "${on[@]}" ${more[@]+"${more[@]}"}
work-token network show "${on[@]}"
