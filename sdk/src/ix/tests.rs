//! Every instruction has a builder; its accounts are pinned in order: `s` signs, `p` signs and is written, `w` is
//! written, `r` is read, `-` stands for none.

mod disputes;

use {
    super::*,
    crate::{
        addresses::*,
        commit::Reports,
        state::{AuthorityRole, EmissionMode, NetworkParams},
        transactions::{ComputeBudget, MAX_TRANSACTION_BYTES, Unsigned},
    },
    bytemuck::Zeroable,
    solana_sdk::hash::Hash,
    std::collections::BTreeSet,
    work_token_interface::args::SetOfferArgs,
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
    }
}

fn governance() -> Vec<(Instruction, &'static str)> {
    let (network, n) = (network(), network().network);
    let create = CreateNetwork {
        creator: key(1),
        id: 1,
        emission_mode: EmissionMode::Mint,
        accept_freeze_authority: false,
        admin: key(2),
        guardian: key(2),
        arbiter: key(2),
        params: NetworkParams::zeroed(),
    };
    vec![
        (create_network(&network, &create), "pwrwwwwwwrr"),
        (propose_authority(&n, key(1), AuthorityRole::Admin, key(2)), "sw"),
        (accept_authority(&n, key(1), AuthorityRole::Admin), "sw"),
        (pause(&n, key(1), 1), "sw"),
        (unpause(&n, key(1)), "sw"),
        (propose_params(&n, key(1), key(2), 1, &NetworkParams::zeroed()), "spwwr"),
        (execute_params(&network, 1, key(2)), "wrww"),
        (cancel_params(&n, key(1), 1, key(2)), "srww"),
        (pay_treasury(&network, key(1), key(2), 1), "srwwrr"),
        (set_job_class(&n, key(1), key(2), 3, &crate::state::JobRules::zeroed()), "spwwr"),
    ]
}

fn stake() -> Vec<(Instruction, &'static str)> {
    let provider = provider();
    let (own, position) = (provider.own(), provider.position(key(11)));
    let register =
        RegisterProvider { operator: key(1), reward_destination: key(2), metadata_hash: [0; 32], commission_bps: 1 };
    let deposit = Delegate { from: key(1), amount: 1, min_shares_out: 0, max_open_claims: 0 };
    vec![
        (register_provider(&provider, register), "prwwwrrr"),
        (stake_self(&provider, key(1), 1), "srwwwwrr"),
        (delegate(&position, deposit), "prwwwwrrr"),
        (request_unbonding(&own, 1, 1), "prwwwr"),
        (cancel_unbonding(&own, 1), "prwww"),
        (withdraw_unbonded(&own, 1, key(1)), "prwwwwwrr"),
        (claim_rewards(&position, key(1)), "srwwwwrr"),
        (restake(&position, 0), "srwwwwrr"),
        (claim_provider_rewards(&provider, key(1)), "srwwwrr"),
        (announce_commission(&provider, 1), "srw"),
        (set_operator(&provider, key(1)), "srw"),
        (set_reward_destination(&provider, key(1)), "srw"),
        (retire(&provider), "sww"),
        (close_provider(&provider), "wwwwwrrw"),
        (close_delegation(&position, key(1)), "srwww"),
        (sweep_surplus(&provider), "rrwwrr"),
        (activate_delegation(&position, keeper()), "srwwwwrr"),
    ]
}

fn epochs() -> Vec<(Instruction, &'static str)> {
    let (network, n) = (network(), network().network);
    let unpaid = Keeper { account: None, ..keeper() };
    vec![
        (open_epoch(&n, key(1), 1), "pwwr"),
        (touch_provider(&n, key(1)), "rw"),
        (weigh_providers(&network, 1, keeper(), Some(key(12)), &providers(2)), "swwwwwrrww"),
        (weigh_providers(&network, 1, unpaid, None, &providers(1)), "sww-w-rrw"),
        (settle_providers(&network, 1, keeper(), &providers(2)), "srwwwrrww"),
        (finalize_epoch(&network, 1, keeper()), "swwwwwwwwr"),
        (sweep_epoch(&n, 1), "ww"),
        (close_epoch(&n, 1, key(1)), "ww"),
    ]
}

fn jobs() -> Vec<(Instruction, &'static str)> {
    let (seat, client) = (seat(), seat().job.client);
    let candidates = [Candidate { provider: key(1), offer: Some(key(2)) }, Candidate { provider: key(3), offer: None }];
    let draw = Draw { work_tree: Some(key(12)), released: Some(key(13)), candidates: &candidates };
    let early = Draw { work_tree: None, released: None, candidates: &[] };
    vec![
        (register_client(&client), "prwr"),
        (create_job(&seat.job, &job()), "prrwwwwrrrrwww"),
        (cancel_job(&seat, Some(key(1)), key(2)), "swwwwww-wr"),
        (cancel_job(&seat, None, key(2)), "swww-ww-wr"),
        (expire_job(&seat, keeper(), Some(key(1)), key(2)), "swwwwwwwwr"),
        (extend_job(&seat, Some(key(1)), 5), "srwws"),
        (extend_job(&seat, None, 5), "srww-"),
        (approve_result(&seat, key(1), key(2)), "swwwwwwwrr"),
        (settle_job(&seat, key(3), key(1), key(2)), "swwwwwwwrr"),
        (rate_job(&seat, 100), "srww-"),
        (keep_alive(&seat, key(1)), "srww"),
        (stop_job(&seat, key(1), key(2)), "swwww"),
        (claim_credit(&seat, key(1)), "srrwwwrr"),
        (close_job(&seat.job, key(1), &providers(3)), "swwwwww"),
        (capture_seed(&seat.job, keeper()), "srwrwwrr"),
        (draw_job(&seat, keeper(), &draw), "swwwrwwrrwwrw"),
        (draw_job(&seat, keeper(), &early), "srww-wwrr"),
        (accept_job(&seat, key(1), key(2), None), "srwww-"),
        (accept_job(&seat, key(1), key(2), Some(key(3))), "srwwwr"),
        (decline_job(&seat, key(1), key(2)), "srwww-"),
        (submit_result(&seat, key(1), key(2), [1; 32]), "srwww"),
        (commit_result(&seat, key(1), [1; 32]), "srww"),
        (reveal_result(&seat, key(1), [1; 32], [2; 32]), "srww"),
        (set_offer(&provider(), &SetOfferArgs::default()), "prwwr"),
    ]
}

