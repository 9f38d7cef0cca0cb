//! Everything that the rules say there is.

use {
    super::{
        claim::Claim,
        dispute::{Dispute, Opening},
        fault::Fault,
        job::Job,
        jury::Jurors,
        pool::{Position, Ticket},
        provider::Provider,
        refuse::Verdict,
        time::Time,
    },
    crate::op::{At, PEOPLE, PROVIDERS},
    std::collections::BTreeMap,
    work_token_sdk::state::NetworkParams,
};

/// Every token account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    pub wallets: [u64; PEOPLE],
    pub stakes: [u64; PROVIDERS],
    pub escrow: u64,
    pub insurance: u64,
    pub rewards: u64,
    pub keeper: u64,
    pub supply: u64,
}

impl Money {
    /// Somebody pays; what it does not have it cannot.
    pub fn pay_in(&mut self, who: usize, amount: u64) -> Verdict {
        self.wallets[who] = self.wallets[who].checked_sub(amount).ok_or("it has not so much")?;
        Ok(())
    }

    pub fn burn(&mut self, amount: u64) {
        self.supply -= amount;
    }
}

/// How much was slashed lately in the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    pub level: u64,
    pub as_of: i64,
}

/// Everything that the rules say there is.
#[derive(Clone, Debug)]
pub struct Model {
    pub rules: NetworkParams,
    pub time: Time,
    pub money: Money,
    pub providers: Vec<Provider>,
    pub positions: BTreeMap<At, Position>,
    pub tickets: BTreeMap<(At, u32), Ticket>,
    pub openings: BTreeMap<usize, Opening>,
    pub disputes: BTreeMap<usize, Dispute>,
    pub claims: BTreeMap<(usize, u32), Claim>,
    pub faults: BTreeMap<(usize, u32), Fault>,
    pub jobs: BTreeMap<usize, Job>,
    pub jury: Jurors,
    pub limit: Limit,
    /// Stakes of the finalized epochs that had any.
    pub stakes: Vec<u64>,
    /// The epochs whose convictions the network remembers, by place.
    pub conviction_epochs: [Option<u32>; 8],
    /// How many openings, disputes and seats there were: the next one's number.
    pub numbers: [usize; 3],
}

impl Model {
    pub fn new(rules: NetworkParams, time: Time, money: Money) -> Self {
        Self {
            rules,
            time,
            money,
            providers: (0..PROVIDERS).map(Provider::of).collect(),
            positions: BTreeMap::new(),
            tickets: BTreeMap::new(),
            openings: BTreeMap::new(),
            disputes: BTreeMap::new(),
            claims: BTreeMap::new(),
            faults: BTreeMap::new(),
            jobs: BTreeMap::new(),
            jury: Jurors::default(),
            limit: Limit::default(),
            stakes: Vec::new(),
            conviction_epochs: [None; 8],
            numbers: [0; 3],
        }
    }
}
