//! Derived addresses: canonical where uniqueness is safety, any bump where it is not, and nothing that a
//! stranger does to an address beforehand blocks or prices its creation.

mod job;
mod vote;

use {
    crate::{cases, chain::Chain, codes::with, world::*},
    solana_sdk::pubkey::Pubkey,
    work_token_localnet::TokenProgram,
    work_token_sdk::{
        ID, Instruction, NetworkAddresses, PositionAddresses, ProviderAddresses, WorkTokenError as E, ix,
        presets::NETWORK_PARAMS,
        seeds,
        state::{Delegation, EmissionMode, Network, Provider, Unbonding, VaultKind},
    },
};

/// The protocol's addresses of some seeds, the canonical one first.
pub fn addresses(seeds: &[&[u8]]) -> Vec<(Pubkey, u8)> {
    addresses_of(&ID, seeds)
}

/// The same of a program.
pub fn addresses_of(program: &Pubkey, seeds: &[&[u8]]) -> Vec<(Pubkey, u8)> {
    (0..=u8::MAX)
        .rev()
        .filter_map(|bump| {
            let with_bump: Vec<&[u8]> = seeds.iter().copied().chain([std::slice::from_ref(&bump)]).collect();
            Pubkey::create_program_address(&with_bump, program).ok().map(|key| (key, bump))
        })
        .take(3)
        .collect()
}

fn set_last(mut instruction: Instruction, from_end: usize, byte: u8) -> Instruction {
    let at = instruction.data.len() - from_end;
    instruction.data[at] = byte;
    instruction
}

/// Drafts the default set again where it was used.
fn draft_anew(world: &World, drafts: &[(Pubkey, Pubkey)]) {
    for (network, author) in drafts {
        if !world.chain.net.exists(&work_token_sdk::addresses::param_draft(network, author, &NETWORK_PARAMS)) {
            draft(&world.chain, network, *author, &NETWORK_PARAMS);
        }
    }
}

/// A new network, not yet created.
fn unborn(world: &mut World) -> (NetworkAddresses, Instruction) {
    let creator = world.chain.wallet("creator");
    let at = NetworkAddresses::derive(&creator, 7, Chain::address("mint N"), TokenProgram::Spl.id());
    mint(&world.chain, &at, TokenProgram::Spl, EmissionMode::Reserve);
    draft(&world.chain, &at.network, creator, &NETWORK_PARAMS);
    (at, ix::create_network(&at, &creation(creator, 7, EmissionMode::Reserve)))
}

#[test]
fn networks_providers_epochs_and_changes_exist_at_their_canonical_address_only() {
    let mut world = World::new();
    let (at, create) = unborn(&mut world);
    let (network, owner) = (world.a.at.network, person(&mut world.chain, &world.a, "o4"));
    let provider = ProviderAddresses::derive(world.a.at, owner.key);
    let creator = create.accounts[0].pubkey;
    let propose = world.propose(3, &NETWORK_PARAMS);
    let cases: [(&[&[u8]], Instruction, usize); 4] = [
        (&[seeds::NETWORK, creator.as_ref(), &7u64.to_le_bytes()], create, 1),
        (&[seeds::PROVIDER, network.as_ref(), owner.key.as_ref()], register(&provider, owner.tokens), 2),
        (&[seeds::EPOCH, network.as_ref(), &3u32.to_le_bytes()], world.open(&world.a, 3), 2),
        (&[seeds::PARAM_CHANGE, network.as_ref(), &3u32.to_le_bytes()], propose, 3),
    ];
    for (seeds, instruction, slot) in cases {
        let [(canonical, _), others @ ..] = &addresses(seeds)[..] else { panic!("some address is valid") };
        assert_eq!(instruction.accounts[slot].pubkey, *canonical);
        for (other, _) in others {
            world.chain.refused(&[with(instruction.clone(), slot, *other)], E::WrongAddress);
        }
        world.chain.must(std::slice::from_ref(&instruction));
        draft_anew(&world, &[(at.network, creator), (network, world.rentier)]);
        let second = world.chain.refusal(&[instruction]);
        // The next change has another number, and so another address.
        assert!([E::AccountExists.name(), E::WrongAddress.name()].contains(&second.as_str()), "{second}");
    }
    assert_eq!(world.read::<Network>(&at.network).creator, creator);
}

