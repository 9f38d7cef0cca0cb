use crate::prelude::*;

use super::accounts::{emit_out, pay};

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
    #[account(mut, constraint = is_at(juror_tree.address(), &network.juror_tree) @ E::WrongTree)]
    pub juror_tree: Stored<Tree>,
    /// Holds lock and fees.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
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

/// Leaves the jurors' tree, and pays what is left of the lock and the fees, and closes the juror, once no
/// jury can call it any more and its ballots are settled: at once if none is being drawn, else with a second
/// call. No number of juries keeps it longer than one time to draw a jury (jury-leave-1). Signer: the
/// owner. Refuses: during its term, unless another took its leaf; while the tree stands still; to pay before;
/// a destination that is not the owner's.
pub fn handle_leave_jury(ctx: &mut Context<LeaveJury>) -> Result<()> {
    let LeaveJury { owner, network, juror, juror_tree, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let slot = Clock::get()?.slot;
    let now = cross(network)?;
    let left = juror.leave(network, slot, now, |juror| juror.leave_tree(juror_tree, network))?;
    if left.leaves_tree {
        emit_out(network, juror, &Address::default());
    }
    let Some(amount) = left.pays else { return Ok(()) };
    pay(Till::of(network, mint), owner, [escrow_vault, to], (*network.address(), amount, true))?;
    close(juror.view(), owner)
}
