//! Leaving during a dispute: what a withdrawal leaves behind, and what becomes of it (position-withdraw-2).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount, any_pool, any_width, cases,
    exact::{ceil, product_over},
    part_of,
};
use work_token_math::{
    Amount, Pool, Shares, reservation,
    unbonding::{charged, held, matures_at_ts, part_of_claim},
};

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn a_tickets_part_of_a_claim_is_exact_rounded_up_and_never_more_than_the_claim(
        shares in any_width(), claim in any_width(), all in any_width(),
    ) {
        let found = part_of_claim(Shares(shares), Amount(claim), Shares(all)).0;
        if shares >= all {
            prop_assert_eq!(found, claim, "the last shares answer for all of it");
        } else {
            prop_assert_eq!(found, ceil(&product_over(shares, claim, all)).expect("at most the claim"));
        }
    }

    #[test]
    fn a_held_part_loses_the_executed_part_rounded_up_and_never_more_than_itself(
        part in any_width(), executed in any_width(), claimed in any_width(),
    ) {
        let found = charged(Amount(part), Amount(executed), Amount(claimed)).0;
        if executed >= claimed {
            prop_assert_eq!(found, part);
        } else {
            prop_assert_eq!(found, ceil(&product_over(part, executed, claimed)).expect("at most the part"));
        }
        prop_assert_eq!(charged(Amount(part), Amount(0), Amount(claimed.max(1))), Amount(0), "a dismissed claim costs nothing");
    }

    #[test]
    fn a_withdrawal_holds_its_parts_up_to_its_value(value in any_width(), parts in any_width()) {
        prop_assert_eq!(held(Amount(value), Amount(parts)).0, value.min(parts));
    }

    #[test]
    fn claims_are_booked_in_full_even_beyond_the_pool(claims in prop::collection::vec(any_width(), 0..4)) {
        let sum = claims.iter().map(|&claim| u128::from(claim)).sum::<u128>().min(u128::from(u64::MAX));
        prop_assert_eq!(u128::from(reservation::total(claims.into_iter().map(Amount)).0), sum);
    }

    #[test]
    fn a_ticket_matures_its_duration_later_and_never_wraps(now_ts in any::<i64>(), duration in any::<u32>()) {
        let exact = (i128::from(now_ts) + i128::from(duration)).min(i128::from(i64::MAX));
        prop_assert_eq!(i128::from(matures_at_ts(now_ts, duration)), exact);
    }

    /// position-settle-1.
    #[test]
    fn leaving_during_a_claim_that_the_pool_can_pay_costs_what_staying_costs_and_nothing_to_those_who_stay(
        pool in any_pool(), leaving in any_width(), claim in any_width(), executed in any_width(),
    ) {
        let claim = part_of(pool.tokens.0, claim);
        let executed = part_of(claim, executed);
        let shares = part_of(pool.shares.0, leaving);
        let others = Shares(pool.shares.0 - shares);
        let (stayed, ..) = pool.slash(Amount(executed));

        let part = part_of_claim(Shares(shares), Amount(claim), pool.shares);
        let (rest, value) = pool.release(Shares(shares));
        let kept = held(value, part);
        let charge = charged(part, Amount(executed), Amount(claim)).min(kept);
        let (rest, ..) = rest.slash(charged(Amount(claim - part.0), Amount(executed), Amount(claim)));

        let (left, had_it_stayed) = (value.0 - charge.0, stayed.value(Shares(shares)).0);
        // Value, part and charge are each rounded against the ticket: less than three units in all.
        prop_assert!(left <= had_it_stayed && left + 2 >= had_it_stayed, "{left} by leaving, {had_it_stayed} by staying");
        prop_assert!(rest.value(others).0 + 1 >= stayed.value(others).0);
    }
}

// position-withdraw-2: of T = 1,000 a ticket of 900 leaves during a false claim of 1,000 and a true one
// of 300.
#[test]
fn a_false_claim_cannot_crowd_out_a_true_one_the_ticket_gets_630_and_those_who_stay_lose_30_of_100() {
    let pool = Pool { tokens: Amount(1_000), shares: Shares(1_000), unbonding_shares: Shares(900), ..Pool::default() };
    let (false_claim, true_claim) = (Amount(1_000), Amount(300));
    assert_eq!(reservation::total([false_claim, true_claim]), Amount(1_300), "booked beyond the pool");

    let parts = [false_claim, true_claim].map(|claim| part_of_claim(Shares(900), claim, pool.shares));
    assert_eq!(parts, [Amount(900), Amount(270)]);
    let (stayed, value) = pool.release(Shares(900));
    let kept = held(value, reservation::total(parts));
    assert_eq!((value, kept), (Amount(900), Amount(900)), "nothing is paid while both are open");

    // The false claim is withdrawn, the true one executed as claimed.
    let charges = [charged(parts[0], Amount(0), false_claim), charged(parts[1], true_claim, true_claim)];
    let left_of_true_claim = true_claim.saturating_sub(parts[1]);
    let (stayed, lost, _) = stayed.slash(charged(left_of_true_claim, true_claim, true_claim));
    assert_eq!(kept.saturating_sub(reservation::total(charges)), Amount(630));
    assert_eq!((lost, stayed.tokens), (Amount(30), Amount(70)));
}

#[test]
fn the_same_withdrawal_with_the_true_claim_alone_pays_its_free_part_at_once() {
    let pool = Pool { tokens: Amount(1_000), shares: Shares(1_000), unbonding_shares: Shares(900), ..Pool::default() };
    let part = part_of_claim(Shares(900), Amount(300), pool.shares);
    let (_, value) = pool.release(Shares(900));
    assert_eq!(value.saturating_sub(held(value, part)), Amount(630));
}

