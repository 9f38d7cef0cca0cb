//! One pool with the claims on it, as the program keeps them: disputes that join, tickets that leave,
//! installments (position-settle-1). Beside each stands what nobody rounds.

use num_rational::BigRational;
use work_token_math::{
    Amount, Pool, Shares,
    dispute::{Departed, Kept, installment_due, used_claim},
    mul_div::mul_div_floor,
    unbonding::{charged, held, part_of_claim},
};

use super::exact::{over, whole, zero};

/// One dispute's part of a claim, and the slash that a verdict made of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dispute {
    /// Its claim's place.
    pub claim: usize,
    /// Which of the claim's disputes it is, from 1.
    pub number: usize,
    pub claimed: u64,
    /// What it claimed when it joined: who left before a raise answers for that.
    first_claimed: u64,
    /// What of the claim is not executed.
    pub claim_left: u64,
    joined: (u64, u32),
    joined_exact: (u32, BigRational),
    /// What was found, once it was decided.
    pub slash: Option<u64>,
    pub executed: u64,
    /// Installments that came, and all of them.
    pub due: u32,
    pub count: u8,
    pub is_ended: bool,
}

/// What of a dispute is charged to those who left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Entry {
    claimed: u64,
    executed: u64,
    joined: (u64, u32),
    ended: usize,
}

/// A claim: what the pool holds for it, what of it was executed, and its disputes' entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Claim {
    held: u64,
    executed: u64,
    last_executed: u64,
    joined: usize,
    open: usize,
    entries: Vec<Entry>,
}

/// What a ticket answers for of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Listed {
    claim: usize,
    joined: usize,
    part: u64,
    executed: u64,
    last_executed: u64,
    /// For each of its disputes: the ticket's exact share, and what had been executed by then.
    exact: Vec<(usize, BigRational, u64)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    pub paid: u64,
    pub held: u64,
    departed: (u64, u32),
    listed: Vec<Listed>,
}

/// What became of a ticket.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    pub burned: u64,
    /// What its shares would have lost had they stayed, at most its part of each claim.
    pub exact: BigRational,
    /// Installments of the disputes that it answers for, and how many of these had executed something when it
    /// left.
    pub installments: u64,
    pub interrupted: u64,
    /// The most that its claims take.
    pub parts: u64,
    /// Whether it left after one of several disputes that share an entry.
    pub shares_an_entry: bool,
}

/// A pool with its claims and tickets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Books {
    pool: (u64, u64),
    kept: (u64, u32),
    /// The same exactly, and how often everybody had left before.
    kept_exact: (u32, BigRational),
    claims: Vec<Claim>,
    pub disputes: Vec<Dispute>,
    pub tickets: Vec<Ticket>,
    /// Entries of a claim; the last one is all that join beyond.
    pub entries: usize,
    pub deposited: u64,
    pub burned: u64,
    /// What was asked of a pool that had nothing left.
    pub missed: u64,
    /// Slashes of the pool, each rounded up.
    pub steps: u64,
}

fn pair(kept: Kept) -> (u64, u32) {
    (kept.mantissa, kept.halvings)
}

fn kept((mantissa, halvings): (u64, u32)) -> Kept {
    Kept { mantissa, halvings }
}

impl Books {
    pub fn new(pool: Pool, entries: usize) -> Self {
        Self {
            pool: (pool.tokens.0, pool.shares.0),
            kept: pair(Kept::ALL),
            kept_exact: (0, whole(1)),
            claims: Vec::new(),
            disputes: Vec::new(),
            tickets: Vec::new(),
            entries,
            deposited: pool.tokens.0,
            burned: 0,
            missed: 0,
            steps: 0,
        }
    }

    pub fn pool(&self) -> Pool {
        Pool {
            tokens: Amount(self.pool.0),
            shares: Shares(self.pool.1),
            unbonding_shares: Shares(self.pool.1),
            ..Pool::default()
        }
    }

    fn set_pool(&mut self, pool: Pool) {
        self.pool = (pool.tokens.0, pool.shares.0);
    }

    pub fn deposit(&mut self, amount: u64) {
        if let Ok((pool, _)) = self.pool().deposit(Amount(amount)) {
            self.set_pool(pool);
            self.deposited += amount;
        }
    }

    /// A dispute begins to hold stake, in a claim of its own or in one that is open.
    pub fn join(&mut self, claim: usize, claimed: u64, count: u8) {
        if self.claims.iter().all(|claim| claim.open == 0) {
            (self.kept, self.kept_exact) = (pair(Kept::ALL), (self.kept_exact.0 + 1, whole(1)));
        }
        if claim >= self.claims.len() {
            self.claims.push(Claim::default());
        }
        let place = &mut self.claims[claim];
        (place.joined, place.open, place.held) = (place.joined + 1, place.open + 1, place.held.saturating_add(claimed));
        let room = place.joined.min(self.entries);
        place.entries.resize(place.entries.len().max(room), Entry::default());
        self.disputes.push(Dispute {
            claim,
            number: place.joined,
            claimed,
            first_claimed: claimed,
            claim_left: claimed,
            joined: self.kept,
            joined_exact: self.kept_exact.clone(),
            slash: None,
            executed: 0,
            due: 0,
            count,
            is_ended: false,
        });
    }

