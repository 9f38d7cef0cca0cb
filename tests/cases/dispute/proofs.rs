//! Objective faults: two contradictory results, signed by the operator that accepted the seat
//! (dispute-proof-1).

use {
    crate::{dispute::rounds::WHOLE, dispute::slashing::rich, *},
    solana_sdk::signer::Signer,
    work_token_sdk::{
        DisputeAddresses, Instruction, SeatAddresses,
        commit::{SealedOpening, result_message},
        ix::{Creditor, SignedResult},
        math::dispute::{Outcome, Phase, Side},
        state::dispute_flags,
    },
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

fn prove_ix(at: &DisputeAddresses, seat: &SeatAddresses, challenger: &Actor, results: [u8; 2]) -> Instruction {
    let input = ix::ProveFault {
        challenger: challenger.address(),
        job: seat.job.job,
        refund_to: challenger.tokens,
        results: results.map(|result| [result; 32]),
    };
    ix::prove_fault(at, &input)
}

/// What somebody seals that will show a result of a seat with which another contradicts.
fn sealed(at: &DisputeAddresses, challenger: &Actor, first: u8) -> SealedOpening {
    SealedOpening::prove(at, challenger.address(), [first; 32])
}

/// Commits to a proof whose first result is `first`.
fn commit(market: &Market, seat: &SeatAddresses, challenger: &Actor, first: u8, deposit: u64) {
    market.commit(&sealed(&market.scenario.next_dispute(seat), challenger, first), challenger, deposit);
}

/// Both instructions of a good proof that was committed to.
fn proof(market: &Market, seat: &SeatAddresses, challenger: &Actor) -> (DisputeAddresses, [Instruction; 2]) {
    let at = market.scenario.next_dispute(seat);
    let verify = signatures(market, seat, &market.operator(seat), [7, 8]);
    (at, [verify, prove_ix(&at, seat, challenger, [7, 8])])
}

fn prove(market: &Market, seat: &SeatAddresses, challenger: &Actor) -> DisputeAddresses {
    commit(market, seat, challenger, 7, BOND_OF_PROOF);
    let (at, both) = proof(market, seat, challenger);
    market.send(&both, &[challenger]);
    at
}

/// Two providers and a seat with a result, by whoever was drawn.
fn submitted() -> (Market, Vec<work_token_tests::Juror>, SeatAddresses, Actor) {
    let (market, jurors) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let challenger = rich(&market, "challenger");
    (market, jurors, seat, challenger)
}

// dispute-proof-1
#[test]
fn two_signed_results_are_a_verdict_of_severity_three_without_a_jury_and_pass_the_limit() {
    let (market, _) = Market::judged_with(2, 12, |options| options.params.disputes.slash_cap_bps = 100);
    let (seat, challenger) = (market.submitted(FIXED, FEE), rich(&market, "challenger"));
    market.finalize(2, &market.all());
    let owner = market.worker(&seat);
    let at = prove(&market, &seat, &challenger);
    let proved = market.dispute_state(&at);
    assert_eq!((proved.machine.phase, proved.machine.claimed, proved.machine.verdict), (Phase::Appeal as u8, 3, 3));
    assert_ne!(proved.flags & dispute_flags::OBJECTIVE, 0);
    assert_eq!(market.provider(owner).open_claims(), 1, "it holds stake");
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    // More than the 400 tokens that may be slashed at once.
    assert_eq!((decided.outcome(), decided.slash.own), (Outcome::Upheld, STAKE / 20));
    market.wait_until(decided.slash.from_work_ts + 3 * DAY);
    market.execute(&at);
    assert_eq!(market.provider(owner).own.tokens, STAKE / 20 * 19, "at once, beyond the limit");
    assert_eq!(market.network().slashing.tokens, 0);
    market.advance(&at);
    let reward = market.claim_from(&at, &challenger, Creditor::Challenger(0)) - BOND_OF_PROOF;
    assert_eq!(reward, BOND_OF_PROOF, "a proof earns no more than its bond, or a stolen key would pay its thief");
    market.distribute(&at);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn the_provider_may_appeal_a_proof_to_a_jury() {
    let (market, jurors, seat, challenger) = submitted();
    let friend = rich(&market, "friend");
    let at = prove(&market, &seat, &challenger);
    // It costs what any appeal does: its claim holds stake (dispute-proof-1).
    assert_eq!(market.fund(&at, &friend, Side::Provider), WHOLE);
    market.let_phase_pass(&at);
    market.judge_round(&at, &jurors, &[Some(0)]);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.outcome(), decided.slash.own), (Outcome::Dismissed, 0));
    assert_eq!(market.worker(&seat).at.provider, at.provider);
    assert_eq!(market.provider(market.worker(&seat)).state, ProviderState::Active as u8);
    market.settle_ballots(&at);
    market.distribute(&at);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn the_same_result_twice_proves_nothing() {
    let (market, _, seat, challenger) = submitted();
    let at = market.scenario.next_dispute(&seat);
    commit(&market, &seat, &challenger, 7, BOND_OF_PROOF);
    let verify = signatures(&market, &seat, &market.operator(&seat), [7, 7]);
    let twice = [verify, prove_ix(&at, &seat, &challenger, [7, 7])];
    market.refuses_all(&twice, &[&challenger], E::NotContradictory);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn a_proof_needs_the_operators_own_signatures_of_these_results_of_this_seat() {
    let (market, _, seat, challenger) = submitted();
    let other = market.submitted(FIXED, FEE);
    let operator = market.operator(&seat);
    commit(&market, &seat, &challenger, 7, BOND_OF_PROOF);
    let (at, [verify, prove]) = proof(&market, &seat, &challenger);
    let by_owner = signatures(&market, &seat, &market.worker(&seat).actor, [7, 8]);
    let of_another_job = signatures(&market, &other, &operator, [7, 8]);
    let of_others = signatures(&market, &seat, &operator, [7, 9]);
    for wrong in [by_owner, of_another_job, of_others] {
        market.refuses_all(&[wrong, prove.clone()], &[&challenger], E::WrongProof);
    }
    market.refuses_all(std::slice::from_ref(&prove), &[&challenger], E::WrongProof);
    // Signatures that the instruction takes from a place named by its index, its own here, are not looked
    // for.
    for word in [1, 3, 6] {
        let mut by_index = verify.clone();
        for record in [0, 14] {
            by_index.data[2 + record + 2 * word..][..2].copy_from_slice(&[0, 0]);
        }
        market.refuses_all(&[by_index, prove.clone()], &[&challenger], E::WrongProof);
    }
    let mut other_sysvar = prove;
    other_sysvar.accounts[11].pubkey = operator.address();
    market.refuses_all(&[verify.clone(), other_sysvar], &[&challenger], E::WrongSysvar);
    // Either order of instructions, either order of results.
    commit(&market, &seat, &challenger, 8, BOND_OF_PROOF);
    market.send(&[prove_ix(&at, &seat, &challenger, [8, 7]), verify], &[&challenger]);
    assert_invariants(&market);
}

// dispute-open-1
#[test]
fn a_proof_is_committed_to_by_its_first_result_with_the_smallest_bond() {
    let (market, _, seat, challenger) = submitted();
    let (at, good) = proof(&market, &seat, &challenger);
    market.refuses_all(&good, &[&challenger], E::WrongAccountOwner);
    // Another's commitment is none, nor is one to a dispute, or to another result.
    let thief = rich(&market, "thief");
    commit(&market, &seat, &thief, 7, BOND_OF_PROOF);
    let with = |opening: Pubkey| {
        let [verify, mut prove] = good.clone();
        prove.accounts[3].pubkey = opening;
        [verify, prove]
    };
    market.refuses_all(&with(sealed(&at, &thief, 7).address().0), &[&challenger], E::WrongOpening);
    commit(&market, &seat, &challenger, 8, BOND_OF_PROOF);
    market.refuses_all(&with(sealed(&at, &challenger, 8).address().0), &[&challenger], E::WrongOpening);
    let to_dispute = market.sealed(&at, &challenger, 3);
    market.commit(&to_dispute, &challenger, BOND_OF_PROOF);
    market.refuses_all(&with(to_dispute.address().0), &[&challenger], E::WrongOpening);
    let most = BOND_OF_PROOF / 10 * 11;
    for (name, deposit, error) in
        [("low", BOND_OF_PROOF - 1, E::BondBelowRequired), ("high", most + 1, E::BondAboveRequired)]
    {
        let wrong = rich(&market, name);
        commit(&market, &seat, &wrong, 7, deposit);
        market.refuses_all(&proof(&market, &seat, &wrong).1, &[&wrong], error);
    }
    let before = market.balance(&challenger);
    commit(&market, &seat, &challenger, 7, most);
    market.send(&good, &[&challenger]);
    assert_eq!(before - market.balance(&challenger), BOND_OF_PROOF, "the surplus returns");
    assert_invariants(&market);
}

/// A provider whose conduct in an epoch `other` disputes, and one of whose seats of that epoch `challenger`
/// proves faulty; who comes first, by a second.
fn disputed_and_proved(proof_first: bool) -> (Market, [DisputeAddresses; 2], [Actor; 2]) {
    let (market, _) = Market::judged(1, 12);
    let (owner, challenger, other) = (&market.owners[0], rich(&market, "challenger"), rich(&market, "other"));
    let seat = market.submitted(FIXED, FEE);
    // Three earlier faults make the other dispute cost its severity's most: 1,000 tokens, of which 200 are
    // the reward.
    market.edit_provider(owner, |provider| {
        for offence in &mut provider.faults.offences[..3] {
            (offence.epoch_plus_one, offence.severity) = (1, 2);
        }
    });
    let open = || market.dispute_conduct(owner, 3, &other, 2);
    let show = || prove(&market, &seat, &challenger);
    let all = if proof_first {
        let proved = show();
        market.pass(1);
        [open(), proved]
    } else {
        let disputed = open();
        market.pass(1);
        [disputed, show()]
    };
    market.pass(2 * DAY);
    all.iter().for_each(|at| drop(market.advance(at)));
    // The proof adds twice its fee, of which 60 tokens are its reward.
    assert_eq!(all.map(|at| market.dispute_state(&at).slash.own), [1_000 * TOKEN, 2 * FEE]);
    all.iter().for_each(|at| market.execute_all(at));
    assert_eq!(market.rewards(&all[0]), 200 * TOKEN);
    (market, all, [other, challenger])
}

// dispute-proof-1
#[test]
fn a_proof_earns_no_more_than_its_bond_of_what_others_brought_into_the_fault() {
    let (market, [first, second], [other, challenger]) = disputed_and_proved(true);
    assert_eq!(market.claim_from(&second, &challenger, Creditor::Challenger(0)), 2 * BOND_OF_PROOF);
    assert_eq!(market.claim_from(&first, &other, Creditor::Challenger(0)), BOND_OF_PROOF);
    let burned = market.dispute_state(&second).burn_due;
    assert!(burned >= 160 * TOKEN, "what it does not get burns");
    market.distribute(&second);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn a_proof_that_comes_second_has_its_own_fees_reward_and_leaves_the_steps_to_the_first() {
    let (market, [first, second], [other, challenger]) = disputed_and_proved(false);
    assert_eq!(market.claim_from(&second, &challenger, Creditor::Challenger(0)), BOND_OF_PROOF + 60 * TOKEN);
    assert_eq!(market.claim_from(&first, &other, Creditor::Challenger(0)), BOND_OF_PROOF + 200 * TOKEN);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn a_seat_is_proved_faulty_once() {
    let (market, _, seat, challenger) = submitted();
    let first = prove(&market, &seat, &challenger);
    commit(&market, &seat, &challenger, 7, BOND_OF_PROOF);
    let (_, again) = proof(&market, &seat, &challenger);
    market.refuses_all(&again, &[&challenger], E::NotAProvenFault);
    market.pass(59 * 60);
    market.refuses_all(&again, &[&challenger], E::NotAProvenFault);
    market.let_phase_pass(&first);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn the_operator_in_office_at_acceptance_answers_for_its_signatures() {
    let (market, _, seat, challenger) = submitted();
    let (owner, old) = (market.worker(&seat), market.operator(&seat));
    let new = market.actor("new operator", 0);
    market.send(&[ix::set_operator(&owner.at, new.address())], &[&owner.actor]);
    let at = market.scenario.next_dispute(&seat);
    commit(&market, &seat, &challenger, 7, BOND_OF_PROOF);
    let prove = prove_ix(&at, &seat, &challenger, [7, 8]);
    let by_new = signatures(&market, &seat, &new, [7, 8]);
    market.refuses_all(&[by_new, prove.clone()], &[&challenger], E::WrongProof);
    market.send(&[signatures(&market, &seat, &old, [7, 8]), prove], &[&challenger]);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn the_providers_own_keys_prove_nothing_against_it() {
    let (market, _, seat, _) = submitted();
    let owner = &market.worker(&seat).actor;
    market.give(owner.tokens, BOND_OF_PROOF);
    let operator = market.purse("operator's purse", &market.operator(&seat), BOND_OF_PROOF);
    for own in [owner, &operator] {
        commit(&market, &seat, own, 7, BOND_OF_PROOF);
        market.refuses_all(&proof(&market, &seat, own).1, &[own], E::DisputesItself);
    }
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn a_seat_can_be_proved_faulty_from_its_acceptance_on_by_a_commitment_within_its_window() {
    let (market, _) = Market::judged(2, 12);
    let challenger = rich(&market, "challenger");
    let seat = market.drawn(FIXED, FEE);
    let operator = market.scenario.operator_of(&market.worker(&seat).actor);
    let both = |first: u8| {
        let at = market.scenario.next_dispute(&seat);
        [signatures(&market, &seat, &operator, [7, 8]), prove_ix(&at, &seat, &challenger, [first, 15 - first])]
    };
    // Nobody has accepted: nobody's signature counts.
    commit(&market, &seat, &challenger, 7, BOND_OF_PROOF);
    market.refuses_all(&both(7), &[&challenger], E::NotAProvenFault);
    market.accept(&seat);
    market.submit(&seat);
    let until_work_ts = market.seat_state(&seat).challenge_until_work_ts;
    market.wait_for_work_ts(until_work_ts);
    market.refuses_all(&both(7), &[&challenger], E::OpeningExpired);
    commit(&market, &seat, &challenger, 8, BOND_OF_PROOF);
    market.refuses_all(&both(8), &[&challenger], E::NotAProvenFault);
    assert_invariants(&market);

    let (market, _, seat, challenger) = submitted();
    market.wait_for_work_ts(market.seat_state(&seat).challenge_until_work_ts - 1);
    commit(&market, &seat, &challenger, 7, BOND_OF_PROOF);
    market.pass(HOUR);
    market.send(&proof(&market, &seat, &challenger).1, &[&challenger]);
    assert_invariants(&market);
}

// dispute-proof-1
#[test]
fn signatures_prove_a_fault_before_any_result_stands_on_the_chain() {
    let (market, _) = Market::judged(1, 12);
    let challenger = rich(&market, "challenger");
    let seat = market.accepted(FIXED, FEE);
    let at = prove(&market, &seat, &challenger);
    assert_eq!(market.dispute_state(&at).machine.verdict, 3);
    assert_invariants(&market);
}

// dispute-kind-2
#[test]
fn a_jury_decides_whether_a_missed_deadline_was_the_providers_doing() {
    let (market, jurors) = Market::judged(2, 12);
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.expire(&seat);
    let friend = rich(&market, "friend");
    let at = market.dispute(&seat, &market.client.actor, 1);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(0)]);
    market.let_phase_pass(&at);
    assert_eq!(market.dispute_state(&at).outcome(), Outcome::Dismissed);
    assert_invariants(&market);
}