#[test]
fn every_small_part_of_every_small_claim_leaves_the_rest_of_it_to_the_others() {
    for all in 1..=48u64 {
        for claim in 0..=64u64 {
            for first in 0..=all {
                let part = part_of_claim(Shares(first), Amount(claim), Shares(all)).0;
                assert_eq!(part, (first * claim).div_ceil(all));
                let rest = part_of_claim(Shares(all - first), Amount(claim - part), Shares(all - first)).0;
                assert_eq!(part + if first == all { claim - part } else { rest }, claim, "no part of a claim is lost");
            }
        }
    }
}

#[test]
fn every_small_charge_is_exact_and_burns_at_least_what_was_executed() {
    for claimed in 1..=40u64 {
        for executed in 0..=claimed + 1 {
            for part in 0..=claimed {
                let found = charged(Amount(part), Amount(executed), Amount(claimed)).0;
                assert_eq!(found, (part * executed).div_ceil(claimed).min(part));
                let rest = charged(Amount(claimed - part), Amount(executed), Amount(claimed)).0;
                let burned = found + rest;
                assert!(burned >= executed.min(claimed) && burned <= executed.min(claimed) + 1);
            }
        }
    }
}

/// A pool with open claims and tickets that left during them.
#[derive(Debug, Default)]
struct Books {
    pool: Pool,
    /// Booked, left in the pool's name, executed once it has ended.
    claims: Vec<(u64, u64, Option<u64>)>,
    /// Held back, and the part of each claim.
    tickets: Vec<(u64, Vec<(usize, u64)>)>,
    deposited: u128,
    paid: u128,
    burned: u128,
}

impl Books {
    fn deposit(&mut self, amount: u64) {
        if let Ok((pool, _)) = self.pool.deposit(Amount(amount)) {
            self.pool = pool;
            self.deposited += u128::from(amount);
        }
    }

    fn withdraw(&mut self, shares: u64) {
        let mut parts = Vec::new();
        for (number, (_, left, executed)) in self.claims.iter_mut().enumerate() {
            if executed.is_none() && *left > 0 {
                let part = part_of_claim(Shares(shares), Amount(*left), self.pool.shares).0;
                *left -= part;
                parts.push((number, part));
            }
        }
        let (pool, value) = self.pool.release(Shares(shares));
        let kept = held(value, reservation::total(parts.iter().map(|&(_, part)| Amount(part))));
        self.pool = pool;
        self.paid += u128::from(value.0 - kept.0);
        self.tickets.push((kept.0, parts));
    }

    fn end(&mut self, number: usize, executed: u64) {
        let (claimed, left, outcome) = &mut self.claims[number];
        if outcome.is_none() {
            *outcome = Some(executed);
            let (pool, burned, _) = self.pool.slash(charged(Amount(*left), Amount(executed), Amount(*claimed)));
            self.pool = pool;
            self.burned += u128::from(burned.0);
        }
    }

    fn settle_all(&mut self) {
        for (kept, parts) in std::mem::take(&mut self.tickets) {
            let charges = parts.iter().map(|&(number, part)| {
                let (claimed, _, executed) = self.claims[number];
                charged(Amount(part), Amount(executed.expect("all have ended")), Amount(claimed))
            });
            let burned = reservation::total(charges).0.min(kept);
            self.burned += u128::from(burned);
            self.paid += u128::from(kept - burned);
        }
    }

    fn assert_invariants(&self) {
        let kept: u128 = self.tickets.iter().map(|&(kept, _)| u128::from(kept)).sum();
        let there_is = u128::from(self.pool.tokens.0) + kept;
        assert_eq!(self.deposited, self.paid + self.burned + there_is, "conserved to the unit");
        for (number, &(claimed, left, _)) in self.claims.iter().enumerate() {
            let parts = self.tickets.iter().flat_map(|(_, parts)| parts).filter(|part| part.0 == number);
            let taken: u64 = parts.map(|&(_, part)| part).sum();
            assert_eq!(taken + left, claimed, "every unit of a claim is asked of somebody");
        }
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    // position-settle-1: conserves to the unit, also with claims above T.
    #[test]
    fn any_history_of_claims_exits_and_verdicts_conserves_to_the_unit(
        first in any_amount(), steps in prop::collection::vec((0u8..8, any_width(), any_width()), 1..60),
    ) {
        let mut books = Books::default();
        books.deposit(first.max(1));
        for (what, one, other) in steps {
            match what {
                0..2 => books.deposit(one >> 8),
                2..4 if books.claims.len() < 4 => {
                    let claim = if one % 2 == 0 { part_of(books.pool.tokens.0, other) } else { other >> 3 };
                    books.claims.push((claim, claim, None));
                }
                4..7 => books.withdraw(part_of(books.pool.shares.0, one)),
                _ if !books.claims.is_empty() => {
                    let number = usize::try_from(one % 4).expect("small") % books.claims.len();
                    let executed = part_of(books.claims[number].0, other);
                    books.end(number, executed);
                }
                _ => {}
            }
            books.assert_invariants();
        }
        for number in 0..books.claims.len() {
            books.end(number, 0);
        }
        books.settle_all();
        let there_is = u128::from(books.pool.tokens.0);
        prop_assert_eq!(books.deposited, books.paid + books.burned + there_is);
    }
}