    /// Somebody raises what a dispute claims.
    pub fn raise(&mut self, dispute: usize, added: u64) {
        let of = &mut self.disputes[dispute];
        let held = kept(self.kept).of(Amount(added), kept(of.joined)).0;
        of.claimed += added;
        of.claim_left = of.claimed;
        self.claims[of.claim].held = self.claims[of.claim].held.saturating_add(held);
    }

    pub fn is_open(&self, claim: usize) -> bool {
        self.claims.get(claim).is_some_and(|claim| claim.open > 0)
    }

    pub fn claims(&self) -> usize {
        self.claims.len()
    }

    /// A ticket leaves: every open claim lists its part in it.
    pub fn leave(&mut self, shares: u64) {
        let (all, entries) = (self.pool.1, self.entries);
        let share = over(shares, all);
        let mut listed = Vec::new();
        for (claim, place) in self.claims.iter_mut().enumerate().filter(|(_, claim)| claim.open > 0) {
            let part = part_of_claim(Shares(shares), Amount(place.held), Shares(all)).0;
            place.held -= part;
            // What stays in the books rounds up: no number of exits makes a later one pay again what its
            // stake has paid.
            let taken = |books: &mut u64| {
                let taken = mul_div_floor(*books, shares, all).expect("a part");
                *books -= taken;
                taken
            };
            let (executed, last_executed) = (taken(&mut place.executed), taken(&mut place.last_executed));
            let disputes = self.disputes.iter().enumerate().filter(|(_, dispute)| dispute.claim == claim);
            let (times, kept) = &self.kept_exact;
            let exact = disputes.map(|(number, dispute)| {
                let (joined, whole) = &dispute.joined_exact;
                let share = if joined == times { &share * kept / whole } else { zero() };
                (number, share, dispute.executed)
            });
            let (joined, exact) = (place.joined.min(entries), exact.collect());
            if part > 0 {
                listed.push(Listed { claim, joined, part, executed, last_executed, exact });
            }
        }
        let (after, departed) = kept(self.kept).leave(shares, all);
        let (pool, value) = self.pool().release(Shares(shares));
        let parts = listed.iter().fold(0u64, |sum, listed| sum.saturating_add(listed.part));
        let held = held(value, Amount(parts)).0;
        self.kept = pair(after);
        // Whoever comes after the last one has left answers for nothing of what was claimed before.
        let (times, exact) = &self.kept_exact;
        self.kept_exact = if shares == all { (times + 1, whole(1)) } else { (*times, exact * (whole(1) - share)) };
        self.set_pool(pool);
        let departed = (departed.weight, departed.halvings);
        self.tickets.push(Ticket { paid: value.0 - held, held, departed, listed });
    }

    /// A verdict, never more than is claimed. One that found nothing ends the dispute.
    pub fn decide(&mut self, dispute: usize, found: u64) {
        let of = &mut self.disputes[dispute];
        if of.slash.is_none() {
            of.slash = Some(found.min(of.claimed));
            self.end_if_done(dispute);
        }
    }

    /// Executes one more installment; with the last one the dispute ends.
    pub fn execute(&mut self, dispute: usize) {
        self.execute_one(dispute);
        self.end_if_done(dispute);
    }

    fn end_if_done(&mut self, dispute: usize) {
        let of = &self.disputes[dispute];
        if of.slash == Some(0) || of.due >= u32::from(of.count) {
            self.end(dispute);
        }
    }

    pub fn is_due(&self, dispute: usize) -> bool {
        let of = &self.disputes[dispute];
        of.slash.is_some_and(|slash| slash > 0) && !of.is_ended && of.due < u32::from(of.count)
    }

