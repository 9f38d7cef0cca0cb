//! What the escrow vault holds, by the books of everybody for whom it holds something.

use {
    std::collections::BTreeMap,
    work_token_localnet::Scenario,
    work_token_sdk::{
        Pubkey,
        state::{Assignment, Attester, Ballot, Dispute, DisputeOpening, Fault, Job, Juror, Provider, dispute_flags},
    },
};

/// Base units in escrow, by what they are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Escrow {
    /// Bonds of attesters.
    pub attesters: u64,
    /// Fees, draw fees and refunds of jobs.
    pub jobs: u64,
    /// Locks and unclaimed pay of jurors.
    pub jurors: u64,
    /// Counter-bonds of providers.
    pub counter_bonds: u64,
    /// Deposits of commitments, bonds, appeals and what is due, of disputes; rewards of faults.
    pub disputes: u64,
}

impl Escrow {
    /// As all accounts of a network say.
    pub fn of(scenario: &Scenario) -> Self {
        let sum = |amounts: &mut dyn Iterator<Item = u64>| amounts.sum::<u64>();
        Self {
            attesters: sum(&mut scenario.list::<Attester>().iter().map(|(_, attester)| attester.bond)),
            jobs: jobs(scenario),
            jurors: sum(&mut scenario.list::<Juror>().iter().map(|(_, juror)| juror.lock + juror.credit)),
            counter_bonds: sum(&mut scenario.list::<Provider>().iter().map(|(_, provider)| provider.counter.bond)),
            disputes: disputes(scenario),
        }
    }

    /// All of it.
    pub const fn total(&self) -> u64 {
        self.attesters + self.jobs + self.jurors + self.counter_bonds + self.disputes
    }
}

/// Fees of seats that have not ended, what is left of draw fees, and refunds that wait.
fn jobs(scenario: &Scenario) -> u64 {
    let jobs: BTreeMap<Pubkey, Job> = scenario.list::<Job>().into_iter().collect();
    let live = jobs.values().filter(|job| job.live_seats > 0);
    let draw_fees: u64 = live.map(|job| job.bounties_left + job.draw_burn()).sum();
    let of_seat = |seat: &Assignment| {
        let fee = if seat.state().is_final() { 0 } else { jobs.get(&seat.job).map_or(0, |job| job.fee) };
        seat.credit + fee
    };
    draw_fees + scenario.list::<Assignment>().iter().map(|(_, seat)| of_seat(seat)).sum::<u64>()
}

fn disputes(scenario: &Scenario) -> u64 {
    let mut ballots: BTreeMap<Pubkey, Vec<Ballot>> = BTreeMap::new();
    for (_, ballot) in scenario.list::<Ballot>() {
        ballots.entry(ballot.dispute).or_default().push(ballot);
    }
    let mut jurors: BTreeMap<Pubkey, Juror> = scenario.list::<Juror>().into_iter().collect();
    let commitments: u64 = scenario.list::<DisputeOpening>().iter().map(|(_, opening)| opening.deposit).sum();
    let steps = scenario.list::<Fault>();
    let rewards: u64 = steps.iter().flat_map(|(_, fault)| &fault.steps).map(|step| step.reward).sum();
    let mut of =
        |(key, dispute): &(Pubkey, Dispute)| held_by(*dispute, ballots.remove(key).unwrap_or_default(), &mut jurors);
    commitments + rewards + scenario.list::<Dispute>().iter().map(&mut of).sum::<u64>()
}

/// Before the decision everything that was paid in and not back, less the bounties; after it what is due.
/// Seats that are not settled are still to be paid out of it: they are settled on copies, and what their
/// jurors lose is part of their locks until then.
fn held_by(mut dispute: Dispute, mut ballots: Vec<Ballot>, jurors: &mut BTreeMap<Pubkey, Juror>) -> u64 {
    let credits: u64 = dispute.parties.iter().map(|party| party.credit).sum();
    if !dispute.has(dispute_flags::FINISHED) {
        let paid_in = dispute.bonds().0 + dispute.machine.pots.iter().flatten().sum::<u64>();
        return paid_in + credits + dispute.burn_due - dispute.bounties.iter().sum::<u64>();
    }
    ballots.sort_by_key(|ballot| ballot.is_revealed());
    let (mut fees, mut lost) = (0, 0);
    for ballot in &ballots {
        let juror = jurors.get_mut(&ballot.juror).expect("a ballot's juror is there");
        let (fee, loses) = dispute.settle_ballot(ballot, juror).expect("the absent are settled first");
        fees += fee;
        lost += loses;
    }
    let sinks = dispute.burn_due + dispute.insurance_due + dispute.provider_due;
    let appeals: u64 = dispute.appeals_back.iter().flatten().sum();
    let rewards = dispute.reward_due + dispute.extra_reward + dispute.forfeits.iter().sum::<u64>();
    credits + dispute.client_credit + sinks + rewards + appeals + fees - lost - dispute.own_jury_due
}
