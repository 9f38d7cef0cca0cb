use crate::prelude::*;

use super::accounts::load_position;

#[derive(Accounts)]
pub struct AddPosition {
    /// Who votes.
    #[account(constraint = is_at(holder.address(), &voter.holder) @ V::NotTheHolder)]
    pub holder: Signer,
    /// The registrar.
    #[account(constraint = is_at(registrar.address(), &voter.registrar) @ V::WrongRegistrar)]
    pub registrar: Stored<Registrar>,
    /// The voter.
    #[account(mut)]
    pub voter: Stored<Voter>,
    /// The network.
    #[account(constraint = is_at(network.address(), &voter.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The position: a provider's own, or one that votes itself.
    pub position: UncheckedAccount,
    /// Its provider.
    pub provider: UncheckedAccount,
}

/// Adds a position to its holder's voter; its voice begins to wait (vote-inertia-1). Signer: the holder.
/// Refuses: others; another's position, and one without a voice of its own; one that is there; more than
/// sixteen; accounts of another network or provider.
pub fn handle_add_position(ctx: &mut Context<AddPosition>) -> Result<()> {
    let AddPosition { holder, registrar, voter, network, position, provider } = &mut ctx.accounts;
    let now_ts = Clock::get()?.unix_timestamp;
    let (position, provider) = load_position(position, provider)?;
    require_at(&provider.network, network.address(), E::WrongNetwork)?;
    require_at(&position.delegator, holder.address(), V::NotTheHolder)?;
    let at = (now_ts, network.epoch_at(now_ts));
    let found = voice_of(holder.address(), (&position, &provider, network), at).ok_or(V::NoVoiceOfItsOwn)?;

    let look = Look { now: UnixTs(now_ts), wait_secs: registrar.wait_secs(), is_holders: true };
    let entry = voter.add(position.address())?;
    entry.note(Some(found), &look);
    let (waiting, ripe_ts) = (entry.inertia.waiting, entry.inertia.ripe_ts);
    emit!(PositionAdded { voter: *voter.address(), position: *position.address(), waiting, ripe_ts });
    Ok(())
}
