//! What the holder of a position signs, and what anybody may send for it.

use {
    super::*,
    crate::addresses::{self, PositionAddresses, ProviderAddresses},
    work_token_interface::state::VaultKind,
};

/// Adds to the owner's stake.
pub fn stake_self(provider: &ProviderAddresses, from: Pubkey, amount: u64) -> Instruction {
    const TAG: [u8; 8] = tag("stake_self");
    let network = &provider.network;
    build(
        TAG,
        &amount,
        vec![
            signer(provider.owner),
            readonly(network.network),
            writable(provider.provider),
            writable(provider.own_position),
            writable(from),
            writable(provider.stake_vault),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Inputs of [`delegate`].
#[derive(Clone, Copy, Debug)]
pub struct Delegate {
    /// The delegator's token account.
    pub from: Pubkey,
    /// Base units.
    pub amount: u64,
    /// Refuse to receive fewer shares; 0 takes what the price gives.
    pub min_shares_out: u64,
    /// Refuse to join a pool from which open disputes claim more base units.
    pub max_open_claims: u64,
}

/// Places stake behind a provider; creates the position the first time.
pub fn delegate(position: &PositionAddresses, input: Delegate) -> Instruction {
    const TAG: [u8; 8] = tag("delegate");
    let (provider, network) = (&position.provider, &position.provider.network);
    let args = (input.amount, input.min_shares_out, input.max_open_claims, position.bump);
    build(
        TAG,
        &args,
        vec![
            payer(position.holder),
            readonly(network.network),
            writable(provider.provider),
            writable(position.delegation),
            writable(input.from),
            writable(provider.stake_vault),
            readonly(network.mint),
            readonly(network.token_program),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Moves shares into ticket `number`: the position's next one, or its newest when eight are live
/// (`Delegation::next_ticket` says which). Serves the own pool too.
pub fn request_unbonding(position: &PositionAddresses, number: u32, shares: u64) -> Instruction {
    request_unbonding_at(position, position.ticket(number), shares)
}

/// [`request_unbonding`] into a ticket whose address and bump are known.
pub fn request_unbonding_at(position: &PositionAddresses, (ticket, bump): (Pubkey, u8), shares: u64) -> Instruction {
    const TAG: [u8; 8] = tag("request_unbonding");
    build(
        TAG,
        &(shares, bump),
        vec![
            payer(position.holder),
            readonly(position.provider.network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(ticket),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Puts ticket `number` back into its pool.
pub fn cancel_unbonding(position: &PositionAddresses, number: u32) -> Instruction {
    cancel_unbonding_at(position, position.ticket(number).0)
}

/// [`cancel_unbonding`] of a ticket whose address is known.
pub fn cancel_unbonding_at(position: &PositionAddresses, ticket: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("cancel_unbonding");
    build(
        TAG,
        &(),
        vec![
            payer(position.holder),
            readonly(position.provider.network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(ticket),
        ],
    )
}

/// Pays matured ticket `number` to `to`.
pub fn withdraw_unbonded(position: &PositionAddresses, number: u32, to: Pubkey) -> Instruction {
    withdraw_unbonded_at(position, position.ticket(number).0, to)
}

/// [`withdraw_unbonded`] of a ticket whose address is known.
pub fn withdraw_unbonded_at(position: &PositionAddresses, ticket: Pubkey, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("withdraw_unbonded");
    let (provider, network) = (&position.provider, &position.provider.network);
    build(
        TAG,
        &(),
        vec![
            payer(position.holder),
            readonly(network.network),
            writable(provider.provider),
            writable(position.delegation),
            writable(ticket),
            writable(provider.stake_vault),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Pays everything the position has earned to `to`.
pub fn claim_rewards(position: &PositionAddresses, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_rewards");
    let network = &position.provider.network;
    build(
        TAG,
        &(),
        vec![
            signer(position.holder),
            readonly(network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(network.vault(VaultKind::Reward)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Turns everything the position has earned into stake behind the same provider.
pub fn restake(position: &PositionAddresses, max_open_claims: u64) -> Instruction {
    const TAG: [u8; 8] = tag("restake");
    let network = &position.provider.network;
    build(
        TAG,
        &max_open_claims,
        vec![
            signer(position.holder),
            readonly(network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(network.vault(VaultKind::Reward)),
            writable(position.provider.stake_vault),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Inputs of [`transfer_shares`].
#[derive(Clone, Copy, Debug)]
pub struct TransferShares {
    /// Active shares that change their holder.
    pub shares: u64,
    /// The receiver refuses shares that are worth less, in base units; 0 takes what the price gives.
    pub min_value: u64,
    /// The receiver refuses to join a pool from which open disputes claim more base units.
    pub max_open_claims: u64,
}

/// Gives active shares of a position to `receiver`, behind the same provider. Both holders sign; the receiver
/// pays for its position the first time.
pub fn transfer_shares(from: &PositionAddresses, receiver: Pubkey, input: TransferShares) -> Instruction {
    const TAG: [u8; 8] = tag("transfer_shares");
    let to = from.provider.position(receiver);
    build(
        TAG,
        &(input.shares, input.min_value, input.max_open_claims, to.bump),
        vec![
            signer(from.holder),
            payer(receiver),
            readonly(from.provider.network.network),
            writable(from.provider.provider),
            writable(from.delegation),
            writable(to.delegation),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Lets anybody turn what the position earns into stake, while open disputes claim at most so many base units
/// from its pool; `None` lets nobody. Serves the own pool too.
pub fn set_auto_restake(position: &PositionAddresses, max_open_claims: Option<u64>) -> Instruction {
    const TAG: [u8; 8] = tag("set_auto_restake");
    build(
        TAG,
        &(max_open_claims.is_some(), max_open_claims.unwrap_or(0)),
        vec![signer(position.holder), writable(position.delegation)],
    )
}

/// The holder takes its stake's voice from the provider's owner, or begins to give it back. Once the return
/// is due, the same without `on` completes it, and then `signer` may be anybody.
pub fn set_direct(position: &PositionAddresses, signer: Pubkey, on: bool) -> Instruction {
    const TAG: [u8; 8] = tag("set_direct");
    let provider = &position.provider;
    build(
        TAG,
        &on,
        vec![
            self::signer(signer),
            readonly(provider.network.network),
            writable(provider.provider),
            writable(position.delegation),
        ],
    )
}

/// Turns what a position has earned into stake, for a holder that asked for it. Serves the own pool too.
pub fn restake_for(position: &PositionAddresses, keeper: Keeper) -> Instruction {
    const TAG: [u8; 8] = tag("restake_for");
    let network = &position.provider.network;
    build(
        TAG,
        &(),
        vec![
            signer(keeper.keeper),
            readonly(network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(network.vault(VaultKind::Reward)),
            writable(position.provider.stake_vault),
            optional(keeper.account),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Closes an empty position; `closer` is its holder, or anybody 30 days after it became empty.
pub fn close_delegation(position: &PositionAddresses, closer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_delegation");
    build(
        TAG,
        &(),
        vec![
            signer(closer),
            readonly(position.provider.network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(position.holder),
        ],
    )
}

/// Activates a position's due lots.
pub fn activate_delegation(position: &PositionAddresses, keeper: Keeper) -> Instruction {
    const TAG: [u8; 8] = tag("activate_delegation");
    let network = &position.provider.network;
    build(
        TAG,
        &(),
        vec![
            signer(keeper.keeper),
            readonly(network.network),
            writable(position.provider.provider),
            writable(position.delegation),
            writable(network.vault(VaultKind::Reward)),
            optional(keeper.account),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Settles what a paid ticket holds back for `claims` that it lists, one or more of those whose disputes have
/// ended: what they take is burned, what the claims that are left cannot take goes to `to`, a token account
/// of the holder, who gets the ticket's rent with the last. Needs no signature but the fee payer's.
pub fn settle_ticket(position: &PositionAddresses, ticket: u32, claims: &[u32], to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("settle_ticket");
    let (provider, network) = (&position.provider, &position.provider.network);
    let mut accounts = vec![
        readonly(network.network),
        writable(provider.provider),
        writable(position.delegation),
        writable(position.ticket(ticket).0),
        writable(position.holder),
        writable(provider.stake_vault),
        writable(to),
        writable(network.mint),
        readonly(network.token_program),
    ];
    accounts.extend(claims.iter().map(|number| readonly(addresses::claim(&provider.provider, *number))));
    build(TAG, &(), accounts)
}
