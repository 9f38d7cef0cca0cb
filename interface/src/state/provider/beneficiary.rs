//! Who is paid a provider's own rewards up to a quota and for a time, agreed by both: say, because it paid
//! for the machines (provider-beneficiary-1).

use solana_address::address_eq;

use super::{Provider, provider_flags};
use crate::{
    Address, WorkTokenError as E,
    math::{Amount, MAX_SUPPLY},
    state::Network,
};

account! {
    /// A provider's beneficiary, and the terms that its owner proposes.
    pub struct Beneficiary {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 6],
        /// The network.
        pub network: Address,
        /// The provider.
        pub provider: Address,
        /// Who is paid; zero before somebody has agreed.
        pub beneficiary: Address,
        /// Its token account.
        pub destination: Address,
        /// What it is paid at most from now on. Base units.
        pub left: u64,
        /// Until when. Unix seconds.
        pub until_ts: i64,
        /// What is its, and could not be paid because its token account could not receive. In the reward
        /// vault. Base units.
        pub owed: u64,
        /// Paid since it agreed, by all terms. Base units.
        pub paid: u64,
        /// To whom the owner proposes terms; zero without a proposal.
        pub proposed: Address,
        /// The quota proposed. Base units.
        pub proposed_quota: u64,
        /// The end proposed. Unix seconds.
        pub proposed_until_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

/// What a claim of own rewards pays. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// To the owner.
    pub owner: Amount,
    /// To the beneficiary.
    pub beneficiary: Amount,
}

impl Beneficiary {
    /// Whether somebody has ever agreed.
    pub fn is_agreed(&self) -> bool {
        self.beneficiary != Address::default()
    }

    /// What it is still to be paid at a time; nothing once its time is over.
    pub fn quota_left(&self, now_ts: i64) -> Amount {
        Amount(if now_ts < self.until_ts { self.left } else { 0 })
    }

    /// The owner proposes terms; the zero address withdraws the proposal. What is agreed stays in force.
    /// - Refuses: no quota, or one of 2^60 or more; an end that does not lie ahead.
    pub fn propose(&mut self, to: Address, quota: u64, until_ts: i64, now_ts: i64) -> Result<(), E> {
        if to == Address::default() {
            self.drop_proposal();
            return Ok(());
        }
        if quota == 0 || quota >= MAX_SUPPLY || until_ts <= now_ts {
            return Err(E::BeneficiaryTermsOutOfBounds);
        }
        self.proposed = to;
        (self.proposed_quota, self.proposed_until_ts) = (quota, until_ts);
        Ok(())
    }

    /// Nothing is proposed any more.
    pub fn drop_proposal(&mut self) {
        self.proposed = Address::default();
        (self.proposed_quota, self.proposed_until_ts) = (0, 0);
    }

    /// The proposed one agrees to the terms that it names, and says which token account is paid.
    /// - Refuses: anybody who was not proposed; other terms than the proposed ones, or whose end has passed;
    ///   without the present beneficiary's signature while that has quota left; while another is owed.
    pub fn accept(
        &mut self,
        (signer, incumbent): (&Address, Option<&Address>),
        (quota, until_ts): (u64, i64),
        destination: &Address,
        now_ts: i64,
    ) -> Result<(), E> {
        let are_the_terms = self.proposed_quota == quota && self.proposed_until_ts == until_ts;
        if self.proposed == Address::default() || !address_eq(&self.proposed, signer) || !are_the_terms {
            return Err(E::NotTheProposedBeneficiary);
        }
        if until_ts <= now_ts {
            return Err(E::BeneficiaryTermsOutOfBounds);
        }
        let is_the_same = address_eq(&self.beneficiary, signer);
        let has_signed = is_the_same || incumbent == Some(&self.beneficiary);
        if (!self.quota_left(now_ts).is_zero() && !has_signed) || (self.owed > 0 && !is_the_same) {
            return Err(E::BeneficiaryInForce);
        }
        if !is_the_same {
            self.paid = 0;
        }
        self.beneficiary = *signer;
        self.destination = *destination;
        (self.left, self.until_ts) = (quota, until_ts);
        self.drop_proposal();
        Ok(())
    }

    /// Refuses whoever is not the beneficiary.
    pub fn require_beneficiary(&self, signer: &Address) -> Result<(), E> {
        if self.is_agreed() && address_eq(&self.beneficiary, signer) { Ok(()) } else { Err(E::NotTheBeneficiary) }
    }

    /// It gives up what is left of its quota; what it is owed stays its own. Returns what it gives up.
    pub fn end(&mut self) -> Amount {
        Amount(core::mem::take(&mut self.left))
    }

    /// Takes its part of rewards that are released: all of them, up to what is left of its quota. Returns
    /// what is paid now, with what it was owed; nothing where its token account cannot receive.
    fn take(&mut self, released: Amount, receives: bool, now_ts: i64) -> (Amount, Amount) {
        let part = released.min(self.quota_left(now_ts));
        self.left = self.left.saturating_sub(part.0);
        let due = self.owed.saturating_add(part.0);
        self.owed = if receives { 0 } else { due };
        let paid = if receives { due } else { 0 };
        self.paid = self.paid.saturating_add(paid);
        (part, Amount(paid))
    }
}

impl Provider {
    /// Whether a beneficiary was ever proposed.
    pub fn has_beneficiary(&self) -> bool {
        self.flags & provider_flags::HAS_BENEFICIARY != 0
    }

    /// Begins the account of its beneficiary.
    pub fn begin_beneficiary(&mut self, address: &Address, beneficiary: &mut Beneficiary) {
        beneficiary.network = self.network;
        beneficiary.provider = *address;
        self.flags |= provider_flags::HAS_BENEFICIARY;
    }

    /// Takes the own rewards that are free: what is due of the slash debt first, which burns with the next
    /// epoch (provider-reward-5), then the beneficiary's part, then the owner's. What one of them cannot
    /// receive waits for it: the beneficiary's as owed to it, the owner's as free. Neither can so keep the
    /// other from what is its own.
    /// - Rounds: what is free down.
    /// - Refuses: when nothing is free and nothing owed can be paid.
    pub fn share_own_rewards(
        &mut self,
        beneficiary: &mut Beneficiary,
        (owner_receives, beneficiary_receives): (bool, bool),
        now_ts: i64,
    ) -> Result<Shared, E> {
        let free = self.take_free_rewards(now_ts);
        let released = self.pay_debt(free);
        let (part, paid) = beneficiary.take(released, beneficiary_receives, now_ts);
        let rest = released.saturating_sub(part);
        let mut shared = Shared { owner: rest, beneficiary: paid };
        if !owner_receives {
            self.own_claimable = self.own_claimable.saturating_add(rest.0);
            shared.owner = Amount::ZERO;
        }
        if free.is_zero() && paid.is_zero() { Err(E::NothingToClaim) } else { Ok(shared) }
    }

    /// What its beneficiary could not be paid goes to the next emission when the provider's account is
    /// closed: it had ninety epochs to name a token account that can receive.
    pub fn leave_owed(&self, beneficiary: &Beneficiary, network: &mut Network) {
        network.carried = network.carried.saturating_add(beneficiary.owed);
    }
}
