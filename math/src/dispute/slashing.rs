//! A slash that is executed in parts: what a claim holds, what each installment takes, and how fast a network may be slashed (MD 5.4, 5.5 with R C3, H17).

use crate::{
    mul_div::{mul_div_ceil, mul_div_floor},
    units::Amount,
};

/// One pool's claim of a dispute: `held` of it still in the pool, the rest in tickets that left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed and not executed, tickets included.
    pub open: Amount,
    /// What of that the pool still holds.
    pub held: Amount,
}

/// What one installment does to one pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimStep {
    /// Taken from the pool.
    pub taken: Amount,
    /// The claim afterwards.
    pub claim: Claim,
}

impl Claim {
    /// What tickets took along. The stake that answers is the pool's and this.
    pub fn left_with_tickets(&self) -> Amount {
        self.open.saturating_sub(self.held)
    }

    /// Executes `amount` of a slash of which `left` is not yet executed, on a dispute's part `of_dispute` of the claim. The pool pays its share of it, rounded
    /// up, tickets pay theirs when they are settled; the claim shrinks in proportion to the slash, so that a ticket that leaves between two installments answers
    /// for exactly what is still to come. Returns the step and what is left of the dispute's part.
    pub fn execute(&self, amount: Amount, left: Amount, of_dispute: Amount) -> (ClaimStep, Amount) {
        let amount = amount.min(left);
        let used = if amount == left {
            of_dispute
        } else {
            Amount(mul_div_floor(of_dispute.0, amount.0, left.0).unwrap_or(0))
        };
        let used = used.min(self.open);
        // No ticket took a part along: the pool pays all of it.
        if self.held == self.open {
            let left = self.open.saturating_sub(used);
            return (
                ClaimStep { taken: amount, claim: Claim { open: left, held: left } },
                of_dispute.saturating_sub(used),
            );
        }
        let taken = Amount(mul_div_ceil(amount.0, self.held.0, self.open.0).unwrap_or(0)).min(amount);
        let released = Amount(mul_div_floor(self.held.0, used.0, self.open.0).unwrap_or(0));
        let claim = Claim { open: self.open.saturating_sub(used), held: self.held.saturating_sub(released) };
        (ClaimStep { taken, claim }, of_dispute.saturating_sub(used))
    }
}

/// What of a slash of `whole` in `count` installments must be executed once `due` of them have come: `floor(whole * due / count)`, all of it with the last.
pub fn installment_due(whole: Amount, due: u32, count: u8) -> Amount {
    if due >= u32::from(count) {
        return whole;
    }
    Amount(mul_div_floor(whole.0, u64::from(due), u64::from(count)).unwrap_or(whole.0))
}

/// A leaky bucket: no more than its capacity is slashed at once, and it refills evenly over a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Slashed and not yet leaked away.
    pub level: Amount,
    /// As of when. Unix seconds.
    pub as_of_ts: i64,
}

impl Bucket {
    /// The bucket at a time. Work time goes back when an outage is recorded; no second leaks twice.
    pub fn at(&self, capacity: Amount, refill_secs: u64, now_ts: i64) -> Self {
        let as_of_ts = self.as_of_ts.max(now_ts);
        if self.level.is_zero() {
            return Self { level: Amount::ZERO, as_of_ts };
        }
        let elapsed = u64::try_from(now_ts.saturating_sub(self.as_of_ts)).unwrap_or(0).min(refill_secs);
        let leaked = Amount(mul_div_floor(capacity.0, elapsed, refill_secs).unwrap_or(capacity.0));
        Self { level: self.level.saturating_sub(leaked), as_of_ts }
    }

    /// What it still takes.
    pub fn room(&self, capacity: Amount) -> Amount {
        capacity.saturating_sub(self.level)
    }

    /// Puts a slash in.
    pub fn fill(&mut self, amount: Amount) {
        self.level = self.level.saturating_add(amount);
    }
}
