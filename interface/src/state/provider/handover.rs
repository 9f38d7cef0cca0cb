//! A provider passes from one owner to another: proposed, noticed by everybody, accepted (provider-owner-1).

use solana_address::address_eq;

use super::{Provider, provider_flags};
use crate::{
    Address, WorkTokenError as E,
    args::AcceptOwnerArgs,
    math::Amount,
    state::{Beneficiary, Delegation, Juror, Network, PoolKind},
};

account! {
    /// A provider's owner proposes who shall own it. Until that one accepts nothing has changed.
    pub struct Handover {
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
        /// Who proposed it, and paid the rent.
        pub from: Address,
        /// Who shall own the provider.
        pub to: Address,
        /// It can be accepted from then on: every delegator can have left before. Unix seconds.
        pub from_ts: i64,
        /// It has lapsed from then on. Unix seconds.
        pub until_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Handover {
    /// Proposes an owner; a new proposal replaces the last and starts its notice again.
    fn begin(&mut self, provider: (&Address, &Provider), to: &Address, unbonding_secs: u32, now_ts: i64) {
        let (address, provider) = provider;
        let notice_secs = i64::from(unbonding_secs);
        self.network = provider.network;
        self.provider = *address;
        self.from = provider.owner;
        self.to = *to;
        self.from_ts = now_ts.saturating_add(notice_secs);
        self.until_ts = self.from_ts.saturating_add(notice_secs);
    }

    /// Asks whether somebody may accept now.
    /// - Refuses: anybody who was not proposed; before its notice is over; once it has lapsed.
    pub fn require_acceptable(&self, signer: &Address, now_ts: i64) -> Result<(), E> {
        if !address_eq(&self.to, signer) {
            return Err(E::NotTheProposedOwner);
        }
        if now_ts < self.from_ts {
            return Err(E::HandoverNotDue);
        }
        if now_ts >= self.until_ts { Err(E::HandoverLapsed) } else { Ok(()) }
    }
}

impl Provider {
    /// Whether an owner is proposed.
    pub fn has_handover(&self) -> bool {
        self.flags & provider_flags::HAS_HANDOVER != 0
    }

    /// Its owner proposes who shall own it after one unbonding time, as long as that lasts. Liabilities,
    /// tickets and lots, what vests and what is agreed with a beneficiary stay with the provider.
    /// - Refuses: its owner.
    pub fn propose_owner(
        &mut self,
        address: &Address,
        handover: &mut Handover,
        to: &Address,
        (network, now_ts): (&Network, i64),
    ) -> Result<(), E> {
        self.require_not_owner(to, E::OwnsItAlready)?;
        handover.begin((address, self), to, network.params.unbonding_secs, now_ts);
        self.flags |= provider_flags::HAS_HANDOVER;
        Ok(())
    }

    /// Nobody is proposed any more.
    pub fn drop_proposal(&mut self) {
        self.flags &= !provider_flags::HAS_HANDOVER;
    }

    /// What open disputes claim of the own stake, and what slashes could not take.
    pub fn own_liabilities(&self) -> Amount {
        self.claimed_from_own().saturating_add(Amount(self.slash_debt))
    }

    /// Refuses a provider that is not as its new owner takes it: whoever sells may have let stake leave,
    /// agreed with a beneficiary or retired since, and a dispute may have been opened.
    pub fn require_as_agreed(
        &self,
        beneficiary: Option<&Beneficiary>,
        args: &AcceptOwnerArgs,
        now_ts: i64,
    ) -> Result<(), E> {
        let quota = beneficiary.map_or(0, |agreed| agreed.quota_left(now_ts).0);
        let is_as_agreed = self.own_staked().0 >= args.min_own_staked
            && self.own_liabilities().0 <= args.max_liabilities
            && quota <= args.max_quota
            && self.open_seats <= args.max_open_seats
            && self.state == args.state;
        if is_as_agreed { Ok(()) } else { Err(E::HandoverTermsBroken) }
    }

    /// Refuses who judges a dispute of it as its owner.
    pub fn require_no_judge(&self, juror: &Juror) -> Result<(), E> {
        if self.disputes.open > 0 && juror.juries > 0 { Err(E::NewOwnerInterested) } else { Ok(()) }
    }

    /// Who was proposed owns it from now on, and holds its own position with all tickets. Operator and
    /// reward destination are the new owner's at once; what the former owner named is void, and so is what
    /// it asked for: that the rewards are restaked, and terms that it proposed to a beneficiary
    /// (provider-owner-4). Its voice passes too, and is silent before it is heard (position-direct-2).
    /// - Refuses: an operator that is the owner; the stake vault as destination; another position than the
    ///   own one.
    pub fn accept_owner(
        &mut self,
        (position, beneficiary): (&mut Delegation, Option<&mut Beneficiary>),
        owner: &Address,
        args: &AcceptOwnerArgs,
        (network, now_ts): (&Network, i64),
    ) -> Result<(), E> {
        if position.pool_kind() != PoolKind::Own {
            return Err(E::NotThePool);
        }
        self.owner = *owner;
        self.set_operator(args.operator)?;
        self.set_reward_destination(args.reward_destination)?;
        position.delegator = *owner;
        position.set_auto_restake(false, 0);
        if let Some(beneficiary) = beneficiary {
            beneficiary.drop_proposal();
        }
        if network.params.has_voice() {
            self.voice_from_ts = network.params.voice_from_ts(now_ts);
        }
        self.drop_proposal();
        Ok(())
    }
}