    /// Executes one more installment of the pool. Returns what was taken, and what it could not pay.
    pub fn execute_one(&mut self, dispute: usize) -> (u64, u64) {
        let of = &mut self.disputes[dispute];
        let slash = of.slash.expect("decided");
        of.due += 1;
        let amount = installment_due(Amount(slash), of.due, of.count).0 - of.executed;
        let used = used_claim(Amount(of.claim_left), Amount(amount), Amount(slash - of.executed));
        assert!(used.0 <= of.claim_left && amount <= used.0, "a slash never exceeds its claim");
        of.executed += amount;
        of.claim_left -= used.0;
        let due = kept(self.kept).of(Amount(amount), kept(of.joined)).0;
        let used = kept(self.kept).of(used, kept(of.joined)).0;
        let (place, is_last) = (&mut self.claims[of.claim], of.number >= self.entries);
        place.held = place.held.saturating_sub(used);
        let executed = if is_last { &mut place.last_executed } else { &mut place.executed };
        *executed += due;
        let (pool, taken, _) = self.pool().slash(Amount(due));
        self.set_pool(pool);
        self.burned += taken.0;
        self.missed += due - taken.0;
        self.steps += 1;
        (taken.0, due - taken.0)
    }

    /// What of a dispute's claim left with tickets.
    pub fn gone(&self, dispute: usize) -> u64 {
        let of = &self.disputes[dispute];
        of.claim_left - kept(self.kept).of(Amount(of.claim_left), kept(of.joined)).0
    }

    /// A dispute has ended: its entry says what tickets pay for it.
    pub fn end(&mut self, dispute: usize) {
        let of = &mut self.disputes[dispute];
        of.is_ended = true;
        let left = kept(self.kept).of(Amount(of.claim_left), kept(of.joined)).0;
        let place = &mut self.claims[of.claim];
        let entry = &mut place.entries[of.number.min(self.entries) - 1];
        let claimed = of.first_claimed;
        let is_larger =
            u128::from(of.executed) * u128::from(entry.claimed) > u128::from(entry.executed) * u128::from(claimed);
        let ended = entry.ended + 1;
        if entry.ended == 0 || is_larger {
            *entry = Entry { claimed, executed: of.executed, joined: of.joined, ended };
        }
        entry.ended = ended;
        place.held = place.held.saturating_sub(left);
        place.open -= 1;
        if place.open == 0 {
            (place.held, place.executed, place.last_executed) = (0, 0, 0);
        }
    }

    pub fn is_over(&self) -> bool {
        self.disputes.iter().all(|dispute| dispute.is_ended)
    }

    /// Ends everything that is open: what is not decided found nothing.
    pub fn finish(&mut self) {
        for dispute in 0..self.disputes.len() {
            self.decide(dispute, 0);
            while self.is_due(dispute) {
                self.execute(dispute);
            }
        }
    }

    /// What a ticket's part of a claim loses, by the claim's entries.
    fn charge(&self, ticket: &Ticket, listed: &Listed) -> u64 {
        let place = &self.claims[listed.claim];
        let departed = Departed { weight: ticket.departed.0, halvings: ticket.departed.1 };
        let last = self.entries - 1;
        let (mut lost, mut before) = (0, listed.executed);
        for (at, entry) in place.entries.iter().enumerate().take(listed.joined) {
            if at == last && entry.ended > 1 {
                lost += charged(Amount(listed.part), Amount(entry.executed), Amount(entry.claimed.max(1))).0;
            } else {
                before += if at == last { listed.last_executed } else { 0 };
                lost += departed.of(Amount(entry.executed), kept(entry.joined)).0;
            }
        }
        lost.saturating_sub(before).min(listed.part)
    }

    /// Settles every ticket, once everything has ended.
    pub fn settle(&mut self) -> Vec<Settled> {
        let settle = |ticket: &Ticket| {
            let mut settled = Settled { exact: zero(), ..Settled::default() };
            for listed in &ticket.listed {
                let charge = self.charge(ticket, listed);
                settled.burned += charge.min(ticket.held - settled.burned);
                settled.parts = settled.parts.saturating_add(listed.part);
                let entry = self.claims[listed.claim].entries.get(self.entries - 1);
                settled.shares_an_entry |= listed.joined == self.entries && entry.is_some_and(|entry| entry.ended > 1);
                let mut exact = zero();
                for (dispute, share, executed) in &listed.exact {
                    let of = &self.disputes[*dispute];
                    exact += share * whole(of.executed - executed);
                    settled.installments += u64::from(of.due);
                    settled.interrupted += u64::from(*executed > 0);
                }
                settled.exact += exact.min(whole(listed.part));
            }
            settled
        };
        let settled: Vec<_> = self.tickets.iter().map(settle).collect();
        for (ticket, settled) in self.tickets.iter_mut().zip(&settled) {
            self.burned += settled.burned;
            (ticket.paid, ticket.held) = (ticket.paid + ticket.held - settled.burned, 0);
        }
        settled
    }

    /// Nothing is made or lost.
    pub fn assert_conserved(&self) {
        let tickets = self.tickets.iter().map(|ticket| u128::from(ticket.paid) + u128::from(ticket.held)).sum::<u128>();
        let there_is = u128::from(self.pool.0) + tickets + u128::from(self.burned);
        assert_eq!(u128::from(self.deposited), there_is, "{self:?}");
    }
}
