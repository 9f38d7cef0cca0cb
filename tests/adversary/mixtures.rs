//! Several accounts wrong at once, in a way that fits: those of another network, provider, realm or voter,
//! with the same people.

use {
    crate::{
        cases::{self, Case},
        catalog::{Named, catalog, of_disputes, of_votes},
        causes::Cause,
        chain::{State, name_of},
        world::{CLAIMED, World, own_voice, voice_of},
    },
    solana_sdk::pubkey::Pubkey,
    std::collections::{BTreeSet, HashMap},
    work_token_sdk::{
        AccountMeta, Instruction, WorkTokenError as E,
        votes::{self, VotesError as V},
    },
};

/// Accounts and what stands for them in another place of the world.
fn counterparts(accounts: Vec<Named>, elsewhere: &str) -> HashMap<Pubkey, Pubkey> {
    let named: HashMap<_, _> = accounts.into_iter().map(|named| (named.name, named.key)).collect();
    let other = |name: &str| match elsewhere {
        "network B" => name
            .replace("network A", "network B")
            .replace("of A", "of B")
            .replace("P1", "Q1 of B")
            .replace("tokens", "tokens of B"),
        "network D" => name.replace("network C", "network D").replace("of C", "of D").replace("R1", "S1"),
        "realm 2" => name.replace("realm 1", "realm 2"),
        "voter D2" => name.replace("D1", "D2"),
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

/// The case in which the realm's authority says which of two networks of its token it joins.
const JOINS: &str = "create_registrar, of a mint of two networks";

/// The case of a position that was closed: its provider is not looked at.
const CLOSED: &str = "update_voter_weight, of a position that was closed";

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

/// Sends every mixture of some cases; how many they were. Each is refused.
fn assert_refused(world: &mut World, elsewhere: &str, is_among: fn(&Case) -> bool) -> usize {
    let with = |others| counterparts(catalog(world).into_iter().chain(others).collect(), elsewhere);
    let (of_disputes, of_votes) = (with(of_disputes(world)), with(of_votes(world)));
    let start = world.chain.snapshot();
    let mut sent = 0;
    for case in cases::all().into_iter().filter(|case| is_among(case)) {
        world.chain.restore(&start);
        let valid = (case.prepare)(world);
        let state: State = world.chain.state();
        let mut counterparts = if case.is_of_votes() { of_votes.clone() } else { of_disputes.clone() };
        match case.name {
            CLOSED => _ = counterparts.remove(&world.p1.provider),
            JOINS => _ = counterparts.remove(&world.c.at.network),
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
                    assert!(
                        Cause::is_named(&name) || name == "anchor 2040",
                        "{}: {name} does not say what is wrong",
                        case.name
                    );
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
    assert!([DRAWS_NOBODY, DRAWS_NOTHING, CREATES, JOINS, CLOSED].iter().all(|name| names.contains(name)));
}

#[test]
fn accounts_of_two_networks_never_work_together() {
    let mut world = World::new();
    let sent = assert_refused(&mut world, "network B", |_| true);
    assert!(sent > 7_500, "only {sent} mixtures");
}

#[test]
fn accounts_of_two_providers_never_work_together() {
    let mut world = World::new();
    let sent = assert_refused(&mut world, "provider P2", |_| true);
    assert!(sent > 190, "only {sent} mixtures");
}

// vote-registrar-1, vote-voter-1
#[test]
fn accounts_of_two_realms_of_two_voters_and_of_two_networks_of_one_mint_never_work_together() {
    let mut world = World::new();
    let start = world.chain.snapshot();
    for (elsewhere, least) in [("realm 2", 150), ("voter D2", 100), ("network D", 280)] {
        world.chain.restore(&start);
        let sent = assert_refused(&mut world, elsewhere, Case::is_of_votes);
        assert!(sent > least, "only {sent} mixtures with {elsewhere}");
    }
}

// vote-voter-1
#[test]
fn a_position_serves_nobody_but_its_holder_though_its_provider_comes_with_it() {
    let mut world = World::new();
    world.voting();
    let (voters, start) = (world.voters(), world.chain.snapshot());
    let mut pairs: Vec<_> = voters.iter().flat_map(|voter| voter.positions.clone()).collect();
    pairs.extend([&world.d3, &world.d5].map(|who| voice_of(&world.p1.position(who.key))));
    pairs.push(own_voice(&world.p2));
    let (mut served, mut refused) = (0, BTreeSet::new());
    for voter in &voters {
        for pair in &pairs {
            refused.insert(world.chain.refusal(&[votes::add_position(&voter.at, *pair)]));
            let update = votes::update_standing_weight(&voter.at, true, &[*pair]);
            if voter.positions.contains(pair) {
                world.must(&[update]);
                world.chain.restore(&start);
                served += 1;
            } else {
                world.chain.refused(&[update], V::PositionsOutOfOrder);
            }
            // Nor does it come behind those of the voter.
            let mut more = votes::update_standing_weight(&voter.at, false, &voter.positions);
            more.accounts.extend(pair.map(|key| AccountMeta::new_readonly(key, false)));
            world.chain.refused(&[more], V::PositionsOutOfOrder);
        }
    }
    assert!(served > voters.len());
    let reasons = [V::NotTheHolder, V::PositionListed].map(V::name).into_iter().chain([E::WrongNetwork.name()]);
    assert_eq!(refused, reasons.map(str::to_owned).collect());
}
