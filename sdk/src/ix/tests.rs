//! Every instruction has a builder; its accounts are pinned in order: `s` signs, `p` signs and is written,
//! `w` is written, `r` is read, `-` stands for none.

mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod score;

use {
    super::*,
    crate::{
        Hash,
        addresses::*,
        commit::Reports,
        state::Assignment,
        transactions::{ComputeBudget, MAX_TRANSACTION_BYTES, Unsigned},
    },
    bytemuck::Zeroable,
    std::collections::{BTreeMap, BTreeSet},
};

fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

fn network() -> NetworkAddresses {
    NetworkAddresses::derive(&key(1), 1, key(2), key(3))
}

fn keeper() -> Keeper {
    Keeper { keeper: key(4), account: Some(key(5)) }
}

fn provider() -> ProviderAddresses {
    ProviderAddresses::derive(network(), key(6))
}

fn seat() -> SeatAddresses {
    ClientAddresses::derive(network(), key(7)).job(3).seat(0)
}

fn providers(count: usize) -> Vec<Pubkey> {
    (0..count).map(|number| key(100 + number as u8)).collect()
}

fn job() -> CreateJob {
    CreateJob {
        class: 2,
        seats: 3,
        fee: 1_000_000,
        price_per_sec: 0,
        work_secs: 60,
        input_hash: [1; 32],
        operator: key(8),
        from: key(9),
        refund_account: key(10),
        model: None,
    }
}

/// About the seat's result.
fn of_seat() -> DisputeAddresses {
    let state = Assignment { provider: key(15), accepted_epoch: 4, ..Zeroable::zeroed() };
    DisputeAddresses::next_of_seat(&seat(), &state, &Zeroable::zeroed(), 0)
}

fn all() -> Vec<(Instruction, &'static str)> {
    [
        network::built(),
        epoch::built(),
        provider::built(),
        position::built(),
        place::built(),
        job::built(),
        score::built(),
        dispute::built(),
        jury::built(),
    ]
    .concat()
}

/// The program's instructions by their discriminators, as the committed IDL lists them.
fn known() -> BTreeMap<Vec<u8>, String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/idl/work_token.json");
    let idl: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let bytes = |tag: &serde_json::Value| serde_json::from_value(tag.clone()).expect("bytes");
    let entry = |listed: &serde_json::Value| (bytes(&listed["discriminator"]), listed["name"].as_str().unwrap().into());
    idl["instructions"].as_array().expect("a list").iter().map(entry).collect()
}

fn pattern(instruction: &Instruction) -> String {
    let letter = |meta: &AccountMeta| match (meta.pubkey == ID, meta.is_signer, meta.is_writable) {
        (true, false, false) => '-',
        (_, true, true) => 'p',
        (_, true, false) => 's',
        (_, false, true) => 'w',
        (_, false, false) => 'r',
    };
    instruction.accounts.iter().map(letter).collect()
}

#[test]
fn every_instruction_of_the_program_has_a_builder_and_no_builder_has_another_name() {
    let built: BTreeSet<_> = all().iter().map(|(instruction, _)| instruction.data[..8].to_vec()).collect();
    assert_eq!(built, known().into_keys().collect());
}

#[test]
fn the_accounts_of_every_builder_stand_in_the_programs_order() {
    let known = known();
    for (instruction, accounts) in all() {
        assert_eq!(pattern(&instruction), accounts, "{}", known[&instruction.data[..8]]);
        assert_eq!(instruction.program_id, ID);
    }
}

