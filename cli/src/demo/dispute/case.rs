//! A dispute, and what it moved.

use {
    crate::demo::cast::Who,
    work_token_sdk::{DisputeAddresses, SeatAddresses},
};

/// What one dispute moved. Base units, as foretold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// Bonds that the claims required: of who opened it, and of who raised it.
    pub bonds: [u64; 2],
    /// What was deposited beyond them, and returned with the opening.
    pub surplus: u64,
    /// Counter-bond, paid in and returned.
    pub counter_bond: [u64; 2],
    /// Appeals, paid in and returned.
    pub appeals: [u64; 2],
    /// Slashed of the own stake, and of delegators.
    pub slashed: [u64; 2],
    /// Own rewards that burn.
    pub confiscated: u64,
    /// Installments.
    pub installments: u32,
    /// To the challengers, in the same order: bond, share of the counter-bond, reward.
    pub challengers: [u64; 2],
    /// Compensation of the client.
    pub client: u64,
    /// Pay of jurors.
    pub jurors: u64,
    /// Locks that jurors lost.
    pub locks: u64,
    /// Bounties of keepers.
    pub bounties: u64,
    /// To the insurance.
    pub insurance: u64,
    /// To the provider's side.
    pub provider: u64,
    /// Burned out of escrow.
    pub burned: u64,
}

impl Flows {
    /// Everything that came into escrow and stayed.
    pub fn paid_in(&self) -> u64 {
        let bonds = self.bonds.iter().sum::<u64>() + self.counter_bond[0] + self.appeals[0];
        bonds + self.slashed.iter().sum::<u64>() + self.locks
    }

    /// What the challengers gained, or lost.
    pub fn challengers_gain(&self) -> i128 {
        let back = self.challengers.iter().sum::<u64>() + self.appeals[1];
        i128::from(back) - i128::from(self.bonds.iter().sum::<u64>() + self.appeals[0])
    }

    /// What whoever answered gained, or lost.
    pub fn answerer_gain(&self) -> i128 {
        i128::from(self.counter_bond[1]) - i128::from(self.counter_bond[0])
    }

    /// Everything that left it.
    pub fn paid_out(&self) -> u64 {
        let parties = self.challengers.iter().sum::<u64>() + self.client + self.jurors + self.bounties;
        parties + self.insurance + self.provider + self.burned + self.counter_bond[1] + self.appeals[1]
    }
}

/// A dispute.
pub struct Case {
    /// Its addresses.
    pub at: DisputeAddresses,
    /// The contested seat.
    pub seat: SeatAddresses,
    /// Whose work is contested.
    pub accused: Who,
    /// Who contests it: who opened it, and who raised it.
    pub challengers: Vec<Who>,
    /// The highest severity that is claimed.
    pub severity: u8,
    /// What it moved.
    pub flows: Flows,
}
