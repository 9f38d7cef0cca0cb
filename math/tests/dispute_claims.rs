//! Slashes in installments of one pool from which delegators leave, against exact shares (R C3, H17; MD 5.4, 5.5).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use num_rational::BigRational;
use proptest::prelude::*;
use support::{
    any_amount, any_pool, any_width, cases,
    exact::{over, product_over, whole, zero},
    part_of,
};
use work_token_math::{
    Amount, Pool, Shares,
    dispute::{Bucket, Claim, installment_due},
    unbonding::{charged, held, part_of_claim},
};

/// One dispute's part of a claim, and the slash that a verdict made of it.
#[derive(Clone, Copy, Debug, Default)]
struct Dispute {
    /// Its place among the claims; a dispute that found no place joined another's.
    claim: usize,
    /// What is left of its part of the claim.
    part: Amount,
    /// What was found, once it was decided.
    found: Option<u64>,
    /// Installments that came.
    due: u32,
    count: u8,
}

/// A claim on the pool and what was executed of it.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    claim: Claim,
    booked: u64,
    executed: u64,
}

/// A ticket's part of a claim: as it was when the ticket left.
#[derive(Clone, Copy, Debug)]
struct Part {
    claim: usize,
    part: Amount,
    open_then: u64,
    executed_then: u64,
}

#[derive(Clone, Debug)]
struct Ticket {
    shares: u64,
    paid: u64,
    held: u64,
    parts: Vec<Part>,
}

/// One pool with its claims, disputes and tickets; every share was there when the disputes opened.
#[derive(Clone, Debug, Default)]
struct Books {
    start: Pool,
    pool: Pool,
    claims: Vec<Entry>,
    disputes: Vec<Dispute>,
    tickets: Vec<Ticket>,
    burned: u64,
    /// What was asked of those who had nothing left.
    missed: u64,
    steps: u64,
}

impl Books {
    fn open(pool: Pool, claims: &[(u64, u8)], places: usize) -> Self {
        let mut books = Self { start: pool, pool, ..Self::default() };
        for (claimed, count) in claims {
            let claim = books.disputes.len().min(places - 1);
            books.claims.resize(books.claims.len().max(claim + 1), Entry::default());
            let entry = &mut books.claims[claim];
            entry.claim.open = entry.claim.open.saturating_add(Amount(*claimed));
            (entry.claim.held, entry.booked) = (entry.claim.open, entry.claim.open.0);
            books.disputes.push(Dispute { claim, part: Amount(*claimed), count: *count, ..Dispute::default() });
        }
        books
    }

    /// A ticket leaves: it takes its part of every claim along and leaves as much behind.
    fn leave(&mut self, shares: u64) {
        let all = self.pool.shares;
        let mut parts = Vec::new();
        for (claim, entry) in self.claims.iter_mut().enumerate() {
            let part = part_of_claim(Shares(shares), entry.claim.held, all);
            entry.claim.held = entry.claim.held.saturating_sub(part);
            parts.push(Part { claim, part, open_then: entry.claim.open.0, executed_then: entry.executed });
        }
        let (pool, value) = self.pool.release(Shares(shares));
        let sum = parts.iter().fold(Amount::ZERO, |sum, part| sum.saturating_add(part.part));
        let held = held(value, sum).0;
        self.pool = pool;
        self.tickets.push(Ticket { shares, paid: value.0 - held, held, parts });
    }

    /// A verdict: all, some or none of what the dispute claims, never more than all slashes leave in the pool.
    fn decide(&mut self, dispute: usize, found: u64) {
        let room = self.start.tokens.0 - self.found();
        let of = &mut self.disputes[dispute];
        if of.found.is_some() {
            return;
        }
        let found = found.min(room).min(of.part.0);
        of.found = Some(found);
        if found == 0 {
            let (entry, part) = (&mut self.claims[of.claim], of.part);
            let (step, left) = entry.claim.execute(Amount(0), Amount(0), part);
            assert_eq!((step.taken, left), (Amount(0), Amount(0)), "what was dismissed is released and costs nothing");
            (entry.claim, of.part) = (step.claim, left);
        }
    }

