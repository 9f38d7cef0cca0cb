#!/usr/bin/env bash
# Hands the admin role of a network over: the admin proposes, the successor accepts. Give --new-keypair where
# the successor is a key; a DAO or a multisig accepts by itself (`work-token network accept-authority
# --unsigned`). With --upgrade-authority the right to replace the programs that are deployed goes to that
# address too; it is not asked to sign, so a wrong address loses that right for good. Refuses what is done
# already; run again after an interruption, it goes on.
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

on=(--network "$network" --url "$url")
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
state=$(work-token network show "${on[@]}" --output json-compact)
# authority PROGRAM: nothing where it is not deployed.
authority() { solana program show "$1" --url "$url" --output json-compact 2>/dev/null | field authority || true; }

done_before=1
if [ "$(field admin <<< "$state")" != "$new" ]; then
  if [ "$(field pending_admin <<< "$state")" != "$new" ]; then
    work-token network propose-authority --role admin --to "$new" --keypair "$keypair" "${on[@]}"
    done_before=0
  fi
  if [ -n "$new_keypair" ]; then
    work-token network accept-authority --role admin --keypair "$new_keypair" "${on[@]}"
    done_before=0
  fi
fi
for program in $([ -z "$upgrade_authority" ] || { program_id work_token; program_id work_token_votes; }); do
  held_by=$(authority "$program")
  if [ -n "$held_by" ] && [ "$held_by" != "$upgrade_authority" ]; then
    solana program set-upgrade-authority "$program" --new-upgrade-authority "$upgrade_authority" \
      --skip-new-upgrade-authority-signer-check --url "$url" --keypair "$keypair"
    done_before=0
  fi
done
[ "$done_before" = 0 ] || die "nothing is left to hand over to $new"
