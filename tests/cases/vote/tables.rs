//! A vote with every position that a voter may have, in one transaction with a lookup table: what the
//! programs take where a client sends it.

use {
    super::{addin_governance as stake, *},
    solana_sdk::{
        message::{AddressLookupTableAccount, VersionedMessage, v0},
        transaction::VersionedTransaction,
    },
    work_token_sdk::{
        AccountMeta,
        governance::Proposal,
        transactions::{MAX_TRANSACTION_BYTES, Unsigned},
        votes::{self, MAX_ENTRIES},
    },
    work_token_tests::WAIT,
};

const ALL: u64 = 10_000 * TOKEN;
/// The program of lookup tables.
const TABLES: Pubkey = Pubkey::from_str_const("AddressLookupTab1e1111111111111111111111111");
/// Addresses that one transaction adds to a table.
const ADDED_AT_ONCE: usize = 20;

/// A table of these addresses, made by its own program.
fn table(world: &World, owner: &Actor, addresses: &[Pubkey]) -> AddressLookupTableAccount {
    let (authority, slot) = (owner.address(), world.chain.slot() - 1);
    let (key, bump) = Pubkey::find_program_address(&[authority.as_ref(), &slot.to_le_bytes()], &TABLES);
    let call = |data: Vec<u8>| {
        let signer = AccountMeta::new(authority, true);
        let accounts = vec![
            AccountMeta::new(key, false),
            signer.clone(),
            signer,
            AccountMeta::new_readonly(Pubkey::default(), false),
        ];
        world.send(&[Instruction { program_id: TABLES, accounts, data }], &[owner]);
    };
    call([&[0, 0, 0, 0][..], &slot.to_le_bytes(), &[bump]].concat());
    for some in addresses.chunks(ADDED_AT_ONCE) {
        let count = (some.len() as u64).to_le_bytes();
        call([&[2, 0, 0, 0][..], &count, &some.iter().flat_map(Pubkey::to_bytes).collect::<Vec<_>>()].concat());
    }
    // What is added can be looked up from the next slot on.
    world.chain.advance_slots(1);
    AddressLookupTableAccount { key, addresses: addresses.to_vec() }
}

#[test]
fn sixteen_positions_of_sixteen_providers_vote_in_one_transaction_with_a_lookup_table() {
    let world = World::new();
    let ann = world.owner("ann", 0, 4 * ALL);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let (at, registrar) = stake::found(&world);
    let anns = stake::member(&world, &registrar, &ann.actor, ann.own_voice());
    let eva = world.actor("eva", MAX_ENTRIES as u64 * ALL);
    let mut positions = Vec::new();
    for number in 0..MAX_ENTRIES {
        let owner = world.owner(&format!("owner {number}"), 0, ALL);
        let holder = Holder { actor: eva.clone(), at: owner.at.position(eva.address()) };
        world.delegate(&holder, ALL);
        world.set_direct(&holder, true);
        positions.push(holder.voice_of());
    }
    world.pass(work_token_tests::SILENCE);
    let evas = stake::member(&world, &registrar, &eva, positions[0]);
    for position in &positions[1..] {
        world.send(&[votes::add_position(&evas, *position)], &[&eva]);
    }
    world.pass(WAIT);
    let proposal = stake::propose(&world, &at, &anns, &ann);
    let instructions = stake::vote_ixs(&world, &proposal, &evas, &eva, &positions);
    let legacy = Unsigned::new(&instructions, &eva.address(), Default::default()).size();
    assert!(legacy > MAX_TRANSACTION_BYTES, "{legacy}");

    let table = table(&world, &eva, positions.as_flattened());
    let blockhash = world.chain.latest_blockhash().expect("a blockhash");
    let message = v0::Message::try_compile(&eva.address(), &instructions, &[table], blockhash).expect("it compiles");
    let vote = VersionedTransaction::try_new(VersionedMessage::V0(message), &[&eva.key]).expect("eva signs");
    let bytes = 1 + 64 * vote.signatures.len() + vote.message.serialize().len();
    assert_eq!(bytes, 837, "of {MAX_TRANSACTION_BYTES}");
    let landed = world.chain.with_svm(|svm| svm.send_transaction(vote).expect("it votes"));
    assert!(landed.compute_units_consumed < 200_000, "{}", landed.compute_units_consumed);
    let voted = world.read_governance::<Proposal>(&proposal.proposal).yes_weight();
    assert_eq!(voted, MAX_ENTRIES as u64 * ALL, "all sixteen");
}
