//! Providers: what their owners set and are paid.

use crate::Address;

events! { provider:
    /// A provider was registered.
    ProviderRegistered {
        /// The provider.
        provider: Address,
        /// Its owner.
        owner: Address,
        /// Its operator.
        operator: Address,
        /// Its commission.
        commission_bps: u16,
        /// The epoch.
        epoch: u32,
    }
    /// An owner's free rewards were paid out.
    OwnRewardsClaimed {
        /// The provider.
        provider: Address,
        /// Base units.
        amount: u64,
        /// Still vesting afterwards.
        vesting: u64,
    }
    /// A commission was announced.
    CommissionAnnounced {
        /// The provider.
        provider: Address,
        /// The announced commission.
        commission_bps: u16,
        /// It holds for epochs that begin then or later; 0 when it holds from the present epoch on. Unix
        /// seconds.
        effective_ts: i64,
    }
    /// A provider has a new operator.
    OperatorSet {
        /// The provider.
        provider: Address,
        /// The new operator.
        operator: Address,
    }
    /// A provider has a new operator for a class.
    ClassOperatorSet {
        /// The provider.
        provider: Address,
        /// The class.
        class: u8,
        /// The new operator; zero for none beside that of all classes.
        operator: Address,
    }
    /// An owner proposed who shall own its provider.
    OwnerProposed {
        /// The provider.
        provider: Address,
        /// Its owner.
        owner: Address,
        /// Whom it proposes; zero where it withdrew the proposal.
        proposed: Address,
        /// It can be accepted from then on. Unix seconds.
        from_ts: i64,
        /// It has lapsed from then on. Unix seconds.
        until_ts: i64,
    }
    /// A provider was handed over, with its own position.
    OwnerAccepted {
        /// The provider.
        provider: Address,
        /// Who owned it.
        former: Address,
        /// Who owns it.
        owner: Address,
        /// Its operator from now on.
        operator: Address,
        /// Where the owner's rewards go from now on.
        reward_destination: Address,
    }
    /// An owner proposed terms to a beneficiary.
    BeneficiaryProposed {
        /// The provider.
        provider: Address,
        /// To whom; zero where the proposal was withdrawn.
        beneficiary: Address,
        /// Base units.
        quota: u64,
        /// Unix seconds.
        until_ts: i64,
    }
    /// A beneficiary agreed to the terms that were proposed: they are in force.
    BeneficiaryAccepted {
        /// The provider.
        provider: Address,
        /// Who is paid.
        beneficiary: Address,
        /// Its token account.
        destination: Address,
        /// What it is paid at most from now on. Base units.
        quota: u64,
        /// Until when. Unix seconds.
        until_ts: i64,
    }
    /// A beneficiary is paid elsewhere from now on.
    BeneficiaryDestinationSet {
        /// The provider.
        provider: Address,
        /// The token account.
        destination: Address,
    }
    /// A beneficiary gave up what was left of its quota.
    BeneficiaryEnded {
        /// The provider.
        provider: Address,
        /// What it gave up. Base units.
        left: u64,
    }
    /// A part of own rewards was the beneficiary's.
    BeneficiaryPaid {
        /// The provider.
        provider: Address,
        /// Paid now. Base units.
        amount: u64,
        /// What is left of its quota. Base units.
        left: u64,
        /// What is its, and could not be paid. Base units.
        owed: u64,
    }
    /// A provider's rewards go elsewhere by default.
    RewardDestinationSet {
        /// The provider.
        provider: Address,
        /// The token account.
        reward_destination: Address,
    }
    /// A provider began to leave for good.
    ProviderRetired {
        /// The provider.
        provider: Address,
        /// The epoch.
        epoch: u32,
    }
    /// A provider's accounts were closed.
    ProviderClosed {
        /// The provider.
        provider: Address,
        /// Rounding dust of its delegators' rewards, returned to the network.
        dust: u64,
    }
    /// A provider announced what it works for.
    OfferSet {
        /// The provider.
        provider: Address,
        /// Classes, bit by class.
        classes: u16,
        /// First epoch.
        from_epoch: u32,
    }
}
