//! Owners that change, and beneficiaries: who owns a provider, who is paid its own rewards, and how much.

use {
    super::{
        books::Model,
        exact::staked,
        owned::{Agreement, Proposal, who},
    },
    crate::{op::*, system::*},
    work_token_sdk::{
        WorkTokenError as E,
        math::MAX_SUPPLY,
        state::{Delegation, PoolKind, Provider, ProviderState},
    },
};

impl Model {
    /// What an operation of owners and beneficiaries must have done.
    pub(super) fn of_owner(&mut self, op: &Op, before: &State, after: &State) {
        match op {
            Op::ProposeOwner { provider, to } => self.propose_owner(*provider, *to, before),
            Op::AcceptOwner { provider, by, agreed } => self.accept_owner(*provider, *by, agreed, before, after),
            Op::SetDestination { provider, to } => self.owners.destination[*provider] = *to,
            Op::ProposeBeneficiary { provider, terms } => {
                let agreement = self.owners.agreements[*provider].get_or_insert_with(Agreement::none);
                agreement.proposed = *terms;
                assert!(
                    terms.is_none_or(|(_, quota, until)| { quota > 0 && quota < MAX_SUPPLY && until > before.now })
                );
            }
            Op::AcceptBeneficiary { provider, terms, to, with_present } => {
                self.accept_beneficiary(*provider, *terms, (*to, *with_present), before);
            }
            Op::SetBeneficiaryDestination { provider, by, to } => self.agreed(*provider, *by).to = Some(*to),
            Op::EndBeneficiary { provider, by } => {
                let agreed = self.agreed(*provider, *by);
                agreed.quota = agreed.used;
            }
            Op::Forgive { provider, amount } => {
                let debt = &mut self.owners.debts[*provider];
                *debt = debt.saturating_sub(*amount);
            }
            Op::Owe { provider, amount } if before.providers[*provider].is_some() => {
                self.owners.debts[*provider] += amount;
            }
            Op::CloseProvider { provider } => {
                self.carried += self.owners.agreements[*provider].take().map_or(0, |agreement| agreement.owed);
                self.owners.proposals[*provider] = None;
            }
            _ => {}
        }
        if op.is_of_owners() {
            assert_eq!(after.balances, before.balances, "no token moves");
        }
        self.assert_owners(after);
    }

    fn propose_owner(&mut self, number: usize, to: Option<Person>, before: &State) {
        let notice = i64::from(before.network.params.unbonding_secs);
        let proposal = to.map(|to| Proposal { to, from: before.now + notice, until: before.now + 2 * notice });
        let replaced = std::mem::replace(&mut self.owners.proposals[number], proposal);
        self.owners.counts.withdrawn += u64::from(replaced.is_some());
        assert!(to.is_some() || replaced.is_some(), "there is nothing to withdraw");
        assert_ne!(to, Some(self.owners.owner[number]));
    }

    /// Everything stays with the provider; what the former owner said, proposed and wished is void.
    fn accept_owner(&mut self, number: usize, by: Person, agreed: &Agreed, before: &State, after: &State) {
        assert_eq!(self.refuses_acceptance(number, by, agreed, before), None);
        let (old, new) = (before.provider(number), after.provider(number));
        let keys = &before.people.keys;
        assert!(agreed.operator.is_none_or(|operator| new.operator == keys[operator]) && new.operator != keys[by]);
        let voice_from_ts = before.now + super::votes::LONGEST;
        let expected = Provider {
            owner: keys[by],
            operator: new.operator,
            reward_destination: before.people.accounts[by][0],
            voice_from_ts,
            flags: new.flags,
            ..*old
        };
        assert_eq!(*new, expected, "claims, debts, rewards and stake stay with the provider");
        let mut position = Delegation { delegator: keys[by], ..before.positions[&(number, OWNER)] };
        position.set_auto_restake(false, 0);
        assert_eq!(after.positions[&(number, OWNER)], position, "and so do shares and tickets");
        assert_eq!(after.tickets, before.tickets);
        let owners = &mut self.owners;
        (owners.owner[number], owners.proposals[number]) = (by, None);
        owners.destination[number] = Account { of: by, other: false };
        let agreement = owners.agreements[number].as_mut();
        let has_agreed = agreement.is_some_and(|agreement| {
            agreement.proposed = None;
            agreement.left(before.now) > 0
        });
        let has_claims = old.reservations.iter().any(|claim| claim.own > 0);
        let mut own = before.tickets.iter().filter(|((at, _), _)| *at == (number, OWNER));
        let holds = own.any(|(_, ticket)| ticket.held > 0);
        let is_jailed = old.state == ProviderState::Jailed as u8;
        let what = [true, has_claims, has_claims && holds, owners.debts[number] > 0, is_jailed, has_agreed];
        owners.counts.passed.iter_mut().zip(what).for_each(|(count, is_so)| *count += u64::from(is_so));
    }

