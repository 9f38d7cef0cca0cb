//! What follows from a decision: the size of the slash, who shares the bonds, and what becomes of the seat.

use super::{
    books::Model,
    court::Outcome,
    dispute::{Cost, Dispute, MOST},
    loss::whole_loss,
    num::{floor, part},
};

/// Convictions of other providers within so many epochs raise the cost of a severity, from this one on.
const CORRELATED: (u32, u8) = (7, 3);
/// Epochs whose convictions the network has room for.
const CONVICTED: u32 = 8;
/// Challenger and client get at most this part of the own side's loss. Hundredths of a percent.
pub const PAID_OUT: u64 = 6_000;
/// The client's part of it.
pub const OF_CLIENT: u64 = 3_000;

impl Model {
    /// Applies a decision.
    pub fn finish(&mut self, number: usize) {
        let mut dispute = self.disputes.remove(&number).expect("it is decided");
        let provider = dispute.provider;
        dispute.finished = true;
        dispute.fee_was_paid = dispute.job.is_some_and(|job| self.jobs[&job].fee_was_paid());
        if dispute.is_upheld() {
            self.convict(number, &mut dispute);
        }
        self.share_bonds(&mut dispute);
        dispute.share_appeals();
        let known = &mut self.providers[provider];
        known.open_disputes -= 1;
        known.answered_disputes -= u32::from(dispute.court.answered);
        self.tell_job(&dispute);
        self.disputes.insert(number, dispute);
    }

    fn convict(&mut self, number: usize, dispute: &mut Dispute) {
        let (provider, severity, epoch) = (dispute.provider, dispute.court.severity(), dispute.epoch);
        // Multipliers are those of the decision, whoever applies it when.
        let verdict = self.time.epoch_at(dispute.court.until + self.time.lost);
        let correlation = self.correlation(provider, severity, verdict);
        self.remember_conviction(provider, severity, verdict);
        let repeats = self.repeats(provider, severity, epoch, verdict);
        let fraction = correlation.max(dispute.repeated(severity, repeats)).min(MOST[usize::from(severity) - 1]);
        let known = match dispute.job {
            Some(job) => self.jobs[&job].found,
            None => self.faults[&(provider, epoch)].conduct,
        };
        let answering = self.answering(dispute);
        let fault = self.faults.get_mut(&(provider, epoch)).expect("its fault");
        dispute.above = if fault.severity < severity { fault.severity } else { 0 };
        let loss = whole_loss(dispute, severity, fraction, answering, fault.applied);
        let claimed = [0, 1].map(|kind| dispute.stakes[kind].claimed);
        let extra = if fault.upheld > 0 && known == 0 { 2 * dispute.fee } else { 0 };
        let added = fault.apply(severity, loss, claimed, known == 0);
        fault.take_steps(number, &dispute.layers, severity);

        let main = added[0];
        let nominal = (main + extra).min(claimed[0]);
        let rewards = &self.providers[provider].rewards;
        dispute.confiscated = nominal.min(rewards.confiscable(dispute.claim));
        let rest = nominal - dispute.confiscated;
        let own = rest.min(answering[0]);
        self.providers[provider].debt += rest - own;
        dispute.stakes[0].slash = own;
        dispute.extra = (nominal - main).min(own);
        dispute.stakes[1].slash = added[1];
        let Cost { jail, installments, deferral, .. } = dispute.costs[usize::from(severity) - 1];
        dispute.installments = installments;
        dispute.slash_from = dispute.court.until + deferral;
        if let Some(job) = dispute.job {
            let job = self.jobs.get_mut(&job).expect("its seat");
            job.found = known.max(severity);
            dispute.compensated_before = job.compensated;
            job.compensated += most_compensation(dispute, own);
        } else {
            self.faults.get_mut(&(provider, epoch)).expect("its fault").conduct = known.max(severity);
        }
        self.sentence(provider, severity, if severity > known { jail } else { 0 }, (epoch, verdict));
    }

    /// What answers for a dispute in each pool: what is there, and of the own one what of the claim tickets
    /// that left since took along; the delegated one as if nobody had left, because a loss is divided as it
    /// would have been.
    fn answering(&self, dispute: &Dispute) -> [u64; 2] {
        let pools = &self.providers[dispute.provider].pools;
        let [own, delegated] = &dispute.stakes;
        let gone = |kind: usize, whole: u64, kept| whole - pools[kind].kept.of(whole, kept);
        [pools[0].tokens + gone(0, own.left, &own.kept), pools[1].tokens + gone(1, delegated.base, &delegated.kept)]
    }