    /// Executes all installments that have come, one more than before.
    fn execute(&mut self, dispute: usize) {
        let of = &mut self.disputes[dispute];
        let Some(found) = of.found.filter(|found| *found > 0) else { return };
        let before = installment_due(Amount(found), of.due, of.count).0;
        of.due += 1;
        let amount = installment_due(Amount(found), of.due, of.count).0 - before;
        let entry = &mut self.claims[of.claim];
        let (step, part) = entry.claim.execute(Amount(amount), Amount(found - before), of.part);
        assert!(step.claim.held <= step.claim.open && step.taken.0 <= amount && part <= of.part);
        (entry.claim, of.part) = (step.claim, part);
        entry.executed += amount;
        let (pool, taken, _) = self.pool.slash(step.taken);
        self.pool = pool;
        self.burned += taken.0;
        self.missed += step.taken.0 - taken.0;
        self.steps += 1;
    }

    fn finish(&mut self) {
        for dispute in 0..self.disputes.len() {
            self.decide(dispute, 0);
            for _ in 0..self.disputes[dispute].count {
                if self.disputes[dispute].due < u32::from(self.disputes[dispute].count) {
                    self.execute(dispute);
                }
            }
            assert_eq!(self.disputes[dispute].part, Amount(0), "nothing stays claimed");
        }
        assert!(self.claims.iter().all(|entry| entry.claim == Claim::default()));
    }

    fn found(&self) -> u64 {
        self.disputes.iter().filter_map(|dispute| dispute.found).sum()
    }

    /// Settles every ticket, each part by what was executed of its claim since it left, or, where a claim is one dispute's, of all of it.
    /// Returns what each got in all.
    fn settle(&mut self, since: bool) -> Vec<u64> {
        let mut got = Vec::new();
        for ticket in std::mem::take(&mut self.tickets) {
            let charge: u64 = (ticket.parts.iter())
                .map(|part| {
                    let entry = self.claims[part.claim];
                    let (executed, claimed) = if since {
                        (entry.executed - part.executed_then, part.open_then)
                    } else {
                        (entry.executed, entry.booked)
                    };
                    if claimed == 0 { 0 } else { charged(part.part, Amount(executed), Amount(claimed)).0 }
                })
                .sum();
            let taken = charge.min(ticket.held);
            self.burned += taken;
            self.missed += charge - taken;
            got.push(ticket.paid + ticket.held - taken);
        }
        got
    }

    /// What some shares that were there from the beginning have left when nobody rounds: their part of what the slashes leave.
    fn exact(&self, shares: u64) -> BigRational {
        product_over(shares, self.start.tokens.0 - self.found(), self.start.shares.0)
    }
}

/// Checks a history that ended: who left and who stayed lost the same, and all of the slash is paid.
fn assert_shared(mut books: Books, since: bool) {
    books.finish();
    let shares: Vec<u64> = books.tickets.iter().map(|ticket| ticket.shares).collect();
    let (tickets, claims) = (shares.len() as u64, books.claims.len() as u64);
    let got = books.settle(since);
    let found = books.found();
    let left = books.pool.tokens.0;
    assert_eq!(books.start.tokens.0, got.iter().sum::<u64>() + books.burned + left, "conserved to the unit");
    assert!(books.burned + books.missed >= found, "the slash is asked for in full: {books:?}");
    assert!(books.burned <= found + books.steps + claims * tickets, "and once, but for the roundings: {books:?}");
    assert!(books.missed <= books.steps + (claims + 2) * tickets, "nobody escapes by leaving: {books:?}");
    // A ticket's value, its part and its charge of each claim round against it; what earlier ones lost to rounding stays in the pool.
    let (against, dust) = (whole(books.steps + tickets + 2 * claims + 2), whole(tickets * (2 * claims + 1)));
    for (shares, got) in shares.iter().zip(&got) {
        let exact = books.exact(*shares);
        assert!(whole(*got) <= &exact + &dust, "{got} instead of {exact} by leaving: {books:?}");
        assert!(whole(*got) + &against >= exact, "{got} instead of {exact} by leaving: {books:?}");
    }
    let exact = books.exact(books.start.shares.0 - shares.iter().sum::<u64>());
    assert!(
        whole(left) <= &exact + &dust && whole(left) + &against >= exact,
        "{left} instead of {exact} by staying: {books:?}"
    );
}

