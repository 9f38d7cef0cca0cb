use crate::prelude::*;

#[derive(Accounts)]
pub struct ProposeBeneficiary {
    /// Owns the provider; pays the rent of the account, which is the owner's when the provider closes.
    #[account(mut, constraint = is_at(owner.address(), &provider.owner) @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Its beneficiary's account, at its canonical address.
    #[account(mut)]
    pub beneficiary: UncheckedAccount,
    /// Creates it.
    pub system_program: Program<System>,
}

/// Proposes that somebody is paid the own rewards, up to a quota and until a time; nothing changes before
/// that one agrees (provider-beneficiary-1). A new proposal replaces the last; the zero address withdraws it.
/// Signer: the owner. Refuses: no quota, or one of 2^60 or more; an end that does not lie ahead.
pub fn handle_propose_beneficiary(
    ctx: &mut Context<ProposeBeneficiary>,
    proposed: Address,
    quota: u64,
    until_ts: i64,
) -> Result<()> {
    let ProposeBeneficiary { owner, provider, beneficiary, .. } = &mut ctx.accounts;
    let mut account = open(owner, beneficiary, provider)?;
    account.propose(proposed, quota, until_ts, now_ts()?)?;
    let (quota, until_ts) = (account.proposed_quota, account.proposed_until_ts);
    emit!(BeneficiaryProposed { provider: *provider.address(), beneficiary: proposed, quota, until_ts });
    Ok(())
}

#[inline(never)]
fn open(payer: &AccountView, view: &AccountView, provider: &mut Stored<Provider>) -> Result<Stored<Beneficiary>> {
    let address = *provider.address();
    if provider.has_beneficiary() {
        let beneficiary = Stored::<Beneficiary>::writable(*view)?;
        require_at(&beneficiary.provider, &address, E::WrongBeneficiary)?;
        return Ok(beneficiary);
    }
    let mut beneficiary =
        Stored::<Beneficiary>::create_canonical(payer, view, &rent()?, [seeds::BENEFICIARY, address.as_ref()])?;
    provider.begin_beneficiary(&address, &mut beneficiary);
    Ok(beneficiary)
}
