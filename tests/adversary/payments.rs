//! What anybody may send pays only whom it must: the sender gets at most a keeper's bounty, everything else
//! goes where it was fixed before.

use {
    crate::{
        cases::{self, Case, Sender, Slots},
        chain::{Chain, State},
        world::*,
    },
    solana_sdk::{account::ReadableAccount, pubkey::Pubkey},
    work_token_sdk::{
        interface::limits::MIN_JOB_FEE,
        state::{Provider, VaultKind},
    },
};

/// Whom an instruction may pay: the client of a job, the holder of a ticket, the owner of a provider, whoever
/// paid a rent.
fn creditor(world: &World, idl: &Slots, case: &Case, provider: Option<Pubkey>) -> Person {
    let is = |names: &[&str]| {
        assert!(names.iter().all(|name| idl.contains_key(*name)), "{names:?} are instructions");
        names.contains(&case.instruction)
    };
    match provider {
        _ if is(&["settle_ticket", "claim_appeal"]) => world.d1,
        _ if is(&["close_delegation"]) => world.d5,
        _ if is(&["close_dispute", "close_claim", "close_fault", "lapse_opening"]) => world.c2,
        _ if is(&["claim_dispute_credit"]) && !case.name.ends_with("by the client") => world.c2,
        _ if is(&["settle_ballot"]) => world.keeper,
        Some(provider) if is(&["close_provider", "claim_provider_rewards"]) => {
            let Provider { owner, reward_destination, .. } = world.read(&provider);
            Person { key: owner, tokens: reward_destination }
        }
        // What is restaked stays the holder's, in the vault of the provider.
        Some(provider) if is(&["restake_for"]) => {
            let Provider { owner, stake_vault, .. } = world.read(&provider);
            Person { key: owner, tokens: stake_vault }
        }
        // The rent of an entry returns to whom it was the turn of.
        _ if is(&["admit_head", "pass_head"]) => {
            Person { key: world.read::<Provider>(&world.p4.provider).owner, ..world.c1 }
        }
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
    let mut wrong = Vec::new();
    for case in cases::all().into_iter().filter(|case| case.sender == Sender::Anybody) {
        world.chain.restore(&start);
        let mut instruction = (case.prepare)(&mut world);
        let mut provider = None;
        for (slot, meta) in cases::slots(&idl, case, &instruction).iter().zip(&mut instruction.accounts) {
            provider = provider.or((slot.name == "provider").then_some(meta.pubkey));
            if slot.signer {
                meta.pubkey = world.attacker.key;
            } else if slot.name == "keeper_account" {
                meta.pubkey = world.attacker.tokens;
            }
        }
        let (before, creditor) = (world.chain.state(), creditor(&world, &idl, case, provider));
        world.chain.must(&[instruction]);
        let creditors = [creditor, if case.name == "claim_provider_rewards, shared" { world.c1 } else { creditor }];
        let unfixed = unfixed(&world, &creditors, &before);
        wrong.extend(unfixed.into_iter().map(|(key, more)| format!("{} gave {more} to {key}", case.name)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Who got something that was not fixed to get it, and how much.
fn unfixed(world: &World, creditors: &[Person], before: &State) -> Vec<(Pubkey, u64)> {
    let vaults: Vec<_> =
        [&world.a, &world.c].iter().flat_map(|net| VaultKind::ALL.map(|kind| net.vault(kind))).collect();
    let is_fixed = |&(key, more, is_token): &(Pubkey, u64, bool)| match is_token {
        true if key == world.attacker.tokens => more < MIN_JOB_FEE,
        true => creditors.iter().any(|creditor| creditor.tokens == key) || vaults.contains(&key),
        // A creditor's rents and the shard's; an account that is created at the sender's expense.
        false => {
            creditors.iter().any(|creditor| creditor.key == key) || key == world.rentier || !before.contains_key(&key)
        }
    };
    let gained = gains(&world.chain, before).into_iter().filter(|gain| !is_fixed(gain));
    gained.map(|(key, more, _)| (key, more)).collect()
}

#[test]
fn what_asks_for_no_signature_anybody_may_send() {
    let (idl, mut world) = (cases::idl(), World::new());
    let start = world.chain.snapshot();
    let is_unsigned = |case: &&Case| idl[case.instruction].iter().all(|slot| !slot.signer);
    for case in cases::all().into_iter().filter(is_unsigned) {
        world.chain.restore(&start);
        // A voter may sign for some of its positions what asks for nobody's signature for all.
        let is_signed = (case.prepare)(&mut world).accounts.iter().any(|meta| meta.is_signer);
        assert!(is_signed || case.sender == Sender::Anybody, "{}", case.name);
    }
}
