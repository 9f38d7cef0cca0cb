#!/usr/bin/env bash
# Hands the admin role of a network over: the admin proposes, the successor accepts. Give --new-keypair where the successor
# is a key; where it is a DAO or a multisig, give --new alone and let it accept itself. With --upgrade-authority the right to
# replace the program goes to that address too. It is not asked to sign, so a wrong address loses the program for good.
# Usage: 003_hand_over_authority.sh --url URL --keypair ADMIN --network ADDRESS --new PUBKEY
#          [--new-keypair SUCCESSOR] [--upgrade-authority PUBKEY]
arguments=("$@")
. "$(dirname "$0")/common.sh"
new_keypair='' upgrade_authority=''
options url keypair network new 'new-keypair?' 'upgrade-authority?'
needs solana work-token
if [ -n "$new_keypair" ]; then
  [ "$(solana address --keypair "$new_keypair")" = "$new" ] || die "--new-keypair is not the key of $new"
fi

once "$network.$new"
on=(--network "$network" --url "$url" --output json)
{
  work-token network propose-authority --role admin --new "$new" --keypair "$keypair" "${on[@]}"
  if [ -n "$new_keypair" ]; then work-token network accept-authority --role admin --keypair "$new_keypair" "${on[@]}"; fi
} | tee "$record.part"
if [ -n "$upgrade_authority" ]; then
  program=$(sed -n '/^\[programs.localnet\]/,/^\[/s/^work_token = "\(.*\)"/\1/p' "$root/Anchor.toml")
  solana program set-upgrade-authority "$program" --new-upgrade-authority "$upgrade_authority" \
    --skip-new-upgrade-authority-signer-check --url "$url" --keypair "$keypair" | tee -a "$record.part"
fi
mv "$record.part" "$record"
