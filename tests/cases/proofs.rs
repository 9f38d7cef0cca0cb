//! Objective faults: two contradictory results, signed by the operator that accepted the seat (R H10).

use {
    crate::{slashing::rich, *},
    solana_sdk::signer::Signer,
    work_token_sdk::{
        DisputeAddresses, Instruction, SeatAddresses,
        commit::result_message,
        ix::{Creditor, SignedResult},
        math::dispute::{Outcome, Phase, Side},
        state::dispute_flags,
    },
    work_token_tests::refused,
};

/// The smallest bond.
const BOND_OF_PROOF: u64 = 100 * TOKEN;

/// `by`'s signatures under two results of `of`.
fn signatures(market: &Market, of: &SeatAddresses, by: &Actor, results: [u8; 2]) -> Instruction {
    let created_slot = market.job_state(&of.job).created_slot;
    let signed = results.map(|result| SignedResult {
        result_hash: [result; 32],
        signature: by.key.sign_message(&result_message(of, created_slot, &[result; 32])),
    });
    ix::signed_results(of, created_slot, &by.address(), &signed)
}

fn prove_ix(
    at: &DisputeAddresses,
    seat: &SeatAddresses,
    challenger: &Actor,
    results: [u8; 2],
    bond: u64,
) -> Instruction {
    let input = ix::ProveFault {
        challenger: challenger.address(),
        job: seat.job.job,
        from: challenger.tokens,
        results: results.map(|result| [result; 32]),
        bond,
    };
    ix::prove_fault(at, &input)
}

/// Both instructions of a good proof.
fn proof(market: &Market, seat: &SeatAddresses, challenger: &Actor) -> (DisputeAddresses, [Instruction; 2]) {
    let at = market.scenario.next_dispute(seat);
    let verify = signatures(market, seat, &market.operator(seat), [7, 8]);
    (at, [verify, prove_ix(&at, seat, challenger, [7, 8], BOND_OF_PROOF)])
}

fn prove(market: &Market, seat: &SeatAddresses, challenger: &Actor) -> DisputeAddresses {
    let (at, both) = proof(market, seat, challenger);
    market.send(&both, &[challenger]);
    at
}

#[track_caller]
fn refuses(market: &Market, instructions: &[Instruction], challenger: &Actor, error: E) {
    let before = Photo::of(market);
    refused(market, &before, market.tries(instructions, &[challenger]), error);
}

/// Two providers and a seat with a result, by whoever was drawn.
fn submitted() -> (Market, Vec<work_token_tests::Judge>, SeatAddresses, Actor) {
    let (market, judges) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let challenger = rich(&market, "challenger");
    (market, judges, seat, challenger)
}

// R H10, H17
#[test]
fn two_signed_results_are_a_verdict_of_severity_three_without_a_jury_and_pass_the_limit_h10() {
    let (market, _, seat, challenger) = submitted();
    market.finalize(2, &market.all());
    let owner = market.worker(&seat);
    let at = prove(&market, &seat, &challenger);
    let proved = market.dispute_state(&at);
    assert_eq!((proved.machine.phase, proved.machine.claimed, proved.machine.verdict), (Phase::Appeal as u8, 3, 3));
    assert_ne!(proved.flags & dispute_flags::OBJECTIVE, 0);
    assert_eq!(market.provider(owner).open_claims(), 1, "it holds stake");
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    // Half of the network's stake was convicted, so the severity's most: 15 %, more than the 2,000 tokens that may be slashed at once.
    assert_eq!((decided.outcome(), decided.own_slash), (Outcome::Upheld, STAKE / 100 * 15));
    market.wait_until(decided.slash_from_work_ts + 3 * DAY);
    market.execute(&at);
    assert_eq!(market.provider(owner).own.tokens, STAKE / 100 * 85, "at once, beyond the limit");
    assert_eq!(market.network().slash_level, 0);
    market.advance(&at);
    let reward = market.claim_from(&at, &challenger, Creditor::Challenger(0)) - BOND_OF_PROOF;
    assert_eq!(reward, BOND_OF_PROOF, "a proof earns no more than its bond, or a stolen key would pay its thief");
    market.distribute(&at);
    assert_invariants(&market);
}

