//! What owners and beneficiaries send.

use {
    super::Chain,
    crate::op::*,
    work_token_localnet::Actor,
    work_token_sdk::{
        Instruction,
        args::AcceptOwnerArgs,
        ix,
        state::{Beneficiary, Provider},
    },
};

impl Chain {
    /// The instruction of an operation of owners and beneficiaries, and who signs it; nothing where it is
    /// none.
    pub(super) fn owners_instruction(&self, op: &Op) -> Option<(Instruction, Vec<&Actor>)> {
        let by_owner = |number: usize, instruction| (instruction, vec![self.person(self.owner[number])]);
        Some(match op {
            Op::ProposeOwner { provider, to } => {
                let to = to.map(|to| self.person(to).address());
                by_owner(*provider, ix::propose_owner(&self.provider(*provider), to))
            }
            Op::AcceptOwner { provider, by, agreed } => {
                let (owner, args) = (self.person(*by), self.args(*by, agreed));
                let has_beneficiary = self.beneficiary(*provider).is_some();
                let accept = ix::accept_owner(&self.provider(*provider), owner.address(), has_beneficiary, &args);
                (accept, vec![owner])
            }
            Op::SetDestination { provider, to } => {
                by_owner(*provider, ix::set_reward_destination(&self.provider(*provider), self.people.key(*to)))
            }
            Op::ProposeBeneficiary { provider, terms } => {
                let proposed = terms
                    .map(|(to, quota, until_ts)| (self.person(to).address(), ix::BeneficiaryTerms { quota, until_ts }));
                by_owner(*provider, ix::propose_beneficiary(&self.provider(*provider), proposed))
            }
            Op::AcceptBeneficiary { provider, terms, to, with_present } => {
                self.accept_beneficiary(*provider, *terms, *to, *with_present)
            }
            Op::SetBeneficiaryDestination { provider, by, to } => {
                let (who, to) = (self.person(*by), self.people.key(*to));
                (ix::set_beneficiary_destination(&self.provider(*provider), who.address(), to), vec![who])
            }
            Op::EndBeneficiary { provider, by } => {
                let who = self.person(*by);
                (ix::end_beneficiary(&self.provider(*provider), who.address()), vec![who])
            }
            Op::Unjail { provider } => by_owner(*provider, ix::unjail(&self.provider(*provider))),
            Op::Forgive { provider, amount } => {
                let (network, admin) = (self.scenario.network.network, &self.scenario.admin);
                let provider = self.providers[*provider].provider;
                (ix::forgive_debt(&network, admin.address(), provider, *amount), vec![admin])
            }
            Op::ClaimOwn { provider } => (self.claim_own(*provider), Vec::new()),
            Op::CloseProvider { provider } => {
                let (at, state) = (self.provider(*provider), self.found(*provider));
                (state.map_or_else(|| ix::close_provider(&at), |state| ix::close_provider_of(&at, &state)), Vec::new())
            }
            _ => return None,
        })
    }

    fn found(&self, number: usize) -> Option<Provider> {
        self.scenario.find(&self.providers[number].provider)
    }

    fn beneficiary(&self, number: usize) -> Option<Beneficiary> {
        self.scenario.find(&self.providers[number].beneficiary())
    }

    fn args(&self, by: Person, agreed: &Agreed) -> AcceptOwnerArgs {
        let fresh = || self.scenario.operator_of(self.person(by)).address();
        AcceptOwnerArgs {
            operator: agreed.operator.map_or_else(fresh, |person| self.person(person).address()),
            reward_destination: self.person(by).tokens,
            min_own_staked: agreed.min_own_staked,
            max_liabilities: agreed.max_liabilities,
            max_quota: agreed.max_quota,
            max_open_seats: 0,
            state: agreed.state,
        }
    }

    fn accept_beneficiary(
        &self,
        number: usize,
        (by, quota, until_ts): (Person, u64, i64),
        to: Account,
        with_present: bool,
    ) -> (Instruction, Vec<&Actor>) {
        let (who, terms) = (self.person(by), ix::BeneficiaryTerms { quota, until_ts });
        let present = self.beneficiary(number).filter(|agreed| with_present && agreed.is_agreed());
        let present = present.and_then(|agreed| self.people.keys.iter().position(|key| *key == agreed.beneficiary));
        let present = present.filter(|present| *present != by).map(|present| self.person(present));
        let (at, key, to) = (self.provider(number), present.map(Actor::address), self.people.key(to));
        let accept = ix::accept_beneficiary(&at, who.address(), terms, to, key);
        (accept, [who].into_iter().chain(present).collect())
    }

    /// Anybody sends own rewards to whom they belong.
    fn claim_own(&self, number: usize) -> Instruction {
        let usual = self.person(self.owner[number]).tokens;
        let to = self.found(number).map_or(usual, |provider| provider.reward_destination);
        let of = |agreed: Beneficiary| if agreed.is_agreed() { agreed.destination } else { to };
        ix::claim_shared_rewards(&self.provider(number), to, self.beneficiary(number).map(of))
    }
}
