use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseClaim {
    /// The claim.
    #[account(mut)]
    pub claim: Stored<Claim>,
    /// The provider that it is about; it may have closed.
    #[account(address = claim.provider @ E::WrongProvider)]
    pub provider: UncheckedAccount,
    /// Who paid its rent.
    #[account(mut, address = claim.payer @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Shrinks a claim 30 days after its last dispute ended to what tickets are still charged by, and closes it
/// once its provider has closed: it outlives every ticket that lists it (dispute-close-1).
/// Signer: anybody. Refuses: before; a claim that cannot shrink any more while its provider is there.
pub fn handle_close_claim(ctx: &mut Context<CloseClaim>) -> Result<()> {
    let CloseClaim { claim, provider, payer } = &mut ctx.accounts;
    claim.require_shrinkable(now_ts()?)?;
    let is_orphan = claim.is_orphan(Stored::<Provider>::load(*provider.account()).ok().as_deref());
    let Some(entries) = claim.shrink(claim.entries::<ClaimEntry>(), is_orphan)? else {
        emit!(DisputeClosed { account: *claim.address() });
        return close(claim.view(), payer);
    };
    resize(payer, claim.view(), &rent()?, Claim::size_with(entries))
}