// R H10
#[test]
fn the_provider_may_appeal_a_proof_to_a_jury_h10() {
    let (market, judges, seat, challenger) = submitted();
    let friend = rich(&market, "friend");
    let at = prove(&market, &seat, &challenger);
    assert!(market.fund(&at, &friend, Side::Provider) > 0);
    if market.dispute_state(&at).machine.phase == Phase::Appeal as u8 {
        market.let_phase_pass(&at);
    }
    market.judge_round(&at, &judges, &[Some(0)]);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.outcome(), decided.own_slash), (Outcome::Dismissed, 0));
    assert_eq!(market.worker(&seat).at.provider, at.provider);
    assert_eq!(market.provider(market.worker(&seat)).state, ProviderState::Active as u8);
    market.settle_ballots(&at);
    market.distribute(&at);
    assert_invariants(&market);
}

// R H10
#[test]
fn the_same_result_twice_proves_nothing_h10() {
    let (market, _, seat, challenger) = submitted();
    let at = market.scenario.next_dispute(&seat);
    let verify = signatures(&market, &seat, &market.operator(&seat), [7, 7]);
    refuses(
        &market,
        &[verify, prove_ix(&at, &seat, &challenger, [7, 7], BOND_OF_PROOF)],
        &challenger,
        E::NotContradictory,
    );
    assert_invariants(&market);
}

// R H10
#[test]
fn a_proof_needs_the_operators_own_signatures_of_these_results_of_this_seat_h10() {
    let (market, _, seat, challenger) = submitted();
    let other = market.submitted(FIXED, FEE);
    let operator = market.operator(&seat);
    let (at, [verify, prove]) = proof(&market, &seat, &challenger);
    let by_owner = signatures(&market, &seat, &market.worker(&seat).actor, [7, 8]);
    let of_another_job = signatures(&market, &other, &operator, [7, 8]);
    let of_others = signatures(&market, &seat, &operator, [7, 9]);
    for wrong in [by_owner, of_another_job, of_others] {
        refuses(&market, &[wrong, prove.clone()], &challenger, E::WrongProof);
    }
    refuses(&market, std::slice::from_ref(&prove), &challenger, E::WrongProof);
    // Signatures that the instruction takes from a place named by its index, its own here, are not looked for.
    for word in [1, 3, 6] {
        let mut by_index = verify.clone();
        for record in [0, 14] {
            by_index.data[2 + record + 2 * word..][..2].copy_from_slice(&[0, 0]);
        }
        refuses(&market, &[by_index, prove.clone()], &challenger, E::WrongProof);
    }
    let mut other_sysvar = prove.clone();
    other_sysvar.accounts[10].pubkey = operator.address();
    refuses(&market, &[verify.clone(), other_sysvar], &challenger, E::WrongSysvar);
    let cheap = prove_ix(&at, &seat, &challenger, [7, 8], BOND_OF_PROOF - 1);
    refuses(&market, &[verify.clone(), cheap], &challenger, E::BondBelowRequired);
    // Either order of instructions, either order of results.
    market.send(&[prove_ix(&at, &seat, &challenger, [8, 7], BOND_OF_PROOF), verify], &[&challenger]);
    assert_invariants(&market);
}

// R H10, M13
#[test]
fn a_proof_earns_no_more_than_its_bond_of_what_others_brought_into_the_fault_h10() {
    let (market, _) = Market::judged(1, 12);
    let (owner, challenger, other) = (&market.owners[0], rich(&market, "challenger"), rich(&market, "other"));
    let seat = market.submitted(FIXED, FEE);
    // Three earlier faults make the other dispute cost its severity's most: 1,000 tokens, of which 200 are the reward.
    market.edit_provider(owner, |provider| {
        for offence in &mut provider.offences[..3] {
            (offence.epoch_plus_one, offence.severity) = (1, 2);
        }
    });
    let first = market.dispute_conduct(owner, 3, &other, 2);
    let second = prove(&market, &seat, &challenger);
    market.wait_until(market.now() + 2 * DAY);
    market.advance(&first);
    market.advance(&second);
    // The proof adds twice its fee, of which 60 tokens are its reward: together 260, by bonds as large as each other 130.
    assert_eq!([&first, &second].map(|at| market.dispute_state(at).own_slash), [1_000 * TOKEN, 2 * FEE]);
    market.execute_all(&first);
    market.execute_all(&second);
    assert_eq!(market.fault_state(&first).reward, 260 * TOKEN);
    assert_eq!(market.claim_from(&second, &challenger, Creditor::Challenger(0)), 2 * BOND_OF_PROOF);
    assert_eq!(market.claim_from(&first, &other, Creditor::Challenger(0)), 230 * TOKEN);
    let insured_and_burned = market.dispute_state(&second).burn_due;
    assert!(insured_and_burned >= 30 * TOKEN, "what it does not get burns");
    market.distribute(&second);
    assert_invariants(&market);
}

