//! What stories about disputes begin with: a submitted result, a dispute about it, jurors, and a friend of
//! the provider.

use {
    crate::*,
    std::ops::Deref,
    work_token_sdk::{
        DisputeAddresses, SeatAddresses,
        events::Event,
        math::dispute::{Machine, Outcome, Phase},
        state::{Ballot, Dispute},
    },
    work_token_tests::Juror,
};

/// What everybody has to begin with.
pub const PURSE: u64 = 100_000 * TOKEN;

/// A disputed result of a seat with a fee of [`FEE`], whose provider has [`STAKE`].
pub struct Contested {
    pub market: Market,
    pub jurors: Vec<Juror>,
    pub seat: SeatAddresses,
    pub challenger: Actor,
    pub friend: Actor,
    pub at: DisputeAddresses,
}

impl Deref for Contested {
    type Target = Market;

    fn deref(&self) -> &Market {
        &self.market
    }
}

impl Contested {
    /// A dispute of a severity that nobody answered yet, with twelve jurors.
    pub fn of(severity: u8) -> Self {
        Self::with(severity, 12, |_| ())
    }

    /// The same with some options of the network changed.
    pub fn with(severity: u8, jurors: usize, edit: impl FnOnce(&mut ScenarioOptions)) -> Self {
        let (market, jurors) = Market::judged_with(1, jurors, edit);
        let seat = market.submitted(FIXED, FEE);
        let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, PURSE));
        let at = market.dispute(&seat, &challenger, severity);
        Self { market, jurors, seat, challenger, friend, at }
    }

    /// A dispute that the provider's friend answered.
    pub fn answered(severity: u8) -> Self {
        let case = Self::of(severity);
        case.market.answer(&case.at, &case.friend);
        case
    }

    /// A dispute that was answered and judged once.
    pub fn judged(severity: u8, votes: &[Option<u8>]) -> Self {
        let case = Self::answered(severity);
        case.round(votes);
        case
    }

    /// A jury is drawn and votes; the time to commit of those who stay away passes.
    pub fn round(&self, votes: &[Option<u8>]) {
        self.judge_round(&self.at, &self.jurors, votes);
    }

    pub fn dispute(&self) -> Dispute {
        self.dispute_state(&self.at)
    }

    pub fn machine(&self) -> Machine {
        *self.dispute().machine
    }

    pub fn phase(&self) -> Phase {
        self.machine().phase()
    }

    pub fn outcome(&self) -> Outcome {
        self.dispute().outcome()
    }

    pub fn owner(&self) -> &Owner {
        self.worker(&self.seat)
    }

    /// Lets phase after phase pass until it is decided, without anybody's vote.
    pub fn let_all_pass(&self) {
        while self.outcome() == Outcome::Pending {
            self.let_phase_pass(&self.at);
        }
    }

    /// The time at which the present phase ends.
    pub fn until_ts(&self) -> i64 {
        self.network().unix_ts(math::WorkTs(self.machine().until_work_ts))
    }

    /// Ballots of the present jury with who votes in them.
    pub fn present_ballots(&self) -> Vec<Ballot> {
        let jury = self.machine().jury;
        self.scenario.ballots(&self.at).into_iter().map(|(_, ballot)| ballot).filter(|b| b.jury == jury).collect()
    }

    /// Executes and ends it and settles its ballots.
    pub fn wind_up(&self) {
        if self.dispute().slash.own > 0 {
            self.execute_all(&self.at);
        }
        self.settle_ballots(&self.at);
    }

    /// What it burns, insures and gives to the provider's side.
    pub fn distributed(&self) -> (u64, u64, u64) {
        let dispute = self.dispute();
        if dispute.burn_due + dispute.insurance_due + dispute.provider_due == 0 {
            self.refuses(ix::distribute_slash(&self.at), &[], E::NoCredit);
            return (0, 0, 0);
        }
        let shared = events(&self.distribute(&self.at)).into_iter().find_map(|event| match event {
            Event::SlashDistributed(shared) => Some((shared.burned, shared.insurance, shared.provider)),
            _ => None,
        });
        shared.expect("something is shared out")
    }
}
