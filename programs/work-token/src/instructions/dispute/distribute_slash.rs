use crate::prelude::*;

use work_token_interface::state::dispute::{Distributed, OpenVaults};

#[derive(Accounts)]
pub struct DistributeSlash {
    /// The network.
    #[account(constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider. May have closed: what its side would get burns.
    #[account(mut, constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: UncheckedAccount,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// Holds what is shared out.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// Gets the insurance's part.
    #[account(mut, constraint = is_at(insurance_vault.address(), &network.vaults.insurance) @ E::WrongVault)]
    pub insurance_vault: UncheckedAccount,
    /// Gets the provider's side's part.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.vaults.reward) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Shares out what a dispute holds for nobody in particular: burns, insures, and gives the provider's side
/// its part of a lost bond through the fees of the present epoch (dispute-layer-4). What a frozen vault could
/// not give or receive waits (dispute-execute-4), as does, but for the insurance's part, what jurors may
/// still be paid out of. Signer: anybody. Refuses: when there is nothing.
pub fn handle_distribute_slash(ctx: &mut Context<DistributeSlash>) -> Result<()> {
    let DistributeSlash { network, provider, dispute, escrow_vault, insurance_vault, reward_vault, mint, .. } =
        &mut ctx.accounts;
    let is_gone = provider.data_len() == 0;
    let vaults = OpenVaults {
        escrow: !token::vault_is_frozen(escrow_vault),
        insurance: !token::vault_is_frozen(insurance_vault),
        rewards: !token::vault_is_frozen(reward_vault),
    };
    let Distributed { burned, insurance, provider: to_provider } = dispute.distribute(&vaults, is_gone)?;
    if !is_gone {
        compensate(network, provider, to_provider)?;
    }

    Till::of(network, mint).make(&[
        Movement::burn(escrow_vault, burned),
        Movement::pay(escrow_vault, insurance_vault, insurance),
        Movement::pay(escrow_vault, reward_vault, to_provider),
    ]);
    emit!(SlashDistributed { dispute: *dispute.address(), burned, insurance, provider: to_provider });
    Ok(())
}

/// The provider's side gets its part through the fees of the present epoch.
#[inline(never)]
fn compensate(network: &Stored<Network>, provider: &UncheckedAccount, amount: u64) -> Result<()> {
    let mut provider = Stored::<Provider>::writable(*provider.account())?;
    let terms = network.terms(now_ts()?);
    touch(&mut provider, network, &terms);
    provider.compensate(terms.epoch, amount);
    Ok(())
}
