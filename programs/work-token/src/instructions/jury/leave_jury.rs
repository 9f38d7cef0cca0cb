//! What a juror is paid: its fees at any time, its lock when it leaves.

use {
    crate::{
        instructions::common::*,
        stored::{Stored, close},
        token,
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::JurorPaid,
        state::{Juror, Network, VaultKind, WorkTree},
    },
};

#[derive(Accounts)]
pub struct LeaveJury {
    /// Who judged; paid the juror's rent and gets it back.
    #[account(mut, constraint = is_at(owner.address(), &juror.owner) @ E::NotTheOwner)]
    pub owner: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &juror.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The juror.
    #[account(mut)]
    pub juror: Stored<Juror>,
    /// The tree that jurors are drawn from.
    #[account(mut, constraint = is_at(juror_tree.address(), &network.juror_tree) @ E::WrongWorkTree)]
    pub juror_tree: Stored<WorkTree>,
    /// Holds lock and fees.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the owner.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

#[derive(Accounts)]
pub struct ClaimJurorPay {
    /// Who judges.
    #[account(constraint = is_at(owner.address(), &juror.owner) @ E::NotTheOwner)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &juror.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The juror.
    #[account(mut)]
    pub juror: Stored<Juror>,
    /// Holds the fees.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the owner.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Frees the juror's leaf, pays what is left of its lock and its fees, and closes it.
/// Signer: the owner.
/// Refuses: during its term; while a seat is not settled; while a jury is drawn; a destination that is not the owner's.
pub fn handle_leave_jury(ctx: &mut Context<LeaveJury>) -> Result<()> {
    let LeaveJury { owner, network, juror, juror_tree, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    juror.require_free(now_ts)?;
    network.require_thawed(work_ts)?;
    let amount = juror.lock.checked_add(juror.credit).ok_or(E::ArithmeticOverflow)?;

    juror_tree.free_leaf(juror.leaf)?;
    pay(network, owner, [escrow_vault.account(), mint.account(), to.account()], amount, true)?;
    close(juror.view(), owner.account())
}

/// Pays the fees that a juror has earned.
/// Signer: the owner. Refuses: when it has earned nothing; a destination that is not the owner's.
pub fn handle_claim_juror_pay(ctx: &mut Context<ClaimJurorPay>) -> Result<()> {
    let ClaimJurorPay { owner, network, juror, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let amount = core::mem::take(&mut juror.credit);
    if amount == 0 {
        return Err(E::NothingToClaim.into());
    }
    pay(network, owner, [escrow_vault.account(), mint.account(), to.account()], amount, false)
}

/// Checks the destination, moves the tokens, says so.
#[inline(never)]
fn pay(
    network: &Stored<Network>,
    owner: &Signer,
    [escrow_vault, mint, to]: [&AccountView; 3],
    amount: u64,
    left: bool,
) -> Result<()> {
    token::require_destination_of(to, network, owner.address())?;
    if amount > 0 {
        let accounts = [escrow_vault, mint, to];
        token::pay_from_network(network, network.address(), VaultKind::Escrow, accounts, amount);
    }
    emit!(JurorPaid { network: *network.address(), owner: *owner.address(), amount, left });
    Ok(())
}