fn seats() -> Vec<(Instruction, &'static str)> {
    let n = network().network;
    vec![
        (init_work_tree(&n, key(1), key(2), 0), "sww"),
        (take_seat(&provider(), 1), "sww"),
        (challenge_seat(&provider(), key(1)), "srww"),
        (swap_seat(&n, key(3), key(1), key(2)), "srww"),
        (heartbeat(&n, key(1), key(2)), "srw"),
        (declare_maintenance(&n, key(1), key(2), Maintenance { from_ts: 1, secs: 1 }), "srw"),
        (record_outage(&n), "w"),
        (refresh_note(&n), "w"),
    ]
}

fn attesters() -> Vec<(Instruction, &'static str)> {
    let (attester, shard) = (AttesterAddresses::derive(network(), key(14)), ShardAddresses::derive(network(), 5, 1));
    let n = network().network;
    vec![
        (register_attester(&attester, key(1), 1), "prwwwwrrr"),
        (add_attester_bond(&attester, key(1), 1), "srwwwwrr"),
        (aim_attester(&attester), "srww"),
        (displace_attester(&attester, Some(key(1))), "rwww"),
        (displace_attester(&attester, None), "rww-"),
        (retire_attester(&attester), "srww"),
        (close_attester(&attester, key(1)), "prwwwwrr"),
        (claim_attester_rewards(&attester, key(1)), "srwwwrr"),
        (advance_beacon(&n, None), "wr-"),
        (advance_beacon(&n, Some(key(1))), "wrr"),
        (seat_attesters(&shard, key(1)), "prwrwr"),
        (mask_report(&shard, 1, key(1), key(2)), "rwrr"),
        (commit_reports(&attester, &shard, [1; 32]), "srww"),
        (reveal_reports(&attester, &shard, &Reports::new(), [1; 32]), "srrwr"),
        (score_providers(&n, 5, Some(1), &providers(2)), "wwwww"),
        (score_providers(&n, 5, None, &providers(1)), "ww-w"),
        (settle_attesters(&shard, &providers(2)), "wwwwwwrww"),
        (close_score_shard(&shard, key(1)), "ww"),
    ]
}

fn all() -> Vec<(Instruction, &'static str)> {
    [governance(), stake(), epochs(), jobs(), seats(), attesters(), disputes::disputes(), disputes::juries()].concat()
}

fn name(instruction: &Instruction) -> &'static str {
    let known = INSTRUCTIONS.iter().find(|(_, tag)| *tag == instruction.data[..8]);
    known.map(|(name, _)| *name).expect("a known discriminator")
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
    let built: BTreeSet<&str> = all().iter().map(|(instruction, _)| name(instruction)).collect();
    let known: BTreeSet<&str> = INSTRUCTIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(built, known);
}

#[test]
fn the_accounts_of_every_builder_stand_in_the_programs_order() {
    for (instruction, accounts) in all() {
        assert_eq!(pattern(&instruction), accounts, "{}", name(&instruction));
        assert_eq!(instruction.program_id, ID);
    }
}

#[test]
fn the_arguments_that_people_give_stand_behind_the_discriminator() {
    let create = create_job(&seat().job, &job());
    assert_eq!(create.data.len(), 8 + 8 + 8 + 4 + 32 + 32 + 32 + 1 + 5);
    let bumps: Vec<u8> = seat().job.seats(3).iter().map(|seat| seat.bump).chain([0, 0]).collect();
    assert_eq!(create.data[124..], [&[seat().job.bump][..], &bumps].concat());

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
    let budget = ComputeBudget { units: 1, micro_lamports_per_unit: 1 };
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
    assert!(size(create_job(&seat().job, &CreateJob { seats: 5, ..job() })) <= MAX_TRANSACTION_BYTES);
    for (instruction, _) in attesters() {
        assert!(size(instruction) <= MAX_TRANSACTION_BYTES);
    }
}

#[test]
fn the_account_of_a_tree_is_the_programs_and_has_exactly_its_size() {
    let create = create_work_tree(key(1), key(2), 5);
    assert_eq!((create.program_id, pattern(&create).as_str()), (SYSTEM_PROGRAM, "pp"));
    let expected = [&[0; 4][..], &5u64.to_le_bytes(), &163_936u64.to_le_bytes(), ID.as_ref()].concat();
    assert_eq!(create.data, expected);
}
