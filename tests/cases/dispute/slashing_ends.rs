//! What a conviction does to a provider besides its slash: frozen rewards, jail, debt, expulsion. And what an
//! installment costs.

use {
    crate::{
        dispute::slashing::{convicted, rich, silent},
        *,
    },
    work_token_sdk::{DisputeAddresses, SeatAddresses, ix::Creditor, state::Provider},
    work_token_tests::Juror,
};

/// Wide enough for every division to take the same path.
const EACH: u64 = 10_000 * TOKEN;

/// A provider with results of two seats from epoch 3, for which it was rewarded when epoch 4 had begun; a
/// dispute about the first is open.
fn rewarded() -> (Market, Vec<Juror>, DisputeAddresses, [SeatAddresses; 2]) {
    let (market, jurors) = Market::judged(1, 12);
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    market.next_epoch();
    // Epoch 1 was weighed for the draw, and earned too; no dispute is about it.
    market.crank(1, &market.all());
    market.crank(3, &market.all());
    market.pass(HOUR);
    let challenger = rich(&market, "challenger");
    let at = market.dispute(&seats[0], &challenger, 2);
    (market, jurors, at, seats)
}

/// What of an epoch's own rewards has vested at a time and was not taken.
fn vested(provider: &Provider, epoch: u32, at_ts: i64) -> u64 {
    let entry = provider.vesting.iter().find(|entry| entry.amount > 0 && entry.epoch == epoch);
    entry.expect("the epoch earned").get().free(at_ts).0
}

// provider-reward-3
#[test]
fn own_rewards_of_the_faulty_epoch_stop_vesting_at_the_opening_and_are_confiscated_before_stake() {
    let (market, _, at, _) = rewarded();
    let owner = &market.owners[0];
    let provider = market.provider(owner);
    let (all, faulty) = (provider.own_rewards().0, vested(&provider, 3, market.now()));
    assert!(faulty > 0 && vested(&provider, 3, i64::MAX) - faulty > STAKE / 100);
    market.pass(2 * DAY - 1);
    let free = market.claim_own(owner);
    assert_eq!(free, faulty + vested(&provider, 1, market.now()), "what had vested is free, and nothing more");
    market.pass(1);
    market.advance(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.slash.confiscated, decided.slash.own, decided.slash.delegated), (STAKE / 100, 0, 0));
    market.wait_until(decided.slash.from_work_ts);
    let burn_due = market.provider(owner).work.burn_due;
    market.execute(&at);
    assert_eq!(market.provider(owner).work.burn_due - burn_due, STAKE / 100, "burns with the next epoch");
    assert_eq!(market.provider(owner).own.tokens, STAKE);
    assert_eq!(market.dispute_state(&at).reward_due, 0, "rewards confiscated pay no challenger");
    market.advance(&at);
    market.pass(30 * DAY);
    assert_eq!(market.claim_own(owner), all - free - STAKE / 100);
    assert_invariants(&market);
}

// dispute-slash-7
#[test]
fn two_faults_of_one_epoch_confiscate_from_its_rewards_one_after_the_other() {
    let (market, _, first, seats) = rewarded();
    let owner = &market.owners[0];
    let provider = market.provider(owner);
    let (all, faulty) = (provider.own_rewards().0, vested(&provider, 3, market.now()));
    let other = rich(&market, "other");
    let second = market.dispute(&seats[1], &other, 2);
    market.let_phase_pass(&first);
    market.let_phase_pass(&second);
    // The second costs nothing more but twice its fee.
    let confiscated = [&first, &second].map(|at| market.dispute_state(at).slash.confiscated);
    assert_eq!(confiscated, [STAKE / 100, 2 * FEE]);
    assert_invariants(&market);
    market.execute_all(&first);
    let before = market.claim_own(owner);
    assert!(before <= faulty + vested(&provider, 1, market.now()), "still frozen by the second");
    market.execute_all(&second);
    market.pass(30 * DAY);
    assert_eq!(before + market.claim_own(owner), all - confiscated[0] - confiscated[1]);
    assert_eq!(market.provider(owner).own.tokens, STAKE);
    assert_invariants(&market);
}

// dispute-slash-7
#[test]
fn confiscated_rewards_do_not_burn_before_the_deferral_is_over() {
    let (market, _, at, _) = rewarded();
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert!(decided.slash.confiscated > 0);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.wait_until(decided.slash.from_work_ts - 1);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.pass(1);
    market.execute(&at);
    market.advance(&at);
    assert_invariants(&market);
}

// provider-reward-3, dispute-execute-1
#[test]
fn what_a_veto_leaves_of_confiscated_rewards_is_the_owners_again() {
    let (market, _, at, _) = rewarded();
    let owner = &market.owners[0];
    market.let_phase_pass(&at);
    let admin = &market.scenario.admin;
    let claimable = market.provider(owner).own_claimable;
    market.send(&[ix::veto_slash(&at, admin.address(), 2_500)], &[admin]);
    assert_eq!(market.dispute_state(&at).slash.confiscated, STAKE / 400);
    assert_eq!(market.provider(owner).own_claimable - claimable, STAKE / 100 - STAKE / 400);
    market.execute_all(&at);
    assert_invariants(&market);
}

