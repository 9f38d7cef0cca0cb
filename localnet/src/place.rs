//! The trees that a scenario's jobs are drawn from.

use {
    crate::Scenario,
    work_token_sdk::{ix, state::Tree, transport::TransportError},
};

impl Scenario {
    /// Creates both work trees and lets the network adopt them.
    pub fn adopt_work_trees(&self) -> Result<(), TransportError> {
        for parity in 0..2 {
            let tree = self.unfunded(&format!("work tree {parity}"));
            let lamports = self.chain.with_svm(|svm| svm.minimum_balance_for_rent_exemption(Tree::SIZE));
            let create = ix::create_tree(self.keeper.address(), tree.address(), lamports);
            let adopt = ix::init_tree(&self.network.network, self.keeper.address(), tree.address(), parity);
            self.send(&[create, adopt], &[&tree])?;
        }
        Ok(())
    }
}
