//! What the escrow vault holds, by the books of everybody for whom it holds something.

use {
    std::collections::BTreeMap,
    work_token_localnet::Scenario,
    work_token_sdk::{
        Pubkey,
        state::{Assignment, Attester, Ballot, Dispute, Fault, Job, Juror, Provider, dispute_flags},
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
    /// Bonds, appeals and what is due, of disputes; rewards of faults.
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
            counter_bonds: sum(&mut scenario.list::<Provider>().iter().map(|(_, provider)| provider.counter_bond)),
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
    let rewards: u64 = scenario.list::<Fault>().iter().map(|(_, fault)| fault.reward).sum();
    let of = |(key, dispute): &(Pubkey, Dispute)| held_by(dispute, ballots.get(key).map_or(&[], Vec::as_slice));
    rewards + scenario.list::<Dispute>().iter().map(of).sum::<u64>()
}

/// Before the decision everything that was paid in, less the bounties; after it what is due. Seats that are not settled are still to be paid out of it; what
/// their jurors lose is due already, and still part of their locks.
fn held_by(dispute: &Dispute, ballots: &[Ballot]) -> u64 {
    if !dispute.has(dispute_flags::FINISHED) {
        let paid_in = dispute.bonds().0 + dispute.machine.pots.iter().flatten().sum::<u64>();
        return paid_in - dispute.bounties.iter().sum::<u64>();
    }
    let credits: u64 = dispute.parties.iter().map(|party| party.credit).sum();
    let sinks = dispute.burn_due + dispute.insurance_due + dispute.provider_due;
    let appeals: u64 = dispute.appeals_back.iter().flatten().sum();
    let (mut fees, mut lost) = (0, 0);
    for ballot in ballots {
        let (fee, is_lost) = dispute.settle_ballot(ballot);
        fees += fee;
        lost += if is_lost { ballot.lock } else { 0 };
    }
    credits + dispute.client_credit + sinks + dispute.reward_due + appeals + fees - lost - dispute.own_jury_due
}
