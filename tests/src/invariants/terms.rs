//! What holds of who owns a provider, who shall, and who is paid its own rewards.

use super::Books;
use work_token_sdk::{
    Pubkey, addresses,
    state::{Delegation, PoolKind, Provider},
};

impl Books {
    /// The own position is the owner's and nobody else has one in the own pool; what is proposed and agreed
    /// is the provider's, as its flags say.
    pub(super) fn assert_terms(&self, key: &Pubkey, provider: &Provider, positions: &[(&Pubkey, &Delegation)]) {
        for (_, position) in positions.iter().filter(|(_, position)| position.pool_kind() == PoolKind::Own) {
            assert_eq!(position.delegator, provider.owner, "the own position is the owner's");
        }
        let own = positions.iter().filter(|(_, position)| position.pool_kind() == PoolKind::Own).count();
        assert!(own <= 1 && (own == 1 || provider.is_leaving()), "one position in the own pool");
        let handovers: Vec<_> = self.handovers.iter().filter(|(_, handover)| handover.provider == *key).collect();
        assert_eq!(handovers.len(), usize::from(provider.has_handover()), "a proposal is known to its provider");
        for (at, handover) in handovers {
            assert_eq!(*at, addresses::handover(key));
            assert_eq!((handover.from, handover.network), (provider.owner, provider.network));
            assert!(handover.from_ts < handover.until_ts, "a notice comes before what it announces");
        }
        let agreed: Vec<_> = self.beneficiaries.iter().filter(|(_, agreed)| agreed.provider == *key).collect();
        assert_eq!(agreed.len(), usize::from(provider.has_beneficiary()), "a beneficiary is known to its provider");
        for (at, agreed) in agreed {
            assert_eq!((*at, agreed.network), (addresses::beneficiary(key), provider.network));
            let is_agreed = agreed.is_agreed();
            assert!(is_agreed || (agreed.left, agreed.owed, agreed.paid) == (0, 0, 0), "nobody is paid unasked");
        }
    }

    /// What beneficiaries of a network could not be paid.
    pub(super) fn owed_to_beneficiaries(&self, network: &Pubkey) -> u64 {
        self.beneficiaries.values().filter(|agreed| agreed.network == *network).map(|agreed| agreed.owed).sum()
    }
}
