use crate::prelude::*;

use super::accounts::emit_out;

#[derive(Accounts)]
pub struct SyncJuror {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &juror.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The juror.
    #[account(mut)]
    pub juror: Stored<Juror>,
    /// The tree that jurors are drawn from.
    #[account(mut, constraint = is_at(juror_tree.address(), &network.juror_tree) @ E::WrongTree)]
    pub juror_tree: Stored<Tree>,
    /// Who has the leaf that the juror is to take, in a full tree.
    #[account(mut)]
    pub holder: Option<Stored<Juror>>,
}

/// Writes what has ripened of a juror's lock into its leaf; one that has none takes the free leaf `leaf`, or,
/// in a full tree, that of a holder whose lock, what it has added included, its own exceeds by more than 5 %,
/// whose leaf is not above the average, and who sits on no jury. The holder may leave at once (jury-tree-1).
/// Signer: anybody. Refuses: while the tree stands still; a lock that has not ripened; a leaf that is taken.
pub fn handle_sync_juror(ctx: &mut Context<SyncJuror>, leaf: u16) -> Result<()> {
    let SyncJuror { network, juror, juror_tree, holder } = &mut ctx.accounts;
    let slot = Clock::get()?.slot;
    let (now_ts, _) = cross(network)?;
    network.require_thawed(slot)?;
    if let Some(holder) = holder {
        require_at(&holder.network, network.address(), E::WrongNetwork)?;
    }
    let address = *juror.address();
    let takes_leaf = juror.enter(&address, juror_tree, leaf, holder.as_deref_mut(), (network, now_ts))?;
    if let Some(holder) = holder.as_ref().filter(|_| takes_leaf) {
        emit_out(network, holder, &juror.owner);
    }
    let (leaf, weight) = (juror.leaf, juror.leaf_weight);
    emit!(JurorSynced { network: *network.address(), owner: juror.owner, leaf, weight });
    Ok(())
}