/// Plays a history: leave, decide, execute, in any order.
fn play(books: &mut Books, steps: &[(u8, u64, u64)]) {
    for (what, one, other) in steps {
        let dispute = usize::try_from(one % books.disputes.len() as u64).expect("small");
        match what {
            0..3 => {
                let shares = part_of(books.pool.shares.0, *one);
                if shares > 0 && shares < books.pool.shares.0 {
                    books.leave(shares);
                }
            }
            3 => books.decide(dispute, part_of(books.disputes[dispute].part.0, *other)),
            _ if books.disputes[dispute].due < u32::from(books.disputes[dispute].count) => books.execute(dispute),
            _ => {}
        }
    }
}

fn any_claims(most: usize) -> impl Strategy<Value = Vec<(u64, u64, u8)>> {
    prop::collection::vec((any_width(), any_width(), 1u8..=7), 1..=most)
}

/// Claims below the pool, of all of it, and far beyond it.
fn booked(pool: &Pool, claims: &[(u64, u64, u8)]) -> Vec<(u64, u8)> {
    let size = |kind: &u64, size: &u64| if kind.is_multiple_of(3) { size >> 4 } else { part_of(pool.tokens.0, *size) };
    claims.iter().map(|(kind, amount, count)| (size(kind, amount).max(1), *count)).collect()
}

fn any_steps() -> impl Strategy<Value = Vec<(u8, u64, u64)>> {
    prop::collection::vec((0u8..9, any_width(), any_width()), 1..50)
}

proptest! {
    #![proptest_config(cases(4_000))]

    // A ticket is charged by the whole of each dispute: all that was found of all that was claimed, whenever it left.
    #[test]
    fn whoever_leaves_before_between_or_after_installments_pays_what_staying_costs(
        pool in any_pool(), claims in any_claims(4), steps in any_steps(),
    ) {
        let mut books = Books::open(pool, &booked(&pool, &claims), 4);
        play(&mut books, &steps);
        assert_shared(books.clone(), false);
        assert_shared(books, true);
    }

    // Disputes that share a claim: only what was executed since, of what was open then, tells a ticket's part.
    #[test]
    fn whoever_leaves_while_disputes_share_a_claim_pays_what_staying_costs(
        pool in any_pool(), claims in any_claims(6), steps in any_steps(),
    ) {
        let mut books = Books::open(pool, &booked(&pool, &claims), 2);
        play(&mut books, &steps);
        assert_shared(books, true);
    }

    #[test]
    fn installments_sum_to_the_slash_and_each_is_due_in_proportion(found in any_amount(), count in any::<u8>(), due in prop_oneof![0u32..256, any::<u32>()]) {
        let parts = (1..=u32::from(count.max(1))).map(|due| {
            installment_due(Amount(found), due, count).0 - installment_due(Amount(found), due - 1, count).0
        });
        prop_assert!(count == 0 || parts.clone().sum::<u64>() == found);
        let (least, most) = (parts.clone().min().expect("one"), parts.max().expect("one"));
        prop_assert!(count == 0 || most - least <= 1, "evenly");
        let exact = if due >= u32::from(count) { whole(found) } else { product_over(found, u64::from(due), u64::from(count)) };
        prop_assert_eq!(whole(installment_due(Amount(found), due, count).0), exact.floor());
    }

    // R H17.
    #[test]
    fn no_window_sees_more_slashed_than_the_capacity_and_what_refilled_in_it(
        capacity in any_amount(), refill in 1u64..10_000_000, slashes in prop::collection::vec((0i64..2_000_000, any_width()), 1..30),
    ) {
        let (mut bucket, mut now, mut history) = (Bucket::default(), 0, Vec::new());
        for (secs, wanted) in slashes {
            now += secs;
            bucket = bucket.at(Amount(capacity), refill, now);
            let amount = Amount(wanted).min(bucket.room(Amount(capacity)));
            bucket.fill(amount);
            history.push((now, amount.0));
        }
        for from in 0..history.len() {
            let mut slashed = zero();
            for to in from..history.len() {
                slashed += whole(history[to].1);
                let elapsed = u64::try_from(history[to].0 - history[from].0).expect("later");
                prop_assert!(slashed <= whole(capacity) + product_over(capacity, elapsed, refill));
            }
        }
    }

    #[test]
    fn a_full_bucket_refills_evenly_however_often_it_is_looked_at(
        capacity in any_amount(), refill in 1u64..10_000_000, looks in prop::collection::vec(0i64..500_000, 1..30),
    ) {
        let full = Bucket { level: Amount(capacity), as_of_ts: 0 };
        let (mut bucket, mut now) = (full, 0);
        for secs in &looks {
            now += secs;
            bucket = bucket.at(Amount(capacity), refill, now);
        }
        let exact = product_over(capacity, u64::try_from(now).expect("later"), refill).min(whole(capacity));
        let room = |bucket: Bucket| whole(bucket.room(Amount(capacity)).0);
        prop_assert_eq!(room(full.at(Amount(capacity), refill, now)), exact.floor());
        prop_assert!(room(bucket) <= exact);
        prop_assert!(room(bucket) + whole(looks.len()) >= exact, "each look loses less than a unit");
    }

    #[test]
    fn a_bucket_whose_clock_went_back_in_an_outage_leaks_no_second_twice(
        capacity in any_amount(), refill in 1u64..1_000_000, now in 0i64..1_000_000, outage in 0i64..86_400,
    ) {
        let full = Bucket { level: Amount(capacity), as_of_ts: 0 };
        let before = full.at(Amount(capacity), refill, now);
        let again = before.at(Amount(capacity), refill, now - outage).at(Amount(capacity), refill, now);
        prop_assert_eq!(again, before);
    }
}

