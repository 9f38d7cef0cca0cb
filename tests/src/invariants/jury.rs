//! What holds of the tree that jurors are drawn from.

use {
    super::Books,
    crate::world::World,
    work_token_sdk::{
        Pubkey,
        math::draw::leaf,
        state::{Network, Tree},
    },
};

impl Books {
    /// Every juror of the tree has the leaf that it names, with the weight that it names, and no other leaf
    /// is taken but by whom a story has put there.
    pub(super) fn assert_juror_tree(&self, world: &World, network_key: &Pubkey, network: &Network) {
        if network.juror_tree == Pubkey::default() {
            return;
        }
        let tree: Box<Tree> = Box::new(world.scenario.read(&network.juror_tree));
        let taken = tree.providers.iter().filter(|juror| **juror != Pubkey::default()).count();
        assert_eq!(usize::from(tree.taken), taken, "leaves that are taken are counted");
        let mut known = 0;
        for (key, juror) in self.jurors.iter().filter(|(_, juror)| juror.network == *network_key) {
            if juror.is_in_tree == 0 {
                assert!(!tree.providers.contains(key), "who is out of the tree has no leaf");
                continue;
            }
            known += 1;
            assert_eq!(tree.providers[usize::from(juror.leaf)], *key, "who is in the tree has the leaf that it names");
            assert_eq!(leaf(&tree.sums, juror.leaf), juror.leaf_weight, "a leaf weighs what its juror says");
            assert!(juror.entered > 0 && juror.entered <= tree.given, "a leaf was given once");
        }
        let strangers = tree.providers.iter().filter(|juror| juror.to_bytes().starts_with(&[0xee; 30])).count();
        assert_eq!(known + strangers, taken, "nobody else has a leaf");
    }
}
