//! Convictions of others make a fault cost more, one's own do not; and what exceeds the network's limit
//! passes in eight refills at most (dispute-execute-3).
//!
//! Kinds: one fault is counted again by another path (a conviction beside itself, or beside the same
//! provider's); a limit that follows what it limits (the stake of the last epoch no longer holds who was
//! jailed). Looked for at the sum of the convicted, its denominator, the slashing limit's capacity and what
//! it lets pass; at whose verdict is applied first and how late (`late_cranks`); objective faults pass the
//! limit anyway (`proofs`).

use {
    crate::{
        dispute::slashing::{convicted, rich},
        *,
    },
    work_token_sdk::DisputeAddresses,
    work_token_tests::Juror,
};

/// A market whose stake is known, with two parties of every dispute.
struct Court {
    market: Market,
    jurors: Vec<Juror>,
    parties: [Actor; 2],
}

impl Court {
    fn of(providers: usize) -> Self {
        Self::with(providers, |_| ())
    }

    fn with(providers: usize, edit: impl FnOnce(&mut ScenarioOptions)) -> Self {
        let (market, jurors) = Market::judged_with(providers, 12, edit);
        market.finalize(2, &market.all());
        let parties = [rich(&market, "challenger"), rich(&market, "friend")];
        Self { market, jurors, parties }
    }

    /// A provider is convicted of its conduct in an epoch.
    fn convict(&self, provider: usize, epoch: u32, severity: u8) -> DisputeAddresses {
        let (owner, [challenger, friend]) = (&self.market.owners[provider], &self.parties);
        convicted(&self.market, &self.jurors, owner, epoch, [challenger, friend], severity)
    }

    /// The same; what part of its own stake it costs, in percent.
    fn percent(&self, provider: usize, epoch: u32) -> u64 {
        let at = self.convict(provider, epoch, 3);
        self.market.dispute_state(&at).slash.own * 100 / STAKE
    }
}

#[test]
fn a_lone_conviction_does_not_correlate_with_itself() {
    let court = Court::of(2);
    assert_eq!(court.percent(0, 3), 5, "and not the 15 % of half of the network's stake");
    assert_invariants(&court.market);
}

#[test]
fn a_provider_does_not_correlate_with_its_own_earlier_convictions() {
    let court = Court::of(2);
    assert_eq!([2, 3].map(|epoch| court.percent(0, epoch)), [5, 5]);
    assert_invariants(&court.market);
}

#[test]
fn a_provider_that_was_convicted_twice_counts_once() {
    let court = Court::of(10);
    court.convict(0, 2, 3);
    court.convict(0, 3, 3);
    // (3 x 20,000 / 200,000)^2, and not four times as much.
    assert_eq!(court.percent(1, 3), 9);
    assert_invariants(&court.market);
}

#[test]
fn convictions_of_another_severity_do_not_correlate() {
    let court = Court::of(2);
    court.convict(0, 3, 4);
    assert_eq!(court.percent(1, 3), 5);
    assert_invariants(&court.market);
}

#[test]
fn a_conviction_counts_for_seven_epochs_and_not_an_eighth() {
    for (wait, percent) in [(6, 15), (7, 5)] {
        let court = Court::of(2);
        let at = court.convict(0, 3, 3);
        let decided = |at: &DisputeAddresses| {
            court.market.network().epoch_at(court.market.dispute_state(at).decided_work_ts().0).0
        };
        let first = decided(&at);
        court.market.go_to_epoch(first + wait);
        let at = court.convict(1, first + wait, 3);
        assert_eq!(decided(&at), first + wait);
        assert_eq!(court.market.dispute_state(&at).slash.own, STAKE / 100 * percent, "after {wait} epochs");
        assert_invariants(&court.market);
    }
}

