//! Which leaf of the jurors' tree a ripe lock can have.

use {
    super::free_leaf,
    crate::{
        Pubkey,
        state::{Juror, Network, Tree},
    },
    work_token_interface::WorkTokenError as E,
};

/// The jurors' tree at a time.
#[derive(Clone, Copy, Debug)]
pub struct TreeAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// Its tree of jurors.
    pub tree: &'a Tree,
    /// The slot.
    pub slot: u64,
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// What `sync_juror` would do for a juror: the inputs of [`crate::ix::sync_juror`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeEntry {
    /// The leaf that the juror has then.
    pub leaf: u16,
    /// Whose leaf it takes, in a full tree.
    pub holder: Option<Pubkey>,
    /// What the leaf holds then. Base units.
    pub weight: u64,
}

/// Finds a leaf for a juror, with the program's own rules on copies: its own, a free one, or, in a full tree,
/// that of the smallest of the `others` that may be displaced. `address` is the juror's account.
///
/// # Errors
///
/// What the program would refuse `sync_juror` with.
pub fn plan_entry<'j>(
    at: &TreeAt,
    address: &Pubkey,
    juror: &Juror,
    others: impl IntoIterator<Item = (&'j Pubkey, &'j Juror)>,
) -> Result<TreeEntry, E> {
    at.network.require_thawed(at.slot)?;
    let mut tree: Box<Tree> = bytemuck::zeroed_box();
    bytemuck::bytes_of_mut(tree.as_mut()).copy_from_slice(bytemuck::bytes_of(at.tree));
    let (mut juror, now) = (*juror, (at.network, at.now_ts));
    let own = (juror.is_in_tree != 0).then_some(juror.leaf);
    if let Some(leaf) = own.or_else(|| free_leaf(at.tree)) {
        juror.enter(address, &mut tree, leaf, None, now)?;
        return Ok(TreeEntry { leaf, holder: None, weight: juror.leaf_weight });
    }
    let mut holders: Vec<_> = others.into_iter().filter(|(_, other)| other.is_in_tree != 0).collect();
    holders.sort_by_key(|(_, holder)| (holder.lock, holder.leaf));
    for (key, holder) in holders {
        // A refusal changes nothing, so that the next one can be tried.
        match juror.enter(address, &mut tree, holder.leaf, Some(&mut { *holder }), now) {
            Ok(_) => return Ok(TreeEntry { leaf: juror.leaf, holder: Some(*key), weight: juror.leaf_weight }),
            Err(E::LeafTaken) => {}
            Err(error) => return Err(error),
        }
    }
    Err(E::LeafTaken)
}
