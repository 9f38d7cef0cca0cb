//! What of a slash stays with a pool and what leaves it with tickets, against exact shares (dispute-claim-2,
//! dispute-execute-3, dispute-sink-1).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use support::{
    any_amount, any_pool, any_width, cases,
    claims::Books,
    exact::{ceil, over, product_over, whole, zero},
    part_of,
};
use work_token_math::{
    Amount, Pool, Shares,
    dispute::{Departed, Kept, installment_due, used_claim},
};

/// Who left a pool one after the other, and what is left of it, exactly.
#[derive(Clone)]
struct Exits {
    kept: Kept,
    departed: Vec<(Departed, BigRational)>,
    exact: BigRational,
    shares: u64,
}

impl Exits {
    fn of(shares: u64) -> Self {
        Self { kept: Kept::ALL, departed: Vec::new(), exact: whole(1), shares }
    }

    fn leave(&mut self, shares: u64) {
        let part = over(shares, self.shares);
        let (kept, departed) = self.kept.leave(shares, self.shares);
        self.departed.push((departed, &self.exact * &part));
        self.exact *= whole(1) - part;
        (self.kept, self.shares) = (kept, self.shares - shares);
    }

    /// What an amount asks of each who left since a dispute joined, and of the pool; as it is, and exactly.
    fn parts(&self, amount: u64, joined: &Self) -> Vec<(u64, BigRational)> {
        let exact = |part: &BigRational| whole(amount) * part / &joined.exact;
        let since = self.departed[joined.departed.len()..].iter();
        let departed = since.map(|(departed, part)| (departed.of(Amount(amount), joined.kept).0, exact(part)));
        departed.chain([(self.kept.of(Amount(amount), joined.kept).0, exact(&self.exact))]).collect()
    }
}

/// Every order in which small holders leave a pool and a dispute joins, amounts up to twenty: nobody is off
/// by a unit.
#[test]
fn every_small_amount_is_shared_exactly_between_those_who_left_and_those_who_stay() {
    let mut checked = 0;
    for shares in 1..=7u64 {
        let mut open = vec![(Exits::of(shares), vec![Exits::of(shares)])];
        while let Some((exits, joined)) = open.pop() {
            for before in &joined {
                for amount in 0..=20 {
                    let parts = exits.parts(amount, before);
                    for (part, exact) in &parts {
                        assert_eq!(*part, ceil(exact).expect("small"), "{amount} of {shares}");
                    }
                    let sum = parts.iter().map(|(part, _)| part).sum::<u64>();
                    let alone = parts.len() == 1;
                    assert!(sum >= amount && sum < amount + parts.len() as u64 && (!alone || sum == amount));
                    checked += 1;
                }
            }
            for leaving in 1..=exits.shares {
                let mut after = exits.clone();
                after.leave(leaving);
                let joined = joined.iter().chain((after.shares > 0).then_some(&after)).cloned().collect();
                open.push((after, joined));
            }
        }
    }
    assert!(checked > 10_000, "{checked}");
}

/// Exits by a part of the shares: none, one share, half, all but a few, all.
fn any_exits() -> impl Strategy<Value = (u64, Vec<(u8, u64)>)> {
    (1u64..1 << 60, prop::collection::vec((0u8..6, any_width()), 0..24))
}

fn leaving(shares: u64, (kind, choice): (u8, u64)) -> u64 {
    match kind {
        0 => shares - shares.min(1 + choice % 3),
        1 => shares / 2,
        2 => shares / (3 + choice % 1_000),
        3 => shares - (shares >> (choice % 60)).max(1),
        _ => part_of(shares, choice),
    }
}

