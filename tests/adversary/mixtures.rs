//! Several accounts wrong at once, in a way that fits: those of another network, or of another provider, with
//! the same people.

use {
    crate::{
        cases,
        catalog::{catalog, of_disputes},
        chain::{State, name_of},
        world::{CLAIMED, World},
    },
    solana_sdk::pubkey::Pubkey,
    std::collections::{BTreeSet, HashMap},
    work_token_sdk::Instruction,
};

/// Accounts of network A and what stands for them in another place of the world.
fn counterparts(world: &World, elsewhere: &str) -> HashMap<Pubkey, Pubkey> {
    let named: HashMap<_, _> =
        catalog(world).into_iter().chain(of_disputes(world)).map(|named| (named.name, named.key)).collect();
    let other = |name: &str| match elsewhere {
        "network B" => name
            .replace("network A", "network B")
            .replace("of A", "of B")
            .replace("P1", "Q1 of B")
            .replace("tokens", "tokens of B"),
        _ => name.replace("P1", "P2"),
    };
    let pairs = named.iter().filter_map(|(name, key)| Some((*key, *named.get(&other(name))?)));
    pairs.filter(|(key, other)| key != other).collect()
}

/// The case that writes no ballot: whoever is drawn does not sit.
const DRAWS_NOBODY: &str = "draw_juror, who stands behind the provider";

/// The case in which no reward is drawn: the faults are not looked at.
const DRAWS_NOTHING: &str = "claim_dispute_credit";

/// The case that creates at a bump of its sender's choice: the runtime refuses another address.
const CREATES: &str = "commit_dispute";

/// Every way to replace some, but not all, of the accounts that have a counterpart.
fn mixtures(valid: &Instruction, counterparts: &HashMap<Pubkey, Pubkey>) -> Vec<Instruction> {
    let at: Vec<_> =
        (0..valid.accounts.len()).filter(|at| counterparts.contains_key(&valid.accounts[*at].pubkey)).collect();
    let every = (1usize << at.len()) - 1;
    let mixture = |choice: usize| {
        let mut instruction = valid.clone();
        for (_, at) in at.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1) {
            let meta = &mut instruction.accounts[*at];
            meta.pubkey = counterparts[&meta.pubkey];
        }
        instruction
    };
    (1..every).map(mixture).collect()
}

/// Sends every mixture of every case; how many they were. Each is refused.
fn assert_refused(world: &mut World, elsewhere: &str) -> usize {
    let counterparts = counterparts(world, elsewhere);
    let start = world.chain.snapshot();
    let mut sent = 0;
    for case in cases::all() {
        world.chain.restore(&start);
        let valid = (case.prepare)(world);
        let state: State = world.chain.state();
        let mut counterparts = counterparts.clone();
        match case.name {
            DRAWS_NOBODY => _ = counterparts.remove(&world.case().ballot(0, 0).ballot),
            DRAWS_NOTHING => _ = counterparts.remove(&world.case().fault),
            CREATES => {
                let opening = world.sealed(&world.case(), &world.c2, CLAIMED).address().0;
                _ = counterparts.remove(&opening);
            }
            _ => (),
        }
        for mixture in mixtures(&valid, &counterparts) {
            sent += 1;
            match world.chain.send(std::slice::from_ref(&mixture)) {
                Err(refusal) => {
                    let name = name_of(&refusal);
                    let ours = work_token_sdk::WorkTokenError::ALL.iter().any(|error| error.name() == name);
                    assert!(ours || name == "anchor 2040", "{}: {name} does not say what is wrong", case.name);
                    assert_eq!(world.chain.changes(&state), [], "{}: a refusal changes nothing", case.name);
                }
                Ok(()) => panic!("{} was accepted with {mixture:?}", case.name),
            }
        }
    }
    sent
}

#[test]
fn cases_that_ask_for_less_are_cases() {
    let names: BTreeSet<_> = cases::all().into_iter().map(|case| case.name).collect();
    assert!([DRAWS_NOBODY, DRAWS_NOTHING, CREATES].iter().all(|name| names.contains(name)));
}

#[test]
fn accounts_of_two_networks_never_work_together() {
    let mut world = World::new();
    let sent = assert_refused(&mut world, "network B");
    assert!(sent > 390, "only {sent} mixtures");
}

#[test]
fn accounts_of_two_providers_never_work_together() {
    let mut world = World::new();
    let sent = assert_refused(&mut world, "provider P2");
    assert!(sent > 50, "only {sent} mixtures");
}
