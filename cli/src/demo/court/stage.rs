//! Who takes part in the chapter, and its state.

use {
    crate::demo::market::Market,
    work_token_localnet::TOKEN,
    work_token_sdk::{DisputeAddresses, PositionAddresses, SeatAddresses},
};

/// The delegator, among the parties.
pub const DELEGATES: usize = 0;
/// Who contests with reason.
pub const CONTESTS: usize = 1;
/// Who contests without.
pub const REGRETS: usize = 2;
/// Who answers for providers.
pub const ANSWERS: usize = 3;
/// The first juror.
pub const FIRST_JUROR: usize = 4;

/// What each of the jobs costs.
pub const FEE: u64 = 20 * TOKEN;

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

    /// Everything that left it.
    pub fn paid_out(&self) -> u64 {
        let parties = self.challengers.iter().sum::<u64>() + self.client + self.jurors + self.bounties;
        parties + self.insurance + self.provider + self.burned + self.counter_bond[1] + self.appeals[1]
    }
}

/// A dispute.
pub struct Case {
    /// Its name in the books.
    pub name: &'static str,
    /// Its addresses.
    pub at: DisputeAddresses,
    /// The contested seat.
    pub seat: SeatAddresses,
    /// Which worker is accused.
    pub worker: usize,
    /// Which parties contest: who opened it, and who raised it.
    pub challengers: Vec<usize>,
    /// The highest severity that is claimed.
    pub severity: u8,
    /// What it moved.
    pub flows: Flows,
}

/// The chapter, as it runs.
pub struct Court<'m, 'a> {
    pub market: &'m mut Market<'a>,
    pub cases: Vec<Case>,
    /// The delegator's position behind each worker who has a seat.
    pub positions: Vec<Option<PositionAddresses>>,
    /// What the delegator lost, as foretold and as found. Base units.
    pub loss: [u64; 2],
    /// The half of its stake that leaves.
    pub leaver: Leaver,
    /// Whether escrow held what its books say, after each step.
    pub escrow_is_exact: bool,
    pub steps: u64,
}

/// What left, and what became of it. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leaver {
    /// When all tickets have matured. Unix seconds.
    pub matures_at_ts: i64,
    /// Worth of the ticket when it left, and of the pool.
    pub worth: [u64; 2],
}
