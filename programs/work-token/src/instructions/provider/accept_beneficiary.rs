use crate::prelude::*;

#[derive(Accounts)]
pub struct AcceptBeneficiary {
    /// Was proposed.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &beneficiary.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The terms.
    #[account(mut)]
    pub beneficiary: Stored<Beneficiary>,
    /// A token account, which is paid from now on.
    pub destination: UncheckedAccount,
    /// The present beneficiary; needed while it has quota left and is another.
    pub incumbent: Option<Signer>,
}

/// Agrees to be paid the own rewards of a provider, on the terms that its owner proposes and that are named
/// here again. They replace those in force, for which the present beneficiary signs too
/// (provider-beneficiary-2).
/// Signer: the proposed beneficiary. Refuses: anybody else; other terms than those proposed, or whose end
/// has passed; a vault, or what cannot receive the work token now, as destination; without the present
/// beneficiary while that has quota left; while another is owed.
pub fn handle_accept_beneficiary(ctx: &mut Context<AcceptBeneficiary>, quota: u64, until_ts: i64) -> Result<()> {
    let AcceptBeneficiary { signer, network, beneficiary, destination, incumbent } = &mut ctx.accounts;
    let keys = (signer.address(), incumbent.as_ref().map(Signer::address));
    beneficiary.accept(keys, (quota, until_ts), destination.address(), now_ts()?)?;
    token::require_destination(destination, network)?;
    emit!(BeneficiaryAccepted {
        provider: beneficiary.provider,
        beneficiary: *signer.address(),
        destination: *destination.address(),
        quota,
        until_ts,
    });
    Ok(())
}
