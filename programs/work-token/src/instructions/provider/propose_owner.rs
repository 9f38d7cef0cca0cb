use crate::prelude::*;

#[derive(Accounts)]
pub struct ProposeOwner {
    /// Owns the provider; pays the rent of the proposal and gets it back.
    #[account(mut, constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The proposal, at its canonical address.
    #[account(mut)]
    pub handover: UncheckedAccount,
    /// Creates the proposal.
    pub system_program: Program<System>,
}

/// Proposes who shall own the provider; that one may accept after one unbonding time, and as long again
/// (provider-owner-1). A new proposal replaces the last and starts its notice again; the zero address
/// withdraws it.
/// Signer: the owner. Refuses: the owner itself; to withdraw where nothing is proposed.
pub fn handle_propose_owner(ctx: &mut Context<ProposeOwner>, proposed: Address) -> Result<()> {
    let ProposeOwner { owner, network, provider, handover, .. } = &mut ctx.accounts;
    let (provider_key, key) = (*provider.address(), *owner.address());
    let mut said = OwnerProposed { provider: provider_key, owner: key, proposed, from_ts: 0, until_ts: 0 };
    if proposed == Address::default() {
        let handover = Stored::<Handover>::writable(*handover.account())?;
        require_at(&handover.provider, &provider_key, E::WrongProvider)?;
        provider.drop_proposal();
        emit!(said);
        return close(handover.view(), owner);
    }
    let mut handover = open(owner, handover, provider)?;
    provider.propose_owner(&provider_key, &mut handover, &proposed, (network, now_ts()?))?;
    (said.from_ts, said.until_ts) = (handover.from_ts, handover.until_ts);
    emit!(said);
    Ok(())
}

#[inline(never)]
fn open(payer: &AccountView, view: &AccountView, provider: &Stored<Provider>) -> Result<Stored<Handover>> {
    if provider.has_handover() {
        let handover = Stored::<Handover>::writable(*view)?;
        require_at(&handover.provider, provider.address(), E::WrongProvider)?;
        return Ok(handover);
    }
    Stored::create_canonical(payer, view, &rent()?, [seeds::HANDOVER, provider.address().as_ref()])
}
