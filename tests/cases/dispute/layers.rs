//! Nobody takes from a challenger by joining its side (dispute-layer-1).
//!
//! Kind: an accomplice on one's own side takes from it. Looked for at everything that challengers share: the
//! bonds and what stands against them (each claim a layer of its own), the jurors' pay and the size of the
//! jury, the counter-bond that an answer needs, silence (a raise must not save the provider from it),
//! withdrawals, the appeals for more and for less, the steps' reward within a dispute and between disputes of
//! an epoch, twice the fee of a further ballot, and the size of a deposit. Opening first is in `openings`; a
//! search over all small cases in `math`.

use {
    crate::{
        dispute::contested::{Contested, PURSE},
        dispute::rounds::{NEXT_JURY, WHOLE},
        dispute::slashing::rich,
        *,
    },
    work_token_sdk::{
        ix::Creditor,
        math::dispute::{Outcome, Phase, Side},
        state::dispute::PartyState,
    },
};

const BOND: u64 = 100 * TOKEN;

/// What becomes of a claim whose accomplice raises it, or does not.
#[derive(Clone, Copy, Debug)]
struct Raised {
    severity: u8,
    by: Option<u8>,
    answered: bool,
    vote: u8,
}

/// What the challenger has in the end, beyond what it had.
fn gain(of: Raised) -> i128 {
    let case = Contested::of(of.severity);
    if let Some(severity) = of.by {
        let accomplice = case.actor("accomplice", PURSE);
        case.raise(&case.at, &accomplice, severity);
    }
    if of.answered {
        case.answer(&case.at, &case.friend);
    } else {
        case.let_phase_pass(&case.at);
    }
    if case.phase() == Phase::Draw {
        // Nobody votes for more than is claimed.
        case.round(&[Some(of.vote.min(case.machine().claimed))]);
        case.let_phase_pass(&case.at);
    }
    case.wind_up();
    let dispute = case.dispute();
    if dispute.parties[0].credit + case.rewards(&case.at) > 0 {
        case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0));
    }
    assert_invariants(&case);
    i128::from(case.balance(&case.challenger)) - i128::from(PURSE)
}

fn never_worse(severity: u8, by: u8, answered: bool) {
    for vote in 0..=by {
        let alone = gain(Raised { severity, by: None, answered, vote });
        let joined = gain(Raised { severity, by: Some(by), answered, vote });
        assert!(joined >= alone, "{severity} raised to {by}, {vote} found: {joined} instead of {alone}");
    }
}

#[test]
fn a_challenger_whose_claim_is_raised_by_one_is_never_worse_off() {
    never_worse(2, 3, true);
    never_worse(3, 4, true);
}

#[test]
fn a_challenger_whose_claim_is_raised_to_the_most_is_never_worse_off() {
    never_worse(1, 5, true);
    never_worse(3, 5, true);
}

#[test]
fn a_challenger_whose_claim_is_raised_and_that_nobody_answers_is_never_worse_off() {
    never_worse(2, 3, false);
    never_worse(1, 4, false);
    never_worse(3, 5, false);
}

#[test]
fn silence_concedes_the_lower_claim_though_a_jury_dismisses_the_raised_one() {
    let case = Contested::of(2);
    case.raise(&case.at, &case.friend, 3);
    case.let_phase_pass(&case.at);
    assert_eq!((case.phase(), case.machine().floor), (Phase::Draw, 2));
    case.round(&[Some(0)]);
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Upheld);
    case.wind_up();
    // Besides what was conceded its stake pays half of the jurors; the friend's claim is lost, and pays the
    // other half.
    assert_eq!(case.stake_vault(case.owner()), STAKE - 200 * TOKEN - 3 * (TOKEN + JOB_BOUNTY) / 2);
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND + 40 * TOKEN);
    let lost = ix::claim_dispute_credit(&case.at, case.friend.address(), Creditor::Challenger(1), case.friend.tokens);
    case.refuses(lost, &[], E::NoCredit);
    assert_invariants(&case);
}

#[test]
fn an_accomplice_cannot_deposit_ninety_nine_times_the_bond() {
    let case = Contested::of(2);
    let required = case.bond_to_raise(&case.at, 3);
    assert_eq!(required, BOND);
    let raise = |deposit| case.raise_ixs(&case.at, &case.friend, 3, deposit);
    case.refuses_all(&raise(99 * required), &[&case.friend], E::BondAboveRequired);
    case.refuses_all(&raise(required / 10 * 11 + 1), &[&case.friend], E::BondAboveRequired);
    case.refuses_all(&raise(required - 1), &[&case.friend], E::BondBelowRequired);
    case.send(&raise(required / 10 * 11), &[&case.friend]);
    assert_eq!(PURSE - case.balance(&case.friend), required);
    assert_invariants(&case);
}

