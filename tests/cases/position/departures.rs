//! A ticket pays what its shares would have lost had they stayed, for the disputes that had joined when it
//! left, at most its part (position-settle-1).
//!
//! Kind: an account's end is earlier than that of what refers to it. Looked for at every account of
//! disputes: a claim outlives the tickets that list it, a dispute its ballots and shares of appeals, a
//! fault its disputes and what they have not drawn, a seat its commitments' hour (`dispute::openings`), a
//! job its disputed seats, a juror its ballots (`jury::votes`); and at addresses that are used again:
//! numbers of a provider that registers anew. How disputes share a claim stands in `dispute::joins`.

use {
    crate::{
        dispute::contested::Contested,
        dispute::liability::{Backed, listed},
        dispute::slashing::{found, rich},
        *,
    },
    work_token_sdk::{DisputeAddresses, Instruction, ix::Creditor, state::provider::first_number},
    work_token_tests::Juror,
};

/// What dora loses of her 3,000 tokens by a slash of 5 % in four installments, when she leaves at a step:
/// before the opening (0), after it (1), after the verdict (2), after each installment (3 to 6).
fn lost_by_leaving(step: usize) -> (u64, u64) {
    let backed = Backed::new();
    let (market, owner) = (&backed.market, backed.owner());
    market.touch(owner);
    market.pass(DAY + 1);
    let mut paid = 0;
    let mut leave_at = |now: usize| {
        if now == step {
            paid = market.withdraw(&backed.dora, 1);
            assert_invariants(market);
        }
    };
    leave_at(0);
    let at = backed.found();
    leave_at(1);
    market.let_phase_pass(&at);
    leave_at(2);
    let from_ts = market.dispute_state(&at).slash.from_work_ts;
    for installment in 0..4 {
        market.wait_until(from_ts + installment * DAY);
        market.execute(&at);
        leave_at(3 + usize::try_from(installment).unwrap());
    }
    market.advance(&at);
    if market.exists(&backed.dora.at.ticket(1).0) {
        paid += market.settle_ticket(&backed.dora, 1);
    }
    assert_invariants(market);
    (3_000 * TOKEN - paid, 4_000 * TOKEN - backed.stays())
}

#[test]
fn who_leaves_at_any_step_of_a_dispute_loses_what_it_would_have_lost_had_it_stayed() {
    for step in 1..=6 {
        let (dora, eric) = lost_by_leaving(step);
        assert!((75 * TOKEN..=75 * TOKEN + 4).contains(&dora), "{dora} at step {step}");
        assert!(eric.abs_diff(100 * TOKEN) <= 4, "{eric} at step {step}: who stays pays for nobody");
    }
}

#[test]
fn who_leaves_before_the_opening_loses_nothing_and_who_stays_no_more() {
    let (dora, eric) = lost_by_leaving(0);
    assert_eq!(dora, 0);
    assert!(eric.abs_diff(100 * TOKEN) <= 4, "{eric}");
}

