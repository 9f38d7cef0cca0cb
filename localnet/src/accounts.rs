//! Reading and writing the accounts of a scenario.

use {
    crate::Scenario,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{Account, transport::Transport},
};

impl Scenario {
    /// An account of the program that must exist.
    pub fn read<A: Account>(&self, key: &Pubkey) -> A {
        let account = self.chain.account(key).expect("the embedded chain answers").expect("the account exists");
        A::decode(&account.data).expect("the account is of this type")
    }

    /// Overwrites an account of the program, for constructing states that no instruction leads to yet.
    pub fn write<A: Account>(&self, key: &Pubkey, state: &A) {
        let data = state.encode();
        self.chain.edit(key, |bytes| bytes[..data.len()].copy_from_slice(&data));
    }

    /// An account of the program, if there is one of this type.
    pub fn find<A: Account>(&self, key: &Pubkey) -> Option<A> {
        let account = self.chain.account(key).expect("the embedded chain answers")?;
        A::decode(&account.data).ok()
    }

    /// All accounts of a type.
    pub fn list<A: Account>(&self) -> Vec<(Pubkey, A)> {
        let filter =
            work_token_sdk::transport::Filter { size: A::FIXED_SIZE, bytes: vec![(0, A::DISCRIMINATOR.to_vec())] };
        let found = self.chain.program_accounts(&work_token_sdk::ID, &filter).expect("the embedded chain answers");
        found.into_iter().filter_map(|(key, account)| Some((key, A::decode(&account.data).ok()?))).collect()
    }
}