#[test]
fn who_raises_pays_what_the_larger_jury_may_cost() {
    let case = Contested::with(3, 12, |options| {
        // A jury of seven may cost 14 times as much as the smallest bond.
        options.params.disputes.minimum_bond = TOKEN;
        options.params.disputes.arbiter_fee = TOKEN;
        options.params.disputes.claim_bond_bps = 1;
    });
    let larger_jury = 7 * (2 * TOKEN + JOB_BOUNTY);
    // The first claim's bond is a quarter of the fee; of what severity 4 requires only three tokens are
    // missing.
    assert_eq!(case.dispute().bonds().0, FEE / 4);
    assert_eq!(case.bond_to_raise(&case.at, 4), larger_jury);
    let raise = |deposit| case.raise_ixs(&case.at, &case.friend, 4, deposit);
    case.refuses_all(&raise(larger_jury - 1), &[&case.friend], E::BondBelowRequired);
    case.send(&raise(larger_jury), &[&case.friend]);
    assert_eq!(case.dispute().bonds().0, FEE / 4 + larger_jury);
    assert_invariants(&case);
}

#[test]
fn each_layer_loses_in_proportion_to_what_was_not_found_of_it() {
    let case = Contested::of(1);
    let highest = case.actor("highest", PURSE);
    case.raise(&case.at, &case.friend, 3);
    case.raise(&case.at, &highest, 5);
    let answerer = case.actor("answerer", PURSE);
    case.answer(&case.at, &answerer);
    case.round(&[Some(4)]);
    case.let_phase_pass(&case.at);
    case.wind_up();
    let bonds = case.dispute().parties.map(|party| party.bond);
    assert_eq!(bonds, [BOND, BOND, 800 * TOKEN, 0, 0]);
    // The steps are worth 10, 90, 400 and 2,500 of the 3,000 parts of what was found, of which 30 % are the
    // reward: 1,800 tokens.
    let steps = [6, 54, 240, 1_500].map(|step| step * TOKEN);
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND + BOND / 2 + steps[0]);
    let friend = BOND + BOND / 2 + steps[1] + steps[2];
    assert_eq!(case.claim_from(&case.at, &case.friend, Creditor::Challenger(1)), friend);
    // Of the part between 5 % and all 95 parts were claimed, and 70 not found.
    let lost = (bonds[2] * 7_000).div_ceil(9_500);
    let left = bonds[2] - lost - 7 * (TOKEN + JOB_BOUNTY) / 2;
    assert_eq!(case.claim_from(&case.at, &highest, Creditor::Challenger(2)), left + steps[3]);
    assert_invariants(&case);
}

#[test]
fn a_layer_that_was_withdrawn_after_the_answer_is_lost_and_the_others_are_judged() {
    let case = Contested::of(2);
    case.raise(&case.at, &case.friend, 3);
    let answerer = case.actor("answerer", PURSE);
    case.answer(&case.at, &answerer);
    case.withdraw_claim(&case.at, &case.friend, 1);
    assert_eq!((case.outcome(), case.dispute().parties[1].state), (Outcome::Pending, PartyState::Conceded as u8));
    // Nobody is convicted of what nobody claims any more.
    case.round(&[Some(3)]);
    assert_eq!(case.machine().verdict, 2);
    case.let_phase_pass(&case.at);
    case.wind_up();
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND + BOND / 2 + 40 * TOKEN);
    let lost = ix::claim_dispute_credit(&case.at, case.friend.address(), Creditor::Challenger(1), case.friend.tokens);
    case.refuses(lost, &[], E::NoCredit);
    assert_invariants(&case);
}

/// Two disputes about one epoch's conduct: `first` committed before `second`, of severities; the first one's
/// jury votes `vote`, where it is answered at all.
fn two_disputes(severities: [u8; 2], vote: Option<u8>) -> [u64; 2] {
    let (market, jurors) = Market::judged(1, 12);
    let (owner, [first, second, friend]) =
        (&market.owners[0], ["first", "second", "friend"].map(|name| rich(&market, name)));
    market.touch(owner);
    let one = market.dispute_conduct(owner, 3, &first, severities[0]);
    market.pass(1);
    let two = market.dispute_conduct(owner, 3, &second, severities[1]);
    if let Some(vote) = vote {
        market.answer(&one, &friend);
        market.judge_round(&one, &jurors, &[Some(vote)]);
    }
    market.let_phase_pass(&two);
    market.advance(&one);
    for at in [&one, &two] {
        if market.dispute_state(at).slash.own > 0 {
            market.execute_all(at);
        }
    }
    let gains = [(&one, &first), (&two, &second)].map(|(at, who)| {
        let dispute = market.dispute_state(at);
        let owed = dispute.parties[0].credit + if dispute.is_upheld() { market.rewards(at) } else { 0 };
        if owed == 0 { 0 } else { market.claim_from(at, who, Creditor::Challenger(0)) }
    });
    assert_invariants(&market);
    gains
}