#[test]
fn a_ticket_never_pays_more_than_its_part_and_nobody_else_pays_the_rest() {
    let backed = Backed::new();
    let (market, owner, [challenger, friend]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    let at = market.dispute_conduct(owner, 12, challenger, 2);
    market.wait_until(market.ticket(&backed.dora, 1).matures_at_ts);
    // A hundredth of her stake is held; the claim is raised to a twentieth when she is gone.
    assert_eq!(market.withdraw(&backed.dora, 1), 2_970 * TOKEN);
    let raiser = rich(market, "raiser");
    market.raise(&at, &raiser, 3);
    market.answer(&at, friend);
    market.judge_round(&at, &backed.jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.execute_all(&at);
    assert_eq!(market.burns(|| assert_eq!(market.settle_ticket(&backed.dora, 1), 0)), 30 * TOKEN);
    let eric = 4_000 * TOKEN - backed.stays();
    assert!(eric.abs_diff(100 * TOKEN) <= 4, "{eric}");
    assert_invariants(market);
}

#[test]
fn a_false_claim_that_ended_long_ago_takes_nothing_of_a_ticket_that_waits_for_a_true_one() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    let false_one = market.dispute_conduct(owner, 12, challenger, 5);
    let at = backed.found();
    market.pass(DAY);
    market.withdraw(&backed.dora, 1);
    market.withdraw_claim(&false_one, challenger, 0);
    market.advance(&false_one);
    market.let_phase_pass(&at);
    // Nobody executes for more than a month; the false claim's account shrinks meanwhile, and stays.
    market.pass(31 * DAY);
    let close = || ix::close_claim(&false_one.claim, false_one.provider, challenger.address());
    market.send(&[close()], &[]);
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.execute_all(&at);
    let back = market.settle_ticket(&backed.dora, 1);
    assert!((3_000 * TOKEN - back).abs_diff(75 * TOKEN) <= 4, "of 3,000 tokens {back} return");
    assert_invariants(market);
}

#[test]
fn a_ticket_pays_for_those_disputes_of_a_claim_that_had_joined_when_it_left() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    let false_ones = [1; 4].map(|severity| market.dispute_conduct(owner, 12, challenger, severity));
    market.pass(DAY + 1);
    assert_eq!(market.withdraw(&backed.dora, 1), (3_000 - 4 * 3) * TOKEN);
    // The fifth joins the claim of the fourth, behind dora's back and before fred's eyes.
    let at = backed.found();
    assert_eq!(market.dispute_state(&at).claim, market.dispute_state(&false_ones[3]).claim);
    let fred_paid = market.withdraw(&backed.fred, 1);
    for false_one in &false_ones {
        market.withdraw_claim(false_one, challenger, 0);
        market.advance(false_one);
    }
    // What she answers for has ended, whatever becomes of the fifth.
    assert_eq!(market.settle_ticket(&backed.dora, 1), 4 * 3 * TOKEN);
    market.refuses(market.settle_ticket_ix(&backed.fred, 1), &[], E::ClaimOpen);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    let slash = market.dispute_state(&at).slash.delegated;
    assert_eq!(slash, 7_000 * TOKEN / 40);
    let fred = 3_000 * TOKEN - fred_paid - market.settle_ticket(&backed.fred, 1);
    assert!(fred.abs_diff(slash * 3 / 7) <= 4, "{fred} of {slash}");
    assert!((4_000 * TOKEN - backed.stays()).abs_diff(slash * 4 / 7) <= 4);
    assert_invariants(market);
}

#[test]
fn what_a_claim_had_executed_before_a_ticket_left_is_not_paid_again() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    // Three false claims, and a fourth that two true ones share, about different epochs.
    let false_ones = [10; 3].map(|epoch| market.dispute_conduct(owner, epoch, challenger, 1));
    let both = [12, 11].map(|epoch| market.dispute_conduct(owner, epoch, challenger, 2));
    assert_eq!(both.map(|at| market.dispute_state(&at).claim), [4, 4]);
    for false_one in &false_ones {
        market.withdraw_claim(false_one, challenger, 0);
        market.advance(false_one);
    }
    market.let_phase_pass(&both[0]);
    market.advance(&both[1]);
    market.execute_all(&both[0]);
    let paid = market.withdraw(&backed.dora, 1);
    assert_eq!(listed(&market.ticket(&backed.dora, 1)), [(4, 30 * TOKEN)]);
    market.execute_all(&both[1]);
    assert_eq!(both.map(|at| market.dispute_state(&at).slash.delegated_executed), [50 * TOKEN; 2]);
    let lost = 3_000 * TOKEN - paid - market.settle_ticket(&backed.dora, 1);
    assert!(lost.abs_diff(30 * TOKEN) <= 4, "{lost}");
    assert_invariants(market);
}

/// A provider that may close: it retired 90 epochs ago. One last dispute about it, of severity 3, ended as
/// `end` did.
fn leaving(end: impl FnOnce(&Market, &[Juror], &DisputeAddresses, &Actor)) -> (Market, DisputeAddresses, Actor) {
    let (market, jurors) = Market::judged(2, 12);
    let owner = &market.owners[0];
    let challenger = rich(&market, "challenger");
    market.retire(owner);
    let own = market.request_all(owner);
    market.touch(owner);
    let at = market.dispute_conduct(owner, market.epoch(), &challenger, 3);
    end(&market, &jurors, &at, &challenger);
    market.pass(35 * DAY);
    market.withdraw(owner, own);
    market.close(owner);
    market.go_to_epoch(market.provider(owner).retired_epoch + 90);
    (market, at, challenger)
}

/// The same, and the dispute was withdrawn at once.
pub fn leaving_undisturbed() -> (Market, DisputeAddresses, Actor) {
    leaving(|market, _, at, challenger| {
        market.withdraw_claim(at, challenger, 0);
        market.advance(at);
    })
}

pub fn close_claim(at: &DisputeAddresses, payer: &Actor) -> Instruction {
    ix::close_claim(&at.claim, at.provider, payer.address())
}