    /// How much convictions of other providers raise what a severity costs. Each counts once, with what it
    /// added last.
    pub fn correlation(&self, provider: usize, severity: u8, epoch: u32) -> u64 {
        let (epochs, from) = CORRELATED;
        let Some(class) = severity.checked_sub(from).map(usize::from) else { return 0 };
        // A verdict that is applied late counts none that came after it.
        let counts = |(of, _): &&(u32, u64)| epoch.checked_sub(*of).is_some_and(|age| age < epochs);
        let others = self.providers.iter().enumerate().filter(|(other, _)| *other != provider);
        let others = others.filter_map(|(_, other)| other.convicted[class].as_ref()).filter(counts);
        let others: u64 = others.map(|(_, stake)| stake).sum();
        let largest = self.largest_stake();
        if others == 0 || largest == 0 {
            return 0;
        }
        let q = floor(3 * others, 1_000_000, largest).min(1_000_000);
        floor(q, q, 100_000_000)
    }

    /// A provider is convicted. The network has room for the convictions of eight epochs, each at its place:
    /// a later epoch there makes an earlier one forgotten.
    fn remember_conviction(&mut self, provider: usize, severity: u8, epoch: u32) {
        let (_, from) = CORRELATED;
        let Some(class) = severity.checked_sub(from).map(usize::from) else { return };
        let stake = self.providers[provider].pools.iter().map(|pool| pool.tokens).sum();
        // What comes to be applied after a later one leaves that where it is.
        if self.providers[provider].latest[class].is_some_and(|latest| latest > epoch) {
            return;
        }
        self.providers[provider].convicted[class] = None;
        self.providers[provider].latest[class] = None;
        let place = (epoch % CONVICTED) as usize;
        if self.conviction_epochs[place].is_some_and(|newer| newer > epoch) {
            return;
        }
        if self.conviction_epochs[place].is_none_or(|older| older < epoch) {
            self.conviction_epochs[place] = Some(epoch);
            let all = self.providers.iter_mut().flat_map(|known| &mut known.convicted);
            for other in all.filter(|other| other.is_some_and(|(of, _)| of % CONVICTED == epoch % CONVICTED)) {
                *other = None;
            }
        }
        self.providers[provider].convicted[class] = Some((epoch, stake));
        self.providers[provider].latest[class] = Some(epoch);
    }

    /// The bonds go where the table says; what the own stake cannot pay the jurors others have advanced.
    fn share_bonds(&mut self, dispute: &mut Dispute) {
        let mut flows = self.flows(dispute);
        let own = &dispute.stakes[0];
        let stake = self.answering(dispute)[0].saturating_sub(own.slash);
        let payable = flows.from_own.min(stake).min(own.claimed - own.slash);
        flows.advance(flows.from_own - payable);
        self.providers[dispute.provider].counter_bond -= flows.counter_lost;
        for (layer, due) in dispute.layers.iter_mut().zip(&flows.due) {
            layer.credit += due;
        }
        dispute.dues.provider = flows.provider;
        dispute.dues.burn += flows.burned;
        (dispute.jury_pay, dispute.jury_due) = (payable, payable);
        dispute.stakes[0].slash += payable;
    }

    /// The seat learns of the decision.
    fn tell_job(&mut self, dispute: &Dispute) {
        let work = self.time.work();
        let Some(job) = dispute.job.and_then(|job| self.jobs.get_mut(&job)) else { return };
        let outcome = dispute.court.outcome;
        if !job.settled {
            job.faulted |= matches!(outcome, Outcome::Silent | Outcome::Upheld);
            job.divided |= matches!(outcome, Outcome::Tied | Outcome::Undecided);
        }
        job.open_disputes -= 1;
        if matches!(outcome, Outcome::Silent | Outcome::Withdrawn | Outcome::Conceded) {
            job.reopen(work);
        }
    }
}

impl Dispute {
    /// Jurors are paid what the own stake did not give out of what would burn, then out of the provider's
    /// part, then of what challengers are due, who raised last first.
    pub fn advance_jury_pay(&mut self, mut amount: u64) {
        for due in [&mut self.dues.burn, &mut self.dues.provider] {
            let taken = amount.min(*due);
            *due -= taken;
            amount -= taken;
        }
        for layer in self.layers.iter_mut().rev() {
            let taken = amount.min(layer.credit);
            layer.credit -= taken;
            amount -= taken;
        }
    }
}

/// The most that slashes of `own` compensate the client of the seat with.
fn most_compensation(dispute: &Dispute, own: u64) -> u64 {
    let twice = (2 * dispute.fee).saturating_sub(dispute.compensated_before);
    let topped_up = if dispute.fee_was_paid { part(own, PAID_OUT).min(dispute.fee) } else { 0 };
    part(own, OF_CLIENT).max(topped_up).min(twice)
}
