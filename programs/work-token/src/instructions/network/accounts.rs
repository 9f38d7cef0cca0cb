//! What several instructions of a network share.

use crate::prelude::*;

#[derive(Accounts)]
pub struct Pause {
    /// The guardian.
    #[account(constraint = is_at(guardian.address(), &network.authorities.guardian) @ E::NotTheGuardian)]
    pub guardian: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

#[derive(Accounts)]
pub struct NoteTime {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

#[derive(Accounts)]
pub struct PayOut {
    /// The admin.
    #[account(constraint = is_at(admin.address(), &network.authorities.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network; keeps what is announced.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The vault that pays: the insurance's or the treasury's.
    #[account(mut)]
    pub vault: UncheckedAccount,
    /// Any account of the work token that is no vault.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Announces a payment out of a vault, and makes it when it is called again with the same destination and
/// amount three days later (network-payment-1).
pub fn pay_out(ctx: &mut Context<PayOut>, kind: VaultKind, amount: u64) -> Result<()> {
    let PayOut { network, vault, to, mint, .. } = &mut ctx.accounts;
    require_at(network.vault(kind), vault.address(), E::WrongVault)?;
    token::require_destination(to, network)?;
    let is_due = network.pay_out(kind, to.address(), amount, now_ts()?)?;
    if is_due {
        token::require_source(vault, network, amount)?;
        Till::of(network, mint).pay(vault, to, amount);
    }
    emit!(VaultPayment {
        network: *network.address(),
        vault: *vault.address(),
        to: *to.address(),
        amount,
        payable_from_ts: network.announced(kind).map_or(0, |announced| announced.from_ts),
    });
    Ok(())
}
