use crate::prelude::*;

use anchor_lang::bytemuck;

#[derive(Accounts)]
pub struct InitWorkTree {
    /// Anybody. Made the account, and has no power over it any more.
    pub creator: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// An account of the program, as large as a tree and all zero. Too large to be created by the program
    /// itself (R M17).
    #[account(mut)]
    pub tree: UncheckedAccount,
}

/// Adopts a work tree for the epochs of one parity: 0 even, 1 odd. 2: the tree that jurors are drawn from.
/// Signer: anybody. Refuses: another parity, or one that has its tree; an account that is not the program's,
/// not exactly as large as a tree, or not all zero.
pub fn handle_init_work_tree(ctx: &mut Context<InitWorkTree>, parity: u8) -> Result<()> {
    let InitWorkTree { network, tree, .. } = &mut ctx.accounts;
    let network_address = *network.address();
    let adopted = match parity {
        JUROR_TREE => &mut network.juror_tree,
        parity => network.work_trees.get_mut(usize::from(parity)).ok_or(E::WrongWorkTree)?,
    };
    require(is_at(adopted, &Address::default()), E::TreeExists)?;
    require(is_owned_by(tree, &crate::ID) && is_empty_tree(tree)?, E::NotAnEmptyTree)?;

    *adopted = *tree.address();
    if parity == JUROR_TREE {
        network.juror_tree_from_ts = now_ts()?;
    }
    let mut created = Stored::<WorkTree>::created(*tree.account(), 0);
    created.parity = parity;
    created.network = network_address;
    emit!(WorkTreeAdopted { network: network_address, tree: *tree.address(), parity });
    Ok(())
}

/// Whether an account has the size of a tree and holds nothing. Word by word, because it is 160 KiB.
fn is_empty_tree(view: &AccountView) -> Result<bool> {
    let data = view.try_borrow()?;
    let words = bytemuck::try_cast_slice::<u8, u64>(&data).unwrap_or(&[]);
    Ok(data.len() == WorkTree::SIZE && words.iter().fold(u64::from(words.is_empty()), |all, word| all | word) == 0)
}
