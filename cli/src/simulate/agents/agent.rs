//! Somebody who takes part: what he is, what he has, what he got and gave.

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Has jobs done.
    Client,
    /// Does its jobs well.
    HonestProvider,
    /// As honest and as large as the splitters, under one identity.
    OneIdentity,
    /// Spreads its stake over several identities.
    SybilSplitter,
    /// Works well for a quarter of the time, then delivers badly, declines half of its jobs and misses
    /// deadlines.
    LazyProvider,
    /// Has good machines that nobody can reach: no signs of life, no canary that it answers, no job that it
    /// accepts.
    UnavailableProvider,
    /// Works so-so; colluding attesters praise it.
    PraisedProvider,
    /// Measures and reports what it saw.
    MeasuringAttester,
    /// Measures, with a larger bond in one piece.
    OneBond,
    /// Measures, with as large a bond in two halves.
    BondSplitter,
    /// Measures, and forgets to reveal in one epoch of four.
    SilentAttester,
    /// Reports the medians of the epoch before.
    CopyingAttester,
    /// Reports the mean of all medians so far.
    LazyAttester,
    /// Praises one provider and denies all others everything, together with others.
    ColludingAttester,
}

impl Kind {
    /// The kind in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "honest client",
            Self::HonestProvider => "honest provider",
            Self::OneIdentity => "one identity",
            Self::SybilSplitter => "Sybil splitter",
            Self::LazyProvider => "lazy provider",
            Self::UnavailableProvider => "unavailable provider",
            Self::PraisedProvider => "praised provider",
            Self::MeasuringAttester => "measuring attester",
            Self::OneBond => "one bond",
            Self::BondSplitter => "bond splitter",
            Self::SilentAttester => "silent attester",
            Self::CopyingAttester => "copying attester",
            Self::LazyAttester => "lazy attester",
            Self::ColludingAttester => "colluding attester",
        }
    }
}

/// An agent. Amounts in base units.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: Kind,
    /// Tokens at hand.
    pub purse: u64,
    /// What it staked, or locked as a bond, in the beginning.
    pub placed: u64,
    /// Everything that it began with, what it placed included.
    pub began_with: u64,
    /// Earned from the emission.
    pub emission: u64,
    /// Earned from the fees of jobs.
    pub fees: u64,
    /// Paid: fees, draw fees, fines.
    pub paid: u64,
}

impl Agent {
    /// An agent that places a stake or a bond and has something at hand.
    pub fn new(name: impl Into<String>, kind: Kind, placed: u64, purse: u64) -> Self {
        Self { name: name.into(), kind, purse, placed, began_with: placed + purse, emission: 0, fees: 0, paid: 0 }
    }

    /// Takes what a job costs out of the purse. False, and nothing is taken, when there is not enough.
    pub fn pay(&mut self, amount: u64) -> bool {
        let Some(left) = self.purse.checked_sub(amount) else { return false };
        self.purse = left;
        self.paid += amount;
        true
    }

    /// Puts the fee of a job that was not done back.
    pub fn take_back(&mut self, amount: u64) {
        self.purse += amount;
        self.paid -= amount;
    }

    /// Receives a part of the emission, and fees.
    pub fn earn(&mut self, emission: u64, fees: u64) {
        self.purse += emission + fees;
        self.emission += emission;
        self.fees += fees;
    }

    /// Everything that it earned.
    pub fn earned(&self) -> u64 {
        self.emission + self.fees
    }

    /// What it gained or lost.
    pub fn net(&self) -> i128 {
        i128::from(self.earned()) - i128::from(self.paid)
    }

    /// That, for each thousand that it placed; `None` when it placed nothing. Rounds towards zero.
    pub fn net_per_mille(&self) -> Option<i128> {
        (self.net() * 1_000).checked_div(i128::from(self.placed))
    }
}
