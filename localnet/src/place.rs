//! The trees that jobs and juries are drawn from.

use {
    crate::{Localnet, Scenario},
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Instruction, ProviderAddresses, ix,
        state::{Tree, TreeKind},
        transport::TransportError,
    },
};

impl Localnet {
    /// The instructions that create a tree and let a network adopt it.
    pub fn tree_ixs(&self, network: &Pubkey, payer: Pubkey, tree: Pubkey, kind: TreeKind) -> [Instruction; 2] {
        let create = ix::create_tree(payer, tree, self.rent(Tree::SIZE));
        [create, ix::init_tree(network, payer, tree, kind as u8)]
    }
}

impl Scenario {
    /// Creates both work trees and lets the network adopt them.
    pub fn adopt_work_trees(&self) -> Result<(), TransportError> {
        TreeKind::WORK.into_iter().try_for_each(|kind| self.adopt_tree(&format!("work tree {}", kind as u8), kind))
    }

    /// Creates the tree of jurors and lets the network adopt it.
    pub fn adopt_juror_tree(&self) -> Result<(), TransportError> {
        self.adopt_tree("juror tree", TreeKind::Jurors)
    }

    fn adopt_tree(&self, name: &str, kind: TreeKind) -> Result<(), TransportError> {
        let tree = self.unfunded(name);
        let adopt = self.tree_ixs(&self.network.network, self.keeper.address(), tree.address(), kind);
        self.send(&adopt, &[&tree]).map(|_| ())
    }

    /// The work tree that the weights of an epoch are written to, once adopted.
    pub fn work_tree(&self, epoch: u32) -> Option<Pubkey> {
        let tree = *self.network_state().work_tree(work_token_sdk::math::Epoch(epoch));
        (tree != Pubkey::default()).then_some(tree)
    }

    /// Constructs a seat from the next epoch on for a provider without the stake that one takes: for tests of
    /// stake itself.
    pub fn construct_place(&self, provider: &ProviderAddresses) {
        let mut network = self.network_state();
        let index = network.first_free_place().expect("a seat is free");
        network.take_place(index).expect("a free seat");
        let mut state = self.provider_state(provider);
        state.take_place(index, network.epoch_at(self.chain.now()));
        self.write(&self.network.network, &network);
        self.write(&provider.provider, &state);
    }
}