#[test]
fn a_position_and_its_tickets_work_at_any_bump_and_two_positions_share_like_two_people() {
    let mut world = World::new();
    let holder = person(&mut world.chain, &world.a, "d9");
    let canonical = world.p1.position(holder.key);
    let before = world.provider(&world.p1).live_positions;
    let bumps = addresses(&[seeds::DELEGATION, world.p1.provider.as_ref(), holder.key.as_ref()]);
    let positions: Vec<_> =
        bumps.into_iter().map(|(delegation, bump)| PositionAddresses { delegation, bump, ..canonical }).collect();
    for position in &positions {
        world.chain.must(&[delegate(position, holder.tokens, 500 * TOKEN)]);
    }
    assert_eq!(world.provider(&world.p1).live_positions, before + 3);
    for epoch in 3..6 {
        world.crank(&world.a, epoch, &[&world.p1, &world.p2]);
    }
    let start = world.balance(&holder.tokens);
    let mut rewards = Vec::new();
    for position in &positions {
        let already = world.balance(&holder.tokens);
        world.chain.must(&[ix::claim_rewards(position, holder.tokens)]);
        rewards.push(world.balance(&holder.tokens) - already);
    }
    assert_eq!(rewards, [rewards[0]; 3], "each earns what one would");
    // A ticket at an address that is not canonical either.
    let position = positions[2];
    let tickets = addresses(&[seeds::UNBONDING, position.delegation.as_ref(), &1u32.to_le_bytes()]);
    let (ticket, bump) = tickets[1];
    let request = set_last(with(ix::request_unbonding(&position, 1, 500 * TOKEN), 4, ticket), 1, bump);
    world.chain.must(&[request]);
    world.go_to(30 * DAY);
    world.chain.must(&[with(ix::withdraw_unbonded(&position, 1, holder.tokens), 4, ticket)]);
    assert_eq!(world.balance(&holder.tokens), start + rewards.iter().sum::<u64>() + 500 * TOKEN);
    assert_eq!(world.read::<Delegation>(&position.delegation).last_ticket, 1);
}

#[test]
fn vaults_work_at_any_bump() {
    let mut world = World::new();
    let owner = person(&mut world.chain, &world.a, "o4");
    let canonical = ProviderAddresses::derive(world.a.at, owner.key);
    let (stake_vault, vault_bump) = addresses(&[seeds::STAKE_VAULT, canonical.provider.as_ref()])[1];
    let (own_position, own_position_bump) =
        addresses(&[seeds::DELEGATION, canonical.provider.as_ref(), canonical.provider.as_ref()])[2];
    let provider = ProviderAddresses { stake_vault, vault_bump, own_position, own_position_bump, ..canonical };
    world.chain.must(&[register(&provider, owner.tokens), ix::stake_self(&provider, owner.tokens, 10_000 * TOKEN)]);
    world.chain.must(&[ix::request_unbonding(&provider.own(), 1, 10_000 * TOKEN)]);
    world.go_to(60 * DAY);
    let before = world.balance(&owner.tokens);
    world.chain.must(&[ix::withdraw_unbonded(&provider.own(), 1, owner.tokens)]);
    assert_eq!(world.balance(&owner.tokens), before + 10_000 * TOKEN);
    // Its canonical neighbour is no vault of the provider.
    world.chain.net.create_token_account(
        canonical.stake_vault,
        world.a.program,
        world.a.at.mint,
        canonical.stake_vault,
        TOKEN,
    );
    world.chain.refused(&[with(ix::sweep_surplus(&provider), 2, canonical.stake_vault)], E::WrongVault);
}

#[test]
fn a_bump_that_does_not_lead_to_the_address_is_refused() {
    let mut world = World::new();
    let holder = person(&mut world.chain, &world.a, "d9");
    let position = world.p1.position(holder.key);
    let deposit = delegate(&position, holder.tokens, 500 * TOKEN);
    let request = ix::request_unbonding(&world.p1.position(world.d1.key), 3, 500 * TOKEN);
    for (instruction, right) in [(deposit, position.bump), (request, world.p1.position(world.d1.key).ticket(3).1)] {
        for bump in (0..=u8::MAX).filter(|bump| *bump != right) {
            let refusal = world.chain.refusal(&[set_last(instruction.clone(), 1, bump)]);
            // The runtime's words for an address that is another one, or none at all.
            assert!(
                ["WrongAddress", "PrivilegeEscalation", "ProgramFailedToComplete"].contains(&refusal.as_str()),
                "{refusal}"
            );
        }
        world.chain.must(&[instruction]);
    }
}

#[test]
fn lamports_sent_to_an_address_beforehand_neither_block_nor_price_its_creation() {
    let mut world = World::new();
    let (_, create) = unborn(&mut world);
    let (owner, holder) = (person(&mut world.chain, &world.a, "o4"), person(&mut world.chain, &world.a, "d9"));
    let instructions = [
        create,
        register(&ProviderAddresses::derive(world.a.at, owner.key), owner.tokens),
        delegate(&world.p1.position(holder.key), holder.tokens, 500 * TOKEN),
        ix::request_unbonding(&world.p1.position(world.d1.key), 3, 500 * TOKEN),
        world.open(&world.a, 3),
        world.propose(3, &NETWORK_PARAMS),
    ];
    instructions.iter().for_each(|instruction| gifts_change_nothing(&world, instruction));
}

