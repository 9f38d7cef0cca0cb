//! What anybody may send pays only whom it must: the sender gets at most a keeper's bounty, everything else
//! goes where it was fixed before.

use {
    crate::{
        cases::{self, Case},
        chain::{Chain, State},
        world::*,
    },
    solana_sdk::{account::ReadableAccount, pubkey::Pubkey},
    work_token_sdk::{interface::limits::MIN_JOB_FEE, state::VaultKind},
};

/// Instructions that anybody may send, with the slot of the signature if one is asked for.
const ANYBODYS: &[(&str, &str)] = &[
    ("expire_job", "signer"),
    ("settle_job", "signer"),
    ("close_job, of three seats by a stranger", "closer"),
    ("capture_seed", "keeper"),
    ("draw_job", "keeper"),
    ("stop_job, by a stranger once it has ended", "signer"),
    ("init_tree", "creator"),
    ("swap_place", "signer"),
    ("record_outage", ""),
    ("refresh_note", ""),
    ("advance_beacon", ""),
    ("seat_attesters", "payer"),
    ("mask_report", ""),
    ("score_providers", ""),
    ("settle_attesters", ""),
    ("close_score_shard", ""),
    ("call_jury", ""),
    ("seat_juror", "keeper"),
    ("sync_juror", ""),
    ("exclude_juror", ""),
    ("settle_ballot", ""),
    ("advance_dispute", ""),
    ("execute_installment", ""),
    ("distribute_slash", ""),
    ("settle_ticket", ""),
    ("lapse_opening", ""),
    ("claim_dispute_credit", ""),
    ("claim_appeal", ""),
    ("close_dispute", ""),
    ("close_case", ""),
];

/// Whom an instruction may pay: the client of a job, the holder of a ticket, whoever paid a rent.
fn creditor(world: &World, case: &Case) -> Person {
    match case.instruction {
        "settle_ticket" | "claim_appeal" => world.d1,
        "close_dispute" | "close_case" | "lapse_opening" => world.c2,
        "claim_dispute_credit" if !case.name.ends_with("by the client") => world.c2,
        "settle_ballot" => world.keeper,
        _ => world.c1,
    }
}

/// The tokens of every token account, lamports of everything else.
fn holdings(state: &State) -> Vec<(Pubkey, u64, bool)> {
    let tokens = |account: &solana_sdk::account::AccountSharedData| {
        let amount = account.data().get(64..72)?.try_into().ok().map(u64::from_le_bytes)?;
        (account.data().len() == 165).then_some(amount)
    };
    state
        .iter()
        .map(|(key, account)| match tokens(account) {
            Some(amount) => (*key, amount, true),
            None => (*key, account.lamports(), false),
        })
        .collect()
}

fn gains(chain: &Chain, before: &State) -> Vec<(Pubkey, u64, bool)> {
    let earlier: std::collections::HashMap<_, _> =
        holdings(before).into_iter().map(|(key, amount, _)| (key, amount)).collect();
    let gain = |(key, amount, is_token): (Pubkey, u64, bool)| {
        let more = amount.checked_sub(*earlier.get(&key).unwrap_or(&0)).filter(|more| *more > 0)?;
        Some((key, more, is_token))
    };
    holdings(&chain.state()).into_iter().filter_map(gain).collect()
}

#[test]
fn what_anybody_may_send_pays_nobody_but_whom_it_was_fixed_to_pay() {
    let (idl, mut world) = (cases::idl(), World::new());
    let start = world.chain.snapshot();
    let mut tested = 0;
    for case in cases::all() {
        let Some((_, signer)) = ANYBODYS.iter().find(|(name, _)| case.name.starts_with(name)) else { continue };
        tested += 1;
        world.chain.restore(&start);
        let mut instruction = (case.prepare)(&mut world);
        for (slot, meta) in cases::slots(&idl, &case, &instruction).iter().zip(&mut instruction.accounts) {
            match slot.name.as_str() {
                "keeper_account" => meta.pubkey = world.attacker.tokens,
                name if name == *signer => meta.pubkey = world.attacker.key,
                _ => (),
            }
        }
        let before = world.chain.state();
        world.chain.must(&[instruction]);
        check(&world, &case, &before);
    }
    assert!(tested >= ANYBODYS.len());
}

fn check(world: &World, case: &Case, before: &State) {
    let vaults: Vec<_> =
        [&world.a, &world.c].iter().flat_map(|net| VaultKind::ALL.map(|kind| net.vault(kind))).collect();
    let creditor = creditor(world, case);
    for (key, more, is_token) in gains(&world.chain, before) {
        let is_new = !before.contains_key(&key);
        let fixed = match is_token {
            true if key == world.attacker.tokens => more < MIN_JOB_FEE,
            true => key == creditor.tokens || vaults.contains(&key),
            // The creditor's rents and the shard's; an account that is created at the sender's expense.
            false => key == creditor.key || key == world.rentier || is_new,
        };
        assert!(fixed, "{} gave {more} to {key}", case.name);
    }
}
