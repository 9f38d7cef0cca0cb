use crate::prelude::*;

use anchor_lang::bytemuck;

#[derive(Accounts)]
pub struct InitTree {
    /// Anybody. Made the account, and has no power over it any more.
    pub creator: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// An account of the program, as large as a tree and all zero. Too large to be created by the program
    /// itself (place-tree-1).
    #[account(mut)]
    pub tree: UncheckedAccount,
}

/// Adopts a tree for jobs, in epochs of even or of odd numbers, or for juries.
/// Signer: anybody. Refuses: another kind, or one that has its tree; an account that is not the program's,
/// not exactly as large as a tree, or not all zero.
pub fn handle_init_tree(ctx: &mut Context<InitTree>, kind: u8) -> Result<()> {
    let InitTree { network, tree, .. } = &mut ctx.accounts;
    let network_address = *network.address();
    network.adopt_tree(TreeKind::from_byte(kind).ok_or(E::WrongTree)?, tree.address(), now_ts()?)?;
    require(is_owned_by(tree, &crate::ID) && is_empty_tree(tree)?, E::NotAnEmptyTree)?;
    let mut created = Stored::<Tree>::created(*tree.account(), 0);
    created.kind = kind;
    created.network = network_address;
    emit!(TreeAdopted { network: network_address, tree: *tree.address(), kind });
    Ok(())
}

/// Whether an account has the size of a tree and holds nothing. Word by word, because it is 160 KiB.
fn is_empty_tree(view: &AccountView) -> Result<bool> {
    let data = view.try_borrow()?;
    let words = bytemuck::try_cast_slice::<u8, u64>(&data).unwrap_or(&[]);
    Ok(data.len() == Tree::SIZE && words.iter().fold(u64::from(words.is_empty()), |all, word| all | word) == 0)
}
