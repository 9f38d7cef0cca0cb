//! Jurors: their locks, how they vote, and what they are paid (jury-lock-2, jury-vote-1). How a lock enters
//! the tree is told in `tree`, how a jury is drawn in `draws`, and who sits in `ballots`.

use {
    crate::{dispute::contested::Contested, *},
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, Instruction, JurorAddresses, commit,
        draw::free_leaf,
        math::{dispute::Phase, draw::leaf},
        state::BallotState,
    },
    work_token_tests::{Juror, LOCK},
};

/// What one ballot of a first jury binds.
pub const BALLOT_LOCK: u64 = 20 * TOKEN;
/// What a vote on the side that wins earns there.
pub const FEE_OF_VOTE: u64 = TOKEN;
/// The term of a lock.
pub const TERM: i64 = 30 * DAY;
/// The longest dispute with an outage: until then the tree is young, and as long a lock ripens.
pub const LONGEST: i64 = 20 * DAY;

/// A challenger, and a friend of the provider.
pub fn parties(market: &Market) -> [Actor; 2] {
    ["challenger", "friend"].map(|name| market.actor(name, 100_000 * TOKEN))
}

/// A dispute about the provider's conduct in the present epoch, answered.
pub fn answered(market: &Market, challenger: &Actor, friend: &Actor, severity: u8) -> DisputeAddresses {
    let owner = &market.owners[0];
    market.touch(owner);
    let at = market.dispute_conduct(owner, market.epoch(), challenger, severity);
    market.answer(&at, friend);
    at
}

/// The instruction with which somebody locks, or adds to its lock.
pub fn join_ix(world: &World, actor: &Actor, amount: u64) -> Instruction {
    let at = JurorAddresses::derive(world.scenario.network, actor.address());
    ix::join_jury(&at, ix::JoinJury { from: actor.tokens, amount })
}

/// The instruction that writes what has ripened of a lock into a leaf.
pub fn enter_ix(world: &World, at: &JurorAddresses, leaf: u16, holder: Option<&Juror>) -> Instruction {
    ix::sync_juror(at, world.network().juror_tree, leaf, holder.map(|holder| holder.at.juror))
}

/// The same for the juror's own leaf, or, if it has none, for the first that is free.
pub fn sync_ix(world: &World, juror: &Juror) -> Instruction {
    let state = world.juror_state(juror);
    let own = (state.is_in_tree != 0).then_some(state.leaf);
    enter_ix(world, &juror.at, own.or_else(|| free_leaf(&world.juror_tree())).unwrap_or(0), None)
}

/// The instruction with which a juror leaves.
pub fn leave_ix(world: &World, juror: &Juror) -> Instruction {
    ix::leave_jury(&juror.at, world.network().juror_tree, juror.actor.tokens)
}

/// The instruction that brings the seed of a jury a step further.
pub fn call_ix(world: &World, at: &DisputeAddresses, randomness: Option<Pubkey>) -> Instruction {
    ix::call_jury(at, world.network().juror_tree, randomness)
}

/// Lets the slot of a jury's armed draw come.
pub fn wait_for_seed(world: &World, at: &DisputeAddresses) {
    let seed_slot = world.dispute_state(at).draw.seed_slot;
    world.scenario.chain.advance_slots((seed_slot + 2).saturating_sub(world.scenario.chain.slot()));
}

/// The instruction that settles a ballot.
pub fn settle_ix(world: &World, ballot: &BallotAddresses) -> Instruction {
    let state = world.ballot_state(ballot);
    ix::settle_ballot(ballot, state.juror, state.payer)
}

/// Two ballots of the present jury that are of two jurors.
fn two(case: &Contested) -> [(BallotAddresses, &Juror); 2] {
    let mut ballots = case.ballots(&case.at, &case.jurors);
    let first = ballots.remove(0);
    let other = ballots.into_iter().find(|(_, juror)| juror.actor.address() != first.1.actor.address());
    [first, other.expect("two jurors sit")]
}

fn is_of(juror: &Juror, account: &Pubkey) -> bool {
    juror.at.juror == *account
}