#[test]
fn the_arguments_that_people_give_stand_behind_the_discriminator() {
    let create = create_job(&seat().job, &job());
    assert_eq!(create.data.len(), 8 + 8 + 8 + 4 + 32 + 32 + 32 + 4 + 1 + 5);
    let bumps: Vec<u8> = seat().job.seats(3).iter().map(|seat| seat.bump).chain([0, 0]).collect();
    assert_eq!(create.data[124..128], [0; 4], "no version of a model");
    assert_eq!(create.data[128..], [&[seat().job.bump][..], &bumps].concat());

    let mut reports = Reports::new();
    reports.set(0, 0, 9_999).unwrap();
    let attester = AttesterAddresses::derive(network(), key(14));
    let reveal = reveal_reports(&attester, &ShardAddresses::derive(network(), 5, 1), &reports, [7; 32]);
    assert_eq!(reveal.data.len(), 8 + 576 + 32);
    assert_eq!((&reveal.data[8..10], &reveal.data[584..]), (&9_999u16.to_le_bytes()[..], &[7; 32][..]));

    let maintenance = declare_maintenance(&key(1), key(2), key(3), Maintenance { from_ts: -2, secs: 9 });
    assert_eq!(maintenance.data[8..], [&(-2i64).to_le_bytes()[..], &9u32.to_le_bytes()].concat());
    let register = register_attester(&attester, key(1), 500);
    assert_eq!(register.data[8..], 500u64.to_le_bytes());
}

/// Bytes of the transaction that a keeper pays itself.
fn size(instruction: Instruction) -> usize {
    let budget = ComputeBudget { units: 1, loaded_bytes: 1, micro_lamports_per_unit: Some(1) };
    Unsigned::new(&budget.with(&[instruction]), &keeper().keeper, Hash::default()).size()
}

#[test]
fn a_whole_batch_fits_into_a_transaction() {
    let network = network();
    let weigh = |count| size(weigh_providers(&network, 1, keeper(), Some(key(12)), &providers(count)));
    assert!(weigh(WEIGH_BATCH) <= MAX_TRANSACTION_BYTES);
    let settle = |count| size(settle_providers(&network, 1, keeper(), &providers(count)));
    assert!(settle(SETTLE_BATCH) <= MAX_TRANSACTION_BYTES);
    let score = |count| size(score_providers(&network.network, 1, Some(1), &providers(count)));
    assert!(score(SCORE_BATCH) <= MAX_TRANSACTION_BYTES);
    let draw = |count: usize| {
        let candidates: Vec<Candidate> = (0..count as u8)
            .map(|number| Candidate { provider: key(100 + number), offer: Some(key(200 + number)) })
            .collect();
        let draw = Draw { work_tree: Some(key(12)), released: Some(key(13)), candidates: &candidates };
        size(draw_job(&seat(), keeper(), &draw))
    };
    assert!(draw(DRAW_BATCH) <= MAX_TRANSACTION_BYTES && draw(DRAW_BATCH + 1) > MAX_TRANSACTION_BYTES);
}

#[test]
fn the_jobs_with_the_most_seats_and_the_longest_reports_fit_into_a_transaction() {
    let model = Some(ModelVersion { model: key(11), version: 1 });
    assert!(size(create_job(&seat().job, &CreateJob { seats: 5, model, ..job() })) <= MAX_TRANSACTION_BYTES);
    for (instruction, _) in score::built() {
        assert!(size(instruction) <= MAX_TRANSACTION_BYTES);
    }
}

#[test]
fn everything_about_disputes_fits_into_a_transaction_with_a_budget() {
    let prove = prove_fault(&of_seat(), &dispute::proof());
    for (instruction, _) in
        [dispute::built(), jury::built()].concat().into_iter().filter(|(built, _)| built.data != prove.data)
    {
        assert!(size(instruction) <= MAX_TRANSACTION_BYTES);
    }
}

#[test]
fn the_account_of_a_tree_is_the_programs_and_has_exactly_its_size() {
    let create = create_tree(key(1), key(2), 5);
    assert_eq!((create.program_id, pattern(&create).as_str()), (SYSTEM_PROGRAM, "pp"));
    let expected = [&[0; 4][..], &5u64.to_le_bytes(), &163_936u64.to_le_bytes(), ID.as_ref()].concat();
    assert_eq!(create.data, expected);
}
