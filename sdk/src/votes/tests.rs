use {
    super::*,
    crate::{Instruction, Pubkey},
};

fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

#[test]
fn positions_are_passed_in_rising_order_behind_what_is_voted_on() {
    let at = RegistrarAddresses::derive(key(1), key(2), key(3)).voter(key(4));
    let positions = [[key(9), key(10)], [key(7), key(8)]];
    let on = Proposal { proposal: key(20), governance: key(21) };
    let vote = update_vote_weight(&at, true, &positions, on);
    let keys: Vec<_> = vote.accounts.iter().map(|meta| meta.pubkey).collect();
    let expected =
        [key(4), at.registrar.registrar, at.voter, key(2), at.slot_record, key(20), key(21), key(7), key(8), key(9)];
    assert_eq!((&keys[..10], keys.len()), (&expected[..], 11));
    assert_eq!(&vote.data[8..11], [1, 0, 20]);

    let standing = update_standing_weight(&at, false, &positions);
    assert_eq!((standing.accounts[4].pubkey, standing.accounts.len()), (at.standing_record, 9));
    assert!(!standing.accounts[0].is_signer);
    assert_eq!(standing.data[8], 0);
}

/// How many positions of different providers fit one transaction of `payer` that weighs them.
fn room(payer: Pubkey, weighed: impl Fn(&[[Pubkey; 2]]) -> Vec<Instruction>) -> usize {
    let positions: Vec<[Pubkey; 2]> = (50..66).map(|byte| [key(byte), key(byte + 100)]).collect();
    let size = |count: usize| {
        crate::transactions::Unsigned::new(&weighed(&positions[..count]), &payer, Default::default()).size()
    };
    (0..=positions.len()).rev().find(|count| size(*count) <= crate::transactions::MAX_TRANSACTION_BYTES).unwrap()
}

#[test]
fn seven_positions_fit_beside_a_vote_and_thirteen_a_record_that_stands() {
    use crate::governance::{self as spl, RealmAddresses, Vote, WeightRecords};
    let at = RegistrarAddresses::derive(key(1), key(2), key(3)).voter(key(4));
    let proposal = RealmAddresses::of(key(30), key(1), key(3)).governance(&key(2)).proposal(&key(31));
    let on = Proposal { proposal: proposal.proposal, governance: proposal.at.governance };
    let records = WeightRecords { voter: Some(at.slot_record), max: Some(at.registrar.max_record) };
    let votes = |positions: &[[Pubkey; 2]]| {
        let cast = spl::cast_vote(&proposal, key(32), key(4), key(4), records, &Vote::yes());
        vec![update_vote_weight(&at, true, positions, on), update_max_voter_weight(&at.registrar), cast]
    };
    assert_eq!(room(key(4), votes), 7);
    assert_eq!(room(key(4), |positions| vec![update_standing_weight(&at, true, positions)]), 13);
    assert_eq!(room(key(40), |positions| vec![note_positions(&at, false, positions)]), NOTE_BATCH);
    assert_eq!(room(key(40), |positions| vec![update_standing_weight(&at, false, positions)]), NOTE_BATCH);
}

/// The instruction of a name, as its builder makes it.
fn built(name: &str) -> Instruction {
    let at = RegistrarAddresses::derive(key(1), key(2), key(3)).voter(key(4));
    let terms = RegistrarTerms { longest_vote_secs: 1, standing_slots: 2, least_max_ppm: 3 };
    match name {
        "create_registrar" => create_registrar(&at.registrar, [key(5), key(6)], &terms),
        "set_registrar" => set_registrar(&at.registrar, key(5), &terms),
        "update_max_voter_weight" => update_max_voter_weight(&at.registrar),
        "create_voter" => create_voter(&at, key(6)),
        "add_position" => add_position(&at, [key(7), key(8)]),
        "remove_position" => remove_position(&at, key(7)),
        "update_voter_weight" => update_standing_weight(&at, false, &[[key(7), key(8)]]),
        "close_voter" => close_voter(&at, key(6)),
        unknown => panic!("{unknown} has no builder"),
    }
}

#[test]
fn every_builder_names_the_accounts_of_its_instruction_in_their_order() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/idl/work_token_votes.json");
    let idl: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let listed = idl["instructions"].as_array().unwrap();
    assert_eq!(listed.len(), 8);
    for instruction in listed {
        let name = instruction["name"].as_str().unwrap();
        let built = built(name);
        assert_eq!(serde_json::json!(built.data[..8]), instruction["discriminator"], "{name}");
        let accounts = instruction["accounts"].as_array().unwrap();
        let passed = built.accounts.len() - accounts.len();
        assert_eq!(passed, if name == "update_voter_weight" { 2 } else { 0 }, "{name}: positions come behind");
        for (account, meta) in accounts.iter().zip(&built.accounts) {
            let says = |flag: &str| account[flag].as_bool().unwrap_or(false);
            let (signs, writes) = (says("signer"), says("writable"));
            assert_eq!((meta.is_signer, meta.is_writable), (signs, writes), "{name}: {}", account["name"]);
        }
    }
}