#[test]
fn only_the_juror_of_a_ballot_votes_once_and_what_it_committed_to() {
    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    let [(ballot, juror), (other, another)] = two(&case);
    let of_another = case.commit_vote_ix(&ballot, another, 3);
    case.refuses(of_another, &[&another.actor], E::NotTheJuror);
    case.refuses(ix::commit_vote(&ballot, juror.actor.address(), [0; 32]), &[&juror.actor], E::ZeroCommitment);
    case.refuses(case.reveal_vote_ix(&ballot, juror, 3), &[], E::NotCommitted);
    case.send(&[case.commit_vote_ix(&ballot, juror, 3)], &[&juror.actor]);
    case.refuses(case.commit_vote_ix(&ballot, juror, 0), &[&juror.actor], E::AlreadyVoted);
    case.refuses(case.reveal_vote_ix(&ballot, juror, 3), &[], E::WrongPhase);
    // A copy of the other's commitment opens to nothing: it names the other's ballot and key.
    let copied = case.ballot_state(&ballot).commitment;
    case.send(&[ix::commit_vote(&other, another.actor.address(), copied)], &[&another.actor]);
    let third = case
        .ballots(&case.at, &case.jurors)
        .into_iter()
        .find(|(at, _)| ![ballot.index, other.index].contains(&at.index));
    let (third, last) = third.expect("three ballots");
    case.send(&[case.commit_vote_ix(&third, last, 4)], &[&last.actor]);
    assert_eq!(case.phase(), Phase::Reveal);
    let salt = juror.actor.address().to_bytes();
    let replayed = ix::reveal_vote(&other, 3, salt);
    case.refuses(replayed, &[], E::CommitmentBroken);
    case.refuses(case.reveal_vote_ix(&other, another, 3), &[], E::CommitmentBroken);
    case.refuses(case.reveal_vote_ix(&ballot, juror, 0), &[], E::CommitmentBroken);
    case.refuses(case.reveal_vote_ix(&third, last, 4), &[], E::VoteTooHigh);
    // Who knows the salt reveals, without the juror's key.
    case.send(&[ix::reveal_vote(&ballot, 3, salt)], &[]);
    case.refuses(case.reveal_vote_ix(&ballot, juror, 3), &[], E::AlreadyVoted);
    case.let_phase_pass(&case.at);
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Appeal, 3));
    case.refuses(case.reveal_vote_ix(&third, last, 4), &[], E::WrongPhase);
    assert_invariants(&case);
}

