//! How a dispute comes to its outcome, and to its end.

use super::{Dispute, Finished, dispute_flags, verdict::DecisionTerms};
use crate::{
    Address, WorkTokenError as E,
    math::{Amount, Bps, WorkTs, dispute::share, slash},
    state::{
        Assignment, Charge, Claim, ClaimEntries, ClaimEntry, Fault, Network, PoolKind, Provider, STEPS, Terms, entry_of,
    },
};

/// What a dispute changes besides itself when it comes to its outcome.
pub struct DisputeBooks<'a> {
    /// The network.
    pub network: &'a mut Network,
    /// The accused, brought up to date.
    pub provider: &'a mut Provider,
    /// The provider's faults of the epoch.
    pub fault: &'a mut Fault,
    /// The disputed seat; `None` for conduct, and once the outcome was applied.
    pub seat: Option<&'a mut Assignment>,
}

/// How far a dispute was brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Advanced {
    /// Whether deadlines had passed.
    pub moved: bool,
    /// Whether a claim that had been left out was booked.
    pub booked: bool,
    /// Whether its claim was told what it takes, before it has ended.
    pub told: bool,
    /// What its decision did, if it was applied now.
    pub finished: Option<Finished>,
    /// Whether it ended.
    pub ended: bool,
}

impl Advanced {
    /// Whether nothing was done.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Dispute {
    /// Brings it as far as time and votes allow: past every deadline, each as of its own time; then its
    /// outcome is applied to provider, seat and bonds; from the first installment on, when nothing alters
    /// what the slash takes any more, its claim's tickets may be settled by it (position-settle-4); and once
    /// it is executed, claim and fault are told. `address` is its own.
    ///
    /// Rounds: slashes up, to the winner down, the burn takes the rest. Refuses: when there is nothing to do.
    pub fn bring_forward(
        &mut self,
        address: &Address,
        books: &mut DisputeBooks,
        claim: (&mut Claim, &mut ClaimEntries),
        now: &Terms,
    ) -> Result<Advanced, E> {
        let mut advanced = self.reach_outcome(address, books, now);
        if self.awaits_end() {
            self.end(books, claim, now.now_ts);
            advanced.ended = true;
        } else if self.awaits_telling(books.network.work_ts(now.now_ts)) {
            self.flags |= dispute_flags::TOLD;
            self.tell_claim(claim.1);
            advanced.told = true;
        }
        if advanced.is_nothing() { Err(E::NothingToAdvance) } else { Ok(advanced) }
    }

    /// The same without its end.
    pub fn reach_outcome(&mut self, address: &Address, books: &mut DisputeBooks, now: &Terms) -> Advanced {
        let work_ts = books.network.work_ts(now.now_ts);
        let moved = self.advance(work_ts);
        let booked = self.book_if_found(books.provider, now.epoch);
        let decides = self.is_decided() && !self.has(dispute_flags::FINISHED);
        let finished = decides.then(|| self.decide(address, books, now, work_ts));
        Advanced { moved, booked, told: false, finished, ended: false }
    }

    #[inline(never)]
    fn decide(&mut self, address: &Address, books: &mut DisputeBooks, now: &Terms, work_ts: WorkTs) -> Finished {
        let DisputeBooks { network, provider, fault, seat } = books;
        let stake = Amount(provider.own.tokens).saturating_add(Amount(provider.delegated.tokens));
        // What multiplies a slash is what it was when the dispute was decided, whoever applies it when
        // (dispute-slash-6).
        let verdict = network.epoch_at(network.unix_ts(self.decided_work_ts()));
        let correlation =
            if self.is_upheld() { network.convict(provider, self.severity(), stake, verdict) } else { Bps::ZERO };
        let terms = DecisionTerms { work_ts, now: now.epoch, verdict, correlation };
        let (finished, vacated) = self.finish(address, provider, fault, seat.as_deref_mut(), &terms);
        if let Some(index) = vacated {
            network.free_place(index);
        }
        finished
    }

    /// Whether everything was executed and its end is not noted.
    pub fn awaits_end(&self) -> bool {
        self.has(dispute_flags::FINISHED) && !self.has(dispute_flags::ENDED) && self.is_executed()
    }

    /// Whether what its slash takes is certain, because no veto comes any more, and its claim does not know
    /// it: who left need not wait until the network's limit lets the rest pass.
    pub fn awaits_telling(&self, work_ts: WorkTs) -> bool {
        let is_told = self.has(dispute_flags::TOLD) || self.has(dispute_flags::ENDED) || self.joined == 0;
        self.has(dispute_flags::FINISHED) && !is_told && work_ts.has_reached(self.slash.from_work_ts)
    }