#[test]
fn each_step_belongs_to_the_earliest_commitment_of_an_upheld_dispute_that_claimed_it() {
    // Both claim the same: all is the first one's. It claims less: the step that it claims.
    assert_eq!(two_disputes([2, 2], None), [BOND + 40 * TOKEN, BOND]);
    assert_eq!(two_disputes([1, 2], None), [BOND + 4 * TOKEN, BOND + 36 * TOKEN]);
    // It claims more, and no more is found than the second claims: all is its own.
    assert_eq!(two_disputes([2, 1], None), [BOND + 36 * TOKEN + 2 * TOKEN, BOND]);
}

#[test]
fn a_dispute_that_was_dismissed_leaves_every_step_to_the_next() {
    assert_eq!(two_disputes([2, 2], Some(0)), [0, BOND + 40 * TOKEN]);
}

/// A claim of severity 2 that a friend raised to 3, and of which a jury found 2; both sides can appeal.
fn content_and_discontent() -> (Contested, Actor) {
    let case = Contested::of(2);
    case.raise(&case.at, &case.friend, 3);
    let answerer = case.actor("answerer", PURSE);
    case.answer(&case.at, &answerer);
    case.round(&[Some(2)]);
    (case, answerer)
}

#[test]
fn who_appeals_for_more_and_does_not_get_it_pays_alone() {
    let (case, answerer) = content_and_discontent();
    let full = case.fund(&case.at, &case.friend, Side::Challenger);
    let defence = case.fund(&case.at, &answerer, Side::ProviderDefence);
    assert_eq!((full, defence), (WHOLE, NEXT_JURY));
    case.let_phase_pass(&case.at);
    case.round(&[Some(2)]);
    case.let_phase_pass(&case.at);
    case.wind_up();
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Challenger), 0);
    // What the jury did not cost is theirs who defended the verdict.
    assert_eq!(case.claim_appeal(&case.at, &answerer, Side::ProviderDefence), WHOLE);
    let content = case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0));
    assert_eq!(content, BOND + BOND / 2 + 40 * TOKEN, "as if nobody had appealed");
    assert_invariants(&case);
}

#[test]
fn challengers_who_defend_a_verdict_lose_nothing_to_one_of_their_own_who_wants_more() {
    let (case, answerer) = content_and_discontent();
    // The provider appeals for less, the friend for more; the challenger defends what was found.
    case.fund(&case.at, &answerer, Side::Provider);
    case.fund(&case.at, &case.friend, Side::Challenger);
    case.fund(&case.at, &case.challenger, Side::ChallengerDefence);
    case.let_phase_pass(&case.at);
    case.round(&[Some(2)]);
    case.let_phase_pass(&case.at);
    case.wind_up();
    // Each appeal bears half of the jury: the friend's out of its own part, the provider's out of its own,
    // and the rest of that is the challenger's.
    let half = NEXT_JURY / 2;
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Challenger), WHOLE - (NEXT_JURY - half));
    assert_eq!(case.claim_appeal(&case.at, &answerer, Side::Provider), 0);
    assert_eq!(case.claim_appeal(&case.at, &case.challenger, Side::ChallengerDefence), NEXT_JURY + WHOLE - half);
    assert_invariants(&case);
}

#[test]
fn nobody_appeals_for_more_than_somebody_still_claims() {
    let case = Contested::of(2);
    case.raise(&case.at, &case.friend, 3);
    let answerer = case.actor("answerer", PURSE);
    case.answer(&case.at, &answerer);
    case.withdraw_claim(&case.at, &case.friend, 1);
    case.round(&[Some(2)]);
    let more = case.fund_ix(&case.at, &case.friend, Side::Challenger, 1);
    case.refuses(more, &[&case.friend], E::NotFundable);
    assert_invariants(&case);
}

#[test]
fn twice_the_fee_of_a_further_seat_rewards_whoever_disputed_that_seat() {
    let (market, _) = Market::judged(1, 3);
    let [first, second] = ["first", "second"].map(|name| rich(&market, name));
    let seats = [(); 2].map(|()| market.submitted(FIXED, FEE));
    let one = market.dispute(&seats[0], &first, 2);
    market.pass(1);
    let two = market.dispute(&seats[1], &second, 2);
    market.let_phase_pass(&one);
    market.let_phase_pass(&two);
    market.execute_all(&one);
    market.execute_all(&two);
    assert_eq!(market.claim_from(&one, &first, Creditor::Challenger(0)), BOND + 40 * TOKEN);
    assert_eq!(market.claim_from(&two, &second, Creditor::Challenger(0)), BOND + 2 * FEE / 5);
    assert_invariants(&market);
}