// provider-reward-3
#[test]
fn rewards_that_a_dismissed_dispute_froze_are_the_owners_again() {
    let (market, jurors, at, _) = rewarded();
    let owner = &market.owners[0];
    let all = market.provider(owner).own_rewards().0;
    market.answer(&at, &rich(&market, "friend"));
    market.judge_round(&at, &jurors, &[Some(0)]);
    // The epoch's entry makes room for newer ones meanwhile.
    market.pass(30 * DAY);
    let frozen = market.provider(owner).free_own_rewards(market.now()).0;
    assert!(frozen < all);
    market.advance(&at);
    assert_eq!(market.dispute_state(&at).outcome(), math::dispute::Outcome::Dismissed);
    market.pass(30 * DAY);
    assert_eq!(market.claim_own(owner), all);
    assert_invariants(&market);
}

#[test]
fn a_conviction_resets_the_tier_and_jails_until_its_epochs_are_over() {
    let (market, jurors) = Market::judged(2, 12);
    let owner = &market.owners[0];
    market.edit_provider(owner, |provider| provider.reputation.tier = 3);
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::NotJailed);
    let at = convicted(&market, &jurors, owner, 3, [&parties[0], &parties[1]], 3);
    let provider = market.provider(owner);
    assert_eq!((provider.reputation.tier, provider.state), (0, ProviderState::Jailed as u8));
    assert_eq!(provider.disputes.jailed_until_epoch, market.epoch() + 7);
    assert!(provider.place.is_held(), "jail does not take the seat");
    market.go_to_epoch(provider.disputes.jailed_until_epoch - 1);
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::JailNotOver);
    let weighed = market.weigh(provider.disputes.jailed_until_epoch - 2, &market.all());
    assert_eq!(weighed.total_weight, STAKE, "only the other has weight");
    market.go_to_epoch(provider.disputes.jailed_until_epoch);
    let other = &market.owners[1];
    let mut by_another = ix::unjail(&other.at);
    by_another.accounts.last_mut().unwrap().pubkey = owner.at.provider;
    market.refuses(by_another, &[&other.actor], E::NotTheProviderOwner);
    market.unjail(owner);
    assert_eq!(market.provider(owner).state, ProviderState::Active as u8);
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::NotJailed);
    market.execute_all(&at);
    assert_invariants(&market);
}

#[test]
fn severity_five_expels_for_ever_and_vacates_the_place() {
    let (market, jurors) = Market::judged(2, 12);
    let owner = &market.owners[0];
    let dora = market.holder("dora", owner, EACH);
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    let seats = market.network().places_taken;
    market.next_epoch();
    let at = convicted(&market, &jurors, owner, 4, [&parties[0], &parties[1]], 5);
    let provider = market.provider(owner);
    assert_eq!((provider.state, provider.place.is_held()), (ProviderState::Tombstoned as u8, false));
    assert_eq!(market.network().places_taken, seats - 1);
    market.pass(100 * DAY);
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::NotJailed);
    market.give(owner.actor.tokens, EACH);
    market.refuses(ix::stake_self(&owner.at, owner.actor.tokens, EACH), &[&owner.actor], E::ProviderRetiring);
    market.give(dora.actor.tokens, EACH);
    market.refuses(market.delegate_ix(&dora, EACH), &[&dora.actor], E::ProviderRetiring);
    market.execute_all(&at);
    let provider = market.provider(owner);
    assert_eq!((provider.own.tokens, provider.delegated.tokens), (0, 0), "all of it, on both sides");
    market.refuses(ix::retire(&owner.at), &[&owner.actor], E::AlreadyRetired);
    assert_invariants(&market);
}

/// Three convictions of severity 4, each after the last one's verdict: 30 % of the own stake, then twice as
/// much of which the severity allows half, twice.
fn thrice(market: &Market, jurors: &[Juror]) -> [DisputeAddresses; 3] {
    let parties = [rich(market, "challenger"), rich(market, "friend")];
    let all = [(); 3].map(|()| {
        let at = convicted(market, jurors, &market.owners[0], market.epoch(), [&parties[0], &parties[1]], 4);
        market.next_epoch();
        at
    });
    assert_eq!(all.map(|at| market.dispute_state(&at).slash.own), [STAKE / 10 * 3, STAKE / 2, STAKE / 2]);
    all
}

