use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseCase {
    /// A claim or a fault.
    #[account(mut)]
    pub record: UncheckedAccount,
    /// The provider that it is about; closed, for a claim that closes.
    pub provider: UncheckedAccount,
    /// Who paid its rent.
    #[account(mut)]
    pub payer: UncheckedAccount,
}

/// Shrinks a claim 30 days after its last dispute ended to what tickets are still charged by, and closes it
/// once its provider has closed: it outlives every ticket that lists it (dispute-close-1). Closes a fault 90
/// days after its last dispute ended. Signer: anybody. Refuses: before; a claim that cannot shrink any more
/// while its provider is there; a fault whose reward was not drawn; any other account.
pub fn handle_close_case(ctx: &mut Context<CloseCase>) -> Result<()> {
    let CloseCase { record, provider, payer } = &mut ctx.accounts;
    let (view, now_ts) = (*record.account(), now_ts()?);
    let Ok(claim) = Stored::<Claim>::writable(view) else {
        let fault = Stored::<Fault>::writable(view)?;
        fault.require_closable(now_ts)?;
        require_at(payer.address(), &fault.payer, E::WrongRentReceiver)?;
        emit!(DisputeClosed { account: *record.address() });
        return close(&view, payer);
    };
    claim.require_shrinkable(now_ts)?;
    require_at(payer.address(), &claim.payer, E::WrongRentReceiver)?;
    require_at(provider.address(), &claim.provider, E::WrongProvider)?;
    let is_orphan = claim.is_orphan(Stored::<Provider>::load(*provider.account()).ok().as_deref());
    let Some(entries) = claim.shrink(claim.entries::<ClaimEntry>(), is_orphan)? else {
        emit!(DisputeClosed { account: *record.address() });
        return close(&view, payer);
    };
    resize(payer, &view, &rent()?, Claim::size_with(entries))
}
