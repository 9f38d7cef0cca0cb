//! What the owner of a provider asks of it: to register, to set its terms, to be paid, to retire, to close.

use super::{Provider, ProviderState, Terms, provider_flags};
use crate::{
    Address, WorkTokenError as E,
    args::{RegisterProviderArgs, SetOfferArgs},
    math::{
        Amount, Bps, Epoch,
        commission::{self, Change, CommissionError, MAX_COMMISSION},
        score::{INITIAL_REPUTATION, REPUTATION_FRACTION_BITS},
    },
    state::{Network, Offer},
};

/// An announced commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The commission announced.
    pub commission: Bps,
    /// It holds for epochs that begin then or later; `None` when it holds from the present epoch on. Unix
    /// seconds.
    pub effective_ts: Option<i64>,
}

impl Provider {
    /// Asks whether somebody may register.
    /// - Refuses: a pause; a commission above the maximum; an operator that is the owner.
    pub fn require_registrable(
        network: &Network,
        owner: &Address,
        args: &RegisterProviderArgs,
        now_ts: i64,
    ) -> Result<(), E> {
        network.require_open(now_ts)?;
        if args.commission_bps > MAX_COMMISSION.0 {
            return Err(E::CommissionAboveMaximum);
        }
        if args.operator == *owner { Err(E::OperatorIsOwner) } else { Ok(()) }
    }

    /// Registers a provider with an empty record of the present epoch. It is a Candidate until it takes a
    /// seat.
    pub fn register(
        &mut self,
        network: &Network,
        [network_address, owner, stake_vault]: [&Address; 3],
        args: &RegisterProviderArgs,
        epoch: Epoch,
    ) {
        self.state = ProviderState::Candidate as u8;
        self.reputation.score_ppm = INITIAL_REPUTATION.0;
        self.reputation.value_x12 = INITIAL_REPUTATION.0 << REPUTATION_FRACTION_BITS;
        self.reputation.unscored_from_epoch = epoch.next().0;
        self.commission_bps = args.commission_bps;
        self.vault_bump = args.vault_bump;
        self.network = *network_address;
        self.owner = *owner;
        self.operator = args.operator;
        self.reward_destination = args.reward_destination;
        self.stake_vault = *stake_vault;
        self.metadata_hash = args.metadata_hash;
        self.begin(network, epoch);
    }

    /// Sets the token account that the owner's rewards go to by default.
    /// - Refuses: its own stake vault; any other account is judged when it is paid.
    pub fn set_reward_destination(&mut self, reward_destination: Address) -> Result<(), E> {
        if reward_destination == self.stake_vault {
            return Err(E::VaultAsDestination);
        }
        self.reward_destination = reward_destination;
        Ok(())
    }

    /// Sets what it works for, from the next epoch on.
    pub fn set_offer(&mut self, offer: &mut Offer, args: &SetOfferArgs, now: Epoch) {
        offer.set(now, args);
        self.flags |= provider_flags::HAS_OFFER;
    }

    /// Announces a commission. One announcement at a time: a new one replaces the last and starts its notice
    /// again. A fall holds from the present epoch on; a raise from the first epoch that begins after one
    /// unbonding time, so that every delegator can leave before it.
    /// - Refuses: a provider that leaves; above the maximum; a raise by too much.
    pub fn announce_commission(&mut self, network: &Network, announced: Bps, terms: &Terms) -> Result<Announced, E> {
        self.require_staying()?;
        let change = commission::announce(Bps(self.commission_bps), announced).map_err(|error| match error {
            CommissionError::AboveMaximum => E::CommissionAboveMaximum,
            CommissionError::StepTooLarge => E::CommissionStepTooLarge,
        })?;
        let effective_ts = match change {
            Change::AtOnce => {
                self.commission_bps = announced.0;
                self.commission_effective_ts = 0;
                if let Some(record) = self.record_mut(terms.epoch) {
                    record.commission_bps = announced.0;
                }
                None
            }
            Change::AfterNotice => {
                let effective_ts = terms.now_ts.saturating_add(i64::from(network.params.unbonding_secs));
                self.commission_announced_bps = announced.0;
                self.commission_effective_ts = effective_ts;
                Some(effective_ts)
            }
        };
        Ok(Announced { commission: announced, effective_ts })
    }

    /// Takes the own rewards that are free, and what is due of the slash debt out of them, which burns with
    /// the next epoch (provider-reward-5). Returns what is paid.
    /// - Rounds: what is free down.
    /// - Refuses: when nothing is free.
    pub fn claim_own_rewards(&mut self, now_ts: i64) -> Result<Amount, E> {
        let free = self.take_free_rewards(now_ts);
        if free.is_zero() {
            return Err(E::NothingToClaim);
        }
        Ok(self.pay_debt(free))
    }

    /// Begins to leave, for good: no deposits, no cancellations, no seat and no weight from the next epoch
    /// on.
    /// - Refuses: a second time.
    pub fn retire(&mut self, network: &mut Network, now: Epoch) -> Result<(), E> {
        if self.is_leaving() {
            return Err(E::AlreadyRetired);
        }
        if let Some(index) = self.leave_place(now) {
            network.free_place(index);
        }
        self.state = ProviderState::Retiring as u8;
        self.retired_epoch = now.0;
        Ok(())
    }

    /// Leaves what its books still hold to its network, before its account is closed. No position is left,
    /// so what the index still owes is the dust of its roundings: it stays in the reward vault, for the
    /// next emission. Returns the dust.
    /// - Refuses: anything left in pools, positions, tickets, claims, credits, seats or vesting; one that
    ///   has not retired; 90 epochs since.
    pub fn close(&self, network: &mut Network, now: Epoch) -> Result<u64, E> {
        self.require_closable(now)?;
        let dust = self.rewards.owed;
        network.carried = network.carried.saturating_add(dust);
        network.burn_due = network.burn_due.saturating_add(self.work.burn_due);
        network.treasury_due = network.treasury_due.saturating_add(self.work.treasury_due);
        Ok(dust)
    }

    /// What strangers sent to the stake vault: what it holds beyond its books (network-surplus-1).
    /// - Refuses: when there is none.
    pub fn surplus(&self, vault_balance: u64) -> Result<u64, E> {
        let surplus = vault_balance.saturating_sub(self.vault_books().0);
        if surplus == 0 { Err(E::NothingToSweep) } else { Ok(surplus) }
    }
}
