use crate::prelude::*;

use super::accounts::emit_direct;

#[derive(Accounts)]
pub struct SetDirect {
    /// Holds the position; anybody where a return is due.
    pub signer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
}

/// Takes the voice of a position's stake from the provider's owner, or gives it back: at once it is silent,
/// and the holder is heard once it was so for the longest vote and two days (position-direct-2). To give it
/// back takes two: the holder begins, and after as long a time the same instruction completes it
/// (position-direct-3).
/// Signer: the holder; anybody completes a return. Rounds: nothing.
/// Refuses: an own position. On: a network whose stake has no voice; a position that votes itself. Off: one
/// that does not; the completion before its time. Nothing else: no pause, jail, dispute, crank or retirement.
pub fn handle_set_direct(ctx: &mut Context<SetDirect>, on: bool) -> Result<()> {
    let SetDirect { signer, network, provider, delegation } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;

    touch_now(provider, network, now_ts);
    provider.set_direct(network, delegation, signer.address(), on, now_ts)?;

    emit_direct(provider, delegation);
    Ok(())
}