#[test]
fn stake_that_comes_when_all_have_left_answers_for_nothing_of_before() {
    let (market, jurors) = Market::judged(1, 12);
    let owner = &market.owners[0];
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    let ticket = market.request_all(owner);
    market.wait_until(market.ticket(owner, ticket).matures_at_ts - HOUR);
    let at = found(&market, &jurors, owner, market.epoch(), [&parties[0], &parties[1]], 3);
    market.pass(HOUR);
    let paid = market.withdraw(owner, ticket);
    market.stake_self(owner, STAKE);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    assert!(STAKE - market.provider(owner).own.tokens <= 4, "rounded up by a unit an installment");
    let lost = STAKE - paid - market.settle_ticket(owner, ticket);
    assert!(lost.abs_diff(STAKE / 20) <= 4, "{lost}");
    assert_eq!(market.provider(owner).slash_debt, 0);
    assert_invariants(&market);
}

#[test]
fn what_a_dispute_owes_to_nobody_in_particular_leaves_though_its_provider_has_closed() {
    let (market, at, challenger) = leaving(|market, jurors, at, _| {
        let friend = rich(market, "friend");
        market.answer(at, &friend);
        market.judge_round(at, jurors, &[Some(0)]);
        market.let_phase_pass(at);
        market.settle_ballots(at);
        market.claim_counter_bond(&market.owners[0], &friend);
    });
    let dispute = market.dispute_state(&at);
    assert_eq!(dispute.provider_due, 50 * TOKEN, "half of the bond");
    market.send(&[ix::close_provider(&market.owners[0].at)], &[]);
    // There is nobody to get it any more.
    let burned = market.burns(|| drop(market.distribute(&at)));
    assert_eq!(burned, dispute.provider_due + dispute.burn_due);
    market.send(&[ix::close_dispute(&at.dispute, challenger.address())], &[]);
    assert_invariants(&market);
}

#[test]
fn a_dispute_ends_though_its_job_has_closed() {
    let case = Contested::judged(3, &[Some(3)]);
    case.let_phase_pass(&case.at);
    case.settle_seat(&case.seat);
    case.close_job(&case.client, &case.seat.job);
    assert!(!case.exists(&case.seat.assignment));
    assert_eq!(case.provider(&case.owners[0]).open_claims(), 1, "installments are to come");
    case.execute_all(&case.at);
    assert_eq!(case.provider(&case.owners[0]).open_claims(), 0);
    assert_eq!(case.claim_from(&case.at, &case.client.actor, Creditor::Client), 2 * FEE);
    assert_invariants(&case);
}

#[test]
fn a_job_does_not_close_while_a_dispute_about_a_seat_of_it_is_undecided() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    market.approve(&market.client, &seat);
    let (challenger, client) = (rich(&market, "challenger"), &market.client.actor);
    let at = market.dispute(&seat, &challenger, 2);
    market.wait_for_work_ts(market.seat_state(&seat).settles_at_work_ts());
    let close = market.close_job_ix(&seat.job, client.address());
    market.refuses(close, &[client], E::JobNotOver);
    market.advance(&at);
    market.close_job(&market.client, &seat.job);
    market.execute_all(&at);
    assert_invariants(&market);
}

#[test]
fn a_provider_that_registers_again_at_a_closed_ones_address_is_disputed() {
    let (market, old, challenger) = leaving_undisturbed();
    let owner = &market.owners[0];
    market.send(&[ix::close_provider(&owner.at)], &[]);
    market.give(owner.actor.tokens, STAKE);
    market.scenario.register(&owner.actor, 0, STAKE).expect("it registers again");
    market.next_epoch();
    market.touch(owner);
    let registered = market.provider(owner).registered_epoch;
    let at = market.dispute_conduct(owner, market.epoch(), &challenger, 2);
    // The old dispute and its claim stand where they stood.
    assert!(market.exists(&old.dispute) && market.exists(&old.claim) && at.dispute != old.dispute);
    let dispute = market.dispute_state(&at);
    let first = first_number(registered) + 1;
    assert_eq!((dispute.claim, dispute.number), (first, first));
    market.let_phase_pass(&at);
    market.execute_all(&at);
    assert_eq!(market.provider(owner).own.tokens, STAKE - STAKE / 100);
    // The old one is of nobody any more; the new one is of who is there, however long ago it ended.
    market.pass(30 * DAY);
    market.send(&[close_claim(&old, &challenger)], &[]);
    market.refuses(close_claim(&at, &challenger), &[], E::TooEarlyToCloseDispute);
    assert!(!market.exists(&old.claim));
    assert_invariants(&market);
}