#[test]
fn it_correlates_with_the_largest_stake_of_eight_epochs() {
    let court = Court::of(10);
    let market = &court.market;
    // An epoch in which only two were weighed.
    market.next_epoch();
    market.finalize(3, &market.all()[..2]);
    assert_eq!(market.network().stake_total, 2 * STAKE);
    court.convict(0, 3, 3);
    assert_eq!(court.percent(1, 3), 9, "of 200,000 tokens, and not of 40,000");
    assert_invariants(market);
}

/// Executes what is due; how much it took.
fn took(market: &Market, at: &DisputeAddresses) -> u64 {
    let before = market.provider(&market.owners[0]).own.tokens;
    market.execute(at);
    before - market.provider(&market.owners[0]).own.tokens
}

#[test]
fn the_limit_follows_the_largest_stake_of_eight_epochs() {
    let court = Court::of(2);
    let market = &court.market;
    let at = court.convict(0, 3, 4);
    // The convicted is jailed, and nobody weighs it any more.
    market.finalize(3, &market.all()[1..]);
    assert_eq!(market.network().stake_total, STAKE);
    // Two of its four installments of 1,500 tokens are due.
    market.wait_until(market.dispute_state(&at).slash.from_work_ts + DAY);
    assert_eq!(took(market, &at), 2_000 * TOKEN, "a twentieth of 40,000");
    assert_invariants(market);
}

#[test]
fn a_slash_that_the_limit_has_no_room_for_passes_by_eighths() {
    // A limit of four tokens, and a slash of 6,000.
    let court = Court::with(2, |options| options.params.disputes.slash_cap_bps = 1);
    let market = &court.market;
    let at = court.convict(0, 3, 4);
    let from_ts = market.dispute_state(&at).slash.from_work_ts;
    market.wait_until(from_ts);
    assert_eq!(took(market, &at), 4 * TOKEN);
    market.refuses(market.execute_ix(&at), &[], E::SlashLimitReached);
    market.wait_until(from_ts + 7 * DAY - 1);
    assert!(took(market, &at) < 4 * TOKEN, "a second before the limit has refilled");
    let mut executed = market.dispute_state(&at).slash.own_executed;
    for refill in 1..=8 {
        market.wait_until(from_ts + refill * 7 * DAY);
        let due = u64::try_from(refill).unwrap() * 750 * TOKEN - executed;
        assert_eq!(took(market, &at), due, "an eighth of it for each refill");
        executed += due;
    }
    assert_eq!(executed, STAKE / 10 * 3);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.advance(&at);
    assert_invariants(market);
}

#[test]
fn eighths_that_were_missed_come_with_the_next_call() {
    let court = Court::with(2, |options| options.params.disputes.slash_cap_bps = 1);
    let market = &court.market;
    // Four installments of 250 tokens, a day apart.
    let at = court.convict(0, 3, 3);
    let from_ts = market.dispute_state(&at).slash.from_work_ts;
    market.wait_until(from_ts + 21 * DAY);
    assert_eq!(took(market, &at), 3 * 125 * TOKEN);
    market.wait_until(from_ts + 56 * DAY);
    assert_eq!(took(market, &at), 5 * 125 * TOKEN);
    market.advance(&at);
    assert_invariants(market);
}

#[test]
fn what_passes_by_eighths_is_shared_out_like_any_installment() {
    let court = Court::with(2, |options| options.params.disputes.slash_cap_bps = 1);
    let market = &court.market;
    let at = court.convict(0, 3, 4);
    let of_bonds = market.dispute_state(&at).burn_due;
    market.wait_until(market.dispute_state(&at).slash.from_work_ts + 56 * DAY);
    assert_eq!(took(market, &at), 6_000 * TOKEN);
    let dispute = market.dispute_state(&at);
    let shared = (dispute.reward_due, dispute.insurance_due, dispute.burn_due - of_bonds);
    assert_eq!(shared, (1_800 * TOKEN, 1_200 * TOKEN, 3_000 * TOKEN));
    market.advance(&at);
    assert_invariants(market);
}