    /// The reason for which an acceptance is refused, if there is one.
    fn refuses_acceptance(&self, number: usize, by: Person, agreed: &Agreed, state: &State) -> Option<E> {
        let Some(provider) = &state.providers[number] else { return Some(E::WrongAccountOwner) };
        let Some(proposal) = self.owners.proposals[number] else { return Some(E::WrongAccountOwner) };
        if !state.positions.contains_key(&(number, OWNER)) {
            return Some(E::WrongAccountOwner);
        }
        if proposal.to != by {
            return Some(E::NotTheProposedOwner);
        }
        if state.now < proposal.from {
            return Some(E::HandoverNotDue);
        }
        if state.now >= proposal.until {
            return Some(E::HandoverLapsed);
        }
        let claimed: u64 = provider.reservations.iter().map(|claim| claim.own).sum();
        let quota = self.owners.agreements[number].map_or(0, |agreement| agreement.left(state.now));
        if staked(provider.pool(PoolKind::Own)) < agreed.min_own_staked
            || claimed + self.owners.debts[number] > agreed.max_liabilities
            || quota > agreed.max_quota
            || provider.state != agreed.state
        {
            return Some(E::HandoverTermsBroken);
        }
        if by >= PROVIDERS && state.positions.contains_key(&(number, by - PROVIDERS)) {
            return Some(E::NewOwnerInterested);
        }
        (agreed.operator == Some(by)).then_some(E::OperatorIsOwner)
    }

    fn agreed(&mut self, number: usize, by: Person) -> &mut Agreement {
        let agreement = self.owners.agreements[number].as_mut().expect("something was proposed");
        assert_eq!(agreement.who, Some(by), "only the beneficiary speaks for itself");
        agreement
    }

    fn accept_beneficiary(
        &mut self,
        number: usize,
        terms: (Person, u64, i64),
        (to, with_present): (Account, bool),
        before: &State,
    ) {
        assert_eq!(self.refuses_beneficiary(number, terms, (to, with_present), before), None);
        let agreement = self.owners.agreements[number].as_mut().expect("something was proposed");
        let (who, quota, until) = terms;
        let paid = if agreement.who == Some(who) { agreement.paid } else { 0 };
        *agreement = Agreement { who: Some(who), to: Some(to), quota, until, paid, ..Agreement::owed(agreement.owed) };
    }

    /// The reason for which somebody who was proposed cannot agree, if there is one.
    fn refuses_beneficiary(
        &self,
        number: usize,
        terms: (Person, u64, i64),
        (to, with_present): (Account, bool),
        state: &State,
    ) -> Option<E> {
        let Some(agreement) = self.owners.agreements[number] else { return Some(E::WrongAccountOwner) };
        if agreement.proposed != Some(terms) {
            return Some(E::NotTheProposedBeneficiary);
        }
        if terms.2 <= state.now {
            return Some(E::BeneficiaryTermsOutOfBounds);
        }
        let is_another = agreement.who.is_some_and(|present| present != terms.0);
        let is_in_force = agreement.left(state.now) > 0 && !with_present;
        if is_another && (is_in_force || agreement.owed > 0) {
            return Some(E::BeneficiaryInForce);
        }
        (!state.people.receives(to)).then_some(E::TokenAccountFrozen)
    }

    /// What is free of the own rewards: debt first, which burns, then the beneficiary up to its quota and
    /// its time, then the owner; nobody else gets anything, and neither keeps the other from its part.
    pub(super) fn share_own(&mut self, number: usize, before: &State, after: &State) {
        let (free, released) = self.release(number, before);
        let owners = &mut self.owners;
        let (mut balances, destination) = (before.balances.clone(), owners.destination[number]);
        let (mut rest, mut kept) = (released, 0);
        let counts = &mut owners.counts;
        if let Some(agreement) = owners.agreements[number].as_mut()
            && let Some(to) = agreement.to
        {
            let part = released.min(agreement.left(before.now));
            agreement.used += part;
            rest -= part;
            let due = agreement.owed + part;
            let receives = [before.people.receives(destination), before.people.receives(to)];
            let paid = if receives[1] { due } else { 0 };
            (agreement.owed, agreement.paid) = (due - paid, agreement.paid + paid);
            *balances.of(to) += paid;
            balances.reward -= paid;
            kept = if receives[0] { 0 } else { rest };
            counts.shared[0] += u64::from(part > 0);
            counts.shared[1] += u64::from(part > 0 && rest > 0);
            counts.lapsed += u64::from(agreement.quota > agreement.used && before.now >= agreement.until);
            counts.waited += u64::from((!receives[1] && part > 0) || kept > 0);
        } else {
            assert!(before.people.receives(destination));
        }
        *balances.of(destination) += rest - kept;
        balances.reward -= rest - kept;
        owners.released[number] = free - kept;
        assert_eq!(after.balances, balances, "everybody has what is his, to the unit");
    }

    /// The own rewards that are free, and what is left of them once debt is paid, which is to burn.
    pub(super) fn release(&mut self, number: usize, before: &State) -> (u64, u64) {
        let free = free_rewards(number, before);
        let repaid = free.min(self.owners.debts[number]);
        self.owners.debts[number] -= repaid;
        self.burns.providers[number] += repaid;
        self.owners.counts.repaid += u64::from(repaid > 0);
        self.owners.released[number] = free;
        (free, free - repaid)
    }