    /// Refuses before everything ended.
    pub fn require_ended(&self) -> Result<(), E> {
        if self.has(dispute_flags::ENDED) { Ok(()) } else { Err(E::DisputeOpen) }
    }

    /// Refuses once it is decided.
    pub fn require_undecided(&self) -> Result<(), E> {
        if self.is_decided() { Err(E::WrongPhase) } else { Ok(()) }
    }

    /// Everything was executed: claim and fault are told, what it still claimed is free, and a claim whose
    /// last dispute this was frees its place.
    #[inline(never)]
    fn end(&mut self, books: &mut DisputeBooks, (claim, entries): (&mut Claim, &mut ClaimEntries), now_ts: i64) {
        let DisputeBooks { provider, fault, .. } = books;
        self.flags |= dispute_flags::ENDED;
        self.ended_ts = now_ts;
        let unpaid = core::mem::take(&mut self.own_jury_due);
        self.advance_jury_pay(Amount(unpaid));
        self.reward_extra();
        let taken = Amount(self.slash.own).saturating_sub(Amount(self.own_jury_pay));
        let taken = taken.saturating_sub(Amount(self.extra_slash));
        let reward = core::mem::take(&mut self.reward_due);
        fault.end_one((reward, taken), self.above, self.severity(), self.step_costs(), now_ts);
        claim.end_one(now_ts);
        if !self.has(dispute_flags::TOLD) {
            self.tell_claim(entries);
        }
        let own = self.kept_of(provider, PoolKind::Own, Amount(self.slash.own_claim_left));
        let delegated = self.kept_of(provider, PoolKind::Delegated, Amount(self.slash.delegated_claim_left));
        provider.unreserve(self.claim, own, delegated);
        if claim.open == 0 {
            provider.release_claim(claim.number);
        }
    }

    fn tell_claim(&self, entries: &mut ClaimEntries) {
        if self.joined > 0
            && let Some(entry) = entries.get_mut(entry_of(self.joined))
        {
            self.tell_entry(entry);
        }
    }

    /// Tells its entry of its claim what it takes, executed or certain to be: tickets that left meanwhile are
    /// charged by it.
    pub fn tell_entry(&self, entry: &mut ClaimEntry) {
        let own = Charge { claimed: self.stake.own_booked, executed: self.slash.own, joined: self.stake.own_joined };
        let delegated = Charge {
            claimed: self.stake.delegated_booked,
            executed: self.slash.delegated,
            joined: self.stake.delegated_joined,
        };
        entry.end_one(&own, &delegated);
    }

    /// Takes what jurors are paid and the own stake could not give in the end out of what would burn, then of
    /// the provider's part, both of which wait for it, then of the challengers' credits, the last raise
    /// first.
    fn advance_jury_pay(&mut self, amount: Amount) {
        let mut left = amount.0;
        for due in [&mut self.burn_due, &mut self.provider_due] {
            let part = left.min(*due);
            *due = due.saturating_sub(part);
            left = left.saturating_sub(part);
        }
        for party in self.parties.iter_mut().rev() {
            let part = left.min(party.credit);
            party.credit = party.credit.saturating_sub(part);
            left = left.saturating_sub(part);
        }
    }

    /// The reward out of twice the fee of a further seat is its own challengers', by bond; rounds down, the
    /// first gets the dust.
    fn reward_extra(&mut self) {
        let (reward, bonds) = (Amount(core::mem::take(&mut self.extra_reward)), self.bonds());
        let mut rest = reward;
        for party in &mut self.parties {
            let part = share(reward, Amount(party.bond), bonds);
            party.credit = party.credit.saturating_add(part.0);
            rest = rest.saturating_sub(part);
        }
        if let Some(first) = self.parties.first_mut() {
            first.credit = first.credit.saturating_add(rest.0);
        }
    }

    /// What each severity alone costs the own pool, for a first fault.
    fn step_costs(&self) -> [Amount; STEPS] {
        let mut costs = [Amount::ZERO; STEPS];
        for (severity, cost) in (1u8..).zip(&mut costs) {
            let division = self.division(severity);
            *cost = slash::loss(self.base_bps(severity), self.bases(), self.bases(), division).own;
        }
        costs
    }
}