/// `times` of an amount as part of 2^63: what the roundings of so many exits cost it together.
fn dust(amount: u64, times: usize) -> BigRational {
    whole(amount) * whole(times) / whole(BigInt::from(1) << 63)
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn nobody_answers_for_a_unit_more_than_its_exact_part_rounded_up_and_nothing_is_lost(
        (shares, exits) in any_exits(), join in 0usize..8, amount in any_amount(),
    ) {
        let (mut now, mut joined) = (Exits::of(shares), Exits::of(shares));
        for (number, exit) in exits.into_iter().enumerate() {
            if number == join {
                joined = now.clone();
            }
            let leaving = leaving(now.shares, exit);
            if leaving > 0 && leaving < now.shares {
                now.leave(leaving);
            }
        }
        let exits = now.departed.len() - joined.departed.len();
        let parts = now.parts(amount, &joined);
        for (part, exact) in &parts {
            prop_assert!(whole(*part) <= exact.ceil(), "{part} of {exact}");
            prop_assert!(whole(*part) >= exact - dust(amount, exits + 1), "{part} of {exact}");
        }
        let sum = parts.iter().map(|(part, _)| whole(*part)).fold(zero(), |sum, part| sum + part);
        prop_assert!(sum >= whole(amount) - dust(amount, exits));
        prop_assert!(sum < whole(amount) + whole(parts.len()) && (exits > 0 || sum == whole(amount)));
    }

    #[test]
    fn when_everybody_has_left_the_pool_answers_for_nothing_and_later_disputes_for_all(
        (shares, exits) in any_exits(), amount in 1u64..1 << 60, again in 1u64..1 << 60,
    ) {
        let joined = Exits::of(shares);
        let mut now = joined.clone();
        for exit in exits {
            let leaving = leaving(now.shares, exit);
            if leaving > 0 && leaving < now.shares {
                now.leave(leaving);
            }
        }
        now.leave(now.shares);
        let parts = now.parts(amount, &joined);
        let (pool, left) = parts.split_last().expect("the pool");
        prop_assert_eq!(pool.0, 0);
        let dust = dust(amount, left.len());
        prop_assert!(left.iter().map(|(part, _)| whole(*part)).fold(dust, |sum, part| sum + part) >= whole(amount));
        // Somebody stakes again, and a dispute joins.
        let later = now.kept;
        let (after, half) = later.leave(again, 2 * again);
        prop_assert_eq!(later.of(Amount(amount), later), Amount(amount));
        let halves = [half.of(Amount(amount), later), after.of(Amount(amount), later)];
        prop_assert_eq!(halves, [Amount(amount.div_ceil(2)); 2]);
        prop_assert_eq!(half.of(Amount(amount), joined.kept), Amount(0), "who came later answers for nothing earlier");
    }

    #[test]
    fn a_claim_shrinks_in_proportion_to_its_slash_and_is_used_up_with_it(
        claimed in any_amount(), found in any_width(), count in 1u8..=8,
    ) {
        let found = part_of(claimed, found);
        let (mut left, mut executed) = (claimed, 0);
        for due in 1..=u32::from(count) {
            let amount = installment_due(Amount(found), due, count).0 - executed;
            let used = used_claim(Amount(left), Amount(amount), Amount(found - executed)).0;
            prop_assert!(used >= amount && used <= left, "it never falls below what is still to come");
            (left, executed) = (left - used, executed + amount);
            let exact = product_over(claimed, found - executed, found.max(1));
            prop_assert!(whole(left) >= exact && whole(left) < exact + whole(count));
        }
        prop_assert_eq!((left, executed), (0, found));
    }
}

/// One step of a history, in any order: exits, deposits, disputes that join, raises, verdicts, installments.
fn play(books: &mut Books, steps: &[(u8, u64, u64)], places: usize) {
    for (what, one, other) in steps {
        let (tokens, shares) = (books.pool().tokens.0, books.pool().shares.0);
        let open = (0..books.claims()).filter(|claim| books.is_open(*claim)).collect::<Vec<_>>();
        let dispute = usize::try_from(*one).unwrap_or(0) % books.disputes.len().max(1);
        match what {
            0..3 => {
                let leaving = if *what == 0 { part_of(shares, *one) } else { shares / (2 + other % 50) };
                if leaving > 0 && (leaving < shares || one % 4 == 0) {
                    books.leave(leaving);
                }
            }
            3 => books.deposit((one >> 8).min(tokens.saturating_add(1))),
            4 if books.disputes.len() < 12 && shares > 0 => {
                let claim = if open.len() < places { books.claims() } else { *open.last().expect("open") };
                let claimed = if other % 3 == 0 { other >> 5 } else { part_of(tokens, *other) };
                books.join(claim, claimed.clamp(1, 1 << 59), u8::try_from(one % 5 + 1).expect("small"));
            }
            _ if books.disputes.is_empty() => {}
            5 if books.disputes[dispute].slash.is_none() => books.raise(dispute, other >> 6),
            6 => books.decide(dispute, part_of(books.disputes[dispute].claimed, *other)),
            _ if books.is_due(dispute) => books.execute(dispute),
            _ => {}
        }
        books.assert_conserved();
    }
}

fn any_steps() -> impl Strategy<Value = Vec<(u8, u64, u64)>> {
    prop::collection::vec((0u8..10, any_width(), any_width()), 1..60)
}

/// What rounding can cost who stays and who leaves, beyond the exact part.
fn assert_shared(mut books: Books) {
    books.finish();
    books.assert_conserved();
    let exits = books.tickets.len() as u64;
    let tickets = books.tickets.clone();
    let settled = books.settle();
    books.assert_conserved();
    for (ticket, of) in tickets.iter().zip(&settled) {
        assert!(of.burned <= of.parts && of.burned <= ticket.held, "at most its part");
        if !of.shares_an_entry {
            // position-settle-1: rounded up by at most one unit an installment, and one for what had been
            // executed when it left.
            let most = &of.exact + whole(of.installments + of.interrupted.min(1));
            assert!(whole(of.burned) <= most, "{} instead of {} by leaving: {books:?}", of.burned, of.exact);
        }
        let spare = of.burned == ticket.held;
        let least = &of.exact - whole(of.installments + exits) - dust(1 << 60, 12 * tickets.len());
        assert!(spare || whole(of.burned) >= least, "{} instead of {} by leaving: {books:?}", of.burned, of.exact);
    }
}