    /// The books say what the model knows.
    fn assert_owners(&self, state: &State) {
        for (number, provider) in state.providers.iter().enumerate() {
            let Some(provider) = provider else {
                assert!(state.handovers[number].is_none() && state.beneficiaries[number].is_none());
                continue;
            };
            let owners = &self.owners;
            assert_eq!(state.owner(number), owners.owner[number], "the owner of {number}");
            assert_eq!(state.people.account(&provider.reward_destination), owners.destination[number]);
            assert_eq!(provider.slash_debt, owners.debts[number], "the debt of {number}");
            let proposal = state.handovers[number].map(|found| {
                assert_eq!(found.from, provider.owner);
                Proposal { to: who(state, &found.to).expect("somebody"), from: found.from_ts, until: found.until_ts }
            });
            assert_eq!(proposal, owners.proposals[number], "who is proposed for {number}");
            assert_eq!(provider.has_handover(), proposal.is_some());
            assert_eq!(provider.has_beneficiary(), owners.agreements[number].is_some());
            assert_eq!(state.beneficiaries[number].is_some(), owners.agreements[number].is_some());
            if let (Some(found), Some(known)) = (&state.beneficiaries[number], &owners.agreements[number]) {
                known.assert_is(found, state);
            }
        }
    }

    pub(super) fn refuses_owners(&self, op: &Op, error: E, state: &State) -> bool {
        let is_gone = |number: usize| error == E::WrongAccountOwner && state.providers[number].is_none();
        match op {
            Op::ProposeOwner { provider, to } => match error {
                E::OwnsItAlready => *to == Some(self.owners.owner[*provider]),
                E::WrongAccountOwner => {
                    is_gone(*provider) || (to.is_none() && self.owners.proposals[*provider].is_none())
                }
                _ => false,
            },
            Op::AcceptOwner { provider, by, agreed } => {
                self.refuses_acceptance(*provider, *by, agreed, state) == Some(error)
            }
            Op::ProposeBeneficiary { provider, terms } => match (error, terms) {
                (E::BeneficiaryTermsOutOfBounds, Some((_, quota, until))) => {
                    *quota == 0 || *quota >= MAX_SUPPLY || *until <= state.now
                }
                _ => is_gone(*provider),
            },
            Op::AcceptBeneficiary { provider, terms, to, with_present } => {
                self.refuses_beneficiary(*provider, *terms, (*to, *with_present), state) == Some(error)
            }
            Op::SetBeneficiaryDestination { provider, by, .. } | Op::EndBeneficiary { provider, by } => {
                let agreement = &self.owners.agreements[*provider];
                match error {
                    E::WrongAccountOwner => agreement.is_none(),
                    E::NotTheBeneficiary => agreement.is_some_and(|agreement| agreement.who != Some(*by)),
                    E::TokenAccountFrozen => {
                        matches!(op, Op::SetBeneficiaryDestination { to, .. } if !state.people.receives(*to))
                    }
                    _ => false,
                }
            }
            Op::SetDestination { provider, .. } => is_gone(*provider),
            Op::Unjail { provider } => match (error, &state.providers[*provider]) {
                (E::NotJailed, Some(provider)) => provider.state != ProviderState::Jailed as u8,
                (E::JailNotOver, Some(provider)) => state.epoch() < provider.disputes.jailed_until_epoch,
                (E::DebtUnpaid, _) => self.owners.debts[*provider] > 0,
                (E::BelowMinimumStake, Some(provider)) => staked(&provider.own) < state.network.minimum_stake,
                _ => is_gone(*provider),
            },
            Op::Forgive { provider, amount } => match error {
                E::ZeroAmount => *amount == 0 || self.owners.debts[*provider] == 0,
                _ => is_gone(*provider),
            },
            other => unreachable!("{other:?} is judged elsewhere"),
        }
    }

    /// Whether a claim of own rewards was refused with reason: where somebody is agreed, for nothing else
    /// than that there is nothing.
    pub(super) fn refuses_own_claim(&self, number: usize, error: E, state: &State) -> bool {
        let agreed = self.owners.agreements[number].filter(|agreement| agreement.who.is_some());
        let owes = agreed
            .is_some_and(|agreement| agreement.owed > 0 && agreement.to.is_some_and(|to| state.people.receives(to)));
        match error {
            E::WrongAccountOwner => state.providers[number].is_none(),
            E::NothingToClaim => free_rewards(number, state) == 0 && !owes,
            E::TokenAccountFrozen => agreed.is_none() && !state.people.receives(self.owners.destination[number]),
            _ => false,
        }
    }
}

/// What of a provider's own rewards is free, once its books are brought up to date.
fn free_rewards(number: usize, state: &State) -> u64 {
    let mut provider = *state.provider(number);
    provider.touch(&state.network, &state.network.terms(state.now));
    provider.free_own_rewards(state.now).0
}
