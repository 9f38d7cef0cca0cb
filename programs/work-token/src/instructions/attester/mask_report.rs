use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::{pinocchio::address::address_eq, prelude::*},
    work_token_interface::{
        WorkTokenError as E,
        events::ReportMasked,
        math::{Epoch, Shares},
        state::{Delegation, Network, Provider, ScoreShard},
    },
};

#[derive(Accounts)]
pub struct MaskReport {
    /// The network.
    #[account(constraint = is_at(network.address(), &shard.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// A provider with a seat of this shard.
    pub provider: Stored<Provider>,
    /// What shows the attester's interest: its position in the provider, or the provider itself when it is its own.
    pub interest: UncheckedAccount,
}

/// Bars an attester from reporting on a provider that it owns or delegates to (MD 4.2). What it has revealed
/// about it counts for nothing from then on, what it will reveal neither.
/// Signer: anybody. Refuses: a provider without a seat of this shard in its epoch; an account that shows no interest.
pub fn handle_mask_report(ctx: &mut Context<MaskReport>, seat_index: u8) -> Result<()> {
    let MaskReport { network, shard, provider, interest } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let place = place_in(shard, provider).ok_or(E::WrongShard)?;
    let index = usize::from(seat_index);
    let seat = shard.drawn().get(index).filter(|seat| !seat.is_settled()).ok_or(E::NothingToMask)?;
    let attester = seat.attester;
    if !is_interested(&attester, provider, interest)? {
        return Err(E::NothingToMask.into());
    }
    shard.mask(index, place);
    emit!(ReportMasked { shard: *shard.address(), attester, provider: *provider.address() });
    Ok(())
}

/// The place in a shard of the seat that a provider held in its epoch.
pub fn place_in(shard: &ScoreShard, provider: &Provider) -> Option<usize> {
    provider.place_in(Epoch(shard.epoch)).and_then(|index| shard.place_of(index))
}

fn is_interested(attester: &Address, provider: &Stored<Provider>, interest: &UncheckedAccount) -> Result<bool> {
    if address_eq(interest.address(), provider.address()) {
        return Ok(address_eq(&provider.owner, attester));
    }
    let position = Stored::<Delegation>::load(*interest.account())?;
    Ok(address_eq(&position.provider, provider.address())
        && address_eq(&position.delegator, attester)
        && position.total_shares() > Shares::ZERO)
}