// dispute-slash-7
#[test]
fn a_slash_beyond_the_own_stake_is_a_debt_that_own_rewards_pay_before_release() {
    let (market, jurors) = Market::judged(2, 12);
    let owner = &market.owners[0];
    for at in &thrice(&market, &jurors) {
        market.execute_all(at);
    }
    let debt = STAKE / 10 * 3;
    let provider = market.provider(owner);
    assert_eq!((provider.own.tokens, provider.slash_debt), (0, debt));
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::JailNotOver);
    market.go_to_epoch(provider.disputes.jailed_until_epoch);
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::DebtUnpaid);
    // Own rewards that are free pay first, and burn.
    market.edit_provider(owner, |provider| provider.own_claimable += debt - 1_000);
    market.give(market.scenario.network.vault(VaultKind::Reward), debt - 1_000);
    let burn_due = market.provider(owner).work.burn_due;
    assert_eq!(market.claim_own(owner), 0);
    let provider = market.provider(owner);
    assert_eq!((provider.slash_debt, provider.work.burn_due - burn_due), (1_000, debt - 1_000));
    // Governance writes off the rest.
    let (network, admin) = (market.scenario.network.network, &market.scenario.admin);
    let forgive = |amount| ix::forgive_debt(&network, admin.address(), owner.at.provider, amount);
    let by_owner = ix::forgive_debt(&network, owner.actor.address(), owner.at.provider, 1_000);
    market.refuses(by_owner, &[&owner.actor], E::NotTheAdmin);
    market.refuses(forgive(0), &[admin], E::ZeroAmount);
    market.send(&[forgive(1)], &[admin]);
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::DebtUnpaid);
    market.send(&[forgive(u64::MAX)], &[admin]);
    market.refuses(forgive(1), &[admin], E::ZeroAmount);
    market.refuses(ix::unjail(&owner.at), &[&owner.actor], E::BelowMinimumStake);
    // The pool opens again, for a new generation.
    market.stake_self(owner, STAKE);
    let provider = market.provider(owner);
    assert_eq!((provider.own.generation, provider.own.tokens, provider.own.shares), (1, STAKE, STAKE));
    market.unjail(owner);
    assert_invariants(&market);
}

// position-generation-3
#[test]
fn a_pool_slashed_to_zero_pays_its_tickets_nothing_and_who_comes_after_owns_all_of_it() {
    let (market, jurors) = Market::judged(2, 12);
    let owner = &market.owners[0];
    let ticket = market.request(owner, STAKE / 2);
    for at in &thrice(&market, &jurors) {
        market.execute_all(at);
    }
    assert_eq!(market.provider(owner).own.tokens, 0, "unbonding stake answers too");
    market.stake_self(owner, STAKE);
    market.refuses(ix::cancel_unbonding(&owner.at.own(), ticket), &[&owner.actor], E::TicketOfEndedGeneration);
    market.pass(35 * DAY);
    assert_eq!(market.withdraw(owner, ticket), 0);
    assert_eq!(market.provider(owner).own.tokens, STAKE);
    assert_invariants(&market);
}

/// Compute units of both installments of a slash of severity 2 behind which `others` more delegators stand,
/// by the provider's books.
fn units(others: u64) -> [u64; 2] {
    let (market, _) = Market::judged(1, 0);
    let owner = &market.owners[0];
    market.holder("dora", owner, EACH);
    market.next_epoch();
    market.touch(owner);
    let clean = market.provider(owner);
    market.edit_provider(owner, |provider| {
        provider.delegated.tokens += others * EACH;
        provider.delegated.shares += others * EACH;
        provider.live_positions += u32::try_from(others).unwrap();
    });
    market.give(owner.at.stake_vault, others * EACH);
    let at = silent(&market, owner, 4, &rich(&market, "challenger"), 2);
    let of_one = || {
        // What a touch of missed epochs costs is another story.
        market.touch(owner);
        market.execute(&at).compute_units
    };
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    let first = of_one();
    market.pass(DAY);
    let units = [first, of_one()];
    let executed = market.dispute_state(&at);
    assert!(executed.slash.own_executed > 0 && executed.slash.delegated_executed > 0);
    assert!(
        clean.delegated.tokens + others * EACH - market.provider(owner).delegated.tokens
            == executed.slash.delegated_executed
    );
    if others == 0 {
        market.advance(&at);
        assert_invariants(&market);
    }
    units
}

#[test]
fn an_installment_costs_the_same_with_one_a_thousand_and_a_million_delegators() {
    let runs = [0, 999, 999_999].map(units);
    println!("installments cost {runs:?}");
    for i in 0..2 {
        let costs = runs.map(|run| run[i]);
        let (least, most) = (costs.iter().min().unwrap(), costs.iter().max().unwrap());
        // A long division may correct its guess once or twice, by the numbers that meet in it.
        assert!(most - least <= 64, "{costs:?}");
        assert!(*most <= 3_500, "{costs:?}");
    }
}

// provider-reward-5
#[test]
fn a_debt_never_touches_what_a_challenger_is_due() {
    let (market, _) = Market::judged(1, 12);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    let at = silent(&market, owner, 3, &challenger, 2);
    market.edit_provider(owner, |provider| provider.slash_debt = 5 * TOKEN);
    let bond = market.dispute_state(&at).bonds().0;
    market.execute_all(&at);
    assert_eq!(market.claim_from(&at, &challenger, Creditor::Challenger(0)), bond + 40 * TOKEN);
    assert_eq!(market.provider(owner).slash_debt, 5 * TOKEN);
    assert_invariants(&market);
}