/// Creates with and without lamports at the new addresses: the rents are paid, less what is there.
pub fn gifts_change_nothing(world: &World, instruction: &Instruction) {
    let new: Vec<_> = instruction
        .accounts
        .iter()
        .filter(|meta| meta.is_writable && world.chain.lamports(&meta.pubkey) == 0)
        .collect();
    assert!(!new.is_empty());
    let payer =
        instruction.accounts.iter().find(|meta| meta.is_signer && meta.is_writable).expect("somebody pays").pubkey;
    let start = world.chain.snapshot();
    let rich = world.chain.lamports(&payer);
    let held: Vec<_> =
        instruction.accounts.iter().map(|meta| (meta.pubkey, world.chain.lamports(&meta.pubkey))).collect();
    let cost = world.chain.units(std::slice::from_ref(instruction));
    let rents: Vec<_> = new.iter().map(|meta| world.chain.lamports(&meta.pubkey)).collect();
    // A draft that is used is closed, and returns its rent to who pays.
    let is_closed = |key: &Pubkey| world.chain.lamports(key) == 0;
    let returned: u64 = held.iter().filter(|(key, _)| is_closed(key)).map(|(_, lamports)| lamports).sum();
    assert_eq!(
        rich + returned - world.chain.lamports(&payer),
        rents.iter().sum::<u64>(),
        "the payer pays the rents and nothing else"
    );
    // Less than any rent, a part of one, exactly one, more.
    for gift in [1_000_000, rents[0] - 1, rents[0], rents[0] + 12_345_678] {
        world.chain.restore(&start);
        for meta in &new {
            world.chain.net.fund(&meta.pubkey, gift);
        }
        let rich = world.chain.lamports(&payer);
        let with_gift = world.chain.units(std::slice::from_ref(instruction));
        assert!(with_gift <= cost, "{with_gift} compute units, {cost} without the gift");
        let paid = rich + returned - world.chain.lamports(&payer);
        assert_eq!(paid, rents.iter().map(|rent| rent.saturating_sub(gift)).sum::<u64>());
    }
    world.chain.restore(&start);
}

// principle-trust-1
#[test]
fn no_account_is_created_at_the_address_of_a_key_that_signs_for_it() {
    let mut world = World::new();
    let signer = world.chain.wallet("a wallet that signs");
    let start = world.chain.snapshot();
    let (mut tried, mut others) = (0, Vec::new());
    for case in cases::all() {
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        let (prepared, exists) =
            (world.chain.snapshot(), |slot: usize| world.chain.net.exists(&instruction.accounts[slot].pubkey));
        let absent: Vec<usize> = (0..instruction.accounts.len()).filter(|slot| !exists(*slot)).collect();
        world.chain.must(std::slice::from_ref(&instruction));
        let created: Vec<usize> = absent.into_iter().filter(|slot| exists(*slot)).collect();
        world.chain.restore(&prepared);
        for slot in created {
            let mut signed = with(instruction.clone(), slot, signer);
            signed.accounts[slot].is_signer = true;
            let refusal = world.chain.refusal(&[signed]);
            tried += 1;
            if refusal != E::WrongAddress.name() {
                others.push(format!("{}: {slot}: {refusal}", case.name));
            }
        }
    }
    assert!(tried > 40, "{tried} accounts are created");
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn nothing_is_created_twice() {
    let mut world = World::new();
    let (at, create) = unborn(&mut world);
    world.chain.must(std::slice::from_ref(&create));
    draft_anew(&world, &[(at.network, create.accounts[0].pubkey)]);
    world.chain.refused(&[create], E::AccountExists);
    let again = register(&world.p1, world.attacker.tokens);
    world.chain.refused(&[again], E::AccountExists);
    world.chain.refused(&[world.open(&world.a, 2)], E::AccountExists);
    // A ticket's number is never used again, and a position is only ever added to.
    let position = world.p1.position(world.d1.key);
    world.chain.must(&[ix::cancel_unbonding(&position, 2)]);
    assert_eq!(world.read::<Delegation>(&position.delegation).next_ticket(), (3, true));
    let old = world.read::<Delegation>(&position.delegation).total_shares();
    world.chain.must(&[delegate(&position, world.d1.tokens, 500 * TOKEN)]);
    assert_eq!(world.read::<Delegation>(&position.delegation).total_shares().0, old.0 + 500 * TOKEN);
    assert_eq!(world.read::<Unbonding>(&position.ticket(1).0).number, 1);
    assert_eq!(world.read::<Provider>(&world.p1.provider).owner, world.o1.key);
    assert_eq!(world.balance(&at.vault(VaultKind::Reward)), 0);
}