proptest! {
    #![proptest_config(cases(3_000))]

    // position-settle-1: over every order of joining, raising, leaving, executing, ending.
    #[test]
    fn whoever_leaves_pays_what_its_shares_would_have_lost_had_they_stayed(pool in any_pool(), steps in any_steps()) {
        let mut books = Books::new(pool, 15);
        play(&mut books, &steps, 4);
        assert_shared(books);
    }

    // position-settle-1: what joins beyond a claim's entries shares the last one; who left pays at most its
    // part, and never too little.
    #[test]
    fn whoever_leaves_while_disputes_share_an_entry_pays_at_most_its_part(
        pool in any_pool(), steps in any_steps(), entries in 1usize..4,
    ) {
        let mut books = Books::new(pool, entries);
        play(&mut books, &steps, 2);
        assert_shared(books);
    }
}

fn pool_of(tokens: u64) -> Pool {
    Pool { tokens: Amount(tokens), shares: Shares(tokens), unbonding_shares: Shares::ZERO, ..Pool::default() }
}

// position-withdraw-2: of T = 1,000 a ticket of 900 leaves during a false claim of 1,000 and a true one of
// 300, which executes in three parts.
#[test]
fn the_ticket_gets_630_and_those_who_stay_lose_30_of_100_whenever_the_ticket_leaves() {
    for installments_before in 0..=3 {
        let mut books = Books::new(pool_of(1_000), 15);
        books.join(0, 1_000, 1);
        books.join(1, 300, 3);
        if installments_before > 0 {
            books.decide(1, 300);
        }
        (0..installments_before).for_each(|_| books.execute(1));
        books.leave(900);
        books.decide(0, 0);
        books.decide(1, 300);
        books.finish();
        books.settle();
        assert_eq!(books.tickets[0].paid, 630, "after {installments_before} installments");
        assert_eq!((books.pool().tokens, books.burned, books.missed), (Amount(70), 300, 0));
    }
}

// position-settle-1: a dispute that joins a claim after a ticket has left takes nothing of it, and a raise
// before that takes its part.
#[test]
fn a_ticket_answers_for_the_disputes_that_had_joined_when_it_left() {
    for leaves_before_the_second in [true, false] {
        let mut books = Books::new(pool_of(10_000), 15);
        books.join(0, 5, 1);
        if leaves_before_the_second {
            books.leave(5_000);
        }
        books.join(0, 3_000, 1);
        if !leaves_before_the_second {
            books.leave(5_000);
        }
        books.decide(0, 5);
        books.decide(1, 3_000);
        books.finish();
        let settled = books.settle();
        assert_eq!(settled[0].burned, if leaves_before_the_second { 3 } else { 3 + 1_500 });
    }
}

// The last entry keeps what took the larger part of its own claim: a ticket of all that is left pays at most
// its part.
#[test]
fn no_number_of_false_disputes_keeps_a_true_one_out_of_a_full_claim() {
    let mut books = Books::new(pool_of(10_000), 15);
    (0..40).for_each(|_| books.join(0, 10, 1));
    books.join(0, 4_000, 2);
    books.leave(5_000);
    (0..40).for_each(|number| books.decide(number, 0));
    books.decide(40, 4_000);
    books.finish();
    let settled = books.settle();
    assert!(settled[0].shares_an_entry);
    assert_eq!((settled[0].parts, settled[0].burned), (2_200, 2_200), "at most its part of all that the claim holds");
}

/// A slash of 30 % claimed, 12 % found, in four parts; of every hundred delegators twenty leave before it,
/// twenty after each of the first two parts.
fn slashed(delegators: u64) -> (Books, Vec<u64>) {
    let each = 1_000_000_000_000 / delegators;
    let mut books = Books::new(pool_of(1_000_000_000_000), 15);
    books.join(0, 300_000_000_000, 4);
    let fifth = |books: &mut Books| match delegators {
        1 => books.leave(each / 5),
        _ => (0..delegators / 5).for_each(|_| books.leave(each)),
    };
    fifth(&mut books);
    books.decide(0, 120_000_000_000);
    for _ in 0..2 {
        books.execute(0);
        fifth(&mut books);
    }
    books.finish();
    books.settle();
    let got = books.tickets.iter().map(|ticket| ticket.paid).collect();
    (books, got)
}

// O(1): a slash reads and writes the pool and its claim, whoever is in it.
#[test]
fn a_slash_costs_one_and_a_thousand_delegators_the_same_and_the_pool_the_same_steps() {
    let (one, _) = slashed(1);
    assert_eq!((one.pool().tokens.0, one.burned), (352_000_000_000, 120_000_000_000));
    let (many, got) = slashed(1_000);
    assert_eq!((many.pool(), many.burned, many.missed, many.steps), (one.pool(), one.burned, 0, one.steps));
    assert_eq!(got.len(), 600);
    assert!(got.iter().all(|got| *got == 880_000_000), "12 % of each, whenever it left");
}