// R C3: of T = 1,000 a ticket of 900 leaves during a false claim of 1,000 and a true one of 300, which executes in three parts.
#[test]
fn the_ticket_gets_630_and_those_who_stay_lose_30_of_100_whenever_the_ticket_leaves() {
    let pool = Pool { tokens: Amount(1_000), shares: Shares(1_000), unbonding_shares: Shares(900) };
    for installments_before in 0..=3 {
        let mut books = Books::open(pool, &[(1_000, 1), (300, 3)], 4);
        if installments_before > 0 {
            books.decide(1, 300);
        }
        (0..installments_before).for_each(|_| books.execute(1));
        books.leave(900);
        books.decide(0, 0);
        books.decide(1, 300);
        books.finish();
        assert_eq!(books.settle(false), [630], "after {installments_before} installments");
        assert_eq!((books.pool.tokens, books.burned, books.missed), (Amount(70), 300, 0));
    }
}

/// A slash of 30 % claimed, 12 % found, in four parts; of every hundred delegators twenty leave before it, twenty after each of the first two parts.
fn slashed(delegators: u64) -> (Books, Vec<u64>) {
    let each = 1_000_000_000_000 / delegators;
    let pool = Pool { tokens: Amount(1_000_000_000_000), shares: Shares(1_000_000_000_000), ..Pool::default() };
    let mut books = Books::open(pool, &[(300_000_000_000, 4)], 1);
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
    let got = books.settle(false);
    (books, got)
}

// O(1): a slash reads and writes the pool and its claim, whoever is in it.
#[test]
fn a_slash_costs_one_a_thousand_and_a_million_delegators_the_same_and_the_pool_the_same_steps() {
    let (one, _) = slashed(1);
    assert_eq!((one.pool.tokens.0, one.burned), (352_000_000_000, 120_000_000_000));
    for delegators in [1_000, 1_000_000] {
        let (many, got) = slashed(delegators);
        assert_eq!((many.pool, many.burned, many.missed, many.steps), (one.pool, one.burned, 0, one.steps));
        assert_eq!(got.len() as u64, 3 * delegators / 5);
        assert!(got.iter().all(|got| *got == 880_000_000_000 / delegators), "12 % of each, whenever it left");
    }
    assert_eq!(whole(one.pool.tokens.0), whole(880_000_000_000u64) * over(2, 5));
}