// The same ballot of the next jury has another hash.
#[test]
fn a_commitment_opens_in_no_other_round() {
    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    let (first, juror) = case.ballots(&case.at, &case.jurors)[0];
    let owner = juror.actor.address();
    let next = case.at.ballot(first.jury + 1, first.index);
    let salt = owner.to_bytes();
    assert_ne!(commit::vote_commitment(&first, &owner, 3, &salt), commit::vote_commitment(&next, &owner, 3, &salt));
    case.let_phase_pass(&case.at);
    case.refuses(case.commit_vote_ix(&first, juror, 3), &[&juror.actor], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn a_juror_that_came_to_stand_behind_the_provider_is_taken_out_and_loses_its_lock() {
    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    let [(ballot, juror), (other, another)] = two(&case);
    let owner = case.owner();
    let position = owner.at.position(juror.actor.address());
    let exclude = |at: &BallotAddresses, interest| ix::exclude_juror(at, interest);
    case.refuses(exclude(&ballot, position.delegation), &[], E::NoInterest);
    case.refuses(exclude(&ballot, case.at.provider), &[], E::NoInterest);
    case.scenario.delegate(&juror.actor, &owner.at, 1_000 * TOKEN).expect("it delegates");
    case.refuses(exclude(&other, position.delegation), &[], E::NoInterest);
    case.send(&[case.commit_vote_ix(&ballot, juror, 0)], &[&juror.actor]);
    case.send(&[exclude(&ballot, position.delegation)], &[]);
    case.refuses(exclude(&ballot, position.delegation), &[], E::AlreadyVoted);
    assert_eq!(case.ballot_state(&ballot).state, BallotState::Excluded as u8);
    assert_eq!((case.machine().present().filled, case.machine().present().committed), (2, 0));
    assert_invariants(&case);
    case.send(&[case.commit_vote_ix(&other, another, 3)], &[&another.actor]);
    case.let_phase_pass(&case.at);
    case.send(&[case.reveal_vote_ix(&other, another, 3)], &[]);
    case.let_all_pass();
    let locked = |juror| case.juror_state(juror).lock;
    let seats = case.present_ballots().iter().filter(|ballot| is_of(juror, &ballot.juror)).count() as u64;
    case.settle_ballots(&case.at);
    assert_eq!(locked(juror), LOCK - seats * BALLOT_LOCK);
    assert_eq!(case.juror_state(juror).credit, 0);
    assert_invariants(&case);
}

// position-transfer-3: whoever is given shares signs for it, so nobody else makes a juror a party.
#[test]
fn a_juror_that_takes_shares_of_somebody_is_taken_out_like_one_that_delegates() {
    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    let [(ballot, juror), _] = two(&case);
    let owner = case.owner();
    let giver = case.actor("giver", 1_000 * TOKEN);
    let giver = Holder { at: owner.at.position(giver.address()), actor: giver };
    let max_open_claims = u64::MAX;
    let input = ix::Delegate { from: giver.actor.tokens, amount: 1_000 * TOKEN, min_shares_out: 0, max_open_claims };
    case.send(&[ix::delegate(&giver.at, input)], &[&giver.actor]);
    case.begin_to_earn(owner);
    let position = owner.at.position(juror.actor.address());
    let input = ix::TransferShares { shares: 1_000 * TOKEN, min_value: 0, max_open_claims: u64::MAX };
    let give = ix::transfer_shares(&giver.at, juror.actor.address(), input);
    case.refuses(ix::exclude_juror(&ballot, position.delegation), &[], E::NoInterest);
    case.send(&[give], &[&giver.actor, &juror.actor]);
    case.send(&[ix::exclude_juror(&ballot, position.delegation)], &[]);
    // The epochs that were passed by hand have weights that nobody settled: their books are not asked.
    assert_eq!(case.ballot_state(&ballot).state, BallotState::Excluded as u8);
}

#[test]
fn a_juror_locks_for_a_term_takes_a_free_leaf_and_every_addition_begins_the_term_anew() {
    let (market, jurors) = Market::young_with(1, 1, |_| ());
    let (juror, joined_ts) = (&jurors[0], market.now() - 1);
    let state = market.juror_state(juror);
    assert_eq!((state.lock, state.ballots, state.juries, state.leaf, state.is_in_tree), (LOCK, 0, 0, 0, 1));
    assert_eq!((state.since_ts, state.term_until_ts), (joined_ts, joined_ts + TERM));
    assert_eq!(leaf(&market.juror_tree().sums, 0), LOCK);
    let ann = market.actor("ann", 100 * TOKEN);
    market.refuses(join_ix(&market, &ann, 0), &[&ann], E::ZeroAmount);
    market.refuses(join_ix(&market, &ann, BALLOT_LOCK - 1), &[&ann], E::LockTooSmall);
    market.refuses(join_ix(&market, &ann, 101 * TOKEN), &[&ann], E::InsufficientFunds);
    market.send(&[join_ix(&market, &ann, BALLOT_LOCK)], &[&ann]);
    let at = JurorAddresses::derive(market.scenario.network, ann.address());
    for taken in [0, 4_096, u16::MAX] {
        market.refuses(enter_ix(&market, &at, taken, None), &[], E::LeafTaken);
    }
    market.send(&[enter_ix(&market, &at, 1, None)], &[]);
    market.pass(DAY);
    market.send(&[join_ix(&market, &juror.actor, 1), sync_ix(&market, juror)], &[&juror.actor]);
    let state = market.juror_state(juror);
    assert_eq!((state.lock, state.since_ts, state.leaf), (LOCK + 1, market.now(), 0), "it keeps its leaf");
    assert_eq!(state.term_until_ts, market.now() + TERM);
    assert_eq!(market.juror_tree().total(), LOCK + 1 + BALLOT_LOCK);
    assert_invariants(&market);
}

#[test]
fn a_juror_leaves_after_its_term_with_lock_and_pay_and_frees_its_leaf() {
    let case = Contested::judged(2, &[Some(2)]);
    let (_, juror) = case.ballots(&case.at, &case.jurors)[0];
    case.let_all_pass();
    let until_ts = case.juror_state(juror).term_until_ts;
    case.wait_until(until_ts - 1);
    case.refuses(leave_ix(&case, juror), &[&juror.actor], E::JurorBound);
    case.wait_until(until_ts);
    let votes = u64::from(case.juror_state(juror).ballots);
    // Out of the tree at once, and paid once its ballots are settled.
    case.send(&[leave_ix(&case, juror)], &[&juror.actor]);
    assert_eq!(case.juror_tree().total(), 11 * LOCK);
    case.refuses(leave_ix(&case, juror), &[&juror.actor], E::JurorBound);
    case.settle_ballots(&case.at);
    let idle = case.jurors.iter().find(|juror| case.juror_state(juror).credit == 0).expect("somebody was not drawn");
    case.refuses(ix::claim_juror_pay(&idle.at, idle.actor.tokens), &[&idle.actor], E::NothingToClaim);
    let to_another = ix::leave_jury(&juror.at, case.network().juror_tree, idle.actor.tokens);
    case.refuses(to_another, &[&juror.actor], E::NotTheTokenOwner);
    let before = case.balance(&juror.actor);
    case.send(&[leave_ix(&case, juror)], &[&juror.actor]);
    assert_eq!(case.balance(&juror.actor) - before, LOCK + votes * FEE_OF_VOTE);
    assert!(!case.exists(&juror.at.juror));
    // Who sits on no jury and can be called for none is paid at once.
    case.send(&[leave_ix(&case, idle)], &[&idle.actor]);
    assert!(!case.exists(&idle.at.juror));
    assert_invariants(&case);
}

#[test]
fn who_judges_claims_its_pay_and_stays() {
    let case = Contested::judged(2, &[Some(2)]);
    let (_, juror) = case.ballots(&case.at, &case.jurors)[0];
    case.let_all_pass();
    let votes = u64::from(case.juror_state(juror).ballots);
    case.settle_ballots(&case.at);
    let before = case.balance(&juror.actor);
    case.send(&[ix::claim_juror_pay(&juror.at, juror.actor.tokens)], &[&juror.actor]);
    assert_eq!(case.balance(&juror.actor) - before, votes * FEE_OF_VOTE);
    assert_eq!(case.juror_state(juror).lock, LOCK);
    assert_invariants(&case);
}

#[test]
fn coherent_votes_are_paid_and_the_others_get_their_locks_back() {
    let case = Contested::judged(2, &[Some(2), Some(0), Some(1)]);
    assert_eq!(case.machine().verdict, 1);
    case.let_all_pass();
    let ballots = case.present_ballots();
    let paid = |juror: &Juror| {
        let coherent = ballots.iter().filter(|ballot| is_of(juror, &ballot.juror) && ballot.vote > 0);
        coherent.count() as u64 * FEE_OF_VOTE
    };
    assert_eq!(case.jurors.iter().map(paid).sum::<u64>(), 2 * FEE_OF_VOTE);
    case.settle_ballots(&case.at);
    for juror in &case.jurors {
        let state = case.juror_state(juror);
        assert_eq!((state.lock, state.juries, state.ballots, state.credit), (LOCK, 0, 0, paid(juror)));
    }
    assert_eq!(case.dispute().ballots, 0);
    assert_invariants(&case);
}

#[test]
fn a_ballot_that_is_not_revealed_loses_what_it_binds_which_burns() {
    // One commits and does not reveal, one does nothing.
    let case = Contested::answered(2);
    case.draw_jury(&case.at);
    let ballots = case.ballots(&case.at, &case.jurors);
    for (ballot, juror) in &ballots[..2] {
        case.send(&[case.commit_vote_ix(ballot, juror, 2)], &[&juror.actor]);
    }
    case.let_phase_pass(&case.at);
    let (first, juror) = ballots[0];
    case.send(&[case.reveal_vote_ix(&first, juror, 2)], &[]);
    assert_eq!(case.phase(), Phase::Reveal);
    case.let_phase_pass(&case.at);
    case.refuses(settle_ix(&case, &first), &[], E::DisputeNotDecided);
    case.let_all_pass();
    let before = case.dispute().burn_due;
    let silent = ballots[1].1;
    let seats = ballots[1..].iter().filter(|(_, juror)| is_of(juror, &silent.at.juror)).count() as u64;
    case.settle_ballots(&case.at);
    assert_eq!(case.juror_state(silent).lock, LOCK - seats * BALLOT_LOCK);
    // Half of the counter-bond is for jurors: what the one vote and three bounties leave of it burns.
    assert_eq!(before, 50 * TOKEN - FEE_OF_VOTE - 3 * JOB_BOUNTY);
    assert_eq!(case.dispute().burn_due - before, 2 * BALLOT_LOCK);
    case.send(&[sync_ix(&case, silent)], &[]);
    assert_eq!(case.juror_state(silent).leaf_weight, LOCK - seats * BALLOT_LOCK);
    assert_eq!(leaf(&case.juror_tree().sums, case.juror_state(silent).leaf), LOCK - seats * BALLOT_LOCK);
    assert_invariants(&case);
}

#[test]
fn nobody_leaves_a_jury_by_somebody_elses_key() {
    let (market, jurors) = Market::judged(1, 2);
    market.pass(TERM);
    let mut stolen = leave_ix(&market, &jurors[0]);
    stolen.accounts[0].pubkey = jurors[1].actor.address();
    market.refuses(stolen, &[&jurors[1].actor], E::NotTheOwner);
    assert_invariants(&market);
}