// R H10
#[test]
fn a_seat_is_proved_faulty_once_h10() {
    let (market, _, seat, challenger) = submitted();
    let first = prove(&market, &seat, &challenger);
    let (_, again) = proof(&market, &seat, &challenger);
    refuses(&market, &again, &challenger, E::NotAProvenFault);
    market.let_phase_pass(&first);
    let (_, again) = proof(&market, &seat, &challenger);
    refuses(&market, &again, &challenger, E::NotAProvenFault);
    assert_invariants(&market);
}

// R H10, table "Under-specified": operator changed between acceptance and result
#[test]
fn the_operator_in_office_at_acceptance_answers_for_its_signatures_h10() {
    let (market, _, seat, challenger) = submitted();
    let (owner, old) = (market.worker(&seat), market.operator(&seat));
    let new = market.actor("new operator", 0);
    market.send(&[ix::set_operator(&owner.at, new.address())], &[&owner.actor]);
    let at = market.scenario.next_dispute(&seat);
    let prove = prove_ix(&at, &seat, &challenger, [7, 8], BOND_OF_PROOF);
    refuses(&market, &[signatures(&market, &seat, &new, [7, 8]), prove.clone()], &challenger, E::WrongProof);
    market.send(&[signatures(&market, &seat, &old, [7, 8]), prove], &[&challenger]);
    assert_invariants(&market);
}

// R H10
#[test]
fn the_providers_own_keys_prove_nothing_against_it_h10() {
    let (market, _, seat, _) = submitted();
    let owner = market.worker(&seat);
    market.give(owner.actor.tokens, BOND_OF_PROOF);
    let (_, by_owner) = proof(&market, &seat, &owner.actor);
    refuses(&market, &by_owner, &owner.actor, E::DisputesItself);
    let mut operator = market.operator(&seat);
    operator.tokens = owner.actor.tokens;
    let (_, by_operator) = proof(&market, &seat, &operator);
    refuses(&market, &by_operator, &operator, E::DisputesItself);
    assert_invariants(&market);
}

// R H10
#[test]
fn a_seat_can_be_proved_faulty_from_its_acceptance_to_the_end_of_its_window_h10() {
    let (market, _) = Market::judged(2, 12);
    let challenger = rich(&market, "challenger");
    let seat = market.drawn(FIXED, FEE);
    let operator = market.scenario.operator_of(&market.worker(&seat).actor);
    let both = || {
        let at = market.scenario.next_dispute(&seat);
        [signatures(&market, &seat, &operator, [7, 8]), prove_ix(&at, &seat, &challenger, [7, 8], BOND_OF_PROOF)]
    };
    // Nobody has accepted: nobody's signature counts.
    refuses(&market, &both(), &challenger, E::NotAProvenFault);
    market.accept(&seat);
    market.submit(&seat);
    market.wait_for_work_ts(market.seat_state(&seat).challenge_until_work_ts);
    refuses(&market, &both(), &challenger, E::NotAProvenFault);
    assert_invariants(&market);
}

// R H10
#[test]
fn signatures_prove_a_fault_before_any_result_stands_on_the_chain_h10() {
    let (market, _) = Market::judged(1, 12);
    let challenger = rich(&market, "challenger");
    let seat = market.accepted(FIXED, FEE);
    let at = prove(&market, &seat, &challenger);
    assert_eq!(market.dispute_state(&at).machine.verdict, 3);
    assert_invariants(&market);
}

// R H10
#[test]
fn a_missed_deadline_is_only_its_clients_to_dispute_h10() {
    let (market, judges) = Market::judged(2, 12);
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.expire(&seat);
    let challenger = rich(&market, "challenger");
    let at = market.scenario.next_dispute(&seat);
    let by_stranger = market.dispute_ix(&at, Some(seat.job.job), &challenger, 2, 1_000 * TOKEN);
    market.refuses(by_stranger, &[&challenger], E::NotDisputable);
    let at = market.dispute(&seat, &market.client.actor, 2);
    market.answer(&at, &challenger);
    market.judge_round(&at, &judges, &[Some(0)]);
    market.let_phase_pass(&at);
    assert_eq!(
        market.dispute_state(&at).outcome(),
        Outcome::Dismissed,
        "a jury decides whether it was the client's doing"
    );
    assert_invariants(&market);
}
