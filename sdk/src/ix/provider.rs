//! What the owner of a provider signs, and its offer.

use {
    super::*,
    crate::addresses::ProviderAddresses,
    work_token_interface::{
        args::{RegisterProviderArgs, SetOfferArgs},
        state::{Provider, VaultKind},
    },
};

/// Inputs of [`register_provider`].
#[derive(Clone, Copy, Debug)]
pub struct RegisterProvider {
    /// Hot key without power over funds; not the owner.
    pub operator: Pubkey,
    /// Token account that the owner's rewards go to by default.
    pub reward_destination: Pubkey,
    /// Hash of the document that describes the provider.
    pub metadata_hash: [u8; 32],
    /// Part of the delegators' rewards that the provider keeps; at most 5,000.
    pub commission_bps: u16,
}

/// Registers a provider with its stake vault and its owner's position.
pub fn register_provider(provider: &ProviderAddresses, input: RegisterProvider) -> Instruction {
    const TAG: [u8; 8] = tag("register_provider");
    let network = &provider.network;
    let args = RegisterProviderArgs {
        operator: input.operator,
        reward_destination: input.reward_destination,
        metadata_hash: input.metadata_hash,
        commission_bps: input.commission_bps,
        vault_bump: provider.vault_bump,
        delegation_bump: provider.own_position_bump,
    };
    build(
        TAG,
        &args,
        vec![
            payer(provider.owner),
            readonly(network.network),
            writable(provider.provider),
            writable(provider.own_position),
            writable(provider.stake_vault),
            readonly(network.mint),
            readonly(network.token_program),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Pays the owner's free rewards to `to`, the recorded reward destination, of a provider that never had a
/// beneficiary. Needs no signature but the fee payer's.
pub fn claim_provider_rewards(provider: &ProviderAddresses, to: Pubkey) -> Instruction {
    claim_shared_rewards(provider, to, None)
}

/// The same of a provider that ever proposed a beneficiary: `beneficiary_to` is the token account that the
/// beneficiary's account names, or any before somebody has agreed.
pub fn claim_shared_rewards(provider: &ProviderAddresses, to: Pubkey, beneficiary_to: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("claim_provider_rewards");
    let network = &provider.network;
    let beneficiary = beneficiary_to.map(|_| provider.beneficiary());
    build(
        TAG,
        &(),
        vec![
            readonly(network.network),
            writable(provider.provider),
            writable(network.vault(VaultKind::Reward)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
            optional(beneficiary),
            optional(beneficiary_to),
        ],
    )
}

fn owner_settings(tag: [u8; 8], provider: &ProviderAddresses, args: &impl BorshSerialize) -> Instruction {
    build(tag, args, vec![signer(provider.owner), readonly(provider.network.network), writable(provider.provider)])
}

/// Announces a commission: a fall holds at once, a raise after one unbonding time.
pub fn announce_commission(provider: &ProviderAddresses, commission_bps: u16) -> Instruction {
    const TAG: [u8; 8] = tag("announce_commission");
    owner_settings(TAG, provider, &commission_bps)
}

/// Sets the hot key that works for the provider.
pub fn set_operator(provider: &ProviderAddresses, operator: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("set_operator");
    owner_settings(TAG, provider, &operator.to_bytes())
}

/// Sets the token account that the owner's rewards go to by default.
pub fn set_reward_destination(provider: &ProviderAddresses, reward_destination: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("set_reward_destination");
    owner_settings(TAG, provider, &reward_destination.to_bytes())
}

/// Begins to leave, for good, and gives its place back.
pub fn retire(provider: &ProviderAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("retire");
    let accounts = vec![signer(provider.owner), writable(provider.network.network), writable(provider.provider)];
    build(TAG, &(), accounts)
}

/// Closes a provider on which nothing hangs any more, and its offer; one that proposed neither an owner nor a
/// beneficiary. Needs no signature but the fee payer's.
pub fn close_provider(provider: &ProviderAddresses) -> Instruction {
    close(provider, None, None)
}

/// The same of any provider, by its `state`: with its proposal of an owner and its beneficiary's account.
pub fn close_provider_of(provider: &ProviderAddresses, state: &Provider) -> Instruction {
    let handover = state.has_handover().then(|| provider.handover());
    let beneficiary = state.has_beneficiary().then(|| provider.beneficiary());
    close(provider, handover, beneficiary)
}

fn close(provider: &ProviderAddresses, handover: Option<Pubkey>, beneficiary: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("close_provider");
    let network = &provider.network;
    build(
        TAG,
        &(),
        vec![
            writable(network.network),
            writable(provider.provider),
            writable(provider.stake_vault),
            writable(network.vault(VaultKind::Treasury)),
            writable(provider.owner),
            readonly(network.mint),
            readonly(network.token_program),
            writable(provider.offer()),
            optional(handover),
            optional(beneficiary),
        ],
    )
}

/// Sets the classes that a provider serves, its lowest fee and its least working time in each, from the next
/// epoch on. `authority` is its owner or its operator, and pays the rent of a new offer, which is the owner's
/// when the provider closes.
pub fn set_offer(provider: &ProviderAddresses, authority: Pubkey, args: &SetOfferArgs) -> Instruction {
    const TAG: [u8; 8] = tag("set_offer");
    build(
        TAG,
        args,
        vec![
            payer(authority),
            readonly(provider.network.network),
            writable(provider.provider),
            writable(provider.offer()),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Names the key that takes seats of a class beside the operator, which signs too; `None` where nobody does.
pub fn set_class_operator(provider: &ProviderAddresses, class: u8, operator: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("set_class_operator");
    build(
        TAG,
        &class,
        vec![
            payer(provider.owner),
            readonly(provider.network.network),
            writable(provider.provider),
            writable(provider.offer()),
            operator.map_or(readonly(ID), signer),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}
