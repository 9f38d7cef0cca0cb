//! Who acts: a key with an account of the work token.

use solana_sdk::{pubkey::Pubkey, signature::Keypair, signer::Signer};

/// Somebody with a key and an account of the work token.
pub struct Actor {
    /// The key.
    pub key: Keypair,
    /// The token account.
    pub tokens: Pubkey,
}

impl Clone for Actor {
    fn clone(&self) -> Self {
        Self { key: self.key.insecure_clone(), tokens: self.tokens }
    }
}

impl Actor {
    /// The key's address.
    pub fn address(&self) -> Pubkey {
        self.key.pubkey()
    }

    /// The key's address and the token account.
    pub fn purse(&self) -> (Pubkey, Pubkey) {
        (self.address(), self.tokens)
    }
}
