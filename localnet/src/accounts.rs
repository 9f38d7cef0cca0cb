//! Reading and writing the program's accounts, around every rule.

use {
    crate::Localnet,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Account, ID,
        transport::{Filter, RawAccount, Transport},
    },
};

impl Localnet {
    /// An account of the program that must exist.
    pub fn read<A: Account>(&self, key: &Pubkey) -> A {
        let account = self.account(key).expect("the embedded chain answers").expect("the account exists");
        A::decode(&account.data).expect("the account is of this type")
    }

    /// An account of the program, if there is one of this type.
    pub fn find<A: Account>(&self, key: &Pubkey) -> Option<A> {
        let account = self.account(key).expect("the embedded chain answers")?;
        A::decode(&account.data).ok()
    }

    /// All accounts of a type.
    pub fn list<A: Account>(&self) -> Vec<(Pubkey, A)> {
        let filter = Filter { size: A::FIXED_SIZE, bytes: vec![(0, A::DISCRIMINATOR.to_vec())] };
        let found = self.program_accounts(&ID, &filter).expect("the embedded chain answers");
        found.into_iter().filter_map(|(key, account)| Some((key, A::decode(&account.data).ok()?))).collect()
    }

    /// Overwrites an account of the program, for constructing states that no instruction leads to.
    pub fn write<A: Account>(&self, key: &Pubkey, state: &A) {
        let data = state.encode();
        self.edit(key, |bytes| bytes[..data.len()].copy_from_slice(&data));
    }

    /// The same by what differs.
    pub fn change<A: Account>(&self, key: &Pubkey, change: impl FnOnce(&mut A)) {
        let mut state = self.read(key);
        change(&mut state);
        self.write(key, &state);
    }

    /// Writes a new account of the program.
    pub fn create<A: Account>(&self, key: Pubkey, state: &A) {
        let data = state.encode();
        self.set_account(key, RawAccount { lamports: self.rent(data.len()), owner: ID, data });
    }

    /// Lamports that an account of so many bytes must hold.
    pub fn rent(&self, bytes: usize) -> u64 {
        self.with_svm(|svm| svm.minimum_balance_for_rent_exemption(bytes))
    }

    /// Lamports of an account.
    pub fn lamports(&self, key: &Pubkey) -> u64 {
        self.account(key).expect("the embedded chain answers").map_or(0, |account| account.lamports)
    }

    /// Whether there is an account.
    pub fn exists(&self, key: &Pubkey) -> bool {
        self.lamports(key) > 0
    }
}
