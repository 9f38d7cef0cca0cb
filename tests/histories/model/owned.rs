//! What the model remembers of owners and beneficiaries.

use {
    crate::{op::*, system::*},
    work_token_sdk::{Pubkey, state::Beneficiary},
};

/// Whom an owner proposed as the next one, and when that one may accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub to: Person,
    pub from: i64,
    pub until: i64,
}

/// What is agreed with a provider's beneficiary, and what its owner proposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub who: Option<Person>,
    pub to: Option<Account>,
    /// By the present terms: how much at most, how much of it was used, and until when.
    pub quota: u64,
    pub used: u64,
    pub until: i64,
    pub owed: u64,
    pub paid: u64,
    pub proposed: Option<(Person, u64, i64)>,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub passed: [u64; 6],
    pub withdrawn: u64,
    pub shared: [u64; 2],
    pub lapsed: u64,
    pub waited: u64,
    pub repaid: u64,
}

/// What the model knows of owners, of beneficiaries, and of debt that is on its way to be burned.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    pub owner: [Person; PROVIDERS],
    pub destination: Vec<Account>,
    pub proposals: [Option<Proposal>; PROVIDERS],
    pub agreements: [Option<Agreement>; PROVIDERS],
    pub debts: [u64; PROVIDERS],
    /// What left each provider's books of own rewards in the operation under way.
    pub released: [u64; PROVIDERS],
    pub counts: Counts,
}

impl Owners {
    pub fn new() -> Self {
        let of = |of| Account { of, other: false };
        Self { owner: std::array::from_fn(|of| of), destination: (0..PROVIDERS).map(of).collect(), ..Self::default() }
    }
}

impl Agreement {
    pub fn left(&self, now: i64) -> u64 {
        if now < self.until { self.quota - self.used } else { 0 }
    }

    pub fn none() -> Self {
        Self::owed(0)
    }

    pub fn owed(owed: u64) -> Self {
        Self { who: None, to: None, quota: 0, used: 0, until: 0, owed, paid: 0, proposed: None }
    }

    pub fn assert_is(&self, found: &Beneficiary, state: &State) {
        assert_eq!(found.is_agreed().then(|| who(state, &found.beneficiary)).flatten(), self.who, "who is paid");
        assert_eq!(self.to.map(|to| state.people.key(to)), found.is_agreed().then_some(found.destination));
        assert!(self.used <= self.quota, "a quota is never exceeded");
        assert_eq!((found.left, found.until_ts), (self.quota - self.used, self.until));
        assert_eq!((found.owed, found.paid), (self.owed, self.paid));
        let proposed = who(state, &found.proposed).map(|who| (who, found.proposed_quota, found.proposed_until_ts));
        assert_eq!(proposed, self.proposed);
    }
}

/// Whose key it is; nobody's where it is none.
pub fn who(state: &State, key: &Pubkey) -> Option<Person> {
    state.people.keys.iter().position(|known| known == key)
}
