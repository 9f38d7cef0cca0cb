//! Token accounts that are named: one that cannot be used is said before anything is sent, because the
//! program leaves unpaid whom it cannot pay, and goes on.

use {
    super::Session,
    crate::failure::{Failure, Result},
    work_token_sdk::{NetworkAddresses, Pubkey, transport::RawAccount},
};

/// Where a token account, of either token program, has its state, and what that says.
const STATE_AT: usize = 108;
const INITIALIZED: u8 = 1;
const FROZEN: u8 = 2;

/// Why an account takes no work tokens; `None` where it does.
fn fault(account: Option<&RawAccount>, network: &NetworkAddresses) -> Option<&'static str> {
    let Some(account) = account else { return Some("does not exist") };
    if account.owner != network.token_program {
        return Some("is no account of the network's token program");
    }
    let (Some(mint), Some(state)) = (account.data.get(..32), account.data.get(STATE_AT)) else {
        return Some("is no token account");
    };
    match *state {
        _ if mint != network.mint.as_ref() => Some("holds another token"),
        INITIALIZED => None,
        FROZEN => Some("is frozen"),
        _ => Some("is no token account"),
    }
}

impl Session<'_> {
    /// Whether an account takes the network's work token now.
    pub fn takes_tokens(&self, account: &Pubkey, network: &NetworkAddresses) -> Result<bool> {
        Ok(fault(self.chain.account(account)?.as_ref(), network).is_none())
    }

    /// Refuses an account that does not take the network's work token; `named` is how it was named.
    pub fn require_takes_tokens(&self, named: &str, account: &Pubkey, network: &NetworkAddresses) -> Result<()> {
        match fault(self.chain.account(account)?.as_ref(), network) {
            None => Ok(()),
            Some(fault) => Err(Failure::Failed(format!(
                "{named} {account} {fault}: name a token account of the mint {}",
                network.mint
            ))),
        }
    }
}
