//! What passes a provider on, and who is paid its own rewards.

use {
    super::{E, OPERATOR, PROVIDER, key},
    crate::{op::*, system::State},
    bytemuck::Zeroable,
    work_token_sdk::{
        args::AcceptOwnerArgs,
        math::Epoch,
        state::{Beneficiary, Handover},
    },
};

impl State {
    /// What an operation of owners and beneficiaries does; nothing where it is none.
    pub(super) fn of_owner(&mut self, op: &Op) -> Option<Result<(), E>> {
        Some(match op {
            Op::ProposeOwner { provider, to } => self.propose_owner(*provider, *to),
            Op::AcceptOwner { provider, by, agreed } => self.accept_owner(*provider, *by, agreed),
            Op::SetDestination { provider, to } => self.set_destination(*provider, *to),
            Op::ProposeBeneficiary { provider, terms } => self.propose_beneficiary(*provider, *terms),
            Op::AcceptBeneficiary { provider, terms, to, with_present } => {
                self.accept_beneficiary(*provider, *terms, *to, *with_present)
            }
            Op::SetBeneficiaryDestination { provider, by, to } => self.set_beneficiary(*provider, *by, *to),
            Op::EndBeneficiary { provider, by } => self.end_beneficiary(*provider, *by),
            Op::Unjail { provider } => self.unjail(*provider),
            Op::Forgive { provider, amount } => self.forgive(*provider, *amount),
            _ => return None,
        })
    }

    pub(super) fn claim_own(&mut self, number: usize) -> Result<(), E> {
        let now = self.now;
        let destination = self.people.account(&self.providers[number].ok_or(E::WrongAccountOwner)?.reward_destination);
        let owner_receives = self.people.receives(destination);
        let agreed = self.beneficiaries[number].filter(Beneficiary::is_agreed);
        let Some(mut beneficiary) = agreed else {
            if !owner_receives {
                return Err(E::TokenAccountFrozen);
            }
            let paid = self.touched(number)?.claim_own_rewards(now)?.0;
            self.balances.reward -= paid;
            *self.balances.of(destination) += paid;
            return Ok(());
        };
        let to = self.people.account(&beneficiary.destination);
        let receives = (owner_receives, self.people.receives(to));
        let shared = self.touched(number)?.share_own_rewards(&mut beneficiary, receives, now)?;
        self.beneficiaries[number] = Some(beneficiary);
        self.balances.reward -= shared.owner.0 + shared.beneficiary.0;
        *self.balances.of(destination) += shared.owner.0;
        *self.balances.of(to) += shared.beneficiary.0;
        Ok(())
    }

    fn propose_owner(&mut self, number: usize, to: Option<Person>) -> Result<(), E> {
        let (network, now) = (self.network, self.now);
        let provider = self.providers[number].as_mut().ok_or(E::WrongAccountOwner)?;
        let proposed = &mut self.handovers[number];
        let Some(to) = to else {
            provider.drop_proposal();
            return proposed.take().map(drop).ok_or(E::WrongAccountOwner);
        };
        let mut handover = proposed.unwrap_or_else(Handover::zeroed);
        provider.propose_owner(&key(PROVIDER, number), &mut handover, &self.people.keys[to], (&network, now))?;
        *proposed = Some(handover);
        Ok(())
    }

    fn accept_owner(&mut self, number: usize, by: Person, agreed: &Agreed) -> Result<(), E> {
        let (network, now, owner) = (self.network, self.now, self.people.keys[by]);
        let mut position = *self.positions.get(&(number, OWNER)).ok_or(E::WrongAccountOwner)?;
        let handover = self.handovers[number].ok_or(E::WrongAccountOwner)?;
        let provider = self.providers[number].as_mut().ok_or(E::WrongAccountOwner)?;
        let args = AcceptOwnerArgs {
            operator: agreed.operator.map_or(key(OPERATOR, PROVIDERS + by), |person| self.people.keys[person]),
            reward_destination: self.people.accounts[by][0],
            min_own_staked: agreed.min_own_staked,
            max_liabilities: agreed.max_liabilities,
            max_quota: agreed.max_quota,
            max_open_seats: 0,
            state: agreed.state,
        };
        handover.require_acceptable(&owner, now)?;
        let beneficiary = &mut self.beneficiaries[number];
        provider.require_as_agreed(beneficiary.as_ref(), &args, now)?;
        if by >= PROVIDERS && self.positions.contains_key(&(number, by - PROVIDERS)) {
            return Err(E::NewOwnerInterested);
        }
        provider.accept_owner((&mut position, beneficiary.as_mut()), &owner, &args, (&network, now))?;
        self.positions.insert((number, OWNER), position);
        self.handovers[number] = None;
        Ok(())
    }

    fn set_destination(&mut self, number: usize, to: Account) -> Result<(), E> {
        let to = self.people.key(to);
        self.providers[number].as_mut().ok_or(E::WrongAccountOwner)?.set_reward_destination(to)
    }

    fn propose_beneficiary(&mut self, number: usize, terms: Option<(Person, u64, i64)>) -> Result<(), E> {
        let provider = self.providers[number].as_mut().ok_or(E::WrongAccountOwner)?;
        let mut beneficiary = self.beneficiaries[number].unwrap_or_else(Beneficiary::zeroed);
        if !provider.has_beneficiary() {
            provider.begin_beneficiary(&key(PROVIDER, number), &mut beneficiary);
        }
        let (to, quota, until) =
            terms.map_or_else(Default::default, |(to, quota, until)| (self.people.keys[to], quota, until));
        beneficiary.propose(to, quota, until, self.now)?;
        self.beneficiaries[number] = Some(beneficiary);
        Ok(())
    }

    fn accept_beneficiary(
        &mut self,
        number: usize,
        (by, quota, until): (Person, u64, i64),
        to: Account,
        with_present: bool,
    ) -> Result<(), E> {
        let beneficiary = self.beneficiaries[number].as_mut().ok_or(E::WrongAccountOwner)?;
        let (signer, present) = (self.people.keys[by], beneficiary.beneficiary);
        let present = (with_present && beneficiary.is_agreed() && present != signer).then_some(&present);
        beneficiary.accept((&signer, present), (quota, until), &self.people.key(to), self.now)?;
        if self.people.receives(to) { Ok(()) } else { Err(E::TokenAccountFrozen) }
    }

    fn set_beneficiary(&mut self, number: usize, by: Person, to: Account) -> Result<(), E> {
        let beneficiary = self.beneficiaries[number].as_mut().ok_or(E::WrongAccountOwner)?;
        beneficiary.require_beneficiary(&self.people.keys[by])?;
        beneficiary.destination = self.people.key(to);
        if self.people.receives(to) { Ok(()) } else { Err(E::TokenAccountFrozen) }
    }

    fn end_beneficiary(&mut self, number: usize, by: Person) -> Result<(), E> {
        let beneficiary = self.beneficiaries[number].as_mut().ok_or(E::WrongAccountOwner)?;
        beneficiary.require_beneficiary(&self.people.keys[by])?;
        beneficiary.end();
        Ok(())
    }

    fn unjail(&mut self, number: usize) -> Result<(), E> {
        let now = Epoch(self.epoch());
        let minimum = self.network.minimum_of_next(now);
        self.touched(number)?.unjail(minimum, now)
    }

    fn forgive(&mut self, number: usize, amount: u64) -> Result<(), E> {
        self.providers[number].as_mut().ok_or(E::WrongAccountOwner)?.forgive_debt(amount).map(drop)
    }
}
