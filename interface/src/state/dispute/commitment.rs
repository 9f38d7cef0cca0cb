//! What somebody will dispute, before anybody can see what it is.

use crate::{
    Address, WorkTokenError as E,
    limits::OPENING_SECS,
    math::{Amount, WorkTs, dispute::forfeited_deposit},
};

account! {
    /// A commitment to open a dispute, to raise a claim or to prove a fault, with its bond. Its time counts
    /// for the window, for priority and for which locks may judge (dispute-open-3).
    pub struct DisputeOpening {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 6],
        /// The network.
        pub network: Address,
        /// Who will open; pays the rent and gets it back.
        pub challenger: Address,
        /// What it will open, hashed with a salt; part of the account's address.
        pub hash: [u8; 32],
        /// What it deposited. In the escrow vault. Base units.
        pub deposit: u64,
        /// When it committed. Unix seconds.
        pub committed_ts: i64,
        /// The same in work time.
        pub committed_work_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

/// What becomes of the deposit of a commitment that was not opened in time. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapsed {
    /// Returns to who committed.
    pub returned: u64,
    /// Burns.
    pub burned: u64,
}

impl DisputeOpening {
    /// Commits somebody, by the hash of what it will open, with the bond. The time counts for the window, for
    /// priority and for which locks may judge.
    #[inline(always)]
    pub fn commit(&mut self, challenger: &Address, hash: &[u8; 32], deposit: u64, now: (i64, WorkTs)) {
        self.challenger = *challenger;
        self.hash = *hash;
        self.deposit = deposit;
        (self.committed_ts, self.committed_work_ts) = (now.0, now.1.0);
    }

    /// What returns and what burns of the deposit if nothing is opened. Rounds what burns up.
    pub fn lapsed(&self) -> Lapsed {
        let burned = forfeited_deposit(Amount(self.deposit)).0;
        Lapsed { returned: self.deposit.saturating_sub(burned), burned }
    }

    /// It was not opened in time. Refuses before its hour has passed.
    pub fn lapse(&self, work_ts: WorkTs) -> Result<Lapsed, E> {
        if self.require_in_time(work_ts).is_ok() { Err(E::OpeningPending) } else { Ok(self.lapsed()) }
    }

    /// The first second at which it cannot be used any more: an hour after it was made it still can. Work
    /// time.
    pub fn until_work_ts(&self) -> i64 {
        self.committed_work_ts.saturating_add(i64::from(OPENING_SECS)).saturating_add(1)
    }

    /// Refuses once its hour has passed.
    pub fn require_in_time(&self, work_ts: WorkTs) -> Result<(), E> {
        if work_ts.has_reached(self.until_work_ts()) { Err(E::OpeningExpired) } else { Ok(()) }
    }

    /// When it committed, in work time.
    pub fn committed_at(&self) -> WorkTs {
        WorkTs(self.committed_work_ts)
    }
}
