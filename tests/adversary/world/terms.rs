//! A provider that is about to pass to another owner, and one that shares its rewards.

use {
    super::World,
    crate::world::*,
    work_token_sdk::{Instruction, args::AcceptOwnerArgs, ix},
};

impl World {
    /// P1 is proposed to C1, and its notice is over.
    pub fn handed_over(&self) {
        self.chain.must(&[ix::propose_owner(&self.p1, Some(self.c1.key))]);
        self.go_to(15 * DAY);
    }

    /// C1 takes P1 over.
    pub fn accept_owner(&self) -> Instruction {
        let state = self.provider(&self.p1);
        let args = AcceptOwnerArgs {
            operator: self.keeper.key,
            reward_destination: self.c1.tokens,
            min_own_staked: state.own_staked().0,
            max_liabilities: state.own_liabilities().0,
            max_quota: 0,
            max_open_seats: state.open_seats,
            state: state.state,
        };
        ix::accept_owner(&self.p1, self.c1.key, state.has_beneficiary(), &args)
    }

    /// What C1 or C2 is to be paid.
    pub fn financed(&self) -> ix::BeneficiaryTerms {
        ix::BeneficiaryTerms { quota: TOKEN, until_ts: START + 60 * DAY }
    }

    /// C1 is the beneficiary of P1.
    pub fn agreed(&self) {
        let terms = self.financed();
        self.chain.must(&[
            ix::propose_beneficiary(&self.p1, Some((self.c1.key, terms))),
            ix::accept_beneficiary(&self.p1, self.c1.key, terms, self.c1.tokens, None),
        ]);
    }
}
