//! How a provider passes to another owner, and who is paid its own rewards for a time.

use {
    super::*,
    crate::addresses::{self, ProviderAddresses},
    work_token_interface::args::AcceptOwnerArgs,
};

/// Proposes who shall own a provider after one unbonding time; `None` withdraws the proposal.
pub fn propose_owner(provider: &ProviderAddresses, proposed: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("propose_owner");
    build(
        TAG,
        &proposed.unwrap_or_default().to_bytes(),
        vec![
            payer(provider.owner),
            readonly(provider.network.network),
            writable(provider.provider),
            writable(provider.handover()),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Takes over a provider, whose addresses still name the former owner. `has_beneficiary` where one was ever
/// proposed to it.
pub fn accept_owner(
    provider: &ProviderAddresses,
    owner: Pubkey,
    has_beneficiary: bool,
    args: &AcceptOwnerArgs,
) -> Instruction {
    const TAG: [u8; 8] = tag("accept_owner");
    let network = provider.network.network;
    build(
        TAG,
        args,
        vec![
            signer(owner),
            readonly(network),
            writable(provider.provider),
            writable(provider.own_position),
            writable(provider.handover()),
            writable(provider.owner),
            optional(has_beneficiary.then(|| provider.beneficiary())),
            readonly(addresses::interest(&provider.provider, &owner)),
            readonly(addresses::attester(&network, &owner)),
            readonly(addresses::juror(&network, &owner)),
        ],
    )
}

/// What a provider's own rewards pay somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeneficiaryTerms {
    /// At most. Base units.
    pub quota: u64,
    /// Until when. Unix seconds.
    pub until_ts: i64,
}

/// Proposes that somebody is paid the own rewards; `None` withdraws the proposal.
pub fn propose_beneficiary(provider: &ProviderAddresses, proposed: Option<(Pubkey, BeneficiaryTerms)>) -> Instruction {
    const TAG: [u8; 8] = tag("propose_beneficiary");
    let (to, terms) = proposed.unwrap_or((Pubkey::default(), BeneficiaryTerms { quota: 0, until_ts: 0 }));
    build(
        TAG,
        &(to.to_bytes(), terms.quota, terms.until_ts),
        vec![
            payer(provider.owner),
            readonly(provider.network.network),
            writable(provider.provider),
            writable(provider.beneficiary()),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Agrees to be paid the own rewards of a provider into `destination`. `incumbent` is the present
/// beneficiary, which must sign while it has quota left and is another.
pub fn accept_beneficiary(
    provider: &ProviderAddresses,
    beneficiary: Pubkey,
    terms: BeneficiaryTerms,
    destination: Pubkey,
    incumbent: Option<Pubkey>,
) -> Instruction {
    const TAG: [u8; 8] = tag("accept_beneficiary");
    build(
        TAG,
        &(terms.quota, terms.until_ts),
        vec![
            signer(beneficiary),
            readonly(provider.network.network),
            writable(provider.beneficiary()),
            readonly(destination),
            incumbent.map_or(readonly(ID), signer),
        ],
    )
}

/// Names another token account of a beneficiary.
pub fn set_beneficiary_destination(
    provider: &ProviderAddresses,
    beneficiary: Pubkey,
    destination: Pubkey,
) -> Instruction {
    const TAG: [u8; 8] = tag("set_beneficiary_destination");
    build(
        TAG,
        &(),
        vec![
            signer(beneficiary),
            readonly(provider.network.network),
            writable(provider.beneficiary()),
            readonly(destination),
        ],
    )
}

/// Gives up what is left of a beneficiary's quota.
pub fn end_beneficiary(provider: &ProviderAddresses, beneficiary: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("end_beneficiary");
    let accounts = vec![signer(beneficiary), readonly(provider.network.network), writable(provider.beneficiary())];
    build(TAG, &(), accounts)
}
