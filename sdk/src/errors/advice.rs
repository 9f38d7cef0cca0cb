//! What a person can do about each refusal of both programs, where that is clear.

mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod score;
mod vote;

pub use vote::votes_advice;

use work_token_interface::WorkTokenError as E;

/// What to do about a refusal; one sentence without its full stop, `None` where nothing general can be said.
pub fn advice(error: E) -> Option<&'static str> {
    accounts(error)
        .or_else(|| network::advice(error))
        .or_else(|| epoch::advice(error))
        .or_else(|| provider::advice(error))
        .or_else(|| position::advice(error))
        .or_else(|| place::advice(error))
        .or_else(|| job::advice(error))
        .or_else(|| score::advice(error))
        .or_else(|| jury::advice(error))
        .or_else(|| dispute::advice(error))
}

fn accounts(error: E) -> Option<&'static str> {
    Some(match error {
        E::WrongAccountOwner => {
            "check the address and the cluster: the account may not exist there, or may have been closed"
        }
        E::WrongAccountType | E::WrongNetwork | E::WrongProvider | E::WrongDelegation | E::WrongVault => {
            "derive every address from the same network, provider and holder"
        }
        E::UnsupportedVersion => "use a release of the SDK that matches the deployed program",
        E::AccountNotWritable => "pass every provider of a batch as writable",
        E::WrongMint => "pass the network's mint and token accounts of that mint",
        E::WrongTokenProgram => "pass the token program that the network records: SPL Token or Token-2022",
        E::TokenAccountFrozen => "ask the mint's freeze authority to thaw the account, or use another one",
        E::NotATokenAccount => "create the token account first",
        E::AccountExists => "read the account instead of creating it again",
        E::WrongAddress => "derive the address and its bump again",
        E::NotTheOwner => "sign with the key that holds the position",
        E::VaultAsDestination => "give a token account of a person",
        E::WrongRentReceiver => "pass the payer that the account records",
        E::NotTheTokenOwner => "give the recorded reward destination, or a token account of the signer",
        E::InsufficientFunds => "deposit less, or fill the token account first",
        _ => return None,
    })
}
